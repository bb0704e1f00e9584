//! One synthetic instrument: its own book, a latent value that wanders, how it opens, and how what
//! happens on it becomes events. In: chance, a time, the next free id. Out: events.

use serde::{Deserialize, Serialize};
use wavetank_abi::{Event, EventType, Side, event_flags};

use crate::draw::{self, Depths};
use crate::philox::Stream;
use crate::quotes::{Quote, Quotes};

/// Latent value: fractions of a tick.
pub(crate) const VALUE_BITS: u32 = 20;

/// Shape of an instrument, fixed for its life.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shape {
    pub(crate) locate: u32,
    pub(crate) tick: u32,
    /// Base price in ticks.
    pub(crate) base: u32,
    /// Orders it keeps near.
    pub(crate) orders: u32,
    /// Actions a 1 000 s.
    pub(crate) actions_per_1000_s: u64,
}

/// Where events go, with the ids and the time of the action.
pub(crate) struct Tape<'a> {
    pub(crate) out: &'a mut Vec<Event>,
    pub(crate) next_id: &'a mut u64,
    pub(crate) ts_ns: u64,
}

impl Tape<'_> {
    fn id(&mut self) -> u64 {
        *self.next_id += 1;
        *self.next_id - 1
    }
}

/// An aggressor under way: the side it hits, shares it still wants, fills it may still have.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Sweep {
    pub(crate) side: usize,
    pub(crate) left: u32,
    pub(crate) fills: u32,
}

/// Book and latent value of one instrument.
#[derive(Clone, Debug)]
pub(crate) struct Instrument {
    pub(crate) shape: Shape,
    pub(crate) sides: [Quotes; 2],
    pub(crate) value: i64,
    pub(crate) stride: i64,
    pub(crate) pull_shift: u32,
    pub(crate) depths: Depths,
    pub(crate) sweep: Sweep,
}

/// A cheap stock has thick levels and orders within half its price; a dear one has orders down to
/// 2.5 % below the touch.
fn depths(base: u32) -> Depths {
    let near_milli = (base.ilog2() * 130).saturating_sub(600).clamp(100, 1_000);
    Depths {
        near_milli,
        far: (base / 40).max(160).min(base / 2),
    }
}

/// Ranks: bids by price, asks by price upside down, so that higher is better on both.
fn rank_of(side: usize, ticks: u32) -> u32 {
    if side == 0 { ticks } else { !ticks }
}

impl Instrument {
    pub(crate) fn new(shape: Shape) -> Self {
        let capacity = shape.orders as usize;
        // About one basis point a root second, between 0.05 and 1.5 ticks.
        let wander_milli_ticks = u64::from(shape.base / 10).clamp(50, 1_500);
        let unit = (1 << VALUE_BITS) * wander_milli_ticks / 1_000;
        let per_s = (8 * shape.actions_per_1000_s).max(1_000);
        let stride = u128::from(unit) * u128::from(unit) * 1_000 / u128::from(per_s);
        Self {
            sides: [
                Quotes::with_capacity(capacity),
                Quotes::with_capacity(capacity),
            ],
            value: i64::from(shape.base) << VALUE_BITS,
            stride: stride.isqrt() as i64,
            // Drawn back to the base with a time constant of 1 000 to 2 000 s.
            pull_shift: (shape.actions_per_1000_s * 2).max(2).ilog2(),
            depths: depths(shape.base),
            sweep: Sweep::default(),
            shape,
        }
    }

    pub(crate) fn live_orders(&self) -> u32 {
        self.sides[0].len() + self.sides[1].len()
    }

    /// Every resting order as (side, price, quantity).
    pub(crate) fn resting(&self) -> impl Iterator<Item = (Side, u64, u64)> {
        [Side::Bid, Side::Ask].into_iter().flat_map(move |side| {
            let of = move |q: &Quote| {
                (
                    side,
                    self.price(rank_of(side as usize, q.rank)),
                    q.qty.into(),
                )
            };
            self.sides[side as usize].iter().map(of)
        })
    }

    /// One order of the opening build-up: sides alternate, the touch first.
    pub(crate) fn build(&mut self, rng: &mut Stream, tape: &mut Tape<'_>) {
        let side = usize::from(self.sides[0].len() > self.sides[1].len());
        let ticks = match self.sides[side].len() {
            0 => self.behind(side, self.shape.base + side as u32, 0),
            _ => self.behind_touch(side, draw::depth(rng, self.depths)),
        };
        self.add(rng, tape, side, ticks);
    }

    /// The opening cross: a print of what met at the open.
    pub(crate) fn cross(&mut self, rng: &mut Stream, tape: &mut Tape<'_>) {
        let event = self.event(tape, EventType::Trade, event_flags::CROSS);
        let qty = 100 * (1 + u64::from(rng.below(self.shape.orders)));
        tape.out.push(Event {
            price: self.price(self.touch(0)),
            qty,
            ..event
        });
    }

    /// A trading-status message, as the event ITCH type H becomes.
    pub(crate) fn trading_state(&self, tape: &mut Tape<'_>, state: u8) {
        let event = self.event(tape, EventType::Status, 0);
        tape.out.push(Event {
            price: state.into(),
            qty: b'H'.into(),
            ..event
        });
    }

    pub(crate) fn add(&mut self, rng: &mut Stream, tape: &mut Tape<'_>, side: usize, ticks: u32) {
        let event = self.event(tape, EventType::Add, 0);
        let qty = draw::size(rng);
        self.rest(
            tape,
            Event {
                side: side as u8,
                ..event
            },
            side,
            ticks,
            qty,
        );
    }

    pub(crate) fn rest(
        &mut self,
        tape: &mut Tape<'_>,
        event: Event,
        side: usize,
        ticks: u32,
        qty: u32,
    ) {
        let id = tape.id();
        let price = self.price(ticks);
        self.sides[side].push(Quote {
            id,
            rank: rank_of(side, ticks),
            qty,
        });
        tape.out.push(Event {
            order_id: id,
            price,
            qty: qty.into(),
            ..event
        });
    }

    pub(crate) fn event(&self, tape: &Tape<'_>, kind: EventType, flags: u16) -> Event {
        Event {
            ts_ns: tape.ts_ns,
            instrument_id: self.shape.locate,
            event_type: kind as u8,
            side: Side::Inherit as u8,
            flags,
            ..Event::default()
        }
    }

    /// Best price of a side in ticks.
    pub(crate) fn touch(&self, side: usize) -> u32 {
        rank_of(side, self.sides[side].best())
    }

    pub(crate) fn spread(&self) -> u32 {
        self.touch(1) - self.touch(0)
    }

    /// Mid in fractions of a tick.
    pub(crate) fn mid(&self) -> i64 {
        i64::from(self.touch(0) + self.touch(1)) << (VALUE_BITS - 1)
    }

    pub(crate) fn price(&self, ticks: u32) -> u64 {
        u64::from(ticks) * u64::from(self.shape.tick)
    }
}
