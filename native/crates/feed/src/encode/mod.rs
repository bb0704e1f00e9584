//! Messages and events to ITCH bytes, for generators and tests.
//!
//! In: message structs, or the events of a step. Out: bytes appended, framed or not. It knows no
//! order ids, clocks or randomness of its own.
mod message;
mod reference;
mod step;

pub use message::*;
pub use reference::{reference_stream, reference_stream_in};
pub use step::{NoWireForm, StepEncoder};
