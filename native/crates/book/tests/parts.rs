//! Blocks of usual events on few ids and levels, where what joins and what leaves meets at every
//! turn: applied in parts they give the outcomes and the book of one by one.

mod flow;

use flow::{apply, compare};
use proptest::prelude::*;
use wavetank_abi::{Event, EventType, Side, event_flags};
use wavetank_book::{HotBook, ReferenceBook, steps};

const FIRST: u16 = event_flags::REPLACE | event_flags::MORE;

fn event(kind: EventType, side: Side, order_id: u64) -> Event {
    Event {
        event_type: kind as u8,
        side: side as u8,
        order_id,
        instrument_id: 1,
        ..Event::default()
    }
}

/// As many adds and cancels as give a neighbourhood of ids its page.
fn opening() -> Vec<Event> {
    let adds = (500..570).map(|id| Event {
        price: 990_000,
        qty: 1,
        ..event(EventType::Add, Side::Bid, id)
    });
    let cancels = (500..570).map(|id| event(EventType::Cancel, Side::Inherit, id));
    adds.chain(cancels).collect()
}

/// One step of a kind between 0 and 109.
fn step(kind: u8, ids: [u64; 2], place: (u64, bool), qty: u64, flags: u16) -> Vec<Event> {
    let price = 1_000_000 + 100 * place.0;
    let side = if place.1 { Side::Ask } else { Side::Bid };
    let inherit = Side::Inherit;
    let [id, other] = ids;
    let add = Event {
        price,
        qty,
        flags,
        ..event(EventType::Add, side, id)
    };
    let cancel = Event {
        flags,
        ..event(EventType::Cancel, inherit, id)
    };
    let first = Event {
        flags: FIRST,
        ..cancel
    };
    let second = Event {
        flags: event_flags::REPLACE,
        order_id: other,
        side: 2,
        ..add
    };
    // Off the book, so an order that its id names is left alone.
    let hidden = Event {
        price,
        qty,
        flags: flags | event_flags::NON_DISPLAYED,
        ..event(EventType::Trade, side, other)
    };
    match kind {
        0..40 => vec![add],
        40..60 => vec![cancel],
        60..68 => vec![Event { qty, ..cancel }],
        68..78 => vec![Event {
            qty,
            flags,
            ..event(EventType::Trade, inherit, id)
        }],
        78..94 => vec![first, second],
        94 => vec![
            first,
            Event {
                instrument_id: 2,
                ..second
            },
        ],
        95 => vec![first, first, second],
        96 => vec![second],
        97 => vec![Event {
            instrument_id: 2,
            ..cancel
        }],
        98 => vec![Event {
            price,
            qty,
            ..event(EventType::Modify, inherit, id)
        }],
        99 => vec![event(EventType::Clear, inherit, 0)],
        100..104 => vec![hidden],
        104 => vec![first],
        105 => vec![first, hidden],
        106 => vec![Event {
            price: price + (1 << 32),
            ..add
        }],
        107 => vec![Event {
            order_id: id + (1 << 34),
            ..add
        }],
        108 => vec![Event {
            instrument_id: u32::MAX,
            ..add
        }],
        _ => [0, u32::MAX]
            .map(|instrument_id| Event {
                instrument_id,
                ..cancel
            })
            .to_vec(),
    }
}

fn stream(ids: u64) -> impl Strategy<Value = Vec<Event>> {
    let flags = prop_oneof![6 => Just(0), 1 => Just(event_flags::MORE)];
    let numbers = ([1..ids, 1..ids], (0u64..3, any::<bool>()), 0u64..4, flags);
    let one = (0u8..110, numbers)
        .prop_map(|(kind, (ids, place, qty, flags))| step(kind, ids, place, qty, flags));
    prop::collection::vec(one, 0..300).prop_map(|steps| {
        let mut events = opening();
        events.extend(steps.into_iter().flatten());
        events
    })
}

fn check(stream: &[Event]) {
    let mut reference = ReferenceBook::new();
    let expected: Vec<_> = steps(stream)
        .flat_map(|step| apply(&mut reference, step))
        .collect();
    let (mut parted, mut out) = (HotBook::new(), Vec::new());
    parted.apply_block(stream, &mut out);
    assert_eq!(out, expected);
    compare(&reference, &parted, "parted");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]
    #[test]
    fn few_ids_meet_in_every_block(stream in stream(12)) {
        check(&stream);
    }

    #[test]
    fn more_ids_fill_whole_blocks(stream in stream(400)) {
        check(&stream);
    }
}
