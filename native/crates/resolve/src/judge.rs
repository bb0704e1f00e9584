//! What the source book would say of a message, and what must happen in the market before it.
//! The source book is not kept: an order lives in it if it stands in the market or is displaced.

use wavetank_abi::{Event, EventType, Side, StormRole, event_flags};
use wavetank_book::{Book, Request, judge, judge_pair};

use crate::area::{opposite, price_of, rank, reaches};
use crate::resolver::Resolver;
use crate::rule::Rule;
use crate::sink::Sink;
use crate::storm::storm_of;

/// A source order about to enter in full; `old` is what it succeeds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    pub old: Option<u64>,
    pub side: Side,
    pub price: u64,
    pub qty: u64,
}

/// What a source execution or cancel means for what storms did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Taking {
    pub order_id: u64,
    pub qty: u64,
    /// The order is displaced in part or whole.
    pub displaced: bool,
    /// It prints through a better injected price.
    pub through: bool,
}

/// What the law has to do before a source message applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Nothing.
    Plain,
    /// An accepted order enters.
    Enters(Entry),
    /// The id is live as displaced only.
    Duplicate(u64),
    /// An execution or cancel, not rejected by its form.
    Takes(Taking),
    /// The instrument is emptied.
    Clears,
}

impl<B: Book> Resolver<B> {
    /// Judges a message by the source book. Meant for a market that is not clean.
    pub(crate) fn judge(&self, step: &[Event]) -> Verdict {
        match step {
            [cancel, add] => self.judge_replace(cancel, add),
            [event] => match judge(event) {
                Ok(Request::Add) => self.judge_add(event),
                Ok(Request::Modify) => self.judge_modify(event),
                Ok(Request::Cancel | Request::Trade) => self.judge_take(event),
                Ok(Request::Clear) => Verdict::Clears,
                Ok(Request::Tape) | Err(_) => Verdict::Plain,
            },
            _ => Verdict::Plain,
        }
    }

    fn judge_add(&self, event: &Event) -> Verdict {
        let Event {
            order_id,
            price,
            qty,
            ..
        } = *event;
        if self.is_ghost(order_id) {
            return Verdict::Duplicate(order_id);
        }
        let duplicate = self.book.order(order_id).is_some();
        if !self.areas.contains_key(&event.instrument_id)
            || (duplicate && self.rules.hold(Rule::JudgeFirst))
        {
            return Verdict::Plain;
        }
        let side = if event.side == Side::Bid as u8 {
            Side::Bid
        } else {
            Side::Ask
        };
        Verdict::Enters(Entry {
            old: None,
            side,
            price,
            qty,
        })
    }

    fn judge_modify(&self, event: &Event) -> Verdict {
        let Event {
            order_id,
            price,
            qty,
            ..
        } = *event;
        match self.source_order(order_id) {
            Some((instrument_id, side)) if instrument_id == event.instrument_id => {
                Verdict::Enters(Entry {
                    old: Some(order_id),
                    side,
                    price,
                    qty,
                })
            }
            _ => Verdict::Plain,
        }
    }

    fn judge_replace(&self, cancel: &Event, add: &Event) -> Verdict {
        let Event {
            order_id: new,
            price,
            qty,
            ..
        } = *add;
        let old = cancel.order_id;
        let (Ok(()), Some((instrument_id, side))) =
            (judge_pair(cancel, add), self.source_order(old))
        else {
            return Verdict::Plain;
        };
        if instrument_id != cancel.instrument_id || qty == 0 {
            return Verdict::Plain;
        }
        if new == old || self.source_order(new).is_none() {
            return Verdict::Enters(Entry {
                old: Some(old),
                side,
                price,
                qty,
            });
        }
        if self.is_ghost(new) && !self.is_ghost(old) {
            Verdict::Duplicate(new)
        } else {
            Verdict::Plain
        }
    }

    fn judge_take(&self, event: &Event) -> Verdict {
        let Event {
            order_id,
            qty,
            instrument_id,
            ..
        } = *event;
        let displaced = self.displaced.get(&order_id);
        if displaced.is_some_and(|order| order.instrument_id != instrument_id) {
            return Verdict::Plain;
        }
        let taking = Taking {
            order_id,
            qty,
            displaced: displaced.is_some(),
            through: event.event_type == EventType::Trade as u8 && self.trades_through(event),
        };
        if taking.displaced || taking.through {
            Verdict::Takes(taking)
        } else {
            Verdict::Plain
        }
    }

    fn trades_through(&self, event: &Event) -> bool {
        let Some(area) = self.areas.get(&event.instrument_id) else {
            return false;
        };
        if area.injected.iter().all(|ladder| ladder.is_empty()) {
            return false;
        }
        self.book.order(event.order_id).is_some_and(|order| {
            let best = area.injected[order.side as usize].best();
            order.instrument_id == event.instrument_id
                && best.is_some_and(|best| best < rank(order.side, order.price))
        })
    }

    /// Instrument and side of an order that is live in the source.
    fn source_order(&self, order_id: u64) -> Option<(u32, Side)> {
        let displaced = self
            .displaced
            .get(&order_id)
            .map(|o| (o.instrument_id, o.side));
        displaced.or_else(|| self.book.order(order_id).map(|o| (o.instrument_id, o.side)))
    }

    /// Live in the source, and nothing of it stands.
    fn is_ghost(&self, order_id: u64) -> bool {
        self.displaced.get(&order_id).is_some_and(|o| o.ghost)
    }

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
