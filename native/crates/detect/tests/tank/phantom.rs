//! Phantom liquidity for tests: on both sides, ten layers behind the touch in four slices each swell
//! and vanish with a wave of 1 Hz; a layer that the touch comes near is pulled.

use wavetank_abi::{Event, IntentOp, Side};

use super::{Storm, View};

const LAYERS: u64 = 10;
const SLICES: u64 = 4;
const PERIOD_MS: u64 = 1_000;

pub struct Phantom {
    severity_ppm: u64,
    depth: [u64; 2],
    resting: [[Option<u64>; (LAYERS * SLICES) as usize]; 2],
}

impl Phantom {
    pub fn new(severity_ppm: u64) -> Self {
        let resting = [[None; (LAYERS * SLICES) as usize]; 2];
        Self {
            severity_ppm,
            depth: [0; 2],
            resting,
        }
    }
}

impl Storm for Phantom {
    fn step(&mut self, view: &View<'_>, elapsed_ms: u64) -> Vec<Event> {
        let mut intents = Vec::new();
        let at = elapsed_ms % PERIOD_MS * 4 * SLICES / PERIOD_MS;
        let up = (2 * SLICES).abs_diff(at) / 2;
        let slices = SLICES - up.min(SLICES);
        for side in [Side::Bid, Side::Ask] {
            let s = side as usize;
            if self.depth[s] == 0 {
                self.depth[s] = view.depth(side);
            }
            let best = view.best(side);
            let qty = self.depth[s] * 8 / 10 * self.severity_ppm / 1_000_000 / (LAYERS * SLICES);
            for i in 0..LAYERS * SLICES {
                let (layer, slice) = (i / SLICES, i % SLICES);
                let handle = 1 + s as u64 * 100 + i;
                let away = (1 + layer) * view.tick;
                let price = if side == Side::Bid {
                    best.saturating_sub(away)
                } else {
                    best + away
                };
                let near = |p: u64| p.abs_diff(best) <= view.tick / 2;
                match self.resting[s][i as usize] {
                    Some(p) if slice >= slices || near(p) => {
                        intents.push(view.intent(IntentOp::CancelOwn, side, 0, 0, handle));
                        self.resting[s][i as usize] = None;
                    }
                    None if slice < slices && qty > 0 && price > 0 => {
                        intents.push(view.intent(IntentOp::AddOwn, side, price, qty, handle));
                        self.resting[s][i as usize] = Some(price);
                    }
                    _ => {}
                }
            }
        }
        intents
    }
}
