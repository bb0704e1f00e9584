//! Spoof: layers appear on one side, the other side trades, and the layers vanish together. In:
//! observations and snapshots. Out: a flag when they vanish. Orders are counted in usual ones, a large
//! one as four at most; a side is measured in its own median depth.

use serde::{Deserialize, Serialize};
use wavetank_abi::Side;

use crate::detector::{Cooldown, Detector};
use crate::evidence::Evidence;
use crate::observation::{Flag, Observation, Snapshot, What};
use crate::trail::Trail;
use crate::usual_qty::UsualQty;
use crate::window::Window;

/// Snapshots in which layers appear, and vanish: 500 and 300 ms.
const APPEAR: usize = 25;
const VANISH: usize = 15;
/// Layers stand no longer than this.
const STAND_MS: u64 = 4_000;
/// Net flow that makes layers, over the side's median depth, in thousandths.
const LEAST_LAYERS_MILLI: u64 = 450;
const FULL_LAYERS_MILLI: u64 = 1_000;
/// The other side's net flow, over this side's: at most.
const MOST_OTHER_MILLI: i64 = 300;
/// Trades on the other side over the median of so long a time, in thousandths.
const LEAST_TRADES_MILLI: u64 = 1_200;

/// The detector, for one instrument.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Spoof {
    sides: [Layering; 2],
    usual_qty: UsualQty,
    usual_filled: Trail,
    filled: Window<50>,
    cooldown: Cooldown,
}

/// One side: what comes and goes, what trades, and layers that stand.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Layering {
    placed: u64,
    pulled: u64,
    filled: u64,
    appearing: Net<APPEAR>,
    vanishing: Net<VANISH>,
    usual_depth: Trail,
    layers: Option<Layers>,
    gone: Evidence,
}

/// Layers that appeared.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Layers {
    since_ms: u64,
    qty: u64,
    /// Shares traded on the other side since.
    traded: u64,
}

/// Placed less pulled over some snapshots.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Net<const N: usize> {
    placed: Window<N>,
    pulled: Window<N>,
}

impl<const N: usize> Net<N> {
    fn new() -> Self {
        Self {
            placed: Window::new(),
            pulled: Window::new(),
        }
    }

    fn push(&mut self, placed: u64, pulled: u64) {
        self.placed.push(placed);
        self.pulled.push(pulled);
    }

    fn get(&self) -> i64 {
        self.placed.sum() as i64 - self.pulled.sum() as i64
    }
}

impl Layering {
    fn new() -> Self {
        Self {
            placed: 0,
            pulled: 0,
            filled: 0,
            appearing: Net::new(),
            vanishing: Net::new(),
            usual_depth: Trail::new(1_000),
            layers: None,
            gone: Evidence::new(500),
        }
    }

    fn turn(&mut self, depth: u64) {
        let (placed, pulled) = (
            std::mem::take(&mut self.placed),
            std::mem::take(&mut self.pulled),
        );
        self.appearing.push(placed, pulled);
        self.vanishing.push(placed, pulled);
        self.usual_depth.push(depth);
    }

    fn least(&self) -> i64 {
        (self.usual_depth.get() * LEAST_LAYERS_MILLI / 1_000).max(1) as i64
    }

    /// Layers begin to stand when much more came than went, here and not on the other side.
    fn appear(&mut self, at_ms: u64, other_net: i64) {
        let net = self.appearing.get();
        let alone = other_net.max(0) * 1_000 <= MOST_OTHER_MILLI * net;
        if self.layers.is_none() && net >= self.least() && alone {
            self.layers = Some(Layers {
                since_ms: at_ms,
                qty: net as u64,
                traded: 0,
            });
        }
    }

    /// The layers, when they have just vanished together.
    fn vanish(&mut self, at_ms: u64, other_net: i64) -> Option<Layers> {
        let layers = self.layers?;
        if at_ms > layers.since_ms + STAND_MS {
            self.layers = None;
            return None;
        }
        let net = -self.vanishing.get();
        let alone = (-other_net).max(0) * 1_000 <= MOST_OTHER_MILLI * net;
        if net < self.least() || (net as u64) * 4 < layers.qty * 3 || !alone {
            return None;
        }
        self.layers.take()
    }
}

impl Spoof {
    /// For one instrument; no price matters.
    pub fn new() -> Self {
        Self {
            sides: [Layering::new(), Layering::new()],
            usual_qty: UsualQty::new(),
            usual_filled: Trail::new(100),
            filled: Window::new(),
            cooldown: Cooldown::default(),
        }
    }

    /// Whether the other side traded more than it usually does in that time.
    fn traded(&self, layers: &Layers, at_ms: u64) -> bool {
        let usual = self.usual_filled.get() * at_ms.saturating_sub(layers.since_ms) / 1_000;
        layers.traded > 0 && layers.traded * 1_000 >= LEAST_TRADES_MILLI * usual
    }

    fn turn(&mut self, snapshot: &Snapshot) {
        self.usual_qty.turn();
        let filled = [self.sides[0].filled, self.sides[1].filled];
        for (side, depth) in self
            .sides
            .iter_mut()
            .zip([snapshot.bid_depth, snapshot.ask_depth])
        {
            side.turn(depth);
            side.filled = 0;
        }
        for (side, traded) in self.sides.iter_mut().zip([filled[1], filled[0]]) {
            if let Some(layers) = &mut side.layers {
                layers.traded += traded;
            }
        }
        self.filled.push(filled[0] + filled[1]);
        // Half of a second's trades: one side's.
        self.usual_filled.push(self.filled.sum() / 2);
    }

    fn flag(&mut self, side: usize, layers: Layers, at_ms: u64) -> Flag {
        self.cooldown.start(at_ms);
        let layering = &mut self.sides[side];
        let milli = layers.qty * 1_000 / layering.usual_depth.get().max(1);
        let gone = layering.gone.seen(at_ms);
        Flag {
            detector: wavetank_abi::Detector::Spoof,
            started_ms: layers.since_ms.saturating_sub(APPEAR as u64 * 20),
            severity_ppm: (milli * 1_000_000 / FULL_LAYERS_MILLI).min(1_000_000) as u32,
            first_handle: gone.first,
            last_handle: gone.last,
            evidence_qty: gone.qty,
        }
    }
}

impl Default for Spoof {
    fn default() -> Self {
        Self::new()
    }
}

impl Detector for Spoof {
    fn observe(&mut self, seen: &Observation) {
        if seen.side == Side::Inherit {
            return;
        }
        let counts = self.usual_qty.clipped(seen.qty);
        let side = &mut self.sides[seen.side as usize];
        match seen.what {
            What::Placed => {
                side.placed += counts;
                self.usual_qty.place(seen.qty);
            }
            What::Pulled => {
                side.pulled += counts;
                side.gone.add(seen.at_ms, seen.handle, seen.qty);
            }
            What::Filled => side.filled += seen.qty,
            What::Printed => {}
        }
    }

    fn tick(&mut self, snapshot: &Snapshot) -> Option<Flag> {
        self.turn(snapshot);
        if !self.filled.is_full() {
            return None;
        }
        let at_ms = snapshot.at_ms;
        let appearing = [0, 1].map(|side| self.sides[side].appearing.get());
        let vanishing = [0, 1].map(|side| self.sides[side].vanishing.get());
        let mut found = None;
        for side in [0, 1] {
            let vanished = self.sides[side].vanish(at_ms, vanishing[1 - side]);
            found = vanished.map(|layers| (side, layers)).or(found);
            self.sides[side].appear(at_ms, appearing[1 - side]);
        }
        let (side, layers) = found.filter(|(_, layers)| self.traded(layers, at_ms))?;
        self.cooldown
            .is_over(at_ms)
            .then(|| self.flag(side, layers, at_ms))
    }
}
