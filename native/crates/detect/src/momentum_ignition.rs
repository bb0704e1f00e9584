//! MomentumIgnition: one side is traded through, level after level, by far more takers than usual, and
//! the mid goes with them. In: observations and snapshots. Out: flags. It knows no price unit but
//! ticks and bps, and no quantity but its own median.

use serde::{Deserialize, Serialize};
use wavetank_abi::Side;

use crate::detector::{Detector, Episode};
use crate::evidence::Evidence;
use crate::moves::{Horizons, Move, Moves};
use crate::observation::{Flag, Observation, Snapshot, What};
use crate::takers::Takers;

/// Snapshots a move may take: 1, 2, 5 and 15 s.
const HORIZONS: Horizons = [50, 100, 250, 750];
/// A move is at least this far, and this many times the median over its horizon.
const LEAST_TICKS: u64 = 2;
const LEAST_BPS: u64 = 7;
const LEAST_TIMES_USUAL: u64 = 4;
/// Excess of taking over the usual, in thousandths, up to a cap; that times the move over its median must
/// reach a multiple.
const TAKEN_CAP_MILLI: u64 = 6_000;
const TIMES_USUAL_MILLI: u64 = 24_000;
/// The move of severity 1.
const FULL_BPS: u64 = 40;
const FULL_TICKS: u64 = 10;

/// The detector, for one instrument.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct MomentumIgnition {
    tick: u64,
    moves: Moves,
    takers: Takers,
    taken: [Evidence; 2],
    episode: Episode,
}

impl MomentumIgnition {
    /// For an instrument with this price increment.
    pub fn new(tick_size: u32) -> Self {
        let tick = u64::from(tick_size.max(1));
        Self {
            tick,
            moves: Moves::new(tick, HORIZONS),
            takers: Takers::new(),
            taken: [Evidence::new(1_000); 2],
            episode: Episode::default(),
        }
    }

    /// How far it moved toward the side that is hit, when that stands out.
    fn carried_x2(&self, hit: Side, by: &Move, taking_milli: u64) -> Option<u64> {
        let carried = if hit == Side::Ask {
            by.rise_x2()
        } else {
            by.fall_x2()
        };
        let least = (2 * LEAST_TICKS * self.tick).max(by.now_x2 * LEAST_BPS / 10_000);
        let stands_out = carried >= least.max(LEAST_TIMES_USUAL * by.usual_x2)
            && carried * taking_milli >= TIMES_USUAL_MILLI * by.usual_x2;
        stands_out.then_some(carried)
    }

    fn judge(&self, hit: Side) -> Option<(Side, Move, u64)> {
        let taking = self.takers.excess_milli(hit)?.min(TAKEN_CAP_MILLI);
        self.moves
            .all()
            .find_map(|by| Some((hit, by, self.carried_x2(hit, &by, taking)?)))
    }

    fn flag(&mut self, at_ms: u64, hit: Side, by: Move, carried_x2: u64) -> Flag {
        let full = (2 * FULL_TICKS * self.tick).max(by.now_x2 * FULL_BPS / 10_000);
        let taken = self.taken[hit as usize].seen(at_ms);
        Flag {
            detector: wavetank_abi::Detector::MomentumIgnition,
            started_ms: at_ms.saturating_sub(by.horizon_ms),
            severity_ppm: (carried_x2 * 1_000_000 / full).min(1_000_000) as u32,
            first_handle: taken.first,
            last_handle: taken.last,
            evidence_qty: taken.qty,
        }
    }
}

impl Detector for MomentumIgnition {
    fn observe(&mut self, seen: &Observation) {
        self.takers.observe(seen);
        if seen.what == What::Filled && seen.side != Side::Inherit {
            self.taken[seen.side as usize].add(seen.at_ms, seen.handle, seen.qty);
        }
    }

    fn tick(&mut self, snapshot: &Snapshot) -> Option<Flag> {
        self.takers.turn();
        self.moves.push(snapshot.mid_x2()?);
        let raised = [Side::Bid, Side::Ask]
            .into_iter()
            .find_map(|hit| self.judge(hit));
        self.takers.learn();
        let begins = self.episode.begins(snapshot.at_ms, raised.is_some());
        let (hit, by, carried) = raised.filter(|_| begins)?;
        Some(self.flag(snapshot.at_ms, hit, by, carried))
    }
}
