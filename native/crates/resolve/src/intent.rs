//! What a storm asks for becomes legal events on its own instrument, or nothing.

use wavetank_abi::{
    Event, EventType, IntentAnswer, IntentOp, IntentResult, PRICE_MAX, QTY_MAX,
    RECOVERY_HALF_LIFE_MS, Side, StormRole, event_flags,
};
use wavetank_book::Book;

use crate::area::{opposite, reaches};
use crate::displaced::Hit;
use crate::resolver::Resolver;
use crate::rule::Rule;
use crate::sink::Sink;
use crate::storm::{OWN_ORDERS_MAX, STORM_ID_MAX, Storm, StormCounters, own_order_id, storm_of};

/// A resting order an intent will reduce.
#[derive(Clone, Copy)]
struct Aim {
    order_id: u64,
    price: u64,
    qty: u64,
    resting: u64,
}

fn answer(done_qty: u64, asked_qty: u64) -> IntentAnswer {
    let result = match done_qty {
        0 => IntentResult::None,
        n if n >= asked_qty => IntentResult::Done,
        _ => IntentResult::Partial,
    };
    IntentAnswer {
        done_qty,
        index: 0,
        result: result as u32,
    }
}

fn side_of(intent: &Event) -> Option<Side> {
    Side::from_raw(intent.side).filter(|&side| side != Side::Inherit)
}

impl<B: Book> Resolver<B> {
    /// Binds a storm to its instrument for good, and sets the half-life of its returns. A storm
    /// that never began is begun by its first intent, with the schema's default half-life.
    pub fn begin(&mut self, storm_id: u32, instrument_id: u32, half_life_ms: u32) {
        let legal = (1..=STORM_ID_MAX).contains(&storm_id);
        assert!(legal, "storm ids are 1 to 2^30 - 1");
        let storm = Storm::new(instrument_id, half_life_ms.max(1));
        self.storms.entry(storm_id).or_insert(storm);
    }

    /// Resolves one intent of a storm at the quantum end `ts_ns`.
    pub fn intent(
        &mut self,
        storm_id: u32,
        ts_ns: u64,
        intent: &Event,
        out: &mut impl Sink<B>,
    ) -> IntentAnswer {
        if !self.storms.contains_key(&storm_id) {
            self.begin(storm_id, intent.instrument_id, RECOVERY_HALF_LIFE_MS);
        }
        let storm = &self.storms[&storm_id];
        if storm.instrument_id != intent.instrument_id || storm.ended {
            return answer(0, 0);
        }
        let intent = Event {
            ts_ns,
            flags: event_flags::INJECTED,
            ..*intent
        };
        match IntentOp::from_raw(intent.event_type) {
            Some(IntentOp::AddOwn) => answer(self.add_own(storm_id, &intent, out), intent.qty),
            Some(IntentOp::CancelOwn) => answer(self.cancel_own(storm_id, &intent, out), 0),
            Some(IntentOp::Take) => answer(self.take(storm_id, &intent, out), intent.qty),
            Some(IntentOp::Withdraw) => answer(self.withdraw(storm_id, &intent, out), intent.qty),
            Some(IntentOp::Release) => answer(self.release_now(storm_id), 0),
            None => answer(0, 0),
        }
    }

    fn add_own(&mut self, storm_id: u32, intent: &Event, out: &mut impl Sink<B>) -> u64 {
        let Event {
            price,
            qty,
            instrument_id,
            ..
        } = *intent;
        let handle = intent.order_id as u32;
        let storm = &self.storms[&storm_id];
        let taken = storm.own.get(handle).is_some_and(|own| own.qty > 0);
        let wide = price > PRICE_MAX || qty > QTY_MAX || intent.order_id > u64::from(u32::MAX);
        let Some(side) = side_of(intent) else {
            return 0;
        };
        if taken || wide || qty == 0 || price == 0 || storm.resting >= OWN_ORDERS_MAX {
            return 0;
        }
        let best = self.book.best(instrument_id, opposite(side));
        if best.is_some_and(|b| reaches(side, price, b.price)) && self.rules.hold(Rule::PostOnly) {
            return 0;
        }
        let order_id = own_order_id(storm_id, handle);
        let event = Event {
            order_id,
            event_type: EventType::Add as u8,
            ..*intent
        };
        self.emit(event, storm_id, StormRole::Own, out);
        qty
    }

    fn cancel_own(&mut self, storm_id: u32, intent: &Event, out: &mut impl Sink<B>) -> u64 {
        let Ok(handle) = u32::try_from(intent.order_id) else {
            return 0;
        };
        let resting = self.storms[&storm_id]
            .own
            .get(handle)
            .map_or(0, |own| own.qty);
        if resting == 0 {
            return 0;
        }
        let event = Event {
            price: 0,
            qty: 0,
            order_id: own_order_id(storm_id, handle),
            event_type: EventType::Cancel as u8,
            side: Side::Inherit as u8,
            ..*intent
        };
        self.emit(event, storm_id, StormRole::OwnCancel, out);
        self.forget_cancelled(storm_id, handle);
        resting
    }

    fn take(&mut self, storm_id: u32, intent: &Event, out: &mut impl Sink<B>) -> u64 {
        let Some(side) = side_of(intent) else {
            return 0;
        };
        let resting_side = opposite(side);
        let aims = self.takeable(storm_id, side, intent);
        for &aim in &aims {
            self.hit(
                storm_id,
                resting_side,
                aim,
                (EventType::Trade, StormRole::Take),
                intent,
                out,
            );
        }
        let done = aims.iter().map(|aim| aim.qty).sum();
        self.counters_of(storm_id).taken_qty += done;
        done
    }

    /// Resting orders within the limit, best price first, then first in the queue.
    fn takeable(&self, storm_id: u32, side: Side, intent: &Event) -> Vec<Aim> {
        let (instrument_id, other) = (intent.instrument_id, opposite(side));
        let skip_own = self.rules.hold(Rule::OwnSkipped);
        let mut left = intent.qty;
        let mut aims = Vec::new();
        let within = self.book.levels(instrument_id, other);
        for level in within.take_while(|level| reaches(side, intent.price, level.price)) {
            for (order_id, resting) in self.book.queue(instrument_id, other, level.price) {
                if left == 0 {
                    return aims;
                }
                if storm_of(order_id) == Some(storm_id) && skip_own {
                    continue;
                }
                let qty = left.min(resting);
                left -= qty;
                aims.push(Aim {
                    order_id,
                    price: level.price,
                    qty,
                    resting,
                });
            }
        }
        aims
    }

    fn withdraw(&mut self, storm_id: u32, intent: &Event, out: &mut impl Sink<B>) -> u64 {
        let Some(side) = side_of(intent) else {
            return 0;
        };
        let aims = self.withdrawable(side, intent);
        for &aim in &aims {
            self.hit(
                storm_id,
                side,
                aim,
                (EventType::Cancel, StormRole::Withdraw),
                intent,
                out,
            );
        }
        let done = aims.iter().map(|aim| aim.qty).sum();
        self.counters_of(storm_id).withdrawn_qty += done;
        done
    }

    /// Source orders at the price, youngest first.
    fn withdrawable(&self, side: Side, intent: &Event) -> Vec<Aim> {
        let price = intent.price;
        let queue = self.book.queue(intent.instrument_id, side, price);
        let mut orders: Vec<_> = queue.filter(|order| storm_of(order.0).is_none()).collect();
        if self.rules.hold(Rule::YoungestFirst) {
            orders.reverse();
        }
        let mut left = intent.qty;
        let mut aims = Vec::new();
        for (order_id, resting) in orders {
            let qty = left.min(resting);
            if qty == 0 {
                break;
            }
            left -= qty;
            aims.push(Aim {
                order_id,
                price,
                qty,
                resting,
            });
        }
        aims
    }

    fn hit(
        &mut self,
        storm_id: u32,
        side: Side,
        aim: Aim,
        (event_type, role): (EventType, StormRole),
        intent: &Event,
        out: &mut impl Sink<B>,
    ) {
        let Aim {
            order_id,
            price,
            qty,
            resting,
        } = aim;
        let event_type = event_type as u8;
        let event = Event {
            price,
            qty,
            order_id,
            event_type,
            side: Side::Inherit as u8,
            ..*intent
        };
        self.emit(event, storm_id, role, out);
        if storm_of(order_id).is_none() {
            let ghost = qty == resting;
            self.displace(
                storm_id,
                intent.instrument_id,
                Hit {
                    order_id,
                    side,
                    price,
                    qty,
                    ghost,
                },
            );
        }
    }

    fn release_now(&mut self, storm_id: u32) -> u64 {
        let storm = self.storms.get_mut(&storm_id).expect("a storm that acts");
        storm.returning = true;
        storm.owed_qty()
    }

    fn counters_of(&mut self, storm_id: u32) -> &mut StormCounters {
        &mut self
            .storms
            .get_mut(&storm_id)
            .expect("a storm that acts")
            .counters
    }
}
