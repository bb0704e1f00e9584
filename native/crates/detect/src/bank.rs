//! All detectors of one watched instrument. In: its records with the touch after each, and snapshots.
//! Out: flags, and the order ids behind their handles. It knows no storm.

use serde::{Deserialize, Serialize};
use wavetank_abi::Record;

use crate::blind::Blind;
use crate::cancellation_storm::CancellationStorm;
use crate::detector::Detector;
use crate::flash_crash::FlashCrash;
use crate::latency_arb_proxy::LatencyArbProxy;
use crate::momentum_ignition::MomentumIgnition;
use crate::moves::SNAPSHOT_MS;
use crate::observation::{Flag, Observation, Snapshot};
use crate::phantom_liquidity::PhantomLiquidity;
use crate::quote_stuff::QuoteStuff;
use crate::spoof::Spoof;

/// Snapshots left out that are made up for: as far back as any detector looks.
const MOST_LEFT_OUT: u64 = 3_200;

/// The detectors of one instrument. A clone goes on as the original.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Bank {
    blind: Blind,
    phantom_liquidity: PhantomLiquidity,
    cancellation_storm: CancellationStorm,
    momentum_ignition: MomentumIgnition,
    flash_crash: FlashCrash,
    latency_arb_proxy: LatencyArbProxy,
    quote_stuff: QuoteStuff,
    spoof: Spoof,
    last: Option<Snapshot>,
}

impl Bank {
    /// Fresh detectors for an instrument with this price increment, in 1/10000 dollar.
    pub fn new(tick_size: u32) -> Self {
        Self {
            blind: Blind::new(),
            phantom_liquidity: PhantomLiquidity::new(tick_size),
            cancellation_storm: CancellationStorm::new(tick_size),
            momentum_ignition: MomentumIgnition::new(tick_size),
            flash_crash: FlashCrash::new(tick_size),
            latency_arb_proxy: LatencyArbProxy::new(tick_size),
            quote_stuff: QuoteStuff::new(tick_size),
            spoof: Spoof::new(),
            last: None,
        }
    }

    /// A record of the instrument; `done_qty` is what really moved, `touch` the best bid and ask
    /// after it, 0 where a side is empty.
    #[inline]
    pub fn record(&mut self, record: &Record, done_qty: u64, touch: (u64, u64)) {
        if let Some(seen) = self.blind.see(record, done_qty, touch) {
            self.observe(&seen);
        }
    }

    /// A hint: a record of this order comes soon.
    #[inline]
    pub fn coming(&self, order_id: u64) {
        self.blind.coming(order_id);
    }

    #[inline]
    fn observe(&mut self, seen: &Observation) {
        self.phantom_liquidity.observe(seen);
        self.cancellation_storm.observe(seen);
        self.momentum_ignition.observe(seen);
        self.flash_crash.observe(seen);
        self.latency_arb_proxy.observe(seen);
        self.quote_stuff.observe(seen);
        self.spoof.observe(seen);
    }

    /// A snapshot, every 20 ms of virtual time; appends the flags it brings. Snapshots left out count
    /// as ones at which nothing had changed.
    pub fn tick(&mut self, snapshot: &Snapshot, flags: &mut Vec<Flag>) {
        let before = self.last.replace(*snapshot).unwrap_or(*snapshot);
        let passed_ms = snapshot.at_ms.saturating_sub(before.at_ms);
        let left_out = (passed_ms / SNAPSHOT_MS)
            .saturating_sub(1)
            .min(MOST_LEFT_OUT);
        for ago in (1..=left_out).rev() {
            let at_ms = snapshot.at_ms - ago * SNAPSHOT_MS;
            self.judge(&Snapshot { at_ms, ..before }, flags);
        }
        self.judge(snapshot, flags);
    }

    fn judge(&mut self, snapshot: &Snapshot, flags: &mut Vec<Flag>) {
        flags.extend(self.phantom_liquidity.tick(snapshot));
        flags.extend(self.cancellation_storm.tick(snapshot));
        flags.extend(self.momentum_ignition.tick(snapshot));
        flags.extend(self.flash_crash.tick(snapshot));
        flags.extend(self.latency_arb_proxy.tick(snapshot));
        flags.extend(self.quote_stuff.tick(snapshot));
        self.spoof.tide(self.phantom_liquidity.runs());
        flags.extend(self.spoof.tick(snapshot));
    }

    /// The order behind a handle of a flag, while it is remembered.
    pub fn order_id(&self, handle: u32) -> Option<u64> {
        self.blind.order_id(handle)
    }
}
