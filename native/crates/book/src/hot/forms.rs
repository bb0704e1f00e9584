//! The usual forms of events in a table. In: an event's last word. Out: its form, or none of them.
//!
//! One multiplication finds the only form it can be; comparing the shape tells whether it is.

use super::class::{ADD, CANCEL, HIDDEN, INHERIT, MORE, PLAIN_BITS, REPLACE, TRADE};
use wavetank_abi::Event;

/// Where `Seen` remembers ids: those taken from, and what is never asked for or never written.
pub(super) const SEEN: usize = 1024;
const TAKEN: u16 = 0;
const IGNORED: u16 = SEEN as u16;
const NEVER: u16 = 2 * SEEN as u16;

const TOP: u64 = 1 << 63;
/// Found by trial: sends every usual shape to a place of its own.
const FACTOR: u32 = 0x662B_4DBD;
const PLACES: usize = 16;

/// What a block needs to know of an event, as words to be masked with instead of asked: a column
/// for each word, a row for each form.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub(super) struct Forms {
    /// Type, side and flags, less what changes nothing.
    pub shape: [u32; PLACES],
    /// The top bit, when it brings an order or begins a replace.
    pub joins: [u64; PLACES],
    /// The top bit, when it takes from an order or begins a replace.
    pub leaves: [u64; PLACES],
    /// Where its id is written down, and where it must not stand.
    pub writes: [u16; PLACES],
    pub reads: [u16; PLACES],
}

/// The only row that an event of this shape can have; it has it if the shape there is its own.
#[inline(always)]
pub(super) const fn place(shape: u32) -> usize {
    (shape.wrapping_mul(FACTOR) >> (u32::BITS - PLACES.trailing_zeros())) as usize
}

const ASK: u32 = 1 << 8;
/// The halves of a replace.
const FIRST: u32 = CANCEL | INHERIT | REPLACE | MORE;
const SECOND: u32 = ADD | INHERIT | REPLACE;

impl Forms {
    pub(super) const ALL: Self = Self {
        shape: [u32::MAX; PLACES],
        joins: [0; PLACES],
        leaves: [0; PLACES],
        writes: [IGNORED; PLACES],
        reads: [NEVER; PLACES],
    }
    .row(FIRST, [TOP, TOP], [IGNORED, TAKEN])
    .rows(SECOND, [0, 0], [IGNORED, TAKEN])
    .rows(ADD, [TOP, 0], [IGNORED, TAKEN])
    .rows(ADD | ASK, [TOP, 0], [IGNORED, TAKEN])
    .rows(CANCEL | INHERIT, [0, TOP], [TAKEN, NEVER])
    .rows(TRADE | INHERIT, [0, TOP], [TAKEN, NEVER])
    .rows(HIDDEN, [0, 0], [IGNORED, NEVER])
    .rows(HIDDEN | ASK, [0, 0], [IGNORED, NEVER]);

    const fn row(mut self, shape: u32, parts: [u64; 2], ids: [u16; 2]) -> Self {
        let at = place(shape);
        assert!(self.shape[at] == u32::MAX, "two shapes in one place");
        self.shape[at] = shape;
        [self.joins[at], self.leaves[at]] = parts;
        [self.writes[at], self.reads[at]] = ids;
        self
    }

    /// With another event of the same step behind it and without.
    const fn rows(self, shape: u32, parts: [u64; 2], ids: [u16; 2]) -> Self {
        self.row(shape, parts, ids).row(shape | MORE, parts, ids)
    }
}

/// Of an event's last word what its form depends on.
#[inline(always)]
pub(super) fn shape(event: &Event) -> u32 {
    let words: &[u32; 10] = bytemuck::cast_ref(event);
    words[9] & !(PLAIN_BITS & !MORE)
}

/// Whether an event of a usual form is for the tape only.
#[inline(always)]
pub(super) fn is_hidden(event: &Event) -> bool {
    shape(event) & !(ASK | MORE) == HIDDEN
}

/// Whether an event of a usual form ends a replace.
#[inline(always)]
pub(super) fn is_second(event: &Event) -> bool {
    shape(event) & !MORE == SECOND
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{Request, judge, judge_pair};

    fn event(shape: u32) -> Event {
        Event {
            qty: 1,
            price: 1,
            order_id: 1,
            event_type: shape as u8,
            side: (shape >> 8) as u8,
            flags: (shape >> 16) as u16,
            ..Event::default()
        }
    }

    #[test]
    fn forms_are_what_the_rules_let_through() {
        let [mut joins, mut leaves, mut replaces, mut taped] = [0; 4];
        for bits in 0..1_u32 << 17 {
            let alone = event(bits & 15 | (bits >> 4 & 7) << 8 | bits >> 7 << 16);
            let (shape, form) = (shape(&alone), place(shape(&alone)));
            if Forms::ALL.shape[form] != shape {
                continue;
            }
            let request = judge(&alone);
            match [Forms::ALL.joins[form], Forms::ALL.leaves[form]] {
                [TOP, TOP] => {
                    assert_eq!(judge_pair(&alone, &event(SECOND)), Ok(()), "{shape:x}");
                    replaces += 1;
                }
                [TOP, 0] => {
                    assert_eq!(request, Ok(Request::Add), "{shape:x}");
                    joins += 1;
                }
                [0, TOP] => {
                    let takes = matches!(request, Ok(Request::Cancel | Request::Trade));
                    assert!(takes, "{shape:x}: {request:?}");
                    leaves += 1;
                }
                _ if is_second(&alone) => {
                    assert_eq!(judge_pair(&event(FIRST), &alone), Ok(()), "{shape:x}");
                    replaces += 1;
                }
                _ => {
                    assert!(is_hidden(&alone));
                    assert_eq!(request, Ok(Request::Tape), "{shape:x}");
                    taped += 1;
                }
            }
        }
        // Each shape with every choice of the three flags that change nothing.
        assert_eq!(
            [joins, leaves, replaces, taped],
            [4 * 8, 4 * 8, 3 * 8, 4 * 8]
        );
    }
}
