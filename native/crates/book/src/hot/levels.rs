//! Price levels in one pool. In: a price's key. Out: a level number that orders carry.
//!
//! Levels leave the pool when they empty and their numbers are used again, hottest first.

use super::region::Region;
use bytemuck::Zeroable;

/// One price level, half a cache line.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, Zeroable)]
pub(super) struct LevelSlot {
    pub qty: u64,
    pub price: u32,
    /// Which ladder (instrument and side) it belongs to.
    pub ladder: u32,
    /// First slot of the queue; of a free level the next free one.
    pub head: u32,
    /// Last slot of the queue.
    pub tail: u32,
    pub orders: u32,
    pub instrument: u32,
}
const _: () = assert!(size_of::<LevelSlot>() == 32);

impl LevelSlot {
    /// 0 bid, 1 ask.
    #[inline]
    pub(super) fn side(&self) -> u8 {
        (self.ladder & 1) as u8
    }
}

pub(super) struct Levels {
    pub(super) slots: Region<LevelSlot>,
    /// Head of the chain of free levels, 0 when none is free.
    free: u32,
}

impl Levels {
    pub(super) fn new() -> Self {
        let mut slots = Region::<LevelSlot>::reserve(1 << 31);
        // Level 0 means none, and no instrument that is found by arithmetic has it.
        slots.grow(1);
        slots[0_u32].instrument = u32::MAX;
        Self { slots, free: 0 }
    }

    /// A level without orders.
    #[inline]
    pub(super) fn claim(&mut self, level: LevelSlot) -> u32 {
        let mut at = self.free;
        if at == 0 {
            at = self.slots.len() as u32;
            self.slots.grow(at as usize + 1);
        } else {
            self.free = self.slots[at].head;
        }
        self.slots[at] = level;
        at
    }

    #[inline]
    pub(super) fn release(&mut self, at: u32) {
        self.slots[at] = LevelSlot {
            head: self.free,
            ..LevelSlot::default()
        };
        self.free = at;
    }
}
