//! What the flow of one instrument says, and what is usual for every instrument.
//!
//! In: sequenced records, the touch and ten-level depth, virtual instants. Out: the analytics of
//! a Tick frame, the market regime, and baselines for storms. Integers and fixed point only, so
//! every machine gives the same bits; no clock, no float, no allocation per event. It does not
//! know sources, storms or frames' delivery. `docs/design/flow.md` defines every number.
#![deny(missing_docs)]

mod baselines;
mod flow;
mod params;
mod past;
mod regime;
mod seconds;
mod slots;
mod state;
mod tick;
mod touch;
mod vpin;

pub use baselines::Baselines;
pub use flow::{Flow, TICK_NS};
pub use params::{FlowParams, RegimeParams, TermParams};
pub use past::Baseline;
pub use regime::{Term, TermScores};
pub use tick::FlowTick;
pub use touch::Touch;
