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
use super::class::{Extent, is_narrow};
use super::forms::{Forms, SEEN, place, shape};
use wavetank_abi::Event;

pub(super) const BLOCK: usize = u64::BITS as usize;

/// One bit for each event, the first lowest.
#[derive(Default)]
pub(super) struct Parts {
    /// Adds, and replaces by their first half.
    pub joins: u64,
    /// Cancels and trades.
    pub leaves: u64,
    /// What is for the tape only, or a replace of one half.
    pub odd: u64,
    /// Events in them.
    pub len: usize,
}

/// As many as the places in a form can tell apart; few are ever touched.
const MARKS: usize = 1 << u16::BITS;

/// The ids that leaving events of the block named, by their low bits: some that they did not name
/// pass for named, which ends a block early and no more.
pub(super) struct Seen {
    forms: Forms,
    marks: Box<[u8; MARKS]>,
    /// What marks an id of the present block; never 0.
    mark: u8,
}

impl Seen {
    pub(super) fn new() -> Self {
        Self {
            forms: Forms::ALL,
            marks: vec![0; MARKS].try_into().expect("as long as it was made"),
            mark: 0,
        }
    }

    fn turn(&mut self) -> u8 {
        self.mark = self.mark.checked_add(1).unwrap_or_else(|| {
            self.marks[..SEEN].fill(0);
            1
        });
        self.mark
    }

    /// Parts a block; replace pairs stay whole.
    #[inline(always)]
    pub(super) fn part(&mut self, events: &[Event; BLOCK]) -> Parts {
        let mark = self.turn();
        let (forms, marks) = (&self.forms, &mut *self.marks);
        let (mut joins, mut leaves) = (0, 0);
        let (mut len, mut all) = (0, Extent::default());
        for event in events {
            // This block's lines are here; those of the one after next are asked for.
            fetch_at((&raw const *event).wrapping_add(2 * BLOCK));
            let shape = shape(event);
            let form = place(shape);
            let id = event.order_id as u16 % SEEN as u16;
            let named = marks[usize::from(id | forms.reads[form])] == mark;
            if forms.shape[form] != shape || named {
                break;
            }
            marks[usize::from(id | forms.writes[form])] = mark;
            joins = joins >> 1 | forms.joins[form];
            leaves = leaves >> 1 | forms.leaves[form];
            all.include(event);
            len += 1;
        }
        if len == 0 {
            return Parts::default();
        }
        joins >>= BLOCK - len;
        leaves >>= BLOCK - len;
        if !all.is_narrow() {
            len = narrow(events);
        }
        // A first half whose second lies behind the end waits for it.
        let firsts = joins & leaves;
        let open = (u128::from(firsts) << 1 >> len) as usize & 1;
        let mut parts = Parts {
            joins,
            leaves: leaves ^ firsts,
            odd: !(joins | leaves) ^ firsts << 1,
            len,
        };
        parts.cut(len - open);
        parts
    }
}

impl Parts {
    /// Keeps the first `len` events.
    #[inline(always)]
    fn cut(&mut self, len: usize) {
        let within = ((1_u128 << len) - 1) as u64;
        self.joins &= within;
        self.leaves &= within;
        self.odd &= within;
        self.len = len;
    }

    /// Ends the block before half of a replace that stands alone: the one at `at`, or a first half
    /// that anything else follows there.
    #[cold]
    pub(super) fn end_before(&mut self, at: usize) {
        let follows = (self.joins | self.leaves) >> at & 1;
        self.cut(at - follows as usize);
    }
}

/// How many events lead that are all narrow.
#[cold]
fn narrow(events: &[Event; BLOCK]) -> usize {
    let wide = events.iter().position(|event| !is_narrow(event));
    wide.unwrap_or(BLOCK)
}

/// Takes the lowest bit out and gives its place.
#[inline(always)]
pub(super) fn next(bits: &mut u64) -> usize {
    let at = bits.trailing_zeros() as usize % BLOCK;
    *bits &= *bits - 1;
    at
}
