//! The usual forms of events in a table. In: an event's last word. Out: its form, or none of them.
//!
//! One multiplication finds the only form it can be; comparing the shape tells whether it is.

use super::class::{ADD, CANCEL, INHERIT, MORE, PLAIN_BITS, REPLACE, TRADE};

/// Where `Parts` remembers ids: those taken from, and what is never asked for or never written.
pub(super) const SEEN: usize = 1024;
const TAKEN: u32 = 0;
const IGNORED: u32 = SEEN as u32;
const NEVER: u32 = 2 * SEEN as u32;

/// What a block needs to know of an event, as words to be masked with instead of asked.
#[repr(align(64))]
#[derive(Clone, Copy, Debug)]
pub(super) struct Form {
    /// The top bit, when it brings an order or begins a replace.
    pub joins: u64,
    /// The top bit, when it takes from an order.
    pub leaves: u64,
    /// Type, side and flags, less what changes nothing.
    pub shape: u32,
    /// All ones, when the event behind it has to end a replace.
    pub owes: u32,
    /// All ones, when it ends a replace.
    pub pays: u32,
    /// Where its id is written down, and where it must not stand.
    pub writes: u32,
    pub reads: u32,
}

const TOP: u64 = 1 << 63;
/// Found by trial: sends every usual shape to a place of its own.
const FACTOR: u32 = 0xCD44_7E35;
const PLACES: usize = 16;

const fn place(shape: u32) -> usize {
    (shape.wrapping_mul(FACTOR) >> (u32::BITS - PLACES.trailing_zeros())) as usize
}

const NONE: Form = Form {
    joins: 0,
    leaves: 0,
    shape: u32::MAX,
    owes: 0,
    pays: 0,
    writes: IGNORED,
    reads: TAKEN,
};

const fn joining(shape: u32) -> Form {
    Form {
        joins: TOP,
        shape,
        ..NONE
    }
}

const fn leaving(shape: u32) -> Form {
    Form {
        leaves: TOP,
        shape,
        writes: TAKEN,
        reads: NEVER,
        ..NONE
    }
}

const fn paying(shape: u32) -> Form {
    Form {
        pays: u32::MAX,
        shape,
        ..NONE
    }
}

static FORMS: [Form; PLACES] = {
    const ASK: u32 = 1 << 8;
    let first = Form {
        owes: u32::MAX,
        ..joining(CANCEL | INHERIT | REPLACE | MORE)
    };
    let all = [
        first,
        joining(ADD),
        joining(ADD | MORE),
        joining(ADD | ASK),
        joining(ADD | ASK | MORE),
        leaving(CANCEL | INHERIT),
        leaving(CANCEL | INHERIT | MORE),
        leaving(TRADE | INHERIT),
        leaving(TRADE | INHERIT | MORE),
        paying(ADD | INHERIT | REPLACE),
        paying(ADD | INHERIT | REPLACE | MORE),
    ];
    let mut table = [NONE; PLACES];
    let mut n = 0;
    while n < all.len() {
        let form = &mut table[place(all[n].shape)];
        assert!(form.shape == u32::MAX, "two shapes in one place");
        *form = all[n];
        n += 1;
    }
    table
};

/// The form of an event with this last word, if it is a usual one.
#[inline(always)]
pub(super) fn form(word: u64) -> Option<&'static Form> {
    let shape = (word >> 32) as u32 & !(PLAIN_BITS & !MORE);
    let form = &FORMS[place(shape)];
    (form.shape == shape).then_some(form)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{Request, judge, judge_pair};
    use wavetank_abi::Event;

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
        let [mut joins, mut leaves, mut replaces] = [0; 3];
        for bits in 0..1_u32 << 17 {
            let shape = bits & 15 | (bits >> 4 & 7) << 8 | bits >> 7 << 16;
            let alone = event(shape);
            let Some(form) = form(u64::from(shape) << 32) else {
                continue;
            };
            if form.owes != 0 {
                let add = event(ADD | INHERIT | REPLACE);
                assert_eq!(judge_pair(&alone, &add), Ok(()), "{shape:x}");
                replaces += 1;
            } else if form.pays != 0 {
                let cancel = event(CANCEL | INHERIT | REPLACE | MORE);
                assert_eq!(judge_pair(&cancel, &alone), Ok(()), "{shape:x}");
                replaces += 1;
            } else if form.joins != 0 {
                assert_eq!(judge(&alone), Ok(Request::Add), "{shape:x}");
                joins += 1;
            } else {
                let request = judge(&alone);
                let takes = matches!(request, Ok(Request::Cancel | Request::Trade));
                assert!(takes, "{shape:x}: {request:?}");
                leaves += 1;
            }
        }
        // Each shape with every choice of the three flags that change nothing.
        assert_eq!([joins, leaves, replaces], [4 * 8, 4 * 8, 3 * 8]);
    }
}
