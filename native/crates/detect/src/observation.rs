//! What detectors are shown and what they say. It knows no order id, channel or storm.

use serde::{Deserialize, Serialize};
use wavetank_abi::{Detector, Side};

/// The handle of an order that is not remembered.
pub const NO_HANDLE: u32 = 0;

/// What happened to an order, or on the tape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// It came to rest, or grew.
    Placed,
    /// It left, or shrank, without trading.
    Pulled,
    /// It traded.
    Filled,
    /// Something hidden traded; no order is named.
    Printed,
}

/// One thing that happened on the instrument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Observation {
    /// When, in ms since midnight.
    pub at_ms: u64,
    /// Price in 1/10000 dollar.
    pub price: u64,
    /// Shares placed, pulled or traded.
    pub qty: u64,
    /// The order, opaque; `NO_HANDLE` if there is none or it is not remembered.
    pub handle: u32,
    /// How long the order had rested; `u32::MAX` if that is not remembered.
    pub age_ms: u32,
    /// How far behind the best price of its side, once it had happened, in 1/10000 dollar.
    pub behind: u64,
    /// What.
    pub what: What,
    /// Side of the resting order; Inherit when hidden interest does not say.
    pub side: Side,
    /// Placed where an order of its side and size was pulled in this very ms: a quote that moves.
    pub moves: bool,
}

/// The touch and ten-level depth, fifty times a second. A price of 0 means that the side is empty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    /// When, in ms since midnight.
    pub at_ms: u64,
    /// Best bid in 1/10000 dollar.
    pub bid: u64,
    /// Best ask in 1/10000 dollar.
    pub ask: u64,
    /// Shares on the ten best bid levels.
    pub bid_depth: u64,
    /// Shares on the ten best ask levels.
    pub ask_depth: u64,
}

impl Snapshot {
    /// Best bid + best ask, when both are there and not locked or crossed.
    pub fn mid_x2(&self) -> Option<u64> {
        (self.bid > 0 && self.ask > self.bid).then_some(self.bid + self.ask)
    }
}

/// A detector's word that something is going on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flag {
    /// Who says so.
    pub detector: Detector,
    /// First moment of the evidence, in ms since midnight.
    pub started_ms: u64,
    /// How strong, 0 to 1 000 000.
    pub severity_ppm: u32,
    /// An order involved; `NO_HANDLE` if none is remembered.
    pub first_handle: u32,
    /// Another order involved, the latest.
    pub last_handle: u32,
    /// Shares involved.
    pub evidence_qty: u64,
}
