//! Takers that go on hitting one side. In: observations, one turn a snapshot. Out: by how much they
//! exceed the usual, on a side that they trade through alone. It knows no price.

use serde::{Deserialize, Serialize};
use wavetank_abi::Side;

use crate::observation::Observation;
use crate::touch_exits::TouchExits;
use crate::trail::Trail;

/// Shares taken in a second over their median, in thousandths.
const LEAST_TAKEN_MILLI: u64 = 2_500;
/// Of what leaves the touch that is hit, at least this much trades.
const LEAST_FILLED_MILLI: u64 = 800;
/// Of what trades, at least this much is on that side.
const LEAST_ONE_SIDED_MILLI: u64 = 500;
/// Snapshots of two seconds in which that side was hit: at least so many, and so many times the median
/// more, up to where hardly one is left out. One large order strikes once; an ignition goes on.
const LEAST_STRUCK: u64 = 8;
const STRUCK_TIMES_USUAL: u64 = 2;
const MOST_STRUCK: u64 = 80;

/// Fills on both sides against their medians.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Takers {
    exits: TouchExits,
    /// Shares taken in a second, either side.
    usual_taken: Trail,
    /// Snapshots of two seconds with takers, either side.
    usual_struck: Trail,
}

impl Takers {
    pub(crate) fn new() -> Self {
        Self {
            exits: TouchExits::new(),
            usual_taken: Trail::new(100),
            usual_struck: Trail::new(4),
        }
    }

    pub(crate) fn observe(&mut self, seen: &Observation) {
        self.exits.observe(seen);
    }

    /// A snapshot's end.
    pub(crate) fn turn(&mut self) {
        self.exits.turn();
    }

    /// What was seen is usual from now on; after it was judged.
    pub(crate) fn learn(&mut self) {
        let both = |of: fn(&TouchExits, Side) -> u64| {
            (of(&self.exits, Side::Bid) + of(&self.exits, Side::Ask)) / 2
        };
        let (taken, struck) = (both(TouchExits::filled), both(TouchExits::struck));
        self.usual_taken.push(taken);
        self.usual_struck.push(struck);
    }

    /// Excess of taking on a side over the usual, in thousandths, when takers trade through it alone.
    pub(crate) fn excess_milli(&self, hit: Side) -> Option<u64> {
        let taken = self.exits.filled(hit);
        let both = self.exits.filled(Side::Bid) + self.exits.filled(Side::Ask);
        let times = taken * 1_000 / self.usual_taken.get().max(100);
        let through = self.exits.filled_milli(hit) >= LEAST_FILLED_MILLI
            && taken * 1_000 >= LEAST_ONE_SIDED_MILLI * both;
        let again = self.exits.struck(hit) >= self.least_struck();
        (through && again && times >= LEAST_TAKEN_MILLI).then_some(times)
    }

    fn least_struck(&self) -> u64 {
        (LEAST_STRUCK + STRUCK_TIMES_USUAL * self.usual_struck.get()).min(MOST_STRUCK)
    }
}
