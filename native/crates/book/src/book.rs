//! What every book can do. In: events. Out: outcomes, levels, queues, digests.

use crate::hot::Ahead;
use crate::step::steps;
use wavetank_abi::{ApplyStatus, DEPTH_LEVELS, Event, Side};

/// How one event applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The first rule that failed, or `Applied` or `Tape`.
    pub status: ApplyStatus,
    /// Shares taken, added, or the new quantity of a Modify; 0 when nothing happened.
    pub done_qty: u64,
    /// The event with side and price resolved from the book where they can be.
    pub event: Event,
}

/// One price level.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Level {
    /// Price in 1/10000 dollar.
    pub price: u64,
    /// Resting shares, never 0.
    pub qty: u64,
    /// Resting orders, never 0.
    pub orders: u32,
}

/// One live order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Order {
    /// Unique among live orders.
    pub id: u64,
    /// Instrument it rests on.
    pub instrument_id: u32,
    /// Bid or ask.
    pub side: Side,
    /// Limit in 1/10000 dollar.
    pub price: u64,
    /// Shares still resting.
    pub qty: u64,
}

/// A book of all instruments at once, by the rules of `docs/design/book.md`.
///
/// A rejected event changes nothing at all.
pub trait Book {
    /// Judges and applies one event. A half of a replace that comes alone is torn.
    fn apply(&mut self, event: &Event) -> Outcome;
    /// Judges and applies both halves of a replace; they carry one status.
    fn replace(&mut self, cancel: &Event, add: &Event) -> [Outcome; 2];
    /// The live order of this id.
    fn order(&self, id: u64) -> Option<Order>;
    /// Applies a slice of events in order, replace pairs kept together. After each step `take` is
    /// handed its outcomes one by one, with the book as it then stands.
    fn apply_steps(&mut self, events: &[Event], mut take: impl FnMut(&Outcome, &Self))
    where
        Self: Sized,
    {
        for step in steps(events) {
            match step {
                [cancel, add] => {
                    let both = self.replace(cancel, add);
                    both.iter().for_each(|outcome| take(outcome, self));
                }
                [event, ..] => {
                    let outcome = self.apply(event);
                    take(&outcome, self);
                }
                [] => {}
            }
        }
    }
    /// The best level of a side.
    fn best(&self, instrument: u32, side: Side) -> Option<Level>;
    /// The level at exactly this price.
    fn level(&self, instrument: u32, side: Side, price: u64) -> Option<Level>;
    /// All levels of a side, best first.
    fn levels(&self, instrument: u32, side: Side) -> impl Iterator<Item = Level> + '_;
    /// Of bid and ask: the best level, all zero when there is none, and the shares on the ten best.
    fn depths(&self, instrument: u32) -> [(Level, u64); 2] {
        [Side::Bid, Side::Ask].map(|side| {
            let mut best = self.levels(instrument, side).take(DEPTH_LEVELS as usize);
            let first = best.next().unwrap_or_default();
            (first, best.fold(first.qty, |sum, level| sum + level.qty))
        })
    }
    /// The orders of a level as (id, quantity), first in the queue first.
    fn queue(
        &self,
        instrument: u32,
        side: Side,
        price: u64,
    ) -> impl DoubleEndedIterator<Item = (u64, u64)> + '_;
    /// Instruments with at least one live order, ascending.
    fn instruments(&self) -> impl Iterator<Item = u32> + '_;
    /// Live orders of all instruments.
    fn live_orders(&self) -> u64;
    /// Sum mod 2^128 of the digests of all levels of all instruments.
    fn market_digest(&self) -> u128;
    /// FLOWLAB-L2-v1 over all levels of one instrument.
    fn l2_hash(&self, instrument: u32) -> u64;
    /// A hint: the event at `at` applies next, those behind it soon. Called before each step with
    /// the same `events` and `ahead`, it may bring their memory closer; it changes nothing.
    fn look_ahead(&self, _events: &[Event], _at: usize, _ahead: &mut Ahead) {}
}
