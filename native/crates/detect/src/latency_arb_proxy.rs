//! LatencyArbProxy: prints after which the quotes on the side that was hit fade within some ms, again
//! and again, while the price stands. In: observations and snapshots. Out: flags. A fade is several
//! orders pulled from the first levels in one ms, together a good part of a usual level.

use serde::{Deserialize, Serialize};
use wavetank_abi::{DEPTH_LEVELS, Side};

use crate::detector::{Detector, Episode};
use crate::evidence::Evidence;
use crate::observation::{Flag, Observation, Snapshot, What};
use crate::stillness::Stillness;
use crate::trail::Trail;
use crate::window::Window;

/// Snapshots counted together: 4 s.
const SPAN: usize = 200;
const SPAN_MS: u64 = 4_000;
/// Snapshots in which a flood of events would show: 500 ms.
const RECENT: usize = 25;
/// A fade comes within this of the print.
const FADE_MS: u64 = 5;
/// Fades of a side are so far apart; what goes on and on is another thing.
const APART_MS: u64 = 100;
/// The first levels: so many ticks behind the touch, or usual spreads if those are wider.
const NEAR_TICKS: u64 = 3;
const NEAR_SPREADS: u64 = 2;
/// The touch and levels behind it, so many in all, lose orders in one ms; together, over a usual level,
/// in thousandths, at least so much.
const LEVELS: usize = 3;
/// Orders pulled in that ms: so many, and beyond that more than chance brings together in one.
const LEAST_ORDERS: u64 = 3;
/// Fades on either side: at least one in so many. What goes one way only is a move.
const ONE_IN: u64 = 5;
const LEAST_OF_LEVEL_MILLI: u64 = 400;
/// Fades in the span: at least so many, one more for so many usual events, and so many times the median
/// more.
const LEAST_FADES: u64 = 4;
const EVENTS_A_FADE: u64 = 8_000;
const TIMES_USUAL: u64 = 2;
/// Events in the span: at most so many times the median and more, else it is another thing.
const MOST_EVENTS_MILLI: u64 = 1_500;
const MORE_EVENTS: u64 = 300;
/// Fades in the span at severity 1.
const FULL_FADES: u64 = 24;

/// The detector, for one instrument.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct LatencyArbProxy {
    sides: [Fading; 2],
    counted: Counted,
    events: Window<SPAN>,
    usual_events: Trail,
    pulls: Window<SPAN>,
    fades: [Window<SPAN>; 2],
    usual_fades: Trail,
    usual_depth: Trail,
    tick: u64,
    usual_spread: Trail,
    /// The first levels, in 1/10000 dollar behind the touch.
    near: u64,
    least: Least,
    stillness: Stillness,
    pulled: Evidence,
    episode: Episode,
    recent: Window<RECENT>,
}

/// Since the last snapshot.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
struct Counted {
    events: u64,
    /// From the first levels.
    pulls: u64,
    fades: [u64; 2],
}

/// What makes a fade here and now.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
struct Least {
    orders: u64,
    /// Shares of a usual level.
    level_qty: u64,
}

/// The last print on a side, and what was pulled there in one ms since.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
struct Fading {
    printed_ms: u64,
    pulled_ms: u64,
    qty: u64,
    orders: u64,
    /// Some of them at the touch.
    touch: bool,
    /// Prices they stood at, the first few.
    prices: [u64; LEVELS],
    /// When a fade was counted last.
    faded_ms: u64,
}

impl Fading {
    fn print(&mut self, at_ms: u64) {
        if at_ms > self.printed_ms + FADE_MS {
            *self = Self {
                printed_ms: at_ms,
                faded_ms: self.faded_ms,
                ..Self::default()
            };
        }
    }

    /// Whether this pull makes it a fade.
    fn pull(&mut self, seen: &Observation, least: &Least) -> bool {
        if seen.at_ms != self.pulled_ms {
            *self = Self {
                pulled_ms: seen.at_ms,
                qty: 0,
                orders: 0,
                touch: false,
                prices: [0; LEVELS],
                ..*self
            };
        }
        self.qty += seen.qty;
        self.orders += 1;
        self.touch |= seen.behind == 0;
        let place = self.prices.iter().position(|p| *p == seen.price || *p == 0);
        if let Some(at) = place {
            self.prices[at] = seen.price;
        }
        let large = self.qty * 1_000 >= LEAST_OF_LEVEL_MILLI * least.level_qty;
        let whole = self.touch && self.prices.iter().all(|price| *price > 0);
        let apart = seen.at_ms >= self.faded_ms + APART_MS;
        let fades = apart && large && whole && self.orders >= least.orders;
        if fades {
            self.faded_ms = seen.at_ms;
        }
        fades
    }
}

impl LatencyArbProxy {
    /// For an instrument with this price increment.
    pub fn new(tick_size: u32) -> Self {
        Self {
            sides: [Fading::default(); 2],
            counted: Counted::default(),
            events: Window::new(),
            usual_events: Trail::new(40),
            pulls: Window::new(),
            fades: [Window::new(); 2],
            usual_fades: Trail::new(1),
            usual_depth: Trail::new(1_000),
            near: 0,
            least: Least::default(),
            tick: u64::from(tick_size.max(1)),
            usual_spread: Trail::new(u64::from(tick_size)),
            stillness: Stillness::new(tick_size),
            pulled: Evidence::new(SPAN_MS / 2),
            episode: Episode::default(),
            recent: Window::new(),
        }
    }

    fn pull(&mut self, seen: &Observation) {
        let fading = &mut self.sides[seen.side as usize];
        if seen.behind > self.near {
            return;
        }
        self.counted.pulls += 1;
        if seen.at_ms <= fading.printed_ms + FADE_MS {
            self.counted.fades[seen.side as usize] += u64::from(fading.pull(seen, &self.least));
            self.pulled.add(seen.at_ms, seen.handle, seen.qty);
        }
    }

    fn fades(&self) -> u64 {
        self.fades.iter().map(Window::sum).sum()
    }

    fn repeats(&self) -> bool {
        let most_events = self.usual_events.get() * MOST_EVENTS_MILLI / 1_000 + MORE_EVENTS;
        let [bids, asks] = self.fades.each_ref().map(Window::sum);
        let least = LEAST_FADES + self.usual_events.get() / EVENTS_A_FADE;
        bids + asks >= least + TIMES_USUAL * self.usual_fades.get()
            && bids.min(asks) * ONE_IN >= bids + asks
            && self.recent.sum() * (SPAN / RECENT) as u64 <= most_events
    }

    fn push(&mut self, snapshot: &Snapshot) {
        let Counted {
            events,
            pulls,
            fades,
        } = std::mem::take(&mut self.counted);
        self.events.push(events);
        self.recent.push(events);
        self.pulls.push(pulls);
        for (window, fades) in self.fades.iter_mut().zip(fades) {
            window.push(fades);
        }
        self.usual_depth
            .push(snapshot.bid_depth + snapshot.ask_depth);
        self.usual_spread
            .push(snapshot.ask.saturating_sub(snapshot.bid));
        self.near = (NEAR_TICKS * self.tick).max(NEAR_SPREADS * self.usual_spread.get());
        self.least = Least {
            orders: LEAST_ORDERS + by_chance(self.pulls.sum()),
            level_qty: (self.usual_depth.get() / u64::from(2 * DEPTH_LEVELS)).max(1),
        };
        self.stillness.push(snapshot);
    }

    fn flag(&mut self, at_ms: u64) -> Flag {
        let pulled = self.pulled.seen(at_ms);
        Flag {
            detector: wavetank_abi::Detector::LatencyArbProxy,
            started_ms: at_ms.saturating_sub(SPAN_MS),
            severity_ppm: (self.fades() * 1_000_000 / FULL_FADES).min(1_000_000) as u32,
            first_handle: pulled.first,
            last_handle: pulled.last,
            evidence_qty: pulled.qty,
        }
    }
}

/// How many of the pulls of a span fall on one side in one ms once in a while: their mean twice, and
/// three times its root.
fn by_chance(pulls: u64) -> u64 {
    let mean_milli = pulls * 1_000 / (2 * SPAN_MS);
    (2 * mean_milli + 3 * (mean_milli * 1_000).isqrt()) / 1_000
}

impl Detector for LatencyArbProxy {
    fn observe(&mut self, seen: &Observation) {
        self.counted.events += 1;
        if seen.side == Side::Inherit {
            return;
        }
        match seen.what {
            What::Filled => self.sides[seen.side as usize].print(seen.at_ms),
            What::Pulled => self.pull(seen),
            What::Placed | What::Printed => {}
        }
    }

    fn tick(&mut self, snapshot: &Snapshot) -> Option<Flag> {
        self.push(snapshot);
        if !self.pulls.is_full() {
            return None;
        }
        let repeats = self.repeats();
        self.usual_fades.push(self.fades());
        self.usual_events.push(self.events.sum());
        let seen = repeats && self.stillness.is_still();
        let begins = self.episode.begins(snapshot.at_ms, seen);
        begins.then(|| self.flag(snapshot.at_ms))
    }
}
