//! MomentumIgnition: one side is traded through, level after level, by far more takers than usual, and
//! the mid goes with them. In: observations and snapshots. Out: flags. It knows no price unit but
//! ticks and bps, and no quantity but its own median.

use serde::{Deserialize, Serialize};
use wavetank_abi::Side;

use crate::detector::{Cooldown, Detector};
use crate::evidence::Evidence;
use crate::moves::{Horizons, Move, Moves};
use crate::observation::{Flag, Observation, Snapshot, What};
use crate::touch_exits::TouchExits;
use crate::trail::Trail;

/// Snapshots a move may take: 1, 2, 5 and 15 s.
const HORIZONS: Horizons = [50, 100, 250, 750];
/// A move is at least this far, and this many times the median over its horizon.
const LEAST_TICKS: u64 = 2;
const LEAST_BPS: u64 = 7;
const LEAST_TIMES_USUAL: u64 = 3;
/// Shares taken in a second over their median, in thousandths; that times the move over its median
/// must reach a multiple.
const LEAST_TAKEN_MILLI: u64 = 2_500;
const TAKEN_CAP_MILLI: u64 = 6_000;
const TIMES_USUAL_MILLI: u64 = 14_000;
/// Of what leaves the side that is hit, at least this much trades.
const LEAST_FILLED_MILLI: u64 = 550;
/// Of what trades, at least this much is on that side.
const LEAST_ONE_SIDED_MILLI: u64 = 750;
/// The move of severity 1.
const FULL_BPS: u64 = 40;
const FULL_TICKS: u64 = 10;

/// The detector, for one instrument.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct MomentumIgnition {
    tick: u64,
    moves: Moves,
    exits: TouchExits,
    /// Shares taken in a second, either side.
    usual_taken: Trail,
    taken: [Evidence; 2],
    cooldown: Cooldown,
}

impl MomentumIgnition {
    /// For an instrument with this price increment.
    pub fn new(tick_size: u32) -> Self {
        let tick = u64::from(tick_size.max(1));
        Self {
            tick,
            moves: Moves::new(tick, HORIZONS),
            exits: TouchExits::new(),
            usual_taken: Trail::new(100),
            taken: [Evidence::new(1_000); 2],
            cooldown: Cooldown::default(),
        }
    }

    /// Excess of taking on a side over the usual, in thousandths, when takers trade through it alone.
    fn taking_milli(&self, hit: Side) -> Option<u64> {
        let taken = self.exits.filled(hit);
        let both = self.exits.filled(Side::Bid) + self.exits.filled(Side::Ask);
        let times = taken * 1_000 / self.usual_taken.get().max(100);
        let through = self.exits.filled_milli(hit) >= LEAST_FILLED_MILLI
            && taken * 1_000 >= LEAST_ONE_SIDED_MILLI * both;
        (through && times >= LEAST_TAKEN_MILLI).then_some(times.min(TAKEN_CAP_MILLI))
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
        let taking = self.taking_milli(hit)?;
        self.moves
            .all()
            .find_map(|by| Some((hit, by, self.carried_x2(hit, &by, taking)?)))
    }

    fn flag(&mut self, at_ms: u64, hit: Side, by: Move, carried_x2: u64) -> Flag {
        self.cooldown.start(at_ms);
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
        self.exits.observe(seen);
        if seen.what == What::Filled && seen.side != Side::Inherit {
            self.taken[seen.side as usize].add(seen.at_ms, seen.handle, seen.qty);
        }
    }

    fn tick(&mut self, snapshot: &Snapshot) -> Option<Flag> {
        self.exits.turn();
        self.moves.push(snapshot.mid_x2()?);
        let raised = [Side::Bid, Side::Ask]
            .into_iter()
            .find_map(|hit| self.judge(hit));
        let both = self.exits.filled(Side::Bid) + self.exits.filled(Side::Ask);
        self.usual_taken.push(both / 2);
        let (hit, by, carried) = raised.filter(|_| self.cooldown.is_over(snapshot.at_ms))?;
        Some(self.flag(snapshot.at_ms, hit, by, carried))
    }
}
