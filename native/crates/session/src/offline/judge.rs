//! One of the native books behind one face. In: steps. Out: levels and digests.

use wavetank_abi::{ApplyStatus, Event, Side};
use wavetank_book::{Book, CppBook, HotBook, Level, Outcome, ReferenceBook, RunDigest, steps};

/// Which book judges.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Implementation {
    /// The production book.
    Rust,
    /// The ordered-map book.
    Reference,
    /// The C++ witness.
    Cpp,
}

impl Implementation {
    /// By the name a person types.
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "rust" => Some(Self::Rust),
            "reference" => Some(Self::Reference),
            "cpp" => Some(Self::Cpp),
            _ => None,
        }
    }
}

enum AnyBook {
    Rust(Box<HotBook>),
    Reference(Box<ReferenceBook>),
    Cpp(Box<CppBook>),
}

macro_rules! each {
    ($any:expr, $book:ident => $body:expr) => {
        match $any {
            AnyBook::Rust($book) => $body,
            AnyBook::Reference($book) => $body,
            AnyBook::Cpp($book) => $body,
        }
    };
}

/// A book, the chain over what it was fed, and how often each status fell.
pub struct Judge {
    book: AnyBook,
    chain: RunDigest,
    seq: u64,
    statuses: [u64; 12],
    outcomes: Vec<Outcome>,
}

impl Judge {
    /// An empty book of this implementation.
    pub fn new(implementation: Implementation) -> Self {
        let book = match implementation {
            Implementation::Rust => AnyBook::Rust(Box::default()),
            Implementation::Reference => AnyBook::Reference(Box::default()),
            Implementation::Cpp => AnyBook::Cpp(Box::default()),
        };
        Self {
            book,
            chain: RunDigest::default(),
            seq: 0,
            statuses: [0; 12],
            outcomes: Vec::new(),
        }
    }

    /// Applies events in order; replace pairs must not be split between calls.
    pub fn feed(&mut self, events: &[Event]) {
        self.outcomes.clear();
        match &mut self.book {
            AnyBook::Rust(book) => book.apply_block(events, &mut self.outcomes),
            AnyBook::Reference(book) => one_by_one(&mut **book, events, &mut self.outcomes),
            AnyBook::Cpp(book) => one_by_one(&mut **book, events, &mut self.outcomes),
        }
        for outcome in &self.outcomes {
            self.seq += 1;
            self.statuses[outcome.status as usize] += 1;
            self.chain
                .update(self.seq, 0, outcome.status as u32, &outcome.event);
        }
    }

    /// Events fed.
    pub const fn events(&self) -> u64 {
        self.seq
    }

    /// The run digest over channel 0.
    pub const fn chain(&self) -> u64 {
        self.chain.value()
    }

    /// Events by status.
    pub fn statuses(&self) -> impl Iterator<Item = (ApplyStatus, u64)> + '_ {
        (0u32..)
            .zip(self.statuses)
            .filter_map(|(raw, n)| Some((ApplyStatus::from_raw(raw)?, n)))
    }

    /// The best `depth` levels of a side.
    pub fn levels(&self, instrument: u32, side: Side, depth: usize) -> Vec<Level> {
        each!(&self.book, b => b.levels(instrument, side).take(depth).collect())
    }

    /// FLOWLAB-L2-v1 of one instrument.
    pub fn l2_hash(&self, instrument: u32) -> u64 {
        each!(&self.book, b => b.l2_hash(instrument))
    }

    /// Digest of all levels of all instruments.
    pub fn market_digest(&self) -> u128 {
        each!(&self.book, b => b.market_digest())
    }

    /// Orders resting.
    pub fn live_orders(&self) -> u64 {
        each!(&self.book, b => b.live_orders())
    }

    /// Instruments with a live order.
    pub fn instruments(&self) -> usize {
        each!(&self.book, b => b.instruments().count())
    }
}

fn one_by_one<B: Book>(book: &mut B, events: &[Event], out: &mut Vec<Outcome>) {
    for step in steps(events) {
        wavetank_book::apply_step(book, step, out);
    }
}
