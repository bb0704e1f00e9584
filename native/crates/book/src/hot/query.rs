//! What can be asked of the hot book. In: instruments, sides, prices, ids. Out: levels and orders.

use super::HotBook;
use super::block::Ahead;
use super::levels::LevelSlot;
use crate::book::{Book, Level, Order, Outcome};
use crate::digest::level_digest;
use crate::fetch;
use crate::step::steps;
use wavetank_abi::{DEPTH_LEVELS, Event, Side};
use wavetank_kernels::{L2Hasher, L2Level};

fn side_of(level: &LevelSlot) -> Side {
    if level.side() == 0 {
        Side::Bid
    } else {
        Side::Ask
    }
}

fn shown(level: &LevelSlot) -> Level {
    Level {
        price: u64::from(level.price),
        qty: level.qty,
        orders: level.orders,
    }
}

impl<const DIGEST: bool> HotBook<DIGEST> {
    /// Applies the first step of `events`; says how many events it had.
    #[inline(never)]
    fn apply_unusual(&mut self, events: &[Event], take: &mut impl FnMut(&Outcome, &Self)) -> usize {
        match steps(events).next() {
            Some([cancel, add]) => {
                let both = self.replace(cancel, add);
                both.iter().for_each(|outcome| take(outcome, self));
                2
            }
            _ => {
                let outcome = self.apply_judged(&events[0]);
                take(&outcome, self);
                1
            }
        }
    }

    /// The ladder of a side; 0 or 1, which stay empty, when there is none.
    #[inline]
    fn ladder(&self, instrument: u32, side: Side) -> u32 {
        match (self.ladders.find(instrument), side) {
            (0, _) | (_, Side::Inherit) => 0,
            (bid, side) => bid + side as u32,
        }
    }

    fn level_slots(&self, ladder: u32) -> impl Iterator<Item = &LevelSlot> + '_ {
        self.ladders
            .walk(ladder)
            .map(|(_, at)| &self.levels.slots[at])
    }

    fn find_level(&self, instrument: u32, side: Side, price: u64) -> Option<&LevelSlot> {
        let ladder = &self.ladders.list[self.ladder(instrument, side) as usize];
        match ladder.find(&self.ladders.cells, u32::try_from(price).ok()?) {
            0 => None,
            at => Some(&self.levels.slots[at]),
        }
    }

    fn hash_side(&self, hasher: &mut L2Hasher, ladder: u32) {
        let mut chunk = [L2Level::default(); 64];
        let mut used = 0;
        for level in self.level_slots(ladder) {
            chunk[used] = L2Level {
                price: u64::from(level.price),
                qty: level.qty,
            };
            used += 1;
            if used == chunk.len() {
                hasher.levels(&chunk);
                used = 0;
            }
        }
        hasher.levels(&chunk[..used]);
    }

    fn digest_from_scratch(&self) -> u128 {
        let all = self.ladders.instruments().flat_map(|instrument| {
            let bid = self.ladders.find(instrument);
            self.level_slots(bid).chain(self.level_slots(bid + 1))
        });
        all.fold(0, |sum: u128, l| {
            sum.wrapping_add(level_digest(
                l.instrument,
                l.side(),
                u64::from(l.price),
                l.qty,
            ))
        })
    }
}

impl<const DIGEST: bool> Book for HotBook<DIGEST> {
    #[inline]
    fn apply(&mut self, event: &Event) -> Outcome {
        match self.apply_usual(event) {
            Some(verdict) => verdict.of(event),
            None => self.apply_judged(event),
        }
    }

    #[inline]
    fn replace(&mut self, cancel: &Event, add: &Event) -> [Outcome; 2] {
        match self.replace_usual(cancel, add) {
            Some([first, second]) => [first.of(cancel), second.of(add)],
            None => self.replace_judged(cancel, add),
        }
    }

    #[inline]
    fn apply_steps(&mut self, events: &[Event], mut take: impl FnMut(&Outcome, &Self)) {
        let (mut at, mut ahead) = (0, Ahead::default());
        while let Some(event) = events.get(at) {
            self.stage_to(events, at as isize, &mut ahead);
            match self.apply_usual(event) {
                Some(verdict) => {
                    take(&verdict.of(event), self);
                    at += 1;
                }
                None => at += self.apply_unusual(&events[at..], &mut take),
            }
        }
    }

    fn order(&self, id: u64) -> Option<Order> {
        let order = &self.orders.slots[self.orders.find(id)?.slot];
        let level = &self.levels.slots[order.level];
        let price = u64::from(level.price);
        let instrument_id = level.instrument;
        Some(Order {
            id,
            instrument_id,
            side: side_of(level),
            price,
            qty: u64::from(order.qty),
        })
    }

    fn best(&self, instrument: u32, side: Side) -> Option<Level> {
        match self.ladders.list[self.ladder(instrument, side) as usize].best {
            0 => None,
            at => Some(shown(&self.levels.slots[at])),
        }
    }

    fn level(&self, instrument: u32, side: Side, price: u64) -> Option<Level> {
        self.find_level(instrument, side, price).map(shown)
    }

    fn levels(&self, instrument: u32, side: Side) -> impl Iterator<Item = Level> + '_ {
        self.level_slots(self.ladder(instrument, side)).map(shown)
    }

    /// Levels are far apart in memory: all are asked for before the first is read.
    fn depths(&self, instrument: u32) -> [(Level, u64); 2] {
        let best = [Side::Bid, Side::Ask].map(|side| {
            let mut best = [0; DEPTH_LEVELS as usize];
            let walk = self.ladders.walk(self.ladder(instrument, side));
            for (place, (_, at)) in best.iter_mut().zip(walk) {
                fetch(&raw const self.levels.slots[at]);
                *place = at;
            }
            best
        });
        best.map(|best| {
            let sum = |sum, at: &u32| sum + self.levels.slots[*at].qty;
            (shown(&self.levels.slots[best[0]]), best.iter().fold(0, sum))
        })
    }

    fn queue(
        &self,
        instrument: u32,
        side: Side,
        price: u64,
    ) -> impl DoubleEndedIterator<Item = (u64, u64)> + '_ {
        let level = self.find_level(instrument, side, price);
        let (front, back, left) = level.map_or((0, 0, 0), |l| (l.head, l.tail, l.orders));
        Queue {
            book: self,
            front,
            back,
            left,
        }
    }

    fn instruments(&self) -> impl Iterator<Item = u32> + '_ {
        self.ladders.instruments()
    }

    fn live_orders(&self) -> u64 {
        self.orders.len()
    }

    fn market_digest(&self) -> u128 {
        if DIGEST {
            self.shares.sum()
        } else {
            self.digest_from_scratch()
        }
    }

    fn l2_hash(&self, instrument: u32) -> u64 {
        let mut hasher = L2Hasher::start();
        self.hash_side(&mut hasher, self.ladder(instrument, Side::Bid));
        hasher.turn();
        self.hash_side(&mut hasher, self.ladder(instrument, Side::Ask));
        hasher.finish()
    }

    #[inline(always)]
    fn look_ahead(&self, events: &[Event], at: usize, ahead: &mut Ahead) {
        self.stage_to(events, at as isize, ahead);
    }
}

/// A level's orders, from both ends.
struct Queue<'a, const DIGEST: bool> {
    book: &'a HotBook<DIGEST>,
    front: u32,
    back: u32,
    left: u32,
}

impl<const DIGEST: bool> Queue<'_, DIGEST> {
    fn shown(&self, slot: u32) -> (u64, u64) {
        let orders = &self.book.orders;
        (orders.id_of(slot), u64::from(orders.slots[slot].qty))
    }
}

impl<const DIGEST: bool> Iterator for Queue<'_, DIGEST> {
    type Item = (u64, u64);

    fn next(&mut self) -> Option<(u64, u64)> {
        self.left = self.left.checked_sub(1)?;
        let slot = self.front;
        self.front = self.book.orders.slots[slot].next;
        Some(self.shown(slot))
    }
}

impl<const DIGEST: bool> DoubleEndedIterator for Queue<'_, DIGEST> {
    fn next_back(&mut self) -> Option<(u64, u64)> {
        self.left = self.left.checked_sub(1)?;
        let slot = self.back;
        self.back = self.book.orders.slots[slot].prev;
        Some(self.shown(slot))
    }
}
