//! Counts and values of the last virtual second in slots of one tick. In: increments, then one
//! turn a tick. Out: the sum of the last second, or the value a second ago.

use wavetank_kernels::RollingStats;

use crate::seconds::VOLUME_MAX;
use crate::state::{Loader, Saver};

pub(crate) const SLOTS: usize = wavetank_abi::TICK_HZ as usize;

/// Increments of the last second.
#[derive(Clone, Debug)]
pub(crate) struct Counted {
    running: u64,
    last: RollingStats,
}

impl Counted {
    pub fn new() -> Self {
        Self {
            running: 0,
            last: RollingStats::new(SLOTS),
        }
    }

    pub fn save(&self, out: &mut Saver<'_>) {
        out.u64(self.running);
        out.stats(&self.last);
    }

    pub fn load(from: &mut Loader<'_>) -> Option<Self> {
        Some(Self {
            running: from.at_most(VOLUME_MAX)?,
            last: from.stats(SLOTS)?,
        })
    }

    pub fn add(&mut self, count: u64) {
        self.running += count;
    }

    /// Ends a slot; `silent` slots without any increment lie before it.
    pub fn turn(&mut self, silent: u64) {
        for _ in 0..silent.min(SLOTS as u64) {
            self.last.push(0);
        }
        self.last.push(self.running as i64);
        self.running = 0;
    }

    /// Increments of the last second's slots.
    pub fn per_second(&self) -> u64 {
        self.last.sum() as u64
    }
}

/// The last second's values, one a slot.
#[derive(Clone, Debug)]
pub(crate) struct Remembered {
    ring: [u64; SLOTS],
    next: usize,
}

impl Remembered {
    pub fn new() -> Self {
        Self {
            ring: [0; SLOTS],
            next: 0,
        }
    }

    pub fn save(&self, out: &mut Saver<'_>) {
        out.u64(self.next as u64);
        self.ring.iter().for_each(|value| out.u64(*value));
    }

    pub fn load(from: &mut Loader<'_>) -> Option<Self> {
        let next = from.at_most(SLOTS as u64 - 1)? as usize;
        let mut ring = [0; SLOTS];
        for value in &mut ring {
            *value = from.u64()?;
        }
        Some(Self { ring, next })
    }

    /// Stores the value of this slot and of `silent` slots before it that had the previous one;
    /// returns the value one second before, 0 where there was none.
    pub fn turn(&mut self, silent: u64, value: u64) -> u64 {
        let previous = self.ring[(self.next + SLOTS - 1) % SLOTS];
        for _ in 0..silent.min(SLOTS as u64) {
            self.put(previous);
        }
        self.put(value)
    }

    fn put(&mut self, value: u64) -> u64 {
        let before = std::mem::replace(&mut self.ring[self.next], value);
        self.next = (self.next + 1) % SLOTS;
        before
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_is_fifty_slots() {
        let mut counted = Counted::new();
        let mut remembered = Remembered::new();
        for slot in 1..=120_u64 {
            counted.add(slot);
            counted.turn(0);
            let from = slot.saturating_sub(49).max(1);
            assert_eq!(
                counted.per_second(),
                (from..=slot).sum::<u64>(),
                "slot {slot}"
            );
            assert_eq!(
                remembered.turn(0, slot),
                slot.saturating_sub(50),
                "slot {slot}"
            );
        }
        counted.add(7);
        counted.turn(48);
        assert_eq!(counted.per_second(), 127);
        assert_eq!(remembered.turn(48, 121), 119);
        counted.turn(1_000_000);
        assert_eq!(counted.per_second(), 0);
        assert_eq!(remembered.turn(1_000_000, 122), 121);
    }
}
