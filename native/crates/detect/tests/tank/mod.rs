//! A market for detectors: a source through the resolver, with or without a storm, in quanta of 1 ms
//! and snapshots of 20. In: events and a storm. Out: flags. The storms here are plain stand-ins with
//! the signatures of the product's; what they do to the book is real.
#![allow(dead_code)]

pub mod cancels;
pub mod flash_crash;
pub mod latency;
pub mod momentum;
pub mod phantom;

use std::path::PathBuf;
use std::rc::Rc;

use wavetank_abi::{DEPTH_LEVELS, Event, EventType, IntentOp, Record, Side};
use wavetank_book::{Book, ReferenceBook, steps};
use wavetank_detect::{Bank, Flag, Snapshot};
use wavetank_feed::{Framing, Parser, parse_all};
use wavetank_resolve::{Resolver, Sink};
use wavetank_synth::{Synth, SynthParams};

pub const OPEN_MS: u64 = 34_200_000;
const NS_PER_MS: u64 = 1_000_000;
const SNAPSHOT_MS: u64 = 20;
const STORM: u32 = 1;
const HALF_LIFE_MS: u32 = 800;

/// What a storm does at a quantum end.
pub trait Storm {
    /// Intents at `elapsed_ms` since its start.
    fn step(&mut self, view: &View<'_>, elapsed_ms: u64) -> Vec<Event>;
}

/// What a storm sees.
pub struct View<'a> {
    pub resolver: &'a Resolver<ReferenceBook>,
    pub instrument: u32,
    pub tick: u64,
}

impl View<'_> {
    pub fn best(&self, side: Side) -> u64 {
        self.resolver
            .book()
            .best(self.instrument, side)
            .map_or(0, |level| level.price)
    }

    /// Source shares by price, best first.
    pub fn source_levels(&self, side: Side) -> Vec<(u64, u64)> {
        let own = |price| self.resolver.injected_at(self.instrument, side, price);
        let levels = self.resolver.book().levels(self.instrument, side);
        levels
            .map(|level| (level.price, level.qty - own(level.price)))
            .collect()
    }

    pub fn depth(&self, side: Side) -> u64 {
        let levels = self.resolver.book().levels(self.instrument, side);
        levels
            .take(DEPTH_LEVELS as usize)
            .map(|level| level.qty)
            .sum()
    }

    pub fn intent(&self, op: IntentOp, side: Side, price: u64, qty: u64, handle: u64) -> Event {
        Event {
            price,
            qty,
            order_id: handle,
            instrument_id: self.instrument,
            event_type: op as u8,
            side: side as u8,
            ..Event::default()
        }
    }
}

/// A flag, when it was raised, and the orders behind its handles then.
#[derive(Clone, Copy, Debug)]
pub struct Raised {
    pub flag: Flag,
    pub at_ms: u64,
    pub orders: [Option<u64>; 2],
}

/// A source with a detector bank on one instrument.
#[derive(Clone)]
pub struct Tank {
    resolver: Resolver<ReferenceBook>,
    watch: Watch,
    tick: u64,
    now_ms: u64,
    raised: Vec<Raised>,
    pub seen_events: u64,
}

#[derive(Clone)]
struct Watch {
    bank: Bank,
    instrument: u32,
}

impl Sink<ReferenceBook> for Watch {
    fn record(&mut self, record: &Record, done_qty: u64, book: &ReferenceBook) {
        if record.instrument_id == self.instrument {
            let best = |side| {
                book.best(self.instrument, side)
                    .map_or(0, |level| level.price)
            };
            self.bank
                .record(record, done_qty, (best(Side::Bid), best(Side::Ask)));
        }
    }
}

impl Tank {
    pub fn new(instrument: u32, tick: u32) -> Self {
        Self {
            resolver: Resolver::new(ReferenceBook::new()),
            watch: Watch {
                bank: Bank::new(tick),
                instrument,
            },
            tick: tick.into(),
            now_ms: OPEN_MS,
            raised: Vec::new(),
            seen_events: 0,
        }
    }

    /// Runs a source to `until_ms` with a storm from the start of the call, if any; the flags raised.
    pub fn run(
        &mut self,
        source: &mut Source,
        until_ms: u64,
        mut storm: Option<&mut dyn Storm>,
    ) -> Vec<Raised> {
        let started_ms = self.now_ms;
        let mut events = Vec::new();
        while self.now_ms < until_ms {
            self.now_ms += 1;
            let ts_ns = self.now_ms * NS_PER_MS;
            events.clear();
            source.take(ts_ns, &mut events);
            self.seen_events += events.len() as u64;
            for step in steps(&events) {
                self.resolver.source(step, &mut self.watch);
            }
            self.resolver.returns(ts_ns, &mut self.watch);
            if let Some(storm) = storm.as_mut() {
                self.storm(*storm, self.now_ms - started_ms, ts_ns);
            }
            if self.now_ms.is_multiple_of(SNAPSHOT_MS) {
                self.snapshot();
            }
        }
        if storm.is_some() {
            self.resolver.end(
                STORM,
                HALF_LIFE_MS,
                self.now_ms * NS_PER_MS,
                &mut self.watch,
            );
            self.resolver.forget(STORM);
        }
        std::mem::take(&mut self.raised)
    }

    fn storm(&mut self, storm: &mut dyn Storm, elapsed_ms: u64, ts_ns: u64) {
        let instrument = self.watch.instrument;
        let view = View {
            resolver: &self.resolver,
            instrument,
            tick: self.tick,
        };
        if view.best(Side::Bid) == 0 || view.best(Side::Ask) == 0 {
            return;
        }
        for intent in storm.step(&view, elapsed_ms) {
            self.resolver.intent(STORM, ts_ns, &intent, &mut self.watch);
        }
    }

    fn snapshot(&mut self) {
        let view = View {
            resolver: &self.resolver,
            instrument: self.watch.instrument,
            tick: self.tick,
        };
        let snapshot = Snapshot {
            at_ms: self.now_ms,
            bid: view.best(Side::Bid),
            ask: view.best(Side::Ask),
            bid_depth: view.depth(Side::Bid),
            ask_depth: view.depth(Side::Ask),
        };
        let mut flags = Vec::new();
        let bank = &mut self.watch.bank;
        bank.tick(&snapshot, &mut flags);
        for flag in flags {
            let orders = [flag.first_handle, flag.last_handle].map(|handle| bank.order_id(handle));
            self.raised.push(Raised {
                flag,
                at_ms: self.now_ms,
                orders,
            });
        }
    }

    pub fn now_ms(&self) -> u64 {
        self.now_ms
    }
}

/// A source that can be forked, as a market can be run again from the same moment.
#[derive(Clone)]
pub enum Source {
    Synthetic(Box<Synth>),
    Recorded { events: Rc<[Event]>, at: usize },
}

impl Source {
    fn take(&mut self, until_ns: u64, out: &mut Vec<Event>) {
        match self {
            Self::Synthetic(synth) => {
                synth.next_batch(until_ns, usize::MAX, out);
            }
            Self::Recorded { events, at } => {
                let rest = &events[*at..];
                let due = rest
                    .iter()
                    .take_while(|event| event.ts_ns <= until_ns)
                    .count();
                out.extend_from_slice(&rest[..due]);
                *at += due;
            }
        }
    }
}

/// A synthetic market with its detectors.
pub fn synthetic(params: SynthParams) -> (Tank, Source) {
    let synth = Synth::new(params).expect("good parameters");
    (
        Tank::new(1, synth.tick_size(0)),
        Source::Synthetic(Box::new(synth)),
    )
}

/// The recorded hour with its detectors, or a printed skip; where everything must run, its absence
/// fails.
pub fn recorded() -> Option<(Tank, Source)> {
    let at = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../../shared/fixtures");
    let root = std::env::var_os("WAVETANK_FIXTURES").unwrap_or_else(|| at.into());
    let path = PathBuf::from(root).join("aapl-2012-06-21/feed.itch50");
    let Ok(bytes) = std::fs::read(&path) else {
        let ci = std::env::var("WAVETANK_REQUIRE_FIXTURES");
        assert_ne!(ci.as_deref(), Ok("true"), "{} is absent", path.display());
        println!(
            "skipped: {} is absent (set WAVETANK_FIXTURES)",
            path.display()
        );
        return None;
    };
    let mut events = Vec::new();
    parse_all(&bytes, Framing::Auto, Parser::Rust, &mut events).expect("a readable fixture");
    let orders = |event: &&Event| event.event_type == EventType::Add as u8;
    let instrument = events
        .iter()
        .find(orders)
        .map_or(0, |event| event.instrument_id);
    Some((
        Tank::new(instrument, 100),
        Source::Recorded {
            events: events.into(),
            at: 0,
        },
    ))
}
