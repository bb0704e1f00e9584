//! Ladders of all instruments. In: instrument numbers. Out: ladder numbers (bid even, ask odd).

use super::cells::Cells;
use super::ladder::Ladder;
use std::collections::BTreeMap;

/// Instruments below this are found by arithmetic: an ITCH locate has 16 bits.
const DIRECT: usize = 1 << 16;

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
