//! What is known of 1,024 neighbouring ids, in one word. In: the word. Out: its parts.

/// A neighbourhood of 1,024 ids in one word: its page (0 = none), live orders in that page,
/// orders in the sparse index, and adds seen.
#[derive(Clone, Copy)]
pub(super) struct Neighbourhood(pub u64);

/// As many pages as a slot's number of 32 bits can tell apart.
pub(super) const PAGE_MASK: u64 = (1 << 22) - 1;
pub(super) const LIVE_ONE: u64 = 1 << 22;
pub(super) const SPARSE_ONE: u64 = 1 << 33;
/// After 2^20 adds, which only ids used over and over reach, the count starts anew.
const ADDS_ONE: u64 = 1 << 44;

impl Neighbourhood {
    #[inline(always)]
    pub(super) fn page(self) -> u32 {
        (self.0 & PAGE_MASK) as u32
    }

    #[inline]
    pub(super) fn live(self) -> u32 {
        (self.0 / LIVE_ONE) as u32 & 0x7FF
    }

    #[inline(always)]
    pub(super) fn sparse(self) -> u32 {
        (self.0 / SPARSE_ONE) as u32 & 0x7FF
    }

    #[inline]
    pub(super) fn adds(self) -> u32 {
        (self.0 / ADDS_ONE) as u32
    }

    #[inline(always)]
    pub(super) fn with_add(self) -> Self {
        Self(self.0.wrapping_add(ADDS_ONE))
    }

    /// After an add to its page or a release from it.
    #[inline(always)]
    pub(super) fn after(self, adds: bool) -> Self {
        let if_adds = 0_u64.wrapping_sub(u64::from(adds));
        let added = self.0.wrapping_add(if_adds & (ADDS_ONE + 2 * LIVE_ONE));
        Self(added.wrapping_sub(LIVE_ONE))
    }
}
