//! What a source has counted: messages by type, and what was wrong with the bytes.
use std::fmt;

/// What is wrong with a place in the bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// A frame of length 0.
    ZeroLength,
    /// A type byte that ITCH 5.0 does not have.
    UnknownType {
        /// The byte.
        message_type: u8,
    },
    /// A frame whose length is not its type's.
    WrongLength {
        /// The type byte.
        message_type: u8,
        /// The length in the frame.
        length: u16,
        /// The length of the type.
        expected: u16,
    },
    /// The bytes end inside a message.
    Truncated,
}

impl Reason {
    /// The stable code of the reason.
    pub const fn code(self) -> &'static str {
        match self {
            Self::ZeroLength => "FRAME_ZERO_LENGTH",
            Self::UnknownType { .. } => "FRAME_UNKNOWN_TYPE",
            Self::WrongLength { .. } => "FRAME_WRONG_LENGTH",
            Self::Truncated => "FRAME_TRUNCATED",
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::ZeroLength => write!(f, "a frame of length 0"),
            Self::UnknownType { message_type } => {
                write!(f, "unknown message type {}", letter(message_type))
            }
            Self::WrongLength {
                message_type,
                length,
                expected,
            } => write!(
                f,
                "a frame of {length} bytes with type {} (its length is {expected})",
                letter(message_type)
            ),
            Self::Truncated => write!(f, "the end of the bytes inside a message"),
        }
    }
}

fn letter(byte: u8) -> String {
    if byte.is_ascii_graphic() {
        format!("'{}'", char::from(byte))
    } else {
        format!("0x{byte:02x}")
    }
}

/// A place in the bytes that could not be parsed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseError {
    /// Where, in the uncompressed bytes.
    pub offset_bytes: u64,
    /// Why.
    pub reason: Reason,
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "at byte {}: {}", self.offset_bytes, self.reason)
    }
}

/// Totals since the source was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseCounters {
    /// Messages taken.
    pub messages: u64,
    /// Messages by type byte.
    pub by_type: [u64; 256],
    /// Places that could not be parsed.
    pub errors: u64,
    /// The first of them.
    pub first_error: Option<ParseError>,
    /// Bytes passed over without being parsed.
    pub bytes_skipped: u64,
    /// Bytes of a message that the end of the file cuts; 0 when it ends with a whole message.
    pub truncated_bytes: u64,
}

impl Default for ParseCounters {
    fn default() -> Self {
        Self {
            messages: 0,
            by_type: [0; 256],
            errors: 0,
            first_error: None,
            bytes_skipped: 0,
            truncated_bytes: 0,
        }
    }
}

impl ParseCounters {
    pub(crate) fn error(&mut self, offset_bytes: u64, reason: Reason) {
        self.errors += 1;
        self.first_error.get_or_insert(ParseError {
            offset_bytes,
            reason,
        });
    }
}
