//! Bytes that come once, as from a pipe: plain or gzip, held in bounded memory, counted and hashed
//! as they pass. It knows neither their length nor what made them.
use std::io::{self, BufReader, Chain, Cursor, Read};

use flate2::bufread::MultiGzDecoder;
use xxhash_rust::xxh64::Xxh64;

use crate::held::Held;
use crate::inflate::is_gzip;
use crate::window::Window;

/// What a stream reads from.
pub(crate) type Origin = Box<dyn Read + Send>;

/// Counts and hashes what is read through it.
struct Tally {
    origin: Origin,
    bytes: u64,
    digest: Xxh64,
}

impl Read for Tally {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.origin.read(into)?;
        self.bytes += read as u64;
        self.digest.update(&into[..read]);
        Ok(read)
    }
}

/// The tally behind its first bytes, which told the format.
type Whole = Chain<Cursor<Vec<u8>>, Tally>;

enum Input {
    Plain(Whole),
    Gzip(Box<MultiGzDecoder<BufReader<Whole>>>),
}

impl Read for Input {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Plain(bytes) => bytes.read(into),
            Self::Gzip(decoder) => decoder.read(into),
        }
    }
}

/// The bytes of a stream ahead.
pub(crate) struct Stream {
    input: Input,
    held: Held,
}

impl Stream {
    /// Reads the two bytes that tell gzip from ITCH.
    pub(crate) fn open(origin: Origin) -> io::Result<Self> {
        let mut tally = Tally {
            origin,
            bytes: 0,
            digest: Xxh64::new(0),
        };
        let mut head = Vec::with_capacity(2);
        tally.by_ref().take(2).read_to_end(&mut head)?;
        let gzip = is_gzip(&head);
        let whole = Cursor::new(head).chain(tally);
        let input = if gzip {
            Input::Gzip(Box::new(MultiGzDecoder::new(BufReader::new(whole))))
        } else {
            Input::Plain(whole)
        };
        let held = Held::default();
        Ok(Self { input, held })
    }

    pub(crate) fn is_gzip(&self) -> bool {
        matches!(self.input, Input::Gzip(_))
    }

    fn tally(&self) -> &Tally {
        match &self.input {
            Input::Plain(whole) => whole.get_ref().1,
            Input::Gzip(decoder) => decoder.get_ref().get_ref().get_ref().1,
        }
    }
}

impl Window for Stream {
    fn fill(&mut self, min: usize) -> (&[u8], bool) {
        self.held.fill(min, &mut self.input);
        self.held.ahead()
    }

    fn consume(&mut self, bytes: usize) {
        self.held.consume(bytes);
    }

    fn failure(&self) -> Option<&io::Error> {
        self.held.failure.as_ref()
    }

    fn stored_position(&self) -> u64 {
        self.tally().bytes
    }

    fn passed_digest(&self) -> Option<u64> {
        Some(self.tally().digest.digest())
    }
}
