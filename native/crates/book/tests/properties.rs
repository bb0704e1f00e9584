//! Any events at all, small enough to collide: all books agree after each; failures shrink.

mod flow;

use flow::{apply, compare};
use proptest::prelude::*;
use wavetank_abi::{Event, event_flags};
use wavetank_book::{CppBook, HotBook, ReferenceBook, steps};

const PAIR: u16 = event_flags::REPLACE | event_flags::MORE;

fn ids() -> impl Strategy<Value = u64> {
    prop_oneof![
        8 => 1u64..12,
        2 => (1u64..4).prop_map(|n| 1 << 63 | n << 32 | n),
        1 => (1u64..4).prop_map(|n| n << 40),
        1 => Just(1 << 62),
    ]
}

fn prices() -> impl Strategy<Value = u64> {
    prop_oneof![
        8 => (0u64..8).prop_map(|n| 1_000_000 + n * 100),
        2 => 9_990u64..10_010,
        1 => 0u64..=u64::from(u32::MAX),
        1 => Just(0),
        1 => Just(1 << 32),
    ]
}

fn qtys() -> impl Strategy<Value = u64> {
    prop_oneof![8 => 0u64..20, 1 => Just(u64::from(u32::MAX)), 1 => Just(1 << 32)]
}

fn flags() -> impl Strategy<Value = u16> {
    let injected = event_flags::INJECTED;
    prop_oneof![
        6 => Just(0),
        4 => Just(injected),
        1 => Just(event_flags::REPLACE),
        1 => Just(event_flags::NON_DISPLAYED),
        1 => any::<u16>(),
    ]
}

fn events() -> impl Strategy<Value = Event> {
    let kind = prop_oneof![5 => Just(1), 3 => Just(2), 2 => Just(3), 2 => Just(4), 1 => 0u8..9];
    let numbers = (ids(), prices(), qtys(), flags());
    (kind, 0u8..4, 1u32..3, numbers).prop_map(|(event_type, side, instrument_id, numbers)| {
        let (order_id, price, qty, flags) = numbers;
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
    })
}

fn replaces() -> impl Strategy<Value = Vec<Event>> {
    (events(), events(), 0..4u32).prop_map(|(first, second, alike)| {
        let injected = event_flags::INJECTED;
        let first = Event {
            event_type: 2,
            flags: first.flags & injected | PAIR,
            ..first
        };
        let flags = second.flags & injected | event_flags::REPLACE;
        let mut second = Event {
            event_type: 1,
            flags,
            side: 2,
            ..second
        };
        if alike > 0 {
            second.instrument_id = first.instrument_id;
        }
        vec![first, second]
    })
}

fn streams() -> impl Strategy<Value = Vec<Event>> {
    let step = prop_oneof![4 => events().prop_map(|event| vec![event]), 1 => replaces()];
    prop::collection::vec(step, 0..60).prop_map(|steps| steps.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn all_books_agree_on_anything(stream in streams()) {
        let mut reference = ReferenceBook::new();
        let (mut hot, mut cpp) = (HotBook::new(), CppBook::new());
        let mut expected = Vec::new();
        for step in steps(&stream) {
            let outcomes = apply(&mut reference, step);
            prop_assert_eq!(&apply(&mut hot, step), &outcomes);
            prop_assert_eq!(&apply(&mut cpp, step), &outcomes);
            compare(&reference, &hot, "hot");
            compare(&reference, &cpp, "cpp");
            expected.extend(outcomes);
        }
        let (mut block, mut out) = (HotBook::new(), Vec::new());
        block.apply_block(&stream, &mut out);
        prop_assert_eq!(out, expected);
        compare(&hot, &block, "block");
    }

    #[test]
    fn a_rejected_step_changes_nothing(stream in streams()) {
        let mut book = ReferenceBook::new();
        for step in steps(&stream) {
            let before = book.clone();
            let outcomes = apply(&mut book, step);
            if outcomes.iter().all(|outcome| outcome.status as u32 != 0) {
                compare(&before, &book, "rejected");
            }
        }
    }
}
