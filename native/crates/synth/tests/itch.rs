//! A written file against the events it was written from, and its totals against a replay.

use wavetank_abi::{ApplyStatus, Event, EventType, event_flags};
use wavetank_book::{Book, ReferenceBook, apply_step, steps};
use wavetank_feed::{Framing, Parser, Wire, parse_all};
use wavetank_synth::{Synth, SynthParams, Totals, write_itch, write_itch_as};
use xxhash_rust::xxh64::xxh64;

fn written(params: SynthParams, messages: u64) -> (Vec<u8>, Totals) {
    let mut bytes = Vec::new();
    let totals = write_itch(params, messages, &mut bytes).unwrap();
    (bytes, totals)
}

fn parsed(bytes: &[u8]) -> Vec<Event> {
    let mut events = Vec::new();
    let counters = parse_all(bytes, Framing::BinaryFile, Parser::Rust, &mut events).unwrap();
    assert_eq!(counters.errors, 0, "{:?}", counters.first_error);
    events
}

const SEVERAL: SynthParams = SynthParams {
    seed: 7,
    instruments: 30,
    events_per_s: 4_000,
    base_price: 500_000,
    tick_size: 0,
    live_orders: 100,
    halts_per_hour: 600,
};

#[test]
fn a_file_parses_to_the_events_of_the_source() {
    for params in [SynthParams::default(), SEVERAL] {
        let events = parsed(&written(params, 60_000).0);
        let market = &events[..events.len() - 3];
        let mut source = Vec::new();
        Synth::new(params)
            .unwrap()
            .next_batch(u64::MAX, market.len(), &mut source);
        assert_eq!(market, source);
    }
}

#[test]
fn the_same_parameters_give_the_same_bytes() {
    assert_eq!(written(SEVERAL, 50_000), written(SEVERAL, 50_000));
    let longer = written(SEVERAL, 50_001).0;
    let shorter = written(SEVERAL, 50_000).0;
    let market = shorter.len() - 3 * 14;
    assert_eq!(
        shorter[..market],
        longer[..market],
        "a longer file begins as a shorter one"
    );
}

#[test]
fn totals_are_what_a_replay_finds() {
    for messages in [34, 35, 5_000, 40_001, 40_002, 40_003, 40_004] {
        let (bytes, totals) = written(SEVERAL, messages);
        let events = parsed(&bytes);
        let (mut book, mut outcomes) = (ReferenceBook::new(), Vec::new());
        let (mut trades, mut volume) = (0, 0);
        for step in steps(&events) {
            outcomes.clear();
            apply_step(&mut book, step, &mut outcomes);
            assert!(
                outcomes
                    .iter()
                    .all(|o| { matches!(o.status, ApplyStatus::Applied | ApplyStatus::Tape) })
            );
            if step[0].event_type == EventType::Trade as u8 {
                let printable = step[0].flags & event_flags::NON_PRINTABLE == 0;
                trades += 1;
                volume += if printable { step[0].qty } else { 0 };
            }
        }
        assert_eq!(totals.messages, messages);
        assert_eq!(totals.by_type.iter().sum::<u64>(), messages);
        assert_eq!(totals.bytes, bytes.len() as u64);
        assert_eq!(totals.events, events.len() as u64);
        assert_eq!((totals.trades, totals.volume), (trades, volume));
        assert_eq!(totals.live_orders, book.live_orders());
        assert_eq!(
            totals.market_digest,
            book.market_digest(),
            "{messages} messages"
        );
        assert_eq!(totals.input_digest, xxh64(&bytes, 0));
        assert_eq!(totals.last_ts_ns, events.last().unwrap().ts_ns);
    }
}

#[test]
fn every_type_of_an_ordinary_day_is_there() {
    let totals = written(SEVERAL, 200_000).1;
    for message_type in b"SRHAFECXDUPQ" {
        let count = totals.by_type[usize::from(*message_type)];
        assert!(count > 0, "no {}", char::from(*message_type));
    }
}

#[test]
fn too_few_messages_or_wrong_parameters_write_nothing() {
    let cases = [
        (SEVERAL, 33),
        (
            SynthParams {
                instruments: 0,
                ..SEVERAL
            },
            1_000,
        ),
    ];
    for (params, messages) in cases {
        let mut bytes = Vec::new();
        let error = write_itch(params, messages, &mut bytes).unwrap_err();
        assert_eq!(error.kind(), std::io::ErrorKind::InvalidInput, "{error}");
        assert!(bytes.is_empty());
    }
}

#[test]
fn either_framing_holds_the_same_market() {
    let framed = written(SEVERAL, 20_000);
    let (mut bytes, mut heard) = (Vec::new(), Vec::new());
    let mut hear = |messages| heard.push(messages);
    let raw = write_itch_as(Wire::Raw, SEVERAL, 20_000, &mut bytes, &mut hear).unwrap();
    assert_eq!(raw.bytes, bytes.len() as u64);
    assert_eq!(raw.bytes + 2 * 20_000, framed.1.bytes);
    assert_eq!(raw.market_digest, framed.1.market_digest);
    assert_eq!(heard.last(), Some(&20_000));
    let mut events = Vec::new();
    parse_all(&bytes, Framing::Raw, Parser::Zig, &mut events).unwrap();
    assert_eq!(events, parsed(&framed.0));
}
