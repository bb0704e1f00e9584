//! One pass of a parser over bytes in memory: what it is given, what it answers.
//! It takes whole messages from the start and stops at the first it cannot take.
use wavetank_abi::Event;

use crate::{twin, zig};

/// How messages follow each other in the bytes.
#[repr(u32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wire {
    /// A u16 big-endian length before each message.
    BinaryFile = 1,
    /// Messages back to back.
    Raw = 2,
}

impl Wire {
    /// Bytes before a message.
    pub const fn prefix(self) -> usize {
        match self {
            Self::BinaryFile => 2,
            Self::Raw => 0,
        }
    }
}

/// Which implementation parses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parser {
    /// The production parser.
    Zig,
    /// The plain twin, for judging.
    Rust,
}

/// Why a parser stopped.
#[repr(u32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// Every byte was taken.
    Complete = 0,
    /// The bytes end inside a message.
    Truncated = 1,
    /// The next message's events or note do not fit.
    Full = 2,
    /// The most messages asked for were taken.
    Limit = 3,
    /// A frame of length 0.
    ZeroLength = 4,
    /// The type byte is none of ITCH 5.0.
    UnknownType = 5,
    /// The frame's length is not its type's.
    WrongLength = 6,
    /// The request was malformed.
    BadRequest = 7,
}

/// A message off the order path, or the first to name a locate's stock.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Note {
    /// Of the type byte, from the start of the bytes.
    pub offset_bytes: u64,
    /// The type byte.
    pub message_type: u8,
    pub(crate) padding: [u8; 7],
}

impl Note {
    pub(crate) fn new(offset_bytes: u64, message_type: u8) -> Self {
        Self {
            offset_bytes,
            message_type,
            padding: [0; 7],
        }
    }
}

/// For each stock locate, 1 when its symbol is known, else 0.
pub type Known = [u8; 65536];

/// Where a parser writes, and how much it may.
pub struct Room<'a> {
    /// Events are appended.
    pub events: &'a mut Vec<Event>,
    /// Most events to append.
    pub events_max: usize,
    /// Notes are appended.
    pub notes: &'a mut Vec<Note>,
    /// Most notes to append.
    pub notes_max: usize,
    /// Most messages to take.
    pub messages_max: u64,
    /// Messages by type byte; added to.
    pub counts: &'a mut [u64; 256],
    /// Read, and set for every stock that is noted.
    pub known: &'a mut Known,
}

/// How far a parser came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scan {
    /// Why it stopped; `consumed` is then the start of the first message not taken.
    pub stop: Stop,
    /// Bytes taken.
    pub consumed: usize,
    /// Messages taken.
    pub messages: u64,
    /// Events appended.
    pub events: usize,
}

/// Parses whole messages from the start of `bytes`. Total: any bytes give an answer.
pub fn scan(parser: Parser, bytes: &[u8], wire: Wire, room: Room) -> Scan {
    match parser {
        Parser::Zig => zig::scan(bytes, wire, room),
        Parser::Rust => twin::scan(bytes, wire, room),
    }
}
