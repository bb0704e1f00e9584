//! Where orders live. In: order ids. Out: slots of 16 bytes with their FIFO links.
//!
//! A dense id finds its slot by arithmetic: one page of slots for each 1,024 neighbouring ids. Ids
//! without a page (the first of their neighbourhood, storms' own, other venues') go through the
//! sparse index. When pages outnumber live orders, the survivors of an old page move to sparse
//! slots and the page is used again, so memory follows live orders and not the day's length.
//! Knows no price and no rule; of levels it knows that they point at slots.

use super::block::fetch;
use super::levels::LevelSlot;
use super::neighbourhood::{LIVE_ONE, Neighbourhood, PAGE_MASK, SPARSE_ONE};
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

pub(super) const PAGE_BITS: u32 = 10;
pub(super) const PAGE: usize = 1 << PAGE_BITS;
/// Ids from here on never have pages.
pub(super) const DENSE_END: u64 = 1 << 34;
const NEIGHBOURHOODS: usize = (DENSE_END >> PAGE_BITS) as usize;
/// Marks a page of sparse slots in `base`.
pub(super) const SPARSE_PAGE: u64 = 1 << 63;

/// The neighbourhood a dense id belongs to.
#[inline]
pub(super) fn home(id: u64) -> usize {
    (id >> PAGE_BITS) as usize
}

#[inline]
pub(super) fn slot_in(page: u32, id: u64) -> u32 {
    page << PAGE_BITS | (id as u32 & (PAGE as u32 - 1))
}

/// Where a live order was found; true until the next add or release.
#[derive(Clone, Copy)]
pub(super) struct Found {
    id: u64,
    pub slot: u32,
    /// Its neighbourhood, or none when the sparse index knew it.
    pub near: Neighbourhood,
}

pub(super) struct Orders {
    pub(super) slots: Region<OrderSlot>,
    /// Neighbourhoods; the system's zeros until touched.
    pub(super) table: Box<[u64; NEIGHBOURHOODS]>,
    /// First id of each page; of a sparse page its place in `sparse_ids`, marked.
    pub(super) base: Vec<u64>,
    pub(super) free_pages: Vec<u32>,
    pub(super) dense_pages: usize,
    pub(super) sparse: SparseIndex,
    pub(super) sparse_ids: Vec<Box<[u64]>>,
    pub(super) free_sparse: Vec<u32>,
    /// Newest neighbourhood with a page.
    pub(super) newest: u64,
    /// Page that the last sweep ended at.
    pub(super) hand: usize,
    pub(super) count: u64,
}

impl Orders {
    pub(super) fn new() -> Self {
        let mut slots = Region::<OrderSlot>::reserve(1 << 32);
        // Page 0 is never given out: slot 0 means none, and absorbs writes to a missing neighbour.
        slots.grow(PAGE);
        // Nor is any slot of it vacant to who looks there for an id without a page.
        slots.iter_mut().for_each(|slot| slot.qty = 1);
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

    /// The neighbourhood of an id that is known to be dense, and its place in the table.
    #[inline(always)]
    pub(super) fn near(&self, id: u64) -> (Neighbourhood, usize) {
        let home = home(id) % NEIGHBOURHOODS;
        (Neighbourhood(self.table[home]), home)
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
        self.table[home(id)] = (near.0 & !PAGE_MASK | u64::from(page)) + LIVE_ONE;
        slot_in(page, id)
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

    pub(super) fn claim_sparse(&mut self, id: u64) -> u32 {
        let slot = match self.free_sparse.pop() {
            Some(slot) => slot,
            None => self.open_sparse_page(),
        };
        let ids = (self.base[(slot >> PAGE_BITS) as usize] & !SPARSE_PAGE) as usize;
        self.sparse_ids[ids][slot as usize & (PAGE - 1)] = id;
        self.sparse.insert(id, slot);
        slot
    }
}
