//! In: integers, one at a time. Out: sum, mean and variance of the last `window` of them.

use crate::ffi;
use crate::hash::wide;

/// Values beyond ± this are saturated: then no sum of [`WINDOW_MAX`] values and no step of
/// [`ewma8`] can overflow.
pub const VALUE_LIMIT: i64 = (1 << 46) - 1;
/// Largest window.
pub const WINDOW_MAX: usize = 1 << 16;
/// One in the fixed point of [`ewma8`].
pub const EWMA_ONE: i64 = 1 << 16;

/// Sums over a ring of the last `window` values.
#[derive(Clone, Debug)]
pub struct RollingStats {
    ring: Vec<i64>,
    state: ffi::Rolling,
}

pub(crate) fn checked_window(window: usize) -> usize {
    assert!(
        (1..=WINDOW_MAX).contains(&window),
        "window {window} is not in 1..={WINDOW_MAX}"
    );
    window
}

pub(crate) fn saturated(value: i64) -> i64 {
    value.clamp(-VALUE_LIMIT, VALUE_LIMIT)
}

/// Values of a ring, oldest first.
pub(crate) fn in_order(ring: &[i64], head: u32, length: u32) -> impl Iterator<Item = i64> + '_ {
    let (newest, oldest) = ring[..length as usize].split_at(head.min(length) as usize);
    oldest.iter().chain(newest).copied()
}

impl RollingStats {
    /// An empty ring. Panics unless `window` is in 1..=[`WINDOW_MAX`].
    pub fn new(window: usize) -> Self {
        Self {
            ring: vec![0; checked_window(window)],
            state: ffi::Rolling::default(),
        }
    }

    /// Takes a value; the oldest leaves when the ring is full.
    pub fn push(&mut self, value: i64) {
        let window = self.ring.len() as u32;
        // SAFETY: the ring has `window` places and head < window holds between calls.
        unsafe {
            ffi::wt_rolling_push(
                &mut self.state,
                self.ring.as_mut_ptr(),
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

    /// Sum of the values held.
    pub fn sum(&self) -> i64 {
        self.state.sum
    }

    /// Mean, rounded down; `None` when empty.
    pub fn mean(&self) -> Option<i64> {
        // SAFETY: the state is not empty, so nothing is divided by zero.
        (!self.is_empty()).then(|| unsafe { ffi::wt_rolling_mean(&self.state) })
    }

    /// Population variance, rounded down; `None` when empty.
    pub fn variance(&self) -> Option<u128> {
        let mut halves = [0; 2];
        // SAFETY: the state is not empty; `halves` has room for both.
        (!self.is_empty())
            .then(|| unsafe { ffi::wt_rolling_variance(&self.state, &mut halves) })?;
        Some(wide(halves))
    }

    /// The values held, oldest first.
    pub fn values(&self) -> impl Iterator<Item = i64> + '_ {
        in_order(&self.ring, self.state.head, self.state.length)
    }
}

/// The next state of a moving average of weight 1/8, in units of 1/[`EWMA_ONE`], rounded down.
pub fn ewma8(state: i64, value: i64) -> i64 {
    let limit = VALUE_LIMIT * EWMA_ONE;
    // SAFETY: plain values; the clamps keep every step inside 64 bits.
    unsafe { ffi::wt_ewma8(state.clamp(-limit, limit), saturated(value)) }
}
