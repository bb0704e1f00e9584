//! The usual event: an order joins a level, some or all of one leaves, or one replaces another.
//! In: events. Out: what became of them, or nothing done, for the rules and the rest to look at.
//!
//! Only well-formed events on orders with a page take this road. Every doubt leaves it before the
//! first write. Levels that come and go are few and have functions of their own.

use super::HotBook;
use super::apply::{Verdict, applied};
use super::class::{Class, class, is_empty_trade, is_usual_replace};
use super::neighbourhood::Neighbourhood;
use super::orders::{OrderSlot, slot_in};
use core::hint::select_unpredictable as select;
use wavetank_abi::{Event, EventType};

/// An id's neighbourhood, its place in the table, and the slot that the id has or would have.
#[derive(Clone, Copy)]
struct Place {
    near: Neighbourhood,
    home: usize,
    slot: u32,
}

impl<const DIGEST: bool> HotBook<DIGEST> {
    #[inline(always)]
    pub(super) fn apply_usual(&mut self, event: &Event) -> Option<Verdict> {
        match class(event) {
            Class::Add => self.add_usual(event),
            Class::Reduce => self.reduce_usual(event),
            Class::Other => None,
        }
    }

    #[inline(always)]
    fn place(&self, id: u64) -> Place {
        let (near, home) = self.orders.near(id);
        let slot = slot_in(near.page(), id);
        Place { near, home, slot }
    }

    /// Whether an order of this id may join: slots without a page are never vacant.
    #[inline(always)]
    fn is_vacant(&self, place: Place) -> bool {
        self.orders.slots[place.slot].qty == 0 && place.near.sparse() == 0
    }

    #[inline(always)]
    pub(super) fn add_usual(&mut self, event: &Event) -> Option<Verdict> {
        let place = self.place(event.order_id);
        if !self.is_vacant(place) || event.qty == 0 {
            return None;
        }
        let bid = self.ladders.direct(event.instrument_id);
        self.join(place, event, bid + u32::from(event.side));
        Some(applied(event.qty, event.side, event.price))
    }

    /// Puts an order at the back of the queue at its price.
    #[inline(always)]
    fn join(&mut self, place: Place, event: &Event, ladder: u32) {
        let side = (ladder & 1) as u8;
        let ladder = &self.ladders.list[ladder as usize];
        let price = event.price as u32;
        let mut at = *self.ladders.cells.at(ladder.likely_cell(price));
        let likely = &self.levels.slots[at];
        if likely.orders == 0 || likely.price != price {
            at = self.level_for(event, side);
            let level = &mut self.levels.slots[at];
            level.head = select(level.orders == 0, place.slot, level.head);
        }
        let slot = place.slot;
        let level = &mut self.levels.slots[at];
        let (tail, before) = (level.tail, level.qty);
        level.tail = slot;
        level.orders += 1;
        level.qty += event.qty;
        let level = *level;
        self.orders.slots[tail].next = slot;
        self.orders.slots[slot] = OrderSlot {
            qty: event.qty as u32,
            level: at,
            prev: tail,
            next: 0,
        };
        self.orders.table[place.home] = place.near.after(true).0;
        self.orders.count += 1;
        self.note_change(at, &level, before);
    }

    #[inline(always)]
    pub(super) fn reduce_usual(&mut self, event: &Event) -> Option<Verdict> {
        let place = self.place(event.order_id);
        let order = &mut self.orders.slots[place.slot];
        let resting = order.qty;
        let at = order.level;
        let level = &mut self.levels.slots[at];
        // What has no page or no order is in level 0, which no event is of.
        if level.instrument != event.instrument_id || is_empty_trade(event) {
            return None;
        }
        let prints = event.event_type == EventType::Trade as u8;
        let own_price = prints & (event.price != 0);
        let price = select(own_price, event.price, u64::from(level.price));
        let side = level.side();
        let all = event.qty.wrapping_sub(1) >= u64::from(resting - 1);
        if all {
            self.leave(place);
            return Some(applied(u64::from(resting), side, price));
        }
        order.qty = resting - event.qty as u32;
        let before = level.qty;
        level.qty -= event.qty;
        let level = *level;
        self.note_change(at, &level, before);
        Some(applied(event.qty, side, price))
    }

    /// Takes an order out of its queue and out of the book.
    #[inline(always)]
    fn leave(&mut self, place: Place) {
        let slot = &mut self.orders.slots[place.slot];
        let order = *slot;
        *slot = OrderSlot::default();
        self.orders.slots[order.prev].next = order.next;
        self.orders.slots[order.next].prev = order.prev;
        self.orders.table[place.home] = place.near.after(false).0;
        self.orders.count -= 1;
        let level = &mut self.levels.slots[order.level];
        let before = level.qty;
        level.qty -= u64::from(order.qty);
        level.orders -= 1;
        level.head = select(order.prev == 0, order.next, level.head);
        level.tail = select(order.next == 0, order.prev, level.tail);
        let level = *level;
        self.note_change(order.level, &level, before);
        if level.orders == 0 {
            self.close_level(order.level);
        }
    }

    #[inline(always)]
    pub(super) fn replace_usual(&mut self, cancel: &Event, add: &Event) -> Option<[Verdict; 2]> {
        is_usual_replace(cancel, add)
            .then(|| self.replace_formed(cancel, add))
            .flatten()
    }

    /// The same for a pair that is known to have the usual form.
    #[inline(always)]
    pub(super) fn replace_formed(&mut self, cancel: &Event, add: &Event) -> Option<[Verdict; 2]> {
        let (old, new) = (self.place(cancel.order_id), self.place(add.order_id));
        let order = self.orders.slots[old.slot];
        let level = self.levels.slots[order.level];
        if level.instrument != cancel.instrument_id || !self.is_vacant(new) || add.qty == 0 {
            return None;
        }
        self.leave(old);
        let new = self.place(add.order_id);
        self.join(new, add, level.ladder);
        Some([
            applied(u64::from(order.qty), level.side(), u64::from(level.price)),
            applied(add.qty, level.side(), add.price),
        ])
    }
}
