//! The twin: source levels derived from the market, level by level: market - injected + displaced.

use wavetank_abi::Side;
use wavetank_book::{Book, Level, Order, level_digest};

use crate::area::{Amount, Area, Ladder, price_of, rank};
use crate::resolver::Resolver;
use crate::storm::StormCounters;

impl<B: Book> Resolver<B> {
    /// What a storm has done since it began.
    pub fn storm_counters(&self, storm_id: u32) -> Option<StormCounters> {
        self.storms.get(&storm_id).map(|storm| storm.counters)
    }

    /// Shares this storm displaced on a side that have not returned.
    pub fn displaced_qty(&self, storm_id: u32, side: Side) -> u64 {
        self.storms
            .get(&storm_id)
            .map_or(0, |storm| storm.owed[side as usize].qty)
    }

    /// Shares displaced of a source order by all storms.
    pub fn displaced_of(&self, order_id: u64) -> u64 {
        let order = self.displaced.get(&order_id);
        order.map_or(0, |o| o.parts.iter().map(|part| part.1).sum())
    }

    /// Source orders of which nothing stands, as they were, by id.
    pub fn ghosts(&self) -> Vec<Order> {
        let ghosts = self.displaced.iter().filter(|(_, order)| order.ghost);
        let mut all: Vec<Order> = ghosts
            .map(|(&id, order)| Order {
                id,
                instrument_id: order.instrument_id,
                side: order.side,
                price: order.price,
                qty: self.displaced_of(id),
            })
            .collect();
        all.sort_unstable_by_key(|order| order.id);
        all
    }

    /// Shares displaced on an instrument by all storms.
    pub fn displaced_total(&self, instrument_id: u32) -> u64 {
        let area = self.areas.get(&instrument_id);
        area.map_or(0, |area| {
            area.displaced.iter().map(|ladder| ladder.qty).sum()
        })
    }

    /// Shares of storms' own orders resting on an instrument.
    pub fn injected_qty(&self, instrument_id: u32) -> u64 {
        let area = self.areas.get(&instrument_id);
        area.map_or(0, |area| {
            area.injected.iter().map(|ladder| ladder.qty).sum()
        })
    }

    /// Levels of the market on one side, best first, each with the shares of storms' own orders.
    pub fn market_levels(
        &self,
        instrument_id: u32,
        side: Side,
    ) -> impl Iterator<Item = (Level, u64)> + '_ {
        let area = self.areas.get(&instrument_id);
        let injected = area.map(|area| area.injected[side as usize].iter());
        let mut injected = injected.into_iter().flatten().peekable();
        let levels = self.book.levels(instrument_id, side);
        levels.map(move |level| {
            // A level with injected orders is a level of the market: none is passed over.
            let here = injected.next_if(|(at, _)| *at == rank(side, level.price));
            (level, here.map_or(0, |(_, amount)| amount.qty))
        })
    }

    /// Shares of storms' own orders at a price.
    pub fn injected_at(&self, instrument_id: u32, side: Side, price: u64) -> u64 {
        let area = self.areas.get(&instrument_id);
        area.map_or(0, |area| {
            area.injected[side as usize].at(rank(side, price)).qty
        })
    }

    /// Forgets an ended storm to which nothing is owed; says whether it is gone.
    pub fn forget(&mut self, storm_id: u32) -> bool {
        let closed = self
            .storms
            .get(&storm_id)
            .is_none_or(|s| s.ended && s.owed_qty() == 0);
        if closed {
            self.storms.remove(&storm_id);
        }
        closed
    }

    /// The best `n` levels of the source on one side, appended to `out`.
    pub fn twin_levels(&self, instrument_id: u32, side: Side, n: usize, out: &mut Vec<Level>) {
        let market = self.book.levels(instrument_id, side);
        match self.areas.get(&instrument_id) {
            None => out.extend(market.take(n)),
            Some(area) => out.extend(twin_of(side, area, market).take(n)),
        }
    }

    /// The best level of the source on one side.
    pub fn twin_best(&self, instrument_id: u32, side: Side) -> Option<Level> {
        match self.areas.get(&instrument_id) {
            None => self.book.best(instrument_id, side),
            Some(area) => twin_of(side, area, self.book.levels(instrument_id, side)).next(),
        }
    }

    /// Market digest of the source levels.
    pub fn twin_digest(&self) -> u128 {
        let mut digest = self.book.market_digest();
        for (&instrument, area) in &self.areas {
            for side in [Side::Bid, Side::Ask] {
                for rank in changed(area, side) {
                    let price = price_of(side, rank);
                    let market = self.book.level(instrument, side, price).unwrap_or_default();
                    let source = source_level(area, side, rank, market);
                    let hash = |qty| level_digest(instrument, side as u8, price, qty);
                    digest = digest.wrapping_sub(if market.qty > 0 { hash(market.qty) } else { 0 });
                    digest = digest.wrapping_add(if source.qty > 0 { hash(source.qty) } else { 0 });
                }
            }
        }
        digest
    }
}

fn changed(area: &Area, side: Side) -> Vec<u64> {
    let ranks = |ladder: &Ladder| ladder.iter().map(|(rank, _)| rank).collect::<Vec<_>>();
    let mut all = ranks(&area.injected[side as usize]);
    all.extend(ranks(&area.displaced[side as usize]));
    all.sort_unstable();
    all.dedup();
    all
}

fn source_level(area: &Area, side: Side, rank: u64, market: Level) -> Level {
    let injected = area.injected[side as usize].at(rank);
    let Amount { qty, orders } = area.displaced[side as usize].at(rank);
    Level {
        price: price_of(side, rank),
        qty: market.qty - injected.qty + qty,
        orders: market.orders - injected.orders + orders,
    }
}

/// Market levels merged with those that are displaced whole, best first.
fn twin_of(
    side: Side,
    area: &Area,
    market: impl Iterator<Item = Level>,
) -> impl Iterator<Item = Level> {
    let mut market = market.peekable();
    let mut displaced = area.displaced[side as usize]
        .iter()
        .map(|(rank, _)| rank)
        .peekable();
    std::iter::from_fn(move || {
        loop {
            let standing = market.peek().map(|level| rank(side, level.price));
            let next = standing
                .into_iter()
                .chain(displaced.peek().copied())
                .min()?;
            let level = market
                .next_if(|level| rank(side, level.price) == next)
                .unwrap_or_default();
            displaced.next_if_eq(&next);
            let source = source_level(area, side, next, level);
            if source.qty > 0 {
                return Some(source);
            }
        }
    })
}
