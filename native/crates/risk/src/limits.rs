//! What a gate allows. It knows no state.

use serde::{Deserialize, Serialize};

/// Limits of one risk gate. All are inclusive: the limit itself is still allowed, except that a loss
/// of exactly `daily_loss` trips.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Orders a second that the token bucket refills.
    pub orders_per_s: u32,
    /// Orders the full bucket holds.
    pub order_burst: u32,
    /// Shares, per instrument and direction: position plus working orders of that side.
    pub position_cap: u64,
    /// Loss since start of day that trips, in 1/10000 dollar, over all instruments.
    pub daily_loss: u64,
    /// Accepted orders per fill; no fill counts as one.
    pub order_to_trade: u32,
    /// Accepted orders before the ratio is judged.
    pub order_to_trade_grace: u32,
    /// Feed gaps the window may hold.
    pub feed_gaps: u32,
    /// Length of that window in ns.
    pub feed_gap_window_ns: u64,
    /// Working orders kept at once; more are refused.
    pub working_orders: u32,
    /// Instruments traded at once; more are refused.
    pub instruments: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            orders_per_s: 100,
            order_burst: 200,
            position_cap: 10_000,
            daily_loss: 100_000_000,
            order_to_trade: 100,
            order_to_trade_grace: 500,
            feed_gaps: 3,
            feed_gap_window_ns: 60_000_000_000,
            working_orders: 4_096,
            instruments: 64,
        }
    }
}
