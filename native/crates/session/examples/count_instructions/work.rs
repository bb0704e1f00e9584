//! The pieces of work that are counted, each small, fixed and warm: what it needs is made before the
//! first mark. It knows nothing of who counts.

use std::error::Error;
use std::hint::black_box;
use std::path::Path;

use wavetank_abi::{Event, Record};
use wavetank_book::HotBook;
use wavetank_feed::{FileSource, Framing, Parser, parse_all};
use wavetank_kernels::{L2Level, l2_hash};
use wavetank_log::{LogOptions, LogReader, LogWriter};
use wavetank_session::{Clock, Config, Session};
use wavetank_synth::{SynthParams, write_itch};

use crate::stepper::mark;

/// A clock that costs nothing and tells nothing.
struct Stopped;

impl Clock for Stopped {
    fn now_ns(&self) -> u64 {
        0
    }
}

/// In the order in which the child does them.
pub const NAMES: [&str; 7] = [
    "decode",
    "book, many symbols, market digest",
    "book, one symbol",
    "L2 hash of 40 levels",
    "log append",
    "log verify",
    "session, one symbol watched",
];

/// Messages before those that are counted.
const WARM: usize = 60_000;
type Done = Result<(), Box<dyn Error>>;

/// Does all work; a quarter more of it when `planted`.
pub fn run_all(planted: bool) -> Done {
    let amount = |n: usize| if planted { n + n / 4 } else { n };
    let folder = tempfile::tempdir()?;
    let many = SynthParams {
        instruments: 200,
        live_orders: 100,
        ..SynthParams::default()
    };
    let one = SynthParams {
        live_orders: 500,
        ..SynthParams::default()
    };
    decode(many, amount(1_000))?;
    book::<true>(many, amount(500))?;
    book::<false>(one, amount(500))?;
    hash(amount(60));
    append(folder.path(), amount(1_000))?;
    verify(folder.path())?;
    session(amount(50) as u64)
}

/// Counts what `work` does.
fn counted<T>(work: impl FnOnce() -> T) -> T {
    mark();
    let done = black_box(work());
    mark();
    done
}

fn itch(params: SynthParams, messages: usize) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    write_itch(params, messages as u64, &mut bytes)?;
    Ok(bytes)
}

fn decode(params: SynthParams, messages: usize) -> Done {
    let bytes = itch(params, WARM + messages)?;
    let name = Path::new("bytes in memory");
    let mut source = FileSource::from_bytes(bytes, name, Framing::BinaryFile, Parser::Zig)?;
    let mut events = Vec::with_capacity(2 * WARM);
    source.next_batch(&mut events, WARM)?;
    events.clear();
    counted(|| source.next_batch(&mut events, messages))?;
    Ok(())
}

fn book<const DIGEST: bool>(params: SynthParams, events: usize) -> Done {
    let mut all: Vec<Event> = Vec::new();
    let bytes = itch(params, WARM + events)?;
    parse_all(&bytes, Framing::BinaryFile, Parser::Zig, &mut all)?;
    let (warm, cold) = all.split_at(WARM);
    let mut book = HotBook::<DIGEST>::empty();
    let apply = |book: &mut HotBook<DIGEST>, events: &[Event]| {
        book.apply_each(events, |_, outcome| {
            black_box(outcome.status);
        });
    };
    apply(&mut book, warm);
    counted(|| apply(&mut book, &cold[..events]));
    Ok(())
}

fn hash(times: usize) {
    let level = |n: u64, price: u64| L2Level {
        price,
        qty: 100 + 7 * n,
    };
    let bids: [L2Level; 20] = std::array::from_fn(|n| level(n as u64, 1_000_000 - 100 * n as u64));
    let asks: [L2Level; 20] = std::array::from_fn(|n| level(n as u64, 1_000_100 + 100 * n as u64));
    counted(|| {
        for _ in 0..times {
            black_box(l2_hash(black_box(&bids), black_box(&asks)));
        }
    });
}

fn append(folder: &Path, records: usize) -> Done {
    let mut writer = LogWriter::create(&folder.join("log"), LogOptions::default())?;
    let all: Vec<Record> = (1..=records as u64)
        .map(|seq| Record {
            seq,
            ..Record::default()
        })
        .collect();
    counted(|| writer.append_events(&all))?;
    writer.commit()?;
    Ok(())
}

fn verify(folder: &Path) -> Done {
    let log = counted(|| LogReader::open(&folder.join("log")))?;
    assert!(log.end().records > 0, "the log was just written");
    Ok(())
}

fn session(quanta: u64) -> Done {
    let source = r#"{"source":{"kind":"synthetic","seed":"1"}}"#;
    let mut session = Session::open(Config::parse(source)?, Box::new(Stopped))?;
    let start_ns = session.now_ns() + 2_000_000_000;
    session.advance(start_ns, usize::MAX, false)?;
    counted(|| session.advance(start_ns + quanta * 1_000_000, usize::MAX, false))?;
    Ok(())
}
