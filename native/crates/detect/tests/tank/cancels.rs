//! A cancellation storm for tests: orders placed a few ticks behind the touch and pulled within some
//! ms, so that at severity 1 there are four times as many events.

use std::collections::VecDeque;

use wavetank_abi::{Event, IntentOp, Side};

use super::{Storm, View};

pub struct Cancels {
    severity_ppm: u64,
    usual_per_s: u64,
    life_ms: u64,
    due: u64,
    next: u64,
    resting: VecDeque<(u64, u64, Side)>,
}

impl Cancels {
    pub fn new(severity_ppm: u64, usual_per_s: u64, life_ms: u64) -> Self {
        let usual_per_s = usual_per_s.max(100);
        Self {
            severity_ppm,
            usual_per_s,
            life_ms,
            due: 0,
            next: 1,
            resting: VecDeque::new(),
        }
    }
}

impl Storm for Cancels {
    fn step(&mut self, view: &View<'_>, elapsed_ms: u64) -> Vec<Event> {
        let mut intents = Vec::new();
        while self
            .resting
            .front()
            .is_some_and(|r| r.0 + self.life_ms <= elapsed_ms)
        {
            let (_, handle, side) = self.resting.pop_front().expect("a front");
            intents.push(view.intent(IntentOp::CancelOwn, side, 0, 0, handle));
        }
        // Each order is two events.
        self.due += 3 * self.usual_per_s * self.severity_ppm / 1_000;
        while self.due >= 2_000_000 {
            self.due -= 2_000_000;
            let side = if self.next.is_multiple_of(2) {
                Side::Bid
            } else {
                Side::Ask
            };
            let away = (1 + self.next * 7 % 9) * view.tick;
            let best = view.best(side);
            let price = if side == Side::Bid {
                best.saturating_sub(away)
            } else {
                best + away
            };
            if price > 0 {
                intents.push(view.intent(IntentOp::AddOwn, side, price, 100, self.next));
                self.resting.push_back((elapsed_ms, self.next, side));
            }
            self.next += 1;
        }
        intents
    }
}
