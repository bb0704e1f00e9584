//! The production book: all instruments, full depth, FIFO, at memory speed.
//!
//! In: events. Out: as `Book` says. Orders are found by arithmetic on their id (`orders`), carry
//! the number of their level (`levels`), and levels are found by arithmetic on their price
//! (`ladder`, `cells`). `block` hides what memory latency remains. Rules are the crate's own.

mod apply;
mod block;
mod cells;
mod class;
mod digest;
mod forms;
mod ladder;
mod ladders;
mod levels;
mod neighbourhood;
mod orders;
mod pages;
mod parted;
mod parts;
mod query;
mod queue;
mod region;
mod sparse;
mod usual;

pub use block::Ahead;
use digest::Shares;
use ladders::Ladders;
use levels::Levels;
use orders::Orders;
use parts::Seen;

/// The production book. `DIGEST` keeps the market digest with every event; without it the digest
/// is computed on request, for measuring what keeping it costs.
pub struct HotBook<const DIGEST: bool = true> {
    orders: Orders,
    levels: Levels,
    ladders: Ladders,
    shares: Shares,
    seen: Seen,
}

impl HotBook {
    /// An empty book that keeps its market digest.
    pub fn new() -> Self {
        Self::empty()
    }
}

impl<const DIGEST: bool> HotBook<DIGEST> {
    /// An empty book.
    pub fn empty() -> Self {
        Self {
            orders: Orders::new(),
            levels: Levels::new(),
            ladders: Ladders::new(),
            shares: Shares::new(),
            seen: Seen::new(),
        }
    }
}

impl<const DIGEST: bool> Default for HotBook<DIGEST> {
    fn default() -> Self {
        Self::empty()
    }
}
