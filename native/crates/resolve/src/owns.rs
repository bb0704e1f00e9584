//! The own orders of one storm by handle. Storms count their handles up, so a new one goes to the end
//! of a list; one that is forgotten leaves when the storm looks next, which it does every quantum.

use crate::own::Own;

#[derive(Clone, Debug)]
struct Entry {
    handle: u32,
    forgotten: bool,
    own: Own,
}

/// In order of their handles.
#[derive(Clone, Debug, Default)]
pub(crate) struct Owns {
    list: Vec<Entry>,
}

impl Owns {
    fn find(&self, handle: u32) -> Result<usize, usize> {
        match self.list.last() {
            Some(last) if last.handle >= handle => {
                self.list.binary_search_by_key(&handle, |e| e.handle)
            }
            _ => Err(self.list.len()),
        }
    }

    pub fn get(&self, handle: u32) -> Option<&Own> {
        let entry = &self.list[self.find(handle).ok()?];
        (!entry.forgotten).then_some(&entry.own)
    }

    pub fn get_mut(&mut self, handle: u32) -> Option<&mut Own> {
        let at = self.find(handle).ok()?;
        let entry = &mut self.list[at];
        (!entry.forgotten).then_some(&mut entry.own)
    }

    /// Puts an order in its place; what was there, if anything.
    pub fn insert(&mut self, handle: u32, own: Own) -> Option<Own> {
        let entry = Entry {
            handle,
            forgotten: false,
            own,
        };
        match self.find(handle) {
            Ok(at) => {
                let before = std::mem::replace(&mut self.list[at], entry);
                (!before.forgotten).then_some(before.own)
            }
            Err(at) => {
                self.list.insert(at, entry);
                None
            }
        }
    }

    /// Forgets the order of a handle if `which` says so.
    pub fn forget(&mut self, handle: u32, which: impl FnOnce(&Own) -> bool) {
        if let Ok(at) = self.find(handle) {
            let entry = &mut self.list[at];
            entry.forgotten |= which(&entry.own);
        }
    }

    /// Shows each order, and keeps those that `keep` says yes to.
    pub fn retain(&mut self, mut keep: impl FnMut(u32, &mut Own) -> bool) {
        let keep = |entry: &mut Entry| !entry.forgotten && keep(entry.handle, &mut entry.own);
        self.list.retain_mut(keep);
    }

    pub fn iter(&self) -> impl Iterator<Item = (u32, &Own)> + '_ {
        let known = self.list.iter().filter(|entry| !entry.forgotten);
        known.map(|entry| (entry.handle, &entry.own))
    }

    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut Own> + '_ {
        let known = self.list.iter_mut().filter(|entry| !entry.forgotten);
        known.map(|entry| &mut entry.own)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;
    use wavetank_abi::Side;

    /// Random calls on few handles, beside an ordered map.
    #[test]
    fn is_an_ordered_map() {
        let (mut owns, mut map) = (Owns::default(), BTreeMap::new());
        let mut random = 0x5EED_u64;
        for n in 0..100_000 {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            let handle = (random >> 8) as u32 % 64 + n / 64;
            let own = Own {
                side: Side::Bid,
                price: 100,
                qty: random >> 40 & 3,
                filled_qty: 0,
            };
            let gone = |own: &Own| own.qty == 0;
            match random % 8 {
                0..=2 => assert_eq!(owns.insert(handle, own), map.insert(handle, own)),
                3 => {
                    if let Some(own) = owns.get_mut(handle) {
                        own.qty = 0;
                        map.insert(handle, *own);
                    }
                }
                4..=6 => {
                    owns.forget(handle, gone);
                    if map.get(&handle).is_some_and(gone) {
                        map.remove(&handle);
                    }
                }
                _ => {
                    owns.retain(|_, own| own.qty > 1);
                    map.retain(|_, own| own.qty > 1);
                }
            }
            assert_eq!(owns.get(handle), map.get(&handle), "call {n}");
            if n % 16 == 0 {
                assert!(
                    owns.iter()
                        .eq(map.iter().map(|(handle, own)| (*handle, own)))
                );
                assert!(owns.values_mut().eq(map.values_mut()));
            }
        }
    }
}
