//! The twins on random streams: sound messages, damaged ones, and bytes that are nothing.
mod samples;

use proptest::prelude::*;
use samples::{Judge, Limits, every_type};
use wavetank_feed::{Framing, Parser, Stop, Wire, parse_all};

/// A stretch of a stream.
fn piece(wire: Wire) -> impl Strategy<Value = Vec<u8>> {
    let types = every_type(wire).len();
    let sound = move |i: usize| every_type(wire)[i].clone();
    prop_oneof![
        6 => (0..types).prop_map(sound),
        2 => (0..types, any::<prop::sample::Index>(), any::<u8>()).prop_map(move |(i, at, value)| {
            let mut message = sound(i);
            let at = at.index(message.len());
            message[at] = value;
            message
        }),
        1 => (0..types, any::<prop::sample::Index>()).prop_map(move |(i, cut)| {
            let mut message = sound(i);
            message.truncate(cut.index(message.len()));
            message
        }),
        1 => prop::collection::vec(any::<u8>(), 0..80),
    ]
}

fn stream(wire: Wire) -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(piece(wire), 0..60).prop_map(|pieces| pieces.concat())
}

fn wires() -> impl Strategy<Value = (Wire, Vec<u8>)> {
    prop_oneof![
        stream(Wire::BinaryFile).prop_map(|bytes| (Wire::BinaryFile, bytes)),
        stream(Wire::Raw).prop_map(|bytes| (Wire::Raw, bytes)),
    ]
}

fn limits() -> impl Strategy<Value = Limits> {
    let messages = prop_oneof![0..40u64, Just(u64::MAX)];
    (0..120usize, 0..60usize, messages).prop_map(|(events, notes, messages)| Limits {
        events,
        notes,
        messages,
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, ..ProptestConfig::default() })]

    #[test]
    fn one_pass((wire, bytes) in wires(), limits in limits(), known in any::<bool>()) {
        let mut judge = Judge::new();
        if known {
            judge.zig.known.fill(1);
            judge.twin.known.fill(1);
        }
        judge.same(&bytes, wire, limits);
        judge.finish();
    }

    /// Going on from wherever it stopped, a byte further after an error, always ends.
    #[test]
    fn pass_after_pass((wire, bytes) in wires(), limits in limits()) {
        let limits = Limits { events: limits.events + 2, notes: limits.notes + 1, ..limits };
        let limits = Limits { messages: limits.messages.max(1), ..limits };
        let mut judge = Judge::new();
        let mut at = 0;
        loop {
            let done = judge.same(&bytes[at..], wire, limits);
            at += done.consumed;
            match done.stop {
                Stop::Complete | Stop::Truncated => break,
                Stop::Full | Stop::Limit => prop_assert!(done.messages > 0),
                _ => at += 1,
            }
        }
        judge.finish();
    }

    /// The whole policy, over either parser: the same events, the same counters.
    #[test]
    fn the_reader((wire, damaged) in wires()) {
        let framing = match wire {
            Wire::BinaryFile => Framing::BinaryFile,
            Wire::Raw => Framing::Raw,
        };
        let bytes = [every_type(wire).concat().repeat(6), damaged].concat();
        let read = |parser| {
            let mut events = Vec::new();
            let counters = parse_all(&bytes, framing, parser, &mut events);
            (counters.map_err(|error| error.code()), events)
        };
        let (zig, twin) = (read(Parser::Zig), read(Parser::Rust));
        prop_assert_eq!(&zig, &twin);
        if let Ok(counters) = zig.0 {
            let taken: u64 = counters.by_type.iter().sum();
            prop_assert_eq!(taken, counters.messages);
            prop_assert!(counters.messages >= 23 * 6);
        }
    }

    /// Any bytes at all: an answer, never a hang.
    #[test]
    fn anything(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let mut events = Vec::new();
        let answer = parse_all(&bytes, Framing::Auto, Parser::Zig, &mut events);
        if bytes.is_empty() {
            prop_assert_eq!(answer.map_err(|error| error.code()), Err("FEED_EMPTY"));
        }
    }
}
