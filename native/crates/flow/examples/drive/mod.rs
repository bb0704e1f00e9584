//! Plays events through a book into the analytics of one instrument, ticks at their virtual
//! instants. In: events and an instrument. Out: each tick with its instant. Shared by the example
//! and the tests; it does what a session does, without sources, storms and frames.
#![allow(dead_code, missing_docs)]

use std::path::{Path, PathBuf};

use wavetank_abi::{Channel, Event, Record};
use wavetank_book::{HotBook, apply_step, steps};
use wavetank_feed::{FileSource, Framing, Parser};
use wavetank_flow::{Baselines, Flow, FlowParams, FlowTick, TICK_NS, Touch};
use wavetank_synth::{Synth, SynthParams};

pub struct Drive {
    pub book: HotBook,
    pub flow: Flow,
    pub baselines: Baselines,
    pub next_tick_ns: u64,
    pub now_ns: u64,
    seq: u64,
}

impl Drive {
    pub fn new(instrument: u32, params: FlowParams, start_ns: u64) -> Self {
        Self {
            book: HotBook::new(),
            flow: Flow::new(instrument, params),
            baselines: Baselines::new(),
            next_tick_ns: start_ns.next_multiple_of(TICK_NS),
            now_ns: start_ns,
            seq: 0,
        }
    }

    /// Plays the events; those at a tick's very instant come before the tick.
    pub fn play(&mut self, events: &[Event], mut on_tick: impl FnMut(u64, &FlowTick, &Touch)) {
        let mut outcomes = Vec::new();
        for step in steps(events) {
            self.tick_before(step[0].ts_ns, &mut on_tick);
            self.now_ns = self.now_ns.max(step[0].ts_ns);
            outcomes.clear();
            self.baselines
                .before_event(step[0].instrument_id, self.now_ns, &self.book);
            apply_step(&mut self.book, step, &mut outcomes);
            for outcome in &outcomes {
                self.seq += 1;
                self.baselines.count(outcome.event.instrument_id);
                if outcome.event.instrument_id == self.flow.instrument() {
                    let record = record(self.seq, &outcome.event, outcome.status as u32);
                    self.flow.observe(&record, outcome.done_qty, &self.book);
                }
            }
        }
    }

    /// Ticks up to and including an instant.
    pub fn tick_until(&mut self, ts_ns: u64, mut on_tick: impl FnMut(u64, &FlowTick, &Touch)) {
        self.tick_before(ts_ns + 1, &mut on_tick);
    }

    fn tick_before(&mut self, ts_ns: u64, on_tick: &mut impl FnMut(u64, &FlowTick, &Touch)) {
        while self.next_tick_ns < ts_ns {
            let touch = Touch::of(&self.book, self.flow.instrument());
            let tick = self.flow.tick(self.next_tick_ns, &touch);
            on_tick(self.next_tick_ns, &tick, &touch);
            self.next_tick_ns += TICK_NS;
        }
    }
}

pub fn record(seq: u64, event: &Event, status: u32) -> Record {
    Record {
        seq,
        ts_ns: event.ts_ns,
        price: event.price,
        qty: event.qty,
        order_id: event.order_id,
        instrument_id: event.instrument_id,
        event_type: event.event_type,
        side: event.side,
        flags: event.flags,
        channel: Channel::Source as u32,
        status,
        ..Record::default()
    }
}

/// All events of an ITCH file and the locate of a symbol.
pub fn itch(path: &Path, symbol: &str) -> Result<(Vec<Event>, u32), String> {
    let open = FileSource::open(path, Framing::Auto, Parser::Zig);
    let mut source = open.map_err(|error| error.to_string())?;
    let mut events = Vec::new();
    loop {
        let batch = source
            .next_batch(&mut events, 65_536)
            .map_err(|error| error.to_string())?;
        if batch.ended {
            break;
        }
    }
    let locate = source.directory().locate(symbol);
    let locate = locate.ok_or_else(|| format!("{symbol}: not in {}", path.display()))?;
    Ok((events, locate))
}

/// Seconds of the synthetic market's busiest instrument.
pub fn synthetic(params: SynthParams, seconds: u64) -> (Vec<Event>, u32) {
    let mut synth = Synth::new(params).expect("parameters in range");
    let mut events = Vec::new();
    synth.next_batch(0, usize::MAX, &mut events);
    let start = events.last().map_or(0, |event| event.ts_ns);
    let until = start.max(9 * 3_600_000_000_000 + 1_800_000_000_000) + seconds * 1_000_000_000;
    synth.next_batch(until, usize::MAX, &mut events);
    (events, synth.locate(0))
}

/// The recorded hour, where this machine has it.
pub fn aapl_hour() -> Option<PathBuf> {
    let root = std::env::var_os("WAVETANK_FIXTURES").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../../shared/fixtures"),
        PathBuf::from,
    );
    let path = root.join("aapl-2012-06-21/feed.itch50");
    path.exists().then_some(path)
}

/// A check that cannot run here: a printed skip, an error where everything must run.
pub fn skip(what: &str) {
    assert!(
        std::env::var("WAVETANK_REQUIRE_FIXTURES").as_deref() != Ok("true"),
        "{what} is not on this machine"
    );
    println!("skipped: {what} is not on this machine");
}
