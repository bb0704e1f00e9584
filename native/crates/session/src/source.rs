//! Where events come from: an ITCH file or the seeded generator. Out: whole steps in source order,
//! each with its virtual time. It knows no book and no pace.

use std::path::Path;

use wavetank_abi::{Event, EventType, SourceKind, event_flags};
use wavetank_feed::{FileSource, Framing, ParseCounters, Parser};
use wavetank_synth::Synth;

use crate::config::{FramingConfig, SourceConfig};
use crate::error::{Code, Result, SessionError};
use crate::time::quantum_end;

/// Messages or events read ahead at a time.
const BATCH: usize = 4096;
/// Events read ahead in search of the first order, at most.
const PRIME_MAX: usize = 1 << 20;

pub(crate) enum Reader {
    Itch(Box<FileSource>),
    Synthetic(Box<Synth>),
}

/// A source and what was read of it ahead of virtual time.
pub struct Source {
    pub(crate) reader: Reader,
    pub(crate) events: Vec<Event>,
    pub(crate) at: usize,
    pub(crate) ended: bool,
    /// Running maximum of source time: where regressions are held.
    pub(crate) max_ns: u64,
    pub(crate) last_event_ns: u64,
    pub(crate) regressions: u64,
    pub(crate) taken: u64,
    digest: u64,
}

impl Source {
    /// Opens a source; an ITCH file is digested whole.
    pub fn open(config: &SourceConfig) -> Result<Self> {
        Self::open_as(config, None)
    }

    /// The same with a digest that is known: nothing is read to find it out, and an inflated file
    /// may stand for the .gz it is of.
    pub fn open_as(config: &SourceConfig, digest: Option<u64>) -> Result<Self> {
        let (reader, digest) = match config {
            SourceConfig::Itch { path, framing } => {
                let file = FileSource::open(Path::new(path), (*framing).into(), Parser::Zig)?;
                let digest = digest.unwrap_or_else(|| file.input_digest());
                (Reader::Itch(Box::new(file)), digest)
            }
            SourceConfig::Synthetic(synthetic) => {
                let params = synthetic.params();
                let synth = Synth::new(params)
                    .map_err(|e| SessionError::new(Code::ConfigInvalid, e.to_string()))?;
                let digest = params.digest();
                (Reader::Synthetic(Box::new(synth)), digest)
            }
        };
        Ok(Self {
            reader,
            events: Vec::with_capacity(2 * BATCH),
            at: 0,
            ended: false,
            max_ns: 0,
            last_event_ns: 0,
            regressions: 0,
            taken: 0,
            digest,
        })
    }

    /// How far it was read: bytes as they are uncompressed, or events taken of the generator.
    pub(crate) fn offset(&self) -> u64 {
        match &self.reader {
            Reader::Itch(file) => file.offset_bytes(),
            Reader::Synthetic(_) => self.taken,
        }
    }

    /// Reads on when everything read was taken; says how many events that brought.
    pub fn fill(&mut self) -> Result<usize> {
        if self.at < self.events.len() {
            return Ok(0);
        }
        self.events.clear();
        self.at = 0;
        while self.events.is_empty() && !self.ended {
            self.read()?;
        }
        Ok(self.events.len())
    }

    /// Reads on, keeping what was read, until the first order is there: by then a source that names
    /// its instruments beforehand has done so. Returns how many events are there.
    pub fn prime(&mut self) -> Result<usize> {
        let order = |e: &Event| e.event_type == EventType::Add as u8;
        while !self.ended && self.events.len() < PRIME_MAX {
            let from = self.events.len();
            self.read()?;
            if self.events[from..].iter().any(order) {
                break;
            }
        }
        Ok(self.events.len())
    }

    fn read(&mut self) -> Result<()> {
        match &mut self.reader {
            Reader::Itch(file) => self.ended = file.next_batch(&mut self.events, BATCH)?.ended,
            Reader::Synthetic(synth) => {
                synth.next_batch(u64::MAX, BATCH, &mut self.events);
            }
        }
        Ok(())
    }

    /// Everything read was taken: `fill` is due.
    #[inline]
    pub fn dry(&self) -> bool {
        self.at == self.events.len()
    }

    /// Quantum end of the next event, after `fill`; `None` when the source is exhausted.
    #[inline]
    pub fn next_quantum(&self) -> Option<u64> {
        let next = self.events.get(self.at)?;
        Some(quantum_end(next.ts_ns.max(self.max_ns)))
    }

    /// The next whole steps with virtual time up to `until_ns`, at most `max` events or one step. An
    /// event whose time went back is the first of those given.
    pub fn take(&mut self, until_ns: u64, max: usize) -> &[Event] {
        let from = self.at;
        let mut to = from;
        while let Some(event) = self.events.get(to) {
            if event.ts_ns.max(self.max_ns) > until_ns {
                break;
            }
            let length = self.step_length(to);
            let regresses = event.ts_ns < self.max_ns;
            if to > from && (regresses || to + length - from > max) {
                break;
            }
            self.regressions += u64::from(regresses);
            self.max_ns = self.max_ns.max(event.ts_ns);
            to += length;
        }
        if to > from {
            self.last_event_ns = self.events[to - 1].ts_ns;
        }
        self.taken += (to - from) as u64;
        self.at = to;
        &self.events[from..to]
    }

    /// MORE binds an event to the one that follows it.
    #[inline]
    fn step_length(&self, at: usize) -> usize {
        let more = self.events[at].flags & event_flags::MORE != 0;
        1 + usize::from(more && at + 1 < self.events.len())
    }

    /// Quantum end of the last event taken.
    pub fn last_quantum(&self) -> u64 {
        quantum_end(self.max_ns)
    }

    /// Stamp of the last event taken.
    pub fn last_event_ns(&self) -> u64 {
        self.last_event_ns
    }

    /// Events whose time went back.
    pub fn regressions(&self) -> u64 {
        self.regressions
    }

    /// What it is.
    pub fn kind(&self) -> SourceKind {
        match self.reader {
            Reader::Itch(_) => SourceKind::Itch,
            Reader::Synthetic(_) => SourceKind::Synthetic,
        }
    }

    /// XXH64 of the file, or digest of the generator's parameters.
    pub fn digest(&self) -> u64 {
        self.digest
    }

    /// How far it is read and its length: bytes, or events of a source without end (length 0).
    pub fn position(&self) -> (u64, u64) {
        match &self.reader {
            Reader::Itch(file) => (file.position_bytes(), file.length_bytes()),
            Reader::Synthetic(_) => (self.taken, 0),
        }
    }

    /// What the parser counted; nothing for the generator.
    pub fn parse_counters(&self) -> Option<&ParseCounters> {
        match &self.reader {
            Reader::Itch(file) => Some(file.counters()),
            Reader::Synthetic(_) => None,
        }
    }

    /// Symbol of an instrument, padded with spaces; blank when it is not known.
    pub fn symbol(&self, instrument: u32) -> [u8; 8] {
        let known = match &self.reader {
            Reader::Itch(file) => file.directory().symbol(instrument),
            Reader::Synthetic(synth) => (1..=synth.instruments())
                .contains(&instrument)
                .then(|| synth.symbol(instrument - 1)),
        };
        known.unwrap_or([b' '; 8])
    }

    /// Instrument of a symbol.
    pub fn locate(&self, symbol: &str) -> Option<u32> {
        match &self.reader {
            Reader::Itch(file) => file.directory().locate(symbol),
            Reader::Synthetic(_) => {
                let mut all = self.symbols();
                all.find(|(_, s)| text(s) == symbol).map(|(id, _)| id)
            }
        }
    }

    /// Every instrument and its symbol, as far as the source has named them.
    pub fn symbols(&self) -> Box<dyn Iterator<Item = (u32, [u8; 8])> + '_> {
        match &self.reader {
            Reader::Itch(file) => Box::new(file.directory().iter()),
            Reader::Synthetic(synth) => {
                Box::new((0..synth.instruments()).map(|i| (synth.locate(i), synth.symbol(i))))
            }
        }
    }

    /// The source has named its instruments beforehand, so that one not named does not exist.
    pub fn directory_is_complete(&self) -> bool {
        match &self.reader {
            Reader::Itch(file) => file.counters().by_type[usize::from(b'R')] > 0,
            Reader::Synthetic(_) => true,
        }
    }

    /// Price increment of an instrument, where the source knows it.
    pub fn tick_size(&self, instrument: u32) -> Option<u32> {
        match &self.reader {
            Reader::Itch(_) => None,
            Reader::Synthetic(synth) => instrument.checked_sub(1).map(|i| synth.tick_size(i)),
        }
    }
}

/// A padded symbol as text.
pub fn text(symbol: &[u8; 8]) -> &str {
    std::str::from_utf8(symbol).unwrap_or("").trim_end()
}

impl From<FramingConfig> for Framing {
    fn from(framing: FramingConfig) -> Self {
        match framing {
            FramingConfig::Auto => Self::Auto,
            FramingConfig::BinaryFile => Self::BinaryFile,
            FramingConfig::Raw => Self::Raw,
        }
    }
}
