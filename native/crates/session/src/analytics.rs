//! Analytics of one watched instrument: flow, regime, detectors. In: its records with the touch after
//! each, virtual instants with the book. Out: the numbers of a tick, flags.

use wavetank_abi::{Record, event_flags};
use wavetank_detect::{Bank, Flag, Snapshot};
use wavetank_flow::{Flow, FlowParams, FlowTick, Touch};

use crate::checkpoint::{decode, encode};
use crate::error::Result;
use crate::time::MS_NS;

/// A record of a watched instrument with what detectors and flow want to know beside it.
#[derive(Clone, Copy)]
pub struct Seen {
    /// Slot of the instrument in the watch set.
    pub slot: u8,
    /// What it moved in the book.
    pub done_qty: u64,
    /// Best bid and ask right after it; 0 where a side is empty.
    pub touch: (u64, u64),
    /// The record.
    pub record: Record,
}

/// What an instrument's flow says and what its detectors see.
pub struct Analytics {
    flow: Flow,
    /// Made once the instrument has a price: its tick size hangs on that.
    bank: Option<Bank>,
    tick_size: Option<u32>,
    flags: Vec<Flag>,
    flag_no: u64,
}

impl Analytics {
    /// Begins now; a tick size that is not known follows from the price.
    pub fn new(instrument: u32, tick_size: Option<u32>) -> Self {
        Self {
            flow: Flow::new(instrument, flow_params(tick_size)),
            bank: None,
            tick_size,
            flags: Vec::new(),
            flag_no: 0,
        }
    }

    /// Appends the state for a checkpoint; flags were taken at the last tick.
    pub fn save(&self, out: &mut Vec<u8>) -> Result<()> {
        let mut flow = Vec::new();
        self.flow.save(&mut flow);
        encode(&(flow, &self.bank, self.tick_size, self.flag_no), out)
    }

    /// The analytics of an instrument that `save` wrote.
    pub fn load(instrument: u32, bytes: &[u8]) -> Option<Self> {
        type Saved = (Vec<u8>, Option<Bank>, Option<u32>, u64);
        let (flow, bank, tick_size, flag_no): Saved = decode(bytes, "watch").ok()?;
        let mut rest = flow.as_slice();
        let flow = Flow::load(instrument, flow_params(tick_size), &mut rest)?;
        rest.is_empty().then_some(Self {
            flow,
            bank,
            tick_size,
            flags: Vec::new(),
            flag_no,
        })
    }

    /// Takes a record.
    #[inline]
    pub fn observe(&mut self, seen: &Seen) {
        let Seen {
            done_qty,
            touch,
            record,
            ..
        } = seen;
        self.flow.on_record(record, *done_qty);
        if record.flags & event_flags::MORE == 0 {
            self.flow.on_touch(record.ts_ns, touch.0, touch.1);
        }
        match &mut self.bank {
            Some(bank) => bank.record(record, *done_qty, *touch),
            None => self.begin_detection(seen),
        }
    }

    /// A hint: a record of this order comes soon.
    #[inline]
    pub fn coming(&self, order_id: u64) {
        if let Some(bank) = &self.bank {
            bank.coming(order_id);
        }
    }

    #[cold]
    fn begin_detection(&mut self, seen: &Seen) {
        let price = seen.touch.0.max(seen.touch.1);
        if price > 0 {
            let tick_size = self.tick_size.unwrap_or_else(|| tick_size_at(price));
            let bank = self.bank.insert(Bank::new(tick_size));
            bank.record(&seen.record, seen.done_qty, seen.touch);
        }
    }

    /// Everything due at a tick instant; flags wait for `take_flags`.
    pub fn tick(&mut self, now_ns: u64, touch: &Touch) -> FlowTick {
        let numbers = self.flow.tick(now_ns, touch);
        let snapshot = Snapshot {
            at_ms: now_ns / MS_NS,
            bid: touch.bid,
            ask: touch.ask,
            bid_depth: touch.bid_depth,
            ask_depth: touch.ask_depth,
        };
        if let Some(bank) = &mut self.bank {
            bank.tick(&snapshot, &mut self.flags);
        }
        numbers
    }

    /// The next flag raised, its number, and the ids of the orders it names.
    pub fn take_flag(&mut self) -> Option<(Flag, u64, [u64; 2])> {
        if self.flags.is_empty() {
            return None;
        }
        let flag = self.flags.remove(0);
        self.flag_no += 1;
        let id = |handle| {
            self.bank
                .as_ref()
                .and_then(|b| b.order_id(handle))
                .unwrap_or(0)
        };
        Some((
            flag,
            self.flag_no,
            [id(flag.first_handle), id(flag.last_handle)],
        ))
    }
}

fn flow_params(tick_size: Option<u32>) -> FlowParams {
    FlowParams {
        tick_size,
        ..FlowParams::default()
    }
}

/// Price increment where nothing else is said: 100 at $1 and above, else 1, in 1/10000 dollar.
pub const fn tick_size_at(price: u64) -> u32 {
    if price >= 10_000 { 100 } else { 1 }
}
