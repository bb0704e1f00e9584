//! What events do to the hot book. In: an event. Out: its outcome; orders, levels, ladders change.

use super::HotBook;
use super::levels::LevelSlot;
use super::orders::Found;
use crate::book::Outcome;
use crate::rules::{Request, judge, judge_pair, rejected};
use wavetank_abi::{ApplyStatus, Event, EventType};

/// What became of an event, before it is written out.
#[derive(Clone, Copy)]
pub(super) struct Verdict {
    status: ApplyStatus,
    done_qty: u64,
    side: u8,
    price: u64,
}

/// Where in its last word an event has its side.
const SIDE_AT: u32 = 8 * (core::mem::offset_of!(Event, side) as u32 - 32);

impl Verdict {
    #[inline(always)]
    pub(super) fn of(self, event: &Event) -> Outcome {
        // By words, as whoever reads it will: a byte written into a word that is read next has to
        // reach the memory first.
        let mut words: [u64; 5] = bytemuck::cast(*event);
        words[1] = self.price;
        words[4] = words[4] & !(0xff << SIDE_AT) | u64::from(self.side) << SIDE_AT;
        let event = bytemuck::cast(words);
        Outcome {
            status: self.status,
            done_qty: self.done_qty,
            event,
        }
    }
}

#[inline(always)]
fn refused(event: &Event, status: ApplyStatus) -> Verdict {
    Verdict {
        status,
        done_qty: 0,
        side: event.side,
        price: event.price,
    }
}

/// The outcome of what is for the tape only.
#[inline(always)]
pub(super) fn taped(event: &Event) -> Outcome {
    refused(event, ApplyStatus::Tape).of(event)
}

#[inline(always)]
pub(super) fn applied(done_qty: u64, side: u8, price: u64) -> Verdict {
    Verdict {
        status: ApplyStatus::Applied,
        done_qty,
        side,
        price,
    }
}

impl<const DIGEST: bool> HotBook<DIGEST> {
    #[inline(never)]
    pub(super) fn apply_judged(&mut self, event: &Event) -> Outcome {
        let verdict = match judge(event) {
            Err(status) => refused(event, status),
            Ok(Request::Tape) => refused(event, ApplyStatus::Tape),
            Ok(Request::Add) => self.add(event),
            Ok(Request::Cancel | Request::Trade) => self.reduce(event),
            Ok(Request::Modify) => self.modify(event),
            Ok(Request::Clear) => {
                self.clear(event.instrument_id);
                refused(event, ApplyStatus::Applied)
            }
        };
        verdict.of(event)
    }

    fn add(&mut self, event: &Event) -> Verdict {
        if event.qty == 0 {
            return refused(event, ApplyStatus::ZeroQty);
        }
        let slot = self.orders.claim(event.order_id, &mut self.levels.slots);
        if slot == 0 {
            return refused(event, ApplyStatus::DuplicateId);
        }
        self.enter(slot, event, event.side);
        applied(event.qty, event.side, event.price)
    }

    /// A cancel or a trade: both take from a resting order.
    fn reduce(&mut self, event: &Event) -> Verdict {
        let trade = event.event_type == EventType::Trade as u8;
        if trade && event.qty == 0 {
            return refused(event, ApplyStatus::ZeroQty);
        }
        let Some(order) = self.orders.find(event.order_id) else {
            return refused(event, ApplyStatus::UnknownOrder);
        };
        let level = self.level_of(order.slot);
        if level.instrument != event.instrument_id {
            return refused(event, ApplyStatus::WrongInstrument);
        }
        let (side, resting) = (level.side(), u64::from(level.price));
        let asked = if event.qty == 0 { u64::MAX } else { event.qty };
        let done = self.take(order, asked);
        let own_price = trade && event.price != 0;
        applied(done, side, if own_price { event.price } else { resting })
    }

    #[inline(always)]
    fn level_of(&self, slot: u32) -> &LevelSlot {
        &self.levels.slots[self.orders.slots[slot].level]
    }

    /// The live order an event names.
    #[inline]
    fn named(&self, event: &Event) -> Result<Found, ApplyStatus> {
        let order = self
            .orders
            .find(event.order_id)
            .ok_or(ApplyStatus::UnknownOrder)?;
        if self.level_of(order.slot).instrument != event.instrument_id {
            return Err(ApplyStatus::WrongInstrument);
        }
        Ok(order)
    }

    fn modify(&mut self, event: &Event) -> Verdict {
        let order = match self.named(event) {
            Ok(order) => order,
            Err(status) => return refused(event, status),
        };
        let level = *self.level_of(order.slot);
        let resting = u64::from(self.orders.slots[order.slot].qty);
        if event.price == u64::from(level.price) && event.qty < resting {
            self.take(order, resting - event.qty);
        } else {
            self.unlink(order.slot);
            self.enter(order.slot, event, level.side());
        }
        applied(event.qty, level.side(), event.price)
    }

    fn clear(&mut self, instrument: u32) {
        let bid = self.ladders.find(instrument);
        if bid == 0 {
            return;
        }
        for ladder in [bid, bid + 1] {
            while self.ladders.list[ladder as usize].best != 0 {
                let best = self.ladders.list[ladder as usize].best;
                let first = self.orders.id_of(self.levels.slots[best].head);
                let order = self.orders.find(first).expect("a queue holds live orders");
                self.take(order, u64::MAX);
            }
        }
    }

    #[inline(never)]
    pub(super) fn replace_judged(&mut self, cancel: &Event, add: &Event) -> [Outcome; 2] {
        match self.judge_replace(cancel, add) {
            Err(status) => [rejected(cancel, status), rejected(add, status)],
            Ok(order) => {
                let level = *self.level_of(order.slot);
                let done = self.take(order, u64::MAX);
                let slot = self.orders.claim(add.order_id, &mut self.levels.slots);
                self.enter(slot, add, level.side());
                let first = applied(done, level.side(), u64::from(level.price));
                let second = applied(add.qty, level.side(), add.price);
                [first.of(cancel), second.of(add)]
            }
        }
    }

    fn judge_replace(&self, cancel: &Event, add: &Event) -> Result<Found, ApplyStatus> {
        judge_pair(cancel, add)?;
        let order = self.named(cancel)?;
        if add.order_id != cancel.order_id && self.orders.find(add.order_id).is_some() {
            return Err(ApplyStatus::DuplicateId);
        }
        if add.qty == 0 {
            return Err(ApplyStatus::ZeroQty);
        }
        Ok(order)
    }
}
