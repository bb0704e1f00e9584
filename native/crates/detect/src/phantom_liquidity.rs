//! PhantomLiquidity: orders come and go in a wave of about one a second, and the depth near the touch
//! with them. In: observations and snapshots. Out: flags.
//!
//! A sliding transform of the last five seconds holds the flow of orders at 0.8 to 1.2 Hz against its
//! flow at other rates and against its own median; a large order counts no more than four usual ones.
//! Depth must swing along, in shares of its own median, while the price stands.

use serde::{Deserialize, Serialize};
use wavetank_abi::Side;

use crate::detector::{Detector, Episode};
use crate::evidence::Evidence;
use crate::observation::{Flag, Observation, Snapshot, What};
use crate::spectrum::{LENGTH, Spectrum};
use crate::stillness::Stillness;
use crate::trail::Trail;
use crate::usual_qty::{ONE, UsualQty};

const SPAN_MS: u64 = LENGTH as u64 * 20;
/// Cycles in the span that the wave may have, and those it is held against.
const WAVE: [usize; 3] = [4, 5, 6];
const BESIDE: [usize; 4] = [2, 8, 9, 12];
/// Power of the wave over the power beside it, and over its own median.
const TIMES_BESIDE: u128 = 3;
const TIMES_USUAL: u128 = 4;
/// Swing of depth over its median, in thousandths: the least, and that of severity 1.
const LEAST_SWING_MILLI: u64 = 80;
const FULL_SWING_MILLI: u64 = 400;
/// Snapshots for which the price must have stood: the greater part of the span.
const STILL_FOR: u32 = 150;
/// A pulled order younger than this may have been a phantom.
const YOUNG_MS: u32 = 1_200;

/// The detector, for one instrument.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PhantomLiquidity {
    flow: [i64; 2],
    flows: [Spectrum; 2],
    usual_qty: UsualQty,
    /// Square root of the wave's power, so that it fits a trail.
    usual_wave: Trail,
    depth: Spectrum,
    usual_depth: Trail,
    stillness: Stillness,
    pulled: Evidence,
    episode: Episode,
    /// A tide runs now, told or not.
    runs: bool,
}

impl PhantomLiquidity {
    /// For an instrument with this price increment.
    pub fn new(tick_size: u32) -> Self {
        Self {
            flow: [0; 2],
            flows: [Spectrum::new(), Spectrum::new()],
            usual_qty: UsualQty::new(),
            usual_wave: Trail::new(ONE),
            depth: Spectrum::new(),
            usual_depth: Trail::new(100),
            stillness: Stillness::new(tick_size),
            pulled: Evidence::new(SPAN_MS / 2),
            episode: Episode::default(),
            runs: false,
        }
    }

    /// Whether depth comes and goes as a tide at the last snapshot.
    pub(crate) fn runs(&self) -> bool {
        self.runs
    }

    fn flow_power(&self, cycles: &[usize]) -> u128 {
        let of = |flow: &Spectrum| cycles.iter().map(|&k| flow.power(k)).sum::<u128>();
        self.flows.iter().map(of).sum()
    }

    /// Whether orders come and go in a wave.
    fn waves(&self, wave: u128) -> bool {
        let beside = self.flow_power(&BESIDE) * WAVE.len() as u128 / BESIDE.len() as u128;
        let usual = u128::from(self.usual_wave.get()).pow(2);
        wave >= TIMES_BESIDE * beside && wave >= TIMES_USUAL * usual
    }

    /// Swing of the ten-level depth, in thousandths of its median.
    fn swing_milli(&self) -> u64 {
        let strongest = WAVE.iter().map(|&k| self.depth.power(k)).max().unwrap_or(0);
        let amplitude = 2 * strongest.isqrt() / LENGTH as u128;
        (amplitude * 1_000 / u128::from(self.usual_depth.get().max(1))) as u64
    }

    fn push(&mut self, snapshot: &Snapshot) {
        self.stillness.push(snapshot);
        self.usual_qty.turn();
        for (spectrum, flow) in self.flows.iter_mut().zip(std::mem::take(&mut self.flow)) {
            spectrum.push(flow);
        }
        let depth = snapshot.bid_depth + snapshot.ask_depth;
        self.depth.push(depth.min(i64::MAX as u64) as i64);
        self.usual_depth.push(depth);
    }

    fn flag(&mut self, at_ms: u64, swing_milli: u64) -> Flag {
        let pulled = self.pulled.seen(at_ms);
        Flag {
            detector: wavetank_abi::Detector::PhantomLiquidity,
            started_ms: at_ms.saturating_sub(SPAN_MS),
            severity_ppm: (swing_milli * 1_000_000 / FULL_SWING_MILLI).min(1_000_000) as u32,
            first_handle: pulled.first,
            last_handle: pulled.last,
            evidence_qty: pulled.qty,
        }
    }
}

impl Detector for PhantomLiquidity {
    fn observe(&mut self, seen: &Observation) {
        if seen.side == Side::Inherit {
            return;
        }
        let counts = self.usual_qty.counts(seen.qty) as i64;
        let flow = &mut self.flow[seen.side as usize];
        if seen.what == What::Placed {
            self.usual_qty.place(seen.qty);
            *flow += counts;
        } else {
            *flow -= counts;
        }
        if seen.what == What::Pulled && seen.age_ms <= YOUNG_MS {
            self.pulled.add(seen.at_ms, seen.handle, seen.qty);
        }
    }

    fn tick(&mut self, snapshot: &Snapshot) -> Option<Flag> {
        self.push(snapshot);
        if !self.depth.is_full() {
            return None;
        }
        let wave = self.flow_power(&WAVE);
        let waves = self.waves(wave);
        self.usual_wave
            .push(wave.isqrt().min(u128::from(u32::MAX)) as u64);
        let swing_milli = self.swing_milli();
        let seen =
            waves && self.stillness.still_for() >= STILL_FOR && swing_milli >= LEAST_SWING_MILLI;
        self.runs = seen;
        let begins = self.episode.begins(snapshot.at_ms, seen);
        begins.then(|| self.flag(snapshot.at_ms, swing_milli))
    }
}
