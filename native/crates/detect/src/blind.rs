//! The blindfold: what detectors may see of a record. In: records of one instrument with the touch
//! after them. Out: observations. Sequence, channel, storm, role, flags and ids end here; handles
//! lead back to ids for whoever writes a flag down.
//!
//! Orders are remembered in a table of fixed size by the low bits of their id; a newer order may
//! take an older one's place, which is then of unknown age.

use serde::{Deserialize, Serialize};
use wavetank_abi::{ApplyStatus, EventType, Record, Side, event_flags};
use wavetank_book::fetch;

use crate::observation::{NO_HANDLE, Observation, What};

const SLOT_BITS: u32 = 15;
const SLOTS: usize = 1 << SLOT_BITS;
const NS_PER_MS: u64 = 1_000_000;
/// Pulls of one ms that are remembered on a side.
const PULLS: usize = 8;

#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
struct Slot {
    id: u64,
    qty: u64,
    born_ms: u32,
    /// How many orders have had this slot; 0: none.
    turn: u16,
}

/// Remembers orders of one instrument and makes observations of their records.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Blind {
    slots: Slots,
    pulls: [Pulls; 2],
}

/// Quantities pulled on a side in one ms, the latest few, that no order has come for yet.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
struct Pulls {
    at_ms: u64,
    qtys: [u64; PULLS],
    at: u8,
}

impl Pulls {
    #[inline]
    fn pull(&mut self, at_ms: u64, qty: u64) {
        self.turn(at_ms);
        self.qtys[usize::from(self.at) % PULLS] = qty;
        self.at = self.at.wrapping_add(1);
    }

    /// Whether an order of this size moves here.
    #[inline]
    fn place(&mut self, at_ms: u64, qty: u64) -> bool {
        self.turn(at_ms);
        let found = self.qtys.iter_mut().find(|pulled| **pulled == qty);
        found.map(|pulled| *pulled = 0).is_some()
    }

    #[inline]
    fn turn(&mut self, at_ms: u64) {
        if at_ms != self.at_ms {
            *self = Self {
                at_ms,
                ..Self::default()
            };
        }
    }
}

impl Blind {
    pub(crate) fn new() -> Self {
        Self {
            slots: Slots::default(),
            pulls: [Pulls::default(); 2],
        }
    }

    /// The observation of a record; None when there is nothing to see. `touch` is the best bid and
    /// ask after it, 0 where a side is empty.
    #[inline]
    pub(crate) fn see(
        &mut self,
        record: &Record,
        done_qty: u64,
        touch: (u64, u64),
    ) -> Option<Observation> {
        let status = record.status;
        if status == ApplyStatus::Tape as u32 {
            return self.print(record);
        }
        if status != ApplyStatus::Applied as u32 {
            return None;
        }
        let side = Side::from_raw(record.side)?;
        let at_ms = record.ts_ns / NS_PER_MS;
        let (what, qty, handle, age_ms) = match EventType::from_raw(record.event_type)? {
            EventType::Add => {
                let handle = self.remember(record.order_id, done_qty, at_ms);
                (What::Placed, done_qty, handle, 0)
            }
            EventType::Cancel => self.shrink(record.order_id, done_qty, at_ms, What::Pulled),
            EventType::Trade => self.shrink(record.order_id, done_qty, at_ms, What::Filled),
            EventType::Modify => self.resize(record.order_id, done_qty, at_ms),
            EventType::Clear | EventType::Status => return None,
        };
        let behind = behind(side, record.price, touch);
        let moves = self.moves(what, side, at_ms, qty);
        Some(Observation {
            at_ms,
            price: record.price,
            qty,
            handle,
            age_ms,
            behind,
            what,
            side,
            moves,
        })
    }

    /// A hint: a record of this order comes soon.
    #[inline]
    pub(crate) fn coming(&self, id: u64) {
        fetch(&raw const self.slots.0[place(id)]);
    }

    #[inline]
    fn moves(&mut self, what: What, side: Side, at_ms: u64, qty: u64) -> bool {
        let Some(pulls) = self.pulls.get_mut(side as usize) else {
            return false;
        };
        match what {
            What::Pulled => pulls.pull(at_ms, qty),
            What::Placed => return pulls.place(at_ms, qty),
            What::Filled | What::Printed => {}
        }
        false
    }

    /// The id behind a handle, while it is remembered.
    pub(crate) fn order_id(&self, handle: u32) -> Option<u64> {
        let slot = self.slots.0[handle as usize % SLOTS];
        (handle != NO_HANDLE && handle >> SLOT_BITS == u32::from(slot.turn)).then_some(slot.id)
    }

    fn print(&self, record: &Record) -> Option<Observation> {
        let hidden = record.event_type == EventType::Trade as u8
            && record.flags & event_flags::NON_DISPLAYED != 0;
        hidden.then_some(Observation {
            at_ms: record.ts_ns / NS_PER_MS,
            price: record.price,
            qty: record.qty,
            handle: NO_HANDLE,
            age_ms: u32::MAX,
            behind: 0,
            what: What::Printed,
            side: Side::Inherit,
            moves: false,
        })
    }

    fn remember(&mut self, id: u64, qty: u64, at_ms: u64) -> u32 {
        let at = place(id);
        let slot = &mut self.slots.0[at];
        // An id that comes again keeps its handle.
        let turn = match slot.turn {
            turn if turn > 0 && slot.id == id => turn,
            u16::MAX => 1,
            turn => turn + 1,
        };
        *slot = Slot {
            id,
            qty,
            born_ms: at_ms as u32,
            turn,
        };
        handle(at, turn)
    }

    fn shrink(&mut self, id: u64, qty: u64, at_ms: u64, what: What) -> (What, u64, u32, u32) {
        let at = place(id);
        let slot = &mut self.slots.0[at];
        if slot.turn == 0 || slot.id != id {
            return (what, qty, NO_HANDLE, u32::MAX);
        }
        slot.qty = slot.qty.saturating_sub(qty);
        (
            what,
            qty,
            handle(at, slot.turn),
            (at_ms as u32).saturating_sub(slot.born_ms),
        )
    }

    /// A resting order has another quantity now: the difference was placed or pulled.
    fn resize(&mut self, id: u64, qty: u64, at_ms: u64) -> (What, u64, u32, u32) {
        let at = place(id);
        let slot = self.slots.0[at];
        let before = if slot.turn > 0 && slot.id == id {
            slot.qty
        } else {
            0
        };
        if qty < before {
            return self.shrink(id, before - qty, at_ms, What::Pulled);
        }
        let handle = self.remember(id, qty, at_ms);
        (What::Placed, qty - before, handle, 0)
    }
}

fn behind(side: Side, price: u64, (bid, ask): (u64, u64)) -> u64 {
    match side {
        Side::Bid => bid.saturating_sub(price),
        _ if ask == 0 => 0,
        _ => price.saturating_sub(ask),
    }
}

/// Where an order is remembered: neighbours lie beside each other, and numbers that differ in their
/// high bits alone lie apart.
fn place(id: u64) -> usize {
    let spread = (id >> SLOT_BITS).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - SLOT_BITS);
    (id ^ spread) as usize % SLOTS
}

fn handle(at: usize, turn: u16) -> u32 {
    u32::from(turn) << SLOT_BITS | at as u32
}

/// The table; in a checkpoint, the slots that were ever taken, with their places.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(into = "Vec<(u16, Slot)>", try_from = "Vec<(u16, Slot)>")]
struct Slots(Box<[Slot]>);

impl Default for Slots {
    fn default() -> Self {
        Self(vec![Slot::default(); SLOTS].into_boxed_slice())
    }
}

impl From<Slots> for Vec<(u16, Slot)> {
    fn from(slots: Slots) -> Self {
        let slots = slots.0.iter().enumerate();
        let taken = slots.filter(|(_, slot)| slot.turn > 0);
        taken.map(|(at, slot)| (at as u16, *slot)).collect()
    }
}

impl TryFrom<Vec<(u16, Slot)>> for Slots {
    type Error = &'static str;

    fn try_from(taken: Vec<(u16, Slot)>) -> Result<Self, Self::Error> {
        let mut slots = Self::default();
        for (at, slot) in taken {
            *slots.0.get_mut(usize::from(at)).ok_or("no such slot")? = slot;
        }
        Ok(slots)
    }
}
