//! The log of a recorded run: channel-1 records (and source records where asked) and controls as
//! JSON, each control with the sequence and virtual time it took effect at.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use wavetank_abi::{Channel, Record};
use wavetank_log::{LogOptions, LogWriter, RecordKind};

use crate::error::{Code, Result, SessionError};

/// Records gathered before they go to the writer as one, at most.
const GATHER: usize = 4096;

/// A run's log while it is written.
pub struct RunLog {
    writer: LogWriter,
    dir: PathBuf,
    with_source: bool,
    gathered: Vec<Record>,
    /// After a resume: what the log holds from there on, and must come again.
    expected: VecDeque<Record>,
    failed: Result<()>,
}

/// Where in virtual time a control took effect.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    /// Last sequence before it.
    pub after_seq: u64,
    /// Virtual time of its effect.
    pub at_ts_run_ns: u64,
    /// It took effect after its quantum had closed.
    pub held: bool,
}

impl RunLog {
    /// Begins a log in a folder that holds none.
    pub fn create(dir: &Path, first_seq: u64, with_source: bool) -> Result<Self> {
        let options = LogOptions {
            first_seq,
            ..LogOptions::default()
        };
        Ok(Self {
            writer: LogWriter::create(dir, options)?,
            dir: dir.to_owned(),
            with_source,
            gathered: Vec::with_capacity(GATHER),
            expected: VecDeque::new(),
            failed: Ok(()),
        })
    }

    /// Goes on with a log whose writer died. `expected` are its records that are going to come again:
    /// they are compared, not written.
    pub fn resume(dir: &Path, with_source: bool, expected: VecDeque<Record>) -> Result<Self> {
        let (writer, _) = LogWriter::resume(dir, LogOptions::default())?;
        Ok(Self {
            writer,
            dir: dir.to_owned(),
            with_source,
            gathered: Vec::with_capacity(GATHER),
            expected,
            failed: Ok(()),
        })
    }

    /// Takes a record if the run's inputs do not hold it.
    #[inline]
    pub fn record(&mut self, record: &Record) {
        if record.channel != Channel::Source as u32 || self.with_source {
            if !self.expected.is_empty() {
                return self.again(record);
            }
            self.gathered.push(*record);
            if self.gathered.len() == GATHER {
                self.failed = self.flush();
            }
        }
    }

    #[cold]
    fn again(&mut self, record: &Record) {
        let expected = self.expected.pop_front();
        if expected != Some(*record) && self.failed.is_ok() {
            let detail = format!("the log holds {expected:?}, and now comes {record:?}");
            self.failed = Err(SessionError::new(Code::LogFailed, detail));
        }
    }

    /// Writes a checkpoint.
    pub fn checkpoint(&mut self, seq: u64, bytes: &[u8]) -> Result<()> {
        self.flush()?;
        self.writer.append(RecordKind::Checkpoint, seq, bytes)?;
        Ok(())
    }

    /// Hands everything gathered to the writer; an earlier failure is said here.
    pub fn flush(&mut self) -> Result<()> {
        self.failed.clone()?;
        if !self.gathered.is_empty() {
            self.writer.append_events(&self.gathered)?;
            self.gathered.clear();
        }
        Ok(())
    }

    /// Writes a control, behind all that was sequenced so far.
    pub fn control(&mut self, seq: u64, at: Moment, method: &str, params: &Value) -> Result<()> {
        self.flush()?;
        let body = json!({
            "after_seq": at.after_seq,
            "at_ts_run_ns": at.at_ts_run_ns,
            "held": at.held,
            "method": method,
            "params": params,
        });
        let bytes = body.to_string();
        self.writer
            .append(RecordKind::Control, seq, bytes.as_bytes())?;
        Ok(())
    }

    /// Last sequence known to be on disk.
    pub fn durable_seq(&self) -> u64 {
        self.writer.durable_seq()
    }

    /// The folder it is written to.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Waits until everything is on disk.
    pub fn commit(&mut self) -> Result<()> {
        self.flush()?;
        self.writer.commit()?;
        Ok(())
    }

    /// Closes the log for good with the digests it vouches for.
    pub fn seal(mut self, payload: &Value) -> Result<()> {
        self.flush()?;
        self.writer.seal(payload.to_string().as_bytes())?;
        Ok(())
    }
}
