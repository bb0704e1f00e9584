//! Checkpoints in the log of a run, and a run that goes on after its engine died. In: states of storms'
//! code; the folder of a log. Out: a record of the log; a session that records on.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::{Value, json};
use wavetank_abi::Record;
use wavetank_log::{LogReader, Place, RecordKind};

use crate::checkpoint::Resumed;
use crate::config::Config;
use crate::error::{Code, Result, SessionError};
use crate::latency::Clock;
use crate::run::{Run, RunFacts};
use crate::run_log::RunLog;
use crate::session::Session;
use crate::source::Source;

/// State of the code of one storm, as its engine writes it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StormState {
    id: u32,
    state: String,
}

/// What a checkpoint in a run's log is asked with.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RunCheckpoint {
    #[serde(default)]
    storms: Vec<StormState>,
}

impl Session {
    /// Writes a checkpoint into the log of the run.
    pub(crate) fn checkpoint_run(&mut self, asked: &RunCheckpoint) -> Result<Value> {
        let states = asked.storms.iter().map(|s| (s.id, s.state.as_bytes()));
        let states: Vec<(u32, &[u8])> = states.collect();
        let mut bytes = Vec::new();
        self.checkpoint(&states, &mut bytes)?;
        let seq = self.resolver.seq();
        let Some(log) = &mut self.observer.run else {
            let detail = "no run is being recorded";
            return Err(SessionError::new(Code::RunNone, detail));
        };
        log.checkpoint(seq, &bytes)?;
        Ok(json!({ "seq": seq, "bytes": bytes.len() }))
    }

    /// A session from a checkpoint in the log of a run: the first one, or with `before_ns` the last
    /// one that was taken before that virtual time. Beside it comes what `record_on` needs.
    pub fn resume_from_log(
        config: Config,
        clock: Box<dyn Clock>,
        log: &Path,
        before_ns: Option<u64>,
    ) -> Result<(Resumed, LogPlace)> {
        let source = Source::open(&config.source)?;
        let (place, bytes) = chosen(log, before_ns)?;
        let resumed = Self::resume(config, source, clock, &bytes)?;
        let dir = log.to_owned();
        Ok((resumed, LogPlace { dir, place }))
    }

    /// Records on after a death, from a checkpoint in a log: what the log holds from there on must
    /// come again, and is compared as it comes.
    pub fn record_on(&mut self, run: RunFacts, at: &LogPlace) -> Result<()> {
        let mut expected = VecDeque::new();
        let mut reader = LogReader::open(&at.dir)?;
        let mut cursor = reader.records_from(&at.place)?;
        while let Some(record) = cursor.next_record()? {
            expected.extend(record.events().unwrap_or_default().iter().copied());
        }
        expected.retain(|r: &Record| r.seq > at.place.seq());
        let log = RunLog::resume(&at.dir, run.log_source, expected)?;
        self.observer.run = Some(log);
        self.run = Some(Run::going_on(run));
        Ok(())
    }
}

/// A checkpoint in the log of a run.
pub struct LogPlace {
    dir: PathBuf,
    place: Place,
}

/// A checkpoint of a log, with its place.
pub(crate) fn chosen(log: &Path, before_ns: Option<u64>) -> Result<(Place, Vec<u8>)> {
    let mut reader = LogReader::open(log)?;
    let places = reader.places().iter();
    let places = places.filter(|p| p.kind() == RecordKind::Checkpoint);
    let mut found = None;
    for place in places.copied().collect::<Vec<_>>() {
        let mut cursor = reader.records_from(&place)?;
        let Some(record) = cursor.next_record()? else {
            break;
        };
        let head = crate::checkpoint::checkpoint_head(record.payload)?;
        let fits = before_ns.is_some_and(|before| head.ts_run_ns < before);
        if found.is_none() || fits {
            found = Some((place, record.payload.to_vec()));
        }
        if !fits {
            break;
        }
    }
    found.ok_or_else(|| {
        let detail = "the log holds no checkpoint";
        SessionError::new(Code::CheckpointInvalid, detail)
    })
}
