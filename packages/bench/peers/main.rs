//! Registry peers beside Wavetank, on one generated file, in turns. In: sizes and the driver of the
//! Python peer. Out: JSON lines, as the native bench prints them. It is compiled in a throw-away
//! project next to sources of the native bench.
#![allow(clippy::disallowed_methods)]

#[allow(dead_code)]
mod clock;
#[allow(dead_code)]
mod decode;
mod decoders;
mod driver;
#[allow(dead_code)]
mod gauges;
#[allow(dead_code)]
mod measure;
mod options;
#[allow(dead_code)]
mod plain;
#[allow(dead_code)]
mod report;
mod tops;
#[allow(dead_code)]
mod written;

use std::error::Error;

use wavetank_book::Book;
use wavetank_synth::SynthParams;

use decoders::Sums;
use driver::Driver;
use measure::{Lap, Series, Side, rounds, side, timed};
use options::Options;
use report::{Claim, Goal, claim, gauge, part};
use tops::agreement;
use written::Written;

const SYMBOLS: u32 = 1_000;
/// One message in so many leaves an order behind, so that the build-up is a fifth of the file.
const MESSAGES_PER_ORDER: u64 = 5;
const UNIT: &str = "ns/message";

fn main() -> Result<(), Box<dyn Error>> {
    let options = Options::parse(std::env::args().skip(1))?;
    clock::choose(options.clock);
    report::clock(options.clock);
    let live_orders = options.messages / MESSAGES_PER_ORDER / u64::from(SYMBOLS);
    let params = SynthParams {
        instruments: SYMBOLS,
        events_per_s: 50_000,
        live_orders: live_orders.clamp(40, 20_000) as u32,
        ..SynthParams::default()
    };
    let file = written::write(&options.dir, "peers", params, options.messages)?;
    decoding(&options, &file)?;
    booking(&options, &file)
}

fn summed(pass: impl FnOnce() -> Sums) -> Lap {
    timed(|| pass().digest())
}

fn decoding(options: &Options, file: &Written) -> Result<(), Box<dyn Error>> {
    let ours = decoders::wavetank(file);
    let mut sides = vec![
        side("Wavetank", || summed(|| decoders::wavetank(file))),
        side("Wavetank, events not summed", || {
            timed(|| decode::product(file))
        }),
        side("frame walk (G1)", || timed(|| gauges::frame_walk(file))),
    ];
    for (name, peer) in decoders::PEERS {
        let theirs = peer(file);
        if theirs != ours {
            return Err(format!("{name} reads {theirs:?}, Wavetank {ours:?}").into());
        }
        sides.push(side(name, move || summed(|| peer(file))));
    }
    let what = format!(
        "decode, {} messages counted, fields summed alike",
        ours.messages
    );
    told(&what, file, &rounds(options.rounds, sides));
    Ok(())
}

fn booking(options: &Options, file: &Written) -> Result<(), Box<dyn Error>> {
    let ours = decode::booked::<false>(file, |_| {});
    if ours.market_digest() != file.totals.market_digest {
        return Err("the book ends otherwise than the generator foretold".into());
    }
    let mut sides: Vec<Side> = vec![side("Wavetank", || book_kept(file))];
    let mut what = "bytes to L3 book".to_owned();
    let driver = options
        .driver
        .as_ref()
        .map(|script| Driver::start(&options.python, script, &file.path, options.clock))
        .transpose()?;
    if let Some(mut driver) = driver {
        let last = driver.last()?;
        what = format!("{what}; {}", agreement(&ours, file, &last)?);
        let messages = file.totals.messages;
        sides.push(side("itch-book", move || {
            driver.pass(messages).expect("the driver answers")
        }));
    }
    told(&what, file, &rounds(options.rounds, sides));
    Ok(())
}

/// Freeing the book is not timed, as the driver does not time its own.
fn book_kept(file: &Written) -> Lap {
    let mut book = None;
    let mut lap = timed(|| {
        book = Some(decode::booked::<false>(file, |_| {}));
        0
    });
    lap.digest = book.map_or(0, |book| u128::from(book.live_orders()));
    lap
}

/// The first side is ours, the others are set against it.
fn told(what: &str, file: &Written, series: &[Series]) {
    let amount = file.messages();
    let Some((ours, others)) = series.split_first() else {
        return;
    };
    gauge(ours.name, what, UNIT, part(ours, amount));
    for other in others {
        claim(Claim {
            id: other.name,
            workload: what,
            unit: UNIT,
            of: part(other, amount),
            against: ours.name,
            other: part(ours, amount),
            goal: Goal::None,
        });
    }
}
