//! Random source messages of two instruments, made from the source book alone: legal and illegal,
//! duplicates, replaces, wrong instruments, and crossed only while it is asked for.

use wavetank_abi::{Event, EventType, Side, event_flags};
use wavetank_book::{Book, ReferenceBook};

use crate::area::reaches;

pub(super) const INSTRUMENTS: [u32; 2] = [3, 40_000];
const UNKNOWN: u64 = 999_999;
const ORDERS: usize = 60;

/// SplitMix64.
#[derive(Clone, Debug)]
pub(super) struct Rng(pub u64);

impl Rng {
    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub(super) fn below(&mut self, n: u64) -> u64 {
        self.next() % n
    }

    pub(super) fn chance(&mut self, thousandths: u64) -> bool {
        self.below(1000) < thousandths
    }

    pub(super) fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len() as u64) as usize]
    }
}

pub(super) fn crossed<B: Book>(book: &B, instrument: u32) -> bool {
    let best = |side| book.best(instrument, side).map(|level| level.price);
    matches!((best(Side::Bid), best(Side::Ask)), (Some(bid), Some(ask)) if bid >= ask)
}

/// Live ids of an instrument, level by level.
fn live(book: &ReferenceBook, instrument: u32) -> Vec<u64> {
    let mut ids = Vec::new();
    for side in [Side::Bid, Side::Ask] {
        for level in book.levels(instrument, side) {
            ids.extend(
                book.queue(instrument, side, level.price)
                    .map(|order| order.0),
            );
        }
    }
    ids
}

/// Makes steps; `next_id` never repeats by itself.
#[derive(Clone, Debug)]
pub(super) struct Stream {
    pub rng: Rng,
    next_id: u64,
}

impl Stream {
    pub(super) fn new(seed: u64) -> Self {
        Self {
            rng: Rng(seed),
            next_id: 1000,
        }
    }

    /// A step that takes an instrument out of a crossed stretch.
    pub(super) fn uncross(&mut self, book: &ReferenceBook, instrument: u32) -> Vec<Event> {
        let best = book
            .best(instrument, Side::Bid)
            .expect("a crossed book has bids");
        let (order_id, _) = book
            .queue(instrument, Side::Bid, best.price)
            .next()
            .expect("an order");
        vec![Event {
            order_id,
            instrument_id: instrument,
            ..cancel(0)
        }]
    }

    pub(super) fn step(&mut self, book: &ReferenceBook, may_cross: bool) -> Vec<Event> {
        let rng = &mut self.rng;
        let instrument = if rng.chance(750) {
            INSTRUMENTS[0]
        } else {
            INSTRUMENTS[1]
        };
        let ids = live(book, instrument);
        let roll = rng.below(1000);
        let mut id = if ids.is_empty() || rng.chance(60) {
            UNKNOWN
        } else {
            rng.pick(&ids)
        };
        self.next_id += 1;
        let mut side = if rng.chance(500) {
            Side::Bid
        } else {
            Side::Ask
        };
        if let (true, Some(order)) = (roll > 450, book.order(id)) {
            side = order.side;
        }
        let price = self.price(book, instrument, side, may_cross);
        let rng = &mut self.rng;
        if (620..750).contains(&roll) && rng.chance(700) {
            let best = book.best(instrument, side).map(|l| l.price);
            let front = best.and_then(|p| book.queue(instrument, side, p).next());
            id = front.map_or(id, |order| order.0);
        }
        let any = 1 + rng.below(2000);
        let sizes = [1, 7, 100, 300, any];
        let qty = if rng.chance(20) { 0 } else { rng.pick(&sizes) };
        let others = live(book, INSTRUMENTS[0]);
        let new = if !rng.chance(60) {
            self.next_id
        } else if others.is_empty() || rng.chance(600) {
            rng.pick(&[id, id, id, 0])
        } else {
            rng.pick(&others)
        };
        let instrument_id = if rng.chance(15) {
            INSTRUMENTS[1]
        } else {
            instrument
        };
        let full = ids.len() >= ORDERS;
        let base = Event {
            price,
            qty,
            order_id: id,
            instrument_id,
            ..Event::default()
        };
        let inherit = Event {
            side: Side::Inherit as u8,
            ..base
        };
        let trade = Event {
            event_type: EventType::Trade as u8,
            ..inherit
        };
        match roll {
            0..450 if !full => {
                let event_type = EventType::Add as u8;
                vec![Event {
                    order_id: new,
                    side: side as u8,
                    event_type,
                    ..base
                }]
            }
            0..620 => replace(base, new),
            620..750 => {
                let price = rng.pick(&[0, price]);
                let flags = rng.pick(&[0, 0, event_flags::NON_PRINTABLE]);
                vec![Event {
                    price,
                    flags,
                    ..trade
                }]
            }
            750..850 => vec![Event {
                instrument_id,
                order_id: id,
                ..cancel(qty.max(1))
            }],
            850..970 => vec![Event {
                instrument_id,
                order_id: id,
                ..cancel(0)
            }],
            970..985 => vec![Event {
                event_type: EventType::Modify as u8,
                ..inherit
            }],
            985 => vec![Event {
                event_type: EventType::Clear as u8,
                order_id: 0,
                ..inherit
            }],
            986..990 => vec![Event {
                event_type: EventType::Status as u8,
                order_id: 0,
                ..inherit
            }],
            _ => {
                let hidden = [event_flags::NON_DISPLAYED, event_flags::CROSS];
                vec![Event {
                    flags: rng.pick(&hidden),
                    ..trade
                }]
            }
        }
    }

    fn price(&mut self, book: &ReferenceBook, instrument: u32, side: Side, may_cross: bool) -> u64 {
        let price = 998_800 + 100 * self.rng.below(25);
        let other = if side == Side::Bid {
            Side::Ask
        } else {
            Side::Bid
        };
        match book.best(instrument, other) {
            Some(best) if !may_cross && reaches(side, price, best.price) => {
                if side == Side::Bid {
                    best.price - 100
                } else {
                    best.price + 100
                }
            }
            _ => price,
        }
    }
}

fn cancel(qty: u64) -> Event {
    Event {
        event_type: EventType::Cancel as u8,
        side: Side::Inherit as u8,
        qty,
        ..Event::default()
    }
}

fn replace(new: Event, new_id: u64) -> Vec<Event> {
    let side = Side::Inherit as u8;
    let flags = event_flags::REPLACE | event_flags::MORE;
    let old = Event {
        order_id: new.order_id,
        instrument_id: new.instrument_id,
        flags,
        ..cancel(0)
    };
    let event_type = EventType::Add as u8;
    vec![
        old,
        Event {
            order_id: new_id,
            event_type,
            side,
            flags: event_flags::REPLACE,
            ..new
        },
    ]
}
