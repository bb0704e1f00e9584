//! FlashCrash: the mid slides down, and bids that come to rest at the touch are pulled at once, again and
//! again: there is nothing to lean on. In: observations and snapshots. Out: a flag when a slide stands
//! out of the instrument's own moves, at one of four horizons. It knows no price unit but ticks and bps.

use serde::{Deserialize, Serialize};
use wavetank_abi::Side;

use crate::detector::{Detector, Episode};
use crate::evidence::Evidence;
use crate::moves::{Horizons, Move, Moves};
use crate::observation::{Flag, Observation, Snapshot, What};
use crate::touch_exits::TouchExits;
use crate::trail::Trail;

/// Snapshots a slide may take: 2, 5, 15 and 60 s.
const HORIZONS: Horizons = [100, 250, 750, 3_000];
/// A slide is at least this far.
const LEAST_TICKS: u64 = 2;
const LEAST_BPS: u64 = 7;
/// And this many times the median move over its horizon.
const LEAST_TIMES_USUAL: u64 = 4;
/// It ends below where the price was 30 s ago: what merely falls back is no crash.
const LONG_AGO: usize = 1_500;
/// Snapshots of a second in which a bid was pulled as soon as it had come: at least so many, and so many
/// times the median more, up to where hardly one is left out.
const LEAST_REFUSED: u64 = 3;
const REFUSED_TIMES_USUAL: u64 = 3;
const MOST_REFUSED: u64 = 40;
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
    usual_refused: Trail,
    bids_gone: Evidence,
    episode: Episode,
}

impl FlashCrash {
    /// For an instrument with this price increment.
    pub fn new(tick_size: u32) -> Self {
        let tick = u64::from(tick_size.max(1));
        Self {
            tick,
            moves: Moves::new(tick, HORIZONS),
            exits: TouchExits::new(),
            usual_refused: Trail::new(1),
            bids_gone: Evidence::new(1_000),
            episode: Episode::default(),
        }
    }

    /// Whether a fall stands out.
    fn stands_out(&self, fall: &Move) -> bool {
        let least = (2 * LEAST_TICKS * self.tick).max(fall.now_x2 * LEAST_BPS / 10_000);
        let low = self
            .moves
            .long_ago(LONG_AGO)
            .is_some_and(|ago| fall.now_x2 + least <= ago);
        low && fall.fall_x2() >= least.max(LEAST_TIMES_USUAL * fall.usual_x2)
    }

    /// Whether nothing that comes to rest at the bid stays there.
    fn gives_way(&self) -> bool {
        let least = LEAST_REFUSED + REFUSED_TIMES_USUAL * self.usual_refused.get();
        self.exits.refused(Side::Bid) >= least.min(MOST_REFUSED)
            && self.exits.filled_milli(Side::Bid) <= MOST_FILLED_MILLI
    }

    fn flag(&mut self, snapshot: &Snapshot, fall: Move) -> Flag {
        let full = (2 * FULL_TICKS * self.tick).max(fall.now_x2 * FULL_BPS / 10_000);
        let gone = self.bids_gone.seen(snapshot.at_ms);
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
        self.moves.push(snapshot.mid_x2()?);
        let falls = self.gives_way().then(|| self.moves.all());
        let fall = falls.and_then(|mut falls| falls.find(|fall| self.stands_out(fall)));
        self.usual_refused.push(self.exits.refused(Side::Bid));
        let begins = self.episode.begins(snapshot.at_ms, fall.is_some());
        fall.filter(|_| begins)
            .map(|fall| self.flag(snapshot, fall))
    }
}
