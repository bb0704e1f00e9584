//! A source walked from its first message. In: a file, a pipe or bytes. Out: the book after any message
//! number or venue time, in one pass forward.

use std::path::{Path, PathBuf};

use wavetank_abi::{Event, EventType};
use wavetank_feed::{Directory, FeedError, FileSource, Framing, Parser};

use super::pipe::Pipe;
use super::{Implementation, Judge, Summary};
use crate::error::{Code, Result, SessionError};

/// Messages per batch when nothing asks to stop earlier.
const BATCH_MESSAGES: usize = 4096;

/// What to walk.
pub enum WalkInput {
    /// A file, plain or .gz.
    Path(PathBuf),
    /// ITCH bytes in memory.
    Bytes(Vec<u8>),
    /// What comes in on standard input, plain or gzip; once.
    Stdin,
}

impl WalkInput {
    /// Opens it as a source of messages.
    pub fn open(self, framing: Framing, parser: Parser) -> Result<FileSource> {
        let source = match self {
            Self::Path(path) => FileSource::open(&path, framing, parser),
            Self::Bytes(bytes) => {
                FileSource::from_bytes(bytes, Path::new("bytes"), framing, parser)
            }
            Self::Stdin => {
                let name = Path::new("standard input");
                let pipe = Pipe::stdin().map_err(|e| FeedError::of_io(name, e))?;
                FileSource::from_stream(pipe, name, framing, parser)
            }
        };
        Ok(source?)
    }
}

/// How to walk it.
pub struct WalkOptions {
    /// How messages are framed.
    pub framing: Framing,
    /// Which parser reads them.
    pub parser: Parser,
    /// Which book takes the events; `None` leaves them to the caller.
    pub implementation: Option<Implementation>,
}

/// A source, how far it is read, and the book after that many messages.
pub struct Walk {
    source: FileSource,
    judge: Option<Judge>,
    batch: Vec<Event>,
    /// Events of a message read past the time asked for; they count when they are applied.
    held: Vec<Event>,
    messages: u64,
    first_ts_ns: Option<u64>,
    last_ts_ns: u64,
    ts_regressions: u64,
    /// One bit for each locate that an event other than a status named.
    seen: Box<[u64; 1024]>,
    ended: bool,
}

impl Walk {
    /// Opens the input; nothing is read yet beyond what tells the format.
    pub fn open(input: WalkInput, options: &WalkOptions) -> Result<Self> {
        Ok(Self {
            source: input.open(options.framing, options.parser)?,
            judge: options.implementation.map(Judge::new),
            batch: Vec::new(),
            held: Vec::new(),
            messages: 0,
            first_ts_ns: None,
            last_ts_ns: 0,
            ts_regressions: 0,
            seen: Box::new([0; 1024]),
            ended: false,
        })
    }

    /// Reads up to `max_messages` more and applies them; false at the end of the source.
    pub fn advance(&mut self, max_messages: u64) -> Result<bool> {
        let goal = self.messages.saturating_add(max_messages);
        if max_messages > 0 {
            self.release_held();
        }
        while self.messages < goal && !self.ended {
            let room = (goal - self.messages).min(BATCH_MESSAGES as u64) as usize;
            self.read(room)?;
            self.apply();
        }
        Ok(!self.ended())
    }

    /// Goes on until `n` messages are read in all; an error when the source is past it already.
    pub fn walk_to_message(&mut self, n: u64) -> Result<()> {
        if n < self.messages {
            let detail = format!(
                "message {n} is behind message {}: ask in order",
                self.messages
            );
            return Err(SessionError::new(Code::ControlInvalid, detail));
        }
        self.advance(n - self.messages)?;
        if self.messages < n {
            let detail = format!("message {n}: the source ends after {}", self.messages);
            return Err(SessionError::new(Code::SourceEnded, detail));
        }
        Ok(())
    }

    /// Goes on until the next message with events is later than `ts_ns`.
    pub fn walk_to_time(&mut self, ts_ns: u64) -> Result<()> {
        loop {
            if let Some(event) = self.held.first() {
                if event.ts_ns > ts_ns {
                    return Ok(());
                }
                self.release_held();
            }
            if self.ended {
                return Ok(());
            }
            self.read(1)?;
            if self.batch.first().is_some_and(|e| e.ts_ns > ts_ns) {
                self.messages -= 1;
                std::mem::swap(&mut self.held, &mut self.batch);
                self.batch.clear();
                return Ok(());
            }
            self.apply();
        }
    }

    /// The events of the next messages, applied nowhere; for a book outside this process' core.
    pub fn events(&mut self, max_messages: usize) -> Result<&[Event]> {
        self.read(max_messages)?;
        self.note_times();
        Ok(&self.batch)
    }

    fn read(&mut self, max_messages: usize) -> Result<()> {
        self.batch.clear();
        let batch = self
            .source
            .next_batch(&mut self.batch, max_messages)
            .map_err(SessionError::from)?;
        self.messages += batch.messages;
        self.ended = batch.ended;
        Ok(())
    }

    fn apply(&mut self) {
        self.note_times();
        if let Some(judge) = &mut self.judge {
            judge.feed(&self.batch);
        }
    }

    fn release_held(&mut self) {
        if self.held.is_empty() {
            return;
        }
        std::mem::swap(&mut self.held, &mut self.batch);
        self.held.clear();
        self.messages += 1;
        self.apply();
    }

    fn note_times(&mut self) {
        for event in &self.batch {
            self.first_ts_ns.get_or_insert(event.ts_ns);
            self.ts_regressions += u64::from(event.ts_ns < self.last_ts_ns);
            self.last_ts_ns = self.last_ts_ns.max(event.ts_ns);
            // System-wide status comes under locate 0, which is no instrument.
            if event.event_type != EventType::Status as u8 {
                self.seen[event.instrument_id as usize / 64 % 1024] |=
                    1 << (event.instrument_id % 64);
            }
        }
    }

    /// The book, when the walk has one.
    pub const fn judge(&self) -> Option<&Judge> {
        self.judge.as_ref()
    }

    /// Messages read.
    pub const fn messages(&self) -> u64 {
        self.messages
    }

    /// Whether the source is exhausted.
    pub const fn ended(&self) -> bool {
        self.ended && self.held.is_empty()
    }

    /// Stamp of the latest event.
    pub const fn last_ts_ns(&self) -> u64 {
        self.last_ts_ns
    }

    /// Symbols known so far.
    pub fn directory(&self) -> &Directory {
        self.source.directory()
    }

    /// Locates that orders and trades have named so far, ascending.
    pub fn instruments(&self) -> Vec<u32> {
        (0..1 << 16)
            .filter(|&id| self.seen[id as usize / 64] >> (id % 64) & 1 == 1)
            .collect()
    }

    /// Bytes read and bytes in all.
    pub fn position(&self) -> (u64, u64) {
        (self.source.position_bytes(), self.source.length_bytes())
    }

    /// What the walk has seen.
    pub fn summary(&self) -> Summary {
        Summary::of(
            &self.source,
            self.judge.as_ref(),
            self.messages,
            (self.first_ts_ns, self.last_ts_ns, self.ts_regressions),
        )
    }
}
