//! C++20 kernels behind safe Rust: the L2 hash and rolling statistics (production), a witness
//! book and witness digests (judging only).
//!
//! In: integers, levels, events. Out: the same. Knows no file, clock or market.
//!
//! Rolling statistics, for analytics. Integer only, so every machine gives the same bits; values
//! are saturated to ±[`VALUE_LIMIT`]. Each has a twin in [`twin`], written again in Rust.
//! - [`RollingStats`]: `new(window)`, `push(value)`, then `sum()`, `mean()` (floor), `variance()`
//!   (population, floor) over the last `window` values; `values()` gives them oldest first, and
//!   pushing those into a new one restores it (checkpoints).
//! - [`RollingMedian`]: the same with `median()` (lower), kept sorted, O(window) moves a push.
//! - [`rolling_median`]: lower median of any slice, for a ring that the caller keeps.
//! - [`ewma8`]: moving average of weight 1/8; state and result are fixed point with
//!   [`EWMA_ONE`] = 1. Start with `value * EWMA_ONE`.

mod ffi;
mod hash;
mod median;
mod rolling;
pub mod twin;
mod witness;

pub use hash::{L2Hasher, L2Level, l2_hash, witness_level_digest, witness_run_digest};
pub use median::{RollingMedian, rolling_median};
pub use rolling::{EWMA_ONE, RollingStats, VALUE_LIMIT, WINDOW_MAX, ewma8};
pub use witness::{WitnessBook, WitnessLevel, WitnessOrder, WitnessOutcome};

/// The ABI manifest that the C++ side was compiled with; equal to [`wavetank_abi::MANIFEST`] or
/// the library must not be used.
pub fn manifest() -> &'static str {
    // SAFETY: the function returns a string literal of the library, valid for ever.
    let text = unsafe { core::ffi::CStr::from_ptr(ffi::wt_manifest()) };
    text.to_str().unwrap_or("")
}

#[cfg(test)]
mod tests {
    #[test]
    fn both_sides_were_generated_from_one_schema() {
        assert_eq!(super::manifest(), wavetank_abi::MANIFEST);
    }
}
