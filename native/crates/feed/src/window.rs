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

    /// XXH64 of the stored bytes read, where they come once and nobody can read them again.
    fn passed_digest(&self) -> Option<u64> {
        None
    }
}

/// Bytes in memory, borrowed or owned.
pub(crate) struct Slice<B> {
    bytes: B,
    at: usize,
}

impl<B: AsRef<[u8]>> Slice<B> {
    pub(crate) fn new(bytes: B) -> Self {
        Self { bytes, at: 0 }
    }
}

impl<B: AsRef<[u8]> + Send> Window for Slice<B> {
    fn fill(&mut self, _min: usize) -> (&[u8], bool) {
        (&self.bytes.as_ref()[self.at..], true)
    }

    fn consume(&mut self, bytes: usize) {
        self.at += bytes;
    }

    fn stored_position(&self) -> u64 {
        self.at as u64
    }
}
