//! Every decoder reads the whole file and sums the same fields of the order messages (A F E C X D
//! U): so none is optimised away, and each proves that it read what the others did.

use std::hint::black_box;

use wavetank_abi::{Event, EventType, event_flags as flags};
use wavetank_feed::{FileSource, Framing, Parser};

use crate::written::Written;

const BATCH: usize = 4096;

/// Wrapping sums; a replace counts as one message, with the references of both orders.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    pub messages: u64,
    ts_ns: u64,
    locates: u64,
    references: u64,
    shares: u64,
    prices: u64,
}

impl Sums {
    #[inline(always)]
    fn head(&mut self, ts_ns: u64, locate: u16) {
        self.ts_ns = self.ts_ns.wrapping_add(ts_ns);
        self.locates = self.locates.wrapping_add(u64::from(locate));
    }

    #[inline(always)]
    fn order(&mut self, reference: u64, shares: u32, price: u32) {
        self.references = self.references.wrapping_add(reference);
        self.shares = self.shares.wrapping_add(u64::from(shares));
        self.prices = self.prices.wrapping_add(u64::from(price));
    }

    pub fn digest(self) -> u128 {
        let sums = [
            self.ts_ns,
            self.locates,
            self.references,
            self.shares,
            self.prices,
        ];
        let folded = sums.iter().fold(0_u64, |all, sum| {
            all.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(*sum)
        });
        u128::from(folded) << 64 | u128::from(self.messages)
    }
}

/// The product's reader, which makes canonical events; the sums are taken from them.
pub fn wavetank(file: &Written) -> Sums {
    let mut source = FileSource::open(&file.path, Framing::BinaryFile, Parser::Zig)
        .expect("the generator writes ITCH");
    let mut events = Vec::with_capacity(2 * BATCH);
    let mut sums = Sums::default();
    loop {
        events.clear();
        let batch = source
            .next_batch(&mut events, BATCH)
            .expect("the file is whole");
        sums.messages += batch.messages;
        black_box(events.as_ptr());
        events.iter().for_each(|event| sum(&mut sums, event));
        if batch.ended {
            return sums;
        }
    }
}

/// Without branches, which the type of an event would decide and nothing foretells.
#[inline(always)]
fn sum(sums: &mut Sums, event: &Event) {
    const TAPE: u16 = flags::NON_DISPLAYED | flags::CROSS;
    let kind = event.event_type;
    let order = (kind != EventType::Status as u8) & (event.flags & TAPE == 0);
    let second = (kind == EventType::Add as u8) & (event.flags & flags::REPLACE != 0);
    let (all, first) = (u64::from(order), u64::from(order & !second));
    sums.head(
        event.ts_ns * first,
        event.instrument_id as u16 * first as u16,
    );
    sums.order(
        event.order_id * all,
        event.qty as u32 * all as u32,
        event.price as u32 * all as u32,
    );
}

type Peer = (&'static str, fn(&Written) -> Sums);

/// Those that could be had.
pub const PEERS: &[Peer] = &[
    #[cfg(feature = "itch5")]
    ("itch5", itch5::read),
    #[cfg(feature = "itchy")]
    ("itchy", itchy::read),
];

#[cfg(feature = "itch5")]
#[path = "itch5.rs"]
mod itch5;
#[cfg(feature = "itchy")]
#[path = "itchy.rs"]
mod itchy;
