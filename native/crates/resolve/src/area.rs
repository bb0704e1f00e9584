//! What storms changed on one instrument, summed by level: injected and displaced quantity. Kept
//! only while there is any, so that its absence is the quick test for a clean instrument.

use std::collections::BTreeMap;

use wavetank_abi::Side;

/// Sorts best first on either side.
pub(crate) fn rank(side: Side, price: u64) -> u64 {
    if side == Side::Bid { !price } else { price }
}

/// The price behind a rank.
pub(crate) fn price_of(side: Side, rank: u64) -> u64 {
    if side == Side::Bid { !rank } else { rank }
}

/// The other side of the book.
pub(crate) fn opposite(side: Side) -> Side {
    if side == Side::Bid {
        Side::Ask
    } else {
        Side::Bid
    }
}

/// Whether an order of `side` at `price` locks or crosses `other` on the opposite side.
pub(crate) fn reaches(side: Side, price: u64, other: u64) -> bool {
    if side == Side::Bid {
        price >= other
    } else {
        price <= other
    }
}

/// Quantity at one level.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Amount {
    pub qty: u64,
    /// Injected: orders resting. Displaced: orders of which nothing stands.
    pub orders: u32,
}

/// Amounts by rank with their sum.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ladder {
    levels: BTreeMap<u64, Amount>,
    pub qty: u64,
}

impl Ladder {
    pub(crate) fn more(&mut self, rank: u64, qty: u64, orders: u32) {
        let level = self.levels.entry(rank).or_default();
        level.qty += qty;
        level.orders += orders;
        self.qty += qty;
    }

    pub(crate) fn less(&mut self, rank: u64, qty: u64, orders: u32) {
        let level = self.levels.get_mut(&rank).expect("a level that was added");
        level.qty -= qty;
        level.orders -= orders;
        self.qty -= qty;
        if level.qty == 0 && level.orders == 0 {
            self.levels.remove(&rank);
        }
    }

    pub(crate) fn at(&self, rank: u64) -> Amount {
        self.levels.get(&rank).copied().unwrap_or_default()
    }

    pub(crate) fn best(&self) -> Option<u64> {
        self.levels.first_key_value().map(|(&rank, _)| rank)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.levels.is_empty()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (u64, Amount)> + '_ {
        self.levels.iter().map(|(&rank, &amount)| (rank, amount))
    }
}

/// Both ladders of both sides of one instrument.
#[derive(Clone, Debug, Default)]
pub(crate) struct Area {
    pub injected: [Ladder; 2],
    pub displaced: [Ladder; 2],
}

impl Area {
    pub(crate) fn is_clean(&self) -> bool {
        self.injected
            .iter()
            .chain(&self.displaced)
            .all(Ladder::is_empty)
    }
}
