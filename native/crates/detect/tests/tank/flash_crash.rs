//! A flash crash for tests: bids withdrawn and swept to a limit that falls in a line for half of the
//! time, a stub bid at it, asks pressing from above, then the way back.

use wavetank_abi::{Event, IntentOp, Side};

use super::{Storm, View};

pub struct Crash {
    pub severity_ppm: u64,
    pub duration_ms: u64,
    anchor_x2: u64,
    spread: u64,
    depth: u64,
    limit: u64,
    quoted: [u64; 2],
}

impl Crash {
    pub fn new(severity_ppm: u64, duration_ms: u64) -> Self {
        Self {
            severity_ppm,
            duration_ms,
            anchor_x2: 0,
            spread: 0,
            depth: 0,
            limit: 0,
            quoted: [0; 2],
        }
    }

    fn anchor(&mut self, view: &View<'_>) {
        let (bid, ask) = (view.best(Side::Bid), view.best(Side::Ask));
        (self.anchor_x2, self.spread, self.limit) = (bid + ask, ask - bid, bid);
        self.depth = view.depth(Side::Bid);
    }

    fn down_ppm(&self, elapsed_ms: u64) -> u64 {
        let at = elapsed_ms * 1_000_000 / self.duration_ms;
        match at {
            0..500_000 => at * 2,
            500_000..600_000 => 1_000_000,
            _ => 900_000u64.saturating_sub(at) * 10 / 3,
        }
    }
}

impl Storm for Crash {
    fn step(&mut self, view: &View<'_>, elapsed_ms: u64) -> Vec<Event> {
        if self.anchor_x2 == 0 {
            self.anchor(view);
        }
        let (tick, mid) = (view.tick, self.anchor_x2 / 2);
        let scale = |full: u64, down: u64| full * self.severity_ppm / 1_000_000 * down / 1_000_000;
        let down = self.down_ppm(elapsed_ms);
        let fall = scale((mid * 80 / 10_000).max(20 * tick), down);
        let widen = (6 * self.spread).max(mid / 1_000).max(6 * tick);
        let spread = self.spread + scale(widen, down);
        let limit = ((mid - fall - spread / 2) / tick * tick).max(tick);
        let ask = ((mid - fall + spread / 2) / tick * tick).max(limit + tick);
        let mut intents = Vec::new();
        let mut swept = 0;
        let gone = |level: &&(u64, u64)| level.0 > limit;
        let levels = view.source_levels(Side::Bid);
        let floor = levels
            .iter()
            .filter(gone)
            .map(|level| level.0)
            .min()
            .unwrap_or(limit);
        for (price, qty) in levels.iter().filter(gone) {
            let sweep = if *price <= self.limit {
                qty * 45 / 100
            } else {
                0
            };
            swept += sweep;
            intents.push(view.intent(IntentOp::Withdraw, Side::Bid, *price, qty - sweep, 0));
        }
        if swept > 0 {
            intents.push(view.intent(IntentOp::Take, Side::Ask, floor, swept, 0));
        }
        let stub = (self.depth / 100).max(1);
        let quotes = [(Side::Bid, limit, stub), (Side::Ask, ask, stub * 5)];
        for (handle, (side, price, qty)) in (1..).zip(quotes) {
            if self.quoted[side as usize] != price {
                self.quoted[side as usize] = price;
                intents.insert(0, view.intent(IntentOp::CancelOwn, side, 0, 0, handle));
                intents.push(view.intent(IntentOp::AddOwn, side, price, qty, handle));
            }
        }
        self.limit = limit;
        intents
    }
}
