//! LatencyArbProxy: prints after which the quotes on the side that was hit fade within some ms, again
//! and again, while the price stands. In: observations and snapshots. Out: flags. A fade is several
//! orders pulled from the first levels in one ms, together a good part of a usual level.

use serde::{Deserialize, Serialize};
use wavetank_abi::{DEPTH_LEVELS, Side};

use crate::detector::{Cooldown, Detector};
use crate::evidence::Evidence;
use crate::observation::{Flag, Observation, Snapshot, What};
use crate::stillness::Stillness;
use crate::trail::Trail;
use crate::window::Window;

/// Snapshots counted together: 4 s.
const SPAN: usize = 200;
const SPAN_MS: u64 = 4_000;
/// A fade comes within this of the print, of orders that had rested for a while.
const FADE_MS: u64 = 10;
const RESTED_MS: u32 = 20;
/// The first levels: so many ticks behind the touch, or usual spreads if those are wider.
const NEAR_TICKS: u64 = 3;
const NEAR_SPREADS: u64 = 2;
/// Its orders, and its size over that of a usual level, in thousandths.
const LEAST_ORDERS: u32 = 3;
const LEAST_OF_LEVEL_MILLI: u64 = 400;
/// Fades in the span: at least so many, and so many times the median more.
const LEAST_FADES: u64 = 4;
const TIMES_USUAL: u64 = 3;
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
    fades: Window<SPAN>,
    usual_fades: Trail,
    usual_depth: Trail,
    tick: u64,
    usual_spread: Trail,
    /// The first levels, in 1/10000 dollar behind the touch.
    near: u64,
    stillness: Stillness,
    pulled: Evidence,
    cooldown: Cooldown,
}

/// Since the last snapshot.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
struct Counted {
    events: u64,
    fades: u64,
}

/// The last print on a side, and what was pulled there in one ms since.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
struct Fading {
    printed_ms: u64,
    pulled_ms: u64,
    qty: u64,
    orders: u32,
    /// Its fade has been counted.
    faded: bool,
}

impl Fading {
    fn print(&mut self, at_ms: u64) {
        if at_ms > self.printed_ms + FADE_MS {
            *self = Self {
                printed_ms: at_ms,
                ..Self::default()
            };
        }
    }

    /// Whether this pull makes it a fade.
    fn pull(&mut self, seen: &Observation, level_qty: u64) -> bool {
        if seen.at_ms != self.pulled_ms {
            *self = Self {
                pulled_ms: seen.at_ms,
                qty: 0,
                orders: 0,
                ..*self
            };
        }
        self.qty += seen.qty;
        self.orders += 1;
        let large = self.qty * 1_000 >= LEAST_OF_LEVEL_MILLI * level_qty;
        let fades = !self.faded && large && self.orders >= LEAST_ORDERS;
        self.faded |= fades;
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
            fades: Window::new(),
            usual_fades: Trail::new(1),
            usual_depth: Trail::new(1_000),
            near: 0,
            tick: u64::from(tick_size.max(1)),
            usual_spread: Trail::new(u64::from(tick_size)),
            stillness: Stillness::new(tick_size),
            pulled: Evidence::new(SPAN_MS / 2),
            cooldown: Cooldown::default(),
        }
    }

    fn pull(&mut self, seen: &Observation) {
        let fading = &mut self.sides[seen.side as usize];
        let soon = seen.at_ms <= fading.printed_ms + FADE_MS;
        if soon && seen.behind <= self.near && seen.age_ms >= RESTED_MS {
            let level_qty = self.usual_depth.get() / u64::from(2 * DEPTH_LEVELS);
            self.counted.fades += u64::from(fading.pull(seen, level_qty.max(1)));
            self.pulled.add(seen.at_ms, seen.handle, seen.qty);
        }
    }

    fn repeats(&self) -> bool {
        let most_events = self.usual_events.get() * MOST_EVENTS_MILLI / 1_000 + MORE_EVENTS;
        self.fades.sum() >= LEAST_FADES + TIMES_USUAL * self.usual_fades.get()
            && self.events.sum() <= most_events
    }

    fn push(&mut self, snapshot: &Snapshot) {
        let Counted { events, fades } = std::mem::take(&mut self.counted);
        self.events.push(events);
        self.fades.push(fades);
        self.usual_depth
            .push(snapshot.bid_depth + snapshot.ask_depth);
        self.usual_spread
            .push(snapshot.ask.saturating_sub(snapshot.bid));
        self.near = (NEAR_TICKS * self.tick).max(NEAR_SPREADS * self.usual_spread.get());
        self.stillness.push(snapshot);
    }

    fn flag(&mut self, at_ms: u64) -> Flag {
        self.cooldown.start(at_ms);
        let pulled = self.pulled.seen(at_ms);
        Flag {
            detector: wavetank_abi::Detector::LatencyArbProxy,
            started_ms: at_ms.saturating_sub(SPAN_MS),
            severity_ppm: (self.fades.sum() * 1_000_000 / FULL_FADES).min(1_000_000) as u32,
            first_handle: pulled.first,
            last_handle: pulled.last,
            evidence_qty: pulled.qty,
        }
    }
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
        if !self.fades.is_full() {
            return None;
        }
        let repeats = self.repeats();
        self.usual_fades.push(self.fades.sum());
        self.usual_events.push(self.events.sum());
        let raised = repeats && self.stillness.is_still() && self.cooldown.is_over(snapshot.at_ms);
        raised.then(|| self.flag(snapshot.at_ms))
    }
}
