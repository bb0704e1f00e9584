//! What is usual for every instrument: event rate, ten-level depth, spread, as medians over the
//! ten seconds before now. In: each event of each instrument, before it applies. Out: a baseline
//! on demand. It is built to cost nearly nothing: the book is read at most once a second and at
//! most once in [`EVENTS_PER_SAMPLE`] events of an instrument; a second without a reading takes
//! the next one, or the book as it stands now.

use rustc_hash::FxHashMap;
use wavetank_book::Book;

use crate::past::{Baseline, Past, Reading};
use crate::seconds::SECOND_NS;
use crate::state::{Loader, Saver};

/// Events of an instrument that share one reading of its book.
pub const EVENTS_PER_SAMPLE: u32 = 32;
/// Instruments below this number are found by index, others by hash.
const DENSE: u32 = 1 << 16;

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

impl Baselines {
    /// Knows no instrument yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Appends the state for a checkpoint.
    pub fn save(&self, out: &mut Vec<u8>) {
        let mut out = Saver(out);
        let dense = self
            .dense
            .iter()
            .enumerate()
            .map(|(id, at)| (id as u32, *at));
        let sparse = self.sparse.iter().map(|(id, at)| (*id, *at));
        let mut ids: Vec<(u32, u32)> = dense.chain(sparse).filter(|(_, at)| *at > 0).collect();
        // By place, so that equal states give equal bytes whatever order the hash has.
        ids.sort_unstable_by_key(|(_, at)| *at);
        out.u64(ids.len() as u64);
        for ((id, _), (head, past)) in ids.iter().zip(self.heads.iter().zip(&self.pasts)) {
            out.u64(u64::from(*id));
            out.u64(head.next_ns);
            out.u64(u64::from(head.count));
            out.u64(u64::from(head.unread));
            past.save(&mut out);
        }
    }

    /// Takes the state off the front of `bytes`; `None` if it is not one that `save` wrote.
    pub fn load(bytes: &mut &[u8]) -> Option<Self> {
        let mut from = Loader(bytes);
        let mut state = Self::new();
        for _ in 0..from.at_most(u64::from(u32::MAX))? {
            let id = from.at_most(u64::from(u32::MAX))? as u32;
            if state.find(id).is_some() {
                return None;
            }
            let at = state.insert(id, 0);
            state.heads[at] = Head {
                next_ns: from.u64()?,
                count: from.at_most(u64::from(u32::MAX))? as u32,
                unread: from.at_most(u64::from(u32::MAX))? as u32,
            };
            state.pasts[at] = Past::load(&mut from)?;
        }
        *bytes = from.0;
        Some(state)
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
        if past.is_unread() {
            past.read(Reading::of(book, instrument));
        }
        past.medians()
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
