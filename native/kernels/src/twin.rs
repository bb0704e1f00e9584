//! The rolling statistics once more, in plain Rust, from scratch on every question. Judging only.

use crate::{EWMA_ONE, VALUE_LIMIT};
use std::collections::VecDeque;

/// The last `window` values, nothing kept but them.
#[derive(Clone, Debug)]
pub struct PlainWindow {
    window: usize,
    values: VecDeque<i64>,
}

impl PlainWindow {
    /// An empty window.
    pub fn new(window: usize) -> Self {
        Self {
            window,
            values: VecDeque::new(),
        }
    }

    /// Takes a value; the oldest leaves when the window is full.
    pub fn push(&mut self, value: i64) {
        if self.values.len() == self.window {
            self.values.pop_front();
        }
        self.values
            .push_back(value.clamp(-VALUE_LIMIT, VALUE_LIMIT));
    }

    /// The values held, oldest first.
    pub fn values(&self) -> Vec<i64> {
        self.values.iter().copied().collect()
    }

    /// Sum of the values held.
    pub fn sum(&self) -> i64 {
        self.values.iter().sum()
    }

    /// Mean, rounded down.
    pub fn mean(&self) -> Option<i64> {
        (!self.values.is_empty()).then(|| self.sum().div_euclid(self.values.len() as i64))
    }

    /// Population variance, rounded down: sum of (n x - sum)^2 over n^3.
    pub fn variance(&self) -> Option<u128> {
        let n = self.values.len() as i128;
        if n == 0 {
            return None;
        }
        // n x^2 summed less the square of the sum never overflows within the limits of the crate.
        let squares: i128 = self
            .values
            .iter()
            .map(|&x| i128::from(x) * i128::from(x))
            .sum();
        let sum = i128::from(self.sum());
        Some(((n * squares - sum * sum) / (n * n)) as u128)
    }

    /// Lower median.
    pub fn median(&self) -> Option<i64> {
        let mut sorted = self.values();
        sorted.sort_unstable();
        let middle = sorted.len().checked_sub(1)? / 2;
        Some(sorted[middle])
    }
}

/// The next state of the moving average of weight 1/8.
pub fn ewma8(state: i64, value: i64) -> i64 {
    let limit = i128::from(VALUE_LIMIT) * i128::from(EWMA_ONE);
    let state = i128::from(state).clamp(-limit, limit);
    let value = i128::from(value.clamp(-VALUE_LIMIT, VALUE_LIMIT)) * i128::from(EWMA_ONE);
    (state + (value - state).div_euclid(8)) as i64
}
