//! The Zig parser equals the plain twin in events, notes, bytes consumed and status: on every
//! type, cut at every byte, with every byte at every value, with every frame length, with every
//! small room, and at the edge of readable memory.
mod samples;

use samples::{BOTH, Judge, LOCATE, Limits, STOCK, WIDE, every_type};
use wavetank_abi::{Event, event_flags as flags};
use wavetank_feed::encode::{Head, Message, OrderCancel, OrderDelete};
use wavetank_feed::{Stop, Wire};

#[test]
fn every_type_is_taken() {
    for wire in BOTH {
        let mut judge = Judge::new();
        for message in every_type(wire) {
            let done = judge.same(&message, wire, WIDE);
            assert_eq!((done.stop, done.consumed), (Stop::Complete, message.len()));
            assert_eq!(judge.zig.counts[usize::from(message[wire.prefix()])], 1);
        }
        let all = every_type(wire).concat();
        let done = judge.same(&all, wire, WIDE);
        assert_eq!(
            (done.messages, done.events, done.consumed),
            (23, 15, all.len())
        );
        judge.finish();
    }
}

#[test]
fn events_are_those_of_the_design() {
    let mut judge = Judge::new();
    judge.same(&every_type(Wire::Raw).concat(), Wire::Raw, WIDE);
    let event = |event_type, side, flags, order_id, qty, price| Event {
        ts_ns: 34_200_000_000_123,
        instrument_id: u32::from(LOCATE),
        event_type,
        side,
        flags,
        order_id,
        qty,
        price,
    };
    let (id, qty, price) = (0x0102_0304_0506_0708, 0x1112_1314, 0x2122_2324);
    let number = 0x3132_3334_3536_3738;
    let status = |letter, state| event(6, 2, 0, 0, u64::from(letter), u64::from(state));
    let expected = [
        status(b'S', b'Q'),
        status(b'H', b'H'),
        status(b'W', b'2'),
        status(b'h', b'T'),
        event(1, 1, 0, id, qty, price),
        event(1, 0, 0, id, qty, price),
        event(4, 2, 0, id, qty, 0),
        event(4, 2, flags::NON_PRINTABLE, id, qty, price),
        event(2, 2, 0, id, qty, 0),
        event(2, 2, 0, id, 0, 0),
        event(2, 2, flags::REPLACE | flags::MORE, id, 0, 0),
        event(1, 2, flags::REPLACE, 0x4142_4344_4546_4748, qty, price),
        event(4, 1, flags::NON_DISPLAYED, id, qty, price),
        event(4, 2, flags::CROSS, 0, 0x5152_5354_5556_5758, price),
        event(6, 2, flags::BROKEN, number, u64::from(b'B'), 0),
    ];
    assert_eq!(judge.zig.events, expected);
}

#[test]
fn notes_name_what_is_off_the_order_path_and_each_new_stock() {
    let mut judge = Judge::new();
    let all = every_type(Wire::BinaryFile).concat();
    judge.same(&all, Wire::BinaryFile, WIDE);
    let noted = |judge: &Judge| -> Vec<u8> {
        judge
            .zig
            .notes
            .iter()
            .map(|note| note.message_type)
            .collect()
    };
    assert_eq!(noted(&judge), b"SRHYLVWKJhINO");
    assert_eq!(all[judge.zig.notes[1].offset_bytes as usize], b'R');
    judge.forget(LOCATE);
    let orders = every_type(Wire::BinaryFile)[10..19].concat();
    judge.same(&orders, Wire::BinaryFile, WIDE);
    assert_eq!(noted(&judge), b"A");
}

#[test]
fn a_cancel_of_nothing_is_counted_and_makes_no_event() {
    for wire in BOTH {
        let mut bytes = Vec::new();
        let head = Head::new(LOCATE, 1);
        for shares in [0, 5, 0] {
            OrderCancel {
                head,
                order_reference: 9,
                shares,
            }
            .append(wire, &mut bytes);
        }
        // Enough behind it that the fast path sees them.
        for _ in 0..8 {
            OrderDelete {
                head,
                order_reference: 9,
            }
            .append(wire, &mut bytes);
        }
        for known in [0, 1] {
            let mut judge = Judge::new();
            judge.zig.known[usize::from(LOCATE)] = known;
            judge.twin.known[usize::from(LOCATE)] = known;
            let done = judge.same(&bytes, wire, WIDE);
            assert_eq!((done.messages, done.events), (11, 9));
            assert_eq!(judge.zig.counts[usize::from(b'X')], 3);
        }
    }
}

#[test]
fn every_type_cut_at_every_byte() {
    for wire in BOTH {
        let mut judge = Judge::new();
        let lead = every_type(wire)[10..18].concat();
        for message in every_type(wire) {
            for cut in 0..message.len() {
                let done = judge.same(&message[..cut], wire, WIDE);
                let stop = if cut == 0 {
                    Stop::Complete
                } else {
                    Stop::Truncated
                };
                assert_eq!((done.stop, done.consumed), (stop, 0));
                let behind = [&lead, &message[..cut]].concat();
                assert_eq!(judge.same(&behind, wire, WIDE).consumed, lead.len());
            }
        }
        judge.finish();
    }
}

/// The message once by itself, where every bound is near and the stock is new, and once with more
/// behind it and the stock known, which is the fast path.
#[test]
fn every_byte_at_every_value() {
    for wire in BOTH {
        let mut judge = Judge::new();
        let tail = every_type(wire)[12..16].concat();
        for message in every_type(wire) {
            let mut bytes = [message.as_slice(), &tail].concat();
            for at in 0..message.len() {
                for value in 0..=u8::MAX {
                    bytes[at] = value;
                    judge.forget(LOCATE);
                    judge.same(&bytes[..message.len()], wire, WIDE);
                    judge.learn(LOCATE);
                    judge.same(&bytes, wire, WIDE);
                }
                bytes[at] = message[at];
            }
        }
        judge.finish();
    }
}

#[test]
fn every_frame_length_of_every_type() {
    let mut judge = Judge::new();
    for message in every_type(Wire::BinaryFile) {
        let mut long = vec![0; 2 + 65_535];
        long[..message.len()].copy_from_slice(&message);
        for length in 0..=u16::MAX {
            long[..2].copy_from_slice(&length.to_be_bytes());
            let right = usize::from(length) == message.len() - 2;
            let done = judge.same(&long, Wire::BinaryFile, WIDE);
            let stop = if right || length == 0 {
                Stop::ZeroLength
            } else {
                Stop::WrongLength
            };
            let consumed = if right { message.len() } else { 0 };
            assert_eq!(
                (done.stop, done.consumed),
                (stop, consumed),
                "length {length}"
            );
            judge.same(&long[..message.len()], Wire::BinaryFile, WIDE);
        }
    }
    judge.finish();
}

#[test]
fn every_unknown_type_is_named() {
    for wire in BOTH {
        let mut judge = Judge::new();
        for letter in 0..=u8::MAX {
            let known = wavetank_feed::twin::size(letter).is_some();
            let mut bytes = vec![0; 64];
            bytes[1] = 40;
            bytes[wire.prefix()] = letter;
            let done = judge.same(&bytes, wire, WIDE);
            assert_eq!(done.stop == Stop::UnknownType && done.consumed == 0, !known);
        }
    }
}

#[test]
fn nothing_is_lost_when_room_runs_out() {
    for wire in BOTH {
        let all = every_type(wire).concat().repeat(3);
        let mut whole = Judge::new();
        whole.same(&all, wire, WIDE);
        for events in 2..9 {
            for notes in 1..4 {
                for messages in [1, 2, 3, 7, u64::MAX] {
                    let limits = Limits {
                        events,
                        notes,
                        messages,
                    };
                    piecewise(&all, wire, limits, &whole.zig.events);
                }
            }
        }
    }
}

fn piecewise(all: &[u8], wire: Wire, limits: Limits, expected: &[Event]) {
    let mut judge = Judge::new();
    let (mut at, mut events) = (0, Vec::new());
    loop {
        let done = judge.same(&all[at..], wire, limits);
        assert!(judge.zig.events.len() <= limits.events && judge.zig.notes.len() <= limits.notes);
        assert!(done.messages <= limits.messages);
        at += done.consumed;
        let pairs = judge
            .zig
            .events
            .iter()
            .filter(|e| e.flags & flags::MORE != 0)
            .count();
        let halves = judge
            .zig
            .events
            .iter()
            .filter(|e| e.flags & flags::REPLACE != 0)
            .count();
        assert_eq!(2 * pairs, halves, "a replace is whole");
        events.extend_from_slice(&judge.zig.events);
        match done.stop {
            Stop::Complete => break,
            stop => assert!(
                done.messages > 0,
                "{stop:?} makes no way at {at} with {limits:?}"
            ),
        }
    }
    assert_eq!(events, expected);
}

#[test]
fn no_room_at_all_is_full() {
    for wire in BOTH {
        for message in every_type(wire) {
            for events in 0..2 {
                let mut judge = Judge::new();
                judge.same(&message, wire, Limits { events, ..WIDE });
                judge.same(
                    &message,
                    wire,
                    Limits {
                        events,
                        notes: 0,
                        ..WIDE
                    },
                );
                judge.same(
                    &message,
                    wire,
                    Limits {
                        messages: 0,
                        ..WIDE
                    },
                );
            }
        }
    }
}

/// Memory whose end borders on a page that cannot be touched.
struct Edge {
    start: *mut u8,
    page: usize,
}

impl Edge {
    fn new() -> Self {
        // SAFETY: a fresh mapping of two pages, the second made unreadable.
        unsafe {
            let page = libc::sysconf(libc::_SC_PAGESIZE) as usize;
            let (read, private) = (libc::PROT_READ | libc::PROT_WRITE, libc::MAP_PRIVATE);
            let flags = private | libc::MAP_ANONYMOUS;
            let start = libc::mmap(std::ptr::null_mut(), 2 * page, read, flags, -1, 0);
            assert_ne!(start, libc::MAP_FAILED);
            assert_eq!(
                libc::mprotect(start.byte_add(page), page, libc::PROT_NONE),
                0
            );
            Self {
                start: start.cast(),
                page,
            }
        }
    }

    /// The bytes, ending where readable memory ends.
    fn put(&mut self, bytes: &[u8]) -> &[u8] {
        assert!(bytes.len() <= self.page);
        // SAFETY: the range lies in the readable page.
        unsafe {
            let at = self.start.add(self.page - bytes.len());
            at.copy_from_nonoverlapping(bytes.as_ptr(), bytes.len());
            std::slice::from_raw_parts(at, bytes.len())
        }
    }
}

impl Drop for Edge {
    fn drop(&mut self) {
        // SAFETY: unmaps what `new` mapped.
        unsafe { libc::munmap(self.start.cast(), 2 * self.page) };
    }
}

#[test]
fn nothing_is_read_past_the_end() {
    let mut edge = Edge::new();
    for wire in BOTH {
        let mut judge = Judge::new();
        judge.zig.known.fill(1);
        judge.twin.known.fill(1);
        let lead = every_type(wire)[10..18].concat();
        for message in every_type(wire) {
            for cut in 0..=message.len() {
                let whole = [&lead, &message[..cut]].concat();
                for from in [0, lead.len()] {
                    judge.same(edge.put(&whole[from..]), wire, WIDE);
                }
            }
        }
        for length in 0..=u8::MAX {
            judge.same(edge.put(&[0, length, b'A']), wire, WIDE);
        }
    }
    assert_eq!(STOCK.len(), 8);
}
