//! Whether the price stands. In: snapshots. Out: how far the mid has gone in the last two seconds,
//! against what is usual. It knows no price unit but ticks and bps.

use crate::observation::Snapshot;
use crate::ring::Ring;
use crate::trail::Trail;
use serde::{Deserialize, Serialize};

/// Snapshots looked back: 2 s.
const SPAN: usize = 100;
const STILL_TICKS: u64 = 4;
const STILL_BPS: u64 = 4;
const TIMES_USUAL: u64 = 4;

/// The mid's move over two seconds.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Stillness {
    tick: u64,
    mids_x2: Ring<u64, SPAN>,
    moved_x2: u64,
    usual: Trail,
}

impl Stillness {
    pub(crate) fn new(tick_size: u32) -> Self {
        let tick = u64::from(tick_size.max(1));
        Self {
            tick,
            mids_x2: Ring::default(),
            moved_x2: 0,
            usual: Trail::new(4 * tick),
        }
    }

    pub(crate) fn push(&mut self, snapshot: &Snapshot) {
        let Some(mid_x2) = snapshot.mid_x2() else {
            return;
        };
        let then = self.mids_x2.push(mid_x2);
        if then > 0 {
            self.moved_x2 = then.abs_diff(mid_x2);
            self.usual.push(self.moved_x2);
        }
    }

    /// Whether it has gone no farther than it often does.
    pub(crate) fn is_still(&self) -> bool {
        let mid_x2 = self.mids_x2.last();
        let little = (2 * STILL_TICKS * self.tick).max(mid_x2 * STILL_BPS / 10_000);
        self.moved_x2 <= little.max(TIMES_USUAL * self.usual.get())
    }
}
