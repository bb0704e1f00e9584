//! What an order usually holds, and how many such a quantity counts. In: placed quantities, one turn a
//! snapshot. Out: a clipped quantity. It knows no side or price.

use crate::trail::Trail;
use serde::{Deserialize, Serialize};

/// An order counts at most this many usual ones.
const MOST_USUAL: u64 = 4;
/// What one usual order counts.
pub(crate) const ONE: u64 = 128;
const SHIFT: u32 = 24;

/// The median placed quantity, sampled once a snapshot.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct UsualQty {
    trail: Trail,
    sample: u64,
    most: u64,
    /// ONE over the median, in 2^24ths, so that no order needs a division.
    scale: u64,
}

impl UsualQty {
    pub(crate) fn new() -> Self {
        Self {
            trail: Trail::new(1),
            sample: 0,
            most: MOST_USUAL,
            scale: ONE << SHIFT,
        }
    }

    /// An order was placed.
    #[inline]
    pub(crate) fn place(&mut self, qty: u64) {
        self.sample = qty;
    }

    /// A snapshot's end.
    pub(crate) fn turn(&mut self) {
        if self.sample > 0 {
            self.trail.push(std::mem::take(&mut self.sample));
            let usual = self.trail.get().max(1);
            self.most = MOST_USUAL * usual;
            self.scale = (ONE << SHIFT) / usual;
        }
    }

    /// Shares, no more than four usual orders have.
    #[inline]
    pub(crate) fn clipped(&self, qty: u64) -> u64 {
        qty.min(self.most)
    }

    /// The same in 128ths of a usual order.
    #[inline]
    pub(crate) fn counts(&self, qty: u64) -> u64 {
        (self.clipped(qty) * self.scale) >> SHIFT
    }
}
