//! In: integers, one at a time or as a slice. Out: their lower median.

use crate::ffi;
use crate::rolling::{checked_window, in_order, saturated};

/// Median of the last `window` values.
#[derive(Clone, Debug)]
pub struct RollingMedian {
    ring: Vec<i64>,
    sorted: Vec<i64>,
    state: ffi::Median,
}

impl RollingMedian {
    /// An empty ring. Panics unless `window` is in 1..=[`crate::WINDOW_MAX`].
    pub fn new(window: usize) -> Self {
        let zeros = vec![0; checked_window(window)];
        Self {
            ring: zeros.clone(),
            sorted: zeros,
            state: ffi::Median::default(),
        }
    }

    /// Takes a value; the oldest leaves when the ring is full.
    pub fn push(&mut self, value: i64) {
        let window = self.ring.len() as u32;
        // SAFETY: both arrays have `window` places; head < window and `sorted` holds the ring's
        // values in order between calls.
        unsafe {
            ffi::wt_median_push(
                &mut self.state,
                self.ring.as_mut_ptr(),
                self.sorted.as_mut_ptr(),
                window,
                saturated(value),
            );
        }
    }

    /// Values held.
    pub fn len(&self) -> usize {
        self.state.length as usize
    }

    /// Whether no value is held.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether the window is full.
    pub fn is_full(&self) -> bool {
        self.len() == self.ring.len()
    }

    /// The lower median; `None` when empty.
    pub fn median(&self) -> Option<i64> {
        let middle = self.len().checked_sub(1)? / 2;
        Some(self.sorted[middle])
    }

    /// The values held, oldest first.
    pub fn values(&self) -> impl Iterator<Item = i64> + '_ {
        in_order(&self.ring, self.state.head, self.state.length)
    }
}

/// Lower median of a slice, in any order; `scratch` is reused between calls. `None` when empty.
pub fn rolling_median(ring: &[i64], scratch: &mut Vec<i64>) -> Option<i64> {
    if ring.is_empty() {
        return None;
    }
    scratch.resize(ring.len(), 0);
    // SAFETY: both hold `ring.len()` > 0 values, and a `&mut` cannot overlap a `&`.
    Some(unsafe { ffi::wt_median_of(ring.as_ptr(), scratch.as_mut_ptr(), ring.len()) })
}
