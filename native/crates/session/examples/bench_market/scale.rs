//! P12: the same market for longer, and the same length over fewer and more symbols.

use std::cell::Cell;
use std::error::Error;
use std::path::Path;

use wavetank_book::Book;

use crate::clock::now_ns;
use crate::decode::{book_bytes, booked};
use crate::gauges::Footprint;
use crate::market::{SYMBOLS, with_digest};
use crate::measure::{Lap, Series, rounds, side, timed};
use crate::options::Options;
use crate::report::{Claim, Goal, claim, figure, gauge, part};
use crate::written;

const MIB: f64 = (1 << 20) as f64;

pub fn run(options: &Options, folder: &Path) -> Result<(), Box<dyn Error>> {
    for symbols in [1, 100, SYMBOLS] {
        over_symbols(options, folder, symbols)?;
    }
    over_length(options, folder)
}

fn over_symbols(options: &Options, folder: &Path, symbols: u32) -> Result<(), Box<dyn Error>> {
    let file = written::market(folder, "symbols", symbols, options.messages)?;
    let mut footprint = Footprint::new(book_bytes(&file))?;
    let touched = footprint.bytes() as f64 / MIB;
    let messages = file.totals.messages;
    let series = rounds(
        options.rounds,
        vec![
            side("book", || with_digest(|| booked::<false>(&file, |_| {}))),
            side("G4", || timed(|| footprint.touch(messages))),
        ],
    );
    let [book, g4] = series.as_slice() else {
        unreachable!("two sides were given");
    };
    let n = file.messages();
    let shape = format!("{symbols} symbols, {} live orders", file.totals.live_orders);
    gauge(
        "G4",
        &format!("{touched:.0} MiB, {shape}"),
        "ns/touch",
        part(g4, n),
    );
    claim(Claim {
        id: "P12",
        workload: &format!("full L3 book: {shape}"),
        unit: "ns/message",
        of: part(book, n),
        against: "G4",
        other: part(g4, n),
        goal: Goal::None,
    });
    std::fs::remove_file(&file.path)?;
    Ok(())
}

/// Times of one pass from the end of the build-up: to the short length, and to the long one.
struct Laps {
    short: Cell<f64>,
    long: Cell<f64>,
}

fn over_length(options: &Options, folder: &Path) -> Result<(), Box<dyn Error>> {
    let file = written::market(folder, "long", SYMBOLS, options.long)?;
    // Once every instrument has its orders, the market keeps as many.
    let built = u64::from(file.params.instruments) * (u64::from(file.params.live_orders) + 2);
    let laps = Laps {
        short: Cell::new(0.0),
        long: Cell::new(0.0),
    };
    let pass = || {
        let mut start = None;
        let mut short = None;
        let book = booked::<false>(&file, |messages| {
            let now = now_ns();
            if start.is_none() && messages >= built {
                start = Some(now);
            }
            if short.is_none() && messages >= options.messages {
                short = Some(now);
            }
        });
        let (start, end) = (start.unwrap_or_else(now_ns), now_ns());
        let since = |to: u64| (to - start) as f64;
        laps.short.set(short.map_or(0.0, since));
        laps.long.set(since(end));
        book.market_digest()
    };
    let bytes = book_bytes(&file);
    let mut series = rounds(
        options.rounds,
        vec![
            side("long", || {
                let digest = pass();
                Lap {
                    ns: laps.long.get(),
                    digest,
                }
            }),
            side("short", || Lap {
                ns: laps.short.get(),
                digest: 0,
            }),
        ],
    );
    let (Some(short), Some(long)) = (series.pop(), series.pop()) else {
        unreachable!("two sides were given");
    };
    told(options, built, &short, &long);
    let live = file.totals.live_orders;
    let holding = format!(
        "memory of the book: {live} live orders of {} messages",
        options.long
    );
    figure(
        "P12",
        &holding,
        "MiB",
        bytes as f64 / MIB,
        Goal::AtMost(200.0),
    );
    std::fs::remove_file(&file.path)?;
    Ok(())
}

fn told(options: &Options, built: u64, short: &Series, long: &Series) {
    let counted = |messages: u64| (messages - built) as f64;
    let millions = |messages: u64| messages as f64 / 1e6;
    let lengths = (millions(options.messages), millions(options.long));
    claim(Claim {
        id: "P12",
        workload: &format!("{} M messages after the build-up", lengths.1),
        unit: "ns/message",
        of: part(long, counted(options.long)),
        against: "its start",
        other: part(short, counted(options.messages)),
        goal: Goal::AtMost(1.15),
    });
}
