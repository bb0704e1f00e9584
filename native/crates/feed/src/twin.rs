//! A plain ITCH parser: a loop, a `match`, one bounds check a read. It judges the Zig parser and
//! shares nothing with it; every offset here is written out from the specification.
use wavetank_abi::{Event, EventType, Side, event_flags as flags};

use crate::scan::{Note, Room, Scan, Stop, Wire};

/// Bytes of a message by its type; `None` for a type that ITCH 5.0 does not have.
pub const fn size(message_type: u8) -> Option<usize> {
    Some(match message_type {
        b'S' | b'W' => 12,
        b'R' => 39,
        b'H' => 25,
        b'Y' | b'N' => 20,
        b'L' => 26,
        b'V' | b'J' | b'U' => 35,
        b'K' => 28,
        b'h' => 21,
        b'A' | b'C' => 36,
        b'F' | b'Q' => 40,
        b'E' => 31,
        b'X' => 23,
        b'D' | b'B' => 19,
        b'P' => 44,
        b'I' => 50,
        b'O' => 48,
        _ => return None,
    })
}

/// Where the stock field of a type lies, if it has one.
pub const fn stock_at(message_type: u8) -> Option<usize> {
    Some(match message_type {
        b'R' | b'H' | b'Y' | b'K' | b'J' | b'h' | b'N' | b'O' => 11,
        b'L' => 15,
        b'Q' => 19,
        b'A' | b'F' | b'P' => 24,
        b'I' => 28,
        _ => return None,
    })
}

/// As `crate::scan`, by the plain way.
pub fn scan(bytes: &[u8], wire: Wire, mut room: Room) -> Scan {
    let (events_start, notes_start) = (room.events.len(), room.notes.len());
    let mut at = 0;
    let mut messages = 0;
    let stop = loop {
        if at == bytes.len() {
            break Stop::Complete;
        }
        if messages == room.messages_max {
            break Stop::Limit;
        }
        let body = match next(&bytes[at..], wire) {
            Ok(body) => body,
            Err(stop) => break stop,
        };
        let made = events(body);
        let made = made.as_slice();
        let noted = noted(body, &room);
        if room.events.len() - events_start + made.len() > room.events_max
            || room.notes.len() - notes_start + usize::from(noted) > room.notes_max
        {
            break Stop::Full;
        }
        if noted {
            note(body, at + wire.prefix(), &mut room);
        }
        room.events.extend_from_slice(made);
        room.counts[usize::from(body[0])] += 1;
        messages += 1;
        at += wire.prefix() + body.len();
    };
    Scan {
        stop,
        consumed: at,
        messages,
        events: room.events.len() - events_start,
    }
}

/// The first message of `rest`, or why there is none.
pub fn next(rest: &[u8], wire: Wire) -> Result<&[u8], Stop> {
    let (length, body) = match wire {
        Wire::Raw => (None, rest),
        Wire::BinaryFile => {
            let (prefix, body) = rest.split_first_chunk::<2>().ok_or(Stop::Truncated)?;
            (Some(usize::from(u16::from_be_bytes(*prefix))), body)
        }
    };
    if length == Some(0) {
        return Err(Stop::ZeroLength);
    }
    let first = *body.first().ok_or(Stop::Truncated)?;
    let size = size(first).ok_or(Stop::UnknownType)?;
    if length.is_some_and(|length| length != size) {
        return Err(Stop::WrongLength);
    }
    body.get(..size).ok_or(Stop::Truncated)
}

/// The stock locate of a message.
pub fn locate(body: &[u8]) -> u16 {
    u16::from_be_bytes([body[1], body[2]])
}

fn noted(body: &[u8], room: &Room) -> bool {
    let unknown = room.known[usize::from(locate(body))] == 0;
    match body[0] {
        b'A' | b'F' | b'P' | b'Q' => unknown,
        b'E' | b'C' | b'X' | b'D' | b'U' | b'B' => false,
        _ => true,
    }
}

fn note(body: &[u8], offset: usize, room: &mut Room) {
    room.notes.push(Note::new(offset as u64, body[0]));
    if stock_at(body[0]).is_some() {
        room.known[usize::from(locate(body))] = 1;
    }
}

/// Up to two events of a message.
#[derive(Default)]
struct Made([Event; 2], usize);

impl Made {
    fn one(event: Event) -> Self {
        Self([event, Event::default()], 1)
    }

    fn as_slice(&self) -> &[Event] {
        &self.0[..self.1]
    }
}

fn events(body: &[u8]) -> Made {
    let letter = body[0];
    match letter {
        b'A' | b'F' => Made::one(Event {
            order_id: u64_at(body, 11),
            side: side(body[19]),
            qty: u32_at(body, 20),
            price: u32_at(body, 32),
            ..event(body, EventType::Add)
        }),
        b'E' => Made::one(execution(body)),
        b'C' => Made::one(Event {
            price: u32_at(body, 32),
            flags: if body[31] == b'N' {
                flags::NON_PRINTABLE
            } else {
                0
            },
            ..execution(body)
        }),
        b'X' if u32_at(body, 19) == 0 => Made::default(),
        b'X' => Made::one(Event {
            order_id: u64_at(body, 11),
            qty: u32_at(body, 19),
            ..event(body, EventType::Cancel)
        }),
        b'D' => Made::one(Event {
            order_id: u64_at(body, 11),
            ..event(body, EventType::Cancel)
        }),
        b'U' => replace(body),
        b'P' => Made::one(Event {
            order_id: u64_at(body, 11),
            side: side(body[19]),
            qty: u32_at(body, 20),
            price: u32_at(body, 32),
            flags: flags::NON_DISPLAYED,
            ..event(body, EventType::Trade)
        }),
        b'Q' => Made::one(Event {
            qty: u64_at(body, 11),
            price: u32_at(body, 27),
            flags: flags::CROSS,
            ..event(body, EventType::Trade)
        }),
        b'B' => Made::one(Event {
            order_id: u64_at(body, 11),
            flags: flags::BROKEN,
            ..status(body, 0)
        }),
        b'S' | b'W' => Made::one(status(body, body[11])),
        b'H' => Made::one(status(body, body[19])),
        b'h' => Made::one(status(body, body[20])),
        _ => Made::default(),
    }
}

/// What every event has; the side is the order's until a message names one.
fn event(body: &[u8], kind: EventType) -> Event {
    let ts = body[5..11]
        .iter()
        .fold(0, |ts, byte| ts << 8 | u64::from(*byte));
    Event {
        ts_ns: ts,
        instrument_id: u32::from(locate(body)),
        event_type: kind as u8,
        side: Side::Inherit as u8,
        ..Event::default()
    }
}

fn execution(body: &[u8]) -> Event {
    Event {
        order_id: u64_at(body, 11),
        qty: u32_at(body, 19),
        ..event(body, EventType::Trade)
    }
}

fn status(body: &[u8], state: u8) -> Event {
    Event {
        qty: u64::from(body[0]),
        price: u64::from(state),
        ..event(body, EventType::Status)
    }
}

fn replace(body: &[u8]) -> Made {
    let old = Event {
        order_id: u64_at(body, 11),
        flags: flags::REPLACE | flags::MORE,
        ..event(body, EventType::Cancel)
    };
    let new = Event {
        order_id: u64_at(body, 19),
        qty: u32_at(body, 27),
        price: u32_at(body, 31),
        flags: flags::REPLACE,
        ..event(body, EventType::Add)
    };
    Made([old, new], 2)
}

/// 3 is no side: the book rejects the event under its own cause.
fn side(byte: u8) -> u8 {
    match byte {
        b'B' => Side::Bid as u8,
        b'S' => Side::Ask as u8,
        _ => 3,
    }
}

fn u32_at(body: &[u8], at: usize) -> u64 {
    u64::from(u32::from_be_bytes(
        body[at..at + 4].try_into().expect("four bytes"),
    ))
}

fn u64_at(body: &[u8], at: usize) -> u64 {
    u64::from_be_bytes(body[at..at + 8].try_into().expect("eight bytes"))
}
