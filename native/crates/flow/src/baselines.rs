//! What is usual for every instrument: event rate, ten-level depth, spread, as medians over the
//! ten seconds before now. In: each event of each instrument, with the book. Out: a baseline on
//! demand. It is built to cost nearly nothing: the book is read at most once a second and at
//! most once in [`EVENTS_PER_SAMPLE`] events of an instrument; a second without a reading takes
//! the next one, or the book as it stands now.

use rustc_hash::FxHashMap;
use wavetank_book::{Book, fetch};

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
    /// By instrument, as are `pasts`.
    heads: Vec<Head>,
    pasts: Vec<Past>,
    /// Those beyond `DENSE`.
    sparse: FxHashMap<u32, (Head, Past)>,
    /// In order of their first event: what is saved hangs on no hash.
    known: Vec<u32>,
}

/// What every event touches.
#[derive(Clone, Copy, Debug, Default)]
struct Head {
    /// Where the running second of this instrument ends; 0 before its first event.
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
        out.u64(self.known.len() as u64);
        for id in &self.known {
            let Some((head, past)) = self.find(*id) else {
                continue;
            };
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
            let head = Head {
                next_ns: from.u64()?,
                count: from.at_most(u64::from(u32::MAX))? as u32,
                unread: from.at_most(u64::from(u32::MAX))? as u32,
            };
            if head.next_ns == 0 || state.find(id).is_some() {
                return None;
            }
            state.insert(id, head, Past::load(&mut from)?);
        }
        *bytes = from.0;
        Some(state)
    }

    /// To be called for each event, whoever caused it, before `count`. Where a second of the instrument
    /// ended, the book is read: handed over after the event, as by the session, it holds that one too.
    #[inline]
    pub fn before_event(&mut self, instrument: u32, ts_ns: u64, book: &impl Book) {
        let next_ns = self.head_mut(instrument).map_or(0, |head| head.next_ns);
        if ts_ns >= next_ns {
            self.turn(instrument, ts_ns, book);
        }
    }

    /// A hint: an event of this instrument comes soon.
    #[inline]
    pub fn coming(&self, instrument: u32) {
        if let Some(head) = self.heads.get(instrument as usize) {
            fetch(head);
        }
    }

    /// A hint: an event of this instrument comes very soon. What the end of a second needs is
    /// brought in if it is going to end one.
    #[inline]
    pub fn near(&self, instrument: u32, ts_ns: u64) {
        if let Some(head) = self.heads.get(instrument as usize)
            && ts_ns >= head.next_ns
            && let Some(past) = self.pasts.get(instrument as usize)
        {
            past.fetch();
        }
    }

    /// To be called for each event, after `before_event`.
    #[inline]
    pub fn count(&mut self, instrument: u32) {
        if let Some(head) = self.head_mut(instrument) {
            head.count = head.count.saturating_add(1);
            head.unread = head.unread.saturating_add(1);
        }
    }

    /// The baseline at a virtual instant, with the book as it stands; `None` for an instrument
    /// whose first event is less than a second old.
    pub fn get(&self, instrument: u32, now_ns: u64, book: &impl Book) -> Option<Baseline> {
        let (head, past) = self.find(instrument)?;
        let mut past = *past;
        if now_ns >= head.next_ns {
            past.push(head.count, (now_ns - head.next_ns) / SECOND_NS);
        }
        if past.is_unread() {
            past.read(Reading::of(book, instrument));
        }
        past.medians()
    }

    /// The instrument's first event, or the first one after a second of it.
    #[cold]
    fn turn(&mut self, instrument: u32, ts_ns: u64, book: &impl Book) {
        let at = instrument as usize;
        let found = match (self.heads.get_mut(at), self.pasts.get_mut(at)) {
            (Some(head), Some(past)) => Some((head, past)).filter(|(head, _)| head.next_ns > 0),
            _ => self
                .sparse
                .get_mut(&instrument)
                .map(|(head, past)| (head, past)),
        };
        let Some((head, past)) = found else {
            let head = Head {
                next_ns: ts_ns + SECOND_NS,
                ..Head::default()
            };
            return self.insert(instrument, head, Past::default());
        };
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
    fn head_mut(&mut self, instrument: u32) -> Option<&mut Head> {
        match self.heads.get_mut(instrument as usize) {
            Some(head) => Some(head).filter(|head| head.next_ns > 0),
            None if instrument < DENSE => None,
            None => self.sparse.get_mut(&instrument).map(|found| &mut found.0),
        }
    }

    fn find(&self, instrument: u32) -> Option<(&Head, &Past)> {
        let at = instrument as usize;
        match (self.heads.get(at), self.pasts.get(at)) {
            (Some(head), Some(past)) => Some((head, past)).filter(|(head, _)| head.next_ns > 0),
            _ => self
                .sparse
                .get(&instrument)
                .map(|(head, past)| (head, past)),
        }
    }

    fn insert(&mut self, instrument: u32, head: Head, past: Past) {
        self.known.push(instrument);
        if instrument >= DENSE {
            self.sparse.insert(instrument, (head, past));
            return;
        }
        let at = instrument as usize;
        if self.heads.len() <= at {
            self.heads.resize(at + 1, Head::default());
            self.pasts.resize(at + 1, Past::default());
        }
        (self.heads[at], self.pasts[at]) = (head, past);
    }
}
