//! Where a reader stands in a source, for checkpoints: everything that what it read before decides.

use serde::{Deserialize, Serialize};

use crate::counters::{ParseCounters, ParseError, Reason};
use crate::directory::BLANK;
use crate::reader::Reader;
use crate::scan::Wire;

/// A place in a source of messages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Bytes of the messages as they are uncompressed.
    offset: u64,
    length_prefixed: bool,
    searching: bool,
    ended: bool,
    messages: u64,
    /// Counts by type byte, where there are any.
    by_type: Vec<(u8, u64)>,
    errors: u64,
    first_error: Option<(u64, u8, u8, u16, u16)>,
    bytes_skipped: u64,
    truncated_bytes: u64,
    /// Every stock locate that was noted; of those that no message named, a blank symbol.
    directory: Vec<(u16, [u8; 8])>,
}

impl Place {
    /// Bytes of the messages before it, as they are uncompressed.
    pub fn offset_bytes(&self) -> u64 {
        self.offset
    }
}

impl Reader {
    pub(crate) fn place(&self) -> Place {
        let counters = &self.counters;
        let by_type = counters.by_type.iter().enumerate();
        Place {
            offset: self.offset,
            length_prefixed: self.wire == Wire::BinaryFile,
            searching: self.searching,
            ended: self.ended,
            messages: counters.messages,
            by_type: by_type
                .filter(|(_, n)| **n > 0)
                .map(|(letter, n)| (letter as u8, *n))
                .collect(),
            errors: counters.errors,
            first_error: counters.first_error.map(plain),
            bytes_skipped: counters.bytes_skipped,
            truncated_bytes: counters.truncated_bytes,
            directory: (0..=u16::MAX)
                .filter(|locate| self.known[usize::from(*locate)] > 0)
                .map(|locate| {
                    (
                        locate,
                        self.directory.symbol(locate.into()).unwrap_or(BLANK),
                    )
                })
                .collect(),
        }
    }

    /// A reader that goes on there, once its window does. `None` when no reader of such a source
    /// can have stood there.
    pub(crate) fn at(&self, place: &Place) -> Option<Self> {
        let first_error = match place.first_error {
            None => None,
            Some(error) => Some(told(error)?),
        };
        if place.length_prefixed != (self.wire == Wire::BinaryFile) {
            return None;
        }
        let mut counters = ParseCounters {
            messages: place.messages,
            errors: place.errors,
            first_error,
            bytes_skipped: place.bytes_skipped,
            truncated_bytes: place.truncated_bytes,
            ..ParseCounters::default()
        };
        for &(letter, count) in &place.by_type {
            counters.by_type[usize::from(letter)] = count;
        }
        let mut reader = Self::new(self.parser, self.wire);
        for &(locate, symbol) in &place.directory {
            reader.known[usize::from(locate)] = 1;
            reader.directory.set(locate.into(), symbol);
        }
        reader.counters = counters;
        (reader.offset, reader.searching) = (place.offset, place.searching);
        reader.ended = place.ended;
        Some(reader)
    }
}

fn plain(error: ParseError) -> (u64, u8, u8, u16, u16) {
    let at = error.offset_bytes;
    match error.reason {
        Reason::ZeroLength => (at, 0, 0, 0, 0),
        Reason::UnknownType { message_type } => (at, 1, message_type, 0, 0),
        Reason::WrongLength {
            message_type,
            length,
            expected,
        } => (at, 2, message_type, length, expected),
        Reason::Truncated => (at, 3, 0, 0, 0),
    }
}

fn told(
    (offset_bytes, code, message_type, length, expected): (u64, u8, u8, u16, u16),
) -> Option<ParseError> {
    let reason = match code {
        0 => Reason::ZeroLength,
        1 => Reason::UnknownType { message_type },
        2 => Reason::WrongLength {
            message_type,
            length,
            expected,
        },
        3 => Reason::Truncated,
        _ => return None,
    };
    Some(ParseError {
        offset_bytes,
        reason,
    })
}
