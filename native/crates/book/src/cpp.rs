//! The C++ witness as a `Book`. In: events. Out: what the C++ side says, in Rust's words.

use crate::book::{Book, Level, Order, Outcome};
use wavetank_abi::{ApplyStatus, Event, Side};
use wavetank_kernels::{WitnessBook, WitnessLevel, WitnessOutcome};

/// All instruments in the C++ book; every question crosses the language border.
#[derive(Debug, Default)]
pub struct CppBook(WitnessBook);

impl CppBook {
    /// An empty book.
    pub fn new() -> Self {
        Self::default()
    }
}

fn outcome(from: WitnessOutcome) -> Outcome {
    let status = ApplyStatus::from_raw(from.status).expect("the C++ side knows the same statuses");
    Outcome {
        status,
        done_qty: from.done_qty,
        event: from.event,
    }
}

fn level(from: WitnessLevel) -> Level {
    Level {
        price: from.price,
        qty: from.qty,
        orders: from.orders,
    }
}

impl Book for CppBook {
    fn apply(&mut self, event: &Event) -> Outcome {
        outcome(self.0.apply(event))
    }

    fn replace(&mut self, cancel: &Event, add: &Event) -> [Outcome; 2] {
        self.0.replace(cancel, add).map(outcome)
    }

    fn order(&self, id: u64) -> Option<Order> {
        let from = self.0.order(id)?;
        let side = if from.side == 0 { Side::Bid } else { Side::Ask };
        Some(Order {
            id: from.id,
            instrument_id: from.instrument_id,
            side,
            price: from.price,
            qty: from.qty,
        })
    }

    fn best(&self, instrument: u32, side: Side) -> Option<Level> {
        self.0.best(instrument, side as u8).map(level)
    }

    fn level(&self, instrument: u32, side: Side, price: u64) -> Option<Level> {
        self.0.level(instrument, side as u8, price).map(level)
    }

    fn levels(&self, instrument: u32, side: Side) -> impl Iterator<Item = Level> + '_ {
        self.0.levels(instrument, side as u8).into_iter().map(level)
    }

    fn queue(
        &self,
        instrument: u32,
        side: Side,
        price: u64,
    ) -> impl DoubleEndedIterator<Item = (u64, u64)> + '_ {
        self.0.queue(instrument, side as u8, price).into_iter()
    }

    fn instruments(&self) -> impl Iterator<Item = u32> + '_ {
        self.0.instruments().into_iter()
    }

    fn live_orders(&self) -> u64 {
        self.0.live_orders()
    }

    fn market_digest(&self) -> u128 {
        self.0.market_digest()
    }

    fn l2_hash(&self, instrument: u32) -> u64 {
        self.0.l2_hash(instrument)
    }
}
