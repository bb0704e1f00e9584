//! P4: one symbol whose levels come and go, from bytes to book, and the book alone.

use std::error::Error;
use std::hint::black_box;
use std::path::Path;

use wavetank_abi::Event;
use wavetank_book::HotBook;
use wavetank_feed::{Framing, Parser, parse_all};
use wavetank_synth::SynthParams;

use crate::decode::booked;
use crate::gauges::frame_walk;
use crate::market::with_digest;
use crate::measure::{rounds, side, timed};
use crate::options::Options;
use crate::report::{Claim, Goal, claim, gauge, part};
use crate::written::{self, Written};

const MESSAGES: u64 = 500_000;
/// Passes a round: one takes too few milliseconds to be timed on a shared machine.
pub const PASSES: u32 = 4;

/// The file of one busy symbol.
pub fn file(folder: &Path) -> std::io::Result<Written> {
    let params = SynthParams {
        events_per_s: 50_000,
        live_orders: 2_000,
        ..SynthParams::default()
    };
    written::write(folder, "single", params, MESSAGES)
}

/// Its events, in memory.
pub fn events(file: &Written) -> Result<Vec<Event>, Box<dyn Error>> {
    let mut events = Vec::new();
    parse_all(&file.map(), Framing::BinaryFile, Parser::Zig, &mut events)?;
    Ok(events)
}

/// A book of these events.
pub fn applied<const DIGEST: bool>(events: &[Event]) -> HotBook<DIGEST> {
    let mut book = HotBook::empty();
    book.apply_each(events, |_, outcome| {
        black_box(outcome.status);
    });
    book
}

/// Does a thing often and gives what the last time gave.
pub fn again<T>(make: impl Fn() -> T) -> T {
    for _ in 1..PASSES {
        black_box(make());
    }
    make()
}

pub fn run(options: &Options, folder: &Path) -> Result<(), Box<dyn Error>> {
    let file = file(folder)?;
    let events = events(&file)?;
    let series = rounds(
        options.rounds,
        vec![
            side("G1", || timed(|| again(|| frame_walk(&file)))),
            side("P4", || {
                with_digest(|| again(|| booked::<false>(&file, |_| {})))
            }),
            side("P4 events", || {
                with_digest(|| again(|| applied::<false>(&events)))
            }),
        ],
    );
    let [g1, whole, book] = series.as_slice() else {
        unreachable!("three sides were given");
    };
    for series in [whole, book] {
        let name = series.name;
        assert_eq!(series.digest, file.totals.market_digest, "{name}");
    }
    let passes = f64::from(PASSES);
    let amount = events.len() as f64 * passes;
    let walked = part(g1, amount);
    let shape = format!("one symbol, {} events", events.len());
    gauge("G1", &shape, "ns/event", walked);
    for (what, of) in [("bytes to L3 book", whole), ("events to L3 book", book)] {
        claim(Claim {
            id: "P4",
            workload: &format!("{what}: {shape}"),
            unit: "ns/event",
            of: part(of, amount),
            against: "G1",
            other: walked,
            goal: Goal::AtMost(3.0),
        });
    }
    let fastest = whole.spread().median / amount;
    crate::report::figure(
        "P4",
        "bytes to L3 book, whole loop",
        "ns/event",
        fastest,
        Goal::AtMost(10.0),
    );
    std::fs::remove_file(&file.path)?;
    Ok(())
}
