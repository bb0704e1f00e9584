//! The form of an event at a glance. In: an event. Out: its class, or that others must look.
//!
//! A few compares let through what market data is made of. Everything else, every fault among it,
//! goes to the rules, which alone name a cause.

use super::ladders::DIRECT;
use super::orders::DENSE_END;
use wavetank_abi::{Event, EventType, Side, event_flags};

// The words of an event are read as the machine has them.
const _: () = assert!(cfg!(target_endian = "little"));

/// What an event is at a glance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// An add, well-formed but for its quantity.
    Add,
    /// A cancel or a trade of a resting order, well-formed but for a trade's quantity.
    Reduce,
    /// Anything else: rare, half a replace, or at fault.
    Other,
}

/// Flags that change nothing about how an add, a cancel or a trade of a resting order applies.
const PLAIN: u16 =
    event_flags::MORE | event_flags::NON_PRINTABLE | event_flags::INJECTED | event_flags::BROKEN;
/// Type, side and flags as the upper half of an event's last word.
pub(super) const PLAIN_BITS: u32 = (PLAIN as u32) << 16;
pub(super) const INHERIT: u32 = (Side::Inherit as u32) << 8;
pub(super) const ADD: u32 = EventType::Add as u32;
pub(super) const CANCEL: u32 = EventType::Cancel as u32;
pub(super) const TRADE: u32 = EventType::Trade as u32;

pub(super) const REPLACE: u32 = (event_flags::REPLACE as u32) << 16;
/// A trade that is for the tape only.
pub(super) const HIDDEN: u32 = TRADE | (event_flags::NON_DISPLAYED as u32) << 16;
pub(super) const MORE: u32 = (event_flags::MORE as u32) << 16;

/// Type, side and flags, less what changes nothing.
#[inline(always)]
fn shape(event: &Event) -> u32 {
    let words: &[u64; 5] = bytemuck::cast_ref(event);
    (words[4] >> 32) as u32 & !PLAIN_BITS
}

/// Whether price and quantity are in range, and id and instrument among those found by arithmetic.
#[inline(always)]
pub(super) fn is_narrow(event: &Event) -> bool {
    let words: &[u32; 10] = bytemuck::cast_ref(event);
    let (price, qty, id, instrument) = (words[3], words[5], words[7], words[8]);
    price | qty == 0 && u64::from(id) < DENSE_END >> 32 && instrument < DIRECT as u32
}

/// The bits that any of several events has in its numbers.
#[derive(Default)]
pub(super) struct Extent {
    numbers: u64,
    id: u64,
    instrument: u32,
}

impl Extent {
    #[inline(always)]
    pub(super) fn include(&mut self, event: &Event) {
        self.numbers |= event.price;
        self.numbers |= event.qty;
        self.id |= event.order_id;
        self.instrument |= event.instrument_id;
    }

    /// Whether all of the events are narrow.
    #[inline(always)]
    pub(super) fn is_narrow(&self) -> bool {
        const { assert!(DENSE_END.is_power_of_two() && DIRECT.is_power_of_two()) }
        self.numbers >> 32 == 0 && self.id < DENSE_END && self.instrument < DIRECT as u32
    }
}

/// Whether a cancel or a trade is a trade of nothing.
#[inline(always)]
pub(super) fn is_empty_trade(event: &Event) -> bool {
    const { assert!(TRADE == 4 && CANCEL & TRADE == 0) }
    // No narrow quantity has the top bit, but 0 less 1.
    let words: &[u64; 5] = bytemuck::cast_ref(event);
    ((event.qty.wrapping_sub(1) & words[4] << 29) as i64) < 0
}

/// Whether an event is an add of any kind.
#[inline(always)]
pub(super) fn is_add(event: &Event) -> bool {
    event.event_type == EventType::Add as u8
}

/// The class of an event.
#[inline(always)]
pub(super) fn class(event: &Event) -> Class {
    if !is_narrow(event) {
        return Class::Other;
    }
    let shape = shape(event);
    if shape & !(1 << 8) == ADD {
        return Class::Add;
    }
    // A cancel or a trade: their types differ in one bit.
    match shape.wrapping_sub(CANCEL | INHERIT) & !(TRADE - CANCEL) {
        0 => Class::Reduce,
        _ => Class::Other,
    }
}

/// Whether a pair has the usual form of a replace, with nothing left for `judge_pair` to find.
#[inline(always)]
pub(super) fn is_usual_replace(cancel: &Event, add: &Event) -> bool {
    shape(cancel) == CANCEL | INHERIT | REPLACE
        && shape(add) == ADD | INHERIT | REPLACE
        && cancel.flags & event_flags::MORE != 0
        && cancel.instrument_id == add.instrument_id
        && is_narrow(cancel)
        && is_narrow(add)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{Request, judge, judge_pair};
    use proptest::prelude::*;

    fn halves() -> impl Strategy<Value = Event> {
        let flags = prop_oneof![3 => 2u16..4, 1 => any::<u16>()];
        let wide = prop_oneof![6 => Just(0), 1 => Just(32), 1 => Just(62), 1 => Just(63)];
        (1u8..3, 1u8..4, flags, wide, 0u8..3, 0u32..2).prop_map(
            |(event_type, side, flags, wide, field, instrument_id)| {
                let at = |n| u64::from(field == n && wide > 0) << wide | 1;
                let (price, qty, order_id) = (at(0), at(1), at(2));
                Event {
                    ts_ns: 0,
                    price,
                    qty,
                    order_id,
                    instrument_id,
                    event_type,
                    side,
                    flags,
                }
            },
        )
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4000))]
        #[test]
        fn a_usual_replace_is_one_that_the_rules_let_through(cancel in halves(), add in halves()) {
            if is_usual_replace(&cancel, &add) {
                prop_assert_eq!(judge_pair(&cancel, &add), Ok(()));
            }
        }
    }

    #[test]
    fn the_class_lets_through_what_the_rules_let_through() {
        for shape in 0..1 << 17 {
            let (event_type, side, flags) = (shape as u8 & 15, (shape >> 4) as u8 & 7, shape >> 7);
            let event = Event {
                event_type,
                side,
                flags: flags as u16,
                qty: 1,
                price: 1,
                order_id: 1,
                ..Event::default()
            };
            match class(&event) {
                Class::Other => {}
                Class::Add => assert_eq!(judge(&event), Ok(Request::Add)),
                Class::Reduce => {
                    assert!(matches!(
                        judge(&event),
                        Ok(Request::Cancel | Request::Trade)
                    ));
                }
            }
            for wide in [
                Event {
                    price: 1 << 32,
                    ..event
                },
                Event {
                    qty: 1 << 32,
                    ..event
                },
                Event {
                    order_id: 1 << 62,
                    ..event
                },
                Event {
                    order_id: DENSE_END,
                    ..event
                },
                Event {
                    instrument_id: DIRECT as u32,
                    ..event
                },
                Event {
                    order_id: 1 << 63,
                    ..event
                },
            ] {
                assert_eq!(class(&wide), Class::Other);
            }
        }
    }
}
