//! Where to go on after bytes that are no message: skip the one frame when what follows is sound,
//! else search for the next place from which messages follow each other. The answer depends on
//! the bytes only, not on how they were divided.
use crate::fields::{Shape, shapes};
use crate::scan::Wire;

/// Bytes a reader must see beyond a bad frame, unless the file ends.
pub(crate) const SIGHT: usize = 128 << 10;

/// What to pass over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// This many bytes; then messages go on, or the file ends.
    Home(usize),
    /// This many bytes, and the search goes on.
    Lost(usize),
}

/// Unknown messages in a row that may lead to a sound one.
const HOPS: usize = 16;
/// No real clock of a trading day passes this.
const DAY_NS: u64 = 86_400_000_000_000;
/// No frame with a sound header is longer.
const FRAME_MAX: usize = 52;

/// The way on from a bad frame at the start of `bytes`; `end` when they reach the file's end.
/// A damaged length is seen by what follows at the type's own size; a message of some other
/// kind by what follows at the length it states.
pub(crate) fn after_bad(bytes: &[u8], end: bool, wire: Wire) -> Way {
    if let (Wire::BinaryFile, Some(length), Some(letter)) =
        (wire, length_at(bytes, 0), bytes.get(2))
    {
        let size = usize::from(shapes()[usize::from(*letter)].size);
        if size > 0 && length > 0 && goes_on(bytes, 2 + size, end) {
            return Way::Home(2 + size);
        }
        if goes_on(bytes, 2 + length, end) || keeps_framing(bytes, 2 + length) {
            return Way::Home(2 + length);
        }
    }
    search(bytes, 1, end, wire)
}

/// The first place at or after `from` where messages follow each other.
pub(crate) fn search(bytes: &[u8], from: usize, end: bool, wire: Wire) -> Way {
    let depth = match wire {
        Wire::BinaryFile => 3,
        Wire::Raw => 8,
    };
    let last = if end {
        bytes.len()
    } else {
        bytes.len().saturating_sub(depth * FRAME_MAX)
    };
    match (from..last).find(|at| is_chain(bytes, *at, depth, wire)) {
        Some(at) => Way::Home(at),
        None if end => Way::Home(bytes.len()),
        None => Way::Lost(last.max(from)),
    }
}

fn length_at(bytes: &[u8], at: usize) -> Option<usize> {
    let prefix = bytes.get(at..at + 2)?;
    Some(usize::from(u16::from_be_bytes([prefix[0], prefix[1]])))
}

/// Whether a sound frame stands at `at`, or the file ends there or in it.
fn goes_on(bytes: &[u8], at: usize, end: bool) -> bool {
    match hop(bytes, at, Wire::BinaryFile) {
        Hop::Sound(_) => true,
        Hop::End | Hop::Cut => end,
        Hop::Bad => false,
    }
}

/// Whether frames of unknown kinds, with a message's head each, lead to a sound one.
fn keeps_framing(bytes: &[u8], mut at: usize) -> bool {
    for _ in 0..HOPS {
        match (hop(bytes, at, Wire::BinaryFile), length_at(bytes, at)) {
            (Hop::Sound(_), _) => return true,
            (Hop::Bad, Some(length)) if has_head(bytes, at + 2, length) => at += 2 + length,
            _ => return false,
        }
    }
    false
}

fn has_head(bytes: &[u8], at: usize, length: usize) -> bool {
    let Some(body) = bytes.get(at..at + length) else {
        return false;
    };
    (11..128).contains(&length) && body[0].is_ascii_alphabetic() && ts_ns(body) < DAY_NS
}

fn is_chain(bytes: &[u8], mut at: usize, depth: usize, wire: Wire) -> bool {
    for link in 0..depth {
        match hop(bytes, at, wire) {
            Hop::Sound(next) => at = next,
            Hop::End | Hop::Cut => return link > 0,
            Hop::Bad => return false,
        }
    }
    true
}

enum Hop {
    Sound(usize),
    Cut,
    End,
    Bad,
}

fn hop(bytes: &[u8], at: usize, wire: Wire) -> Hop {
    if at == bytes.len() {
        return Hop::End;
    }
    let start = at + wire.prefix();
    let Some(letter) = bytes.get(start) else {
        return if at > bytes.len() { Hop::Bad } else { Hop::Cut };
    };
    let Shape { size, .. } = shapes()[usize::from(*letter)];
    let size = usize::from(size);
    if size == 0 || wire == Wire::BinaryFile && length_at(bytes, at) != Some(size) {
        return Hop::Bad;
    }
    match bytes.get(start..start + size) {
        None => Hop::Cut,
        Some(body) if ts_ns(body) < DAY_NS => Hop::Sound(start + size),
        Some(_) => Hop::Bad,
    }
}

pub(crate) fn ts_ns(body: &[u8]) -> u64 {
    body[5..11]
        .iter()
        .fold(0, |ts, byte| ts << 8 | u64::from(*byte))
}
