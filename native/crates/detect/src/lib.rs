//! Detectors over the one market, blind to labels.
//!
//! In: records of one watched instrument, and fifty snapshots of its touch a second. Out: flags. A
//! detector sees observations: what happened to which side at what price and size, in whole
//! milliseconds, with an opaque handle for the order. Flags, channels, storms and order ids stay
//! outside, so no detector can read the label it is scored against. It knows no book, no clock and
//! no other instrument; memory is fixed, and nothing is allocated after the start.
//!
//! Thresholds are in ticks, bps and ratios to the instrument's own past, never in prices or shares.

#![deny(missing_docs)]

mod bank;
mod blind;
mod detector;
mod evidence;
mod flash_crash;
mod observation;
mod past;
mod trail;

pub use bank::Bank;
pub use detector::Detector;
pub use flash_crash::FlashCrash;
pub use observation::{Flag, NO_HANDLE, Observation, Snapshot, What};
