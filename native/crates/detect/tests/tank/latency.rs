//! Latency arbitrage for tests: some times a second a small take at the touch, and within some ms the
//! levels there fade; soon what was withdrawn is released.

use wavetank_abi::{Event, IntentOp, Side};

use super::{Storm, View};

/// Levels that fade together.
const LEVELS: usize = 3;

pub struct Arbitrage {
    period_ms: u64,
    fade_ms: u64,
    count: u64,
}

impl Arbitrage {
    pub fn new(severity_ppm: u64) -> Self {
        Self {
            period_ms: 160_000_000 / severity_ppm.max(1),
            fade_ms: 3,
            count: 0,
        }
    }

    fn sides(&self) -> (Side, Side) {
        if (self.count * 7 % 5).is_multiple_of(2) {
            (Side::Bid, Side::Ask)
        } else {
            (Side::Ask, Side::Bid)
        }
    }
}

impl Storm for Arbitrage {
    fn step(&mut self, view: &View<'_>, elapsed_ms: u64) -> Vec<Event> {
        let (taker, stale) = self.sides();
        match elapsed_ms % self.period_ms {
            0 => {
                let qty = (view.source_levels(stale)[0].1 / 5).max(1);
                vec![view.intent(IntentOp::Take, taker, view.best(stale), qty, 0)]
            }
            at if at == self.fade_ms => {
                self.count += 1;
                let levels = view.source_levels(stale).into_iter().take(LEVELS);
                let fade = |(price, qty)| view.intent(IntentOp::Withdraw, stale, price, qty, 0);
                levels.map(fade).collect()
            }
            at if at == self.period_ms / 2 => {
                vec![view.intent(IntentOp::Release, Side::Bid, 0, 0, 0)]
            }
            _ => Vec::new(),
        }
    }
}
