//! A file of ITCH 5.0, plain or gzip, or a pipe of it, as a stream of events.
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use memmap2::Mmap;
use wavetank_abi::Event;
use xxhash_rust::xxh64::xxh64;

use crate::counters::ParseCounters;
use crate::detect::{SAMPLE, detect};
use crate::directory::Directory;
use crate::error::FeedError;
use crate::inflate::{Inflate, is_gzip};
use crate::mapped::{self, Mapped};
use crate::place::Place;
use crate::reader::Reader;
use crate::scan::{Parser, Wire};
use crate::stream::Stream;
use crate::window::{Slice, Window};
use crate::zig;

/// How messages follow each other, as a user states it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Framing {
    /// Found out from the first bytes.
    #[default]
    Auto,
    /// A u16 big-endian length before each message.
    BinaryFile,
    /// Messages back to back.
    Raw,
}

/// What one call read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Batch {
    /// Messages taken.
    pub messages: u64,
    /// Events appended.
    pub events: usize,
    /// Whether the source is exhausted.
    pub ended: bool,
}

/// Where the bytes of a source are kept.
enum Stored {
    File(Arc<Mmap>),
    Memory(Arc<[u8]>),
    /// Nowhere: they pass once, through the window.
    Nowhere,
}

impl Stored {
    fn bytes(&self) -> &[u8] {
        match self {
            Self::File(map) => map,
            Self::Memory(bytes) => bytes,
            Self::Nowhere => &[],
        }
    }

    fn digest(&self) -> u64 {
        match self {
            Self::File(map) => mapped::digest(map),
            other => xxh64(other.bytes(), 0),
        }
    }
}

/// An open ITCH source.
pub struct FileSource {
    path: PathBuf,
    stored: Stored,
    compressed: bool,
    wire: Wire,
    window: Box<dyn Window>,
    reader: Reader,
    digest: OnceLock<u64>,
}

impl FileSource {
    /// Opens a file and finds out what it is. A file that does not begin as ITCH is refused here.
    pub fn open(path: &Path, framing: Framing, parser: Parser) -> Result<Self, FeedError> {
        zig::check_manifest()?;
        let map = mapped::map(path)?;
        let compressed = is_gzip(&map);
        let window = Self::window(&map, compressed);
        let stored = Stored::File(map);
        let name = path.to_owned();
        Self::start(name, stored, compressed, window, (framing, parser))
    }

    /// The same over bytes that come once, plain or gzip; `name` stands for a path in messages.
    pub fn from_stream(
        from: impl Read + Send + 'static,
        name: &Path,
        framing: Framing,
        parser: Parser,
    ) -> Result<Self, FeedError> {
        zig::check_manifest()?;
        let stream = Stream::open(Box::new(from)).map_err(|e| FeedError::of_io(name, e))?;
        let (name, compressed) = (name.to_owned(), stream.is_gzip());
        let window = Box::new(stream);
        Self::start(name, Stored::Nowhere, compressed, window, (framing, parser))
    }

    fn start(
        path: PathBuf,
        stored: Stored,
        compressed: bool,
        mut window: Box<dyn Window>,
        (framing, parser): (Framing, Parser),
    ) -> Result<Self, FeedError> {
        let (sample, whole) = window.fill(SAMPLE);
        let length = sample.len().min(SAMPLE);
        let whole = whole && length == sample.len();
        let wire = match detect(&sample[..length], whole, framing, &path) {
            Ok(wire) => wire,
            Err(error) => return Err(Self::refusal(window.as_ref(), error, &path)),
        };
        Ok(Self {
            path,
            stored,
            compressed,
            wire,
            window,
            reader: Reader::new(parser, wire),
            digest: OnceLock::new(),
        })
    }

    /// The same over bytes in memory, never inflated; `name` stands for a path in messages.
    pub fn from_bytes(
        bytes: Vec<u8>,
        name: &Path,
        framing: Framing,
        parser: Parser,
    ) -> Result<Self, FeedError> {
        zig::check_manifest()?;
        let bytes: Arc<[u8]> = bytes.into();
        let sample = &bytes[..bytes.len().min(SAMPLE)];
        let wire = detect(sample, sample.len() == bytes.len(), framing, name)?;
        Ok(Self {
            path: name.to_owned(),
            window: Box::new(Slice::new(Arc::clone(&bytes))),
            stored: Stored::Memory(bytes),
            compressed: false,
            wire,
            reader: Reader::new(parser, wire),
            digest: OnceLock::new(),
        })
    }

    fn window(map: &Arc<Mmap>, compressed: bool) -> Box<dyn Window> {
        if compressed {
            Box::new(Inflate::new(Arc::clone(map)))
        } else {
            Box::new(Mapped::new(Arc::clone(map)))
        }
    }

    /// Bytes that could not be read or inflated are that, not an empty or foreign file.
    fn refusal(window: &dyn Window, error: FeedError, path: &Path) -> FeedError {
        match window.failure() {
            Some(failure) => FeedError::of_window(path, window.stored_position(), failure),
            None => error,
        }
    }

    /// Appends the events of up to `max_messages` messages, never half of a replace. Bad frames
    /// are skipped and counted.
    pub fn next_batch(
        &mut self,
        out: &mut Vec<Event>,
        max_messages: usize,
    ) -> Result<Batch, FeedError> {
        let (messages, events) = (self.reader.counters.messages, out.len());
        self.reader
            .read(self.window.as_mut(), out, max_messages as u64, &self.path)?;
        Ok(Batch {
            messages: self.reader.counters.messages - messages,
            events: out.len() - events,
            ended: self.reader.ended,
        })
    }

    /// Reads up to `max_messages` messages for what they say of the market, not of orders: `hear` is
    /// told the bytes of each that is neither an order's nor a trade's, and of few others.
    pub fn hear(
        &mut self,
        max_messages: u64,
        hear: &mut dyn FnMut(&[u8]),
    ) -> Result<Batch, FeedError> {
        let before = self.reader.counters.messages;
        self.reader
            .hear(self.window.as_mut(), max_messages, &self.path, hear)?;
        Ok(Batch {
            messages: self.reader.counters.messages - before,
            events: 0,
            ended: self.reader.ended,
        })
    }

    /// The next message as bytes in `body`, and the offset of its type byte; for inspection.
    pub fn next_message(&mut self, body: &mut Vec<u8>) -> Result<Option<u64>, FeedError> {
        self.reader
            .read_message(self.window.as_mut(), body, &self.path)
    }

    /// Where it stands, for a checkpoint.
    pub fn place(&self) -> Place {
        self.reader.place()
    }

    /// Goes to a place in this source, or in one of the same messages. A plain file is there at
    /// once, gzip is inflated up to there. False, and nothing changed, where there is no such place.
    pub fn seek(&mut self, place: &Place) -> bool {
        let Some(reader) = self.reader.at(place) else {
            return false;
        };
        let mut window: Box<dyn Window> = match &self.stored {
            Stored::File(map) => Self::window(map, self.compressed),
            Stored::Memory(bytes) => Box::new(Slice::new(Arc::clone(bytes))),
            Stored::Nowhere => return false,
        };
        if !skip(window.as_mut(), place.offset_bytes()) {
            return false;
        }
        (self.reader, self.window) = (reader, window);
        true
    }

    /// The file's path, as it was given.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// How messages follow each other in the file.
    pub fn wire(&self) -> Wire {
        self.wire
    }

    /// Whether the file is gzip.
    pub fn compressed(&self) -> bool {
        self.compressed
    }

    /// Bytes passed of the messages as they are uncompressed; error offsets count so too.
    pub fn offset_bytes(&self) -> u64 {
        self.reader.offset
    }

    /// Bytes read of the file as it is stored: progress against `length_bytes`.
    pub fn position_bytes(&self) -> u64 {
        self.window.stored_position()
    }

    /// Bytes of the file as it is stored; 0 while a stream has not ended.
    pub fn length_bytes(&self) -> u64 {
        match self.stored {
            Stored::Nowhere if self.reader.ended => self.position_bytes(),
            _ => self.stored.bytes().len() as u64,
        }
    }

    /// Totals so far.
    pub fn counters(&self) -> &ParseCounters {
        &self.reader.counters
    }

    /// Symbols met so far.
    pub fn directory(&self) -> &Directory {
        &self.reader.directory
    }

    /// XXH64 of the file's bytes as they are stored. The first call reads the whole file; of a
    /// stream it is that of the bytes read so far.
    pub fn input_digest(&self) -> u64 {
        match self.window.passed_digest() {
            Some(digest) => digest,
            None => *self.digest.get_or_init(|| self.stored.digest()),
        }
    }
}

/// Passes over bytes; false when there are not so many.
fn skip(window: &mut dyn Window, bytes: u64) -> bool {
    let mut left = bytes;
    while left > 0 {
        let ahead = window.fill(1).0.len() as u64;
        if ahead == 0 {
            return false;
        }
        let step = ahead.min(left);
        window.consume(step as usize);
        left -= step;
    }
    true
}

/// Parses bytes in memory to their end, under the same policy as a file; what was counted.
pub fn parse_all(
    bytes: &[u8],
    framing: Framing,
    parser: Parser,
    out: &mut Vec<Event>,
) -> Result<ParseCounters, FeedError> {
    let path = Path::new("bytes in memory");
    zig::check_manifest()?;
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let wire = detect(sample, sample.len() == bytes.len(), framing, path)?;
    let mut reader = Reader::new(parser, wire);
    reader.read(&mut Slice::new(bytes), out, u64::MAX, path)?;
    Ok(reader.counters)
}
