//! A cancellation storm for tests: small orders on the second to tenth level, pulled within some ms, so
//! that at severity 1 there are four times as many events.

use std::collections::VecDeque;

use wavetank_abi::{Event, IntentOp, Side};

use super::{Storm, View};

const LIVES: u64 = 3;
const LEVELS: u64 = 9;

pub struct Cancels {
    severity_ppm: u64,
    usual_per_s: u64,
    owed: u64,
    next: u64,
    depth: u64,
    /// When it goes, its handle, its side.
    resting: VecDeque<(u64, u64, Side)>,
}

impl Cancels {
    pub fn new(severity_ppm: u64, usual_per_s: u64) -> Self {
        let usual_per_s = usual_per_s.max(100);
        Self {
            severity_ppm,
            usual_per_s,
            owed: 0,
            next: 1,
            depth: 0,
            resting: VecDeque::new(),
        }
    }

    fn place(&mut self, view: &View<'_>, elapsed_ms: u64) -> Option<Event> {
        let handle = self.next;
        self.next += 1;
        let side = if handle.is_multiple_of(2) {
            Side::Bid
        } else {
            Side::Ask
        };
        let away = (1 + handle * 7 % LEVELS) * view.tick;
        let best = view.best(side);
        let price = if side == Side::Bid {
            best.checked_sub(away)?
        } else {
            best + away
        };
        let qty = 1 + handle * handle * 13 % (self.depth / 10).max(1);
        self.resting.push_back((elapsed_ms + LIVES, handle, side));
        (price > 0).then(|| view.intent(IntentOp::AddOwn, side, price, qty, handle))
    }
}

impl Storm for Cancels {
    fn step(&mut self, view: &View<'_>, elapsed_ms: u64) -> Vec<Event> {
        if self.depth == 0 {
            self.depth = view.depth(Side::Bid);
        }
        let mut intents = Vec::new();
        while self
            .resting
            .front()
            .is_some_and(|order| order.0 <= elapsed_ms)
        {
            let gone = self.resting.pop_front();
            let cancel = |(_, handle, side)| view.intent(IntentOp::CancelOwn, side, 0, 0, handle);
            intents.extend(gone.map(cancel));
        }
        // An order is two events.
        self.owed += 3 * self.usual_per_s * self.severity_ppm / 1_000;
        while self.owed >= 2_000_000 {
            self.owed -= 2_000_000;
            intents.extend(self.place(view, elapsed_ms));
        }
        intents
    }
}
