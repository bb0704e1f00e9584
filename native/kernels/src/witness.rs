//! The C++ book behind a safe handle. In: events. Out: what the C++ side says. Judging only.

use crate::ffi::{self, Queued};
use crate::hash::wide;
use core::ffi::c_void;
use wavetank_abi::Event;

/// How an event applied.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WitnessOutcome {
    /// Shares taken, added, or the new quantity.
    pub done_qty: u64,
    /// The event, resolved.
    pub event: Event,
    /// Raw `ApplyStatus`.
    pub status: u32,
    reserved: u32,
}

/// One level.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WitnessLevel {
    /// Price in 1/10000 dollar.
    pub price: u64,
    /// Resting shares.
    pub qty: u64,
    /// Resting orders.
    pub orders: u32,
    reserved: u32,
}

/// One order.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WitnessOrder {
    /// Its id.
    pub id: u64,
    /// Limit in 1/10000 dollar.
    pub price: u64,
    /// Shares resting.
    pub qty: u64,
    /// Its instrument.
    pub instrument_id: u32,
    /// 0 bid, 1 ask.
    pub side: u32,
}

/// Owns one C++ book.
#[derive(Debug)]
pub struct WitnessBook {
    handle: *mut c_void,
}

// SAFETY: the C++ book has no thread-bound state; `&mut` guards every change.
unsafe impl Send for WitnessBook {}

impl Default for WitnessBook {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for WitnessBook {
    fn drop(&mut self) {
        // SAFETY: the handle came from `wt_book_new` and is freed once.
        unsafe { ffi::wt_book_free(self.handle) };
    }
}

/// Asks how many items there are, then for all of them.
fn gather<T: Clone + Default>(fill: impl Fn(*mut T, usize) -> usize) -> Vec<T> {
    let mut items = vec![T::default(); fill(core::ptr::null_mut(), 0)];
    let count = fill(items.as_mut_ptr(), items.len());
    debug_assert_eq!(count, items.len());
    items
}

// SAFETY of every call below: the handle is live for as long as `self`, events and outputs are
// live references, and the lists are given with their true capacity.
impl WitnessBook {
    /// An empty book.
    pub fn new() -> Self {
        Self {
            handle: unsafe { ffi::wt_book_new() },
        }
    }

    /// Judges and applies one event.
    pub fn apply(&mut self, event: &Event) -> WitnessOutcome {
        let mut out = WitnessOutcome::default();
        unsafe { ffi::wt_book_apply(self.handle, event, &mut out) };
        out
    }

    /// Judges and applies a replace.
    pub fn replace(&mut self, cancel: &Event, add: &Event) -> [WitnessOutcome; 2] {
        let mut out = [WitnessOutcome::default(); 2];
        unsafe { ffi::wt_book_replace(self.handle, cancel, add, &mut out) };
        out
    }

    /// The live order of this id.
    pub fn order(&self, id: u64) -> Option<WitnessOrder> {
        let mut out = WitnessOrder::default();
        (unsafe { ffi::wt_book_order(self.handle, id, &mut out) } != 0).then_some(out)
    }

    /// The level at this price.
    pub fn level(&self, instrument: u32, side: u8, price: u64) -> Option<WitnessLevel> {
        let mut out = WitnessLevel::default();
        let found = unsafe { ffi::wt_book_level(self.handle, instrument, side, price, &mut out) };
        (found != 0).then_some(out)
    }

    /// The best level of a side.
    pub fn best(&self, instrument: u32, side: u8) -> Option<WitnessLevel> {
        let mut out = WitnessLevel::default();
        let count = unsafe { ffi::wt_book_levels(self.handle, instrument, side, &mut out, 1) };
        (count != 0).then_some(out)
    }

    /// All levels of a side, best first.
    pub fn levels(&self, instrument: u32, side: u8) -> Vec<WitnessLevel> {
        gather(|out, room| unsafe { ffi::wt_book_levels(self.handle, instrument, side, out, room) })
    }

    /// The orders of a level as (id, quantity), first in the queue first.
    pub fn queue(&self, instrument: u32, side: u8, price: u64) -> Vec<(u64, u64)> {
        let queue: Vec<Queued> = gather(|out, room| unsafe {
            ffi::wt_book_queue(self.handle, instrument, side, price, out, room)
        });
        queue
            .into_iter()
            .map(|order| (order.id, order.qty))
            .collect()
    }

    /// Instruments with a live order, ascending.
    pub fn instruments(&self) -> Vec<u32> {
        gather(|out, room| unsafe { ffi::wt_book_instruments(self.handle, out, room) })
    }

    /// Live orders.
    pub fn live_orders(&self) -> u64 {
        unsafe { ffi::wt_book_live_orders(self.handle) }
    }

    /// The market digest, from scratch.
    pub fn market_digest(&self) -> u128 {
        let mut halves = [0; 2];
        unsafe { ffi::wt_book_market_digest(self.handle, &mut halves) };
        wide(halves)
    }

    /// FLOWLAB-L2-v1 of one instrument.
    pub fn l2_hash(&self, instrument: u32) -> u64 {
        unsafe { ffi::wt_book_l2_hash(self.handle, instrument) }
    }
}
