//! When ids get a page of slots and when they lose it. In: the adds of `Orders`. Out: pages.
//!
//! Pages are given where ids come densely and taken back, survivors moved to sparse slots, when
//! they outnumber live orders: so memory follows live orders, whatever the day's length.

use super::block::fetch;
use super::levels::LevelSlot;
use super::neighbourhood::{Neighbourhood, SPARSE_ONE};
use super::orders::{OrderSlot, Orders, PAGE, PAGE_BITS, SPARSE_PAGE, home};

/// A neighbourhood gets its page when it has seen this many adds, ...
const ADDS_FOR_PAGE: u32 = 64;
/// ... or at once when the neighbourhood before it has seen this many.
const ADDS_FOR_NEXT: u32 = 448;
/// Pages with at most this many live orders may be given up.
const SURVIVORS_MAX: u32 = 256;
/// Neighbourhoods this close to the newest page are still being filled.
const OPEN_PAGES: u64 = 64;
/// Pages are enough when they have this many slots for each live order.
const SLOTS_AN_ORDER: usize = 4;
/// Pages looked at in one sweep, at most and in any case.
const SWEEP: usize = 256;
const SWEEP_LEAST: usize = 32;
impl Orders {
    pub(super) fn deserves_page(&self, id: u64, near: Neighbourhood) -> bool {
        let before = home(id)
            .checked_sub(1)
            .map_or(0, |at| Neighbourhood(self.table[at]).adds());
        near.adds() >= ADDS_FOR_PAGE || before >= ADDS_FOR_NEXT
    }

    #[cold]
    pub(super) fn open_sparse_page(&mut self) -> u32 {
        let page = self.take_page(self.sparse_ids.len() as u64 | SPARSE_PAGE);
        self.sparse_ids.push(vec![0; PAGE].into_boxed_slice());
        let first = page << PAGE_BITS;
        self.free_sparse
            .extend((first + 1..first + PAGE as u32).rev());
        first
    }

    #[cold]
    pub(super) fn open_page(&mut self, id: u64, levels: &mut [LevelSlot]) -> u32 {
        self.newest = self.newest.max(id >> PAGE_BITS);
        self.sweep(levels);
        self.dense_pages += 1;
        self.take_page(id & !(PAGE as u64 - 1))
    }

    fn take_page(&mut self, base: u64) -> u32 {
        let page = self.free_pages.pop().unwrap_or_else(|| {
            self.base.push(0);
            self.slots.grow(self.base.len() * PAGE);
            self.base.len() as u32 - 1
        });
        self.base[page as usize] = base;
        page
    }

    /// Gives back empty pages and, when pages outnumber live orders, the emptiest one in reach.
    fn sweep(&mut self, levels: &mut [LevelSlot]) {
        let allowed = self.count as usize * SLOTS_AN_ORDER + OPEN_PAGES as usize * PAGE;
        let crowded = self.dense_pages * PAGE > allowed;
        let mut emptiest = (SURVIVORS_MAX + 1, 0);
        for step in 0..self.base.len().min(SWEEP) {
            if step >= SWEEP_LEAST && !(crowded && emptiest.1 == 0) {
                break;
            }
            self.hand = (self.hand + 1) % self.base.len();
            match self.live_if_closed(self.hand) {
                Some(0) => self.close_page(self.hand, levels),
                Some(live) => emptiest = emptiest.min((live, self.hand)),
                None => {}
            }
        }
        if crowded && emptiest.1 != 0 {
            self.close_page(emptiest.1, levels);
        }
    }

    /// Live orders of a page that holds dense ids and is no longer being filled.
    fn live_if_closed(&self, page: usize) -> Option<u32> {
        let base = self.base[page];
        if base & SPARSE_PAGE != 0 || (base >> PAGE_BITS) + OPEN_PAGES >= self.newest {
            return None;
        }
        let near = Neighbourhood(self.table[home(base)]);
        // A page that was given back still has its old base.
        (near.page() as usize == page).then(|| near.live())
    }

    /// Moves what lives in a page to sparse slots and gives the page back.
    #[cold]
    fn close_page(&mut self, page: usize, levels: &mut [LevelSlot]) {
        let base = self.base[page];
        let first = (page as u32) << PAGE_BITS;
        let survivors: Vec<u32> = (first..first + PAGE as u32)
            .filter(|slot| self.slots[*slot].qty != 0)
            .collect();
        // Their neighbours are anywhere; asking for all at once hides most of the way there.
        for slot in &survivors {
            let order = self.slots[*slot];
            self.sparse.fetch(base + u64::from(slot - first));
            fetch(&self.slots[order.prev]);
            fetch(&self.slots[order.next]);
            fetch(&levels[order.level as usize]);
        }
        for from in &survivors {
            let to = self.claim_sparse(base + u64::from(from - first));
            let order = core::mem::take(&mut self.slots[*from]);
            self.slots[to] = order;
            self.relink(order, to, levels);
        }
        let near = &mut self.table[home(base)];
        let sparse = u64::from(Neighbourhood(*near).sparse()) + survivors.len() as u64;
        // Forgetting the adds makes late comers of this neighbourhood earn a page again.
        *near = sparse * SPARSE_ONE;
        self.dense_pages -= 1;
        self.free_pages.push(page as u32);
    }

    /// Points the neighbours of a moved order, or its level's ends, at its new slot.
    fn relink(&mut self, order: OrderSlot, to: u32, levels: &mut [LevelSlot]) {
        let level = &mut levels[order.level as usize];
        match order.prev {
            0 => level.head = to,
            prev => self.slots[prev].next = to,
        }
        match order.next {
            0 => level.tail = to,
            next => self.slots[next].prev = to,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Adds ids one after the other and lets one in `keep` live on, the others a little while.
    fn day(ids: u64, keep: u64, spacing: u64) -> (Orders, Vec<u64>) {
        let (mut orders, mut levels) = (Orders::new(), [LevelSlot::default()]);
        let mut kept = Vec::new();
        for n in 0..ids {
            let slot = orders.claim(n * spacing, &mut levels);
            orders.slots[slot] = OrderSlot {
                qty: 1,
                ..OrderSlot::default()
            };
            assert_eq!(
                orders.claim(n * spacing, &mut levels),
                0,
                "a live id is taken"
            );
            if n % keep == 0 {
                kept.push(n * spacing);
            }
            if n >= 100 && (n - 100) % keep != 0 {
                let old = orders.find((n - 100) * spacing).expect("it lives");
                orders.release(old);
            }
        }
        (orders, kept)
    }

    #[test]
    fn survivors_of_old_pages_are_found_and_memory_follows_them() {
        let (orders, kept) = day(400_000, 40, 1);
        for id in &kept {
            let found = orders.find(*id).expect("a survivor");
            assert_eq!(orders.id_of(found.slot), *id);
        }
        let moved = kept
            .iter()
            .filter(|id| orders.find(**id).is_some_and(|f| f.near.0 == 0));
        assert!(moved.count() > kept.len() / 2, "most survivors have moved");
        let slots = orders.slots.len();
        assert!(
            slots < kept.len() * 8 + 80 * PAGE,
            "{slots} slots for {} orders",
            kept.len()
        );
    }

    #[test]
    fn thin_ids_take_no_pages() {
        let (orders, kept) = day(50_000, 40, 900);
        assert!(kept.iter().all(|id| orders.find(*id).is_some()));
        assert_eq!(orders.dense_pages, 0);
        assert!(orders.slots.len() < kept.len() * 2 + 4 * PAGE);
    }
}
