//! What must hold at every moment: conservation order by order, the twin level by level, priority,
//! and equal digests when nothing is displaced or injected.

use std::collections::{BTreeMap, BTreeSet};

use wavetank_abi::Side;
use wavetank_book::{Book, Level};

use super::tank::{SIDES, Tank, ensure, orders_of};
use crate::storm::storm_of;

impl<B: Book> Tank<B> {
    /// Everything that must hold after every event.
    pub(super) fn check(&mut self) -> Result<(), String> {
        self.checks += 1;
        self.conserved()?;
        for instrument in self.instruments.clone() {
            for side in SIDES {
                self.twin_is_source(instrument, side)?;
                self.in_place(instrument, side)?;
            }
        }
        let source = self.source.market_digest();
        ensure!(self.resolver.twin_digest() == source, "twin digest");
        if self.resolver.clean() {
            self.clean_checks += 1;
            ensure!(
                self.resolver.book().market_digest() == source,
                "clean, and digests differ"
            );
        }
        Ok(())
    }

    /// Standing + displaced = source for every order, and no other order is alive.
    fn conserved(&self) -> Result<(), String> {
        let mut ids: BTreeSet<u64> = self.resolver.displaced.keys().copied().collect();
        for &instrument in &self.instruments {
            for side in SIDES {
                let market = orders_of(self.resolver.book(), instrument, side);
                ids.extend(
                    market
                        .iter()
                        .map(|o| o.id)
                        .filter(|&id| storm_of(id).is_none()),
                );
            }
        }
        let (live, source) = (ids.len() as u64, self.source.live_orders());
        ensure!(live == source, "{live} orders, source {source}");
        ids.into_iter().try_for_each(|id| self.conserves(id))
    }

    /// Standing + displaced = source for one order; side and price agree.
    pub(super) fn conserves(&self, id: u64) -> Result<(), String> {
        let standing = self.resolver.book().order(id);
        let displaced = self.resolver.displaced.get(&id);
        let parts: u64 = displaced
            .iter()
            .flat_map(|d| &d.parts)
            .map(|part| part.1)
            .sum();
        let qty = standing.map_or(0, |o| o.qty) + parts;
        let Some(source) = self.source.order(id) else {
            ensure!(
                qty == 0,
                "order {id} is not in the source: {standing:?} {displaced:?}"
            );
            return Ok(());
        };
        ensure!(
            qty == source.qty,
            "order {id}: {standing:?} {displaced:?} {source:?}"
        );
        let place = (source.instrument_id, source.side, source.price);
        let stands = standing.is_none_or(|o| (o.instrument_id, o.side, o.price) == place);
        let lies = displaced.is_none_or(|d| (d.instrument_id, d.side, d.price) == place);
        ensure!(stands && lies, "side or price of {id}");
        let ghost = displaced.is_some_and(|d| d.ghost);
        ensure!(ghost == standing.is_none(), "order {id} taken for a ghost");
        Ok(())
    }

    fn twin_is_source(&self, instrument: u32, side: Side) -> Result<(), String> {
        let mut twin: Vec<Level> = Vec::new();
        self.resolver
            .twin_levels(instrument, side, usize::MAX, &mut twin);
        let source: Vec<Level> = self.source.levels(instrument, side).collect();
        ensure!(twin == source, "twin {twin:?}, source {source:?}");
        ensure!(
            self.resolver.twin_best(instrument, side) == source.first().copied(),
            "twin touch"
        );
        let mut injected: BTreeMap<u64, u64> = BTreeMap::new();
        for order in self.resting(instrument, side) {
            if storm_of(order.id).is_some() {
                *injected.entry(order.price).or_default() += order.qty;
            }
        }
        let shown = self.resolver.market_levels(instrument, side);
        let levels = self.resolver.book().levels(instrument, side);
        let with = |level: Level| (level, injected.get(&level.price).copied().unwrap_or(0));
        ensure!(shown.eq(levels.map(with)), "levels with what is injected");
        for (price, qty) in injected {
            ensure!(
                self.resolver.injected_at(instrument, side, price) == qty,
                "injected at {price}"
            );
        }
        Ok(())
    }

    /// Orders that never lost their place stand in the order of the source.
    fn in_place(&self, instrument: u32, side: Side) -> Result<(), String> {
        let book = self.resolver.book();
        for level in self.source.levels(instrument, side) {
            let kept = |id: &u64| book.order(*id).is_some() && !self.out_of_place.contains(id);
            let source = self
                .source
                .queue(instrument, side, level.price)
                .map(|o| o.0);
            let market = book.queue(instrument, side, level.price).map(|o| o.0);
            let market = market.filter(|&id| storm_of(id).is_none());
            ensure!(
                source.filter(kept).eq(market.filter(kept)),
                "priority at {}",
                level.price
            );
        }
        Ok(())
    }
}
