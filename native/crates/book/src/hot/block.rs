//! Many events at once. In: a slice of events. Out: the same outcomes as one by one, sooner.
//!
//! While an event applies, later ones are on their way through memory in stages: what finds the
//! order and the ladder; the order's level and neighbours, or an add's cell; an add's level; the
//! ends of its queue. Stages are hints only and take no branch on an event's type, which no
//! processor can foresee; each event looks everything up again when its turn comes.

use super::HotBook;
use crate::book::{Book, Outcome};
use crate::step::is_replace_pair;
use core::hint::select_unpredictable;
use wavetank_abi::{ApplyStatus, Event, EventType, Side};

/// How many events ahead each stage works.
const FIND_AHEAD: isize = 48;
const SPARSE_AHEAD: isize = 36;
const LEVEL_AHEAD: isize = 26;
const JOIN_AHEAD: isize = 16;
const ENDS_AHEAD: isize = 8;
/// Below this weight, counted in orders, the book sits in the cache and stages would only cost.
const CACHED_WEIGHT: usize = 1 << 17;
/// What a ladder with its window and levels weighs.
const LADDER_WEIGHT: usize = 32;

/// Asks the processor for a cache line.
#[inline(always)]
pub(super) fn fetch<T>(place: &T) {
    fetch_at(place);
}

/// The same; any address is allowed.
#[inline(always)]
pub(super) fn fetch_at<T>(place: *const T) {
    #[cfg(target_arch = "x86_64")]
    // SAFETY: a prefetch reads nothing and cannot fault.
    unsafe {
        use core::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
        _mm_prefetch::<_MM_HINT_T0>(place.cast());
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = place;
}

/// The events under way of one slice: what each stage left for the next.
#[derive(Clone, Debug)]
pub struct Ahead {
    trail: [Step; 64],
    /// The event that the stages have been brought up to. Before the first: minus their reach;
    /// never, when the book then fits the cache: as far as can be.
    at: isize,
}

impl Default for Ahead {
    fn default() -> Self {
        Self {
            trail: [Step::default(); 64],
            at: -FIND_AHEAD - 1,
        }
    }
}

/// An add's cell and then its level, or the level that another event's order rests in.
#[derive(Clone, Copy, Debug, Default)]
struct Step {
    cell: u32,
    level: u32,
}

impl Ahead {
    #[inline(always)]
    fn step(&mut self, n: isize) -> &mut Step {
        &mut self.trail[n as usize % 64]
    }
}

impl<const DIGEST: bool> HotBook<DIGEST> {
    /// Applies a slice of events, replace pairs kept together, and appends an outcome for each.
    pub fn apply_block(&mut self, events: &[Event], out: &mut Vec<Outcome>) {
        let from = out.len();
        let blank = |event: &Event| Outcome {
            status: ApplyStatus::Applied,
            done_qty: 0,
            event: *event,
        };
        out.extend(events.iter().map(blank));
        let out = &mut out[from..];
        self.apply_each(events, |at, outcome| out[at] = *outcome);
    }

    /// The same, handing each outcome to `take` instead of keeping it, with its event's place in the
    /// slice: outcomes near each other may come in any order.
    #[inline]
    pub fn apply_each(&mut self, events: &[Event], mut take: impl FnMut(usize, &Outcome)) {
        if self.outweighs_cache() {
            self.apply_staged(events, &mut take);
        } else {
            self.apply_parted(events, &mut take);
        }
    }

    #[inline(always)]
    fn apply_staged(&mut self, events: &[Event], take: &mut impl FnMut(usize, &Outcome)) {
        let mut at = 0;
        let mut ahead = Ahead::default();
        while at < events.len() {
            self.stage_to(events, at as isize, &mut ahead);
            at += self.advance(events, at, take);
        }
    }

    fn outweighs_cache(&self) -> bool {
        let ladders = self.ladders.list.len() * LADDER_WEIGHT;
        self.orders.len() as usize + ladders > CACHED_WEIGHT
    }

    /// Applies the step at `at`; says how many events it had.
    #[inline(always)]
    pub(super) fn advance(
        &mut self,
        events: &[Event],
        at: usize,
        take: &mut impl FnMut(usize, &Outcome),
    ) -> usize {
        let event = &events[at];
        match self.apply_usual(event) {
            Some(verdict) => {
                take(at, &verdict.of(event));
                1
            }
            None => self.advance_otherwise(events, at, take),
        }
    }

    #[inline(never)]
    fn advance_otherwise(
        &mut self,
        events: &[Event],
        at: usize,
        take: &mut impl FnMut(usize, &Outcome),
    ) -> usize {
        let event = &events[at];
        match events.get(at + 1) {
            Some(add) if is_replace_pair(event, add) => {
                let outcomes = self.replace(event, add);
                outcomes
                    .iter()
                    .zip(at..)
                    .for_each(|(outcome, at)| take(at, outcome));
                2
            }
            _ => {
                take(at, &self.apply_judged(event));
                1
            }
        }
    }

    /// Brings the stages up to the event at `to`, which is about to apply.
    #[inline(always)]
    pub(super) fn stage_to(&self, events: &[Event], to: isize, ahead: &mut Ahead) {
        if ahead.at < 0 && !self.outweighs_cache() {
            ahead.at = isize::MAX;
        }
        while ahead.at < to {
            ahead.at += 1;
            self.stage(events, ahead);
        }
    }

    /// Moves every event under way one stage on.
    #[inline(always)]
    fn stage(&self, events: &[Event], ahead: &mut Ahead) {
        let at = ahead.at;
        let coming = |n: isize| events.get((at + n) as usize);
        if let Some(event) = coming(FIND_AHEAD) {
            self.fetch_order(event);
        }
        if let Some(event) = coming(SPARSE_AHEAD) {
            self.orders.fetch_sparse(event.order_id);
        }
        *ahead.step(at + LEVEL_AHEAD) =
            coming(LEVEL_AHEAD).map_or(Step::default(), |event| self.fetch_level(event));
        self.fetch_joined(ahead.step(at + JOIN_AHEAD));
        self.fetch_ends(*ahead.step(at + ENDS_AHEAD));
    }

    /// Where the order is found, and both ladders of its instrument.
    #[inline(always)]
    fn fetch_order(&self, event: &Event) {
        self.orders.fetch(event.order_id);
        let bid = self.ladders.find(event.instrument_id) as usize;
        fetch(&self.ladders.list[bid]);
        fetch(&self.ladders.list[bid + 1]);
    }

    /// The order's level and neighbours, or an add's cell.
    #[inline(always)]
    fn fetch_level(&self, event: &Event) -> Step {
        let order = self.orders.guess(event.order_id);
        fetch(&self.orders.slots[order.prev]);
        fetch(&self.orders.slots[order.next]);
        fetch(&self.levels.slots[order.level]);
        let price = event.price as u32;
        let bid = self.ladders.find(event.instrument_id) as usize;
        // The side that a replacement inherits is not known yet; its price tells, mostly.
        let above_bids = price > self.ladders.list[bid].best_price;
        let inherits = event.side == Side::Inherit as u8;
        let ask = select_unpredictable(inherits, above_bids, event.side & 1 != 0);
        let cell = self.ladders.list[bid + usize::from(ask)].likely_cell(price);
        let adds = event.event_type == EventType::Add as u8;
        let cell = select_unpredictable(adds, cell, 0);
        fetch(self.ladders.cells.at(cell));
        Step {
            cell,
            level: order.level,
        }
    }

    /// The level that an add joins.
    #[inline(always)]
    fn fetch_joined(&self, step: &mut Step) {
        let joined = *self.ladders.cells.at(step.cell);
        step.level = select_unpredictable(step.cell != 0, joined, step.level);
        fetch(&self.levels.slots[joined]);
    }

    /// The tail that an add follows, or the cell of a level that is about to empty.
    #[inline(always)]
    fn fetch_ends(&self, step: Step) {
        let level = &self.levels.slots[step.level];
        let adds = step.cell != 0;
        fetch(&self.orders.slots[select_unpredictable(adds, level.tail, 0)]);
        let last = !adds & (level.orders == 1);
        let cell = self.ladders.list[level.ladder as usize].cell_at(level.price);
        fetch(self.ladders.cells.at(select_unpredictable(last, cell, 0)));
    }
}
