//! How far the mid has gone over several horizons, and how far it usually goes. In: one mid a
//! snapshot. Out: moves that stand out of the instrument's own. It knows no tick and no threshold.

use crate::trail::Trail;
use serde::{Deserialize, Deserializer, Serialize, de::Error};

const SECONDS: usize = 64;
const PER_SECOND: usize = 50;
const LENGTH: usize = SECONDS * PER_SECOND;
/// Time between two snapshots in ms.
pub(crate) const SNAPSHOT_MS: u64 = 1_000 / PER_SECOND as u64;

/// Horizons looked at, in snapshots, shortest first; up to 64 s.
pub(crate) type Horizons = [usize; 4];

/// The last minute of mids, and the median move over each horizon. Half price units.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Moves {
    #[serde(deserialize_with = "whole")]
    mids_x2: Box<[u64]>,
    pushed: usize,
    horizons: Horizons,
    usual: [Trail; 4],
}

/// A move over one horizon, in half price units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Move {
    pub(crate) then_x2: u64,
    pub(crate) now_x2: u64,
    pub(crate) usual_x2: u64,
    pub(crate) horizon_ms: u64,
}

impl Move {
    /// How far down.
    pub(crate) fn fall_x2(&self) -> u64 {
        self.then_x2.saturating_sub(self.now_x2)
    }

    /// How far up.
    pub(crate) fn rise_x2(&self) -> u64 {
        self.now_x2.saturating_sub(self.then_x2)
    }
}

impl Moves {
    pub(crate) fn new(tick: u64, horizons: Horizons) -> Self {
        let mids_x2 = vec![0; LENGTH].into_boxed_slice();
        Self {
            mids_x2,
            pushed: 0,
            horizons,
            usual: [Trail::new(4 * tick); 4],
        }
    }

    pub(crate) fn push(&mut self, mid_x2: u64) {
        self.mids_x2[self.pushed % LENGTH] = mid_x2;
        self.pushed += 1;
        for at in 0..self.horizons.len() {
            if let Some(then) = self.ago(self.horizons[at]) {
                self.usual[at].push(then.abs_diff(mid_x2));
            }
        }
    }

    /// Moves over the horizons of which enough has been seen, shortest first.
    pub(crate) fn all(&self) -> impl Iterator<Item = Move> + '_ {
        let now_x2 = self.ago(0).unwrap_or(0);
        let horizons = self.horizons.iter().zip(&self.usual);
        horizons.filter_map(move |(&snapshots, usual)| {
            let known = usual.seen() as usize >= snapshots / 3;
            let then_x2 = self.ago(snapshots).filter(|_| known)?;
            let horizon_ms = snapshots as u64 * SNAPSHOT_MS;
            Some(Move {
                then_x2,
                now_x2,
                usual_x2: usual.get(),
                horizon_ms,
            })
        })
    }

    /// The mid this long ago, or the oldest known.
    pub(crate) fn long_ago(&self, snapshots: usize) -> Option<u64> {
        self.ago(snapshots.min(self.pushed.checked_sub(1)?))
    }

    fn ago(&self, snapshots: usize) -> Option<u64> {
        let known = snapshots < self.pushed && snapshots < LENGTH;
        known.then(|| self.mids_x2[(self.pushed - 1 - snapshots) % LENGTH])
    }
}

/// As many mids as are kept, no more and no fewer.
fn whole<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Box<[u64]>, D::Error> {
    let mids_x2 = Box::<[u64]>::deserialize(deserializer)?;
    if mids_x2.len() == LENGTH {
        Ok(mids_x2)
    } else {
        Err(D::Error::invalid_length(mids_x2.len(), &"the mids of 64 s"))
    }
}
