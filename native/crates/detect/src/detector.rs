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

/// Time between two flags of one detector.
const COOLDOWN_MS: u64 = 10_000;

/// Holds a detector back for a while after each flag.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Cooldown {
    until_ms: u64,
}

impl Cooldown {
    /// Whether a flag may be raised now.
    pub(crate) fn is_over(&self, at_ms: u64) -> bool {
        at_ms >= self.until_ms
    }

    /// A flag was raised.
    pub(crate) fn start(&mut self, at_ms: u64) {
        self.until_ms = at_ms + COOLDOWN_MS;
    }
}
