//! The arena of windows. In: a block and a cell. Out: level numbers and the next used cell.
//!
//! A block of width w is w cells, then a bit for each cell, then a bit for each word of bits.
//! Knows no price.

use super::ladder::{WINDOW_MAX, WINDOW_SMALL};
use super::region::Region;

pub(super) struct Cells {
    words: Region<u32>,
    /// Free blocks by width.
    free: Vec<(u32, Vec<u32>)>,
}

fn block_len(width: u32) -> usize {
    let bits = width / 32;
    (width + bits + bits.div_ceil(32)).next_multiple_of(16) as usize
}

impl Cells {
    pub(super) fn new() -> Self {
        let mut words = Region::reserve(1 << 32);
        // Block 0 belongs to ladders without a window; nothing is ever set in it.
        words.grow(16);
        let mut free = vec![(WINDOW_SMALL, Vec::new()), (1024, Vec::new())];
        while let Some(&(width, _)) = free.last()
            && width < WINDOW_MAX
        {
            free.push((width * 4, Vec::new()));
        }
        Self { words, free }
    }

    fn free_of(&mut self, width: u32) -> &mut Vec<u32> {
        let list = self.free.iter_mut().find(|(w, _)| *w == width);
        &mut list.expect("a width that windows have").1
    }

    /// An empty block of this width.
    pub(super) fn claim(&mut self, width: u32) -> u32 {
        if let Some(block) = self.free_of(width).pop() {
            return block;
        }
        let block = self.words.len();
        self.words.grow(block + block_len(width));
        block as u32
    }

    /// Gives back a block in which every cell has been cleared.
    pub(super) fn release(&mut self, block: u32, width: u32) {
        if width > 0 {
            self.free_of(width).push(block);
        }
    }

    #[inline]
    pub(super) fn address(&self, at: usize) -> *const u8 {
        (&raw const self.words[at]).cast()
    }

    /// What a word of the arena holds: the level of a cell.
    #[inline]
    pub(super) fn at(&self, at: usize) -> u32 {
        self.words[at]
    }

    #[inline]
    pub(super) fn level(&self, block: u32, cell: u32) -> u32 {
        self.words[(block + cell) as usize]
    }

    #[inline]
    pub(super) fn set(&mut self, block: u32, width: u32, cell: u32, level: u32) {
        let (bits, index) = places(block, width, cell);
        self.words[(block + cell) as usize] = level;
        self.words[bits] |= 1 << (cell % 32);
        self.words[index] |= 1 << (cell / 32 % 32);
    }

    #[inline]
    pub(super) fn clear(&mut self, block: u32, width: u32, cell: u32) {
        let (bits, index) = places(block, width, cell);
        self.words[(block + cell) as usize] = 0;
        self.words[bits] &= !(1 << (cell % 32));
        if self.words[bits] == 0 {
            self.words[index] &= !(1 << (cell / 32 % 32));
        }
    }

    /// The first used cell that is not below `cell`.
    pub(super) fn at_or_above(&self, block: u32, width: u32, cell: u32) -> Option<u32> {
        if cell >= width {
            return None;
        }
        let (bits, index) = self.bitmaps(block, width);
        let word = cell / 32;
        let here = bits[word as usize] & (u32::MAX << (cell % 32));
        if here != 0 {
            return Some(word * 32 + here.trailing_zeros());
        }
        let word = lowest_from(index, word + 1)?;
        Some(word * 32 + bits[word as usize].trailing_zeros())
    }

    /// The first used cell that is not above `cell`.
    pub(super) fn at_or_below(&self, block: u32, width: u32, cell: u32) -> Option<u32> {
        if width == 0 {
            return None;
        }
        let (bits, index) = self.bitmaps(block, width);
        let word = cell / 32;
        let here = bits[word as usize] & (u32::MAX >> (31 - cell % 32));
        if here != 0 {
            return Some(word * 32 + 31 - here.leading_zeros());
        }
        let word = highest_to(index, word.checked_sub(1)?)?;
        Some(word * 32 + 31 - bits[word as usize].leading_zeros())
    }

    fn bitmaps(&self, block: u32, width: u32) -> (&[u32], &[u32]) {
        let bits = (block + width) as usize;
        let count = (width / 32) as usize;
        let index = bits + count;
        (
            &self.words[bits..index],
            &self.words[index..index + count.div_ceil(32)],
        )
    }
}

#[inline]
fn places(block: u32, width: u32, cell: u32) -> (usize, usize) {
    let bits = block + width;
    (
        (bits + cell / 32) as usize,
        (bits + width / 32 + cell / 1024) as usize,
    )
}

/// The lowest set bit of `index` from bit `from` on.
fn lowest_from(index: &[u32], from: u32) -> Option<u32> {
    let first = (from / 32) as usize;
    let mut word = index.get(first)? & (u32::MAX << (from % 32));
    for (at, next) in (first..).zip(index[first + 1..].iter().chain([&0])) {
        if word != 0 {
            return Some(at as u32 * 32 + word.trailing_zeros());
        }
        word = *next;
    }
    None
}

/// The highest set bit of `index` down from bit `to`.
fn highest_to(index: &[u32], to: u32) -> Option<u32> {
    let last = (to / 32) as usize;
    let mut word = index[last] & (u32::MAX >> (31 - to % 32));
    for at in (0..=last).rev() {
        if word != 0 {
            return Some(at as u32 * 32 + 31 - word.leading_zeros());
        }
        word = *index.get(at.wrapping_sub(1)).unwrap_or(&0);
    }
    None
}
