//! The touch and ten-level depth of one instrument. In: a book. Out: six numbers.

use wavetank_book::Book;

/// Best levels and ten-level depth at one instant; a price of 0 means that the side is empty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Touch {
    /// Best bid in 1/10000 dollar.
    pub bid: u64,
    /// Shares at the best bid.
    pub bid_qty: u64,
    /// Best ask in 1/10000 dollar.
    pub ask: u64,
    /// Shares at the best ask.
    pub ask_qty: u64,
    /// Shares on the ten best bid levels.
    pub bid_depth: u64,
    /// Shares on the ten best ask levels.
    pub ask_depth: u64,
}

impl Touch {
    /// The touch of an instrument in a book.
    pub fn of(book: &impl Book, instrument: u32) -> Self {
        let [(bid, bid_depth), (ask, ask_depth)] = book.depths(instrument);
        Self {
            bid: bid.price,
            bid_qty: bid.qty,
            ask: ask.price,
            ask_qty: ask.qty,
            bid_depth,
            ask_depth,
        }
    }

    /// Whether both sides have a price.
    pub fn is_two_sided(&self) -> bool {
        self.bid != 0 && self.ask != 0
    }

    /// Best bid + best ask, 0 unless both are there.
    pub fn mid_x2(&self) -> u64 {
        if self.is_two_sided() {
            self.bid + self.ask
        } else {
            0
        }
    }

    /// Best ask − best bid, 0 when locked or crossed, `None` unless both are there.
    pub fn spread(&self) -> Option<u64> {
        self.is_two_sided()
            .then(|| self.ask.saturating_sub(self.bid))
    }

    /// Spread over mid in 1/1000 bps.
    pub fn spread_milli_bps(&self) -> Option<u64> {
        self.spread()
            .map(|spread| spread * 20_000_000 / self.mid_x2())
    }

    /// Touch weighted by the size on the other side, in 1/1000 of a price unit; 0 unless both
    /// sides are there.
    pub fn microprice_milli(&self) -> u64 {
        let weight = u128::from(self.bid_qty) + u128::from(self.ask_qty);
        if !self.is_two_sided() || weight == 0 {
            return 0;
        }
        let sum = u128::from(self.bid) * u128::from(self.ask_qty)
            + u128::from(self.ask) * u128::from(self.bid_qty);
        (sum * 1000 / weight) as u64
    }

    /// (bid − ask) ÷ (bid + ask) depth in ppm, `None` when both are 0.
    pub fn imbalance_ppm(&self) -> Option<i32> {
        let (bid, ask) = (i128::from(self.bid_depth), i128::from(self.ask_depth));
        (bid + ask > 0).then(|| ((bid - ask) * 1_000_000 / (bid + ask)) as i32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_a_touch() {
        let touch = Touch {
            bid: 1_000_000,
            bid_qty: 300,
            ask: 1_000_200,
            ask_qty: 100,
            bid_depth: 900,
            ask_depth: 300,
        };
        assert_eq!(touch.mid_x2(), 2_000_200);
        assert_eq!(touch.spread(), Some(200));
        assert_eq!(touch.spread_milli_bps(), Some(1999));
        // Three quarters of the way to the ask, for the bid is three times as heavy.
        assert_eq!(touch.microprice_milli(), 1_000_150_000);
        assert_eq!(touch.imbalance_ppm(), Some(500_000));
    }

    #[test]
    fn empty_one_sided_locked_and_crossed() {
        let none = Touch::default();
        assert_eq!(
            (none.mid_x2(), none.spread(), none.imbalance_ppm()),
            (0, None, None)
        );
        assert_eq!(none.microprice_milli(), 0);
        let bid_only = Touch {
            bid: 5,
            bid_qty: 1,
            bid_depth: 1,
            ..none
        };
        assert_eq!((bid_only.mid_x2(), bid_only.spread()), (0, None));
        assert_eq!(bid_only.imbalance_ppm(), Some(1_000_000));
        for ask in [5, 4] {
            let touch = Touch {
                ask,
                ask_qty: 1,
                ask_depth: 1,
                ..bid_only
            };
            assert_eq!(touch.spread(), Some(0));
            assert_eq!(touch.spread_milli_bps(), Some(0));
        }
    }
}
