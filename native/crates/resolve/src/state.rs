//! What the law keeps beside the book, for checkpoints. Sums and orders of return are not in it: they
//! follow from what each storm displaced and placed, and are made again, judged against the book.

use serde::{Deserialize, Serialize};
use wavetank_abi::{PRICE_MAX, QTY_MAX, Side};
use wavetank_book::{Book, Order};

use crate::area::rank;
use crate::displaced::Displaced;
use crate::own::Own;
use crate::resolver::{ResolveCounters, Resolver};
use crate::storm::{STORM_ID_MAX, Storm, StormCounters, own_order_id, storm_of};

/// A resolver without its book.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ResolverState {
    seq: u64,
    counters: ResolveCounters,
    storms: Vec<StormState>,
    /// By order id.
    displaced: Vec<DisplacedState>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct StormState {
    id: u32,
    instrument_id: u32,
    half_life_ms: u32,
    returning: bool,
    ended: bool,
    credit: [u64; 2],
    own: Vec<(u32, Own)>,
    counters: StormCounters,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct DisplacedState {
    order_id: u64,
    instrument_id: u32,
    side: Side,
    price: u64,
    parts: Vec<(u32, u64)>,
}

impl<B: Book> Resolver<B> {
    /// Everything but the book.
    pub fn state(&self) -> ResolverState {
        let storm = |(&id, storm): (&u32, &Storm)| StormState {
            id,
            instrument_id: storm.instrument_id,
            half_life_ms: storm.half_life_ms,
            returning: storm.returning,
            ended: storm.ended,
            credit: [storm.owed[0].credit, storm.owed[1].credit],
            own: storm
                .own
                .iter()
                .map(|(handle, &own)| (handle, own))
                .collect(),
            counters: storm.counters,
        };
        let order = |(&order_id, order): (&u64, &Displaced)| DisplacedState {
            order_id,
            instrument_id: order.instrument_id,
            side: order.side,
            price: order.price,
            parts: order.parts.clone(),
        };
        let mut displaced: Vec<_> = self.displaced.iter().map(order).collect();
        displaced.sort_unstable_by_key(|order| order.order_id);
        ResolverState {
            seq: self.seq,
            counters: self.counters,
            storms: self.storms.iter().map(storm).collect(),
            displaced,
        }
    }

    /// The resolver of a state over the book that it was saved with, where so many orders of storms
    /// rest. `None` when the two do not belong together.
    pub fn restore(book: B, injected: u64, state: &ResolverState) -> Option<Self> {
        let mut resolver = Self::new(book);
        (resolver.seq, resolver.counters) = (state.seq, state.counters);
        for storm in &state.storms {
            resolver.restore_storm(storm)?;
        }
        for order in &state.displaced {
            resolver.restore_displaced(order)?;
        }
        for storm in &state.storms {
            let owed = &mut resolver.storms.get_mut(&storm.id)?.owed;
            for (owed, credit) in owed.iter_mut().zip(storm.credit) {
                owed.credit = credit;
            }
        }
        (resolver.injected_orders == injected).then_some(resolver)
    }

    fn restore_storm(&mut self, saved: &StormState) -> Option<()> {
        let fresh = saved.id <= STORM_ID_MAX && !self.storms.contains_key(&saved.id);
        let mut storm = Storm::new(saved.instrument_id, saved.half_life_ms.max(1));
        (storm.returning, storm.ended) = (saved.returning, saved.ended);
        storm.counters = saved.counters;
        for &(handle, own) in &saved.own {
            if storm.own.insert(handle, own).is_some() || own.side == Side::Inherit {
                return None;
            }
            if own.qty == 0 {
                continue;
            }
            let resting = Order {
                id: own_order_id(saved.id, handle),
                instrument_id: saved.instrument_id,
                side: own.side,
                price: own.price,
                qty: own.qty,
            };
            if self.book.order(resting.id) != Some(resting) {
                return None;
            }
            storm.resting += 1;
            self.injected_orders += 1;
            let area = self.areas.entry(saved.instrument_id).or_default();
            area.injected[own.side as usize].more(rank(own.side, own.price), own.qty, 1);
        }
        fresh.then(|| self.storms.insert(saved.id, storm))?;
        Some(())
    }

    fn restore_displaced(&mut self, saved: &DisplacedState) -> Option<()> {
        let &DisplacedState {
            order_id,
            instrument_id,
            side,
            price,
            ref parts,
        } = saved;
        let standing = self.book.order(order_id);
        let fits = standing
            .is_none_or(|o| (o.instrument_id, o.side, o.price) == (instrument_id, side, price));
        let sound = fits
            && side != Side::Inherit
            && price <= PRICE_MAX
            && storm_of(order_id).is_none()
            && !parts.is_empty()
            && !self.displaced.contains_key(&order_id);
        if !sound {
            return None;
        }
        let ghost = standing.is_none();
        let mut qty_left = QTY_MAX - standing.map_or(0, |o| o.qty);
        for (at, &(storm_id, qty)) in parts.iter().enumerate() {
            let storm = self.storms.get_mut(&storm_id)?;
            let again = parts[..at].iter().any(|part| part.0 == storm_id);
            if again || qty == 0 || storm.instrument_id != instrument_id {
                return None;
            }
            qty_left = qty_left.checked_sub(qty)?;
            let owed = &mut storm.owed[side as usize];
            owed.qty += qty;
            owed.orders.insert((rank(side, price), order_id));
            let area = self.areas.entry(instrument_id).or_default();
            area.displaced[side as usize].more(rank(side, price), qty, 0);
        }
        let order = Displaced {
            instrument_id,
            side,
            price,
            ghost: false,
            parts: parts.clone(),
        };
        self.displaced.insert(order_id, order);
        self.set_ghost(order_id, ghost);
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use wavetank_abi::{Event, EventType, IntentOp};
    use wavetank_book::ReferenceBook;

    use super::*;

    /// A state in which a storm withdrew 60 shares of 100.
    fn taken() -> (ReferenceBook, ResolverState) {
        let mut resolver = Resolver::new(ReferenceBook::new());
        let order = Event {
            price: 1_000_000,
            qty: 100,
            order_id: 7,
            instrument_id: 3,
            event_type: EventType::Add as u8,
            ..Event::default()
        };
        resolver.source(&[order], &mut Vec::new());
        let withdraw = Event {
            qty: 60,
            event_type: IntentOp::Withdraw as u8,
            ..order
        };
        let answer = resolver.intent(1, 0, &withdraw, &mut Vec::new());
        assert_eq!(answer.done_qty, 60);
        (resolver.book.clone(), resolver.state())
    }

    fn check(change: impl Fn(&mut ResolverState), allowed: bool) {
        let (book, mut state) = taken();
        change(&mut state);
        let restored = Resolver::restore(book, 0, &state);
        assert_eq!(restored.is_some(), allowed);
        if let Some(mut resolver) = restored {
            resolver.return_all(1, &mut Vec::new());
            assert!(resolver.clean());
        }
    }

    #[test]
    fn an_order_was_never_larger_than_an_order_can_be() {
        check(|_| (), true);
        check(|state| state.displaced[0].parts[0].1 = QTY_MAX - 40, true);
        check(|state| state.displaced[0].parts[0].1 = QTY_MAX - 39, false);
    }
}
