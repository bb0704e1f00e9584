//! In: levels, best first. Out: FLOWLAB-L2-v1 by the C++ kernel; and the C++ side's word on the
//! level and run digests, for judging.

use crate::ffi;
use wavetank_abi::Event;

/// One level as the kernel reads it.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct L2Level {
    /// Price in 1/10000 dollar.
    pub price: u64,
    /// Resting shares.
    pub qty: u64,
}

/// FLOWLAB-L2-v1 of one instrument; both sides best first.
pub fn l2_hash(bids: &[L2Level], asks: &[L2Level]) -> u64 {
    // SAFETY: pointers and lengths of live slices; the kernel only reads them.
    unsafe { ffi::wt_l2_hash(bids.as_ptr(), bids.len(), asks.as_ptr(), asks.len()) }
}

/// The same hash fed in pieces: bids, then `turn`, then asks, then `finish`.
#[derive(Clone, Copy, Debug)]
pub struct L2Hasher(u64);

impl L2Hasher {
    /// Before the best bid.
    pub fn start() -> Self {
        // SAFETY: no arguments, no state.
        Self(unsafe { ffi::wt_l2_start() })
    }

    /// The next levels of the current side.
    pub fn levels(&mut self, levels: &[L2Level]) {
        // SAFETY: pointer and length of a live slice; the kernel only reads it.
        self.0 = unsafe { ffi::wt_l2_levels(self.0, levels.as_ptr(), levels.len()) };
    }

    /// From the bids to the asks.
    pub fn turn(&mut self) {
        // SAFETY: plain values.
        self.0 = unsafe { ffi::wt_l2_turn(self.0) };
    }

    /// The hash.
    pub fn finish(self) -> u64 {
        self.0
    }
}

/// What the C++ side says a level adds to the market digest.
pub fn witness_level_digest(instrument: u32, side: u8, price: u64, qty: u64) -> u128 {
    let mut halves = [0; 2];
    // SAFETY: `halves` outlives the call and has room for both.
    unsafe { ffi::wt_level_digest(instrument, side, price, qty, &mut halves) };
    wide(halves)
}

/// What the C++ side says the next run digest is.
pub fn witness_run_digest(digest: u64, seq: u64, channel: u32, status: u32, event: &Event) -> u64 {
    // SAFETY: the event outlives the call; the kernel only reads it.
    unsafe { ffi::wt_run_digest(digest, seq, channel, status, event) }
}

/// Low half first.
pub(crate) fn wide(halves: [u64; 2]) -> u128 {
    u128::from(halves[1]) << 64 | u128::from(halves[0])
}
