//! Spoof: depth that is shown and not meant. Either it comes and goes as a tide, or layers on one side
//! are pulled as one, again and again, while takers trade through the other. In: observations, snapshots,
//! the tide. Out: flags. A layer is measured in its side's own median depth.

use serde::{Deserialize, Serialize};
use wavetank_abi::Side;

use crate::detector::{Detector, Episode};
use crate::evidence::Evidence;
use crate::observation::{Flag, Observation, Snapshot, What};
use crate::takers::Takers;
use crate::trail::Trail;
use crate::window::Window;

/// Snapshots counted together: 4 s.
const SPAN: usize = 200;
const SPAN_MS: u64 = 4_000;
/// Layers go as one: so many orders of a side in one ms, together so much of its median depth, in
/// thousandths.
const LEAST_ORDERS: u32 = 3;
const LEAST_LAYERS_MILLI: u64 = 120;
const FULL_LAYERS_MILLI: u64 = 500;
/// Snapshots of the span in which they went: at least.
const LEAST_TIMES: u64 = 2;

/// The detector, for one instrument.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Spoof {
    sides: [Layering; 2],
    takers: Takers,
    tide: bool,
    episode: Episode,
}

/// One side: what was pulled in the present ms, and where layers went.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Layering {
    pulled_ms: u64,
    orders: u32,
    qty: u64,
    /// Shares of the layers that went since the last snapshot.
    went: u64,
    times: Window<SPAN>,
    usual_depth: Trail,
    gone: Evidence,
    latest: u64,
}

impl Layering {
    fn new() -> Self {
        Self {
            pulled_ms: 0,
            orders: 0,
            qty: 0,
            went: 0,
            times: Window::new(),
            usual_depth: Trail::new(1_000),
            gone: Evidence::new(SPAN_MS / 2),
            latest: 0,
        }
    }

    fn pull(&mut self, seen: &Observation) {
        if seen.at_ms != self.pulled_ms {
            (self.pulled_ms, self.orders, self.qty) = (seen.at_ms, 0, 0);
        }
        self.orders += 1;
        self.qty += seen.qty;
        self.gone.add(seen.at_ms, seen.handle, seen.qty);
        if self.orders >= LEAST_ORDERS {
            self.went = self.went.max(self.qty);
        }
    }

    fn turn(&mut self, depth: u64) {
        let went = std::mem::take(&mut self.went);
        let large = went > 0 && self.milli(went) >= LEAST_LAYERS_MILLI;
        if large {
            self.latest = went;
        }
        self.times.push(u64::from(large));
        self.usual_depth.push(depth);
    }

    /// Of the median depth, in thousandths.
    fn milli(&self, qty: u64) -> u64 {
        qty * 1_000 / self.usual_depth.get().max(1)
    }
}

impl Spoof {
    /// For one instrument; no price matters.
    pub fn new() -> Self {
        Self {
            sides: [Layering::new(), Layering::new()],
            takers: Takers::new(),
            tide: false,
            episode: Episode::default(),
        }
    }

    /// Whether depth comes and goes as a tide, before each snapshot.
    pub(crate) fn tide(&mut self, runs: bool) {
        self.tide = runs;
    }

    /// The side whose layers go while the other is traded through.
    fn layered(&self) -> Option<Side> {
        let taken = |hit| self.takers.excess_milli(hit).is_some();
        [(Side::Bid, Side::Ask), (Side::Ask, Side::Bid)]
            .into_iter()
            .find(|(side, other)| {
                self.sides[*side as usize].times.sum() >= LEAST_TIMES && taken(*other)
            })
            .map(|(side, _)| side)
    }

    fn flag(&mut self, side: Side, at_ms: u64) -> Flag {
        let layering = &mut self.sides[side as usize];
        let milli = layering.milli(layering.latest);
        let gone = layering.gone.seen(at_ms);
        Flag {
            detector: wavetank_abi::Detector::Spoof,
            started_ms: at_ms.saturating_sub(SPAN_MS),
            severity_ppm: (milli * 1_000_000 / FULL_LAYERS_MILLI).clamp(1, 1_000_000) as u32,
            first_handle: gone.first,
            last_handle: gone.last,
            evidence_qty: gone.qty,
        }
    }
}

impl Default for Spoof {
    fn default() -> Self {
        Self::new()
    }
}

impl Detector for Spoof {
    fn observe(&mut self, seen: &Observation) {
        self.takers.observe(seen);
        if let (What::Pulled, Some(side)) = (seen.what, self.sides.get_mut(seen.side as usize)) {
            side.pull(seen);
        }
    }

    fn tick(&mut self, snapshot: &Snapshot) -> Option<Flag> {
        self.takers.turn();
        let depths = [snapshot.bid_depth, snapshot.ask_depth];
        for (side, depth) in self.sides.iter_mut().zip(depths) {
            side.turn(depth);
        }
        let tide = self.tide.then_some(Side::Bid);
        let known = self.sides[0].times.is_full();
        let found = self.layered().or(tide).filter(|_| known);
        self.takers.learn();
        let begins = self.episode.begins(snapshot.at_ms, found.is_some());
        found
            .filter(|_| begins)
            .map(|side| self.flag(side, snapshot.at_ms))
    }
}
