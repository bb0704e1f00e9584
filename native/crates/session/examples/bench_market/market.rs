//! P1 to P3: a generated day of many symbols, decoded, booked, and booked with its digest.

use std::error::Error;
use std::path::Path;

use wavetank_book::Book;

use crate::decode::{agree, book_bytes, booked, plainly, product};
use crate::gauges::{Footprint, frame_walk};
use crate::measure::{Series, rounds, side, timed};
use crate::options::Options;
use crate::report::{Claim, Goal, claim, figure, gauge, part};
use crate::written::{self, Written};

pub const SYMBOLS: u32 = 8_000;
const MIB: f64 = (1 << 20) as f64;

pub fn run(options: &Options, folder: &Path) -> Result<(), Box<dyn Error>> {
    let file = written::market(folder, "market", SYMBOLS, options.messages)?;
    let (ours, plain) = agree(&file);
    assert_eq!(ours, plain, "the plain decoder makes other events");
    let bytes = book_bytes(&file);
    let mut footprint = Footprint::new(bytes)?;
    let series = measured(options, &file, &mut footprint);
    for (series, name) in series.iter().skip(3).zip(["P2", "P3"]) {
        let digest = file.totals.market_digest;
        assert_eq!(series.digest, digest, "{name} ends with another book");
    }
    told(&file, &series, bytes);
    std::fs::remove_file(&file.path)?;
    Ok(())
}

fn measured(options: &Options, file: &Written, footprint: &mut Footprint) -> Vec<Series> {
    let messages = file.totals.messages;
    rounds(
        options.rounds,
        vec![
            side("G1", || timed(|| frame_walk(file))),
            side("P1", || timed(|| product(file))),
            side("G2", || timed(|| plainly(file))),
            side("P2", || with_digest(|| booked::<false>(file, |_| {}))),
            side("P3", || with_digest(|| booked::<true>(file, |_| {}))),
            side("G4", || timed(|| footprint.touch(messages))),
        ],
    )
}

/// Times the making of a book and asks for its digest afterwards.
pub fn with_digest<B: Book>(make: impl FnOnce() -> B) -> crate::measure::Lap {
    let mut book = None;
    let mut lap = timed(|| {
        book = Some(make());
        0
    });
    lap.digest = book.map_or(0, |book| book.market_digest());
    lap
}

fn told(file: &Written, series: &[Series], bytes: usize) {
    let [g1, p1, g2, p2, p3, g4] = series else {
        unreachable!("six sides were given");
    };
    let n = file.messages();
    let millions = n / 1e6;
    let day = &format!("{SYMBOLS} symbols, {millions} M messages");
    for (id, series) in [("G1", g1), ("G2", g2), ("G4", g4)] {
        gauge(id, day, "ns/message", part(series, n));
    }
    let rows = [
        ("P1", "decode", p1, "G1", g1, Goal::AtMost(1.7)),
        ("P1", "decode", p1, "G2", g2, Goal::AtMost(0.5)),
        ("P2", "full L3 book", p2, "G1", g1, Goal::AtMost(20.0)),
        ("P2", "full L3 book", p2, "G4", g4, Goal::None),
        ("P3", "P2 + market digest", p3, "P2", p2, Goal::AtMost(1.3)),
    ];
    for (id, what, of, against, other, goal) in rows {
        claim(Claim {
            id,
            workload: &format!("{what}: {day}"),
            unit: "ns/message",
            of: part(of, n),
            against,
            other: part(other, n),
            goal,
        });
    }
    let live = file.totals.live_orders as f64 / 1e6;
    let holding = format!("memory of the book: {live:.2} M live orders of {millions} M messages");
    figure(
        "P2",
        &holding,
        "MiB",
        bytes as f64 / MIB,
        Goal::AtMost(200.0),
    );
}
