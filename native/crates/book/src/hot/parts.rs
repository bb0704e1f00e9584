//! A block of events in two parts that may change places. In: a block. Out: which events bring
//! orders, which take from them, and where the block has to end.
//!
//! Which of two events comes next is what no processor foresees. But one that brings an order and
//! one that takes from another commute: a queue grows at its back whoever leaves it, who leaves is
//! named by id, and a level is what its orders are. So what joins may go first, what leaves second,
//! each in its order, and every outcome and the book are the same. That fails only where an id is
//! brought or replaced that an event before it took from; there, and at anything unusual, the
//! block ends.

use super::block::fetch_at;
use super::class::is_narrow;
use super::forms::{SEEN, form};
use super::ladders::DIRECT;
use wavetank_abi::Event;

pub(super) const BLOCK: usize = u64::BITS as usize;

/// One bit for each event, the first lowest.
pub(super) struct Parts {
    /// Adds, and replaces by their first half.
    pub joins: u64,
    /// Cancels and trades.
    pub leaves: u64,
    /// Events in them.
    pub len: usize,
}

/// The ids that leaving events of the block named, by their low bits: some that they did not name
/// pass for named, which ends a block early and no more.
pub(super) struct Seen {
    marks: Box<[u8; 4 * SEEN]>,
    /// What marks an id of the present block; never 0.
    mark: u8,
}

impl Seen {
    pub(super) fn new() -> Self {
        Self {
            marks: Box::new([0; 4 * SEEN]),
            mark: 0,
        }
    }

    fn turn(&mut self) -> u8 {
        self.mark = self.mark.checked_add(1).unwrap_or_else(|| {
            self.marks.fill(0);
            1
        });
        self.mark
    }

    /// Parts a block; replace pairs stay whole.
    #[inline(always)]
    pub(super) fn part(&mut self, events: &[Event; BLOCK]) -> Parts {
        let mark = self.turn();
        let (mut joins, mut leaves, mut owed) = (0, 0, 0);
        let mut len = 0;
        for event in events {
            // This block's lines are here; those of the one after next are asked for.
            fetch_at((&raw const *event).wrapping_add(2 * BLOCK));
            let words: &[u64; 5] = bytemuck::cast_ref(event);
            let Some(form) = form(words[4]) else {
                break;
            };
            let id = event.order_id as usize % SEEN;
            let named = &mut self.marks[(id | form.reads as usize) % (4 * SEEN)];
            // No instrument counts as 0, which stands for no debt.
            let instrument = event.instrument_id | DIRECT as u32;
            if !is_narrow(event) || *named == mark || instrument & form.pays != owed {
                break;
            }
            self.marks[(id | form.writes as usize) % (4 * SEEN)] = mark;
            owed = instrument & form.owes;
            joins = joins >> 1 | form.joins;
            leaves = leaves >> 1 | form.leaves;
            len += 1;
        }
        if len == 0 {
            let (joins, leaves) = (0, 0);
            return Parts { joins, leaves, len };
        }
        joins >>= BLOCK - len;
        leaves >>= BLOCK - len;
        if owed != 0 {
            len -= 1;
            joins ^= 1 << len;
        }
        Parts { joins, leaves, len }
    }
}
