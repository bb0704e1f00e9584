//! Ids that the pages do not hold. In: an order id. Out: its slot. Knows nothing of orders.
//!
//! Open addressing with linear probing; a removal shifts its successors back, so no tombstones
//! collect, and the table halves when it has become too big.

use super::block::fetch;

const SMALLEST: usize = 64;

#[derive(Clone, Copy, Default)]
struct Entry {
    id: u64,
    /// 0 marks a free entry: slot 0 is never given out.
    slot: u32,
}

pub(super) struct SparseIndex {
    entries: Vec<Entry>,
    len: usize,
}

impl SparseIndex {
    pub(super) fn new() -> Self {
        Self {
            entries: vec![Entry::default(); SMALLEST],
            len: 0,
        }
    }

    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.len
    }

    #[inline]
    fn mask(&self) -> usize {
        self.entries.len() - 1
    }

    /// Where the search for an id begins: both halves of a wide product, so that neither dense
    /// handles nor ids that differ only in high bits cluster.
    #[inline]
    fn home(&self, id: u64) -> usize {
        let product = u128::from(id ^ 0x9E37_79B9_7F4A_7C15) * 0xD6E8_FEB8_6659_FD93;
        ((product as u64) ^ (product >> 64) as u64) as usize & self.mask()
    }

    /// The slot of an id, 0 when absent.
    #[inline]
    pub(super) fn find(&self, id: u64) -> u32 {
        let mut at = self.home(id);
        loop {
            let entry = self.entries[at];
            if entry.slot == 0 || entry.id == id {
                return entry.slot;
            }
            at = (at + 1) & self.mask();
        }
    }

    /// Asks for the memory where the search for an id begins.
    #[inline]
    pub(super) fn fetch(&self, id: u64) {
        fetch(&self.entries[self.home(id)]);
    }

    /// Adds an id that is absent.
    pub(super) fn insert(&mut self, id: u64, slot: u32) {
        if (self.len + 1) * 4 > self.entries.len() * 3 {
            self.resize(self.entries.len() * 2);
        }
        self.put(Entry { id, slot });
        self.len += 1;
    }

    fn put(&mut self, entry: Entry) {
        let mut at = self.home(entry.id);
        while self.entries[at].slot != 0 {
            at = (at + 1) & self.mask();
        }
        self.entries[at] = entry;
    }

    /// Removes an id that is present.
    pub(super) fn remove(&mut self, id: u64) {
        let mut hole = self.home(id);
        while self.entries[hole].id != id || self.entries[hole].slot == 0 {
            hole = (hole + 1) & self.mask();
        }
        let mut at = hole;
        loop {
            at = (at + 1) & self.mask();
            let entry = self.entries[at];
            if entry.slot == 0 {
                break;
            }
            // An entry may move back only as far as its own home.
            let home = self.home(entry.id);
            if at.wrapping_sub(home) & self.mask() >= at.wrapping_sub(hole) & self.mask() {
                self.entries[hole] = entry;
                hole = at;
            }
        }
        self.entries[hole] = Entry::default();
        self.len -= 1;
        if self.len * 8 < self.entries.len() && self.entries.len() > SMALLEST {
            self.resize(self.entries.len() / 2);
        }
    }

    #[cold]
    fn resize(&mut self, capacity: usize) {
        let old = core::mem::replace(&mut self.entries, vec![Entry::default(); capacity]);
        for entry in old {
            if entry.slot != 0 {
                self.put(entry);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #[test]
        fn behaves_as_a_map(operations in prop::collection::vec((0u64..300, any::<bool>()), 0..2000)) {
            let (mut table, mut map) = (SparseIndex::new(), BTreeMap::new());
            for (i, (n, high)) in operations.into_iter().enumerate() {
                let id = if high { n << 40 | 1 << 63 } else { n };
                if map.remove(&id).is_some() {
                    table.remove(id);
                } else {
                    map.insert(id, i as u32 + 1);
                    table.insert(id, i as u32 + 1);
                }
                prop_assert_eq!(table.len(), map.len());
                prop_assert_eq!(table.find(id), map.get(&id).copied().unwrap_or(0));
            }
            for (id, slot) in map {
                prop_assert_eq!(table.find(id), slot);
                table.remove(id);
            }
            prop_assert_eq!((table.len(), table.entries.len()), (0, SMALLEST));
        }
    }
}
