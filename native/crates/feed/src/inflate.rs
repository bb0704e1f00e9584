//! A gzip file inflated as it is read, one member after another, in bounded memory.
use std::io::{self, Cursor};
use std::sync::Arc;

use flate2::bufread::MultiGzDecoder;
use memmap2::Mmap;

use crate::held::Held;
use crate::mapped::Wake;
use crate::window::Window;

struct Stored(Arc<Mmap>);

impl AsRef<[u8]> for Stored {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

/// The inflated bytes ahead.
pub(crate) struct Inflate {
    decoder: MultiGzDecoder<Cursor<Stored>>,
    held: Held,
    wake: Wake,
}

/// Whether bytes are those of a gzip file.
pub(crate) fn is_gzip(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0x1f, 0x8b])
}

impl Inflate {
    pub(crate) fn new(map: Arc<Mmap>) -> Self {
        Self {
            decoder: MultiGzDecoder::new(Cursor::new(Stored(map))),
            held: Held::default(),
            wake: Wake::default(),
        }
    }
}

impl Window for Inflate {
    fn fill(&mut self, min: usize) -> (&[u8], bool) {
        self.held.fill(min, &mut self.decoder);
        let stored = self.decoder.get_ref();
        self.wake
            .follow(&stored.get_ref().0, stored.position() as usize);
        self.held.ahead()
    }

    fn consume(&mut self, bytes: usize) {
        self.held.consume(bytes);
    }

    fn failure(&self) -> Option<&io::Error> {
        self.held.failure.as_ref()
    }

    fn stored_position(&self) -> u64 {
        self.decoder.get_ref().position()
    }
}
