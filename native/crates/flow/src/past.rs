//! The last ten whole seconds of one instrument. In: counts as seconds end, readings of the book
//! now and then. Out: medians. It knows neither the instrument nor the time.

use wavetank_book::{Book, fetch};
use wavetank_kernels::rolling_median;

use crate::state::{Loader, Saver};
use crate::touch::Touch;

/// Seconds that a baseline looks back.
const SECONDS: usize = 10;

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

/// A ring of seconds.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Past {
    /// Slot of the next second.
    next: usize,
    /// Seconds held.
    seconds: usize,
    /// Of these, how many at the end have no reading yet.
    unread: usize,
    counts: [u32; SECONDS],
    readings: [Reading; SECONDS],
}

/// The book of an instrument at the end of a second.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Reading {
    bid_depth: u64,
    ask_depth: u64,
    spread: Option<u64>,
}

impl Reading {
    pub fn of(book: &impl Book, instrument: u32) -> Self {
        let touch = Touch::of(book, instrument);
        let spread = touch.spread();
        Self {
            bid_depth: touch.bid_depth,
            ask_depth: touch.ask_depth,
            spread,
        }
    }
}

impl Past {
    /// Asks the processor for all of it.
    pub fn fetch(&self) {
        let bytes = (&raw const *self).cast::<u8>();
        (0..size_of::<Self>())
            .step_by(64)
            .for_each(|at| fetch(bytes.wrapping_add(at)));
    }

    /// Takes whole seconds: one with `count` events, then `silent` ones without.
    pub fn push(&mut self, count: u32, silent: u64) {
        self.push_one(count);
        for _ in 0..silent.min(SECONDS as u64) {
            self.push_one(0);
        }
    }

    fn push_one(&mut self, count: u32) {
        self.counts[self.next] = count;
        self.next = (self.next + 1) % SECONDS;
        self.seconds = (self.seconds + 1).min(SECONDS);
        self.unread = (self.unread + 1).min(SECONDS);
    }

    /// Gives the seconds without a reading this one.
    pub fn read(&mut self, reading: Reading) {
        for back in 1..=self.unread {
            self.readings[(self.next + SECONDS - back) % SECONDS] = reading;
        }
        self.unread = 0;
    }

    /// Whether some second has no reading.
    pub fn is_unread(&self) -> bool {
        self.unread > 0
    }

    /// Medians of the seconds held, `None` without any.
    pub fn medians(&self) -> Option<Baseline> {
        let readings = || self.slots().map(|at| self.readings[at]);
        Some(Baseline {
            rate_milli: median(self.slots().map(|at| u64::from(self.counts[at])))? * 1000,
            bid_depth: median(readings().map(|reading| reading.bid_depth))?,
            ask_depth: median(readings().map(|reading| reading.ask_depth))?,
            spread: median(readings().filter_map(|reading| reading.spread)).unwrap_or(0),
        })
    }

    pub fn save(&self, out: &mut Saver<'_>) {
        out.u64(self.seconds as u64);
        out.u64(self.unread as u64);
        for at in self.slots() {
            out.u64(u64::from(self.counts[at]));
            out.u64(self.readings[at].bid_depth);
            out.u64(self.readings[at].ask_depth);
            out.option(self.readings[at].spread);
        }
    }

    pub fn load(from: &mut Loader<'_>) -> Option<Self> {
        let seconds = from.at_most(SECONDS as u64)? as usize;
        let unread = from.at_most(seconds as u64)? as usize;
        let mut past = Self {
            next: seconds % SECONDS,
            seconds,
            unread,
            ..Self::default()
        };
        for at in 0..seconds {
            past.counts[at] = from.at_most(u64::from(u32::MAX))? as u32;
            past.readings[at] = Reading {
                bid_depth: from.u64()?,
                ask_depth: from.u64()?,
                spread: from.option()?,
            };
        }
        Some(past)
    }

    /// Slots of the seconds held, oldest first.
    fn slots(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.seconds).map(|at| (self.next + SECONDS - self.seconds + at) % SECONDS)
    }
}

fn median(values: impl Iterator<Item = u64>) -> Option<u64> {
    let values: Vec<i64> = values.map(|value| value as i64).collect();
    rolling_median(&values, &mut Vec::new()).map(|median| median as u64)
}
