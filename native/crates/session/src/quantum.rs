//! Virtual time, quantum by quantum. At a quantum end T: source events with time up to T; controls
//! (the caller's); what returns; storms in order of id (the caller's); ticks. What comes out depends
//! neither on how the calls are cut nor on who looks on.

use wavetank_abi::{Stage, StormCause};

use crate::error::{Code, Result, SessionError};
use crate::session::Session;
use crate::time::{BOOK_NS, SECOND_NS, TICK_NS, next_multiple, on_grid, quantum_floor};
use wavetank_abi::QUANTUM_NS;

/// Work that a tick of the watch set is counted as, against the budget of `advance`.
const TICK_WORK: usize = 16;

/// View frames are made in the last of so many parts of a call's work, and near its end of time:
/// those made earlier would be replaced before anybody can drain them.
const SHOWN_PART: usize = 4;

/// Where the phase machine stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Between quanta.
    Between,
    /// Source events of the quantum that ends here are being applied.
    Source(u64),
    /// They are in; controls, returns and storms of the quantum that ends here are due.
    Held(u64),
    /// The source is exhausted and everything returned.
    Ended,
}

/// Why `advance` returned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum Stop {
    /// Virtual time has reached what was asked.
    Until = 0,
    /// The work budget is used up.
    Budget = 1,
    /// Controls, returns and storms of a quantum are due.
    Quantum = 2,
    /// The source is exhausted and everything returned.
    Ended = 3,
    /// The record class must be drained first.
    Full = 4,
}

impl Session {
    /// Runs quanta that end up to `until_ns`, for about `max_work` events. With `stop_at_quantum`, or
    /// while storms run, it stops in each quantum once its source events are in.
    pub fn advance(
        &mut self,
        until_ns: u64,
        max_work: usize,
        stop_at_quantum: bool,
    ) -> Result<Stop> {
        let mut work = max_work.max(1);
        loop {
            match self.phase {
                Phase::Ended => return Ok(Stop::Ended),
                Phase::Held(_) => {
                    let detail = "a quantum waits to be closed";
                    return Err(SessionError::new(Code::PhaseWrong, detail));
                }
                Phase::Between => {
                    if self.observer.outbox.record_full() {
                        return Ok(Stop::Full);
                    }
                    if work == 0 {
                        return Ok(Stop::Budget);
                    }
                    if let Some(stop) = self.begin_quantum(until_ns, stop_at_quantum)? {
                        return Ok(stop);
                    }
                }
                Phase::Source(end) => {
                    if !self.apply_source(end, &mut work)? {
                        return Ok(Stop::Budget);
                    }
                    let end = self.exhausted_at(end);
                    self.phase = Phase::Held(end);
                    self.shows = work <= max_work / SHOWN_PART || end + BOOK_NS > until_ns;
                    if stop_at_quantum || self.storms.any_running() {
                        self.shows = true;
                        return Ok(Stop::Quantum);
                    }
                    self.returns()?;
                    work = work.saturating_sub(if on_grid(end, TICK_NS) { TICK_WORK } else { 0 });
                    self.close_quantum()?;
                }
            }
        }
    }

    /// Enters the next quantum, unless it lies beyond `until_ns`. While nobody acts at quantum ends
    /// and nothing returns, a run of quanta without an instant between them is taken as one.
    fn begin_quantum(&mut self, until_ns: u64, stop_at_quantum: bool) -> Result<Option<Stop>> {
        self.fill()?;
        if self.wound_up && on_grid(self.now_ns, SECOND_NS) {
            self.phase = Phase::Ended;
            return Ok(Some(Stop::Ended));
        }
        let next = self.now_ns + QUANTUM_NS;
        let each = stop_at_quantum || self.storms.any_running() || !self.resolver.clean();
        let winds_up = self.source.next_quantum().is_none() && !self.wound_up;
        if next > until_ns {
            return Ok(Some(Stop::Until));
        }
        let end = if each || winds_up {
            next
        } else {
            next_multiple(self.now_ns, TICK_NS).min(quantum_floor(until_ns))
        };
        self.observer.prints.clear();
        self.entered_seq = self.resolver.seq();
        self.phase = Phase::Source(end);
        Ok(None)
    }

    /// A source that ends within a run of quanta ends it at its last event: what follows begins there.
    fn exhausted_at(&self, end: u64) -> u64 {
        let last = self.source.last_quantum();
        if self.source.next_quantum().is_none() && last > self.now_ns {
            end.min(last)
        } else {
            end
        }
    }

    fn fill(&mut self) -> Result<()> {
        if self.source.dry() {
            let started = self.latency.start();
            let events = self.source.fill()?;
            self.latency.stop(Stage::Parse, started, events);
        }
        Ok(())
    }

    /// Applies source events up to `end`; false when the budget ran out before.
    fn apply_source(&mut self, end: u64, work: &mut usize) -> Result<bool> {
        loop {
            self.fill()?;
            if self.source.next_quantum().is_none_or(|next| next > end) {
                return Ok(true);
            }
            if *work == 0 {
                return Ok(false);
            }
            let started = self.latency.start();
            let events = self.source.take(end, *work);
            let count = events.len();
            self.resolver.source_block(events, &mut self.observer);
            self.observer.run_ns = self.observer.run_ns.max(self.source.last_quantum());
            let applied = self.latency.stop(Stage::Apply, started, count);
            let seen = self.observer.watch.analyse();
            self.latency.stop(Stage::Analytics, applied, seen);
            self.latency.count(count as u64);
            *work = work.saturating_sub(count);
        }
    }

    /// End of the quantum that is under way.
    pub(crate) fn held(&self) -> Result<u64> {
        match self.phase {
            Phase::Held(end) => Ok(end),
            _ => Err(SessionError::new(
                Code::PhaseWrong,
                "no quantum waits to be closed",
            )),
        }
    }

    /// What storms displaced and is due returns. Where the source is exhausted, storms end first and
    /// everything returns.
    pub fn returns(&mut self) -> Result<()> {
        let end = self.held()?;
        if self.exhausted(end) {
            for id in self.storms.running().map(|s| s.id).collect::<Vec<_>>() {
                self.end_storm(id, StormCause::SourceEnd, end);
            }
            self.resolver.return_all(end, &mut self.observer);
            self.wound_up = true;
        } else if !self.resolver.clean() {
            self.resolver.returns(end, &mut self.observer);
        }
        self.settle_storms(end);
        self.returned = true;
        Ok(())
    }

    /// The last source event lies in a quantum before the one that ends at `end`.
    pub(crate) fn exhausted(&self, end: u64) -> bool {
        self.source.next_quantum().is_none() && self.source.last_quantum() < end
    }

    /// When a control takes effect: at the quantum end that is held, or while none is, at the last.
    pub(crate) fn control_ns(&self) -> Result<u64> {
        match self.phase {
            Phase::Held(end) => Ok(end),
            Phase::Between | Phase::Ended => Ok(self.now_ns),
            Phase::Source(_) => {
                let detail = "a control came in the middle of a quantum";
                Err(SessionError::new(Code::PhaseWrong, detail))
            }
        }
    }

    /// Ends the quantum: ticks and books that are due, the run's log.
    pub fn close_quantum(&mut self) -> Result<()> {
        let end = self.held()?;
        self.observer.watch.analyse();
        self.now_ns = end;
        self.returned = false;
        self.phase = Phase::Between;
        if on_grid(end, TICK_NS) {
            self.tick(end)?;
        }
        if let Some(run) = &mut self.observer.run {
            run.flush()?;
        }
        Ok(())
    }

    /// Quantum end of the next source event; `None` when the source is exhausted.
    pub fn next_event_ns(&mut self) -> Result<Option<u64>> {
        self.fill()?;
        Ok(self.source.next_quantum())
    }

    /// Between quanta: controls may be applied, and take effect at the last one.
    pub fn between(&self) -> bool {
        matches!(self.phase, Phase::Between | Phase::Ended)
    }
}
