//! Phantom liquidity for tests: on both sides, sixteen slices on the second to ninth level swell and
//! vanish with a wave of 1 Hz, up to eight tenths of the depth; one that comes too near is pulled.

use wavetank_abi::{Event, IntentOp, Side};

use super::{Storm, View};

const SLICES: u64 = 16;
const LEVELS: u64 = 8;
const PERIOD_MS: u64 = 1_000;

pub struct Phantom {
    severity_ppm: u64,
    depth: [u64; 2],
    resting: [[Option<u64>; SLICES as usize]; 2],
}

impl Phantom {
    pub fn new(severity_ppm: u64) -> Self {
        Self {
            severity_ppm,
            depth: [0; 2],
            resting: [[None; SLICES as usize]; 2],
        }
    }

    /// Slices that stand now: a parabola up and one down, near enough to a raised cosine.
    fn slices(elapsed_ms: u64) -> u64 {
        let up = (PERIOD_MS / 2) - (elapsed_ms % PERIOD_MS).abs_diff(PERIOD_MS / 2);
        let half = PERIOD_MS / 4;
        let wave = if up < half {
            up * up
        } else {
            2 * half * half - (2 * half - up).pow(2)
        };
        SLICES * wave / (2 * half * half)
    }

    fn flank(&mut self, view: &View<'_>, side: Side, slices: u64, cycle: u64) -> Vec<Event> {
        let s = side as usize;
        if self.depth[s] == 0 {
            self.depth[s] = view.depth(side);
        }
        let size = self.depth[s] * 8 / 10 * self.severity_ppm / 1_000_000 / SLICES;
        let prices: Vec<u64> = view
            .source_levels(side)
            .into_iter()
            .map(|level| level.0)
            .collect();
        let best = view.best(side);
        let level = |n: u64| {
            let beyond = if side == Side::Bid {
                best.saturating_sub(n * view.tick)
            } else {
                best + n * view.tick
            };
            prices.get(n as usize).copied().unwrap_or(beyond)
        };
        let (near, far) = (level(1), level(1 + LEVELS));
        let (low, high) = (near.min(far), near.max(far));
        let (mut pulls, mut adds) = (Vec::new(), Vec::new());
        for slice in 0..SLICES {
            let handle = s as u64 * SLICES + slice + 1;
            match self.resting[s][slice as usize] {
                Some(price) if slice >= slices || !(low..=high).contains(&price) => {
                    pulls.push(view.intent(IntentOp::CancelOwn, side, 0, 0, handle));
                    self.resting[s][slice as usize] = None;
                }
                None if slice < slices && size > 0 => {
                    let price = level(1 + (slice * 5 + cycle) % LEVELS).max(view.tick);
                    adds.push(view.intent(IntentOp::AddOwn, side, price, size, handle));
                    self.resting[s][slice as usize] = Some(price);
                }
                _ => {}
            }
        }
        pulls.append(&mut adds);
        pulls
    }
}

impl Storm for Phantom {
    fn step(&mut self, view: &View<'_>, elapsed_ms: u64) -> Vec<Event> {
        let (slices, cycle) = (Self::slices(elapsed_ms), elapsed_ms / PERIOD_MS);
        let mut intents = self.flank(view, Side::Bid, slices, cycle * 3);
        intents.extend(self.flank(view, Side::Ask, slices, cycle * 7));
        intents
    }
}
