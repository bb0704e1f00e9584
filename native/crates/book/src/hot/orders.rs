//! Where orders live. In: order ids. Out: slots of 16 bytes with their FIFO links.
//!
//! A dense id finds its slot by arithmetic: one page of slots for each 1,024 neighbouring ids. Ids
//! without a page (the first of their neighbourhood, storms' own, other venues') go through the
//! sparse index. When pages outnumber live orders, the survivors of an old page move to sparse
//! slots and the page is used again, so memory follows live orders and not the day's length.
//! Knows no price and no rule; of levels it knows that they point at slots.

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
/// A neighbourhood gets its page when it has seen this many adds, ...
const ADDS_FOR_PAGE: u16 = 64;
/// ... or at once when the neighbourhood before it has seen this many.
const ADDS_FOR_NEXT: u16 = 512;
/// Pages with at most this many live orders may be given up.
const SURVIVORS_MAX: u16 = 256;
/// Neighbourhoods this close to the newest page are still being filled.
const OPEN_PAGES: u64 = 64;
/// Pages looked at in one sweep.
const SWEEP: usize = 256;
/// Marks a page of sparse slots in `live`.
const SPARSE_PAGE: u16 = u16::MAX;

/// A neighbourhood of 1,024 ids: its page (0 = none), its orders in the sparse index, its adds.
#[derive(Clone, Copy, Default)]
struct Neighbourhood {
    page: u32,
    sparse: u16,
    adds: u16,
}

impl Neighbourhood {
    #[inline]
    fn unpack(raw: u64) -> Self {
        Self {
            page: raw as u32,
            sparse: (raw >> 32) as u16,
            adds: (raw >> 48) as u16,
        }
    }

    #[inline]
    fn pack(self) -> u64 {
        u64::from(self.page) | u64::from(self.sparse) << 32 | u64::from(self.adds) << 48
    }
}

pub(super) struct Orders {
    pub(super) slots: Region<OrderSlot>,
    /// Neighbourhoods, packed; the system's zeros until touched.
    table: Vec<u64>,
    /// Live orders of each page, or `SPARSE_PAGE`.
    live: Vec<u16>,
    /// First id of each page; of a sparse page its place in `sparse_ids`.
    base: Vec<u64>,
    free_pages: Vec<u32>,
    dense_pages: usize,
    sparse: SparseIndex,
    sparse_ids: Vec<Box<[u64]>>,
    free_sparse: Vec<u32>,
    /// Newest neighbourhood with a page.
    newest: u64,
    /// Next page that a sweep looks at.
    hand: usize,
    count: u64,
}

impl Orders {
    pub(super) fn new() -> Self {
        let mut slots = Region::reserve(1 << 32);
        // Page 0 is never given out, so that slot 0 can mean none.
        slots.grow(PAGE);
        Self {
            slots,
            table: vec![0; (DENSE_END >> PAGE_BITS) as usize],
            live: vec![SPARSE_PAGE],
            base: vec![0],
            free_pages: Vec::new(),
            dense_pages: 0,
            sparse: SparseIndex::new(),
            sparse_ids: Vec::new(),
            free_sparse: Vec::new(),
            newest: 0,
            hand: 1,
            count: 0,
        }
    }

    pub(super) fn len(&self) -> u64 {
        self.count
    }

    #[inline]
    fn neighbourhood(&self, id: u64) -> Option<Neighbourhood> {
        let raw = self.table.get((id >> PAGE_BITS) as usize)?;
        Some(Neighbourhood::unpack(*raw))
    }

    /// The slot of a live order, 0 when there is none.
    #[inline]
    pub(super) fn find(&self, id: u64) -> u32 {
        if let Some(near) = self.neighbourhood(id) {
            let slot = near.page << PAGE_BITS | (id as u32 & (PAGE as u32 - 1));
            if near.page != 0 && self.slots[slot as usize].qty != 0 {
                return slot;
            }
            if near.sparse == 0 {
                return 0;
            }
        }
        self.sparse.find(id)
    }

    /// The memory that `find` and a coming add of this id touch first.
    #[inline]
    pub(super) fn address(&self, id: u64) -> *const u8 {
        match self.neighbourhood(id) {
            Some(near) if near.page != 0 => {
                let slot = near.page << PAGE_BITS | (id as u32 & (PAGE as u32 - 1));
                (&raw const self.slots[slot as usize]).cast()
            }
            _ => self.sparse.address(id),
        }
    }

    /// The id of a live slot.
    #[inline]
    pub(super) fn id_of(&self, slot: u32) -> u64 {
        let page = (slot >> PAGE_BITS) as usize;
        let offset = slot as usize & (PAGE - 1);
        let base = self.base[page];
        if self.live[page] == SPARSE_PAGE {
            self.sparse_ids[base as usize][offset]
        } else {
            base + offset as u64
        }
    }

    /// A slot for an id that is not live; the caller fills it, with a quantity above 0.
    #[inline]
    pub(super) fn claim(&mut self, id: u64, levels: &mut [LevelSlot]) -> u32 {
        self.count += 1;
        let Some(mut near) = self.neighbourhood(id) else {
            return self.claim_sparse(id);
        };
        let at = (id >> PAGE_BITS) as usize;
        if near.page == 0 && self.deserves_page(at, near) {
            near.page = self.open_page(id, levels);
        }
        near.adds = near.adds.saturating_add(1);
        if near.page == 0 {
            near.sparse += 1;
            self.table[at] = near.pack();
            return self.claim_sparse(id);
        }
        self.table[at] = near.pack();
        self.live[near.page as usize] += 1;
        near.page << PAGE_BITS | (id as u32 & (PAGE as u32 - 1))
    }

    fn deserves_page(&self, at: usize, near: Neighbourhood) -> bool {
        let before = at
            .checked_sub(1)
            .map_or(0, |at| Neighbourhood::unpack(self.table[at]).adds);
        near.adds >= ADDS_FOR_PAGE || before >= ADDS_FOR_NEXT
    }

    /// Frees the slot of a live order; its links are the caller's business.
    #[inline]
    pub(super) fn release(&mut self, id: u64, slot: u32) {
        self.count -= 1;
        self.slots[slot as usize] = OrderSlot::default();
        let live = &mut self.live[(slot >> PAGE_BITS) as usize];
        if *live != SPARSE_PAGE {
            *live -= 1;
            return;
        }
        self.sparse.remove(id);
        self.free_sparse.push(slot);
        if let Some(mut near) = self.neighbourhood(id) {
            near.sparse -= 1;
            self.table[(id >> PAGE_BITS) as usize] = near.pack();
        }
    }

    fn claim_sparse(&mut self, id: u64) -> u32 {
        let slot = self
            .free_sparse
            .pop()
            .unwrap_or_else(|| self.open_sparse_page());
        let page = (slot >> PAGE_BITS) as usize;
        let ids = self.base[page] as usize;
        self.sparse_ids[ids][slot as usize & (PAGE - 1)] = id;
        self.sparse.insert(id, slot);
        slot
    }

    #[cold]
    fn open_sparse_page(&mut self) -> u32 {
        let page = self.take_page(self.sparse_ids.len() as u64, SPARSE_PAGE);
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
        self.take_page(id & !(PAGE as u64 - 1), 0)
    }

    fn take_page(&mut self, base: u64, live: u16) -> u32 {
        let page = self.free_pages.pop().unwrap_or_else(|| {
            self.live.push(0);
            self.base.push(0);
            self.slots.grow(self.live.len() * PAGE);
            self.live.len() as u32 - 1
        });
        self.live[page as usize] = live;
        self.base[page as usize] = base;
        page
    }

    /// Gives back empty pages and, when pages outnumber live orders, one page of survivors.
    fn sweep(&mut self, levels: &mut [LevelSlot]) {
        let crowded =
            self.dense_pages * PAGE > self.count as usize * 4 + OPEN_PAGES as usize * PAGE;
        let steps = if crowded { SWEEP } else { 8 };
        for _ in 0..steps.min(self.live.len()) {
            self.hand = if self.hand + 1 < self.live.len() {
                self.hand + 1
            } else {
                1
            };
            let page = self.hand;
            let Some(&live) = self.live.get(page) else {
                return;
            };
            if !self.is_closed(page) || (live > 0 && !(crowded && live <= SURVIVORS_MAX)) {
                continue;
            }
            if live > 0 {
                self.move_survivors(page, levels);
            }
            self.close_page(page);
            if live > 0 {
                return;
            }
        }
    }

    /// Whether the page holds dense ids and is no longer being filled. A free page is not.
    fn is_closed(&self, page: usize) -> bool {
        let at = self.base[page] >> PAGE_BITS;
        self.live[page] != SPARSE_PAGE
            && at + OPEN_PAGES < self.newest
            && Neighbourhood::unpack(self.table[at as usize]).page as usize == page
    }

    fn close_page(&mut self, page: usize) {
        let at = (self.base[page] >> PAGE_BITS) as usize;
        let near = Neighbourhood::unpack(self.table[at]);
        // Forgetting the adds makes late comers of this neighbourhood earn a page again.
        self.table[at] = Neighbourhood {
            page: 0,
            adds: 0,
            ..near
        }
        .pack();
        self.dense_pages -= 1;
        self.free_pages.push(page as u32);
    }

    fn move_survivors(&mut self, page: usize, levels: &mut [LevelSlot]) {
        for offset in 0..PAGE {
            let from = page << PAGE_BITS | offset;
            let order = self.slots[from];
            if order.qty == 0 {
                continue;
            }
            let id = self.base[page] + offset as u64;
            let to = self.claim_sparse(id);
            self.slots[to as usize] = order;
            self.slots[from] = OrderSlot::default();
            self.relink(order, to, levels);
            let at = (id >> PAGE_BITS) as usize;
            let mut near = Neighbourhood::unpack(self.table[at]);
            near.sparse += 1;
            self.table[at] = near.pack();
        }
        self.live[page] = 0;
    }

    /// Points the neighbours of a moved order, or its level's ends, at its new slot.
    fn relink(&mut self, order: OrderSlot, to: u32, levels: &mut [LevelSlot]) {
        let level = &mut levels[order.level as usize];
        match order.prev {
            0 => level.head = to,
            prev => self.slots[prev as usize].next = to,
        }
        match order.next {
            0 => level.tail = to,
            next => self.slots[next as usize].prev = to,
        }
    }
}
