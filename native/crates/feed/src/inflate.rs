//! A gzip file inflated as it is read, one member after another, in bounded memory.
use std::io::{self, Cursor, Read};
use std::sync::Arc;

use flate2::bufread::MultiGzDecoder;
use memmap2::Mmap;

use crate::mapped::Wake;
use crate::window::Window;

/// Bytes held at most, unless a reader asks for more at once.
const HOLD: usize = 1 << 20;

struct Stored(Arc<Mmap>);

impl AsRef<[u8]> for Stored {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

/// The inflated bytes ahead.
pub(crate) struct Inflate {
    decoder: MultiGzDecoder<Cursor<Stored>>,
    held: Vec<u8>,
    at: usize,
    end: bool,
    failure: Option<io::Error>,
    wake: Wake,
}

/// Whether bytes are those of a gzip file.
pub(crate) fn is_gzip(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0x1f, 0x8b])
}

impl Inflate {
    pub(crate) fn new(map: Arc<Mmap>) -> Self {
        let decoder = MultiGzDecoder::new(Cursor::new(Stored(map)));
        Self {
            decoder,
            held: Vec::new(),
            at: 0,
            end: false,
            failure: None,
            wake: Wake::default(),
        }
    }

    fn refill(&mut self, size: usize) {
        self.held.drain(..self.at);
        self.at = 0;
        let mut length = self.held.len();
        self.held.resize(size, 0);
        while length < size && !self.end {
            match self.decoder.read(&mut self.held[length..]) {
                Ok(0) => self.end = true,
                Ok(read) => length += read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => {
                    self.end = true;
                    self.failure = Some(error);
                }
            }
        }
        self.held.truncate(length);
        let stored = self.decoder.get_ref();
        self.wake
            .follow(&stored.get_ref().0, stored.position() as usize);
    }
}

impl Window for Inflate {
    fn fill(&mut self, min: usize) -> (&[u8], bool) {
        if self.held.len() - self.at < min && !self.end {
            self.refill(min.max(HOLD));
        }
        (&self.held[self.at..], self.end)
    }

    fn consume(&mut self, bytes: usize) {
        self.at += bytes;
    }

    fn failure(&self) -> Option<&io::Error> {
        self.failure.as_ref()
    }

    fn stored_position(&self) -> u64 {
        self.decoder.get_ref().position()
    }
}
