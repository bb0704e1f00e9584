//! Ladders of all instruments. In: instrument numbers. Out: ladder numbers (bid even, ask odd).

use super::cells::Cells;
use super::ladder::Ladder;
use std::collections::BTreeMap;

/// Instruments below this are found by arithmetic: an ITCH locate has 16 bits.
pub(super) const DIRECT: usize = 1 << 16;

pub(super) struct Ladders {
    pub(super) list: Vec<Ladder>,
    pub(super) cells: Cells,
    /// Number of an instrument's bid ladder, 0 when it has none.
    direct: Box<[u32; DIRECT]>,
    /// The same for every instrument, ascending.
    known: BTreeMap<u32, u32>,
}

impl Ladders {
    pub(super) fn new() -> Self {
        // Numbers 0 and 1 mean none.
        let list = vec![Ladder::default(), Ladder::default()];
        Self {
            list,
            cells: Cells::new(),
            direct: vec![0; DIRECT].try_into().expect("as long as it was made"),
            known: BTreeMap::new(),
        }
    }

    /// The instrument's bid ladder, 0 when it never had an order.
    #[inline]
    pub(super) fn find(&self, instrument: u32) -> u32 {
        match self.direct.get(instrument as usize) {
            Some(ladder) => *ladder,
            None => self.known.get(&instrument).copied().unwrap_or(0),
        }
    }

    /// The same for an instrument that is known to be below `DIRECT`.
    #[inline(always)]
    pub(super) fn direct(&self, instrument: u32) -> u32 {
        self.direct[instrument as usize % DIRECT]
    }

    /// The instrument's bid ladder, made when it has none.
    #[inline]
    pub(super) fn obtain(&mut self, instrument: u32) -> u32 {
        match self.find(instrument) {
            0 => self.make(instrument),
            found => found,
        }
    }

    #[cold]
    fn make(&mut self, instrument: u32) -> u32 {
        let made = self.list.len() as u32;
        self.list.push(Ladder::default());
        self.list.push(Ladder::default());
        self.known.insert(instrument, made);
        if let Some(direct) = self.direct.get_mut(instrument as usize) {
            *direct = made;
        }
        made
    }

    /// The level an order at this price joins, 0 when there is none.
    #[inline(always)]
    pub(super) fn join(&mut self, ladder: u32, price: u32) -> u32 {
        self.list[ladder as usize].join(&mut self.cells, price)
    }

    /// Adds a level at a price that has none.
    #[inline(always)]
    pub(super) fn insert(&mut self, ladder: u32, price: u32, level: u32) {
        let bid = ladder & 1 == 0;
        self.list[ladder as usize].insert(&mut self.cells, bid, price, level);
    }

    /// Removes the level at a price.
    #[inline(always)]
    pub(super) fn remove(&mut self, ladder: u32, price: u32) {
        let bid = ladder & 1 == 0;
        self.list[ladder as usize].remove(&mut self.cells, bid, price);
    }

    /// Instruments with an order on either side, ascending.
    pub(super) fn instruments(&self) -> impl Iterator<Item = u32> + '_ {
        let rests = |at: u32| self.list[at as usize].best != 0;
        self.known
            .iter()
            .filter(move |(_, at)| rests(**at) || rests(**at + 1))
            .map(|(i, _)| *i)
    }

    /// Levels of a ladder as (price, number), best first.
    pub(super) fn walk(&self, ladder: u32) -> super::ladder::Walk<'_> {
        self.list[ladder as usize].walk(&self.cells, ladder & 1 == 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Adds a level at each price and, far behind it, removes it again.
    fn drift(prices: impl Iterator<Item = u32>, depth: usize) -> usize {
        let mut ladders = Ladders::new();
        let ladder = ladders.obtain(1);
        let mut held = std::collections::VecDeque::new();
        let mut most_far = 0;
        for (n, price) in prices.enumerate() {
            assert_eq!(ladders.join(ladder, price), 0);
            ladders.insert(ladder, price, n as u32 + 1);
            held.push_back(price);
            if held.len() > depth
                && let Some(old) = held.pop_front()
            {
                ladders.remove(ladder, old);
            }
            most_far = most_far.max(ladders.list[ladder as usize].far_len());
        }
        most_far
    }

    #[test]
    fn the_window_follows_the_price() {
        assert!(drift((0..50_000).map(|n| 1_000_000 + n * 100), 100) < 100);
        assert!(drift((0..50_000).rev().map(|n| 20_000_000 + n * 100), 100) < 100);
        assert!(drift((0..9_000).map(|n| 1 + n), 100) < 100);
    }

    #[test]
    fn the_window_widens_with_the_number_of_levels() {
        let scattered = (0..20_000_u64).map(|n| 1_000_000 + (n * 7_919 % 20_000) as u32 * 100);
        assert!(drift(scattered, 20_000) < 10_000);
    }
}
