//! Sums over the last snapshots. In: a count for each. Out: their sum. It knows no time.

/// A running sum over the last `N` counts.
#[derive(Clone, Copy, Debug)]
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
