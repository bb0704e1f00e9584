//! Momentum ignition for tests: takes that carry the price along a line for 55 hundredths of the time,
//! own layers behind it and a stub in front, then everything is let go.

use wavetank_abi::{Event, IntentOp, Side};

use super::{Storm, View};

const LAYERS: u64 = 4;
const STUB: u64 = 1;

pub struct Ignition {
    severity_ppm: u64,
    duration_ms: u64,
    up: bool,
    /// Best bid + best ask, and spread, at the start.
    anchor_x2: u64,
    spread: u64,
    depth: u64,
    /// Touch that its quotes stand at: behind, in front.
    quoted: (u64, u64),
    released: bool,
}

impl Ignition {
    pub fn new(severity_ppm: u64, duration_ms: u64, up: bool) -> Self {
        let (anchor_x2, spread, depth) = (0, 0, 0);
        Self {
            severity_ppm,
            duration_ms,
            up,
            anchor_x2,
            spread,
            depth,
            quoted: (0, 0),
            released: false,
        }
    }

    /// The touch it pushes to: behind, in front.
    fn touch(&self, elapsed_ms: u64, tick: u64) -> (u64, u64) {
        let mid = self.anchor_x2 / 2;
        let full = (mid * 40 / 10_000).max(10 * tick) * self.severity_ppm / 1_000_000;
        let push = full * (elapsed_ms * 100).min(self.duration_ms * 55) / (self.duration_ms * 55);
        let mid_x2 = if self.up {
            self.anchor_x2 + 2 * push
        } else {
            self.anchor_x2 - 2 * push
        };
        let bid = (mid_x2 - self.spread) / 2 / tick * tick;
        let ask = ((mid_x2 + self.spread) / 2 / tick * tick).max(bid + tick);
        if self.up { (bid, ask) } else { (ask, bid) }
    }

    fn sides(&self) -> (Side, Side) {
        if self.up {
            (Side::Bid, Side::Ask)
        } else {
            (Side::Ask, Side::Bid)
        }
    }

    fn cancels(&self, view: &View<'_>, handles: std::ops::RangeInclusive<u64>) -> Vec<Event> {
        handles
            .map(|h| view.intent(IntentOp::CancelOwn, Side::Bid, 0, 0, h))
            .collect()
    }

    fn quotes(&mut self, view: &View<'_>, near: u64, far: u64) -> Vec<Event> {
        let (own, hit) = self.sides();
        let stub = (self.depth / 100).max(1);
        let layer = (self.depth / 8 * self.severity_ppm / 1_000_000).max(1);
        let mut quotes = vec![view.intent(IntentOp::AddOwn, hit, far, stub, STUB)];
        for i in 0..LAYERS {
            let away = i * view.tick;
            let price = if self.up {
                near.saturating_sub(away).max(view.tick)
            } else {
                near + away
            };
            quotes.push(view.intent(IntentOp::AddOwn, own, price, layer, STUB + 1 + i));
        }
        quotes
    }

    fn push(&mut self, view: &View<'_>, near: u64, far: u64) -> Vec<Event> {
        let (own, hit) = self.sides();
        let short = |level: &&(u64, u64)| {
            if self.up {
                level.0 < far
            } else {
                level.0 > far
            }
        };
        let levels = view.source_levels(hit);
        let swept: u64 = levels.iter().take_while(short).map(|level| level.1).sum();
        let last = levels.iter().take_while(short).last().map(|level| level.0);
        let moved = self.quoted != (near, far);
        let mut intents = if moved {
            self.cancels(view, 1..=STUB + LAYERS)
        } else {
            Vec::new()
        };
        intents.extend(last.map(|price| view.intent(IntentOp::Take, own, price, swept, 0)));
        if moved {
            self.quoted = (near, far);
            intents.extend(self.quotes(view, near, far));
        }
        intents
    }

    fn let_go(&mut self, view: &View<'_>) -> Vec<Event> {
        if std::mem::replace(&mut self.released, true) {
            return Vec::new();
        }
        let mut intents = self.cancels(view, STUB + 1..=STUB + LAYERS);
        intents.push(view.intent(IntentOp::Release, Side::Bid, 0, 0, 0));
        intents
    }
}

impl Storm for Ignition {
    fn step(&mut self, view: &View<'_>, elapsed_ms: u64) -> Vec<Event> {
        if self.anchor_x2 == 0 {
            let (bid, ask) = (view.best(Side::Bid), view.best(Side::Ask));
            (self.anchor_x2, self.spread) = (bid + ask, ask - bid);
            self.depth = view.depth(self.sides().0);
        }
        if elapsed_ms * 10 >= self.duration_ms * 6 {
            return self.let_go(view);
        }
        let (near, far) = self.touch(elapsed_ms, view.tick);
        self.push(view, near, far)
    }
}
