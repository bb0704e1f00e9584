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

mod balance;
mod bank;
mod blind;
mod cancellation_storm;
mod detector;
mod evidence;
mod flash_crash;
mod latency_arb_proxy;
mod momentum_ignition;
mod moves;
mod observation;
mod phantom_liquidity;
mod quote_stuff;
mod ring;
mod spectrum;
mod spoof;
mod stillness;
mod takers;
mod touch_exits;
mod trail;
mod usual_qty;
mod window;

pub use bank::Bank;
pub use cancellation_storm::CancellationStorm;
pub use detector::Detector;
pub use flash_crash::FlashCrash;
pub use latency_arb_proxy::LatencyArbProxy;
pub use momentum_ignition::MomentumIgnition;
pub use observation::{Flag, NO_HANDLE, Observation, Snapshot, What};
pub use phantom_liquidity::PhantomLiquidity;
pub use quote_stuff::QuoteStuff;
pub use spoof::Spoof;
