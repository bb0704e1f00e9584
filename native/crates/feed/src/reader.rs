//! The policy over a parser: go on after a bad frame, count it, keep the directory, know the end.
//! In: a window of bytes. Out: events and totals. It does not know where the bytes come from.
use std::io;
use std::path::Path;

use wavetank_abi::Event;

use crate::counters::{ParseCounters, Reason};
use crate::directory::Directory;
use crate::error::FeedError;
use crate::fields::shapes;
use crate::recover::{self, Way};
use crate::scan::{Known, Note, Parser, Room, Scan, Stop, Wire, scan};
use crate::window::Window;

/// Messages a pass: their events stay in the cache until they are used.
const PASS: u64 = 4096;
/// Notes a pass.
const NOTES: usize = 1024;
/// Bytes that hold any whole frame with a sound header.
const SIGHT: usize = 64;
/// Bad places before a source is judged by their share.
const PATIENCE: u64 = 1000;
/// Bytes without a message before a source is judged by their share.
const PATIENCE_BYTES: u64 = 16 << 20;

pub(crate) struct Reader {
    pub parser: Parser,
    pub wire: Wire,
    pub counters: ParseCounters,
    pub directory: Directory,
    pub known: Box<Known>,
    notes: Vec<Note>,
    /// Bytes passed, parsed or not.
    pub offset: u64,
    pub searching: bool,
    pub ended: bool,
}

impl Reader {
    pub(crate) fn new(parser: Parser, wire: Wire) -> Self {
        Self {
            parser,
            wire,
            counters: ParseCounters::default(),
            directory: Directory::default(),
            known: Box::new([0; 65536]),
            notes: Vec::with_capacity(NOTES),
            offset: 0,
            searching: false,
            ended: false,
        }
    }

    /// Appends the events of up to `messages_max` messages; fewer only at the end.
    pub(crate) fn read(
        &mut self,
        window: &mut dyn Window,
        out: &mut Vec<Event>,
        messages_max: u64,
        path: &Path,
    ) -> Result<(), FeedError> {
        let goal = self.counters.messages.saturating_add(messages_max);
        while !self.ended && self.counters.messages < goal {
            let left = goal - self.counters.messages;
            self.turn(window, out, left, path, &mut |_| ())?;
        }
        Ok(())
    }

    /// As `read`, for what is noted: `hear` is told the bytes of each such message, no events are kept.
    pub(crate) fn hear(
        &mut self,
        window: &mut dyn Window,
        messages_max: u64,
        path: &Path,
        hear: &mut dyn FnMut(&[u8]),
    ) -> Result<(), FeedError> {
        let goal = self.counters.messages.saturating_add(messages_max);
        let mut events = Vec::with_capacity(2 * PASS as usize);
        while !self.ended && self.counters.messages < goal {
            events.clear();
            let left = goal - self.counters.messages;
            self.turn(window, &mut events, left, path, hear)?;
        }
        Ok(())
    }

    /// One message into `body`, with the offset of its type byte; `None` at the end.
    pub(crate) fn read_message(
        &mut self,
        window: &mut dyn Window,
        body: &mut Vec<u8>,
        path: &Path,
    ) -> Result<Option<u64>, FeedError> {
        let mut events = Vec::with_capacity(2);
        while !self.ended {
            let (offset, messages) = (self.offset, self.counters.messages);
            let (bytes, _) = window.fill(SIGHT);
            body.clear();
            body.extend_from_slice(&bytes[..bytes.len().min(SIGHT)]);
            self.turn(window, &mut events, 1, path, &mut |_| ())?;
            if self.counters.messages > messages {
                body.drain(..self.wire.prefix());
                body.truncate(usize::from(shapes()[usize::from(body[0])].size));
                return Ok(Some(offset + self.wire.prefix() as u64));
            }
        }
        body.clear();
        Ok(None)
    }

    /// One pass: some messages, or over one bad place, or the end.
    fn turn(
        &mut self,
        window: &mut dyn Window,
        out: &mut Vec<Event>,
        messages_max: u64,
        path: &Path,
        hear: &mut dyn FnMut(&[u8]),
    ) -> Result<(), FeedError> {
        if self.searching {
            let (bytes, end) = window.fill(recover::SIGHT);
            let way = recover::search(bytes, 0, end, self.wire);
            return self.pass_over(window, way, path);
        }
        let (bytes, end) = window.fill(SIGHT);
        let done = self.scan(bytes, out, messages_max.min(PASS));
        self.learn(bytes, hear);
        let rest = bytes.len() - done.consumed;
        self.advance(window, done.consumed);
        self.counters.messages += done.messages;
        match done.stop {
            Stop::Limit | Stop::Full => Ok(()),
            Stop::Complete if !end => Ok(()),
            Stop::Complete => self.finish(window, 0, path),
            Stop::Truncated if !end => Ok(()),
            Stop::Truncated => self.finish(window, rest, path),
            Stop::ZeroLength | Stop::UnknownType | Stop::WrongLength | Stop::BadRequest => {
                let (bytes, end) = window.fill(recover::SIGHT);
                self.counters
                    .error(self.offset, self.reason(bytes, done.stop));
                let way = recover::after_bad(bytes, end, self.wire);
                self.pass_over(window, way, path)
            }
        }
    }

    fn scan(&mut self, bytes: &[u8], out: &mut Vec<Event>, messages_max: u64) -> Scan {
        self.notes.clear();
        let room = Room {
            events: out,
            events_max: 2 * messages_max as usize,
            notes: &mut self.notes,
            notes_max: NOTES,
            messages_max,
            counts: &mut self.counters.by_type,
            known: &mut self.known,
        };
        scan(self.parser, bytes, self.wire, room)
    }

    /// Takes symbols from the messages noted in `bytes`, and tells each of them.
    fn learn(&mut self, bytes: &[u8], hear: &mut dyn FnMut(&[u8])) {
        for note in &self.notes {
            let body = &bytes[note.offset_bytes as usize..];
            let shape = shapes()[usize::from(note.message_type)];
            hear(&body[..usize::from(shape.size)]);
            let Some(at) = shape.stock_at else {
                continue;
            };
            let stock = &body[usize::from(at)..][..8];
            let stock: [u8; 8] = stock.try_into().expect("eight bytes");
            let locate = u32::from(u16::from_be_bytes([body[1], body[2]]));
            if note.message_type == b'R' {
                self.directory.set(locate, stock);
            } else {
                self.directory.set_if_unknown(locate, stock);
            }
        }
    }

    fn reason(&self, bytes: &[u8], stop: Stop) -> Reason {
        let message_type = bytes.get(self.wire.prefix()).copied().unwrap_or_default();
        match stop {
            Stop::ZeroLength => Reason::ZeroLength,
            Stop::WrongLength => Reason::WrongLength {
                message_type,
                length: u16::from_be_bytes([bytes[0], bytes[1]]),
                expected: u16::from(shapes()[usize::from(message_type)].size),
            },
            _ => Reason::UnknownType { message_type },
        }
    }

    fn pass_over(
        &mut self,
        window: &mut dyn Window,
        way: Way,
        path: &Path,
    ) -> Result<(), FeedError> {
        let (Way::Home(bytes) | Way::Lost(bytes)) = way;
        self.searching = matches!(way, Way::Lost(_));
        self.counters.bytes_skipped += bytes as u64;
        self.advance(window, bytes);
        self.judge(path)
    }

    fn advance(&mut self, window: &mut dyn Window, bytes: usize) {
        window.consume(bytes);
        self.offset += bytes as u64;
    }

    /// A source that is mostly not ITCH is refused, however it began.
    fn judge(&self, path: &Path) -> Result<(), FeedError> {
        let counters = &self.counters;
        let many = counters.errors > PATIENCE && counters.errors > counters.messages / 2;
        let long =
            counters.bytes_skipped > PATIENCE_BYTES && counters.bytes_skipped > self.offset / 2;
        match counters.first_error {
            Some(error) if many || long => Err(FeedError::NotItch {
                path: path.to_owned(),
                offset_bytes: error.offset_bytes,
                found: format!("{}, and most of what follows is no better", error.reason),
                expected: "the messages of NASDAQ TotalView-ITCH 5.0",
            }),
            _ => Ok(()),
        }
    }

    /// The end of the bytes, `rest` of them inside a message.
    fn finish(
        &mut self,
        window: &mut dyn Window,
        rest: usize,
        path: &Path,
    ) -> Result<(), FeedError> {
        let cut = window.failure();
        if let Some(failure) = cut
            && failure.kind() != io::ErrorKind::UnexpectedEof
        {
            let at = window.stored_position();
            return Err(FeedError::of_window(path, at, failure));
        }
        if rest > 0 || cut.is_some() {
            self.counters.error(self.offset, Reason::Truncated);
            self.counters.bytes_skipped += rest as u64;
            self.counters.truncated_bytes = rest as u64;
            self.advance(window, rest);
        }
        self.ended = true;
        Ok(())
    }
}
