//! What lives in a gate stream, and the messages that act on it as a venue would. In: chance. Out:
//! adds, executions, cancels, deletes, replaces that all apply.

use std::collections::BTreeMap;

use wavetank_feed::encode::{
    AddOrder, AddOrderMpid, OrderCancel, OrderDelete, OrderExecuted, OrderExecutedWithPrice,
    OrderReplace,
};

use super::{Gate, GateProfile, stock};

/// What must be known of an order to hit it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Live {
    pub(super) locate: u16,
    pub(super) qty: u32,
}

/// Live orders, to look up and to pick from.
#[derive(Debug, Default)]
pub(super) struct Orders {
    by_id: BTreeMap<u64, (Live, usize)>,
    ids: Vec<u64>,
}

impl Orders {
    pub(super) fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    pub(super) fn len(&self) -> u32 {
        self.ids.len() as u32
    }

    pub(super) fn at(&self, at: u32) -> (u64, Live) {
        let id = self.ids[at as usize];
        (id, self.by_id[&id].0)
    }

    pub(super) fn holds(&self, id: u64) -> bool {
        self.by_id.contains_key(&id)
    }

    pub(super) fn insert(&mut self, id: u64, live: Live) {
        self.by_id.insert(id, (live, self.ids.len()));
        self.ids.push(id);
    }

    pub(super) fn reduce(&mut self, id: u64, qty: u32) {
        let Some((live, at)) = self.by_id.get_mut(&id) else {
            return;
        };
        live.qty = live.qty.saturating_sub(qty);
        if live.qty > 0 {
            return;
        }
        let at = *at;
        self.by_id.remove(&id);
        self.ids.swap_remove(at);
        if let Some(moved) = self.ids.get(at).and_then(|id| self.by_id.get_mut(id)) {
            moved.1 = at;
        }
    }
}

impl Gate {
    pub(super) fn add(&mut self) {
        let (locate, order_reference) = (self.locate(), self.fresh_id());
        let (shares, price) = (self.shares(), self.price());
        let head = self.head(locate);
        let side = if self.rng.word() & 1 == 0 { b'B' } else { b'S' };
        let stock = stock(locate);
        if self.rng.per_mille(100) {
            let attribution = *b"GATE";
            self.write(AddOrderMpid {
                head,
                order_reference,
                side,
                shares,
                stock,
                price,
                attribution,
            });
        } else {
            self.write(AddOrder {
                head,
                order_reference,
                side,
                shares,
                stock,
                price,
            });
        }
        self.orders.insert(
            order_reference,
            Live {
                locate,
                qty: shares,
            },
        );
    }

    pub(super) fn delete(&mut self) {
        let (order_reference, live) = self.some_live();
        self.write(OrderDelete {
            head: self.head(live.locate),
            order_reference,
        });
        self.orders.reduce(order_reference, live.qty);
    }

    pub(super) fn cancel(&mut self) {
        let (order_reference, live) = self.some_live();
        let shares = self.part_of(live.qty);
        self.write(OrderCancel {
            head: self.head(live.locate),
            order_reference,
            shares,
        });
        self.orders.reduce(order_reference, shares);
    }

    pub(super) fn execute(&mut self) {
        let (order_reference, live) = self.some_live();
        let (shares, match_number) = (self.part_of(live.qty), self.matched());
        let head = self.head(live.locate);
        self.write(OrderExecuted {
            head,
            order_reference,
            shares,
            match_number,
        });
        self.orders.reduce(order_reference, shares);
    }

    pub(super) fn execute_at_price(&mut self) {
        let (order_reference, live) = self.some_live();
        let (shares, match_number) = (self.part_of(live.qty), self.matched());
        let head = self.head(live.locate);
        let printable = if self.rng.per_mille(300) { b'N' } else { b'Y' };
        let price = self.price();
        let message = OrderExecutedWithPrice {
            head,
            order_reference,
            shares,
            match_number,
            printable,
            price,
        };
        self.write(message);
        self.orders.reduce(order_reference, shares);
    }

    pub(super) fn replace(&mut self) {
        let (order_reference, live) = self.some_live();
        let new_order_reference = if self.rng.per_mille(80) {
            order_reference
        } else {
            self.fresh_id()
        };
        let (shares, price) = (self.shares(), self.price());
        let head = self.head(live.locate);
        self.write(OrderReplace {
            head,
            order_reference,
            new_order_reference,
            shares,
            price,
        });
        self.orders.reduce(order_reference, live.qty);
        self.orders.insert(
            new_order_reference,
            Live {
                locate: live.locate,
                qty: shares,
            },
        );
    }

    /// Some of it, all of it, or more than there is.
    fn part_of(&mut self, qty: u32) -> u32 {
        let all = if self.profile == GateProfile::Thin {
            700
        } else {
            250
        };
        match self.rng.below(1_000) {
            n if n < all => qty,
            n if n < all + 100 => qty.saturating_add(1 + self.rng.below(1_000)),
            _ => 1 + self.rng.below(qty),
        }
    }
}
