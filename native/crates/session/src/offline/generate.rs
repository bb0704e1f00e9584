//! The synthetic market written as an ITCH file or down a pipe. In: a wish as JSON. Out: the bytes,
//! and totals in the words of a walk's summary, so a replay of them can be held against these.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use serde::{Deserialize, Serialize};
use wavetank_feed::Wire;
use wavetank_synth::{SynthParams, Totals, write_itch_as};

use super::pipe::Pipe;
use crate::error::{Code, Result, SessionError};

/// What to write, and where.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Generation {
    /// The file, which is written over; none for standard output.
    pub path: Option<PathBuf>,
    /// Messages, the directory and system messages among them.
    pub messages: u64,
    /// Lengths before the messages (a BinaryFILE), or none.
    pub framed: bool,
    /// Seed, unsigned 64-bit, in decimal digits.
    pub seed: String,
    /// Instruments.
    pub instruments: u32,
    /// Orders that rest on each instrument, on average.
    pub live_orders: Option<u32>,
    /// Events a second of the busiest instrument.
    pub events_per_s: Option<u32>,
    /// Trading halts an hour over all instruments.
    pub halts_per_hour: Option<u32>,
}

/// How far a generation is; may be asked and stopped from another thread.
#[derive(Debug, Default)]
pub struct Progress {
    messages: AtomicU64,
    stop: AtomicBool,
}

impl Progress {
    /// Messages written so far.
    pub fn messages(&self) -> u64 {
        self.messages.load(Ordering::Relaxed)
    }

    /// Makes the generation fail at its next write.
    pub fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}

/// What a written file holds. Digests are lower-case hex, times ns since midnight.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GenerationTotals {
    /// Messages.
    pub messages: u64,
    /// Messages by type letter.
    pub messages_by_type: BTreeMap<char, u64>,
    /// Bytes.
    pub length_bytes: u64,
    /// Events that a parser makes of them.
    pub events: u64,
    /// Executions and trades.
    pub trades: u64,
    /// Shares printed.
    pub volume: u64,
    /// Orders resting at the end.
    pub live_orders: u64,
    /// Price levels at the end.
    pub levels: u64,
    /// Digest of all levels of all instruments.
    pub market_digest: String,
    /// XXH64 of the file.
    pub input_digest: String,
    /// Stamp of the last message.
    pub last_ts_ns: u64,
}

impl Generation {
    /// Writes everything, and makes a file durable; what was written.
    pub fn write(&self, progress: &Progress) -> Result<GenerationTotals> {
        let failed = |error: io::Error| self.failure(&error, progress);
        let Some(path) = &self.path else {
            return self.stream(Pipe::stdout().map_err(failed)?, progress);
        };
        let mut late = Late { path, file: None };
        let totals = self.stream(&mut late, progress)?;
        late.file()
            .and_then(|file| file.sync_all())
            .map_err(failed)?;
        Ok(totals)
    }

    fn stream(&self, out: impl Write, progress: &Progress) -> Result<GenerationTotals> {
        let params = self.params()?;
        let wire = if self.framed {
            Wire::BinaryFile
        } else {
            Wire::Raw
        };
        let stop = &progress.stop;
        let mut out = Stoppable { out, stop };
        let mut written = |messages| progress.messages.store(messages, Ordering::Relaxed);
        let totals = write_itch_as(wire, params, self.messages, &mut out, &mut written)
            .map_err(|error| self.failure(&error, progress))?;
        Ok(GenerationTotals::of(&totals))
    }

    fn params(&self) -> Result<SynthParams> {
        let preset = SynthParams::default();
        let seed = self.seed.parse().map_err(|_| {
            let detail = format!("seed {}: expected an unsigned 64-bit number", self.seed);
            SessionError::new(Code::ConfigInvalid, detail)
        })?;
        Ok(SynthParams {
            seed,
            instruments: self.instruments,
            live_orders: self.live_orders.unwrap_or(preset.live_orders),
            events_per_s: self.events_per_s.unwrap_or(preset.events_per_s),
            halts_per_hour: self.halts_per_hour.unwrap_or(preset.halts_per_hour),
            ..preset
        })
    }

    fn failure(&self, error: &io::Error, progress: &Progress) -> SessionError {
        if error.kind() == io::ErrorKind::InvalidInput {
            return SessionError::new(Code::ConfigInvalid, error.to_string());
        }
        let detail = match (&self.path, error.kind()) {
            (Some(path), _) => format!("{}: {error}", path.display()),
            (None, io::ErrorKind::BrokenPipe) => format!(
                "standard output: its reader went away after {} messages",
                progress.messages()
            ),
            (None, _) => format!("standard output: {error}"),
        };
        SessionError::new(Code::FileUnwritable, detail)
    }
}

/// A file that is made when its first bytes come: a wish that is refused writes over nothing.
struct Late<'a> {
    path: &'a Path,
    file: Option<File>,
}

impl Late<'_> {
    fn file(&mut self) -> io::Result<&mut File> {
        let file = match self.file.take() {
            Some(file) => file,
            None => File::create(self.path)?,
        };
        Ok(self.file.insert(file))
    }
}

impl Write for Late<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file()?.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file()?.flush()
    }
}

/// An output whose next write fails once it is told to stop.
struct Stoppable<'a, W> {
    out: W,
    stop: &'a AtomicBool,
}

impl<W: Write> Write for Stoppable<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.stop.load(Ordering::Relaxed) {
            return Err(io::Error::other("stopped"));
        }
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl GenerationTotals {
    fn of(totals: &Totals) -> Self {
        let by_type = (0u8..=255).zip(totals.by_type);
        Self {
            messages: totals.messages,
            messages_by_type: by_type
                .filter(|&(_, n)| n > 0)
                .map(|(t, n)| (t as char, n))
                .collect(),
            length_bytes: totals.bytes,
            events: totals.events,
            trades: totals.trades,
            volume: totals.volume,
            live_orders: totals.live_orders,
            levels: totals.levels,
            market_digest: format!("{:032x}", totals.market_digest),
            input_digest: format!("{:016x}", totals.input_digest),
            last_ts_ns: totals.last_ts_ns,
        }
    }
}
