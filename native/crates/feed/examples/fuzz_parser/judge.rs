//! Whether the Zig parser and the twin give one answer on some bytes, whatever the bytes are.
//! In: an input. Out: nothing, or the first difference in words. It knows neither files nor
//! coverage.
use wavetank_abi::Event;
use wavetank_feed::{Known, Note, Parser, Room, Scan, Stop, Wire, scan, twin};

/// How much one pass may write and take.
#[derive(Clone, Copy, Debug)]
struct Limits {
    events: usize,
    notes: usize,
    messages: u64,
}

/// From nothing known, again with what the first pass taught, then with little room.
const PASSES: [Limits; 3] = [WIDE, WIDE, TIGHT];
const WIDE: Limits = Limits {
    events: 512,
    notes: 256,
    messages: u64::MAX,
};
const TIGHT: Limits = Limits {
    events: 5,
    notes: 3,
    messages: 4,
};

struct Side {
    parser: Parser,
    events: Vec<Event>,
    notes: Vec<Note>,
    counts: Box<[u64; 256]>,
    known: Box<Known>,
}

impl Side {
    fn new(parser: Parser) -> Self {
        Self {
            parser,
            events: Vec::new(),
            notes: Vec::new(),
            counts: Box::new([0; 256]),
            known: Box::new([0; 65536]),
        }
    }

    fn forget(&mut self) {
        self.counts.fill(0);
        self.known.fill(0);
    }

    fn scan(&mut self, bytes: &[u8], wire: Wire, limits: Limits) -> Scan {
        self.events.clear();
        self.notes.clear();
        let room = Room {
            events: &mut self.events,
            events_max: limits.events,
            notes: &mut self.notes,
            notes_max: limits.notes,
            messages_max: limits.messages,
            counts: &mut self.counts,
            known: &mut self.known,
        };
        scan(self.parser, bytes, wire, room)
    }
}

/// Both parsers and their buffers.
pub struct Judge {
    zig: Side,
    twin: Side,
    planted: bool,
}

impl Judge {
    /// With `planted` the twin is wrong in one place, which a fuzzer worth its name finds.
    pub fn new(planted: bool) -> Self {
        Self {
            zig: Side::new(Parser::Zig),
            twin: Side::new(Parser::Rust),
            planted,
        }
    }

    /// The input in both framings.
    pub fn same(&mut self, bytes: &[u8]) -> Result<(), String> {
        for wire in [Wire::BinaryFile, Wire::Raw] {
            self.zig.forget();
            self.twin.forget();
            for (pass, limits) in PASSES.into_iter().enumerate() {
                self.pass(bytes, wire, limits)
                    .map_err(|said| format!("{wire:?}, pass {pass}, {limits:?}\n{said}"))?;
            }
            if self.zig.counts != self.twin.counts || self.zig.known != self.twin.known {
                return Err(format!("{wire:?}: the counts or the known stocks differ"));
            }
        }
        Ok(())
    }

    fn pass(&mut self, bytes: &[u8], wire: Wire, limits: Limits) -> Result<(), String> {
        let zig = self.zig.scan(bytes, wire, limits);
        let mut plain = self.twin.scan(bytes, wire, limits);
        if self.planted && one_too_long(&bytes[plain.consumed..], wire, plain.stop) {
            plain.stop = Stop::Truncated;
        }
        if zig == plain && self.zig.events == self.twin.events && self.zig.notes == self.twin.notes
        {
            return Ok(());
        }
        Err(format!(
            "zig  {zig:?} {:?} {:?}\ntwin {plain:?} {:?} {:?}",
            self.zig.events, self.zig.notes, self.twin.events, self.twin.notes
        ))
    }
}

/// The planted difference: a replace whose frame states one byte more than a replace has.
fn one_too_long(rest: &[u8], wire: Wire, stop: Stop) -> bool {
    let size = twin::size(b'U').map_or(0, |size| size as u8 + 1);
    stop == Stop::WrongLength && wire == Wire::BinaryFile && rest.starts_with(&[0, size, b'U'])
}
