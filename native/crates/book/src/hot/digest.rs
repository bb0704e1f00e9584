//! Levels' shares of the market digest, at speed. In: levels. Out: XXH3_128 of their 21 bytes, its
//! sum.
//!
//! XXH3's path for 17 to 32 bytes with the length and seed 0 written in: six multiplications and
//! no memory. `crate::level_digest` is the plain form that judges it.

use super::levels::LevelSlot;

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

/// Levels below this number keep their share. In a book with many more, few changes find it in the
/// cache, and hashing again is sooner done than fetching.
const KEPT: usize = 1 << 14;

/// The sum of all shares, and what the first levels have in it.
pub(super) struct Shares {
    kept: Box<[u128; KEPT]>,
    sum: u128,
}

impl Shares {
    pub(super) fn new() -> Self {
        let kept = vec![0; KEPT].try_into().expect("as long as it was made");
        Self { kept, sum: 0 }
    }

    /// Carries a change of a level's quantity into the sum; quantity 0 is no level.
    #[inline(always)]
    pub(super) fn change(&mut self, at: u32, level: &LevelSlot, before: u64) {
        let share = |qty| match qty {
            0 => 0,
            qty => level_digest(level.instrument, level.side(), level.price, qty),
        };
        let after = share(level.qty);
        let before = match self.kept.get_mut(at as usize) {
            Some(kept) => core::mem::replace(kept, after),
            None => share(before),
        };
        self.sum = self.sum.wrapping_sub(before).wrapping_add(after);
    }

    pub(super) fn sum(&self) -> u128 {
        self.sum
    }
}

#[cfg(test)]
mod tests {
    use crate::{Book, HotBook};
    use proptest::prelude::*;
    use wavetank_abi::{Event, EventType};

    #[test]
    fn levels_that_keep_no_share_count_too() {
        let (mut kept, mut summed) = (HotBook::<true>::empty(), HotBook::<false>::empty());
        let mut apply = |event: &Event| {
            kept.apply(event);
            summed.apply(event);
        };
        for order_id in 1..2 * super::KEPT as u64 {
            let add = Event {
                order_id,
                price: 1_000_000 + order_id,
                qty: 5,
                event_type: EventType::Add as u8,
                ..Event::default()
            };
            apply(&add);
            let event_type = EventType::Cancel as u8;
            let (side, qty) = (2, order_id % 7);
            apply(&Event {
                event_type,
                side,
                qty,
                ..add
            });
        }
        assert_eq!(kept.market_digest(), summed.market_digest());
    }

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
