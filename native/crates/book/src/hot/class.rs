//! The form of an event at a glance. In: an event. Out: its class, or that it needs judging.
//!
//! A few compares let through what market data is made of. Everything else, every fault among it,
//! goes to the rules, which alone name a cause.

use wavetank_abi::{Event, EventType, Side, event_flags};

// The words of an event are read as the machine has them.
const _: () = assert!(cfg!(target_endian = "little"));

/// What the hot path does with an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// To be judged by the rules: anything rare, half a replace, anything at fault.
    Judge,
    /// A well-formed add, but for its quantity.
    Add,
    /// A well-formed cancel or trade of a resting order, but for a trade's quantity.
    Reduce,
}

/// Flags that change nothing about how an add, a cancel or a trade of a resting order applies.
const PLAIN: u16 =
    event_flags::MORE | event_flags::NON_PRINTABLE | event_flags::INJECTED | event_flags::BROKEN;
/// Type, side and flags as the upper half of an event's last word.
const PLAIN_BITS: u32 = (PLAIN as u32) << 16;
const SIDE_BITS: u32 = 0xFF00;
const ADD: u32 = EventType::Add as u32;
const CANCEL: u32 = EventType::Cancel as u32;
const TRADE: u32 = EventType::Trade as u32;

const REPLACE: u32 = (event_flags::REPLACE as u32) << 16;

/// Type, side and flags, less what changes nothing.
#[inline(always)]
fn shape(event: &Event) -> u32 {
    let words: &[u64; 5] = bytemuck::cast_ref(event);
    (words[4] >> 32) as u32 & !PLAIN_BITS
}

/// Whether price, quantity and id leave it open what the rules would say.
#[inline(always)]
fn is_wide(event: &Event) -> bool {
    (event.price | event.qty) >> 32 | event.order_id >> 62 != 0
}

/// The class of an event. Ids with a high bit, storms' own among them, are for the rules.
#[inline(always)]
pub(super) fn class(event: &Event) -> Class {
    let shape = shape(event);
    if is_wide(event) {
        return Class::Judge;
    }
    if shape & !(1 << 8) == ADD {
        return Class::Add;
    }
    let sided = shape & SIDE_BITS <= (Side::Inherit as u32) << 8;
    let reduces = matches!(shape & !SIDE_BITS, CANCEL | TRADE);
    if reduces & sided {
        Class::Reduce
    } else {
        Class::Judge
    }
}

/// Whether a pair has the usual form of a replace, with nothing left for `judge_pair` to find.
#[inline(always)]
pub(super) fn is_usual_replace(cancel: &Event, add: &Event) -> bool {
    const INHERIT: u32 = (Side::Inherit as u32) << 8;
    shape(cancel) == CANCEL | INHERIT | REPLACE
        && shape(add) == ADD | INHERIT | REPLACE
        && cancel.flags & event_flags::MORE != 0
        && cancel.instrument_id == add.instrument_id
        && !is_wide(cancel)
        && !is_wide(add)
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
                Class::Judge => {}
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
                    order_id: 1 << 63,
                    ..event
                },
            ] {
                assert_eq!(class(&wide), Class::Judge);
            }
        }
    }
}
