//! Bytes of a reader held until they are used. In: anything that reads. Out: the stretch ahead, in
//! memory that grows only for who asks for more at once.
use std::io::{self, Read};

/// Bytes held at most, unless more are asked for at once.
const HOLD: usize = 1 << 20;

#[derive(Default)]
pub(crate) struct Held {
    bytes: Vec<u8>,
    /// Of `bytes`, those read and not yet used.
    at: usize,
    to: usize,
    end: bool,
    /// Why it ended before its time.
    pub failure: Option<io::Error>,
}

impl Held {
    /// Reads until `min` bytes are ahead or nothing comes any more.
    pub(crate) fn fill(&mut self, min: usize, from: &mut impl Read) {
        if self.end || self.to - self.at >= min {
            return;
        }
        self.bytes.copy_within(self.at..self.to, 0);
        (self.at, self.to) = (0, self.to - self.at);
        if self.bytes.len() < min.max(HOLD) {
            self.bytes.resize(min.max(HOLD), 0);
        }
        while self.to < min && !self.end {
            match from.read(&mut self.bytes[self.to..]) {
                Ok(0) => self.end = true,
                Ok(read) => self.to += read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => {
                    self.end = true;
                    self.failure = Some(error);
                }
            }
        }
    }

    /// The bytes ahead, and whether nothing follows them.
    pub(crate) fn ahead(&self) -> (&[u8], bool) {
        (&self.bytes[self.at..self.to], self.end)
    }

    pub(crate) fn consume(&mut self, bytes: usize) {
        self.at += bytes;
    }
}
