//! What happens in the market before a source message applies: injected orders yield, a displaced
//! owner quotes again, an execution uses up displaced quantity. In: a verdict. Out: records.

use wavetank_abi::{Event, EventType, Side, StormRole, event_flags};
use wavetank_book::Book;

use crate::area::{opposite, price_of, reaches};
use crate::judge::{Entry, Verdict};
use crate::resolver::Resolver;
use crate::rule::Rule;
use crate::sink::Sink;
use crate::storm::storm_of;

impl<B: Book> Resolver<B> {
    /// Does what the verdict demands, before the message itself applies.
    pub(crate) fn prepare(
        &mut self,
        ts_ns: u64,
        instrument_id: u32,
        verdict: Verdict,
        out: &mut impl Sink<B>,
    ) {
        match verdict {
            Verdict::Plain => {}
            Verdict::Enters(entry) => self.enters(ts_ns, instrument_id, entry, out),
            Verdict::Duplicate(order_id) => self.return_duplicate(ts_ns, order_id, out),
            Verdict::Takes(taking) => {
                self.counters.traded_through += u64::from(taking.through);
                self.absorb(taking.order_id, taking.qty);
            }
            Verdict::Clears if self.rules.hold(Rule::ClearForgets) => {
                self.forget_instrument(instrument_id)
            }
            Verdict::Clears => {}
        }
    }

    fn enters(&mut self, ts_ns: u64, instrument_id: u32, entry: Entry, out: &mut impl Sink<B>) {
        let Entry {
            old,
            side,
            price,
            qty,
        } = entry;
        if self.rules.hold(Rule::Yield) {
            self.clear_way(ts_ns, instrument_id, entry, out);
        }
        let Some(old) = old else { return };
        if self.is_ghost(old) && self.rules.hold(Rule::StandIn) {
            let storm_id = self.displaced[&old].lowest_storm();
            let event = Event {
                ts_ns,
                price,
                qty,
                order_id: old,
                instrument_id,
                event_type: EventType::Add as u8,
                side: side as u8,
                flags: event_flags::INJECTED | event_flags::MORE,
            };
            self.emit(event, storm_id, StormRole::StandIn, out);
        }
        if self.rules.hold(Rule::SuccessorInFull) {
            self.forget_displaced(old);
        }
    }

    /// Injected orders that the entry would lock or cross trade with it, then leave.
    pub(crate) fn clear_way(
        &mut self,
        ts_ns: u64,
        instrument_id: u32,
        entry: Entry,
        out: &mut impl Sink<B>,
    ) {
        let other = opposite(entry.side);
        let mut qty = entry.qty;
        while let Some(best) = self
            .areas
            .get(&instrument_id)
            .and_then(|a| a.injected[other as usize].best())
        {
            let price = price_of(other, best);
            if !reaches(entry.side, entry.price, price) {
                return;
            }
            let queue = self.book.queue(instrument_id, other, price);
            let in_the_way: Vec<_> = queue.filter(|o| storm_of(o.0).is_some()).collect();
            for (order_id, resting) in in_the_way {
                let traded = qty.min(resting);
                qty -= traded;
                self.make_yield(
                    Event {
                        ts_ns,
                        price,
                        order_id,
                        instrument_id,
                        ..Event::default()
                    },
                    traded,
                    resting,
                    out,
                );
            }
        }
    }

    fn make_yield(&mut self, event: Event, traded: u64, resting: u64, out: &mut impl Sink<B>) {
        let owner = storm_of(event.order_id).expect("an injected order");
        let event = Event {
            side: Side::Inherit as u8,
            flags: event_flags::INJECTED,
            ..event
        };
        if traded > 0 {
            let event_type = EventType::Trade as u8;
            self.emit(
                Event {
                    qty: traded,
                    event_type,
                    ..event
                },
                owner,
                StormRole::Yield,
                out,
            );
        }
        if traded < resting {
            let event_type = EventType::Cancel as u8;
            self.emit(
                Event {
                    qty: 0,
                    event_type,
                    ..event
                },
                owner,
                StormRole::YieldCancel,
                out,
            );
        }
    }

    /// The standing part is used first, which the book does by itself; the rest is absorbed.
    fn absorb(&mut self, order_id: u64, qty: u64) {
        let standing = self.book.order(order_id).map_or(0, |o| o.qty);
        let first = if self.rules.hold(Rule::StandingFirst) {
            standing
        } else {
            0
        };
        let mut over = if qty == 0 {
            u64::MAX
        } else {
            qty.saturating_sub(first)
        };
        while over > 0 && self.rules.hold(Rule::Absorb) {
            let Some(order) = self.displaced.get(&order_id) else {
                return;
            };
            let storm_id = if self.rules.hold(Rule::LowestStormFirst) {
                order.lowest_storm()
            } else {
                order.parts.iter().map(|part| part.0).max().unwrap_or(0)
            };
            let absorbed = over.min(order.part(storm_id));
            over -= absorbed;
            self.counters.absorbed_qty += absorbed;
            self.less_displaced(order_id, storm_id, absorbed);
        }
    }
}
