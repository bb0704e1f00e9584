//! Storms' own orders: where they rest, and what became of them since their storm last looked.

use serde::{Deserialize, Serialize};
use wavetank_abi::{Event, EventType, Side, ViewOwnOrder};
use wavetank_book::{Book, Outcome};

use crate::area::rank;
use crate::resolver::Resolver;
use crate::rule::Rule;
use crate::storm::storm_of;

/// An own order; with `qty` 0 it is gone and its storm has not been told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Own {
    pub side: Side,
    pub price: u64,
    pub qty: u64,
    pub filled_qty: u64,
}

/// A resting order of a storm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OwnOrder {
    /// Chosen by the storm.
    pub handle: u32,
    /// Side it rests on.
    pub side: Side,
    /// Limit, 1/10000 dollar.
    pub price: u64,
    /// Shares resting.
    pub qty: u64,
}

impl<B: Book> Resolver<B> {
    /// Resting orders of a storm by handle.
    pub fn own_orders(&self, storm: u32) -> impl Iterator<Item = OwnOrder> + '_ {
        self.storms
            .get(&storm)
            .into_iter()
            .flat_map(|s| s.own.iter())
            .filter_map(|(handle, o)| {
                let Own {
                    side, price, qty, ..
                } = *o;
                (qty > 0).then_some(OwnOrder {
                    handle,
                    side,
                    price,
                    qty,
                })
            })
    }

    /// Fills of a storm's orders since it last looked, by handle; it has looked now.
    pub fn take_fills(&mut self, storm: u32, out: &mut Vec<(u32, u64)>) {
        self.look(storm, |handle, own| {
            if own.filled_qty > 0 {
                out.push((handle, own.filled_qty));
            }
        });
    }

    /// The storm's own orders as its view shows them, by handle: those that rest, and those that
    /// were filled or removed since it last looked; it has looked now.
    pub fn take_own_view(&mut self, storm: u32, out: &mut Vec<ViewOwnOrder>) {
        self.look(storm, |handle, own| {
            let Own {
                side,
                price,
                qty,
                filled_qty,
            } = *own;
            out.push(ViewOwnOrder {
                price,
                qty,
                filled_qty,
                handle,
                side: side as u32,
            });
        });
    }

    fn look(&mut self, storm: u32, mut see: impl FnMut(u32, &Own)) {
        let Some(storm) = self.storms.get_mut(&storm) else {
            return;
        };
        storm.own.retain(|handle, own| {
            see(handle, own);
            own.filled_qty = 0;
            own.qty > 0
        });
    }

    /// Keeps the sums and tells the owner after an event on an own order applied.
    pub(crate) fn own_changed(&mut self, outcome: &Outcome) {
        let Event {
            order_id,
            event_type,
            ..
        } = outcome.event;
        let Some(storm_id) = storm_of(order_id) else {
            return;
        };
        match EventType::from_raw(event_type) {
            Some(EventType::Add) => self.own_added(storm_id, &outcome.event),
            Some(EventType::Trade) => {
                self.own_left(storm_id, order_id as u32, outcome.done_qty, true)
            }
            _ => self.own_left(storm_id, order_id as u32, outcome.done_qty, false),
        }
    }

    fn own_added(&mut self, storm_id: u32, event: &Event) {
        let side = Side::from_raw(event.side).expect("an accepted order has a side");
        let (price, qty) = (event.price, event.qty);
        let storm = self
            .storms
            .get_mut(&storm_id)
            .expect("the storm that placed it");
        let filled_qty = storm
            .own
            .get(event.order_id as u32)
            .map_or(0, |o| o.filled_qty);
        storm.own.insert(
            event.order_id as u32,
            Own {
                side,
                price,
                qty,
                filled_qty,
            },
        );
        storm.resting += 1;
        storm.counters.placed_qty += qty;
        self.injected_orders += 1;
        let area = self.areas.entry(event.instrument_id).or_default();
        area.injected[side as usize].more(rank(side, price), qty, 1);
    }

    fn own_left(&mut self, storm_id: u32, handle: u32, qty: u64, filled: bool) {
        let told = self.rules.hold(Rule::OwnersTold);
        let storm = self.storms.get_mut(&storm_id).expect("a storm with orders");
        let instrument_id = storm.instrument_id;
        let own = storm.own.get_mut(handle).expect("an order that rests");
        own.qty -= qty;
        own.filled_qty += if filled && told { qty } else { 0 };
        let (side, price, gone) = (own.side, own.price, own.qty == 0);
        if gone {
            storm.resting -= 1;
            self.injected_orders -= 1;
        }
        let area = self
            .areas
            .get_mut(&instrument_id)
            .expect("an instrument with own orders");
        area.injected[side as usize].less(rank(side, price), qty, gone as u32);
        self.drop_clean_area(instrument_id);
    }

    /// A storm knows of its own cancels: unless a fill is still untold, the order is forgotten.
    pub(crate) fn forget_cancelled(&mut self, storm_id: u32, handle: u32) {
        if let Some(storm) = self.storms.get_mut(&storm_id) {
            storm
                .own
                .forget(handle, |o| o.qty == 0 && o.filled_qty == 0);
        }
    }
}
