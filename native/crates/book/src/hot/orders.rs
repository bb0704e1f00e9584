//! Where orders live. In: order ids. Out: slots of 16 bytes with their FIFO links.
//!
//! A dense id finds its slot by arithmetic: one page of slots for each 1,024 neighbouring ids. Ids
//! without a page (the first of their neighbourhood, storms' own, other venues') go through the
//! sparse index. When pages outnumber live orders, the survivors of an old page move to sparse
//! slots and the page is used again, so memory follows live orders and not the day's length.
//! Knows no price and no rule; of levels it knows that they point at slots.

use super::block::fetch;
use super::levels::LevelSlot;
use super::region::Region;
use super::sparse::SparseIndex;
use bytemuck::Zeroable;

/// One live order; quantity 0 marks a free slot.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, Zeroable)]
pub(super) struct OrderSlot {
    pub qty: u32,
    pub level: u32,
    /// Slot before this one in the queue, 0 at its head.
    pub prev: u32,
    /// Slot behind this one in the queue, 0 at its tail.
    pub next: u32,
}
const _: () = assert!(size_of::<OrderSlot>() == 16);

const PAGE_BITS: u32 = 10;
const PAGE: usize = 1 << PAGE_BITS;
/// Ids from here on never have pages.
const DENSE_END: u64 = 1 << 34;
const NEIGHBOURHOODS: usize = (DENSE_END >> PAGE_BITS) as usize;
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
/// Marks a page of sparse slots in `base`.
const SPARSE_PAGE: u64 = 1 << 63;

/// A neighbourhood of 1,024 ids in one word: its page (0 = none), live orders in that page,
/// orders in the sparse index, and adds seen (saturating).
#[derive(Clone, Copy)]
struct Neighbourhood(u64);

const LIVE_ONE: u64 = 1 << 32;
const SPARSE_ONE: u64 = 1 << 43;
const ADDS_ONE: u64 = 1 << 54;
const ADDS_FULL: u64 = (1 << 10) - 1;

impl Neighbourhood {
    #[inline]
    fn page(self) -> u32 {
        self.0 as u32
    }

    #[inline]
    fn live(self) -> u32 {
        (self.0 >> 32) as u32 & 0x7FF
    }

    #[inline]
    fn sparse(self) -> u32 {
        (self.0 >> 43) as u32 & 0x7FF
    }

    #[inline]
    fn adds(self) -> u32 {
        (self.0 >> 54) as u32
    }

    #[inline]
    fn with_add(self) -> Self {
        Self(self.0 + ADDS_ONE * u64::from(self.0 >> 54 < ADDS_FULL))
    }
}

/// The neighbourhood a dense id belongs to.
#[inline]
fn home(id: u64) -> usize {
    (id >> PAGE_BITS) as usize
}

#[inline]
fn slot_in(page: u32, id: u64) -> u32 {
    page << PAGE_BITS | (id as u32 & (PAGE as u32 - 1))
}

/// Where a live order was found; true until the next add or release.
#[derive(Clone, Copy)]
pub(super) struct Found {
    id: u64,
    pub slot: u32,
    /// Its neighbourhood, or none when the sparse index knew it.
    near: Neighbourhood,
}

pub(super) struct Orders {
    pub(super) slots: Region<OrderSlot>,
    /// Neighbourhoods; the system's zeros until touched.
    table: Box<[u64; NEIGHBOURHOODS]>,
    /// First id of each page; of a sparse page its place in `sparse_ids`, marked.
    base: Vec<u64>,
    free_pages: Vec<u32>,
    dense_pages: usize,
    sparse: SparseIndex,
    sparse_ids: Vec<Box<[u64]>>,
    free_sparse: Vec<u32>,
    /// Newest neighbourhood with a page.
    newest: u64,
    /// Page that the last sweep ended at.
    hand: usize,
    count: u64,
}

impl Orders {
    pub(super) fn new() -> Self {
        let mut slots = Region::reserve(1 << 32);
        // Page 0 is never given out: slot 0 means none, and absorbs writes to a missing neighbour.
        slots.grow(PAGE);
        Self {
            slots,
            table: vec![0; NEIGHBOURHOODS]
                .try_into()
                .expect("as long as it was made"),
            base: vec![SPARSE_PAGE],
            free_pages: Vec::new(),
            dense_pages: 0,
            sparse: SparseIndex::new(),
            sparse_ids: Vec::new(),
            free_sparse: Vec::new(),
            newest: 0,
            hand: 0,
            count: 0,
        }
    }

    pub(super) fn len(&self) -> u64 {
        self.count
    }

    #[inline]
    fn neighbourhood(&self, id: u64) -> Option<Neighbourhood> {
        self.table.get(home(id)).copied().map(Neighbourhood)
    }

    /// Where a live order is.
    #[inline(always)]
    pub(super) fn find(&self, id: u64) -> Option<Found> {
        if let Some(near) = self.neighbourhood(id) {
            let slot = slot_in(near.page(), id);
            if near.page() != 0 && self.slots[slot].qty != 0 {
                return Some(Found { id, slot, near });
            }
            if near.sparse() == 0 {
                return None;
            }
        }
        let slot = self.sparse.find(id);
        (slot != 0).then_some(Found {
            id,
            slot,
            near: Neighbourhood(0),
        })
    }

    /// Asks for the memory that `find` and a coming add of this id touch first.
    #[inline(always)]
    pub(super) fn fetch(&self, id: u64) {
        match self.neighbourhood(id) {
            Some(near) if near.page() != 0 => {
                fetch(&self.slots[slot_in(near.page(), id)]);
            }
            _ => self.sparse.fetch(id),
        }
    }

    /// The slot of an order without a page, once its place in the sparse index has arrived.
    #[inline(always)]
    pub(super) fn fetch_sparse(&self, id: u64) {
        if self.neighbourhood(id).is_none_or(|near| near.page() == 0) {
            fetch(&self.slots[self.sparse.find(id)]);
        }
    }

    /// Where an order of this id most likely is; any slot when there is none.
    #[inline(always)]
    pub(super) fn guess(&self, id: u64) -> &OrderSlot {
        let slot = match self.neighbourhood(id) {
            Some(near) if near.page() != 0 => slot_in(near.page(), id),
            _ => self.sparse.find(id),
        };
        &self.slots[slot]
    }

    /// The id of a live slot.
    pub(super) fn id_of(&self, slot: u32) -> u64 {
        let base = self.base[(slot >> PAGE_BITS) as usize];
        let offset = slot as usize & (PAGE - 1);
        if base & SPARSE_PAGE != 0 {
            self.sparse_ids[(base & !SPARSE_PAGE) as usize][offset]
        } else {
            base + offset as u64
        }
    }

    /// A slot for a new order, 0 when the id is live. The caller fills it, with a quantity above 0.
    #[inline]
    pub(super) fn claim(&mut self, id: u64, levels: &mut [LevelSlot]) -> u32 {
        if let Some(near) = self.neighbourhood(id) {
            let slot = slot_in(near.page(), id);
            let vacant = self.slots[slot].qty == 0;
            if near.page() != 0 && near.sparse() == 0 && vacant {
                self.table[home(id)] = near.with_add().0 + LIVE_ONE;
                self.count += 1;
                return slot;
            }
        }
        self.claim_otherwise(id, levels)
    }

    #[cold]
    fn claim_otherwise(&mut self, id: u64, levels: &mut [LevelSlot]) -> u32 {
        if self.find(id).is_some() {
            return 0;
        }
        self.count += 1;
        let Some(near) = self.neighbourhood(id) else {
            return self.claim_sparse(id);
        };
        let page = match near.page() {
            0 if self.deserves_page(id, near) => self.open_page(id, levels),
            page => page,
        };
        let near = near.with_add();
        if page == 0 {
            self.table[home(id)] = near.0 + SPARSE_ONE;
            return self.claim_sparse(id);
        }
        self.table[home(id)] = (near.0 >> 32 << 32 | u64::from(page)) + LIVE_ONE;
        slot_in(page, id)
    }

    fn deserves_page(&self, id: u64, near: Neighbourhood) -> bool {
        let before = home(id)
            .checked_sub(1)
            .map_or(0, |at| Neighbourhood(self.table[at]).adds());
        near.adds() >= ADDS_FOR_PAGE || before >= ADDS_FOR_NEXT
    }

    /// Frees the slot of an order just found; its links are the caller's business.
    #[inline(always)]
    pub(super) fn release(&mut self, found: Found) {
        self.count -= 1;
        self.slots[found.slot] = OrderSlot::default();
        if found.near.page() != 0 {
            self.table[home(found.id)] = found.near.0 - LIVE_ONE;
        } else {
            self.release_sparse(found.id, found.slot);
        }
    }

    #[cold]
    fn release_sparse(&mut self, id: u64, slot: u32) {
        self.sparse.remove(id);
        self.free_sparse.push(slot);
        if let Some(near) = self.table.get_mut(home(id)) {
            *near -= SPARSE_ONE;
        }
    }

    fn claim_sparse(&mut self, id: u64) -> u32 {
        let slot = match self.free_sparse.pop() {
            Some(slot) => slot,
            None => self.open_sparse_page(),
        };
        let ids = (self.base[(slot >> PAGE_BITS) as usize] & !SPARSE_PAGE) as usize;
        self.sparse_ids[ids][slot as usize & (PAGE - 1)] = id;
        self.sparse.insert(id, slot);
        slot
    }

    #[cold]
    fn open_sparse_page(&mut self) -> u32 {
        let page = self.take_page(self.sparse_ids.len() as u64 | SPARSE_PAGE);
        self.sparse_ids.push(vec![0; PAGE].into_boxed_slice());
        let first = page << PAGE_BITS;
        self.free_sparse
            .extend((first + 1..first + PAGE as u32).rev());
        first
    }

    #[cold]
    fn open_page(&mut self, id: u64, levels: &mut [LevelSlot]) -> u32 {
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
