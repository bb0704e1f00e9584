//! The reference book: ordered maps, plain, slow, obviously right. In: events. Out: as `Book` says.

use crate::book::{Book, Level, Order, Outcome};
use crate::digest::{l2_hash_of, level_digest};
use crate::rules::{Request, judge, judge_pair, rejected};
use std::collections::{BTreeMap, BTreeSet};
use wavetank_abi::{ApplyStatus, Event, Side};

type Key = (u32, Side, u64);

/// All instruments in two ordered maps; digests are computed from scratch on each request.
#[derive(Clone, Debug, Default)]
pub struct ReferenceBook {
    /// Where each live order rests.
    orders: BTreeMap<u64, Key>,
    /// (id, quantity) by (instrument, side, price), first in the queue first; no queue is empty.
    queues: BTreeMap<Key, Vec<(u64, u64)>>,
}

fn applied(event: &Event, done_qty: u64, side: Side, price: u64) -> Outcome {
    let event = Event {
        side: side as u8,
        price,
        ..*event
    };
    Outcome {
        status: ApplyStatus::Applied,
        done_qty,
        event,
    }
}

impl ReferenceBook {
    /// An empty book.
    pub fn new() -> Self {
        Self::default()
    }

    fn named(&self, event: &Event) -> Result<Order, ApplyStatus> {
        let order = self
            .order(event.order_id)
            .ok_or(ApplyStatus::UnknownOrder)?;
        if order.instrument_id == event.instrument_id {
            Ok(order)
        } else {
            Err(ApplyStatus::WrongInstrument)
        }
    }

    fn insert(&mut self, id: u64, key: Key, qty: u64) {
        self.orders.insert(id, key);
        self.queues.entry(key).or_default().push((id, qty));
    }

    /// Sets what is left of a live order, in its place; at 0 it leaves, an empty level too.
    fn set_qty(&mut self, order: &Order, left: u64) {
        let key = (order.instrument_id, order.side, order.price);
        let queue = self.queues.get_mut(&key).expect("a live order has a queue");
        let at = queue
            .iter()
            .position(|(id, _)| *id == order.id)
            .expect("it holds the order");
        if left > 0 {
            queue[at].1 = left;
            return;
        }
        queue.remove(at);
        if queue.is_empty() {
            self.queues.remove(&key);
        }
        self.orders.remove(&order.id);
    }

    fn take(&mut self, order: &Order, qty: u64) -> u64 {
        let done = qty.min(order.qty);
        self.set_qty(order, order.qty - done);
        done
    }

    fn try_apply(&mut self, event: &Event) -> Result<Outcome, ApplyStatus> {
        match judge(event)? {
            Request::Tape => Ok(rejected(event, ApplyStatus::Tape)),
            Request::Clear => {
                self.clear(event.instrument_id);
                Ok(rejected(event, ApplyStatus::Applied))
            }
            Request::Add => self.add(event),
            Request::Cancel => {
                let order = self.named(event)?;
                let asked = if event.qty == 0 { order.qty } else { event.qty };
                let done = self.take(&order, asked);
                Ok(applied(event, done, order.side, order.price))
            }
            Request::Trade => {
                let order = self.named(event)?;
                let done = self.take(&order, event.qty);
                let price = if event.price == 0 {
                    order.price
                } else {
                    event.price
                };
                Ok(applied(event, done, order.side, price))
            }
            Request::Modify => self.modify(event),
        }
    }

    fn add(&mut self, event: &Event) -> Result<Outcome, ApplyStatus> {
        if self.orders.contains_key(&event.order_id) {
            return Err(ApplyStatus::DuplicateId);
        }
        let side = Side::from_raw(event.side).expect("judged");
        self.insert(
            event.order_id,
            (event.instrument_id, side, event.price),
            event.qty,
        );
        Ok(applied(event, event.qty, side, event.price))
    }

    fn modify(&mut self, event: &Event) -> Result<Outcome, ApplyStatus> {
        let order = self.named(event)?;
        if event.price == order.price && event.qty < order.qty {
            self.set_qty(&order, event.qty);
        } else {
            self.set_qty(&order, 0);
            self.insert(
                order.id,
                (order.instrument_id, order.side, event.price),
                event.qty,
            );
        }
        Ok(applied(event, event.qty, order.side, event.price))
    }

    fn clear(&mut self, instrument: u32) {
        self.orders.retain(|_, key| key.0 != instrument);
        self.queues.retain(|key, _| key.0 != instrument);
    }

    fn try_replace(&mut self, cancel: &Event, add: &Event) -> Result<[Outcome; 2], ApplyStatus> {
        judge_pair(cancel, add)?;
        let old = self.named(cancel)?;
        if add.order_id != old.id && self.orders.contains_key(&add.order_id) {
            return Err(ApplyStatus::DuplicateId);
        }
        if add.qty == 0 {
            return Err(ApplyStatus::ZeroQty);
        }
        self.set_qty(&old, 0);
        self.insert(
            add.order_id,
            (old.instrument_id, old.side, add.price),
            add.qty,
        );
        let first = applied(cancel, old.qty, old.side, old.price);
        Ok([first, applied(add, add.qty, old.side, add.price)])
    }
}

fn level_of(price: u64, queue: &[(u64, u64)]) -> Level {
    let qty = queue.iter().map(|(_, qty)| qty).sum();
    Level {
        price,
        qty,
        orders: queue.len() as u32,
    }
}

impl Book for ReferenceBook {
    fn apply(&mut self, event: &Event) -> Outcome {
        self.try_apply(event)
            .unwrap_or_else(|status| rejected(event, status))
    }

    fn replace(&mut self, cancel: &Event, add: &Event) -> [Outcome; 2] {
        self.try_replace(cancel, add)
            .unwrap_or_else(|status| [rejected(cancel, status), rejected(add, status)])
    }

    fn order(&self, id: u64) -> Option<Order> {
        let key = self.orders.get(&id)?;
        let (_, qty) = self.queues[key].iter().find(|(other, _)| *other == id)?;
        Some(Order {
            id,
            instrument_id: key.0,
            side: key.1,
            price: key.2,
            qty: *qty,
        })
    }

    fn best(&self, instrument: u32, side: Side) -> Option<Level> {
        self.levels(instrument, side).next()
    }

    fn level(&self, instrument: u32, side: Side, price: u64) -> Option<Level> {
        self.queues
            .get(&(instrument, side, price))
            .map(|queue| level_of(price, queue))
    }

    fn levels(&self, instrument: u32, side: Side) -> impl Iterator<Item = Level> + '_ {
        let mut range = self
            .queues
            .range((instrument, side, 0)..=(instrument, side, u64::MAX));
        std::iter::from_fn(move || {
            let next = if side == Side::Bid {
                range.next_back()
            } else {
                range.next()
            };
            next.map(|(key, queue)| level_of(key.2, queue))
        })
    }

    fn queue(
        &self,
        instrument: u32,
        side: Side,
        price: u64,
    ) -> impl DoubleEndedIterator<Item = (u64, u64)> + '_ {
        self.queues
            .get(&(instrument, side, price))
            .into_iter()
            .flatten()
            .copied()
    }

    fn instruments(&self) -> impl Iterator<Item = u32> + '_ {
        self.queues
            .keys()
            .map(|key| key.0)
            .collect::<BTreeSet<u32>>()
            .into_iter()
    }

    fn live_orders(&self) -> u64 {
        self.orders.len() as u64
    }

    fn market_digest(&self) -> u128 {
        self.queues.iter().fold(0, |sum: u128, (key, queue)| {
            let level = level_of(key.2, queue);
            sum.wrapping_add(level_digest(key.0, key.1 as u8, level.price, level.qty))
        })
    }

    fn l2_hash(&self, instrument: u32) -> u64 {
        l2_hash_of(
            self.levels(instrument, Side::Bid),
            self.levels(instrument, Side::Ask),
        )
    }
}
