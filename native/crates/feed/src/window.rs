//! The bytes ahead of a reader, wherever they come from.
use std::io;

/// Bytes in file order, of which a reader sees a stretch at a time.
pub(crate) trait Window: Send {
    /// At least `min` unread bytes, or all there are; true when they reach the end.
    fn fill(&mut self, min: usize) -> (&[u8], bool);

    /// Passes over bytes that `fill` showed.
    fn consume(&mut self, bytes: usize);

    /// Why the bytes end before their time.
    fn failure(&self) -> Option<&io::Error> {
        None
    }

    /// Bytes of the stored file that were read.
    fn stored_position(&self) -> u64;
}

/// Bytes in memory.
pub(crate) struct Slice<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Slice<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }
}

impl Window for Slice<'_> {
    fn fill(&mut self, _min: usize) -> (&[u8], bool) {
        (&self.bytes[self.at..], true)
    }

    fn consume(&mut self, bytes: usize) {
        self.at += bytes;
    }

    fn stored_position(&self) -> u64 {
        self.at as u64
    }
}
