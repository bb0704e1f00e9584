//! The market regime of one instrument. In: one observation a tick. Out: a score in thousandths,
//! term by term, and a regime with hysteresis. Each term is the capped excess of its measure over
//! the instrument's own median of the last five minutes, so no threshold is a price or a size.

use wavetank_abi::Regime;
use wavetank_kernels::RollingMedian;

use crate::params::RegimeParams;
use crate::state::{Loader, Saver};

/// One-second samples that medians are taken over.
const MEDIAN_SECONDS: usize = 300;

/// A term of the score.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Term {
    /// Spread over its median.
    Spread,
    /// Absolute imbalance above its median.
    Imbalance,
    /// VPIN above its median.
    Vpin,
    /// Trades a second over their median.
    Velocity,
    /// Absolute drift over its median.
    Drift,
    /// Depth of the thinner side below its median.
    Depth,
    /// Crossed time of the last second above its median.
    Crossed,
}

impl Term {
    /// Number of terms.
    pub const COUNT: usize = 7;
    /// All of them, in the order of [`RegimeParams::terms`].
    pub const ALL: [Self; Self::COUNT] = [
        Self::Spread,
        Self::Imbalance,
        Self::Vpin,
        Self::Velocity,
        Self::Drift,
        Self::Depth,
        Self::Crossed,
    ];

    /// Its name in print.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Spread => "spread",
            Self::Imbalance => "imbalance",
            Self::Vpin => "vpin",
            Self::Velocity => "velocity",
            Self::Drift => "drift",
            Self::Depth => "depth",
            Self::Crossed => "crossed",
        }
    }
}

/// What a tick observes; `None` where there is no value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Observed {
    pub spread_milli_bps: Option<i64>,
    pub tick_milli_bps: i64,
    pub imbalance_ppm: Option<i64>,
    pub vpin_ppm: Option<i64>,
    pub velocity_milli: i64,
    pub drift_milli_bps: Option<i64>,
    pub bid_depth: i64,
    pub ask_depth: i64,
    pub crossed_ms: i64,
}

/// The score of one tick.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TermScores {
    /// Excess of each term before weight, free part and cap, in thousandths.
    pub excess_milli: [i64; Term::COUNT],
    /// What each term adds, in thousandths.
    pub milli: [u32; Term::COUNT],
}

impl TermScores {
    /// Sum of the terms.
    pub fn total_milli(&self) -> u32 {
        self.milli.iter().sum()
    }
}

#[derive(Clone, Debug)]
pub(crate) struct RegimeState {
    params: RegimeParams,
    spread: RollingMedian,
    imbalance: RollingMedian,
    vpin: RollingMedian,
    velocity: RollingMedian,
    drift: RollingMedian,
    bid_depth: RollingMedian,
    ask_depth: RollingMedian,
    crossed: RollingMedian,
    /// For each threshold, ticks in a row with the score on the other side of it.
    opposed: [u32; 3],
    level: usize,
}

impl RegimeState {
    pub fn new(params: RegimeParams) -> Self {
        let median = || RollingMedian::new(MEDIAN_SECONDS);
        Self {
            params,
            spread: median(),
            imbalance: median(),
            vpin: median(),
            velocity: median(),
            drift: median(),
            bid_depth: median(),
            ask_depth: median(),
            crossed: median(),
            opposed: [0; 3],
            level: 0,
        }
    }

    fn medians(&self) -> [&RollingMedian; 8] {
        [
            &self.spread,
            &self.imbalance,
            &self.vpin,
            &self.velocity,
            &self.drift,
            &self.bid_depth,
            &self.ask_depth,
            &self.crossed,
        ]
    }

    pub fn save(&self, out: &mut Saver<'_>) {
        self.medians()
            .into_iter()
            .for_each(|median| out.median(median));
        self.opposed
            .iter()
            .for_each(|ticks| out.u64(u64::from(*ticks)));
        out.u64(self.level as u64);
    }

    pub fn load(params: RegimeParams, from: &mut Loader<'_>) -> Option<Self> {
        let mut next = || from.median(MEDIAN_SECONDS);
        let mut state = Self {
            params,
            spread: next()?,
            imbalance: next()?,
            vpin: next()?,
            velocity: next()?,
            drift: next()?,
            bid_depth: next()?,
            ask_depth: next()?,
            crossed: next()?,
            opposed: [0; 3],
            level: 0,
        };
        for ticks in &mut state.opposed {
            *ticks = from.at_most(u64::from(u32::MAX) - 1)? as u32;
        }
        state.level = from.at_most(3)? as usize;
        Some(state)
    }

    /// Scores a tick against the medians so far and moves the regime.
    pub fn tick(&mut self, seen: &Observed) -> (TermScores, Regime) {
        if self.is_warming() {
            return (TermScores::default(), Regime::Unknown);
        }
        let scores = self.score(seen);
        self.turn(scores.total_milli());
        let regimes = [
            Regime::Calm,
            Regime::Volatile,
            Regime::Aggressive,
            Regime::Crisis,
        ];
        (scores, regimes[self.level])
    }

    /// Takes the second's sample into the medians.
    pub fn sample(&mut self, seen: &Observed) {
        // History begins with the first two-sided second: before it nothing is usual.
        if self.spread.is_empty() && seen.spread_milli_bps.is_none() {
            return;
        }
        push(&mut self.spread, seen.spread_milli_bps);
        push(&mut self.imbalance, seen.imbalance_ppm.map(i64::abs));
        push(&mut self.vpin, seen.vpin_ppm);
        push(&mut self.drift, seen.drift_milli_bps.map(i64::abs));
        self.velocity.push(seen.velocity_milli);
        self.bid_depth.push(seen.bid_depth);
        self.ask_depth.push(seen.ask_depth);
        self.crossed.push(seen.crossed_ms);
    }

    /// Whether there is too little history for a regime.
    pub fn is_warming(&self) -> bool {
        self.velocity.len() < self.params.warm_seconds as usize
    }

    fn score(&self, seen: &Observed) -> TermScores {
        // One tick more than usual is the least a price can do, however tight the market is.
        let tick = seen.tick_milli_bps.max(1);
        let spread = self.spread.median().unwrap_or(0) + tick;
        let velocity = self
            .velocity
            .median()
            .unwrap_or(0)
            .max(self.params.velocity_floor_milli);
        let excess_milli = [
            // A side that is gone is the widest spread there is.
            seen.spread_milli_bps
                .map_or(i64::from(u32::MAX), |x| over(x + tick, spread)),
            above(seen.imbalance_ppm.map(i64::abs), &self.imbalance) / 1000,
            above(seen.vpin_ppm, &self.vpin) / 1000,
            over(seen.velocity_milli, velocity),
            above(seen.drift_milli_bps.map(i64::abs), &self.drift) * 1000
                / spread.max(self.params.drift_floor_milli_bps),
            depletion(seen.bid_depth, &self.bid_depth)
                .max(depletion(seen.ask_depth, &self.ask_depth)),
            above(Some(seen.crossed_ms), &self.crossed),
        ];
        let mut milli = [0; Term::COUNT];
        for (at, term) in self.params.terms.iter().enumerate() {
            let weighed = (excess_milli[at] - term.free_milli).max(0) * term.weight_milli / 1000;
            milli[at] = weighed.min(term.cap_milli) as u32;
        }
        TermScores {
            excess_milli,
            milli,
        }
    }

    /// Rises to the highest threshold that was reached for long enough, falls likewise.
    fn turn(&mut self, score_milli: u32) {
        let mut level = self.level;
        for (at, threshold) in self.params.thresholds_milli.iter().enumerate() {
            let reached = score_milli >= *threshold;
            let risen = self.level > at;
            self.opposed[at] = if reached == risen {
                0
            } else {
                self.opposed[at] + 1
            };
            if !risen && self.opposed[at] >= self.params.rise_ticks {
                level = level.max(at + 1);
            }
            if risen && self.opposed[at] >= self.params.fall_ticks {
                level = level.min(at);
            }
        }
        if level != self.level {
            self.level = level;
            self.opposed = [0; 3];
        }
    }
}

fn push(median: &mut RollingMedian, value: Option<i64>) {
    if let Some(value) = value {
        median.push(value);
    }
}

/// By how much `x` is more than `usual`, in thousandths of `usual`.
fn over(x: i64, usual: i64) -> i64 {
    (x.saturating_mul(1000) / usual - 1000).max(0)
}

/// By how much `x` is above its median.
fn above(x: Option<i64>, usual: &RollingMedian) -> i64 {
    match (x, usual.median()) {
        (Some(x), Some(usual)) => (x - usual).max(0),
        _ => 0,
    }
}

/// By how much `x` is less than its median, in thousandths of it.
fn depletion(x: i64, usual: &RollingMedian) -> i64 {
    match usual.median() {
        Some(usual) if usual > 0 => (1000 - x.saturating_mul(1000) / usual).max(0),
        _ => 0,
    }
}
