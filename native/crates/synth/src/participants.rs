//! What participants of an instrument do: quote, cancel, replace, take. In: chance. Out: one event or
//! a replace pair at a time, legal and never locking or crossing.
//!
//! Aggressors lean toward the latent value, makers do not quote beyond it, and the side it says is
//! wrong loses more orders, so the mid follows it by order flow alone.

use wavetank_abi::{Event, EventType, event_flags};

use crate::draw;
use crate::instrument::{Instrument, Sweep, Tape, VALUE_BITS};
use crate::philox::Stream;

/// Most fills of one aggressor.
const FILLS: u32 = 16;
/// Of a thousand cancels and replaces, how many hit one of the youngest orders of a side.
const YOUNG_PER_MILLE: u32 = 900;
const YOUNG: u32 = 24;

impl Instrument {
    /// What somebody does next: one event, or a replace pair.
    pub(crate) fn act(&mut self, rng: &mut Stream, tape: &mut Tape<'_>) {
        self.wander(rng);
        let (live, target) = (self.live_orders(), self.shape.orders);
        let tilt =
            ((i64::from(target) - i64::from(live)) * 600 / i64::from(target)).clamp(-300, 300);
        let cancels = (436 - tilt) as u32;
        match rng.below(1_000) {
            n if n < cancels => self.delete(rng, tape),
            n if n < cancels + 84 => self.replace(rng, tape),
            n if n < cancels + 110 => self.take(rng, tape),
            n if n < cancels + 118 => self.cancel_part(rng, tape),
            n if n < cancels + 128 => self.print_hidden(rng, tape),
            _ => self.quote(rng, tape),
        }
    }

    fn wander(&mut self, rng: &mut Stream) {
        let base = i64::from(self.shape.base) << VALUE_BITS;
        self.value += draw::step(rng) * self.stride - ((self.value - base) >> self.pull_shift);
        self.value = self.value.clamp(base / 2, base + base / 2);
    }

    fn quote(&mut self, rng: &mut Stream, tape: &mut Tape<'_>) {
        let (bids, asks) = (self.sides[0].len(), self.sides[1].len());
        // The thinner side is likelier.
        let side = usize::from(rng.below(bids + asks) < bids);
        let ticks = self.place(rng, side);
        self.add(rng, tape, side, ticks);
    }

    fn delete(&mut self, rng: &mut Stream, tape: &mut Tape<'_>) {
        let side = self.fading_side(rng);
        let Some(side) = self.spare(side) else {
            return self.quote(rng, tape);
        };
        let index = self.pick(rng, side);
        let event = self.event(tape, EventType::Cancel, 0);
        let quote = self.sides[side].remove(index);
        tape.out.push(Event {
            order_id: quote.id,
            ..event
        });
    }

    fn replace(&mut self, rng: &mut Stream, tape: &mut Tape<'_>) {
        let side = (rng.word() & 1) as usize;
        let Some(side) = self.spare(side) else {
            return self.quote(rng, tape);
        };
        let index = self.pick(rng, side);
        let old = self.sides[side].remove(index);
        let ticks = self.place(rng, side);
        let first = event_flags::REPLACE | event_flags::MORE;
        let cancel = self.event(tape, EventType::Cancel, first);
        tape.out.push(Event {
            order_id: old.id,
            ..cancel
        });
        let kept = rng.per_mille(600);
        let qty = if kept { old.qty } else { draw::size(rng) };
        let add = self.event(tape, EventType::Add, event_flags::REPLACE);
        self.rest(tape, add, side, ticks, qty);
    }

    /// An aggressor comes: its first fill now, the rest by `sweep_on`.
    fn take(&mut self, rng: &mut Stream, tape: &mut Tape<'_>) {
        let lean = (((self.value - self.mid()) * 150) >> VALUE_BITS).clamp(-350, 350);
        let side = usize::from(rng.below(1_000) < (500 + lean) as u32);
        if self.sides[side].len() <= self.floor() {
            return self.quote(rng, tape);
        }
        self.sweep = Sweep {
            side,
            left: draw::taken(rng),
            fills: FILLS,
        };
        self.sweep_on(rng, tape);
    }

    /// Whether an aggressor wants more.
    pub(crate) fn sweeping(&self) -> bool {
        let Sweep { side, left, fills } = self.sweep;
        left > 0 && fills > 0 && self.sides[side].len() > self.floor()
    }

    /// The aggressor's next fill.
    pub(crate) fn sweep_on(&mut self, rng: &mut Stream, tape: &mut Tape<'_>) {
        let Sweep { side, left, .. } = self.sweep;
        self.sweep.left -= self.fill_first(rng, tape, side, left);
        self.sweep.fills -= 1;
    }

    /// Fills the order first in the queue by up to `qty`; how much.
    fn fill_first(&mut self, rng: &mut Stream, tape: &mut Tape<'_>, side: usize, qty: u32) -> u32 {
        let index = self.sides[side].first_at_best();
        let quote = self.sides[side].get(index);
        let done = quote.qty.min(qty);
        let (price, flags) = match rng.below(100) {
            0 => (self.price(self.touch(side)), event_flags::NON_PRINTABLE),
            1..4 => (self.price(self.touch(side)), 0),
            _ => (0, 0),
        };
        let event = self.event(tape, EventType::Trade, flags);
        tape.out.push(Event {
            order_id: quote.id,
            qty: done.into(),
            price,
            ..event
        });
        self.sides[side].reduce(index, done);
        done
    }

    fn cancel_part(&mut self, rng: &mut Stream, tape: &mut Tape<'_>) {
        let side = (rng.word() & 1) as usize;
        let index = self.pick(rng, side);
        let quote = self.sides[side].get(index);
        if quote.qty < 2 {
            return self.quote(rng, tape);
        }
        let qty = 1 + rng.below(quote.qty - 1);
        let event = self.event(tape, EventType::Cancel, 0);
        tape.out.push(Event {
            order_id: quote.id,
            qty: qty.into(),
            ..event
        });
        self.sides[side].reduce(index, qty);
    }

    /// A print against hidden interest inside the spread, or at the touch when there is no inside.
    fn print_hidden(&mut self, rng: &mut Stream, tape: &mut Tape<'_>) {
        let side = (rng.word() & 1) as usize;
        let inside = self.touch(0) + rng.below(self.spread() + 1);
        let event = self.event(tape, EventType::Trade, event_flags::NON_DISPLAYED);
        let qty = draw::taken(rng).into();
        tape.out.push(Event {
            price: self.price(inside),
            qty,
            side: side as u8,
            ..event
        });
    }

    /// Where a new order of this side goes, in ticks.
    fn place(&self, rng: &mut Stream, side: usize) -> u32 {
        let inside = self.spread() - 1;
        let eager = [0, 30, 150, 480, 850][inside.min(4) as usize];
        if rng.per_mille(eager) {
            let better = 1 + rng.below(inside.div_ceil(2));
            let ticks = if side == 0 {
                self.touch(0) + better
            } else {
                self.touch(1) - better
            };
            if self.within_value(side, ticks) {
                return ticks;
            }
        }
        self.behind_touch(side, draw::depth(rng, self.depths))
    }

    /// Makers quote at most half a tick beyond the value.
    fn within_value(&self, side: usize, ticks: u32) -> bool {
        let distance = (i64::from(ticks) << VALUE_BITS) - self.value;
        let beyond = if side == 0 { distance } else { -distance };
        beyond <= 1 << (VALUE_BITS - 1)
    }

    pub(crate) fn behind_touch(&self, side: usize, depth: u32) -> u32 {
        self.behind(side, self.touch(side), depth)
    }

    /// `depth` ticks behind; where that would be no price, at it.
    pub(crate) fn behind(&self, side: usize, ticks: u32, depth: u32) -> u32 {
        match side {
            0 if ticks > depth => ticks - depth,
            0 => ticks,
            _ => ticks + depth,
        }
    }

    /// The side that the value says is wrong loses more orders.
    fn fading_side(&self, rng: &mut Stream) -> usize {
        let (bids, asks) = (self.sides[0].len(), self.sides[1].len());
        let lean = (((self.value - self.mid()) * 40) >> VALUE_BITS).clamp(-150, 150);
        let bid_share = i64::from(bids) * 1_000 / i64::from(bids + asks) - lean;
        usize::from(i64::from(rng.below(1_000)) >= bid_share)
    }

    /// `side`, or the other when it is down to its floor; None when both are.
    fn spare(&self, side: usize) -> Option<usize> {
        [side, 1 - side]
            .into_iter()
            .find(|&s| self.sides[s].len() > self.floor())
    }

    fn floor(&self) -> u32 {
        (self.shape.orders / 8).max(4)
    }

    /// Some order: mostly one of the youngest, whose owner flickers; else the better priced of two.
    fn pick(&self, rng: &mut Stream, side: usize) -> u32 {
        let quotes = &self.sides[side];
        let live = quotes.len();
        if rng.per_mille(YOUNG_PER_MILLE) {
            return live - 1 - rng.below(live.min(YOUNG));
        }
        let (a, b) = (rng.below(live), rng.below(live));
        if quotes.get(a).rank >= quotes.get(b).rank {
            a
        } else {
            b
        }
    }
}
