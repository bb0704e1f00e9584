//! Displaced quantity: what storms took or withdrew of source orders, per (order, storm).

use wavetank_abi::Side;
use wavetank_book::Book;

use crate::area::rank;
use crate::resolver::Resolver;

/// A source order of which some quantity is displaced.
#[derive(Clone, Debug)]
pub(crate) struct Displaced {
    pub instrument_id: u32,
    pub side: Side,
    pub price: u64,
    /// Nothing of it stands in the market.
    pub ghost: bool,
    /// (storm, shares) in the order in which the storms first displaced it.
    pub parts: Vec<(u32, u64)>,
}

impl Displaced {
    pub(crate) fn part(&self, storm: u32) -> u64 {
        self.parts
            .iter()
            .find(|part| part.0 == storm)
            .map_or(0, |part| part.1)
    }

    pub(crate) fn lowest_storm(&self) -> u32 {
        self.parts
            .iter()
            .map(|part| part.0)
            .min()
            .expect("displaced by some storm")
    }
}

/// A source order as it stood when a storm displaced some of it.
#[derive(Clone, Copy)]
pub(crate) struct Hit {
    pub order_id: u64,
    pub side: Side,
    pub price: u64,
    /// Shares displaced now.
    pub qty: u64,
    /// Nothing of the order stands any more.
    pub ghost: bool,
}

impl<B: Book> Resolver<B> {
    /// Books what a storm displaced just now.
    pub(crate) fn displace(&mut self, storm_id: u32, instrument_id: u32, hit: Hit) {
        let Hit {
            order_id,
            side,
            price,
            qty,
            ..
        } = hit;
        let order = self.displaced.entry(order_id).or_insert_with(|| Displaced {
            instrument_id,
            side,
            price,
            ghost: false,
            parts: Vec::with_capacity(1),
        });
        match order.parts.iter_mut().find(|part| part.0 == storm_id) {
            Some(part) => part.1 += qty,
            None => order.parts.push((storm_id, qty)),
        }
        let owed = &mut self
            .storms
            .get_mut(&storm_id)
            .expect("a storm that acts")
            .owed[side as usize];
        owed.qty += qty;
        owed.orders.insert((rank(side, price), order_id));
        let area = self.areas.entry(instrument_id).or_default();
        area.displaced[side as usize].more(rank(side, price), qty, 0);
        self.set_ghost(order_id, hit.ghost);
    }

    /// Records whether anything of a displaced order stands.
    pub(crate) fn set_ghost(&mut self, order_id: u64, ghost: bool) {
        let Some(order) = self.displaced.get_mut(&order_id) else {
            return;
        };
        if order.ghost == ghost {
            return;
        }
        order.ghost = ghost;
        let area = self
            .areas
            .get_mut(&order.instrument_id)
            .expect("an instrument with displaced");
        let ladder = &mut area.displaced[order.side as usize];
        let rank = rank(order.side, order.price);
        if ghost {
            ladder.more(rank, 0, 1)
        } else {
            ladder.less(rank, 0, 1)
        }
    }

    /// `qty` of what a storm displaced of this order is displaced no longer.
    pub(crate) fn less_displaced(&mut self, order_id: u64, storm_id: u32, qty: u64) {
        let order = self
            .displaced
            .get_mut(&order_id)
            .expect("a displaced order");
        let (instrument_id, side, rank) = (
            order.instrument_id,
            order.side,
            rank(order.side, order.price),
        );
        let at = order
            .parts
            .iter()
            .position(|p| p.0 == storm_id)
            .expect("a part of this storm");
        order.parts[at].1 -= qty;
        let part_gone = order.parts[at].1 == 0;
        if part_gone {
            order.parts.remove(at);
        }
        let order_gone = order.parts.is_empty();
        let ghost_gone = order_gone && order.ghost;
        if order_gone {
            self.displaced.remove(&order_id);
        }
        let owed = &mut self
            .storms
            .get_mut(&storm_id)
            .expect("a storm that is owed")
            .owed[side as usize];
        owed.qty -= qty;
        if part_gone {
            owed.orders.remove(&(rank, order_id));
        }
        if owed.qty == 0 {
            owed.credit = 0;
        }
        let area = self
            .areas
            .get_mut(&instrument_id)
            .expect("an instrument with displaced");
        area.displaced[side as usize].less(rank, qty, ghost_gone as u32);
        self.drop_clean_area(instrument_id);
    }

    /// Nothing of this order is displaced any more.
    pub(crate) fn forget_displaced(&mut self, order_id: u64) {
        while let Some(&(storm_id, qty)) =
            self.displaced.get(&order_id).and_then(|o| o.parts.first())
        {
            self.less_displaced(order_id, storm_id, qty);
        }
    }

    /// A source Clear: nothing of the instrument is displaced or injected any more.
    pub(crate) fn forget_instrument(&mut self, instrument_id: u32) {
        for storm in self
            .storms
            .values_mut()
            .filter(|s| s.instrument_id == instrument_id)
        {
            for owed in &mut storm.owed {
                for &(_, order_id) in &owed.orders {
                    self.displaced.remove(&order_id);
                }
                *owed = Default::default();
            }
            for own in storm.own.values_mut() {
                own.qty = 0;
            }
            self.injected_orders -= u64::from(storm.resting);
            storm.resting = 0;
        }
        self.areas.remove(&instrument_id);
    }

    pub(crate) fn drop_clean_area(&mut self, instrument_id: u32) {
        if self
            .areas
            .get(&instrument_id)
            .is_some_and(|area| area.is_clean())
        {
            self.areas.remove(&instrument_id);
        }
    }
}
