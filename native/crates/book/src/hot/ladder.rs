//! One side of one instrument. In: prices. Out: level numbers, best first when walked.
//!
//! Prices near the action sit in a window of cells, found by arithmetic and walked by marks; all
//! others, and those off the tick, in an ordered map. The window follows the adds that miss it
//! and widens with the number of levels. No price is ever refused.

use super::cells::{Cells, SPAN_MAX, SPAN_MIN, SPAN_USUAL, Window};
use core::hint::select_unpredictable;
use std::collections::BTreeMap;
use std::collections::btree_map::Iter;

/// Prices from here on usually move in steps of `COARSE_TICK`.
const COARSE_FROM: u32 = 10_000;
const COARSE_TICK: u32 = 100;
/// A missed add weighs as much as this many that hit.
const MISS_WEIGHT: u32 = 4;
/// Missed adds, weighed, that an empty window bears.
const PATIENCE: u32 = 64;

/// One cache line.
#[repr(align(64))]
#[derive(Debug, Default)]
pub(super) struct Ladder {
    /// Best level, 0 when the side is empty.
    pub best: u32,
    pub best_price: u32,
    /// Price of cell 0.
    base: u32,
    /// 2^31 divided by the tick, the price step between cells, rounded up.
    reciprocal: u32,
    /// Levels in the window.
    near: u32,
    window: Window,
    /// Adds that missed the window, less those that brought it a level.
    misses: u32,
    /// Levels outside the window, by price.
    far: BTreeMap<u32, u32>,
}

impl Ladder {
    /// Cell of a price, and whether the window has it. The product is an exact quotient for any
    /// distance that a window can span.
    #[inline(always)]
    fn place(&self, price: u32) -> (u32, bool) {
        let distance = price.wrapping_sub(self.base);
        let cell = ((u64::from(distance) * u64::from(self.reciprocal)) >> 31) as u32;
        let on_tick = cell.wrapping_mul(self.tick()) == distance;
        (cell, on_tick & (cell < self.window.width()))
    }

    #[inline(always)]
    fn tick(&self) -> u32 {
        select_unpredictable(self.reciprocal == 1 << 31, 1, COARSE_TICK)
    }

    #[inline(always)]
    fn cell(&self, price: u32) -> Option<u32> {
        let (cell, inside) = self.place(price);
        inside.then_some(cell)
    }

    #[inline]
    fn price_of(&self, cell: u32) -> u32 {
        self.base + cell * self.tick()
    }

    /// Where a price's cell is in the arena; the block's start when it has none.
    #[inline(always)]
    pub(super) fn cell_at(&self, price: u32) -> u32 {
        let (cell, inside) = self.place(price);
        self.window.block + select_unpredictable(inside, cell, 0)
    }

    /// The cell of a price if the window has it, else any cell.
    #[inline(always)]
    pub(super) fn likely_cell(&self, price: u32) -> u32 {
        let distance = price.wrapping_sub(self.base);
        let cell = ((u64::from(distance) * u64::from(self.reciprocal)) >> 31) as u32;
        self.window.block + (cell & self.window.last)
    }

    /// The level at a price, 0 when there is none.
    #[inline]
    pub(super) fn find(&self, cells: &Cells, price: u32) -> u32 {
        match self.cell(price) {
            Some(cell) => cells.level(&self.window, cell),
            None => self.far.get(&price).copied().unwrap_or(0),
        }
    }

    /// The level that an order at this price joins, 0 when there is none.
    #[inline(always)]
    pub(super) fn join(&mut self, cells: &mut Cells, price: u32) -> u32 {
        match self.cell(price) {
            Some(cell) => {
                self.misses = self.misses.saturating_sub(1);
                cells.level(&self.window, cell)
            }
            None => self.join_far(cells, price),
        }
    }

    /// The same outside the window, which moves when too many adds miss it.
    #[cold]
    fn join_far(&mut self, cells: &mut Cells, price: u32) -> u32 {
        self.misses += MISS_WEIGHT;
        // Moving the window costs its levels, so its levels are what must have been missed.
        let bearable = (PATIENCE + 2 * self.near).min(u32::from(u16::MAX) - 1);
        if self.near == 0 || self.misses > bearable {
            self.misses = 0;
            self.move_window(cells, price);
        }
        self.find(cells, price)
    }

    fn wanted_span(&self) -> u16 {
        let span = match self.window.span() {
            span if self.near == 0 => span.clamp(SPAN_MIN, SPAN_USUAL),
            SPAN_MIN => SPAN_USUAL,
            span => span,
        };
        let crowded = self.near as usize + self.far.len() > usize::from(span) * 32;
        let may_widen = (SPAN_USUAL..SPAN_MAX).contains(&span);
        if crowded && may_widen { span * 4 } else { span }
    }

    /// Puts the window around a price and sorts every level into it or out of it.
    fn move_window(&mut self, cells: &mut Cells, price: u32) {
        let span = self.wanted_span();
        let displaced = self.drain_window(cells);
        if span != self.window.span() {
            cells.release(self.window);
            self.window = cells.claim(span);
        }
        let coarse = price >= COARSE_FROM && price.is_multiple_of(COARSE_TICK);
        let tick = if coarse { COARSE_TICK } else { 1 };
        let width = self.window.width();
        self.reciprocal = (1_u32 << 31).div_ceil(tick);
        // The last cell must be a price, or low prices would wrap into the window.
        let highest = u32::MAX - (width - 1) * tick;
        self.base = price.saturating_sub(tick * (width / 2)).min(highest) / tick * tick;
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
        while let Some(cell) = cells.at_or_above(&self.window, from) {
            levels.push((self.price_of(cell), cells.level(&self.window, cell)));
            cells.clear(&mut self.window, cell);
            from = cell + 1;
        }
        self.near = 0;
        levels
    }

    fn far_inside(&self) -> Vec<(u32, u32)> {
        let last = self.price_of(self.window.width() - 1);
        let near = self
            .far
            .range(self.base..=last)
            .filter(|(price, _)| self.place(**price).1);
        near.map(|(price, level)| (*price, *level)).collect()
    }

    #[inline(always)]
    fn put(&mut self, cells: &mut Cells, price: u32, level: u32) {
        if let Some(cell) = self.cell(price) {
            cells.set(&mut self.window, cell, level);
            self.near += 1;
        } else {
            self.far.insert(price, level);
        }
    }

    /// Adds a level at a price that has none.
    #[inline(always)]
    pub(super) fn insert(&mut self, cells: &mut Cells, bid: bool, price: u32, level: u32) {
        self.put(cells, price, level);
        if self.best == 0 || (price > self.best_price) == bid {
            (self.best, self.best_price) = (level, price);
        }
    }

    /// Removes the level at a price.
    #[inline(always)]
    pub(super) fn remove(&mut self, cells: &mut Cells, bid: bool, price: u32) {
        if let Some(cell) = self.cell(price) {
            cells.clear(&mut self.window, cell);
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
        let cell = match (self.near, bid) {
            (0, _) => None,
            (_, true) => cells.at_or_below(&self.window, self.window.width() - 1),
            (_, false) => cells.at_or_above(&self.window, 0),
        };
        let near = cell.map(|cell| (self.price_of(cell), cells.level(&self.window, cell)));
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

    /// Levels outside the window.
    #[cfg(test)]
    pub(super) fn far_len(&self) -> usize {
        self.far.len()
    }

    /// Levels as (price, number), best first.
    pub(super) fn walk<'a>(&'a self, cells: &'a Cells, bid: bool) -> Walk<'a> {
        let start = if bid {
            self.window.width().checked_sub(1)
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
        let window = &self.ladder.window;
        match (self.ladder.near, self.bid) {
            (0, _) => None,
            (_, true) => self.cells.at_or_below(window, cell),
            (_, false) => self.cells.at_or_above(window, cell),
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
            self.cells.level(&self.ladder.window, cell),
        )
    }
}

impl Iterator for Walk<'_> {
    type Item = (u32, u32);

    fn next(&mut self) -> Option<(u32, u32)> {
        match (self.near_next, self.far_next) {
            (Some(cell), None) => Some(self.take_near(cell)),
            (Some(cell), Some((price, _))) if (self.ladder.price_of(cell) > price) == self.bid => {
                Some(self.take_near(cell))
            }
            (_, far) => {
                self.far_next = step(&mut self.far, self.bid);
                far
            }
        }
    }
}
