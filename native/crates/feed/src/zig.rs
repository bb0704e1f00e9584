//! The Zig library's C face and nothing more: layouts, calls, the manifest check.
use wavetank_abi::{Event, MANIFEST};

use crate::error::FeedError;
use crate::scan::{Known, Note, Room, Scan, Stop, Wire};

#[repr(C)]
struct Input {
    bytes: *const u8,
    bytes_len: u64,
    events: *mut Event,
    events_cap: u64,
    notes: *mut Note,
    notes_cap: u64,
    messages_max: u64,
    counts: *mut [u64; 256],
    known: *mut Known,
    framing: u32,
    padding: u32,
}

#[repr(C)]
#[derive(Default)]
struct Output {
    events: u64,
    notes: u64,
    messages: u64,
    consumed: u64,
    status: u32,
    padding: u32,
}

const _: () = assert!(size_of::<Input>() == 80 && size_of::<Output>() == 40);
const _: () = assert!(size_of::<Note>() == 16 && size_of::<Event>() == 40);

/// A field of a message as the library describes it.
#[repr(C)]
pub(crate) struct RawField {
    pub name: *const u8,
    pub name_len: u32,
    pub at: u16,
    pub width: u8,
    pub kind: u8,
}

/// A message layout as the library describes it.
#[repr(C)]
pub(crate) struct RawMessage {
    pub name: *const u8,
    pub fields: *const RawField,
    pub name_len: u32,
    pub fields_len: u32,
    pub size: u32,
    pub message_type: u8,
    padding: [u8; 3],
}

unsafe extern "C" {
    fn wavetank_itch_scan(input: *const Input, output: *mut Output);
    fn wavetank_itch_message(letter: u8) -> *const RawMessage;
    fn wavetank_itch_manifest() -> *const u8;
    fn wavetank_itch_manifest_len() -> usize;
}

pub(crate) fn scan(bytes: &[u8], wire: Wire, room: Room) -> Scan {
    room.events.reserve(room.events_max);
    room.notes.reserve(room.notes_max);
    let input = Input {
        bytes: bytes.as_ptr(),
        bytes_len: bytes.len() as u64,
        events: room.events.spare_capacity_mut().as_mut_ptr().cast(),
        events_cap: room.events_max as u64,
        notes: room.notes.spare_capacity_mut().as_mut_ptr().cast(),
        notes_cap: room.notes_max as u64,
        messages_max: room.messages_max,
        counts: room.counts,
        known: room.known,
        framing: wire as u32,
        padding: 0,
    };
    let mut output = Output::default();
    // SAFETY: every pointer is to room of the stated size, reserved above or borrowed for the
    // call; the library writes at most that much and initialises what it counts.
    unsafe {
        wavetank_itch_scan(&input, &mut output);
        room.events
            .set_len(room.events.len() + output.events as usize);
        room.notes.set_len(room.notes.len() + output.notes as usize);
    }
    Scan {
        stop: stop(output.status),
        consumed: output.consumed as usize,
        messages: output.messages,
        events: output.events as usize,
    }
}

fn stop(status: u32) -> Stop {
    match status {
        0 => Stop::Complete,
        1 => Stop::Truncated,
        2 => Stop::Full,
        3 => Stop::Limit,
        4 => Stop::ZeroLength,
        5 => Stop::UnknownType,
        6 => Stop::WrongLength,
        _ => Stop::BadRequest,
    }
}

pub(crate) fn message(letter: u8) -> Option<&'static RawMessage> {
    // SAFETY: the library answers null or a pointer to constant data of this layout.
    unsafe { wavetank_itch_message(letter).as_ref() }
}

/// The ABI manifest that the Zig library was built with.
pub fn parser_manifest() -> String {
    // SAFETY: pointer and length describe constant bytes in the library.
    let built = unsafe {
        std::slice::from_raw_parts(wavetank_itch_manifest(), wavetank_itch_manifest_len())
    };
    String::from_utf8_lossy(built).into_owned()
}

/// Refuses a library that was built from another schema.
pub(crate) fn check_manifest() -> Result<(), FeedError> {
    let built = parser_manifest();
    if built == MANIFEST {
        return Ok(());
    }
    Err(FeedError::AbiMismatch {
        built,
        expected: MANIFEST.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::encode::reference_stream_in;

    const BEYOND: usize = 64;

    fn untouched<T>(room: &[T], cap: usize) {
        let beyond = &room[cap..];
        // SAFETY: both types are plain bytes; the slice is read as the bytes it is.
        let bytes =
            unsafe { std::slice::from_raw_parts(beyond.as_ptr().cast(), size_of_val(beyond)) };
        assert!(
            bytes.iter().all(|byte: &u8| *byte == 0xa5),
            "room for {cap}"
        );
    }

    /// Rust and Zig must mean the same memory by the same numbers.
    fn check(bytes: &[u8], wire: Wire, events_cap: usize, notes_cap: usize) {
        // SAFETY: both types are plain numbers, of which any bytes are a value.
        let (mut events, mut notes): (Vec<Event>, Vec<Note>) = unsafe {
            (
                vec![std::mem::transmute::<[u8; 40], Event>([0xa5; 40]); events_cap + BEYOND],
                vec![std::mem::transmute::<[u8; 16], Note>([0xa5; 16]); notes_cap + BEYOND],
            )
        };
        let (mut counts, mut known): ([u64; 256], Known) = ([0; 256], [0; 65536]);
        let input = Input {
            bytes: bytes.as_ptr(),
            bytes_len: bytes.len() as u64,
            events: events.as_mut_ptr(),
            events_cap: events_cap as u64,
            notes: notes.as_mut_ptr(),
            notes_cap: notes_cap as u64,
            messages_max: u64::MAX,
            counts: &mut counts,
            known: &mut known,
            framing: wire as u32,
            padding: 0,
        };
        let mut output = Output::default();
        // SAFETY: every pointer is to at least the room that is stated.
        unsafe { wavetank_itch_scan(&input, &mut output) };
        assert!(output.events <= events_cap as u64 && output.notes <= notes_cap as u64);
        assert_eq!(counts.iter().sum::<u64>(), output.messages);
        assert!(output.consumed <= bytes.len() as u64);
        untouched(&events, events_cap);
        untouched(&notes, notes_cap);
    }

    #[test]
    fn nothing_is_written_beyond_the_room() {
        for wire in [Wire::BinaryFile, Wire::Raw] {
            let bytes = reference_stream_in(300, wire);
            for events_cap in [0, 1, 2, 3, 63, 64, 65, 299, 300, 301] {
                for notes_cap in [0, 1, 2, 40, 41] {
                    for cut in [0, 1, 5, 40] {
                        check(&bytes[..bytes.len() - cut], wire, events_cap, notes_cap);
                    }
                }
            }
        }
    }
}
