//! The constants of analytics and regime, with the values they were calibrated to. In: nothing.
//! Out: plain numbers. `cargo run -p wavetank-flow --example regime -- FILE SYMBOL` prints what
//! they do on a recording; `docs/design/flow.md` says how they were chosen.

use crate::regime::Term;

/// How one term of the regime score is formed: `min(cap, (excess − free) · weight)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TermParams {
    /// Excess over the median that costs nothing, in thousandths.
    pub free_milli: i64,
    /// Score per excess, in thousandths.
    pub weight_milli: i64,
    /// Most the term can add, in thousandths.
    pub cap_milli: i64,
}

/// Constants of the regime.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RegimeParams {
    /// One entry a term, in the order of [`Term::ALL`].
    pub terms: [TermParams; Term::COUNT],
    /// Score from which a market is volatile, aggressive, in crisis.
    pub thresholds_milli: [u32; 3],
    /// Ticks in a row at or above a threshold before the regime rises to it.
    pub rise_ticks: u32,
    /// Ticks in a row below a threshold before the regime falls under it.
    pub fall_ticks: u32,
    /// One-second samples of history before there is a regime.
    pub warm_seconds: u32,
    /// Least median that the velocity is measured against, in 1/1000 trades a second.
    pub velocity_floor_milli: i64,
    /// Least that the drift is measured in, in 1/1000 bps.
    pub drift_floor_milli_bps: i64,
}

/// Constants of one instrument's analytics.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FlowParams {
    /// VPIN buckets: their number, and the share of an hour's volume that each holds.
    pub vpin_buckets: u32,
    /// Buckets that must be full before there is a VPIN.
    pub vpin_min_buckets: u32,
    /// Price increment of the instrument in 1/10000 dollar; none = 100 at $1 and above, else 1.
    pub tick_size: Option<u32>,
    /// Constants of the regime.
    pub regime: RegimeParams,
}

impl Default for FlowParams {
    fn default() -> Self {
        Self {
            vpin_buckets: 50,
            vpin_min_buckets: 10,
            tick_size: None,
            regime: RegimeParams::default(),
        }
    }
}

impl Default for RegimeParams {
    fn default() -> Self {
        let term = |free_milli, weight_milli, cap_milli| TermParams {
            free_milli,
            weight_milli,
            cap_milli,
        };
        Self {
            terms: [
                term(800, 600, 1000),  // spread: 0.8 of itself and a tick above its median
                term(400, 1000, 300),  // imbalance: two fifths above its median
                term(150, 1000, 250),  // VPIN: 0.15 above its median
                term(5000, 40, 300),   // velocity: six times its median
                term(800, 5000, 1000), // drift: a usual spread and a tick above its median
                term(600, 2000, 700),  // depth: three fifths of its median gone
                term(100, 2000, 500),  // crossed: a tenth of the second above its median
            ],
            thresholds_milli: [500, 800, 1000],
            rise_ticks: 18,
            fall_ticks: 100,
            warm_seconds: 30,
            velocity_floor_milli: 2000,
            drift_floor_milli_bps: 1000,
        }
    }
}
