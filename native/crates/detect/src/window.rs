//! Sums over the last snapshots. In: a count for each. Out: their sum. It knows no time.

use serde::{Deserialize, Serialize};

/// A running sum over the last `N` counts.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(into = "Vec<u32>", try_from = "Vec<u32>")]
pub(crate) struct Window<const N: usize> {
    counts: [u32; N],
    at: usize,
    sum: u64,
    filled: usize,
}

impl<const N: usize> Window<N> {
    pub(crate) fn new() -> Self {
        Self {
            counts: [0; N],
            at: 0,
            sum: 0,
            filled: 0,
        }
    }

    pub(crate) fn push(&mut self, count: u64) {
        let count = count.min(u64::from(u32::MAX)) as u32;
        self.sum = self.sum - u64::from(self.counts[self.at]) + u64::from(count);
        self.counts[self.at] = count;
        self.at = (self.at + 1) % N;
        self.filled = (self.filled + 1).min(N);
    }

    pub(crate) fn sum(&self) -> u64 {
        self.sum
    }

    /// Whether `N` counts have been pushed.
    pub(crate) fn is_full(&self) -> bool {
        self.filled == N
    }
}

/// What it holds, oldest first: for checkpoints.
impl<const N: usize> From<Window<N>> for Vec<u32> {
    fn from(window: Window<N>) -> Self {
        let oldest = (window.at + N - window.filled) % N;
        let held = (oldest..oldest + window.filled).map(|at| window.counts[at % N]);
        held.collect()
    }
}

impl<const N: usize> TryFrom<Vec<u32>> for Window<N> {
    type Error = &'static str;

    fn try_from(held: Vec<u32>) -> Result<Self, Self::Error> {
        if held.len() > N {
            return Err("more counts than the window has");
        }
        let mut window = Self::new();
        held.into_iter().for_each(|count| window.push(count.into()));
        Ok(window)
    }
}
