//! Distributions in integers. In: words of chance. Out: waiting times, sizes, depths, steps.

use crate::philox::Stream;

/// log2(1 + i/256) in 1/65536, by repeated squaring.
const LOG2: [u32; 257] = {
    let mut table = [0; 257];
    let mut i = 0;
    while i < 256 {
        let mut x = (256 + i as u64) << 22;
        let mut bits = 0;
        let mut n = 0;
        while n < 16 {
            x = (x * x) >> 30;
            bits <<= 1;
            if x >= 1 << 31 {
                x >>= 1;
                bits |= 1;
            }
            n += 1;
        }
        table[i] = bits;
        i += 1;
    }
    table[256] = 1 << 16;
    table
};

/// -log2(word / 2^32) in 1/65536, between the table's points by a straight line.
#[inline]
fn minus_log2(word: u32) -> u64 {
    let word = word | 1;
    let zeros = word.leading_zeros();
    let mantissa = (u64::from(word) << (zeros + 1)) as u32;
    let (i, rest) = ((mantissa >> 24) as usize, u64::from(mantissa >> 8 & 0xFFFF));
    let (low, high) = (u64::from(LOG2[i]), u64::from(LOG2[i + 1]));
    let fraction = low + (((high - low) * rest) >> 16);
    (u64::from(zeros + 1) << 16) - fraction
}

/// An exponential waiting time with this mean.
#[inline]
pub(crate) fn waiting(rng: &mut Stream, mean: u64) -> u64 {
    const LN2: u64 = 45_426;
    (((mean * minus_log2(rng.word())) >> 16) * LN2) >> 16
}

/// A step of a random walk: mean 0, variance 8.
#[inline]
pub(crate) fn step(rng: &mut Stream) -> i64 {
    i64::from(rng.word().count_ones()) - 16
}

/// Shares of a new order: round lots mostly, one lot most of all, with a heavy tail.
#[inline]
pub(crate) fn size(rng: &mut Stream) -> u32 {
    match rng.below(1_000) {
        0..560 => 100,
        560..760 => 1 + rng.below(99),
        760..900 => 100 * (2 + rng.below(4)),
        900..985 => 100 * (5 + rng.below(6)),
        _ => tail(rng),
    }
}

/// Lots above 1 000 shares: each doubling is half as likely.
fn tail(rng: &mut Stream) -> u32 {
    let doublings = rng.word().leading_zeros().min(3);
    100 * ((10 << doublings) + rng.below(10 << doublings))
}

/// Shares an aggressor wants.
#[inline]
pub(crate) fn taken(rng: &mut Stream) -> u32 {
    match rng.below(1_000) {
        0..450 => 100,
        450..750 => 1 + rng.below(99),
        750..980 => 100 * (2 + rng.below(6)),
        _ => tail(rng),
    }
}

/// How far behind the touch new orders go.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Depths {
    /// Scale of the distances near the touch, in thousandths.
    pub(crate) near_milli: u32,
    /// The farthest, in ticks.
    pub(crate) far: u32,
}

/// Ticks behind the touch for a new order: thickest near it, with a thin tail out to `far`.
#[inline]
pub(crate) fn depth(rng: &mut Stream, depths: Depths) -> u32 {
    let near = match rng.below(1_000) {
        0..80 => 0,
        80..440 => 1 + rng.below(9),
        440..830 => 3 + rng.below(36),
        _ => return far_depth(rng, depths.far),
    };
    near * depths.near_milli / 1_000
}

/// Log-uniform between 16 ticks and `far`, so high prices have orders far below too.
fn far_depth(rng: &mut Stream, far: u32) -> u32 {
    let doublings = far.max(32).ilog2() - 3;
    let low = 16 << rng.below(doublings);
    (low + rng.below(low)).min(far)
}
