//! Resting orders of one side of one instrument, compact. In: ticks, quantities, ids. Out: the touch,
//! the oldest order there, orders picked by index. It knows no price, side or time.
//!
//! A rank orders prices best-highest on both sides, so one code serves bids and asks. Ids ascend with
//! queue position (nothing here keeps its place under a new id), so the oldest at a rank is the
//! lowest id there, and no queue is kept.

use serde::{Deserialize, Serialize};

/// A resting order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Quote {
    pub(crate) id: u64,
    pub(crate) rank: u32,
    pub(crate) qty: u32,
}

/// Dense orders in no order, with the best rank and how many rest there.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Quotes {
    orders: Vec<Quote>,
    best: u32,
    at_best: u32,
}

impl Quotes {
    pub(crate) fn with_capacity(capacity: usize) -> Self {
        Self {
            orders: Vec::with_capacity(capacity),
            best: 0,
            at_best: 0,
        }
    }

    pub(crate) fn len(&self) -> u32 {
        self.orders.len() as u32
    }

    pub(crate) fn best(&self) -> u32 {
        self.best
    }

    pub(crate) fn get(&self, index: u32) -> Quote {
        self.orders[index as usize]
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Quote> {
        self.orders.iter()
    }

    #[inline]
    pub(crate) fn push(&mut self, quote: Quote) {
        if quote.rank > self.best || self.orders.is_empty() {
            self.best = quote.rank;
            self.at_best = 0;
        }
        self.at_best += u32::from(quote.rank == self.best);
        self.orders.push(quote);
    }

    #[inline]
    pub(crate) fn remove(&mut self, index: u32) -> Quote {
        let quote = self.orders.swap_remove(index as usize);
        if quote.rank == self.best {
            self.at_best -= 1;
            if self.at_best == 0 {
                self.find_best();
            }
        }
        quote
    }

    /// Takes up to `qty` of an order; whether it left.
    #[inline]
    pub(crate) fn reduce(&mut self, index: u32, qty: u32) -> bool {
        let left = self.orders[index as usize].qty.saturating_sub(qty);
        if left == 0 {
            self.remove(index);
        } else {
            self.orders[index as usize].qty = left;
        }
        left == 0
    }

    /// Index of the order first in the queue at the touch.
    #[inline]
    pub(crate) fn first_at_best(&self) -> u32 {
        let best = self.best;
        let first = |(at, id): (usize, u64), (i, quote): (usize, &Quote)| {
            if quote.rank == best && quote.id < id {
                (i, quote.id)
            } else {
                (at, id)
            }
        };
        self.orders.iter().enumerate().fold((0, u64::MAX), first).0 as u32
    }

    /// Best rank and count are those of the orders.
    pub(crate) fn is_sound(&self) -> bool {
        let mut judged = self.clone();
        judged.find_best();
        self.orders.is_empty() || (judged.best, judged.at_best) == (self.best, self.at_best)
    }

    fn find_best(&mut self) {
        self.best = self
            .orders
            .iter()
            .map(|quote| quote.rank)
            .max()
            .unwrap_or(0);
        self.at_best = self
            .orders
            .iter()
            .filter(|quote| quote.rank == self.best)
            .count() as u32;
    }
}
