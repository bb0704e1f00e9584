//! One side of one instrument. In: prices. Out: level numbers, best first when walked.
//!
//! Prices near the action sit in a window of cells, found by arithmetic and walked by bitmap;
//! all others, and those off the tick, in an ordered map. The window follows the adds that miss
//! it and widens with the number of levels. No price is ever refused.

use super::cells::Cells;
use std::collections::BTreeMap;
use std::collections::btree_map::Iter;

/// Prices from here on usually move in steps of `COARSE_TICK`.
const COARSE_FROM: u32 = 10_000;
const COARSE_TICK: u32 = 100;
/// A missed add weighs as much as this many that hit.
const MISS_WEIGHT: u32 = 4;
const WINDOW_USUAL: u32 = 1024;
pub(super) const WINDOW_SMALL: u32 = 64;
pub(super) const WINDOW_MAX: u32 = 65_536;

/// One cache line.
#[repr(align(64))]
#[derive(Debug, Default)]
pub(super) struct Ladder {
    /// Best level, 0 when the side is empty.
    pub best: u32,
    pub best_price: u32,
    /// Price of cell 0.
    base: u32,
    /// Price step between cells.
    tick: u32,
    /// Cells in the window, 0 before the first order.
    width: u32,
    /// Where the window's block starts in the arena.
    block: u32,
    /// Levels in the window.
    near: u32,
    /// Adds that missed the window, less those that hit.
    misses: u32,
    /// Levels outside the window, by price.
    far: BTreeMap<u32, u32>,
}

const _: () = assert!(size_of::<Ladder>() == 64);

impl Ladder {
    /// The cell of a price, when the window has one.
    #[inline]
    pub(super) fn cell(&self, price: u32) -> Option<u32> {
        let distance = price.wrapping_sub(self.base);
        let cell = if self.tick == COARSE_TICK {
            distance / COARSE_TICK
        } else {
            distance
        };
        (cell < self.width && cell * self.tick == distance).then_some(cell)
    }

    #[inline]
    fn price_of(&self, cell: u32) -> u32 {
        self.base + cell * self.tick
    }

    /// Where a price's cell is in the arena; the block's start when it has none.
    #[inline]
    pub(super) fn cell_at(&self, price: u32) -> usize {
        (self.block + self.cell(price).unwrap_or(0)) as usize
    }

    /// The level at a price, 0 when there is none.
    #[inline]
    pub(super) fn find(&self, cells: &Cells, price: u32) -> u32 {
        match self.cell(price) {
            Some(cell) => cells.level(self.block, cell),
            None => self.find_far(price),
        }
    }

    #[cold]
    fn find_far(&self, price: u32) -> u32 {
        self.far.get(&price).copied().unwrap_or(0)
    }

    /// Takes note of an add at this price; the window moves when too many miss it.
    #[inline]
    pub(super) fn note_add(&mut self, cells: &mut Cells, price: u32) {
        if self.cell(price).is_some() {
            self.misses -= u32::from(self.misses > 0);
        } else {
            self.note_miss(cells, price);
        }
    }

    #[cold]
    fn note_miss(&mut self, cells: &mut Cells, price: u32) {
        self.misses += MISS_WEIGHT;
        // Moving the window costs its levels, so its levels are what must have been missed.
        if self.near == 0 || self.misses > 64 + 2 * self.near {
            self.misses = 0;
            let width = self.wanted_width();
            self.move_window(cells, price, width);
        }
    }

    fn wanted_width(&self) -> u32 {
        let width = match self.width {
            WINDOW_SMALL if self.near > 0 => WINDOW_USUAL,
            width if self.near == 0 => width.clamp(WINDOW_SMALL, WINDOW_USUAL),
            width => width,
        };
        let crowded = self.near as usize + self.far.len() > width as usize / 2;
        let may_widen = (WINDOW_USUAL..WINDOW_MAX).contains(&width);
        if crowded && may_widen {
            width * 4
        } else {
            width
        }
    }

    /// Puts the window around a price and sorts every level into it or out of it.
    fn move_window(&mut self, cells: &mut Cells, price: u32, width: u32) {
        let displaced = self.drain_window(cells);
        if width != self.width {
            cells.release(self.block, self.width);
            self.block = cells.claim(width);
            self.width = width;
        }
        let coarse = price >= COARSE_FROM && price.is_multiple_of(COARSE_TICK);
        self.tick = if coarse { COARSE_TICK } else { 1 };
        let half = self.tick * (width / 2);
        self.base = price.saturating_sub(half) / self.tick * self.tick;
        for (price, level) in displaced {
            self.put(cells, price, level);
        }
        for (price, level) in self.far_inside() {
            self.far.remove(&price);
            self.put(cells, price, level);
        }
    }

    fn drain_window(&mut self, cells: &mut Cells) -> Vec<(u32, u32)> {
        let mut levels = Vec::with_capacity(self.near as usize);
        let mut from = 0;
        while let Some(cell) = cells.at_or_above(self.block, self.width, from) {
            levels.push((self.price_of(cell), cells.level(self.block, cell)));
            cells.clear(self.block, self.width, cell);
            from = cell + 1;
        }
        self.near = 0;
        levels
    }

    fn far_inside(&self) -> Vec<(u32, u32)> {
        let last = self.base.saturating_add((self.width - 1) * self.tick);
        let inside = self
            .far
            .range(self.base..=last)
            .filter(|(price, _)| self.cell(**price).is_some());
        inside.map(|(price, level)| (*price, *level)).collect()
    }

    fn put(&mut self, cells: &mut Cells, price: u32, level: u32) {
        if let Some(cell) = self.cell(price) {
            cells.set(self.block, self.width, cell, level);
            self.near += 1;
        } else {
            self.far.insert(price, level);
        }
    }

    /// Adds a level at a price that has none.
    #[inline]
    pub(super) fn insert(&mut self, cells: &mut Cells, bid: bool, price: u32, level: u32) {
        self.put(cells, price, level);
        let better = if bid {
            price > self.best_price
        } else {
            price < self.best_price
        };
        if self.best == 0 || better {
            (self.best, self.best_price) = (level, price);
        }
    }

    /// Removes the level at a price.
    #[inline]
    pub(super) fn remove(&mut self, cells: &mut Cells, bid: bool, price: u32) {
        if let Some(cell) = self.cell(price) {
            cells.clear(self.block, self.width, cell);
            self.near -= 1;
        } else {
            self.far.remove(&price);
        }
        if price == self.best_price {
            (self.best_price, self.best) = self.first(cells, bid).unwrap_or((0, 0));
        }
    }

    /// The best level as (price, number), looked up.
    fn first(&self, cells: &Cells, bid: bool) -> Option<(u32, u32)> {
        let (block, width) = (self.block, self.width);
        let cell = match (self.near, bid) {
            (0, _) => None,
            (_, true) => cells.at_or_below(block, width, width - 1),
            (_, false) => cells.at_or_above(block, width, 0),
        };
        let near = cell.map(|cell| (self.price_of(cell), cells.level(block, cell)));
        let far = if bid {
            self.far.last_key_value()
        } else {
            self.far.first_key_value()
        };
        let far = far.map(|(price, level)| (*price, *level));
        match (near, far) {
            (Some(near), Some(far)) => Some(if (near.0 > far.0) == bid { near } else { far }),
            (near, far) => near.or(far),
        }
    }

    /// Levels as (price, number), best first.
    pub(super) fn walk<'a>(&'a self, cells: &'a Cells, bid: bool) -> Walk<'a> {
        let start = if bid {
            self.width.checked_sub(1)
        } else {
            Some(0)
        };
        let mut far = self.far.iter();
        let far_next = step(&mut far, bid);
        let mut walk = Walk {
            ladder: self,
            cells,
            bid,
            near_next: None,
            far,
            far_next,
        };
        walk.near_next = start.and_then(|start| walk.near_from(start));
        walk
    }
}

fn step(far: &mut Iter<'_, u32, u32>, bid: bool) -> Option<(u32, u32)> {
    let next = if bid { far.next_back() } else { far.next() };
    next.map(|(price, level)| (*price, *level))
}

/// A walk over both the window and the far levels, merged by price.
pub(super) struct Walk<'a> {
    ladder: &'a Ladder,
    cells: &'a Cells,
    bid: bool,
    near_next: Option<u32>,
    far: Iter<'a, u32, u32>,
    far_next: Option<(u32, u32)>,
}

impl Walk<'_> {
    fn near_from(&self, cell: u32) -> Option<u32> {
        let Ladder {
            block, width, near, ..
        } = *self.ladder;
        if near == 0 {
            return None;
        }
        if self.bid {
            self.cells.at_or_below(block, width, cell)
        } else {
            self.cells.at_or_above(block, width, cell)
        }
    }

    fn take_near(&mut self, cell: u32) -> (u32, u32) {
        let after = if self.bid {
            cell.checked_sub(1)
        } else {
            Some(cell + 1)
        };
        self.near_next = after.and_then(|after| self.near_from(after));
        (
            self.ladder.price_of(cell),
            self.cells.level(self.ladder.block, cell),
        )
    }
}

impl Iterator for Walk<'_> {
    type Item = (u32, u32);

    fn next(&mut self) -> Option<(u32, u32)> {
        let far = self.far_next;
        match (self.near_next, far) {
            (Some(cell), None) => Some(self.take_near(cell)),
            (Some(cell), Some((price, _))) if (self.ladder.price_of(cell) > price) == self.bid => {
                Some(self.take_near(cell))
            }
            (_, None) => None,
            (_, far) => {
                self.far_next = step(&mut self.far, self.bid);
                far
            }
        }
    }
}
