//! A recorded run within a session: start, notes of controls, stop, seal. The log lives in `log/` of
//! the run's folder; the other files of the folder are not known here.

use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::error::{Code, Result, SessionError};
use crate::quantum::Phase;
use crate::run_log::{Moment, RunLog};
use crate::session::Session;
use crate::time::MS_NS;

/// What a run is started with.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RunStart {
    run_id: String,
    dir: String,
    /// Symbols of the run; none = the configured ones.
    #[serde(default)]
    symbols: Vec<String>,
    /// Keep source records too.
    #[serde(default)]
    log_source: bool,
}

/// A control to be kept in the log.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RunNote {
    method: String,
    #[serde(default)]
    params: Value,
}

/// What a run is, as a checkpoint keeps it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RunFacts {
    pub(crate) id: String,
    pub(crate) symbols: Vec<String>,
    pub(crate) start_seq: u64,
    pub(crate) started_ns: u64,
    first_storm: u32,
    pub(crate) log_source: bool,
}

/// The run that is recorded, or was stopped and not sealed yet.
pub struct Run {
    pub(crate) facts: RunFacts,
    /// After its stop: the log that waits for its seal, and what the stop answered.
    stopped: Option<(RunLog, Value)>,
}

impl Run {
    /// One whose log is written on.
    pub(crate) fn going_on(facts: RunFacts) -> Self {
        Self {
            facts,
            stopped: None,
        }
    }
}

impl Session {
    pub(crate) fn start_run(&mut self, start: &RunStart) -> Result<Value> {
        let now_ns = self.control_ns()?;
        if self.run.is_some() {
            let detail = "a run is being recorded, or waits for its seal";
            return Err(SessionError::new(Code::RunActive, detail));
        }
        let (symbols, instruments) = self.run_symbols(&start.symbols)?;
        let start_seq = self.resolver.seq();
        let dir = Path::new(&start.dir).join("log");
        let log = RunLog::create(&dir, start_seq, start.log_source)?;
        for instrument in instruments {
            self.watch(instrument, true)?;
        }
        self.observer.run = Some(log);
        self.run = Some(Run {
            facts: RunFacts {
                id: start.run_id.clone(),
                symbols: symbols.clone(),
                start_seq,
                started_ns: now_ns,
                first_storm: self.storms.next_id(),
                log_source: start.log_source,
            },
            stopped: None,
        });
        let answer = json!({
            "run_id": start.run_id,
            "start_seq": start_seq,
            "started_ts_ns": now_ns,
            "started_at_ms": now_ns / MS_NS,
            "symbols": symbols,
            "run_digest": self.run_digest_hex(),
            "market_digest": self.market_digest_hex(),
            "source": self.source_json(),
        });
        let mut noted = answer.clone();
        noted["timeline"] = self.timeline_json();
        self.note("run.start", &noted)?;
        Ok(answer)
    }

    /// How the source was opened.
    fn timeline_json(&self) -> Value {
        let config = &self.config;
        json!({
            "symbols": config.symbols,
            "seed": config.seed.to_string(),
            "tick_size": config.tick_size,
            "framing": config.source.framing_name(),
        })
    }

    /// Symbols of a run with their instruments, for all of which there is room.
    fn run_symbols(&self, asked: &[String]) -> Result<(Vec<String>, Vec<u32>)> {
        let symbols = if asked.is_empty() {
            self.config.symbols.clone()
        } else {
            asked.to_vec()
        };
        if symbols.is_empty() {
            let detail = "name the run's symbols: the source has several and none was configured";
            return Err(SessionError::new(Code::SymbolRequired, detail));
        }
        let ids: Vec<u32> = symbols
            .iter()
            .map(|s| self.instrument_of(s))
            .collect::<Result<_>>()?;
        self.observer.watch.check_room(&ids, true)?;
        Ok((symbols, ids))
    }

    /// Keeps a control in the log of the run that is recorded, if one is.
    pub(crate) fn note(&mut self, method: &str, params: &Value) -> Result<()> {
        // What is answered at once may come in the middle of a quantum: it counts to the one before.
        let seq = self.resolver.seq();
        let inside = matches!(self.phase, Phase::Source(_));
        let moment = Moment {
            after_seq: if inside { self.entered_seq } else { seq },
            at_ts_run_ns: self.held().unwrap_or(self.now_ns),
            held: self.held().is_err(),
        };
        let Some(log) = &mut self.observer.run else {
            return Ok(());
        };
        log.control(seq, moment, method, params)?;
        // Whoever asked for a storm, or killed a gate, is answered when no death can undo it.
        if method.starts_with("storm.") || method == "risk.kill" {
            log.commit()?;
        }
        Ok(())
    }

    pub(crate) fn note_run(&mut self, note: &RunNote) -> Result<Value> {
        self.note(&note.method, &note.params)?;
        Ok(Value::Null)
    }

    /// Ends the run: its log takes no more events and waits for the seal. Waits for the disk.
    pub(crate) fn stop_run(&mut self) -> Result<Value> {
        let now_ns = self.control_ns()?;
        let answer = self.run_end(now_ns)?;
        self.note("run.stop", &answer)?;
        let Some(mut log) = self.observer.run.take() else {
            return Err(none());
        };
        log.commit()?;
        if let Some(run) = &mut self.run {
            run.stopped = Some((log, answer.clone()));
        }
        Ok(answer)
    }

    fn run_end(&self, now_ns: u64) -> Result<Value> {
        let run = self.run_facts().ok_or_else(none)?;
        let first = run.first_storm;
        Ok(json!({
            "run_id": run.id,
            "start_seq": run.start_seq,
            "end_seq": self.resolver.seq(),
            "ended_ts_ns": now_ns,
            "ended_at_ms": now_ns / MS_NS,
            "duration_ms": (now_ns - run.started_ns) / MS_NS,
            "run_digest": self.run_digest_hex(),
            "market_digest": self.market_digest_hex(),
            "twin_digest": format!("{:032x}", self.resolver.twin_digest()),
            "storms": self.storm_reports(|s| s.id >= first),
            "latencies": self.latency_json(),
        }))
    }

    /// Seals the log of a stopped run with the digests of its other files.
    pub(crate) fn seal_run(&mut self, params: &Value) -> Result<Value> {
        let waits = self.run.as_ref().is_some_and(|r| r.stopped.is_some());
        if !waits {
            let detail = "no run waits for its seal";
            return Err(SessionError::new(Code::RunNone, detail));
        }
        let Some(Run {
            facts: RunFacts { id, .. },
            stopped: Some((log, end)),
        }) = self.run.take()
        else {
            return Err(none());
        };
        let payload = json!({ "run_id": id, "end": end, "digests": params["digests"] });
        log.seal(&payload)?;
        Ok(json!({ "run_id": id, "sealed": true }))
    }

    /// The run that is being recorded.
    pub(crate) fn run_facts(&self) -> Option<&RunFacts> {
        let run = self.run.as_ref().filter(|r| r.stopped.is_none());
        run.map(|r| &r.facts)
    }

    /// A run is being recorded.
    pub fn run_active(&self) -> bool {
        self.run_facts().is_some()
    }
}

fn none() -> SessionError {
    SessionError::new(Code::RunNone, "no run is being recorded")
}
