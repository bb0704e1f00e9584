//! Momentum ignition for tests: takes that carry the price along a line for six tenths of the time, own
//! layers following behind it, then everything is let go.

use wavetank_abi::{Event, IntentOp, Side};

use super::{Storm, View};

const STEP_MS: u64 = 25;
const LAYERS: u64 = 5;

pub struct Ignition {
    severity_ppm: u64,
    duration_ms: u64,
    up: bool,
    anchor: u64,
    depth: u64,
    layered: u64,
    round: u64,
}

impl Ignition {
    pub fn new(severity_ppm: u64, duration_ms: u64, up: bool) -> Self {
        Self {
            severity_ppm,
            duration_ms,
            up,
            anchor: 0,
            depth: 0,
            layered: 0,
            round: 0,
        }
    }

    fn layers(&mut self, view: &View<'_>, touch: u64, behind: Side) -> Vec<Event> {
        if self.layered == touch {
            return Vec::new();
        }
        self.layered = touch;
        let mut intents = self.unlayer(view, behind);
        self.round += 1;
        for layer in 0..LAYERS {
            let away = (1 + layer) * view.tick;
            let price = if self.up {
                touch.saturating_sub(away)
            } else {
                touch + away
            };
            let qty = (self.depth / 20).max(1);
            let handle = 1 + self.round % 2 * LAYERS + layer;
            if price > 0 {
                intents.push(view.intent(IntentOp::AddOwn, behind, price, qty, handle));
            }
        }
        intents
    }

    fn unlayer(&self, view: &View<'_>, behind: Side) -> Vec<Event> {
        let handles = (0..LAYERS).map(|layer| 1 + self.round % 2 * LAYERS + layer);
        handles
            .map(|h| view.intent(IntentOp::CancelOwn, behind, 0, 0, h))
            .collect()
    }
}

impl Storm for Ignition {
    fn step(&mut self, view: &View<'_>, elapsed_ms: u64) -> Vec<Event> {
        let (taker, hit, behind) = if self.up {
            (Side::Bid, Side::Ask, Side::Bid)
        } else {
            (Side::Ask, Side::Bid, Side::Ask)
        };
        if self.anchor == 0 {
            self.anchor = view.best(hit);
            self.depth = view.depth(behind);
        }
        if elapsed_ms * 10 >= self.duration_ms * 6 {
            let mut intents = self.unlayer(view, behind);
            intents.push(view.intent(IntentOp::Release, Side::Bid, 0, 0, 0));
            return intents;
        }
        if !elapsed_ms.is_multiple_of(STEP_MS) {
            return Vec::new();
        }
        let full = (self.anchor * 40 / 10_000).max(10 * view.tick) * self.severity_ppm / 1_000_000;
        let gone = full * elapsed_ms * 10 / (self.duration_ms * 6) / view.tick * view.tick;
        let limit = if self.up {
            self.anchor + gone
        } else {
            self.anchor.saturating_sub(gone)
        };
        let reaches = |price: u64| {
            if self.up {
                price < limit
            } else {
                price > limit
            }
        };
        let swept: u64 = view
            .source_levels(hit)
            .iter()
            .take_while(|l| reaches(l.0))
            .map(|l| l.1)
            .sum();
        let touch = view.best(behind);
        let mut intents = self.layers(view, touch, behind);
        if swept > 0 {
            let last = if self.up {
                limit - view.tick
            } else {
                limit + view.tick
            };
            intents.push(view.intent(IntentOp::Take, taker, last, swept, 0));
        }
        intents
    }
}
