//! Steps of events written as messages read as the same steps.
use proptest::prelude::*;
use wavetank_abi::{Event, event_flags as flags};
use wavetank_feed::encode::StepEncoder;
use wavetank_feed::{Framing, Parser, Wire, parse_all};

fn event() -> impl Strategy<Value = Event> {
    (
        0..86_400_000_000_000u64,
        any::<u32>(),
        1..=u32::MAX,
        any::<u64>(),
        any::<u16>(),
        0..2u8,
    )
        .prop_map(|(ts_ns, price, qty, order_id, instrument, side)| Event {
            ts_ns,
            price: price.into(),
            qty: qty.into(),
            order_id,
            instrument_id: instrument.into(),
            side,
            ..Event::default()
        })
}

fn step() -> impl Strategy<Value = Vec<Event>> {
    let shaped = |event_type, event_flags, side: Option<u8>, price: bool, qty: bool| {
        event().prop_map(move |e| {
            vec![Event {
                event_type,
                flags: event_flags,
                side: side.unwrap_or(e.side),
                price: if price { e.price } else { 0 },
                qty: if qty { e.qty } else { 0 },
                ..e
            }]
        })
    };
    let letters = prop::sample::select(b"SHhW".to_vec());
    prop_oneof![
        shaped(1, 0, None, true, true),
        shaped(2, 0, Some(2), false, true),
        shaped(2, 0, Some(2), false, false),
        shaped(4, 0, Some(2), false, true),
        shaped(4, 0, Some(2), true, true),
        shaped(4, flags::NON_PRINTABLE, Some(2), true, true),
        shaped(4, flags::NON_DISPLAYED, None, true, true),
        shaped(4, flags::CROSS, Some(2), true, true).prop_map(|mut step| {
            step[0].order_id = 0;
            step
        }),
        (event(), letters, any::<u8>()).prop_map(|(e, letter, state)| {
            let (qty, price) = (letter.into(), state.into());
            vec![Event {
                event_type: 6,
                side: 2,
                order_id: 0,
                qty,
                price,
                ..e
            }]
        }),
        event().prop_map(|e| {
            let (qty, price) = (b'B'.into(), 0);
            vec![Event {
                event_type: 6,
                side: 2,
                flags: flags::BROKEN,
                qty,
                price,
                ..e
            }]
        }),
        (event(), any::<u64>()).prop_map(|(e, old)| {
            let (more, half) = (flags::REPLACE | flags::MORE, flags::REPLACE);
            let (order_id, qty, price) = (old, 0, 0);
            let old = Event {
                event_type: 2,
                side: 2,
                flags: more,
                order_id,
                qty,
                price,
                ..e
            };
            vec![
                old,
                Event {
                    event_type: 1,
                    side: 2,
                    flags: half,
                    ..e
                },
            ]
        }),
    ]
}

proptest! {
    #[test]
    fn come_back(steps in prop::collection::vec(step(), 1..40), framed in any::<bool>()) {
        let (wire, framing) = if framed {
            (Wire::BinaryFile, Framing::BinaryFile)
        } else {
            (Wire::Raw, Framing::Raw)
        };
        let mut encoder = StepEncoder::new(wire);
        let mut bytes = Vec::new();
        for step in &steps {
            encoder.append(step, *b"WAVE    ", &mut bytes).unwrap();
        }
        let mut events = Vec::new();
        let counters = parse_all(&bytes, framing, Parser::Zig, &mut events).unwrap();
        prop_assert_eq!((counters.messages, counters.errors), (steps.len() as u64, 0));
        prop_assert_eq!(events, steps.concat());
    }
}

/// An event of small numbers and any shape: most are such as no message makes.
fn odd_event() -> impl Strategy<Value = Event> {
    let shape = (
        0..8u8,
        0..4u8,
        prop::sample::select(vec![0, 1, 2, 3, 4, 8, 16, 32, 64, 24]),
    );
    let qty = prop_oneof![
        Just(0),
        1..300u64,
        prop::sample::select(b"SHhWB".map(u64::from).to_vec())
    ];
    (
        shape,
        qty,
        prop_oneof![Just(0), 1..300u64],
        0..2u64,
        0..2u64,
    )
        .prop_map(
            |((event_type, side, flags), qty, price, order_id, ts_ns)| Event {
                ts_ns,
                price,
                qty,
                order_id,
                instrument_id: 1,
                event_type,
                side,
                flags,
            },
        )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20_000))]
    #[test]
    fn a_step_comes_back_as_it_was_or_is_refused(step in prop::collection::vec(odd_event(), 1..3)) {
        let (mut bytes, mut events) = (Vec::new(), Vec::new());
        if StepEncoder::new(Wire::BinaryFile).append(&step, *b"WAVE    ", &mut bytes).is_ok() {
            parse_all(&bytes, Framing::BinaryFile, Parser::Rust, &mut events).unwrap();
            prop_assert_eq!(events, step);
        }
    }
}

#[test]
fn what_no_message_makes_is_refused_and_writes_nothing() {
    let good = Event {
        event_type: 1,
        qty: 1,
        ..Event::default()
    };
    let bad = [
        vec![],
        vec![good, good],
        vec![Event {
            event_type: 3,
            ..good
        }],
        vec![Event {
            event_type: 5,
            ..good
        }],
        vec![Event {
            event_type: 0,
            ..good
        }],
        vec![Event { side: 2, ..good }],
        vec![Event {
            flags: flags::INJECTED,
            ..good
        }],
        vec![Event {
            instrument_id: 1 << 16,
            ..good
        }],
        vec![Event {
            ts_ns: 1 << 48,
            ..good
        }],
        vec![Event {
            qty: 1 << 32,
            ..good
        }],
        vec![Event {
            price: 1 << 32,
            ..good
        }],
        vec![Event {
            event_type: 6,
            qty: u64::from(b'R'),
            ..good
        }],
    ];
    let mut encoder = StepEncoder::new(Wire::Raw);
    for step in bad {
        let mut bytes = Vec::new();
        assert!(
            encoder.append(&step, *b"WAVE    ", &mut bytes).is_err(),
            "{step:?}"
        );
        assert!(bytes.is_empty());
    }
    assert_eq!(encoder.next_match, 1);
}
