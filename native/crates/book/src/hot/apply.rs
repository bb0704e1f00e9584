//! What events do to the hot book. In: an event. Out: its outcome; orders, levels, ladders change.

use super::HotBook;
use super::levels::LevelSlot;
use super::orders::OrderSlot;
use crate::book::Outcome;
use crate::digest::level_digest;
use crate::rules::{Request, judge, judge_pair, rejected};
use wavetank_abi::{ApplyStatus, Event};

#[inline]
fn applied(event: &Event, done_qty: u64, side: u8, price: u64) -> Outcome {
    let event = Event {
        side,
        price,
        ..*event
    };
    Outcome {
        status: ApplyStatus::Applied,
        done_qty,
        event,
    }
}

impl<const DIGEST: bool> HotBook<DIGEST> {
    #[inline]
    pub(super) fn apply_one(&mut self, event: &Event) -> Outcome {
        self.try_apply(event)
            .unwrap_or_else(|status| rejected(event, status))
    }

    #[inline]
    fn try_apply(&mut self, event: &Event) -> Result<Outcome, ApplyStatus> {
        match judge(event)? {
            Request::Add => self.add(event),
            Request::Cancel => self.cancel(event),
            Request::Trade => self.trade(event),
            Request::Modify => self.modify(event),
            Request::Tape => Ok(rejected(event, ApplyStatus::Tape)),
            Request::Clear => {
                self.clear(event.instrument_id);
                Ok(rejected(event, ApplyStatus::Applied))
            }
        }
    }

    /// Slot and level of the order an event names.
    #[inline]
    fn named(&self, event: &Event) -> Result<(u32, LevelSlot), ApplyStatus> {
        let slot = self.orders.find(event.order_id);
        if slot == 0 {
            return Err(ApplyStatus::UnknownOrder);
        }
        let level = self.levels.slots[self.orders.slots[slot as usize].level as usize];
        if level.instrument != event.instrument_id {
            return Err(ApplyStatus::WrongInstrument);
        }
        Ok((slot, level))
    }

    #[inline]
    fn add(&mut self, event: &Event) -> Result<Outcome, ApplyStatus> {
        if self.orders.find(event.order_id) != 0 {
            return Err(ApplyStatus::DuplicateId);
        }
        self.enter(event, event.side);
        Ok(applied(event, event.qty, event.side, event.price))
    }

    #[inline]
    fn cancel(&mut self, event: &Event) -> Result<Outcome, ApplyStatus> {
        let (slot, level) = self.named(event)?;
        let asked = if event.qty == 0 { u64::MAX } else { event.qty };
        let done = self.take(event.order_id, slot, asked);
        Ok(applied(event, done, level.side(), u64::from(level.price)))
    }

    #[inline]
    fn trade(&mut self, event: &Event) -> Result<Outcome, ApplyStatus> {
        let (slot, level) = self.named(event)?;
        let done = self.take(event.order_id, slot, event.qty);
        let price = if event.price == 0 {
            u64::from(level.price)
        } else {
            event.price
        };
        Ok(applied(event, done, level.side(), price))
    }

    fn modify(&mut self, event: &Event) -> Result<Outcome, ApplyStatus> {
        let (slot, level) = self.named(event)?;
        let resting = u64::from(self.orders.slots[slot as usize].qty);
        if event.price == u64::from(level.price) && event.qty < resting {
            self.take(event.order_id, slot, resting - event.qty);
        } else {
            self.unlink(slot);
            self.link(slot, event, level.ladder);
        }
        Ok(applied(event, event.qty, level.side(), event.price))
    }

    /// A new order, at the back of its queue.
    #[inline]
    fn enter(&mut self, event: &Event, side: u8) {
        let slot = self.orders.claim(event.order_id, &mut self.levels.slots);
        let ladder = self.ladders.obtain(event.instrument_id) + u32::from(side);
        self.link(slot, event, ladder);
    }

    /// Takes at most `qty` of an order; at 0 it leaves.
    #[inline]
    fn take(&mut self, id: u64, slot: u32, qty: u64) -> u64 {
        let order = &mut self.orders.slots[slot as usize];
        let resting = u64::from(order.qty);
        if qty >= resting {
            self.unlink(slot);
            self.orders.release(id, slot);
            return resting;
        }
        order.qty -= qty as u32;
        let level = &mut self.levels.slots[order.level as usize];
        let before = *level;
        level.qty -= qty;
        let after = *level;
        self.note_change(&before, before.qty, after.qty);
        qty
    }

    /// Puts a slot that is in no queue at the back of the one at the event's price.
    #[inline]
    fn link(&mut self, slot: u32, event: &Event, ladder: u32) {
        let price = event.price as u32;
        let at = self.level_for(event.instrument_id, ladder, price);
        let level = &mut self.levels.slots[at as usize];
        let before = *level;
        level.qty += event.qty;
        level.orders += 1;
        level.tail = slot;
        if before.tail == 0 {
            level.head = slot;
        } else {
            self.orders.slots[before.tail as usize].next = slot;
        }
        let order = OrderSlot {
            qty: event.qty as u32,
            level: at,
            prev: before.tail,
            next: 0,
        };
        self.orders.slots[slot as usize] = order;
        self.note_change(&before, before.qty, before.qty + event.qty);
    }

    #[inline]
    fn level_for(&mut self, instrument: u32, ladder: u32, price: u32) -> u32 {
        let cells = &mut self.ladders.cells;
        let side = &mut self.ladders.list[ladder as usize];
        side.note_add(cells, price);
        let found = side.find(cells, price);
        if found != 0 {
            return found;
        }
        let empty = LevelSlot {
            price,
            ladder,
            instrument,
            ..LevelSlot::default()
        };
        let at = self.levels.claim(empty);
        side.insert(cells, ladder & 1 == 0, price, at);
        at
    }

    /// Takes a slot out of its queue; an empty level leaves its ladder.
    #[inline]
    fn unlink(&mut self, slot: u32) {
        let order = self.orders.slots[slot as usize];
        let level = &mut self.levels.slots[order.level as usize];
        let before = *level;
        level.qty -= u64::from(order.qty);
        level.orders -= 1;
        match order.prev {
            0 => level.head = order.next,
            prev => self.orders.slots[prev as usize].next = order.next,
        }
        match order.next {
            0 => level.tail = order.prev,
            next => self.orders.slots[next as usize].prev = order.prev,
        }
        let (qty, emptied) = (level.qty, level.orders == 0);
        if emptied {
            self.drop_level(order.level, &before);
        }
        self.note_change(&before, before.qty, qty);
    }

    #[inline]
    fn drop_level(&mut self, at: u32, level: &LevelSlot) {
        let ladder = &mut self.ladders.list[level.ladder as usize];
        ladder.remove(&mut self.ladders.cells, level.side() == 0, level.price);
        self.levels.release(at);
    }

    /// Carries a change of a level's quantity into the digest; quantity 0 is no level.
    #[inline]
    fn note_change(&mut self, level: &LevelSlot, before: u64, after: u64) {
        if !DIGEST {
            return;
        }
        let of = |qty| level_digest(level.instrument, level.side(), u64::from(level.price), qty);
        if before != 0 {
            self.digest = self.digest.wrapping_sub(of(before));
        }
        if after != 0 {
            self.digest = self.digest.wrapping_add(of(after));
        }
    }

    fn clear(&mut self, instrument: u32) {
        let bid = self.ladders.find(instrument);
        if bid == 0 {
            return;
        }
        for ladder in [bid, bid + 1] {
            while self.ladders.list[ladder as usize].best != 0 {
                let best = self.ladders.list[ladder as usize].best;
                let slot = self.levels.slots[best as usize].head;
                self.take(self.orders.id_of(slot), slot, u64::MAX);
            }
        }
    }

    #[inline]
    pub(super) fn replace_pair(&mut self, cancel: &Event, add: &Event) -> [Outcome; 2] {
        self.try_replace(cancel, add)
            .unwrap_or_else(|status| [rejected(cancel, status), rejected(add, status)])
    }

    #[inline]
    fn try_replace(&mut self, cancel: &Event, add: &Event) -> Result<[Outcome; 2], ApplyStatus> {
        judge_pair(cancel, add)?;
        let (slot, level) = self.named(cancel)?;
        if add.order_id != cancel.order_id && self.orders.find(add.order_id) != 0 {
            return Err(ApplyStatus::DuplicateId);
        }
        if add.qty == 0 {
            return Err(ApplyStatus::ZeroQty);
        }
        let done = self.take(cancel.order_id, slot, u64::MAX);
        self.enter(add, level.side());
        let first = applied(cancel, done, level.side(), u64::from(level.price));
        Ok([first, applied(add, add.qty, level.side(), add.price)])
    }
}
