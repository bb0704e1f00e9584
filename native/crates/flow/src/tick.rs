//! The analytics of one instrument at one tick, as the Tick frame has them. In: numbers. Out: the
//! same numbers in a frame.

use wavetank_abi::{Regime, TickFrame};

use crate::regime::TermScores;

/// Null of a Tick frame's unsigned 32-bit fields.
pub(crate) const NULL_U32: u32 = u32::MAX;
/// Null of its signed ones.
pub(crate) const NULL_I32: i32 = i32::MIN;

/// Analytics of one instrument at one tick; fields, units and nulls are those of the Tick frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FlowTick {
    /// Best bid + best ask.
    pub mid_x2: u64,
    /// Size-weighted touch.
    pub microprice_milli: u64,
    /// Best bid.
    pub best_bid: u64,
    /// Best ask.
    pub best_ask: u64,
    /// Ten levels.
    pub bid_depth: u64,
    /// Ten levels.
    pub ask_depth: u64,
    /// Shares printed since the analytics began.
    pub volume: u64,
    /// Prints since the analytics began.
    pub trades: u64,
    /// Sequenced events since the analytics began.
    pub events: u64,
    /// Best ask − best bid.
    pub spread: u32,
    /// Spread over mid.
    pub spread_milli_bps: u32,
    /// (bid − ask) ÷ (bid + ask) depth.
    pub imbalance_ppm: i32,
    /// VPIN.
    pub vpin_ppm: u32,
    /// Trades in the last second.
    pub velocity_milli: u32,
    /// Their moving average, one step a second.
    pub velocity_ewma_milli: u32,
    /// Mid over the last second.
    pub drift_milli_bps: i32,
    /// Events in the last second.
    pub event_rate_milli: u32,
    /// Time crossed since the analytics began.
    pub crossed_ms: u32,
    /// Score, term by term.
    pub scores: TermScores,
    /// Regime.
    pub regime: Regime,
    /// Whether the regime still lacks history.
    pub is_warming: bool,
}

impl FlowTick {
    /// Writes these numbers into a frame; the rest of the frame stays as it is.
    pub fn fill(&self, frame: &mut TickFrame) {
        frame.mid_x2 = self.mid_x2;
        frame.microprice_milli = self.microprice_milli;
        frame.best_bid = self.best_bid;
        frame.best_ask = self.best_ask;
        frame.bid_depth = self.bid_depth;
        frame.ask_depth = self.ask_depth;
        frame.volume = self.volume;
        frame.trades = self.trades;
        frame.events = self.events;
        frame.spread = self.spread;
        frame.spread_milli_bps = self.spread_milli_bps;
        frame.imbalance_ppm = self.imbalance_ppm;
        frame.vpin_ppm = self.vpin_ppm;
        frame.velocity_milli = self.velocity_milli;
        frame.velocity_ewma_milli = self.velocity_ewma_milli;
        frame.drift_milli_bps = self.drift_milli_bps;
        frame.event_rate_milli = self.event_rate_milli;
        frame.crossed_ms = self.crossed_ms;
        frame.regime_score_milli = self.scores.total_milli();
        frame.regime = self.regime as u8;
    }
}

/// As a frame's field, where the largest value means null.
pub(crate) fn narrow(value: u64) -> u32 {
    value.min(u64::from(NULL_U32 - 1)) as u32
}
