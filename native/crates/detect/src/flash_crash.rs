//! FlashCrash: the mid slides down while the spread widens and the bid side is pulled away and thins. In:
//! observations and snapshots. Out: a flag when a slide stands out of the instrument's own moves, at
//! one of four horizons, and the book is under strain. It knows no price unit but ticks and bps.

use serde::{Deserialize, Serialize};
use wavetank_abi::Side;

use crate::detector::{Cooldown, Detector};
use crate::evidence::Evidence;
use crate::moves::{Horizons, Move, Moves};
use crate::observation::{Flag, Observation, Snapshot, What};
use crate::touch_exits::TouchExits;
use crate::trail::Level;

/// Snapshots a slide may take: 2, 5, 15 and 60 s.
const HORIZONS: Horizons = [100, 250, 750, 3_000];
/// A slide is at least this far.
const LEAST_TICKS: u64 = 2;
const LEAST_BPS: u64 = 7;
/// And this many times the median move over its horizon.
const LEAST_TIMES_USUAL: u64 = 3;
/// It ends below where the price was 30 s ago: what merely falls back is no crash.
const LONG_AGO: usize = 1_500;
/// Spread and bid depth off their medians, in thousandths: that much of it is strain, and a slide
/// times (1 + strain) must reach this multiple of the median move.
const LEAST_STRAIN_MILLI: u64 = 600;
const STRAIN_CAP_MILLI: u64 = 1_500;
const TIMES_USUAL_MILLI: u64 = 8_500;
/// Of what leaves the bid, at most this much trades; the rest is pulled away.
const MOST_FILLED_MILLI: u64 = 500;
/// The slide of severity 1.
const FULL_BPS: u64 = 80;
const FULL_TICKS: u64 = 20;

/// The detector, for one instrument.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FlashCrash {
    tick: u64,
    moves: Moves,
    exits: TouchExits,
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
            moves: Moves::new(tick, HORIZONS),
            exits: TouchExits::new(),
            spread: Level::new(tick),
            bid_depth: Level::new(1_000),
            bids_gone: Evidence::new(1_000),
            cooldown: Cooldown::default(),
        }
    }

    /// Whether a fall stands out, the more easily the greater the strain.
    fn stands_out(&self, fall: &Move, strain_milli: u64) -> bool {
        let least = (2 * LEAST_TICKS * self.tick).max(fall.now_x2 * LEAST_BPS / 10_000);
        let slid = fall.fall_x2();
        let low = self
            .moves
            .long_ago(LONG_AGO)
            .is_some_and(|ago| fall.now_x2 + least <= ago);
        low && slid >= least.max(LEAST_TIMES_USUAL * fall.usual_x2)
            && slid * (1_000 + strain_milli) >= TIMES_USUAL_MILLI * fall.usual_x2
    }

    /// How far spread and bid depth are from ordinary, in thousandths.
    fn strain_milli(&self) -> u64 {
        let spread = self.spread.ratio_milli().saturating_sub(1_000);
        let depth = (1_000_000 / self.bid_depth.ratio_milli().max(1)).saturating_sub(1_000);
        spread.min(STRAIN_CAP_MILLI) + depth.min(STRAIN_CAP_MILLI)
    }

    fn learn(&mut self, snapshot: &Snapshot, mid_x2: u64) {
        self.moves.push(mid_x2);
        self.spread.push(snapshot.ask - snapshot.bid);
        self.bid_depth.push(snapshot.bid_depth);
    }

    fn flag(&mut self, snapshot: &Snapshot, fall: Move) -> Flag {
        let full = (2 * FULL_TICKS * self.tick).max(fall.now_x2 * FULL_BPS / 10_000);
        let gone = self.bids_gone.seen(snapshot.at_ms);
        self.cooldown.start(snapshot.at_ms);
        Flag {
            detector: wavetank_abi::Detector::FlashCrash,
            started_ms: snapshot.at_ms.saturating_sub(fall.horizon_ms),
            severity_ppm: (fall.fall_x2() * 1_000_000 / full).min(1_000_000) as u32,
            first_handle: gone.first,
            last_handle: gone.last,
            evidence_qty: gone.qty,
        }
    }
}

impl Detector for FlashCrash {
    fn observe(&mut self, seen: &Observation) {
        self.exits.observe(seen);
        if seen.side == Side::Bid && matches!(seen.what, What::Pulled | What::Filled) {
            self.bids_gone.add(seen.at_ms, seen.handle, seen.qty);
        }
    }

    fn tick(&mut self, snapshot: &Snapshot) -> Option<Flag> {
        self.exits.turn();
        self.learn(snapshot, snapshot.mid_x2()?);
        let strain = self.strain_milli();
        let pulled_away = self.exits.filled_milli(Side::Bid) <= MOST_FILLED_MILLI;
        if strain < LEAST_STRAIN_MILLI || !pulled_away || !self.cooldown.is_over(snapshot.at_ms) {
            return None;
        }
        let fall = self
            .moves
            .all()
            .find(|fall| self.stands_out(fall, strain))?;
        Some(self.flag(snapshot, fall))
    }
}
