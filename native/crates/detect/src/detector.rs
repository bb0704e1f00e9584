//! What every detector is. In: observations as they happen, then a snapshot. Out: at most one flag a
//! snapshot.

use crate::observation::{Flag, Observation, Snapshot};
use serde::{Deserialize, Serialize};

/// A detector of one kind on one instrument.
pub trait Detector {
    /// Something happened; called for each event, so it only counts.
    fn observe(&mut self, observation: &Observation);

    /// A fiftieth of a second has passed; judges what was counted.
    fn tick(&mut self, snapshot: &Snapshot) -> Option<Flag>;
}

/// Least time between two flags of one detector.
const COOLDOWN_MS: u64 = 10_000;
/// An episode is over when what it was flagged for has not been seen for so long.
const OVER_MS: u64 = 5_000;

/// Lets a detector speak once an episode, however long that is.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Episode {
    quiet_until_ms: u64,
    seen_ms: u64,
    told: bool,
}

impl Episode {
    /// Whether a flag is due, given what is seen now; called at each snapshot.
    pub(crate) fn begins(&mut self, at_ms: u64, seen: bool) -> bool {
        if at_ms >= self.seen_ms + OVER_MS {
            self.told = false;
        }
        if !seen {
            return false;
        }
        self.seen_ms = at_ms;
        let begins = !self.told && at_ms >= self.quiet_until_ms;
        if begins {
            self.told = true;
            self.quiet_until_ms = at_ms + COOLDOWN_MS;
        }
        begins
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_flag_an_episode_and_one_in_ten_seconds() {
        let mut episode = Episode::default();
        let mut flags = |from: u64, to: u64, seen: bool| {
            (from..to)
                .step_by(20)
                .filter(|at| episode.begins(*at, seen))
                .count()
        };
        assert_eq!(flags(60_000, 90_000, true), 1);
        assert_eq!(
            flags(90_000, 94_000, false) + flags(94_000, 96_000, true),
            0
        );
        assert_eq!(
            flags(96_000, 102_000, false) + flags(102_000, 103_000, true),
            1
        );
        assert_eq!(
            flags(103_000, 109_000, false) + flags(109_000, 111_900, true),
            0
        );
        assert_eq!(flags(111_900, 112_100, true), 1);
    }
}
