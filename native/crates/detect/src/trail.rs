//! A trailing median in constant space. In: samples at a steady rate. Out: about the median of the
//! last minute. It steps toward each sample by a fixed share of itself, so one wild sample moves it no
//! more than a tame one. It knows no unit.

use serde::{Deserialize, Serialize};

const FRACTION_BITS: u32 = 10;
/// Samples after which it steps by 1/4096 of itself: at 50 Hz it doubles in about a minute.
const SETTLED: u32 = 512;

/// A median that follows slowly.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct Trail {
    value: u64,
    grain: u64,
    seen: u32,
}

impl Trail {
    /// `grain` is what counts as little, in the samples' unit: below it, it steps as if it were there.
    pub(crate) fn new(grain: u64) -> Self {
        Self {
            value: 0,
            grain: grain << FRACTION_BITS,
            seen: 0,
        }
    }

    pub(crate) fn push(&mut self, sample: u64) {
        let sample = sample << FRACTION_BITS;
        let shift = match self.seen {
            0 => {
                self.value = sample;
                0
            }
            1..64 => 4,
            64..SETTLED => 7,
            _ => 12,
        };
        let step = (self.value.max(self.grain) >> shift).max(1);
        self.value = if sample > self.value {
            self.value.saturating_add(step).min(sample)
        } else {
            self.value.saturating_sub(step).max(sample)
        };
        self.seen = self.seen.saturating_add(1);
    }

    pub(crate) fn get(&self) -> u64 {
        self.value >> FRACTION_BITS
    }

    /// Samples seen.
    pub(crate) fn seen(&self) -> u32 {
        self.seen
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_finds_the_median_and_ignores_how_far_outliers_lie() {
        let mut trail = Trail::new(10);
        for i in 0..20_000u64 {
            trail.push(if i % 10 == 0 {
                1_000_000
            } else {
                90 + (i * 7) % 21
            });
        }
        assert!((97..=104).contains(&trail.get()), "{}", trail.get());
    }

    #[test]
    fn it_leaves_zero_and_comes_back() {
        let mut trail = Trail::new(100);
        (0..1_000).for_each(|_| trail.push(0));
        (0..20_000).for_each(|_| trail.push(500));
        assert_eq!(trail.get(), 500);
        (0..40_000).for_each(|_| trail.push(0));
        assert_eq!(trail.get(), 0);
    }
}
