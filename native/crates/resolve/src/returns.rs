//! The way back: displaced quantity returns by credit, injected orders leave with their storm.

use wavetank_abi::{Event, EventType, Side, StormRole, event_flags};
use wavetank_book::Book;

use crate::judge::Entry;
use crate::resolver::Resolver;
use crate::rule::Rule;
use crate::sink::Sink;
use crate::storm::own_order_id;

/// ln 2 in millionths, and the nanoseconds of a millisecond: D·ln2/h shares return each quantum.
const LN_2_PPM: u128 = 693_147;
const PPM: u128 = 1_000_000;

const SIDES: [Side; 2] = [Side::Bid, Side::Ask];

/// A part of a displaced order on its way back.
struct Part {
    order_id: u64,
    storm_id: u32,
    qty: u64,
    role: StormRole,
}

impl<B: Book> Resolver<B> {
    /// What this storm displaced, and will displace, starts to return.
    pub fn release(&mut self, storm_id: u32, half_life_ms: u32) {
        if let Some(storm) = self.storms.get_mut(&storm_id) {
            storm.returning = true;
            storm.half_life_ms = half_life_ms.max(1);
        }
    }

    /// The storm ends: its own orders are cancelled, what it displaced starts to return.
    pub fn end(&mut self, storm_id: u32, half_life_ms: u32, ts_ns: u64, out: &mut impl Sink<B>) {
        self.release(storm_id, half_life_ms);
        let Some(storm) = self.storms.get_mut(&storm_id) else {
            return;
        };
        storm.ended = true;
        if !self.rules.hold(Rule::EndCancels) {
            return;
        }
        let instrument_id = storm.instrument_id;
        let handles: Vec<u32> = self
            .own_orders(storm_id)
            .map(|order| order.handle)
            .collect();
        for handle in handles {
            let event = Event {
                ts_ns,
                order_id: own_order_id(storm_id, handle),
                instrument_id,
                event_type: EventType::Cancel as u8,
                side: Side::Inherit as u8,
                flags: event_flags::INJECTED,
                ..Event::default()
            };
            self.emit(event, storm_id, StormRole::EndCancel, out);
        }
    }

    /// One quantum of returns at its end `ts_ns`.
    pub fn returns(&mut self, ts_ns: u64, out: &mut impl Sink<B>) {
        if self.displaced.is_empty() {
            return;
        }
        for storm_id in self.storms_owed(false) {
            for side in SIDES {
                self.return_by_credit(ts_ns, storm_id, side, out);
            }
        }
    }

    /// The last quantum of a source: everything displaced returns at once.
    pub fn return_all(&mut self, ts_ns: u64, out: &mut impl Sink<B>) {
        for storm_id in self.storms_owed(true) {
            for side in SIDES {
                while let Some((order_id, qty)) = self.next_part(storm_id, side) {
                    let part = Part {
                        order_id,
                        storm_id,
                        qty,
                        role: StormRole::Return,
                    };
                    self.back(ts_ns, part, out);
                }
            }
        }
    }

    fn storms_owed(&self, all: bool) -> Vec<u32> {
        let owed = self
            .storms
            .iter()
            .filter(|(_, s)| (all || s.returning) && s.owed_qty() > 0);
        owed.map(|(&id, _)| id).collect()
    }

    /// The next order to return: best price, then lower id.
    fn next_part(&self, storm_id: u32, side: Side) -> Option<(u64, u64)> {
        let orders = &self.storms.get(&storm_id)?.owed[side as usize].orders;
        let next = if self.rules.hold(Rule::BestPriceFirst) {
            orders.first()
        } else {
            orders.last()
        };
        next.map(|&(_, order_id)| (order_id, self.displaced[&order_id].part(storm_id)))
    }

    fn return_by_credit(&mut self, ts_ns: u64, storm_id: u32, side: Side, out: &mut impl Sink<B>) {
        let storm = &self.storms[&storm_id];
        let owed = &storm.owed[side as usize];
        let half_life = u128::from(storm.half_life_ms) * PPM;
        let due = u128::from(owed.qty) * LN_2_PPM;
        let rounded = if self.rules.hold(Rule::CreditRoundsUp) {
            due.div_ceil(half_life)
        } else {
            due / half_life
        };
        let mut credit = rounded as u64 + owed.credit;
        while let Some((order_id, displaced)) = self.next_part(storm_id, side) {
            let whole = self.rules.hold(Rule::WholeOrders);
            let qty = if whole {
                displaced
            } else {
                displaced.min(credit)
            };
            if credit < qty || qty == 0 {
                break;
            }
            credit -= qty;
            self.back(
                ts_ns,
                Part {
                    order_id,
                    storm_id,
                    qty,
                    role: StormRole::Return,
                },
                out,
            );
        }
        let kept = self.rules.hold(Rule::CreditKept);
        let owed = &mut self.storms.get_mut(&storm_id).expect("a storm").owed[side as usize];
        owed.credit = if owed.qty > 0 && kept { credit } else { 0 };
    }

    /// A source order with an id that is live as displaced only: it returns, so that a plain book
    /// rejects the duplicate too.
    pub(crate) fn return_duplicate(&mut self, ts_ns: u64, order_id: u64, out: &mut impl Sink<B>) {
        if !self.rules.hold(Rule::DuplicateReturn) {
            return;
        }
        while let Some(&(storm_id, qty)) =
            self.displaced.get(&order_id).and_then(|o| o.parts.first())
        {
            self.back(
                ts_ns,
                Part {
                    order_id,
                    storm_id,
                    qty,
                    role: StormRole::DuplicateReturn,
                },
                out,
            );
        }
    }

    /// Shares return to the back of their queue: an Add if nothing of the order stands.
    fn back(&mut self, ts_ns: u64, part: Part, out: &mut impl Sink<B>) {
        let Part {
            order_id,
            storm_id,
            qty,
            role,
        } = part;
        let order = &self.displaced[&order_id];
        let (instrument_id, side, price) = (order.instrument_id, order.side, order.price);
        let event = Event {
            ts_ns,
            price,
            qty,
            order_id,
            instrument_id,
            event_type: EventType::Add as u8,
            side: side as u8,
            flags: event_flags::INJECTED,
        };
        if let Some(standing) = self.book.order(order_id) {
            let (qty, event_type) = (standing.qty + qty, EventType::Modify as u8);
            self.emit(
                Event {
                    qty,
                    event_type,
                    side: Side::Inherit as u8,
                    ..event
                },
                storm_id,
                role,
                out,
            );
        } else {
            if self.rules.hold(Rule::YieldToReturn) {
                self.clear_way(
                    ts_ns,
                    instrument_id,
                    Entry {
                        old: None,
                        side,
                        price,
                        qty,
                    },
                    out,
                );
            }
            self.emit(event, storm_id, role, out);
        }
        self.set_ghost(order_id, false);
        self.less_displaced(order_id, storm_id, qty);
    }
}
