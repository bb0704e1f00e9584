//! The witness: a plain book of section 3 in one vector, sharing no code with any other book. In:
//! records. Out: what each moved. Knows no storm, channel or source.

use wavetank_abi::{ApplyStatus, EventType, Record, event_flags};

const OFF_BOOK: u16 = event_flags::NON_DISPLAYED | event_flags::CROSS;

/// A resting order; orders of one level rest in the order of the vector.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Resting {
    pub id: u64,
    pub instrument_id: u32,
    pub side: u8,
    pub price: u64,
    pub qty: u64,
}

#[derive(Default)]
pub(super) struct Plain {
    pub orders: Vec<Resting>,
    half: Option<Record>,
}

impl Plain {
    fn at(&self, id: u64) -> Option<usize> {
        self.orders.iter().position(|o| o.id == id)
    }

    /// Quantity moved, `None` for the first half of a replace; 0 means no effect.
    pub(super) fn feed(&mut self, record: &Record) -> Option<u64> {
        let replaces = record.flags & event_flags::REPLACE != 0;
        let old = self.half.take();
        let kind = EventType::from_raw(record.event_type)?;
        if kind == EventType::Cancel && replaces {
            self.half = Some(*record);
            return None;
        }
        Some(match (kind, old) {
            (EventType::Add, Some(old)) => self.replace(&old, record),
            (EventType::Add, None) => self.add(record),
            (EventType::Clear, _) => {
                self.orders
                    .retain(|o| o.instrument_id != record.instrument_id);
                0
            }
            (EventType::Status, _) => 0,
            _ => self.change(kind, record),
        })
    }

    fn add(&mut self, record: &Record) -> u64 {
        let Record {
            order_id: id,
            instrument_id,
            side,
            price,
            qty,
            ..
        } = *record;
        if qty == 0 || self.at(id).is_some() {
            return 0;
        }
        self.orders.push(Resting {
            id,
            instrument_id,
            side,
            price,
            qty,
        });
        qty
    }

    fn replace(&mut self, old: &Record, new: &Record) -> u64 {
        let Some(at) = self.at(old.order_id) else {
            return 0;
        };
        let taken = old.order_id != new.order_id && self.at(new.order_id).is_some();
        let elsewhere = self.orders[at].instrument_id != old.instrument_id;
        if taken || elsewhere || new.qty == 0 {
            return 0;
        }
        let side = self.orders.remove(at).side;
        self.add(&Record { side, ..*new })
    }

    fn change(&mut self, kind: EventType, record: &Record) -> u64 {
        let tape = kind == EventType::Trade && record.flags & OFF_BOOK != 0;
        let Some(at) = self.at(record.order_id).filter(|_| !tape) else {
            return 0;
        };
        let order = self.orders[at];
        let empty = record.qty == 0 && kind != EventType::Cancel;
        if order.instrument_id != record.instrument_id || empty {
            return 0;
        }
        if kind != EventType::Modify {
            let asked = if record.qty == 0 {
                order.qty
            } else {
                record.qty
            };
            let moved = asked.min(order.qty);
            self.orders[at].qty -= moved;
            self.orders.retain(|o| o.qty > 0);
            return moved;
        }
        let changed = Resting {
            price: record.price,
            qty: record.qty,
            ..order
        };
        if order.price == record.price && record.qty < order.qty {
            self.orders[at] = changed;
        } else {
            self.orders.remove(at);
            self.orders.push(changed);
        }
        record.qty
    }

    /// Whether a record of this status should have moved nothing.
    pub(super) fn agrees(record: &Record, moved: Option<u64>, done_qty: u64) -> bool {
        let applied = record.status == ApplyStatus::Applied as u32;
        let clear = record.event_type == EventType::Clear as u8;
        moved.is_none_or(|n| n == done_qty && (clear || applied == (n > 0)))
    }

    /// Orders of a side that a taker meets, best price first, then first in the queue.
    pub(super) fn in_priority(&self, instrument_id: u32, side: u8) -> Vec<Resting> {
        let of_side = |o: &&Resting| o.instrument_id == instrument_id && o.side == side;
        let mut orders: Vec<Resting> = self.orders.iter().filter(of_side).copied().collect();
        orders.sort_by_key(|o| if side == 0 { !o.price } else { o.price });
        orders
    }
}
