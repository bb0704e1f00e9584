//! The seeded synthetic market.
//!
//! In: a seed and parameters. Out: market events without end, or an ITCH 5.0 file of them, and
//! adversarial ITCH streams for the gate. A pure function in integers: the same parameters give the
//! same bytes on any machine, however the caller cuts its batches. It quotes on its own book and
//! knows no storm, clock or environment.

#![deny(missing_docs)]

mod arrivals;
mod draw;
mod gate;
mod instrument;
mod itch;
mod params;
mod participants;
pub mod philox;
mod quotes;
mod state;
mod synth;

pub use gate::{GateProfile, gate_stream};
pub use itch::{Totals, write_itch, write_itch_as};
pub use params::{ParamError, SynthParams};
pub use state::SynthState;
pub use synth::Synth;
