//! Analytics as bytes, for checkpoints. In: numbers, in a fixed order. Out: little-endian words,
//! and back. Reading is total: bytes that no writer wrote give `None`, never a panic and never an
//! allocation beyond what a writer could have needed. Version and checksum are the checkpoint's.

use wavetank_kernels::{RollingMedian, RollingStats, VALUE_LIMIT};

/// Appends words.
pub(crate) struct Saver<'a>(pub &'a mut Vec<u8>);

impl Saver<'_> {
    pub fn u64(&mut self, value: u64) {
        self.0.extend_from_slice(&value.to_le_bytes());
    }

    pub fn i64(&mut self, value: i64) {
        self.u64(value as u64);
    }

    pub fn bool(&mut self, value: bool) {
        self.u64(u64::from(value));
    }

    /// Whether there is a value, then the value or 0.
    pub fn option(&mut self, value: Option<u64>) {
        self.bool(value.is_some());
        self.u64(value.unwrap_or(0));
    }

    /// A count, then the values, oldest first.
    pub fn values(&mut self, count: usize, values: impl Iterator<Item = i64>) {
        self.u64(count as u64);
        values.for_each(|value| self.i64(value));
    }

    pub fn stats(&mut self, stats: &RollingStats) {
        self.values(stats.len(), stats.values());
    }

    pub fn median(&mut self, median: &RollingMedian) {
        self.values(median.len(), median.values());
    }
}

/// Takes words off the front.
pub(crate) struct Loader<'a>(pub &'a [u8]);

impl Loader<'_> {
    pub fn u64(&mut self) -> Option<u64> {
        let (word, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(u64::from_le_bytes(*word))
    }

    /// A value of a window; none of them is ever negative.
    fn count(&mut self) -> Option<i64> {
        self.at_most(VALUE_LIMIT as u64).map(|value| value as i64)
    }

    /// A word that must not be above `max`.
    pub fn at_most(&mut self, max: u64) -> Option<u64> {
        self.u64().filter(|value| *value <= max)
    }

    pub fn bool(&mut self) -> Option<bool> {
        self.at_most(1).map(|value| value == 1)
    }

    pub fn option(&mut self) -> Option<Option<u64>> {
        let is_some = self.bool()?;
        let value = self.u64()?;
        (is_some || value == 0).then_some(is_some.then_some(value))
    }

    /// Fills an empty window.
    pub fn stats(&mut self, window: usize) -> Option<RollingStats> {
        let mut stats = RollingStats::new(window);
        for _ in 0..self.at_most(window as u64)? {
            stats.push(self.count()?);
        }
        Some(stats)
    }

    /// Fills an empty window.
    pub fn median(&mut self, window: usize) -> Option<RollingMedian> {
        let mut median = RollingMedian::new(window);
        for _ in 0..self.at_most(window as u64)? {
            median.push(self.count()?);
        }
        Some(median)
    }
}
