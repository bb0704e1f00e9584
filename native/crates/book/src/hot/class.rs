//! The form of an event at a glance. In: an event. Out: its class, or that it needs judging.
//!
//! A few compares let through what market data is made of. Everything else, every fault among it,
//! goes to the rules, which alone name a cause.

use wavetank_abi::{Event, EventType, Side, event_flags};

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
const ADD: u32 = EventType::Add as u32;
const REDUCE: u32 = 1 << EventType::Cancel as u32 | 1 << EventType::Trade as u32;

/// The class of an event. Ids with a high bit, storms' own among them, are for the rules.
#[inline(always)]
pub(super) fn class(event: &Event) -> Class {
    let kind = u32::from(event.event_type);
    // Side, and above it every flag that is not plain: none may be set.
    let side = u32::from(event.side) | u32::from(event.flags & !PLAIN) << 8;
    let wide = (event.price | event.qty) >> 32 | event.order_id >> 62;
    if kind == ADD && side < Side::Inherit as u32 && wide == 0 {
        return Class::Add;
    }
    let reduces = kind < 32 && REDUCE >> (kind & 31) & 1 != 0;
    if reduces && side <= Side::Inherit as u32 && wide == 0 {
        return Class::Reduce;
    }
    Class::Judge
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{Request, judge};

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
