//! CancellationStorm: far more events than usual, nearly all of them orders that come and go, while
//! trades fall behind and the price stands. In: observations and snapshots. Out: flags. It knows no
//! price unit but ticks and bps.

use crate::balance::Balance;
use crate::detector::{Detector, Episode};
use crate::evidence::Evidence;
use crate::observation::{Flag, Observation, Snapshot, What};
use crate::stillness::Stillness;
use crate::trail::Trail;
use crate::window::Window;
use serde::{Deserialize, Serialize};

/// Snapshots counted together: 2 s.
const SPAN: usize = 100;
const SPAN_MS: u64 = 2_000;
/// Events in a span: at least so many times the median, and so many at all.
const TIMES_USUAL_MILLI: u64 = 1_900;
const LEAST_EVENTS: u64 = 200;
/// Trades among trades and pulls: at most this share of their median share, and of all.
const TRADES_OF_USUAL_MILLI: u64 = 620;
const MOST_TRADES_PPM: u64 = 60_000;
/// Net over gross order flow: at most.
const MOST_NET_MILLI: u64 = 220;
/// Excess of events over the median at severity 1.
const FULL_EXCESS_MILLI: u64 = 3_000;

/// The detector, for one instrument.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CancellationStorm {
    counted: Counted,
    events: Window<SPAN>,
    pulls: Window<SPAN>,
    trades: Window<SPAN>,
    usual_events: Trail,
    usual_trades_ppm: Trail,
    balance: Balance,
    stillness: Stillness,
    pulled: Evidence,
    episode: Episode,
}

/// Since the last snapshot.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
struct Counted {
    events: u64,
    placed: u64,
    pulls: u64,
    trades: u64,
}

impl CancellationStorm {
    /// For an instrument with this price increment.
    pub fn new(tick_size: u32) -> Self {
        Self {
            counted: Counted::default(),
            events: Window::new(),
            pulls: Window::new(),
            trades: Window::new(),
            usual_events: Trail::new(20),
            usual_trades_ppm: Trail::new(10_000),
            balance: Balance::new(),
            stillness: Stillness::new(tick_size),
            pulled: Evidence::new(SPAN_MS / 2),
            episode: Episode::default(),
        }
    }

    fn turn(&mut self) {
        let Counted {
            events,
            placed,
            pulls,
            trades,
        } = std::mem::take(&mut self.counted);
        self.events.push(events);
        self.pulls.push(pulls);
        self.trades.push(trades);
        self.balance.push(placed, pulls);
    }

    /// Trades among trades and pulls of the span.
    fn trades_ppm(&self) -> u64 {
        self.trades.sum() * 1_000_000 / (self.trades.sum() + self.pulls.sum()).max(1)
    }

    fn is_storm(&self, trades_ppm: u64) -> bool {
        let usual = self.usual_events.get();
        let most_trades = self.usual_trades_ppm.get() * TRADES_OF_USUAL_MILLI / 1_000;
        self.events.sum() >= LEAST_EVENTS
            && self.events.sum() * 1_000 >= TIMES_USUAL_MILLI * usual
            && trades_ppm <= most_trades.min(MOST_TRADES_PPM)
            && self.balance.long_milli() <= MOST_NET_MILLI
            && self.stillness.is_still()
    }

    fn flag(&mut self, at_ms: u64) -> Flag {
        let usual = self.usual_events.get().max(LEAST_EVENTS / 2);
        let excess_milli = (self.events.sum() * 1_000 / usual).saturating_sub(1_000);
        let pulled = self.pulled.seen(at_ms);
        Flag {
            detector: wavetank_abi::Detector::CancellationStorm,
            started_ms: at_ms.saturating_sub(SPAN_MS),
            severity_ppm: (excess_milli * 1_000_000 / FULL_EXCESS_MILLI).min(1_000_000) as u32,
            first_handle: pulled.first,
            last_handle: pulled.last,
            evidence_qty: pulled.qty,
        }
    }
}

impl Detector for CancellationStorm {
    fn observe(&mut self, seen: &Observation) {
        self.counted.events += 1;
        match seen.what {
            What::Placed if seen.moves => {
                self.counted.events = self.counted.events.saturating_sub(2);
                self.counted.pulls = self.counted.pulls.saturating_sub(1);
            }
            What::Placed => self.counted.placed += 1,
            What::Pulled => {
                self.counted.pulls += 1;
                self.pulled.add(seen.at_ms, seen.handle, seen.qty);
            }
            What::Filled | What::Printed => self.counted.trades += 1,
        }
    }

    fn tick(&mut self, snapshot: &Snapshot) -> Option<Flag> {
        self.turn();
        self.stillness.push(snapshot);
        if !self.events.is_full() {
            return None;
        }
        let trades_ppm = self.trades_ppm();
        let storm = self.is_storm(trades_ppm);
        self.usual_events.push(self.events.sum());
        self.usual_trades_ppm.push(trades_ppm);
        let begins = self.episode.begins(snapshot.at_ms, storm);
        begins.then(|| self.flag(snapshot.at_ms))
    }
}
