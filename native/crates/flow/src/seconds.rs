//! Volume by virtual second over the last hour. In: shares with their instant. Out: what an hour
//! trades, as far as it is known. It knows no prices and no sides.

use wavetank_kernels::RollingStats;

use crate::state::{Loader, Saver};

pub(crate) const SECOND_NS: u64 = 1_000_000_000;
const HOUR_SECONDS: usize = 3600;
/// Far beyond any volume; keeps sums of what a checkpoint claims from overflowing.
pub(crate) const VOLUME_MAX: u64 = 1 << 62;

/// Shares of each whole second, and of the one that runs.
#[derive(Clone, Debug)]
pub(crate) struct HourVolume {
    start_ns: u64,
    second: u64,
    running: u64,
    whole: RollingStats,
}

impl HourVolume {
    pub fn new(start_ns: u64) -> Self {
        Self {
            start_ns,
            second: 0,
            running: 0,
            whole: RollingStats::new(HOUR_SECONDS),
        }
    }

    /// Moves to an instant; true when a second ended, so that `per_hour` may have changed.
    pub fn advance(&mut self, ts_ns: u64) -> bool {
        let second = ts_ns.saturating_sub(self.start_ns) / SECOND_NS;
        if second <= self.second {
            return false;
        }
        self.whole.push(self.running as i64);
        let silent = (second - self.second - 1).min(HOUR_SECONDS as u64);
        for _ in 0..silent {
            self.whole.push(0);
        }
        self.second = second;
        self.running = 0;
        true
    }

    pub fn save(&self, out: &mut Saver<'_>) {
        out.u64(self.start_ns);
        out.u64(self.second);
        out.u64(self.running);
        out.stats(&self.whole);
    }

    pub fn load(from: &mut Loader<'_>) -> Option<Self> {
        Some(Self {
            start_ns: from.u64()?,
            second: from.u64()?,
            running: from.at_most(VOLUME_MAX)?,
            whole: from.stats(HOUR_SECONDS)?,
        })
    }

    pub fn add(&mut self, qty: u64) {
        self.running += qty;
    }

    /// Shares of the whole seconds of the last hour, scaled to an hour where there were fewer;
    /// `None` before the first second ended.
    pub fn per_hour(&self) -> Option<u64> {
        let seconds = self.whole.len() as u128;
        let sum = self.whole.sum().max(0) as u128;
        (seconds > 0).then(|| (sum * HOUR_SECONDS as u128 / seconds) as u64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_hour_is_scaled_until_it_is_there_and_then_slides() {
        let mut volume = HourVolume::new(500);
        volume.add(10);
        assert_eq!(volume.per_hour(), None);
        assert!(!volume.advance(500 + SECOND_NS - 1));
        assert!(volume.advance(500 + SECOND_NS));
        assert_eq!(volume.per_hour(), Some(36_000));
        volume.add(2);
        assert!(volume.advance(500 + 4 * SECOND_NS));
        assert_eq!(volume.per_hour(), Some(12 * 3600 / 4));
        assert!(volume.advance(500 + 3600 * SECOND_NS));
        assert_eq!(volume.per_hour(), Some(12));
        assert!(volume.advance(500 + 3601 * SECOND_NS));
        assert_eq!(volume.per_hour(), Some(2));
        assert!(volume.advance(500 + 90_000 * SECOND_NS));
        assert_eq!(volume.per_hour(), Some(0));
    }
}
