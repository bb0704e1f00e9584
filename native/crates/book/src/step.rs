//! Steps: what applies as one. In: a slice of events. Out: single events and replace pairs.

use crate::{Book, Outcome};
use wavetank_abi::{Event, EventType, event_flags};

const PAIR: u16 = event_flags::REPLACE | event_flags::MORE;

/// Whether `first` and `second` are the two halves of one replace.
#[inline]
pub fn is_replace_pair(first: &Event, second: &Event) -> bool {
    first.event_type == EventType::Cancel as u8
        && first.flags & PAIR == PAIR
        && second.event_type == EventType::Add as u8
        && second.flags & event_flags::REPLACE != 0
}

/// Cuts events into steps; a step has two events when it is a replace pair, else one.
#[derive(Clone, Debug)]
pub struct Steps<'a> {
    rest: &'a [Event],
}

/// The steps of `events`, in order.
pub fn steps(events: &[Event]) -> Steps<'_> {
    Steps { rest: events }
}

impl<'a> Iterator for Steps<'a> {
    type Item = &'a [Event];

    #[inline]
    fn next(&mut self) -> Option<&'a [Event]> {
        let length = match self.rest {
            [] => return None,
            [first, second, ..] if is_replace_pair(first, second) => 2,
            _ => 1,
        };
        let (step, rest) = self.rest.split_at(length);
        self.rest = rest;
        Some(step)
    }
}

/// Applies the steps of `step` (one event or a replace pair) and appends an outcome for each event.
pub fn apply_step<B: Book>(book: &mut B, step: &[Event], out: &mut Vec<Outcome>) {
    for part in steps(step) {
        match part {
            [cancel, add] => out.extend(book.replace(cancel, add)),
            [event, ..] => out.push(book.apply(event)),
            [] => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(kind: EventType, flags: u16) -> Event {
        Event {
            event_type: kind as u8,
            flags,
            ..Event::default()
        }
    }

    fn check(events: &[Event], expected: &[usize]) {
        let lengths: Vec<usize> = steps(events).map(<[Event]>::len).collect();
        assert_eq!(lengths, expected);
    }

    #[test]
    fn pairs_only_whole_replaces() {
        let first = event(EventType::Cancel, PAIR);
        let second = event(EventType::Add, event_flags::REPLACE);
        let add = event(EventType::Add, 0);
        check(&[], &[]);
        check(&[add, first, second, add], &[1, 2, 1]);
        check(&[first, add], &[1, 1]);
        check(&[first, first, second], &[1, 2]);
        check(&[second, first], &[1, 1]);
        check(
            &[event(EventType::Cancel, event_flags::REPLACE), second],
            &[1, 1],
        );
    }
}
