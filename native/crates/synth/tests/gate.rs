//! The gate's streams reach every message type, every status that ITCH can cause, and every shape of
//! book that breaks implementations.

use std::collections::BTreeSet;

use wavetank_abi::{ApplyStatus, Event, Side};
use wavetank_book::{Book, ReferenceBook, apply_step, steps};
use wavetank_feed::{Framing, Parser, parse_all};
use wavetank_synth::{GateProfile, gate_stream};

const TYPES: &[u8] = b"SRHYLVWKJhAFECXDUPQBINO";

fn parsed(bytes: &[u8], messages: u64) -> Vec<Event> {
    let mut events = Vec::new();
    let counters = parse_all(bytes, Framing::BinaryFile, Parser::Rust, &mut events).unwrap();
    assert_eq!((counters.messages, counters.errors), (messages, 0));
    for message_type in TYPES {
        let count = counters.by_type[usize::from(*message_type)];
        assert!(count > 0, "no {}", char::from(*message_type));
    }
    events
}

#[derive(Default)]
struct Seen {
    statuses: BTreeSet<u32>,
    instruments: BTreeSet<u32>,
    levels_max: usize,
    one_sided: bool,
    empty_again: bool,
    crossed: bool,
}

fn run(profile: GateProfile, messages: u64) -> Seen {
    let events = parsed(&gate_stream(1, messages, profile), messages);
    let (mut book, mut seen, mut outcomes) = (ReferenceBook::new(), Seen::default(), Vec::new());
    for (n, step) in steps(&events).enumerate() {
        outcomes.clear();
        apply_step(&mut book, step, &mut outcomes);
        seen.statuses
            .extend(outcomes.iter().map(|outcome| outcome.status as u32));
        let instrument = step[0].instrument_id;
        seen.instruments.insert(instrument);
        let (bid, ask) = (
            book.best(instrument, Side::Bid),
            book.best(instrument, Side::Ask),
        );
        seen.one_sided |= bid.is_some() != ask.is_some();
        seen.empty_again |= n > 100 && bid.is_none() && ask.is_none();
        seen.crossed |= bid
            .zip(ask)
            .is_some_and(|(bid, ask)| bid.price >= ask.price);
        if n % 1_000 == 0 {
            seen.levels_max = seen
                .levels_max
                .max(book.levels(instrument, Side::Bid).count());
        }
    }
    seen
}

#[test]
fn every_profile_reaches_every_type_and_every_status() {
    let unreachable = [
        ApplyStatus::BadType,
        ApplyStatus::BadFlags,
        ApplyStatus::TornReplace,
    ];
    let reachable: BTreeSet<u32> = (0..=ApplyStatus::DuplicateId as u32)
        .filter(|status| unreachable.iter().all(|other| *other as u32 != *status))
        .collect();
    for profile in GateProfile::ALL {
        let seen = run(profile, 60_000);
        assert_eq!(seen.statuses, reachable, "{}", profile.name());
        assert!(seen.crossed && seen.one_sided, "{}", profile.name());
    }
}

#[test]
fn each_profile_dwells_on_what_it_says() {
    assert!(run(GateProfile::Deep, 60_000).levels_max > 4_000);
    assert!(run(GateProfile::Wide, 60_000).instruments.len() > 20_000);
    assert!(run(GateProfile::Thin, 20_000).empty_again);
    assert!(run(GateProfile::Mixed, 60_000).levels_max > 50);
}

#[test]
fn a_stream_is_a_function_of_its_seed() {
    for profile in GateProfile::ALL {
        assert_eq!(
            gate_stream(5, 3_000, profile),
            gate_stream(5, 3_000, profile)
        );
        assert_ne!(
            gate_stream(5, 3_000, profile),
            gate_stream(6, 3_000, profile)
        );
        let longer = gate_stream(5, 3_000, profile);
        assert!(longer.starts_with(&gate_stream(5, 1_000, profile)));
    }
}
