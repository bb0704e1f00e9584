//! The declarations of `include/wavetank_kernels.hpp`. Only the wrappers of this crate call them.

use core::ffi::{c_char, c_void};
use wavetank_abi::Event;

use crate::hash::L2Level;
use crate::witness::{WitnessLevel, WitnessOrder, WitnessOutcome};

/// Sums of a ring; the ring belongs to the caller.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Rolling {
    pub sum: i64,
    pub squares_low: u64,
    pub squares_high: u64,
    pub head: u32,
    pub length: u32,
}

/// Where a median's ring stands.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Median {
    pub head: u32,
    pub length: u32,
}

/// One order of a queue.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Queued {
    pub id: u64,
    pub qty: u64,
}

unsafe extern "C" {
    pub(crate) fn wt_manifest() -> *const c_char;

    pub(crate) fn wt_l2_start() -> u64;
    pub(crate) fn wt_l2_levels(hash: u64, levels: *const L2Level, count: usize) -> u64;
    pub(crate) fn wt_l2_turn(hash: u64) -> u64;
    pub(crate) fn wt_l2_hash(
        bids: *const L2Level,
        bid_count: usize,
        asks: *const L2Level,
        ask_count: usize,
    ) -> u64;
    pub(crate) fn wt_level_digest(
        instrument: u32,
        side: u8,
        price: u64,
        qty: u64,
        out: *mut [u64; 2],
    );
    pub(crate) fn wt_run_digest(
        digest: u64,
        seq: u64,
        channel: u32,
        status: u32,
        event: *const Event,
    ) -> u64;

    pub(crate) fn wt_rolling_push(state: *mut Rolling, ring: *mut i64, window: u32, value: i64);
    pub(crate) fn wt_rolling_mean(state: *const Rolling) -> i64;
    pub(crate) fn wt_rolling_variance(state: *const Rolling, out: *mut [u64; 2]);
    pub(crate) fn wt_median_push(
        state: *mut Median,
        ring: *mut i64,
        sorted: *mut i64,
        window: u32,
        value: i64,
    );
    pub(crate) fn wt_median_of(values: *const i64, scratch: *mut i64, count: usize) -> i64;
    pub(crate) fn wt_ewma8(state: i64, value: i64) -> i64;

    pub(crate) fn wt_book_new() -> *mut c_void;
    pub(crate) fn wt_book_free(book: *mut c_void);
    pub(crate) fn wt_book_apply(book: *mut c_void, event: *const Event, out: *mut WitnessOutcome);
    pub(crate) fn wt_book_replace(
        book: *mut c_void,
        cancel: *const Event,
        add: *const Event,
        out: *mut [WitnessOutcome; 2],
    );
    pub(crate) fn wt_book_order(book: *const c_void, id: u64, out: *mut WitnessOrder) -> u32;
    pub(crate) fn wt_book_level(
        book: *const c_void,
        instrument: u32,
        side: u8,
        price: u64,
        out: *mut WitnessLevel,
    ) -> u32;
    pub(crate) fn wt_book_levels(
        book: *const c_void,
        instrument: u32,
        side: u8,
        out: *mut WitnessLevel,
        capacity: usize,
    ) -> usize;
    pub(crate) fn wt_book_queue(
        book: *const c_void,
        instrument: u32,
        side: u8,
        price: u64,
        out: *mut Queued,
        capacity: usize,
    ) -> usize;
    pub(crate) fn wt_book_instruments(book: *const c_void, out: *mut u32, capacity: usize)
    -> usize;
    pub(crate) fn wt_book_live_orders(book: *const c_void) -> u64;
    pub(crate) fn wt_book_market_digest(book: *const c_void, out: *mut [u64; 2]);
    pub(crate) fn wt_book_l2_hash(book: *const c_void, instrument: u32) -> u64;
}
