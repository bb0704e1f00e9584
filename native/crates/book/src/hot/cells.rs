//! The arena of windows. In: blocks and cells. Out: level numbers and the next used cell.
//!
//! A window is a block of cells, one for each price step, and 64 marks kept by its owner: a set
//! mark says that its 1/64 of the cells is not all empty. Sixteen cells share a cache line, so in
//! a window of the usual width a mark stands for one line. Knows no price.

use super::region::Region;

/// Cells a mark stands for, at least and at most; a window has 64 times as many.
pub(super) const SPAN_MIN: u16 = 4;
pub(super) const SPAN_USUAL: u16 = 16;
pub(super) const SPAN_MAX: u16 = 1024;

/// One window: its block in the arena, its last cell (one less than a power of two; 0 = no cells),
/// marks.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Window {
    pub block: u32,
    pub last: u32,
    pub marks: u64,
}

impl Window {
    #[inline(always)]
    pub(super) fn width(&self) -> u32 {
        u32::from(self.span()) * 64
    }

    /// Cells that a mark stands for.
    #[inline(always)]
    pub(super) fn span(&self) -> u16 {
        ((self.last + 1) / 64) as u16
    }

    #[inline(always)]
    fn mark_of(&self, cell: u32) -> u32 {
        cell >> self.span().trailing_zeros()
    }
}

pub(super) struct Cells {
    words: Region<u32>,
    /// Free blocks by the power of four of their span.
    free: [Vec<u32>; 5],
}

/// Which list of free blocks a span belongs to.
fn class(span: u16) -> usize {
    (span / SPAN_MIN).trailing_zeros() as usize / 2
}

impl Cells {
    pub(super) fn new() -> Self {
        let mut words = Region::reserve(1 << 32);
        // The first line belongs to ladders without a window; nothing is ever set in it.
        words.grow(16);
        Self {
            words,
            free: Default::default(),
        }
    }

    /// An empty window of this span.
    pub(super) fn claim(&mut self, span: u16) -> Window {
        let mut window = Window {
            block: 0,
            last: u32::from(span) * 64 - 1,
            marks: 0,
        };
        window.block = self.free[class(span)].pop().unwrap_or_else(|| {
            let block = self.words.len();
            self.words.grow(block + window.width() as usize);
            block as u32
        });
        window
    }

    /// Gives back a window in which every cell has been cleared.
    pub(super) fn release(&mut self, window: Window) {
        if window.span() > 0 {
            self.free[class(window.span())].push(window.block);
        }
    }

    /// Words of the arena in use or waiting to be used again.
    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    /// A word of the arena: the level of a cell, 0 when it has none.
    #[inline(always)]
    pub(super) fn at(&self, at: u32) -> &u32 {
        &self.words[at]
    }

    #[inline(always)]
    pub(super) fn level(&self, window: &Window, cell: u32) -> u32 {
        self.words[window.block + cell]
    }

    #[inline(always)]
    pub(super) fn set(&mut self, window: &mut Window, cell: u32, level: u32) {
        self.words[window.block + cell] = level;
        window.marks |= 1 << window.mark_of(cell);
    }

    #[inline(always)]
    pub(super) fn clear(&mut self, window: &mut Window, cell: u32) {
        self.words[window.block + cell] = 0;
        let mark = window.mark_of(cell);
        let empty = if window.span() == SPAN_USUAL {
            // One cache line, without a branch for each cell.
            self.line(window, mark)
                .iter()
                .fold(0, |any, level| any | level)
                == 0
        } else {
            self.part(window, mark).iter().all(|level| *level == 0)
        };
        window.marks &= !(u64::from(empty) << mark);
    }

    /// The cells that a mark stands for.
    fn part(&self, window: &Window, mark: u32) -> &[u32] {
        let span = usize::from(window.span());
        &(*self.words)[window.block as usize + mark as usize * span..][..span]
    }

    #[inline(always)]
    fn line(&self, window: &Window, mark: u32) -> &[u32; 16] {
        let part = self.part(window, mark);
        part.first_chunk().expect("a span of sixteen cells")
    }

    /// The first used cell that is not below `cell`.
    pub(super) fn at_or_above(&self, window: &Window, cell: u32) -> Option<u32> {
        if cell >= window.width() {
            return None;
        }
        let span = u32::from(window.span());
        let mark = window.mark_of(cell);
        let skip = cell % span;
        let used = |part: &[u32]| part.iter().position(|level| *level != 0);
        if window.marks >> mark & 1 != 0
            && let Some(found) = used(&self.part(window, mark)[skip as usize..])
        {
            return Some(cell + found as u32);
        }
        let above = window.marks & (u64::MAX << mark << 1);
        if above == 0 {
            return None;
        }
        let mark = above.trailing_zeros();
        used(self.part(window, mark)).map(|found| mark * span + found as u32)
    }

    /// The last used cell that is not above `cell`.
    pub(super) fn at_or_below(&self, window: &Window, cell: u32) -> Option<u32> {
        let span = u32::from(window.span());
        let mark = window.mark_of(cell);
        let used = |part: &[u32]| part.iter().rposition(|level| *level != 0);
        if window.marks >> mark & 1 != 0
            && let Some(found) = used(&self.part(window, mark)[..=(cell % span) as usize])
        {
            return Some(mark * span + found as u32);
        }
        let below = window.marks & !(u64::MAX << mark);
        if below == 0 {
            return None;
        }
        let mark = 63 - below.leading_zeros();
        used(self.part(window, mark)).map(|found| mark * span + found as u32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #[test]
        fn walks_as_an_ordered_map(
            class in 0u32..5,
            puts in prop::collection::vec((0u32..65_536, any::<bool>()), 0..300),
            from in 0u32..65_536,
        ) {
            let mut cells = Cells::new();
            let mut window = cells.claim(SPAN_MIN << (2 * class));
            let mut map = BTreeMap::new();
            for (n, (cell, near)) in puts.into_iter().enumerate() {
                let cell = if near { cell % 40 } else { cell % window.width() };
                if map.remove(&cell).is_some() {
                    cells.clear(&mut window, cell);
                } else {
                    map.insert(cell, n);
                    cells.set(&mut window, cell, n as u32 + 1);
                }
            }
            let from = from % window.width();
            let above = map.range(from..).next().map(|(cell, _)| *cell);
            let below = map.range(..=from).next_back().map(|(cell, _)| *cell);
            prop_assert_eq!(cells.at_or_above(&window, from), above);
            prop_assert_eq!(cells.at_or_below(&window, from), below);
            for cell in map.keys() {
                cells.clear(&mut window, *cell);
            }
            prop_assert_eq!(window.marks, 0);
        }
    }
}
