//! All detectors of one watched instrument. In: its records with the touch after each, and snapshots.
//! Out: flags, and the order ids behind their handles. It knows no storm.

use wavetank_abi::Record;

use crate::blind::Blind;
use crate::detector::Detector;
use crate::flash_crash::FlashCrash;
use crate::observation::{Flag, Snapshot};

/// The detectors of one instrument. A clone goes on as the original.
#[derive(Clone, Debug)]
pub struct Bank {
    blind: Blind,
    flash_crash: FlashCrash,
}

impl Bank {
    /// Fresh detectors for an instrument with this price increment, in 1/10000 dollar.
    pub fn new(tick_size: u32) -> Self {
        Self {
            blind: Blind::new(tick_size),
            flash_crash: FlashCrash::new(tick_size),
        }
    }

    /// A record of the instrument; `done_qty` is what really moved, `touch` the best bid and ask
    /// after it, 0 where a side is empty.
    #[inline]
    pub fn record(&mut self, record: &Record, done_qty: u64, touch: (u64, u64)) {
        if let Some(observation) = self.blind.see(record, done_qty, touch) {
            self.flash_crash.observe(&observation);
        }
    }

    /// A snapshot, every 20 ms of virtual time; appends the flags it brings.
    pub fn tick(&mut self, snapshot: &Snapshot, flags: &mut Vec<Flag>) {
        flags.extend(self.flash_crash.tick(snapshot));
    }

    /// The order behind a handle of a flag, while it is remembered.
    pub fn order_id(&self, handle: u32) -> Option<u64> {
        self.blind.order_id(handle)
    }
}
