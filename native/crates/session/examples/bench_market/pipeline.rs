//! P7 and P7b: a file through the whole session, from bytes to ticks: book, digests, analytics of one
//! symbol, its detectors, frames. Beside it the book alone (P2, P4).

use std::error::Error;
use std::path::Path;

use serde_json::json;
use wavetank_feed::{Framing, Parser};
use wavetank_session::offline::{Implementation, Walk, WalkInput, WalkOptions};
use wavetank_session::{Clock, Config, Session, Stop};

use crate::clock::wall_ns;
use crate::decode::booked;
use crate::market::{SYMBOLS, with_digest};
use crate::measure::{rounds, side, timed};
use crate::options::Options;
use crate::report::{Claim, Goal, claim, part};
use crate::single::{self, PASSES};
use crate::written::{self, Written};

/// Events a call of the session, as the engine asks at full speed.
const WORK: usize = 500_000;

struct Wall;

impl Clock for Wall {
    fn now_ns(&self) -> u64 {
        wall_ns()
    }
}

fn opened(file: &Written, symbol: &str) -> Session {
    let source = json!({"kind": "itch", "path": file.path});
    let config = json!({"source": source, "symbols": [symbol]}).to_string();
    Config::parse(&config)
        .and_then(|config| Session::open(config, Box::new(Wall)))
        .expect("the generator writes ITCH")
}

/// Runs the file to its end and takes the frames as they come; the run digest.
fn ran(file: &Written, symbol: &str) -> u128 {
    let mut session = opened(file, symbol);
    let mut frames = Vec::new();
    loop {
        let stop = session.advance(u64::MAX, WORK, false);
        frames.clear();
        session.outbox().drain_record(&mut frames);
        session.outbox().drain_view(&mut frames);
        if stop.expect("the file is whole") == Stop::Ended {
            return session.run_digest().into();
        }
    }
}

/// The first symbol of a file and the run digest that a plain walk of it gives.
fn known(file: &Written) -> Result<(String, u128), Box<dyn Error>> {
    let options = WalkOptions {
        framing: Framing::BinaryFile,
        parser: Parser::Zig,
        implementation: Some(Implementation::Rust),
    };
    let mut walk = Walk::open(WalkInput::Path(file.path.clone()), &options)?;
    walk.advance(u64::MAX)?;
    let symbol = walk.directory().symbol(1).ok_or("no symbol of locate 1")?;
    let judge = walk.judge().ok_or("a walk with a book")?;
    Ok((
        String::from_utf8_lossy(&symbol).trim_end().to_owned(),
        judge.chain().into(),
    ))
}

pub fn run(options: &Options, folder: &Path) -> Result<(), Box<dyn Error>> {
    let day = written::market(folder, "pipeline", SYMBOLS, options.messages)?;
    let shape = format!(
        "{SYMBOLS} symbols, one watched, {} M messages",
        day.messages() / 1e6
    );
    compare(options, &day, 1, ("P7", &shape, "P2", 2.0))?;
    let one = single::file(folder)?;
    let shape = format!("one symbol, watched, {} messages", one.totals.messages);
    compare(options, &one, PASSES, ("P7b", &shape, "P4", 6.0))
}

fn compare(
    options: &Options,
    file: &Written,
    passes: u32,
    (id, shape, against, most): (&'static str, &str, &'static str, f64),
) -> Result<(), Box<dyn Error>> {
    let (symbol, chain) = known(file)?;
    let repeated = |pass: &dyn Fn() -> u128| (0..passes).fold(0, |_, _| pass());
    let series = rounds(
        options.rounds,
        vec![
            side("book", || {
                with_digest(|| {
                    for _ in 1..passes {
                        booked::<false>(file, |_| {});
                    }
                    booked::<false>(file, |_| {})
                })
            }),
            side("session", || timed(|| repeated(&|| ran(file, &symbol)))),
        ],
    );
    let [book, session] = series.as_slice() else {
        unreachable!("two sides were given");
    };
    assert_eq!(session.digest, chain, "{id} sequences other events");
    let amount = f64::from(passes) * file.messages();
    claim(Claim {
        id,
        workload: &format!("bytes to ticks: {shape}"),
        unit: "ns/message",
        of: part(session, amount),
        against,
        other: part(book, amount),
        goal: Goal::AtMost(most),
    });
    std::fs::remove_file(&file.path)?;
    Ok(())
}
