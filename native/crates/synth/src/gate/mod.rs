//! Adversarial ITCH streams by which implementations are held against each other. In: a seed, a
//! number of messages, a profile. Out: a BinaryFILE with every message type, and every way in which
//! an ITCH message can apply or be rejected. It knows what lives, and no book.
//!
//! The streams are legal as bytes and rude as markets: books cross, prices lie far apart, ids repeat.

mod live;
mod rude;
mod tape;

use wavetank_feed::Wire;
use wavetank_feed::encode::{Head, Message};

use crate::philox::Stream;
use live::{Live, Orders};

const PURPOSE_GATE: u32 = 2;

/// What a stream dwells on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GateProfile {
    /// A few instruments near one price: everything, often.
    Mixed,
    /// Two instruments, tens of thousands of prices, far apart: thousands of levels a side.
    Deep,
    /// Instruments all over the locates.
    Wide,
    /// Books that are one-sided or empty most of the time.
    Thin,
}

impl GateProfile {
    /// Every profile.
    pub const ALL: [Self; 4] = [Self::Mixed, Self::Deep, Self::Wide, Self::Thin];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Mixed => "mixed",
            Self::Deep => "deep",
            Self::Wide => "wide",
            Self::Thin => "thin",
        }
    }

    fn instruments(self) -> u32 {
        match self {
            Self::Mixed => 5,
            Self::Deep => 2,
            Self::Wide => 65_536,
            Self::Thin => 3,
        }
    }

    /// Distinct prices around the middle.
    fn prices(self) -> u32 {
        match self {
            Self::Mixed => 60,
            Self::Deep => 60_000,
            Self::Wide => 200,
            Self::Thin => 8,
        }
    }

    /// Of a thousand messages, how many place an order.
    fn adds(self) -> u32 {
        match self {
            Self::Mixed => 380,
            Self::Deep => 560,
            Self::Wide => 420,
            Self::Thin => 270,
        }
    }
}

/// `messages` messages of this profile.
pub fn gate_stream(seed: u64, messages: u64, profile: GateProfile) -> Vec<u8> {
    let mut gate = Gate {
        rng: Stream::new(seed, PURPOSE_GATE + profile as u32),
        profile,
        orders: Orders::default(),
        next_id: 1,
        next_match: 1,
        ts_ns: 34_200_000_000_000,
        left: messages,
        out: Vec::new(),
    };
    while gate.left > 0 {
        gate.message();
    }
    gate.out
}

struct Gate {
    rng: Stream,
    profile: GateProfile,
    orders: Orders,
    next_id: u64,
    next_match: u64,
    ts_ns: u64,
    left: u64,
    out: Vec<u8>,
}

impl Gate {
    fn message(&mut self) {
        self.pass_time();
        let adds = self.profile.adds();
        match self.rng.below(1_000) {
            n if n < adds => self.add(),
            n if n < adds + 110 => self.delete(),
            n if n < adds + 190 => self.cancel(),
            n if n < adds + 270 => self.execute(),
            n if n < adds + 330 => self.execute_at_price(),
            n if n < adds + 430 => self.replace(),
            _ => match self.rng.below(3) {
                0 => self.rude(),
                1 => self.tape(),
                _ => self.delete(),
            },
        }
    }

    /// Time mostly goes on, often stands, and now and then goes back.
    fn pass_time(&mut self) {
        let step = u64::from(self.rng.below(200_000));
        match self.rng.below(100) {
            0 => self.ts_ns -= step,
            1..40 => {}
            _ => self.ts_ns += step,
        }
    }

    /// An action may take two messages; the stream ends where it must all the same.
    fn write(&mut self, message: impl Message) {
        if self.left == 0 {
            return;
        }
        self.left -= 1;
        message.append(Wire::BinaryFile, &mut self.out);
    }

    fn head(&self, locate: u16) -> Head {
        Head::new(locate, self.ts_ns)
    }

    fn locate(&mut self) -> u16 {
        self.rng.below(self.profile.instruments()) as u16
    }

    fn fresh_id(&mut self) -> u64 {
        self.next_id += 1 + u64::from(self.rng.below(64) / 63 * 1_000);
        self.next_id
    }

    fn matched(&mut self) -> u64 {
        self.next_match += 1;
        self.next_match
    }

    /// Prices near the middle, and a few at the ends of what the wire can carry.
    fn price(&mut self) -> u32 {
        let span = self.profile.prices();
        match self.rng.below(500) {
            0 => 0,
            1 => u32::MAX,
            2 => self.rng.word(),
            3..20 => 1_000_000 + self.rng.below(span) * 37,
            _ => 1_000_000 + self.rng.below(span) * 100,
        }
    }

    fn shares(&mut self) -> u32 {
        match self.rng.below(100) {
            0 => u32::MAX,
            1..30 => 100,
            _ => 1 + self.rng.below(1_000),
        }
    }

    /// Some live order; an empty book gets one first.
    fn some_live(&mut self) -> (u64, Live) {
        if self.orders.is_empty() {
            self.add();
        }
        let at = self.rng.below(self.orders.len());
        self.orders.at(at)
    }
}

/// Symbol of a locate: any eight bytes will do.
fn stock(locate: u16) -> [u8; 8] {
    let mut symbol = *b"G       ";
    for (place, digit) in (1..6).zip([10_000, 1_000, 100, 10, 1]) {
        symbol[place] = b'0' + (locate / digit % 10) as u8;
    }
    symbol
}
