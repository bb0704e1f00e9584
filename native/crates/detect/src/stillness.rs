//! Whether the price stands. In: snapshots. Out: how wide the mid has ranged in the last two seconds,
//! against what is usual. It knows no price unit but ticks and bps.

use crate::observation::Snapshot;
use crate::ring::Ring;
use crate::trail::Trail;
use serde::{Deserialize, Serialize};

/// Snapshots of a block, and blocks looked back: 200 ms, 2 s.
const BLOCK: u32 = 10;
const BLOCKS: usize = 10;
const STILL_TICKS: u64 = 4;
const STILL_BPS: u64 = 4;
const TIMES_USUAL: u64 = 4;

/// Lowest and highest; nothing yet where the highest is 0.
type Range = (u64, u64);

/// The mid's range over two seconds.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Stillness {
    tick: u64,
    block: Range,
    in_block: u32,
    blocks: Ring<Range, BLOCKS>,
    mid_x2: u64,
    range_x2: u64,
    usual: Trail,
    /// Snapshots since it last had gone far.
    still_for: u32,
}

impl Stillness {
    pub(crate) fn new(tick_size: u32) -> Self {
        let tick = u64::from(tick_size.max(1));
        Self {
            tick,
            block: (0, 0),
            in_block: 0,
            blocks: Ring::default(),
            mid_x2: 0,
            range_x2: 0,
            usual: Trail::new(4 * tick),
            still_for: 0,
        }
    }

    pub(crate) fn push(&mut self, snapshot: &Snapshot) {
        let Some(mid_x2) = snapshot.mid_x2() else {
            return;
        };
        self.mid_x2 = mid_x2;
        self.block = joined(self.block, (mid_x2, mid_x2));
        self.in_block += 1;
        let (low, high) = self.blocks.iter().fold(self.block, joined);
        self.range_x2 = high - low;
        self.usual.push(self.range_x2);
        self.still_for = if self.is_still() {
            self.still_for.saturating_add(1)
        } else {
            0
        };
        if self.in_block == BLOCK {
            self.blocks.push(std::mem::take(&mut self.block));
            self.in_block = 0;
        }
    }

    /// Snapshots for which that has been so.
    pub(crate) fn still_for(&self) -> u32 {
        self.still_for
    }

    /// Whether it has gone no farther than it often does.
    pub(crate) fn is_still(&self) -> bool {
        let little = (2 * STILL_TICKS * self.tick).max(self.mid_x2 * STILL_BPS / 10_000);
        self.range_x2 <= little.max(TIMES_USUAL * self.usual.get())
    }
}

fn joined(a: Range, b: Range) -> Range {
    match (a.1, b.1) {
        (0, _) => b,
        (_, 0) => a,
        _ => (a.0.min(b.0), a.1.max(b.1)),
    }
}
