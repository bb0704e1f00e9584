//! What is usual for every instrument: event rate, ten-level depth, spread, as medians over the
//! ten seconds before now. In: each event of each instrument, before it applies. Out: a baseline
//! on demand. It is built to cost nearly nothing: the book is read at most once a second and at
//! most once in [`EVENTS_PER_SAMPLE`] events of an instrument; a second without a reading takes
//! the next one, or the book as it stands now.

use rustc_hash::FxHashMap;
use wavetank_book::Book;
use wavetank_kernels::rolling_median;

use crate::seconds::SECOND_NS;
use crate::touch::Touch;

/// Seconds that a baseline looks back.
const SECONDS: usize = 10;
/// Events of an instrument that share one reading of its book.
pub const EVENTS_PER_SAMPLE: u32 = 32;
/// Instruments below this number are found by index, others by hash.
const DENSE: u32 = 1 << 16;

/// What is usual for an instrument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Baseline {
    /// Median event rate, in events per 1000 s.
    pub rate_milli: u64,
    /// Median ten-level bid depth in shares.
    pub bid_depth: u64,
    /// Median ten-level ask depth in shares.
    pub ask_depth: u64,
    /// Median spread in 1/10000 dollar, 0 where no second had both sides.
    pub spread: u64,
}

/// Baselines of all instruments.
#[derive(Clone, Debug, Default)]
pub struct Baselines {
    dense: Vec<u32>,
    sparse: FxHashMap<u32, u32>,
    heads: Vec<Head>,
    pasts: Vec<Past>,
}

/// What every event touches.
#[derive(Clone, Copy, Debug)]
struct Head {
    /// Where the running second of this instrument ends.
    next_ns: u64,
    /// Events in it.
    count: u32,
    /// Events since the book was read last.
    unread: u32,
}

/// The last whole seconds, oldest first.
#[derive(Clone, Copy, Debug, Default)]
struct Past {
    /// Seconds held.
    seconds: usize,
    /// Of these, how many at the end have no reading yet.
    unread: usize,
    counts: [u32; SECONDS],
    touches: [Reading; SECONDS],
}

#[derive(Clone, Copy, Debug, Default)]
struct Reading {
    bid_depth: u64,
    ask_depth: u64,
    spread: Option<u64>,
}

impl Reading {
    fn of(book: &impl Book, instrument: u32) -> Self {
        let touch = Touch::of(book, instrument);
        Self {
            bid_depth: touch.bid_depth,
            ask_depth: touch.ask_depth,
            spread: touch.spread(),
        }
    }
}

impl Past {
    /// Takes whole seconds: one with `count` events, then `silent` ones without.
    fn push(&mut self, count: u32, silent: u64) {
        self.push_one(count);
        for _ in 0..silent.min(SECONDS as u64) {
            self.push_one(0);
        }
    }

    fn push_one(&mut self, count: u32) {
        if self.seconds == SECONDS {
            self.counts.copy_within(1.., 0);
            self.touches.copy_within(1.., 0);
            self.seconds -= 1;
        }
        self.counts[self.seconds] = count;
        self.seconds += 1;
        self.unread = (self.unread + 1).min(SECONDS);
    }

    /// Gives the seconds without a reading this one.
    fn read(&mut self, reading: Reading) {
        self.touches[self.seconds - self.unread..self.seconds].fill(reading);
        self.unread = 0;
    }

    fn medians(&self) -> Baseline {
        let touches = &self.touches[..self.seconds];
        let counts = self.counts[..self.seconds]
            .iter()
            .map(|count| u64::from(*count));
        Baseline {
            rate_milli: median(counts) * 1000,
            bid_depth: median(touches.iter().map(|touch| touch.bid_depth)),
            ask_depth: median(touches.iter().map(|touch| touch.ask_depth)),
            spread: median(touches.iter().filter_map(|touch| touch.spread)),
        }
    }
}

fn median(values: impl Iterator<Item = u64>) -> u64 {
    let values: Vec<i64> = values.map(|value| value as i64).collect();
    rolling_median(&values, &mut Vec::new()).unwrap_or(0) as u64
}

impl Baselines {
    /// Knows no instrument yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// To be called before a step of an instrument applies, whoever caused it, with the virtual
    /// time of the step and the book as it stands before it.
    #[inline]
    pub fn before_event(&mut self, instrument: u32, ts_ns: u64, book: &impl Book) {
        let at = self.place(instrument, ts_ns);
        if ts_ns >= self.heads[at].next_ns {
            self.turn(at, instrument, ts_ns, book);
        }
    }

    /// To be called for each event, after `before_event` of its step.
    #[inline]
    pub fn count(&mut self, instrument: u32) {
        if let Some(at) = self.find(instrument) {
            let head = &mut self.heads[at];
            head.count = head.count.saturating_add(1);
            head.unread = head.unread.saturating_add(1);
        }
    }

    /// The baseline at a virtual instant, with the book as it stands; `None` for an instrument
    /// whose first event is less than a second old.
    pub fn get(&self, instrument: u32, now_ns: u64, book: &impl Book) -> Option<Baseline> {
        let at = self.find(instrument)?;
        let head = self.heads[at];
        let mut past = self.pasts[at];
        if now_ns >= head.next_ns {
            past.push(head.count, (now_ns - head.next_ns) / SECOND_NS);
        }
        if past.unread > 0 {
            past.read(Reading::of(book, instrument));
        }
        (past.seconds > 0).then(|| past.medians())
    }

    #[cold]
    fn turn(&mut self, at: usize, instrument: u32, ts_ns: u64, book: &impl Book) {
        let head = &mut self.heads[at];
        let past = &mut self.pasts[at];
        let silent = (ts_ns - head.next_ns) / SECOND_NS;
        past.push(head.count, silent);
        head.next_ns += (silent + 1) * SECOND_NS;
        head.count = 0;
        if head.unread >= EVENTS_PER_SAMPLE {
            head.unread = 0;
            past.read(Reading::of(book, instrument));
        }
    }

    #[inline]
    fn find(&self, instrument: u32) -> Option<usize> {
        let number = match self.dense.get(instrument as usize) {
            Some(number) => *number,
            None if instrument < DENSE => 0,
            None => self.sparse.get(&instrument).copied().unwrap_or(0),
        };
        (number as usize).checked_sub(1)
    }

    #[inline]
    fn place(&mut self, instrument: u32, ts_ns: u64) -> usize {
        self.find(instrument)
            .unwrap_or_else(|| self.insert(instrument, ts_ns))
    }

    #[cold]
    fn insert(&mut self, instrument: u32, ts_ns: u64) -> usize {
        self.heads.push(Head {
            next_ns: ts_ns + SECOND_NS,
            count: 0,
            unread: 0,
        });
        self.pasts.push(Past::default());
        let number = self.heads.len() as u32;
        if instrument < DENSE {
            let wanted = instrument as usize + 1;
            if self.dense.len() < wanted {
                self.dense.resize(wanted, 0);
            }
            self.dense[instrument as usize] = number;
        } else {
            self.sparse.insert(instrument, number);
        }
        number as usize - 1
    }
}
