//! Many events at once. In: a slice of events. Out: the same outcomes as one by one, sooner.
//!
//! While an event applies, later ones are on their way through memory: first what finds the
//! order, then its level, then the neighbours in the queue. These are hints only; each event
//! looks everything up again when its turn comes.

use super::HotBook;
use crate::book::{Book, Outcome};
use crate::step::steps;
use wavetank_abi::{Event, EventType};

/// How many events ahead each stage works.
const ORDER_AHEAD: usize = 48;
const LEVEL_AHEAD: usize = 32;
const QUEUE_AHEAD: usize = 16;

/// Asks the processor for a cache line; any address is allowed.
#[inline]
fn fetch(address: *const u8) {
    #[cfg(target_arch = "x86_64")]
    // SAFETY: a prefetch reads nothing and cannot fault.
    unsafe {
        core::arch::x86_64::_mm_prefetch::<{ core::arch::x86_64::_MM_HINT_T0 }>(address.cast());
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = address;
}

impl<const DIGEST: bool> HotBook<DIGEST> {
    /// Applies a slice of events, replace pairs kept together, and appends an outcome for each.
    pub fn apply_block(&mut self, events: &[Event], out: &mut Vec<Outcome>) {
        out.reserve(events.len());
        self.apply_each(events, |outcome| out.push(*outcome));
    }

    /// The same, handing each outcome to `take` instead of keeping it.
    #[inline]
    pub fn apply_each(&mut self, events: &[Event], mut take: impl FnMut(&Outcome)) {
        let ahead = |n: usize| events.get(n..).unwrap_or_default();
        let head = &events[..events.len().min(ORDER_AHEAD)];
        head.iter().for_each(|event| self.fetch_order(event));
        head.iter()
            .take(LEVEL_AHEAD)
            .for_each(|event| self.fetch_level(event));
        let mut done = 0;
        for step in steps(events) {
            for at in done..done + step.len() {
                ahead(at + ORDER_AHEAD)
                    .iter()
                    .take(1)
                    .for_each(|e| self.fetch_order(e));
                ahead(at + LEVEL_AHEAD)
                    .iter()
                    .take(1)
                    .for_each(|e| self.fetch_level(e));
                ahead(at + QUEUE_AHEAD)
                    .iter()
                    .take(1)
                    .for_each(|e| self.fetch_queue(e));
            }
            match step {
                [cancel, add] => self.replace(cancel, add).iter().for_each(&mut take),
                _ => step.iter().for_each(|event| take(&self.apply(event))),
            }
            done += step.len();
        }
    }

    /// First stage: the order's slot; of an add its ladder too.
    #[inline]
    pub(super) fn fetch_order(&self, event: &Event) {
        fetch(self.orders.address(event.order_id));
        if event.event_type == EventType::Add as u8 {
            let ladder = self.ladders.find(event.instrument_id) + u32::from(event.side & 1);
            fetch((&raw const self.ladders.list[ladder as usize]).cast());
        }
    }

    /// Second stage: the order's level and neighbours; of an add its cell.
    #[inline]
    pub(super) fn fetch_level(&self, event: &Event) {
        if event.event_type == EventType::Add as u8 {
            let ladder = self.ladders.find(event.instrument_id) + u32::from(event.side & 1);
            let ladder = &self.ladders.list[ladder as usize];
            fetch(
                self.ladders
                    .cells
                    .address(ladder.cell_at(event.price as u32)),
            );
            return;
        }
        let slot = self.orders.find(event.order_id);
        let order = &self.orders.slots[slot as usize];
        fetch((&raw const self.levels.slots[order.level as usize]).cast());
        fetch((&raw const self.orders.slots[order.prev as usize]).cast());
        fetch((&raw const self.orders.slots[order.next as usize]).cast());
    }

    /// Third stage: of an add its level.
    #[inline]
    fn fetch_queue(&self, event: &Event) {
        if event.event_type == EventType::Add as u8 {
            let ladder = self.ladders.find(event.instrument_id) + u32::from(event.side & 1);
            let ladder = &self.ladders.list[ladder as usize];
            let cell = self.ladders.cells.at(ladder.cell_at(event.price as u32));
            fetch((&raw const self.levels.slots[cell as usize]).cast());
        }
    }
}
