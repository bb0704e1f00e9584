//! What is known of 1,024 neighbouring ids, in one word. In: the word. Out: its parts.

/// A neighbourhood of 1,024 ids in one word: its page (0 = none), live orders in that page,
/// orders in the sparse index, and adds seen (saturating).
#[derive(Clone, Copy)]
pub(super) struct Neighbourhood(pub u64);

pub(super) const LIVE_ONE: u64 = 1 << 32;
pub(super) const SPARSE_ONE: u64 = 1 << 43;
const ADDS_ONE: u64 = 1 << 54;
const ADDS_FULL: u64 = (1 << 10) - 1;

impl Neighbourhood {
    #[inline]
    pub(super) fn page(self) -> u32 {
        self.0 as u32
    }

    #[inline]
    pub(super) fn live(self) -> u32 {
        (self.0 >> 32) as u32 & 0x7FF
    }

    #[inline]
    pub(super) fn sparse(self) -> u32 {
        (self.0 >> 43) as u32 & 0x7FF
    }

    #[inline]
    pub(super) fn adds(self) -> u32 {
        (self.0 >> 54) as u32
    }

    #[inline]
    pub(super) fn with_add(self) -> Self {
        Self(self.0 + ADDS_ONE * u64::from(self.0 >> 54 < ADDS_FULL))
    }
}
