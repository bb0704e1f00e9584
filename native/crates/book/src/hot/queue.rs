//! Orders in and out of their levels. In: slots. Out: queues, levels and the digest kept true.
//!
//! Slot 0 stands for a missing neighbour: writing its links is harmless and saves a branch that
//! no processor could foresee.

use super::HotBook;
use super::levels::LevelSlot;
use super::orders::{Found, OrderSlot};
use wavetank_abi::Event;

impl<const DIGEST: bool> HotBook<DIGEST> {
    /// Puts a slot that is in no queue at the back of the one at the event's price.
    #[inline(always)]
    pub(super) fn enter(&mut self, slot: u32, event: &Event, side: u8) {
        let at = self.level_for(event, side);
        let level = &mut self.levels.slots[at];
        let (tail, before) = (level.tail, level.qty);
        level.qty += event.qty;
        level.orders += 1;
        level.tail = slot;
        level.head = if tail == 0 { slot } else { level.head };
        let level = *level;
        self.orders.slots[tail].next = slot;
        let order = OrderSlot {
            qty: event.qty as u32,
            level: at,
            prev: tail,
            next: 0,
        };
        self.orders.slots[slot] = order;
        self.note_change(at, &level, before);
    }

    #[inline(never)]
    pub(super) fn level_for(&mut self, event: &Event, side: u8) -> u32 {
        let ladder = self.ladders.obtain(event.instrument_id) + u32::from(side);
        let price = event.price as u32;
        let found = self.ladders.join(ladder, price);
        if found != 0 {
            return found;
        }
        let instrument = event.instrument_id;
        let empty = LevelSlot {
            price,
            ladder,
            instrument,
            ..LevelSlot::default()
        };
        let at = self.levels.claim(empty);
        self.ladders.insert(ladder, price, at);
        at
    }

    /// Takes at most `qty` of an order; at 0 it leaves.
    #[inline(always)]
    pub(super) fn take(&mut self, found: Found, qty: u64) -> u64 {
        let order = &mut self.orders.slots[found.slot];
        let resting = u64::from(order.qty);
        if qty >= resting {
            self.unlink(found.slot);
            self.orders.release(found);
            return resting;
        }
        order.qty -= qty as u32;
        let at = order.level;
        let level = &mut self.levels.slots[at];
        let before = level.qty;
        level.qty -= qty;
        let level = *level;
        self.note_change(at, &level, before);
        qty
    }

    /// Takes a slot out of its queue; an empty level leaves its ladder.
    #[inline(always)]
    pub(super) fn unlink(&mut self, slot: u32) {
        let order = self.orders.slots[slot];
        self.orders.slots[order.prev].next = order.next;
        self.orders.slots[order.next].prev = order.prev;
        let level = &mut self.levels.slots[order.level];
        let before = level.qty;
        level.qty -= u64::from(order.qty);
        level.orders -= 1;
        level.head = if order.prev == 0 {
            order.next
        } else {
            level.head
        };
        level.tail = if order.next == 0 {
            order.prev
        } else {
            level.tail
        };
        let level = *level;
        self.note_change(order.level, &level, before);
        if level.orders == 0 {
            self.close_level(order.level);
        }
    }

    /// Takes an empty level out of its ladder.
    #[inline(never)]
    pub(super) fn close_level(&mut self, at: u32) {
        let level = self.levels.slots[at];
        self.ladders.remove(level.ladder, level.price);
        self.levels.release(at);
    }

    /// Carries a change of a level's quantity into the digest.
    #[inline(always)]
    pub(super) fn note_change(&mut self, at: u32, level: &LevelSlot, before: u64) {
        if DIGEST {
            self.shares.change(at, level, before);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{Book, HotBook};
    use wavetank_abi::{Event, EventType};

    #[test]
    fn levels_that_empty_are_used_again() {
        let mut book = HotBook::new();
        for n in 1..50_000u64 {
            let price = 500_000 + n * 100 % 700_000;
            let side = (n % 2) as u8;
            let add = Event {
                order_id: n,
                price,
                qty: 5,
                side,
                event_type: 1,
                ..Event::default()
            };
            book.apply(&add);
            let event_type = EventType::Cancel as u8;
            book.apply(&Event {
                event_type,
                qty: 0,
                order_id: n.saturating_sub(20),
                ..add
            });
        }
        assert_eq!(book.live_orders(), 20);
        assert!(
            book.levels.slots.len() < 30,
            "{} levels",
            book.levels.slots.len()
        );
        assert!(
            book.ladders.cells.len() < 5_000,
            "{} cells",
            book.ladders.cells.len()
        );
    }
}
