//! One run of the law under adversarial storms, with everything checked after every event: the
//! source book apart, a plain witness of all records, and the figures of the resolver itself.

use std::collections::{BTreeMap, BTreeSet};

use wavetank_abi::{ApplyStatus, Channel, Event, EventType, Record, Side, StormRole, event_flags};
use wavetank_book::{Book, ReferenceBook, apply_step};

use super::plain::{Plain, Resting};
use super::stream::crossed;
use crate::resolver::Resolver;
use crate::sink::Sink;
use crate::storm::storm_of;

pub(super) const SIDES: [Side; 2] = [Side::Bid, Side::Ask];

/// Turns a broken property into an error that names it.
macro_rules! ensure {
    ($holds:expr, $($what:tt)+) => {
        if !$holds {
            return Err(format!($($what)+));
        }
    };
}
pub(super) use ensure;

/// Sees every record with the market as it stands.
#[derive(Default)]
pub(super) struct Watch {
    pub log: Vec<Record>,
    /// Absent on a recorded hour: one vector is too slow for its thousands of orders.
    pub witness: Option<Plain>,
    /// Instruments whose source is crossed before or after the message.
    pub may_cross: BTreeSet<u32>,
    pub fills: BTreeMap<(u32, u32), u64>,
    pub broken: Option<String>,
}

impl<B: Book> Sink<B> for Watch {
    fn record(&mut self, record: &Record, done_qty: u64, book: &B) {
        let Record {
            seq,
            instrument_id,
            order_id,
            ..
        } = *record;
        self.log.push(*record);
        let moved = self.witness.as_mut().map(|w| w.feed(record));
        let mut fault = |what: String| {
            self.broken.get_or_insert(what);
        };
        if moved.is_some_and(|moved| !Plain::agrees(record, moved, done_qty)) {
            fault(format!(
                "witness moved {moved:?}, not {done_qty}: {record:?}"
            ));
        }
        if seq != self.log.len() as u64 {
            fault(format!("sequence {seq} at place {}", self.log.len()));
        }
        let more = record.flags & event_flags::MORE != 0;
        if !more && crossed(book, instrument_id) && !self.may_cross.contains(&instrument_id) {
            fault(format!("crossed by a storm at {record:?}"));
        }
        let trade = record.event_type == EventType::Trade as u8;
        if let (Some(storm), true) = (storm_of(order_id), trade) {
            *self.fills.entry((storm, order_id as u32)).or_default() += done_qty;
        }
    }
}

/// The resolver under test beside what it must agree with.
pub(super) struct Tank<B> {
    pub resolver: Resolver<B>,
    pub source: ReferenceBook,
    pub watch: Watch,
    /// Orders that lost their place by the law.
    pub out_of_place: BTreeSet<u64>,
    pub instruments: Vec<u32>,
    pub tape: Vec<Event>,
    pub checks: u64,
    pub clean_checks: u64,
}

impl<B: Book> Tank<B> {
    /// With a witness everything is checked after every event, without one what it touched.
    pub(super) fn new(resolver: Resolver<B>, instruments: &[u32], witness: Option<Plain>) -> Self {
        Self {
            resolver,
            source: ReferenceBook::new(),
            watch: Watch {
                witness,
                ..Watch::default()
            },
            instruments: instruments.to_vec(),
            out_of_place: BTreeSet::new(),
            tape: Vec::new(),
            checks: 0,
            clean_checks: 0,
        }
    }

    fn source_crossed(&self) -> BTreeSet<u32> {
        let instruments = self.instruments.iter().copied();
        instruments.filter(|&i| crossed(&self.source, i)).collect()
    }

    /// One source message through the source book and the resolver.
    pub(super) fn source(&mut self, step: &[Event]) -> Result<(), String> {
        self.tape.extend_from_slice(step);
        let mut allowed = self.source_crossed();
        let mut outcomes = Vec::new();
        apply_step(&mut self.source, step, &mut outcomes);
        allowed.extend(self.source_crossed());
        self.watch.may_cross = allowed;
        let accepted = outcomes[0].status == ApplyStatus::Applied;
        self.note_places(step, accepted);
        let from = self.watch.log.len();
        self.resolver.source(step, &mut self.watch);
        self.judged_first(from, step, accepted)?;
        self.note_returns(from);
        self.settled(from)
    }

    fn note_places(&mut self, step: &[Event], accepted: bool) {
        let Some(last) = step.last().filter(|_| accepted) else {
            return;
        };
        let displaced = self.resolver.displaced.contains_key(&last.order_id);
        if last.event_type == EventType::Modify as u8 && displaced {
            self.out_of_place.insert(last.order_id);
        }
        if last.event_type == EventType::Add as u8 {
            self.out_of_place.remove(&step[0].order_id);
            self.out_of_place.remove(&last.order_id);
        }
    }

    fn note_returns(&mut self, from: usize) {
        let returns = [StormRole::Return as u32, StormRole::DuplicateReturn as u32];
        let back = self.watch.log[from..]
            .iter()
            .filter(|r| returns.contains(&r.role));
        self.out_of_place.extend(back.map(|r| r.order_id));
    }

    /// Only the return of a duplicate may precede a message that the source rejects.
    fn judged_first(&self, from: usize, step: &[Event], accepted: bool) -> Result<(), String> {
        let log = &self.watch.log[from..];
        let returns = log
            .iter()
            .any(|r| r.role == StormRole::DuplicateReturn as u32);
        ensure!(
            accepted || returns || log.len() == step.len(),
            "inserted before a rejected {step:?}"
        );
        let own = &log[log.len() - step.len()..];
        ensure!(
            own.iter().all(|r| r.channel == Channel::Source as u32),
            "{step:?} is not last"
        );
        Ok(())
    }

    /// A quantum's returns, an intent or an end: anything but a source message.
    pub(super) fn storm<T>(
        &mut self,
        act: impl FnOnce(&mut Resolver<B>, &mut Watch) -> T,
    ) -> Result<(T, Vec<Record>), String> {
        self.watch.may_cross = self.source_crossed();
        let from = self.watch.log.len();
        let answer = act(&mut self.resolver, &mut self.watch);
        self.note_returns(from);
        self.settled(from)?;
        Ok((answer, self.watch.log[from..].to_vec()))
    }

    fn settled(&mut self, from: usize) -> Result<(), String> {
        if let Some(broken) = self.watch.broken.take() {
            return Err(broken);
        }
        if self.watch.witness.is_some() {
            return self.check();
        }
        let touched: BTreeSet<u64> = self.watch.log[from..].iter().map(|r| r.order_id).collect();
        touched
            .into_iter()
            .filter(|&id| storm_of(id).is_none())
            .try_for_each(|id| self.conserves(id))
    }

    /// Orders resting in the market in priority, by the witness if there is one.
    pub(super) fn resting(&self, instrument: u32, side: Side) -> Vec<Resting> {
        match &self.watch.witness {
            Some(witness) => witness.in_priority(instrument, side as u8),
            None => orders_of(self.resolver.book(), instrument, side),
        }
    }
}

/// The resting orders of a side in priority.
pub(super) fn orders_of<B: Book>(book: &B, instrument_id: u32, side: Side) -> Vec<Resting> {
    let mut orders = Vec::new();
    for level in book.levels(instrument_id, side) {
        let (price, side) = (level.price, side as u8);
        let queue = book.queue(
            instrument_id,
            if side == 0 { Side::Bid } else { Side::Ask },
            price,
        );
        orders.extend(queue.map(|(id, qty)| Resting {
            id,
            instrument_id,
            side,
            price,
            qty,
        }));
    }
    orders
}
