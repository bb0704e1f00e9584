//! Levels' shares of the market digest, at speed. In: levels. Out: XXH3_128 of their 21 bytes, its
//! sum. What a level has in the sum stands beside it, so a change takes one hash.
//!
//! XXH3's path for 17 to 32 bytes with the length and seed 0 written in: six multiplications and
//! no memory. `crate::level_digest` is the plain form that judges it.

use super::block::fetch;
use super::region::Region;

/// The first 32 bytes of XXH3's secret, as little-endian words.
const SECRET: [u64; 4] = [
    0xBE4B_A423_396C_FEB8,
    0x1CAD_21F7_2C81_017C,
    0xDB97_9083_E96D_D4DE,
    0x1F67_B3B7_A4A4_4072,
];
const PRIME_1: u64 = 0x9E37_79B1_85EB_CA87;
const PRIME_2: u64 = 0xC2B2_AE3D_27D4_EB4F;
const PRIME_4: u64 = 0x85EB_CA77_C2B2_AE63;
const LEN: u64 = 21;

#[inline(always)]
fn fold(a: u64, b: u64) -> u64 {
    let wide = u128::from(a) * u128::from(b);
    wide as u64 ^ (wide >> 64) as u64
}

#[inline(always)]
fn avalanche(h: u64) -> u64 {
    let h = (h ^ h >> 37).wrapping_mul(0x1656_6791_9E37_79F9);
    h ^ h >> 32
}

#[inline(always)]
pub(super) fn level_digest(instrument: u32, side: u8, price: u32, qty: u64) -> u128 {
    let (place, price) = (
        u64::from(instrument) | u64::from(side) << 32,
        u64::from(price),
    );
    // The 21 bytes as words at offsets 0 and 8, then 5 and 13: instrument, side, price, quantity.
    let (a, b) = (place | price << 40, price >> 24 | qty << 40);
    let low = LEN
        .wrapping_mul(PRIME_1)
        .wrapping_add(fold(a ^ SECRET[0], b ^ SECRET[1]));
    let low = low ^ price.wrapping_add(qty);
    let high = fold(price ^ SECRET[2], qty ^ SECRET[3]) ^ a.wrapping_add(b);
    let mixed = low
        .wrapping_mul(PRIME_1)
        .wrapping_add(high.wrapping_mul(PRIME_4));
    let mixed = mixed.wrapping_add(LEN.wrapping_mul(PRIME_2));
    let high_word = avalanche(mixed).wrapping_neg();
    u128::from(high_word) << 64 | u128::from(avalanche(low.wrapping_add(high)))
}

/// What each level has in the sum, and the sum.
pub(super) struct Shares {
    of: Region<u128>,
    sum: u128,
}

impl Shares {
    pub(super) fn new() -> Self {
        let of = Region::reserve(1 << 31);
        Self { of, sum: 0 }
    }

    /// Makes room for as many levels; new ones have nothing in the sum.
    #[inline]
    pub(super) fn grow(&mut self, levels: usize) {
        self.of.grow(levels);
    }

    #[inline(always)]
    pub(super) fn set(&mut self, level: u32, share: u128) {
        let before = core::mem::replace(&mut self.of[level], share);
        self.sum = self.sum.wrapping_sub(before).wrapping_add(share);
    }

    pub(super) fn sum(&self) -> u128 {
        self.sum
    }

    /// Asks for the memory that a change of this level touches.
    #[inline(always)]
    pub(super) fn fetch(&self, level: u32) {
        fetch(&self.of[level]);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn equals_the_plain_form(
            instrument in any::<u32>(),
            side in 0u8..2,
            price in any::<u32>(),
            qty in any::<u64>(),
        ) {
            let plain = crate::level_digest(instrument, side, u64::from(price), qty);
            prop_assert_eq!(super::level_digest(instrument, side, price, qty), plain);
        }
    }
}
