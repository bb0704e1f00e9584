//! FlashCrash: the mid slides down while the spread widens and the bid side thins out. In:
//! observations and snapshots. Out: a flag when a slide stands out of the instrument's own moves, at
//! one of four horizons, and the book is under strain. It knows no price unit but ticks and bps.

use wavetank_abi::Side;

use crate::detector::{Cooldown, Detector};
use crate::evidence::Evidence;
use crate::observation::{Flag, Observation, Snapshot, What};
use crate::past::Past;
use crate::trail::{Level, Trail};

/// Snapshots a slide may take: 2, 5, 15 and 60 s.
const HORIZONS: [usize; 4] = [100, 250, 750, 3_000];
/// A slide is at least this far.
const LEAST_TICKS: u64 = 4;
const LEAST_BPS: u64 = 7;
/// And this many times the median move over its horizon.
const LEAST_TIMES_USUAL: u64 = 3;
/// Spread and bid depth off their medians, in thousandths: that much of it is strain, and a slide
/// times (1 + strain) must reach this multiple of the median move.
const LEAST_STRAIN_MILLI: u64 = 600;
const STRAIN_CAP_MILLI: u64 = 1_500;
const TIMES_USUAL_MILLI: u64 = 10_000;
/// The slide of severity 1.
const FULL_BPS: u64 = 80;
const FULL_TICKS: u64 = 20;

/// The detector, for one instrument.
#[derive(Clone, Debug)]
pub struct FlashCrash {
    tick: u64,
    past: Past,
    usual: [Trail; 4],
    spread: Level,
    bid_depth: Level,
    bids_gone: Evidence,
    cooldown: Cooldown,
}

impl FlashCrash {
    /// For an instrument with this price increment.
    pub fn new(tick_size: u32) -> Self {
        let tick = u64::from(tick_size.max(1));
        Self {
            tick,
            past: Past::new(),
            usual: [Trail::new(4 * tick); 4],
            spread: Level::new(tick),
            bid_depth: Level::new(1_000),
            bids_gone: Evidence::new(1_000),
            cooldown: Cooldown::default(),
        }
    }

    /// How far the market slid at a horizon, when that stands out; in half price units.
    fn slide_x2(&self, horizon: usize, mid_x2: u64, strain_milli: u64) -> Option<u64> {
        let snapshots = HORIZONS[horizon];
        let usual = &self.usual[horizon];
        if (usual.seen() as usize) < snapshots / 3 {
            return None;
        }
        let slid = self.past.ago(snapshots)?.checked_sub(mid_x2)?;
        let least = (2 * LEAST_TICKS * self.tick).max(mid_x2 * LEAST_BPS / 10_000);
        let usual = usual.get();
        let stands_out = slid >= least.max(LEAST_TIMES_USUAL * usual)
            && slid * (1_000 + strain_milli) >= TIMES_USUAL_MILLI * usual;
        stands_out.then_some(slid)
    }

    /// How far spread and bid depth are from ordinary, in thousandths.
    fn strain_milli(&self) -> u64 {
        let spread = self.spread.ratio_milli().saturating_sub(1_000);
        let depth = (1_000_000 / self.bid_depth.ratio_milli().max(1)).saturating_sub(1_000);
        spread.min(STRAIN_CAP_MILLI) + depth.min(STRAIN_CAP_MILLI)
    }

    fn learn(&mut self, snapshot: &Snapshot, mid_x2: u64) {
        self.past.push(mid_x2);
        for (usual, snapshots) in self.usual.iter_mut().zip(HORIZONS) {
            if let Some(then) = self.past.ago(snapshots) {
                usual.push(then.abs_diff(mid_x2));
            }
        }
        self.spread.push(snapshot.ask - snapshot.bid);
        self.bid_depth.push(snapshot.bid_depth);
    }

    fn flag(&mut self, snapshot: &Snapshot, slid_x2: u64, horizon: usize, mid_x2: u64) -> Flag {
        let full = (2 * FULL_TICKS * self.tick).max(mid_x2 * FULL_BPS / 10_000);
        let gone = self.bids_gone.seen(snapshot.at_ms);
        self.cooldown.start(snapshot.at_ms);
        Flag {
            detector: wavetank_abi::Detector::FlashCrash,
            started_ms: snapshot.at_ms.saturating_sub(HORIZONS[horizon] as u64 * 20),
            severity_ppm: (slid_x2 * 1_000_000 / full).min(1_000_000) as u32,
            first_handle: gone.first,
            last_handle: gone.last,
            evidence_qty: gone.qty,
        }
    }
}

impl Detector for FlashCrash {
    fn observe(&mut self, seen: &Observation) {
        if seen.side == Side::Bid && matches!(seen.what, What::Pulled | What::Filled) {
            self.bids_gone.add(seen.at_ms, seen.handle, seen.qty);
        }
    }

    fn tick(&mut self, snapshot: &Snapshot) -> Option<Flag> {
        let mid_x2 = snapshot.mid_x2()?;
        self.learn(snapshot, mid_x2);
        let strain = self.strain_milli();
        if !self.cooldown.is_over(snapshot.at_ms) || strain < LEAST_STRAIN_MILLI {
            return None;
        }
        let slide = |h| Some((h, self.slide_x2(h, mid_x2, strain)?));
        let slides = (0..HORIZONS.len()).find_map(slide);
        slides.map(|(horizon, slid)| self.flag(snapshot, slid, horizon, mid_x2))
    }
}
