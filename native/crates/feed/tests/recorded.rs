//! The recorded files: message counts by type, symbols, and both parsers alike on real bytes.
use std::path::PathBuf;

use wavetank_abi::Event;
use wavetank_feed::{FileSource, Framing, Parser, Wire};

/// A recorded file, or `None` with a printed skip; where everything must run, its absence fails.
fn recorded(name: &str) -> Option<PathBuf> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../../shared/fixtures");
    let folder = std::env::var_os("WAVETANK_FIXTURES").unwrap_or_else(|| beside.into());
    let path = PathBuf::from(folder).join(name);
    if path.is_file() {
        return Some(path);
    }
    assert_ne!(
        std::env::var("WAVETANK_REQUIRE_FIXTURES").as_deref(),
        Ok("true"),
        "{} is absent",
        path.display()
    );
    println!(
        "skipped: {} is absent (set WAVETANK_FIXTURES)",
        path.display()
    );
    None
}

fn read(path: &std::path::Path, parser: Parser) -> (FileSource, Vec<Event>) {
    let mut source = FileSource::open(path, Framing::Auto, parser).unwrap();
    let mut events = Vec::new();
    while !source.next_batch(&mut events, 1000).unwrap().ended {}
    (source, events)
}

fn check(name: &str, expected: &[(u8, u64)]) -> Option<(FileSource, Vec<Event>)> {
    let path = recorded(name)?;
    let (source, events) = read(&path, Parser::Zig);
    let (twin, twin_events) = read(&path, Parser::Rust);
    assert_eq!(source.wire(), Wire::BinaryFile);
    assert_eq!(source.counters(), twin.counters());
    assert_eq!(source.directory(), twin.directory());
    assert!(events == twin_events, "events differ");
    let counts = source.counters().by_type.iter().enumerate();
    let counts: Vec<_> = counts
        .filter(|(_, n)| **n > 0)
        .map(|(t, n)| (t as u8, *n))
        .collect();
    assert_eq!(counts, expected);
    assert_eq!(source.counters().errors, 0);
    assert_eq!(source.offset_bytes(), source.length_bytes());
    Some((source, events))
}

#[test]
fn aapl_hour() {
    let types = [
        (b'A', 44336),
        (b'D', 41004),
        (b'E', 4067),
        (b'P', 2201),
        (b'R', 1),
    ];
    let types = [&types[..], &[(b'S', 2), (b'X', 469)]].concat();
    let Some((source, events)) = check("aapl-2012-06-21/feed.itch50", &types) else {
        return;
    };
    assert_eq!(source.counters().messages, 92_080);
    assert_eq!(events.len(), 92_079);
    let locate = source.directory().locate("AAPL").unwrap();
    assert!(
        events
            .iter()
            .all(|e| e.instrument_id == locate || e.instrument_id == 0)
    );
}

#[test]
fn aapl_hour_with_replaces() {
    let types = [
        (b'A', 26312),
        (b'D', 22980),
        (b'E', 4067),
        (b'P', 2201),
        (b'R', 1),
    ];
    let types = [&types[..], &[(b'S', 2), (b'U', 18024), (b'X', 469)]].concat();
    let name = "aapl-2012-06-21-replaces/feed.itch50";
    let Some((source, events)) = check(name, &types) else {
        return;
    };
    assert_eq!(source.counters().messages, 74_056);
    assert_eq!(events.len(), 74_055 + 18_024);
}

#[test]
fn nasdaq_snippet() {
    let types = [
        (b'A', 367),
        (b'C', 1),
        (b'D', 167),
        (b'E', 28),
        (b'F', 193),
        (b'I', 4),
    ];
    let types = [
        &types[..],
        &[(b'P', 4), (b'Q', 4), (b'S', 1), (b'U', 225), (b'X', 6)],
    ]
    .concat();
    let Some((source, events)) = check("nasdaq-2019-12-30/snippet-1000.itch50", &types) else {
        return;
    };
    assert_eq!(source.counters().messages, 1000);
    assert_eq!(events.len(), 1000 - 4 + 225);
    // No directory messages: symbols come from the stock fields.
    assert!(source.directory().len() > 100);
    let named = |e: &&Event| [1, 4].contains(&e.event_type) && e.side != 2;
    let add = events.iter().find(named).unwrap();
    assert!(source.directory().symbol(add.instrument_id).is_some());
}
