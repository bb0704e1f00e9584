//! Small books take their events in parts: first all that bring orders, then all that take from
//! them. In: a slice of events. Out: their outcomes, each with its place.

use super::HotBook;
use super::apply::taped;
use super::class::{is_add, is_narrow};
use super::forms::{is_hidden, is_second};
use super::parts::{BLOCK, next};
use crate::book::Outcome;
use wavetank_abi::Event;

impl<const DIGEST: bool> HotBook<DIGEST> {
    #[inline(always)]
    pub(super) fn apply_parted(
        &mut self,
        events: &[Event],
        take: &mut impl FnMut(usize, &Outcome),
    ) {
        let (mut at, mut singly) = (0, 0);
        while at < events.len() {
            let done = match events[at..].first_chunk() {
                Some(block) if at >= singly => {
                    // Where one event has wide numbers many have, and parting would be for nothing.
                    singly = at + usize::from(!is_narrow(&events[at])) * BLOCK;
                    self.apply_parts(block, |n, outcome| take(at + n, outcome))
                }
                _ => 0,
            };
            at += match done {
                0 => self.advance(events, at, take),
                done => done,
            };
        }
    }

    /// Applies what of a block may change places, from its first event on; how many.
    #[inline(always)]
    fn apply_parts(
        &mut self,
        events: &[Event; BLOCK],
        mut take: impl FnMut(usize, &Outcome),
    ) -> usize {
        let mut parts = self.seen.part(events);
        while parts.odd != 0 {
            let at = next(&mut parts.odd);
            let event = &events[at];
            if !is_hidden(event) {
                parts.end_before(at);
            } else if event.qty == 0 {
                self.apply_doubtful(event, |outcome| take(at, outcome));
            } else {
                take(at, &taped(event));
            }
        }
        while parts.joins != 0 {
            let at = next(&mut parts.joins);
            let event = &events[at];
            if is_add(event) {
                match self.add_usual(event) {
                    Some(verdict) => take(at, &verdict.of(event)),
                    None => self.apply_doubtful(event, |outcome| take(at, outcome)),
                }
            } else {
                let halves = [event, &events[(at + 1) % BLOCK]];
                self.replace_parted(halves, |half, outcome| take(at + half, outcome));
            }
        }
        while parts.leaves != 0 {
            let at = next(&mut parts.leaves);
            let event = &events[at];
            match self.reduce_usual(event) {
                Some(verdict) => take(at, &verdict.of(event)),
                None => self.apply_doubtful(event, |outcome| take(at, outcome)),
            }
        }
        parts.len
    }

    #[inline(always)]
    fn replace_parted(&mut self, halves: [&Event; 2], mut take: impl FnMut(usize, &Outcome)) {
        let [cancel, add] = halves;
        let formed = is_second(add) && cancel.instrument_id == add.instrument_id;
        match formed.then(|| self.replace_formed(cancel, add)).flatten() {
            Some([first, second]) => {
                take(0, &first.of(cancel));
                take(1, &second.of(add));
            }
            None => self.replace_doubtful(halves, take),
        }
    }

    // What follows takes a closure and not an outcome back: an outcome that goes through memory
    // costs the usual road more than the doubtful one takes.
    #[inline(never)]
    fn apply_doubtful(&mut self, event: &Event, take: impl FnOnce(&Outcome)) {
        take(&self.apply_judged(event));
    }

    #[inline(never)]
    fn replace_doubtful(&mut self, halves: [&Event; 2], mut take: impl FnMut(usize, &Outcome)) {
        let outcomes = if is_second(halves[1]) {
            self.replace_judged(halves[0], halves[1])
        } else {
            // What follows the first half is for the tape only.
            halves.map(|half| self.apply_judged(half))
        };
        outcomes.iter().enumerate().for_each(|(n, o)| take(n, o));
    }
}
