//! QuoteStuff: a sudden burst of orders pulled almost as soon as they are placed, without trades. In:
//! observations and snapshots. Out: flags. Ages are judged against the instrument's own: where orders
//! live short lives anyway, only a fall in the share of longer ones tells.

use crate::balance::Balance;
use crate::detector::{Detector, Episode};
use crate::evidence::Evidence;
use crate::observation::{Flag, Observation, Snapshot, What};
use crate::stillness::Stillness;
use crate::trail::Trail;
use crate::window::Window;
use serde::{Deserialize, Serialize};

/// Snapshots counted together: 500 ms.
const SPAN: usize = 25;
const SPAN_MS: u64 = 500;
/// Events in a span: at least so many times the median, and so many at all.
const TIMES_USUAL_MILLI: u64 = 2_000;
const LEAST_EVENTS: u64 = 55;
/// An order pulled within this was never meant to trade.
const SHORT_MS: u32 = 10;
/// Pulls of longer-lived orders: at most this share of their median share.
const LONG_OF_USUAL_MILLI: u64 = 550;
/// Trades among events: at most this share of their median share.
const TRADES_OF_USUAL_MILLI: u64 = 600;
/// Net over gross order flow: at most.
const MOST_NET_MILLI: u64 = 220;
/// Excess of events over the median at severity 1.
const FULL_EXCESS_MILLI: u64 = 5_000;

/// The detector, for one instrument.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct QuoteStuff {
    counted: [u64; 5],
    windows: [Window<SPAN>; 5],
    usual_events: Trail,
    usual_long_ppm: Trail,
    usual_trades_ppm: Trail,
    balance: Balance,
    stillness: Stillness,
    short: Evidence,
    episode: Episode,
}

const EVENTS: usize = 0;
const PULLS: usize = 1;
const LONG: usize = 2;
const TRADES: usize = 3;
const PLACED: usize = 4;

impl QuoteStuff {
    /// For an instrument with this price increment.
    pub fn new(tick_size: u32) -> Self {
        Self {
            counted: [0; 5],
            windows: [Window::new(); 5],
            usual_events: Trail::new(10),
            usual_long_ppm: Trail::new(50_000),
            usual_trades_ppm: Trail::new(10_000),
            balance: Balance::new(),
            stillness: Stillness::new(tick_size),
            short: Evidence::new(SPAN_MS),
            episode: Episode::default(),
        }
    }

    fn ppm(&self, part: usize, whole: usize) -> u64 {
        self.windows[part].sum() * 1_000_000 / self.windows[whole].sum().max(1)
    }

    fn is_stuffing(&self, long_ppm: u64, trades_ppm: u64) -> bool {
        let events = self.windows[EVENTS].sum();
        events >= LEAST_EVENTS
            && events * 1_000 >= TIMES_USUAL_MILLI * self.usual_events.get()
            && long_ppm * 1_000 <= LONG_OF_USUAL_MILLI * self.usual_long_ppm.get()
            && trades_ppm * 1_000 <= TRADES_OF_USUAL_MILLI * self.usual_trades_ppm.get()
            && self.balance.short_milli() <= MOST_NET_MILLI
            && self.stillness.is_still()
    }

    /// A quote has moved: neither its end nor its new place stuffs anything.
    fn unmake_pull(&mut self) {
        self.counted[EVENTS] = self.counted[EVENTS].saturating_sub(2);
        self.counted[PULLS] = self.counted[PULLS].saturating_sub(1);
    }

    fn flag(&mut self, at_ms: u64) -> Flag {
        let usual = self.usual_events.get().max(LEAST_EVENTS / 2);
        let excess_milli = (self.windows[EVENTS].sum() * 1_000 / usual).saturating_sub(1_000);
        let short = self.short.seen(at_ms);
        Flag {
            detector: wavetank_abi::Detector::QuoteStuff,
            started_ms: at_ms.saturating_sub(SPAN_MS),
            severity_ppm: (excess_milli * 1_000_000 / FULL_EXCESS_MILLI).min(1_000_000) as u32,
            first_handle: short.first,
            last_handle: short.last,
            evidence_qty: short.qty,
        }
    }
}

impl Detector for QuoteStuff {
    fn observe(&mut self, seen: &Observation) {
        self.counted[EVENTS] += 1;
        match seen.what {
            What::Placed if seen.moves => self.unmake_pull(),
            What::Placed => self.counted[PLACED] += 1,
            What::Pulled => {
                self.counted[PULLS] += 1;
                if seen.age_ms > SHORT_MS {
                    self.counted[LONG] += 1;
                } else {
                    self.short.add(seen.at_ms, seen.handle, seen.qty);
                }
            }
            What::Filled | What::Printed => self.counted[TRADES] += 1,
        }
    }

    fn tick(&mut self, snapshot: &Snapshot) -> Option<Flag> {
        let counted = std::mem::take(&mut self.counted);
        for (window, count) in self.windows.iter_mut().zip(counted) {
            window.push(count);
        }
        self.balance.push(counted[PLACED], counted[PULLS]);
        self.stillness.push(snapshot);
        if !self.windows[EVENTS].is_full() {
            return None;
        }
        let (long_ppm, trades_ppm) = (self.ppm(LONG, PULLS), self.ppm(TRADES, EVENTS));
        let stuffing = self.is_stuffing(long_ppm, trades_ppm);
        self.usual_events.push(self.windows[EVENTS].sum());
        self.usual_long_ppm.push(long_ppm);
        self.usual_trades_ppm.push(trades_ppm);
        let begins = self.episode.begins(snapshot.at_ms, stuffing);
        begins.then(|| self.flag(snapshot.at_ms))
    }
}
