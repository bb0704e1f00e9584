//! What the source book would say of a message, and so what must happen in the market before it.
//! The source book is not kept: an order lives in it if it stands in the market or is displaced.

use wavetank_abi::{Event, EventType, Side};
use wavetank_book::{Book, Request, judge, judge_pair};

use crate::area::rank;
use crate::resolver::Resolver;
use crate::rule::Rule;

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
    pub(crate) fn is_ghost(&self, order_id: u64) -> bool {
        self.displaced.get(&order_id).is_some_and(|o| o.ghost)
    }
}
