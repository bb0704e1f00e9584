//! The replay itself: the next record by sequence, from the log where it holds it, else from the
//! source; controls after their sequence; ticks at their instants between.

use std::path::Path;

use serde_json::{Value, json};
use wavetank_abi::{Event, Record};
use wavetank_book::{Book, steps};
use wavetank_log::LogReader;

use super::market::{Difference, Market};
use super::plan::{Plan, PlanControl};
use crate::error::{Code, Result, SessionError};
use crate::latency::Clock;
use crate::outbox::Outbox;
use crate::run_checkpoint::chosen;
use crate::session::Session;
use crate::source::Source;
use crate::time::{MS_NS, SECOND_NS, TICK_NS, next_multiple, quantum_end};

/// Bytes of frames that make `advance` return.
const RECORD_BYTES: usize = 4 << 20;

/// No control of a run lies farther ahead of what was executed.
const FAR_NS: u64 = 86_400 * SECOND_NS;

/// A run that is executed again.
pub struct Replayer {
    pub(super) source: Source,
    pub(super) market: Market,
    pub(super) tick_size: Option<u32>,
    pub(super) pending: Vec<String>,
    pub(super) emitting: bool,
    pub(super) now_ns: u64,
    /// Instants up to here have ticked.
    ticked_ns: u64,
    max_ns: u64,
    ahead: Vec<Event>,
    ahead_at: usize,
    ahead_ns: u64,
    logged: Vec<Record>,
    logged_at: usize,
    controls: std::vec::IntoIter<PlanControl>,
    difference: Option<Difference>,
    start: Value,
    end: Value,
}

impl Replayer {
    /// Opens source and log, and goes to the run's first checkpoint; nothing is executed yet.
    pub fn open(plan: Plan) -> Result<Self> {
        let log = Path::new(&plan.log);
        let (place, bytes) = chosen(log, None)?;
        let source = Source::open(&plan.source)?;
        let start = Session::resume(plan.config(), source, Box::new(NoClock), &bytes)?.session;
        let Session {
            source,
            resolver,
            mut observer,
            pending,
            now_ns,
            ..
        } = start;
        observer.outbox = Outbox::new(RECORD_BYTES, 0);
        Ok(Self {
            max_ns: source.max_ns,
            source,
            market: Market::standing(observer, &resolver),
            tick_size: plan.tick_size,
            pending,
            emitting: false,
            now_ns,
            ticked_ns: now_ns,
            ahead: Vec::new(),
            ahead_at: 0,
            ahead_ns: 0,
            logged: inserted(log, place.seq())?,
            logged_at: 0,
            controls: plan.controls.into_iter(),
            difference: None,
            start: Value::Null,
            end: Value::Null,
        })
    }

    /// Executes about `max_events` more; false once the end or a difference is reached.
    pub fn advance(&mut self, max_events: u64) -> Result<bool> {
        let until = self.market.seq.saturating_add(max_events);
        while self.market.seq < until && !self.market.observer.outbox.record_full() {
            if self.difference.is_some() || !self.step()? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn step(&mut self) -> Result<bool> {
        self.read_ahead()?;
        let seq = self.market.seq;
        let due = self.controls.as_slice().first();
        if let Some(control) = due.filter(|c| c.after_seq <= seq).cloned() {
            self.controls.next();
            self.control(&control)?;
            return Ok(!self.controls.as_slice().is_empty());
        }
        match self.logged.get(self.logged_at).copied() {
            Some(record) if record.seq == seq + 1 => self.insert(&record)?,
            Some(record) if record.seq <= seq => {
                self.difference = Some(Difference::between(Some(&record), None));
            }
            next => self.source_step(next)?,
        }
        Ok(true)
    }

    fn control(&mut self, control: &PlanControl) -> Result<()> {
        // Who asks for a sequence alone names no instant.
        let earliest = if control.held {
            0
        } else {
            self.now_ns.saturating_sub(SECOND_NS)
        };
        let near = earliest..self.now_ns.saturating_add(FAR_NS);
        if control.after_seq < self.market.seq || !near.contains(&control.at_ts_run_ns) {
            let PlanControl {
                after_seq,
                at_ts_run_ns,
                ..
            } = control;
            self.differ(format!("a control after {after_seq}, at {at_ts_run_ns} ns"));
            return Ok(());
        }
        // One that came after its quantum had closed came after the tick of that instant.
        let ticked = if control.held {
            control.at_ts_run_ns
        } else {
            control.at_ts_run_ns.saturating_sub(1)
        };
        self.tick_to(ticked)?;
        self.now_ns = self.now_ns.max(control.at_ts_run_ns);
        self.watch_symbols(&control.watch)?;
        if control.starts {
            self.emitting = true;
            self.start = self.digests();
        }
        if self.controls.as_slice().is_empty() {
            self.end = self.digests();
        }
        Ok(())
    }

    fn insert(&mut self, record: &Record) -> Result<()> {
        self.reach(quantum_end(record.ts_ns.max(self.max_ns)))?;
        self.logged_at += 1;
        self.difference = self.market.inserted(record);
        Ok(())
    }

    fn source_step(&mut self, next: Option<Record>) -> Result<()> {
        if self.ahead_at == self.ahead.len() {
            let expected = next.map_or_else(
                || "more of the source".to_owned(),
                |r| format!("the source up to sequence {}", r.seq - 1),
            );
            self.differ(expected);
            return Ok(());
        }
        self.reach(self.ahead_ns)?;
        self.max_ns = self.max_ns.max(self.ahead[self.ahead_at].ts_ns);
        let rest = &self.ahead[self.ahead_at..];
        if let Some(step) = steps(rest).next() {
            self.ahead_at += step.len();
            self.market.source_step(step);
        }
        Ok(())
    }

    /// The next source step is at hand, with the quantum that it belongs to.
    fn read_ahead(&mut self) -> Result<()> {
        if self.ahead_at < self.ahead.len() {
            return Ok(());
        }
        self.source.fill()?;
        (self.ahead_at, self.ahead_ns) = (0, self.source.next_quantum().unwrap_or(0));
        self.ahead.clear();
        self.ahead.extend_from_slice(self.source.take(u64::MAX, 1));
        Ok(())
    }

    /// Virtual time comes to the quantum that ends at `end_ns`: instants before it have ticked.
    fn reach(&mut self, end_ns: u64) -> Result<()> {
        self.tick_to(end_ns.saturating_sub(1))?;
        // Only storms look at prints.
        self.market.observer.prints.clear();
        Ok(())
    }

    fn tick_to(&mut self, until_ns: u64) -> Result<()> {
        let mut at = next_multiple(self.ticked_ns, TICK_NS);
        while at <= until_ns {
            self.market.observer.watch.analyse();
            (self.now_ns, self.ticked_ns) = (at, at);
            self.tick()?;
            at += TICK_NS;
        }
        Ok(())
    }

    fn differ(&mut self, expected: String) {
        let seq = self.market.seq;
        let found = if self.ahead_at == self.ahead.len() {
            format!("the source ends at sequence {seq}")
        } else {
            format!("sequence {seq}")
        };
        self.difference = Some(Difference {
            seq,
            ts_ns: self.now_ns,
            expected,
            found,
        });
    }

    fn digests(&self) -> Value {
        json!({
            "seq": self.market.seq,
            "ts_run_ns": self.now_ns,
            "run_digest": format!("{:016x}", self.market.observer.digest.value()),
            "market_digest": format!("{:032x}", self.market.book.market_digest()),
            "twin_digest": format!("{:032x}", self.market.source.market_digest()),
        })
    }

    /// Digests where the run starts and ends, the first difference, progress.
    pub fn report(&self) -> Value {
        let (position, length) = self.source.position();
        json!({
            "seq": self.market.seq,
            "virtual_ms": self.now_ns / MS_NS,
            "inserted": self.logged_at,
            "start": self.start,
            "end": self.end,
            "difference": self.difference,
            "source_digest": format!("{:016x}", self.source.digest()),
            "position": position,
            "length": length,
        })
    }

    /// Appends the frames that wait: record Tick and Chaos of the run.
    pub fn drain(&mut self, out: &mut Vec<u8>) {
        self.market.observer.outbox.drain_record(out);
    }

    fn watch_symbols(&mut self, symbols: &[String]) -> Result<()> {
        for symbol in symbols {
            match self.source.locate(symbol) {
                Some(instrument) => self.watch(instrument)?,
                None if self.source.directory_is_complete() => {
                    let detail = format!("the source has no symbol \"{symbol}\"");
                    return Err(SessionError::new(Code::SymbolUnknown, detail));
                }
                None => self.pending.push(symbol.clone()),
            }
        }
        Ok(())
    }
}

/// The replay times nothing.
struct NoClock;

impl Clock for NoClock {
    fn now_ns(&self) -> u64 {
        0
    }
}

/// Everything that storms inserted after a sequence, in order.
fn inserted(log: &Path, after_seq: u64) -> Result<Vec<Record>> {
    let mut reader = LogReader::open(log)?;
    let mut cursor = reader.records()?;
    let mut all = Vec::new();
    while let Some(record) = cursor.next_record()? {
        let events = record.events().unwrap_or_default();
        all.extend(
            events
                .iter()
                .filter(|r| r.seq > after_seq && Market::is_inserted(r)),
        );
    }
    Ok(all)
}
