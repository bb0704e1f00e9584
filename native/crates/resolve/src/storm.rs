//! One storm as the law sees it: its instrument, what it displaced and is owed back, its own
//! orders, and what it has done so far.

use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

use wavetank_abi::ORDER_ID_STORM_BIT;

use crate::owns::Owns;

/// Largest storm id: the ids of own orders leave it 30 bits, since bit 62 is reserved.
pub const STORM_ID_MAX: u32 = (1 << 30) - 1;

/// Own orders a storm may have resting at once; an add beyond it is answered none.
pub const OWN_ORDERS_MAX: u32 = 16_384;

/// Id of a storm's own order in the book.
pub const fn own_order_id(storm: u32, handle: u32) -> u64 {
    ORDER_ID_STORM_BIT | (storm as u64) << 32 | handle as u64
}

/// The storm an order belongs to; `None` for a source order.
pub const fn storm_of(order_id: u64) -> Option<u32> {
    if order_id & ORDER_ID_STORM_BIT == 0 {
        return None;
    }
    Some((order_id >> 32) as u32 & STORM_ID_MAX)
}

/// What a storm has done since it began.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StormCounters {
    /// Channel-1 events it caused.
    pub events: u64,
    /// Shares it took from resting orders.
    pub taken_qty: u64,
    /// Shares of source orders it withdrew.
    pub withdrawn_qty: u64,
    /// Shares of own orders it placed.
    pub placed_qty: u64,
}

/// What a storm displaced on one side and has not seen return.
#[derive(Clone, Debug, Default)]
pub(crate) struct Owed {
    pub qty: u64,
    /// Shares that may return and have not, because the next order is larger.
    pub credit: u64,
    /// (rank, order id): the order in which orders return.
    pub orders: BTreeSet<(u64, u64)>,
}

/// State of one storm.
#[derive(Clone, Debug)]
pub(crate) struct Storm {
    pub instrument_id: u32,
    pub half_life_ms: u32,
    /// Released or ended: what it displaced returns.
    pub returning: bool,
    pub ended: bool,
    pub owed: [Owed; 2],
    pub own: Owns,
    pub resting: u32,
    pub counters: StormCounters,
}

impl Storm {
    pub(crate) fn new(instrument_id: u32, half_life_ms: u32) -> Self {
        Self {
            instrument_id,
            half_life_ms,
            returning: false,
            ended: false,
            owed: Default::default(),
            own: Owns::default(),
            resting: 0,
            counters: StormCounters::default(),
        }
    }

    pub(crate) fn owed_qty(&self) -> u64 {
        self.owed[0].qty + self.owed[1].qty
    }
}
