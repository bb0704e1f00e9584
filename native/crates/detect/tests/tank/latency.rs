//! Latency arbitrage for tests: every 80 to 240 ms a take of part of a stale touch, and some ms later a
//! fade of part of three levels there, which starts to return at once.

use wavetank_abi::{Event, IntentOp, Side};

use super::{Storm, View};

const LEVELS: usize = 3;

pub struct Arbitrage {
    severity_ppm: u64,
    picks: u64,
    print_ms: u64,
    fade_ms: u64,
}

impl Arbitrage {
    pub fn new(severity_ppm: u64) -> Self {
        Self {
            severity_ppm,
            picks: 0,
            print_ms: 80,
            fade_ms: 0,
        }
    }

    fn share(&self, qty: u64, percent: u64) -> u64 {
        qty * percent / 100 * self.severity_ppm / 1_000_000
    }

    fn sides(&self) -> (Side, Side) {
        let bids = (self.picks * 7 % 5).is_multiple_of(2);
        if bids {
            (Side::Ask, Side::Bid)
        } else {
            (Side::Bid, Side::Ask)
        }
    }
}

impl Storm for Arbitrage {
    fn step(&mut self, view: &View<'_>, elapsed_ms: u64) -> Vec<Event> {
        let (taker, stale) = self.sides();
        let levels = view.source_levels(stale);
        if elapsed_ms == self.fade_ms {
            self.picks += 1;
            let fade = |(price, qty)| {
                view.intent(IntentOp::Withdraw, stale, price, self.share(qty, 90), 0)
            };
            let mut intents: Vec<Event> = levels.into_iter().take(LEVELS).map(fade).collect();
            intents.push(view.intent(IntentOp::Release, stale, 0, 0, 0));
            return intents;
        }
        if elapsed_ms < self.print_ms || levels.is_empty() {
            return Vec::new();
        }
        self.fade_ms = elapsed_ms + 1 + self.picks % 3;
        self.print_ms = elapsed_ms + 80 + self.picks * 67 % 161;
        let (price, qty) = levels[0];
        vec![view.intent(IntentOp::Take, taker, price, self.share(qty, 50), 0)]
    }
}
