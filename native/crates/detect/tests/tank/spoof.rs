//! Spoofing for tests: once in three seconds large layers behind the bid, takes of the ask while they
//! stand, and all layers pulled at once.

use wavetank_abi::{Event, IntentOp, Side};

use super::{Storm, View};

const PERIOD_MS: u64 = 3_000;
const STAND_MS: u64 = 1_200;
const LAYERS: u64 = 10;

pub struct Layers {
    severity_ppm: u64,
}

impl Layers {
    pub fn new(severity_ppm: u64) -> Self {
        Self { severity_ppm }
    }

    fn place(&self, view: &View<'_>) -> Vec<Event> {
        let best = view.best(Side::Bid);
        // Several orders a layer, as a spoofer hides a size: twice the depth at severity 1.
        let qty = view.depth(Side::Bid) * 2 * self.severity_ppm / 1_000_000 / (LAYERS * 4);
        let at = |i: u64| best.saturating_sub((2 + i / 4) * view.tick);
        let orders = (0..LAYERS * 4).filter(|&i| at(i) > 0);
        orders
            .map(|i| view.intent(IntentOp::AddOwn, Side::Bid, at(i), qty.max(1), 1 + i))
            .collect()
    }
}

impl Storm for Layers {
    fn step(&mut self, view: &View<'_>, elapsed_ms: u64) -> Vec<Event> {
        match elapsed_ms % PERIOD_MS {
            500 => self.place(view),
            at if at > 500 && at < 500 + STAND_MS && at % 100 == 0 => {
                let (price, qty) = (view.best(Side::Ask), view.depth(Side::Ask) / 20);
                vec![view.intent(IntentOp::Take, Side::Bid, price, qty.max(1), 0)]
            }
            at if at == 500 + STAND_MS => (0..LAYERS * 4)
                .map(|i| view.intent(IntentOp::CancelOwn, Side::Bid, 0, 0, 1 + i))
                .collect(),
            _ => Vec::new(),
        }
    }
}
