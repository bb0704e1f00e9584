//! When something happens next, and on which instrument. In: chance. Out: (time, index) pairs in
//! order of time. It knows nothing of books.
//!
//! Activity is Zipf over instruments. An action is often followed by another on the same instrument
//! at once, and now and then one instrument bursts for a while.

use crate::draw::waiting;
use crate::philox::Stream;
use serde::{Deserialize, Serialize};

const FOLLOW_PER_MILLE: u32 = 400;
const FOLLOW_FASTER: u64 = 16;
const BURST_FASTER: u64 = 3;
const BURST_NS: u64 = 80_000_000;
const QUIET_NS: u64 = 2_500_000_000;

/// A clock of actions over all instruments.
#[derive(Clone, Debug)]
pub(crate) struct Arrivals {
    alias: Vec<Slot>,
    gap_ns: u64,
    now_ns: u64,
    last: u32,
    burst: Burst,
}

#[derive(Clone, Copy, Debug)]
struct Slot {
    keep: u32,
    other: u32,
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Burst {
    instrument: u32,
    from_ns: u64,
    until_ns: u64,
}

/// Where a clock stands; its table follows from the number of instruments.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct ArrivalsState {
    now_ns: u64,
    last: u32,
    burst: Burst,
}

/// Weight of the instrument with this index, the first being 2^32.
pub(crate) fn weight(index: u32) -> u64 {
    (1 << 32) / (u64::from(index) + 1)
}

impl Arrivals {
    /// `action_ns` is the mean time between actions on the first instrument.
    pub(crate) fn new(instruments: u32, action_ns: u64, start_ns: u64) -> Self {
        let total: u64 = (0..instruments).map(weight).sum();
        let mean_ns = u128::from(action_ns) << 32;
        // With a share f of followers 16 times faster, the rest must wait (1 - f/16) / (1 - f).
        let f = u128::from(FOLLOW_PER_MILLE);
        let stretch = 1_000 - f / u128::from(FOLLOW_FASTER);
        let gap_ns = mean_ns * stretch / (1_000 - f) / u128::from(total);
        let burst = Burst {
            instrument: 0,
            from_ns: start_ns + QUIET_NS,
            until_ns: 0,
        };
        let gap_ns = (gap_ns as u64).max(1);
        Self {
            alias: alias(instruments, total),
            gap_ns,
            now_ns: start_ns,
            last: 0,
            burst,
        }
    }

    pub(crate) fn state(&self) -> ArrivalsState {
        ArrivalsState {
            now_ns: self.now_ns,
            last: self.last,
            burst: self.burst,
        }
    }

    /// `None`, and nothing changed, when it names an instrument that is not there.
    pub(crate) fn restore(&mut self, state: ArrivalsState) -> Option<()> {
        let known = |index: u32| (index as usize) < self.alias.len();
        if !known(state.last) || !known(state.burst.instrument) {
            return None;
        }
        (self.now_ns, self.last, self.burst) = (state.now_ns, state.last, state.burst);
        Some(())
    }

    /// The next action: when, and the index of its instrument.
    #[inline]
    pub(crate) fn next(&mut self, rng: &mut Stream) -> (u64, u32) {
        let bursting = self.burst_at(rng);
        let faster = if bursting { BURST_FASTER } else { 1 };
        let chance = rng.word();
        if (u64::from(chance) * 1_000) >> 32 < u64::from(FOLLOW_PER_MILLE) {
            self.now_ns += waiting(rng, self.gap_ns / (FOLLOW_FASTER * faster));
        } else {
            self.now_ns += waiting(rng, self.gap_ns / faster);
            let picked = self.pick(rng.word(), rng.word());
            let in_burst = bursting && chance & 1 == 1;
            self.last = if in_burst {
                self.burst.instrument
            } else {
                picked
            };
        }
        (self.now_ns, self.last)
    }

    fn burst_at(&mut self, rng: &mut Stream) -> bool {
        if self.now_ns < self.burst.from_ns {
            return false;
        }
        if self.burst.until_ns <= self.burst.from_ns {
            self.burst.until_ns = self.burst.from_ns + waiting(rng, BURST_NS);
            self.burst.instrument = self.pick(rng.word(), rng.word());
        }
        if self.now_ns < self.burst.until_ns {
            return true;
        }
        self.burst.from_ns = self.now_ns + waiting(rng, QUIET_NS);
        self.burst.until_ns = 0;
        false
    }

    #[inline]
    fn pick(&self, word: u32, threshold: u32) -> u32 {
        let at = ((u64::from(word) * self.alias.len() as u64) >> 32) as u32;
        let slot = self.alias[at as usize];
        if threshold < slot.keep {
            at
        } else {
            slot.other
        }
    }
}

/// Vose's alias table of the weights, in integers.
fn alias(instruments: u32, total: u64) -> Vec<Slot> {
    let n = u128::from(instruments);
    let scaled = |i| ((u128::from(weight(i)) * n) << 32) / u128::from(total);
    let mut left: Vec<u128> = (0..instruments).map(scaled).collect();
    let mut slots: Vec<Slot> = (0..instruments)
        .map(|i| Slot {
            keep: u32::MAX,
            other: i,
        })
        .collect();
    let (mut small, mut large): (Vec<u32>, Vec<u32>) =
        (0..instruments).partition(|&i| left[i as usize] < 1 << 32);
    while let (Some(&low), Some(&high)) = (small.last(), large.last()) {
        small.pop();
        slots[low as usize] = Slot {
            keep: left[low as usize] as u32,
            other: high,
        };
        left[high as usize] -= (1 << 32) - left[low as usize];
        if left[high as usize] < 1 << 32 {
            large.pop();
            small.push(high);
        }
    }
    slots
}
