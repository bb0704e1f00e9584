//! G2: what one writes first. In: a mapped BinaryFILE. Out: the same events, by a `match` on the
//! type byte. It takes the file to be whole.

use wavetank_abi::{Event, EventType, Side, event_flags as flags};

/// Appends the events of up to `max_messages` messages from `at`; where it stopped.
pub fn decode(bytes: &[u8], mut at: usize, max_messages: usize, out: &mut Vec<Event>) -> usize {
    for _ in 0..max_messages {
        let Some(prefix) = bytes.get(at..at + 2) else {
            break;
        };
        let size = usize::from(u16::from_be_bytes([prefix[0], prefix[1]]));
        message(&bytes[at + 2..at + 2 + size], out);
        at += 2 + size;
    }
    at
}

fn message(body: &[u8], out: &mut Vec<Event>) {
    match body[0] {
        b'A' | b'F' => out.push(add(sized::<36>(body))),
        b'E' => out.push(executed(sized::<31>(body))),
        b'C' => out.push(executed_with_price(sized::<36>(body))),
        b'X' => cancel(sized::<23>(body), out),
        b'D' => {
            let body = sized::<19>(body);
            out.push(Event {
                order_id: u64_at(body, 11),
                ..event(body, EventType::Cancel)
            });
        }
        b'U' => replace(sized::<35>(body), out),
        b'P' => {
            let body = sized::<44>(body);
            out.push(Event {
                event_type: EventType::Trade as u8,
                flags: flags::NON_DISPLAYED,
                ..add(sized::<36>(body))
            });
        }
        b'Q' => cross(sized::<40>(body), out),
        b'B' => {
            let body = sized::<19>(body);
            out.push(Event {
                order_id: u64_at(body, 11),
                flags: flags::BROKEN,
                ..status(body, 0)
            });
        }
        b'S' | b'W' => out.push(status(body, body[11])),
        b'H' => out.push(status(body, body[19])),
        b'h' => out.push(status(body, body[20])),
        _ => {}
    }
}

/// One bounds check for all fields of a message.
#[inline(always)]
fn sized<const N: usize>(body: &[u8]) -> &[u8; N] {
    body.first_chunk().expect("the file is whole")
}

fn cancel(body: &[u8; 23], out: &mut Vec<Event>) {
    let qty = u32_at(body, 19);
    if qty != 0 {
        out.push(Event {
            order_id: u64_at(body, 11),
            qty,
            ..event(body, EventType::Cancel)
        });
    }
}

fn replace(body: &[u8; 35], out: &mut Vec<Event>) {
    out.push(Event {
        order_id: u64_at(body, 11),
        flags: flags::REPLACE | flags::MORE,
        ..event(body, EventType::Cancel)
    });
    out.push(Event {
        order_id: u64_at(body, 19),
        qty: u32_at(body, 27),
        price: u32_at(body, 31),
        flags: flags::REPLACE,
        ..event(body, EventType::Add)
    });
}

fn cross(body: &[u8; 40], out: &mut Vec<Event>) {
    out.push(Event {
        qty: u64_at(body, 11),
        price: u32_at(body, 27),
        flags: flags::CROSS,
        ..event(body, EventType::Trade)
    });
}

fn add(body: &[u8; 36]) -> Event {
    Event {
        order_id: u64_at(body, 11),
        side: match body[19] {
            b'B' => Side::Bid as u8,
            b'S' => Side::Ask as u8,
            _ => 3,
        },
        qty: u32_at(body, 20),
        price: u32_at(body, 32),
        ..event(body, EventType::Add)
    }
}

fn executed(body: &[u8; 31]) -> Event {
    Event {
        order_id: u64_at(body, 11),
        qty: u32_at(body, 19),
        ..event(body, EventType::Trade)
    }
}

fn executed_with_price(body: &[u8; 36]) -> Event {
    let hidden = body[31] == b'N';
    Event {
        price: u32_at(body, 32),
        flags: u16::from(hidden) * flags::NON_PRINTABLE,
        ..executed(sized(body))
    }
}

#[inline(always)]
fn event(body: &[u8], kind: EventType) -> Event {
    let head = sized::<11>(body);
    Event {
        ts_ns: u64_at(head, 3) & 0xFFFF_FFFF_FFFF,
        instrument_id: u32::from(u16::from_be_bytes([head[1], head[2]])),
        event_type: kind as u8,
        side: Side::Inherit as u8,
        ..Event::default()
    }
}

fn status(body: &[u8], state: u8) -> Event {
    Event {
        qty: u64::from(body[0]),
        price: u64::from(state),
        ..event(body, EventType::Status)
    }
}

#[inline(always)]
fn u32_at(body: &[u8], at: usize) -> u64 {
    u64::from(u32::from_be_bytes([
        body[at],
        body[at + 1],
        body[at + 2],
        body[at + 3],
    ]))
}

#[inline(always)]
fn u64_at(body: &[u8], at: usize) -> u64 {
    u32_at(body, at) << 32 | u32_at(body, at + 4)
}
