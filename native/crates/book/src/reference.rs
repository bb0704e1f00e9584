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
    orders: BTreeMap<u64, Order>,
    /// Ids by (instrument, side, price), first in the queue first; no queue is empty.
    queues: BTreeMap<Key, Vec<u64>>,
}

fn key_of(order: &Order) -> Key {
    (order.instrument_id, order.side, order.price)
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
            .orders
            .get(&event.order_id)
            .ok_or(ApplyStatus::UnknownOrder)?;
        if order.instrument_id == event.instrument_id {
            Ok(*order)
        } else {
            Err(ApplyStatus::WrongInstrument)
        }
    }

    fn insert(&mut self, order: Order) {
        self.orders.insert(order.id, order);
        self.queues
            .entry(key_of(&order))
            .or_default()
            .push(order.id);
    }

    fn remove(&mut self, order: &Order) {
        self.orders.remove(&order.id);
        let queue = self
            .queues
            .get_mut(&key_of(order))
            .expect("a live order has a queue");
        queue.retain(|&id| id != order.id);
        if queue.is_empty() {
            self.queues.remove(&key_of(order));
        }
    }

    fn take(&mut self, order: &Order, qty: u64) -> u64 {
        if qty >= order.qty {
            self.remove(order);
            return order.qty;
        }
        self.orders.insert(
            order.id,
            Order {
                qty: order.qty - qty,
                ..*order
            },
        );
        qty
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
        self.insert(order_of(event, side));
        Ok(applied(event, event.qty, side, event.price))
    }

    fn modify(&mut self, event: &Event) -> Result<Outcome, ApplyStatus> {
        let order = self.named(event)?;
        if event.price == order.price && event.qty < order.qty {
            self.orders.insert(
                order.id,
                Order {
                    qty: event.qty,
                    ..order
                },
            );
        } else {
            self.remove(&order);
            self.insert(Order {
                price: event.price,
                qty: event.qty,
                ..order
            });
        }
        Ok(applied(event, event.qty, order.side, event.price))
    }

    fn clear(&mut self, instrument: u32) {
        self.orders
            .retain(|_, order| order.instrument_id != instrument);
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
        self.remove(&old);
        self.insert(order_of(add, old.side));
        let first = applied(cancel, old.qty, old.side, old.price);
        Ok([first, applied(add, add.qty, old.side, add.price)])
    }

    fn level_at(&self, key: &Key, ids: &[u64]) -> Level {
        let qty = ids.iter().map(|id| self.orders[id].qty).sum();
        Level {
            price: key.2,
            qty,
            orders: ids.len() as u32,
        }
    }
}

fn order_of(event: &Event, side: Side) -> Order {
    Order {
        id: event.order_id,
        instrument_id: event.instrument_id,
        side,
        price: event.price,
        qty: event.qty,
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
        self.orders.get(&id).copied()
    }

    fn best(&self, instrument: u32, side: Side) -> Option<Level> {
        self.levels(instrument, side).next()
    }

    fn level(&self, instrument: u32, side: Side, price: u64) -> Option<Level> {
        let key = (instrument, side, price);
        self.queues.get(&key).map(|ids| self.level_at(&key, ids))
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
            next.map(|(key, ids)| self.level_at(key, ids))
        })
    }

    fn queue(
        &self,
        instrument: u32,
        side: Side,
        price: u64,
    ) -> impl DoubleEndedIterator<Item = (u64, u64)> + '_ {
        let ids = self
            .queues
            .get(&(instrument, side, price))
            .map_or(&[][..], Vec::as_slice);
        ids.iter().map(|id| (*id, self.orders[id].qty))
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
        self.queues.iter().fold(0, |sum: u128, (key, ids)| {
            let level = self.level_at(key, ids);
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
