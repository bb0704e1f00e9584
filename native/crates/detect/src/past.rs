//! The last minute of mids. In: one a snapshot. Out: how far it has moved since then. It knows no
//! tick and no threshold.

const SECONDS: usize = 64;
const PER_SECOND: usize = 50;
const LENGTH: usize = SECONDS * PER_SECOND;

/// A ring of mids, one for each snapshot that had one.
#[derive(Clone, Debug)]
pub(crate) struct Past {
    mids_x2: Box<[u64]>,
    pushed: usize,
}

impl Past {
    pub(crate) fn new() -> Self {
        Self {
            mids_x2: vec![0; LENGTH].into_boxed_slice(),
            pushed: 0,
        }
    }

    pub(crate) fn push(&mut self, mid_x2: u64) {
        self.mids_x2[self.pushed % LENGTH] = mid_x2;
        self.pushed += 1;
    }

    /// The mid this many snapshots ago, 0 being the last; None before there was one.
    pub(crate) fn ago(&self, snapshots: usize) -> Option<u64> {
        let known = snapshots < self.pushed && snapshots < LENGTH;
        known.then(|| self.mids_x2[(self.pushed - 1 - snapshots) % LENGTH])
    }
}
