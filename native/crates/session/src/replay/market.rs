//! Two plain books, one fed with everything and one with the source alone, and what is derived from
//! each record. In: steps in order of sequence. Out: an observer that saw every record, or the first
//! one that differs from the log's.

use std::collections::BTreeMap;

use serde::Serialize;
use wavetank_abi::{ApplyStatus, Channel, Event, EventType, Record, Side, event_flags};
use wavetank_book::{Book, HotBook, Order, Outcome, apply_step};
use wavetank_resolve::{Resolver, Sink, storm_of};

use crate::observer::Observer;

/// The first place where a run and its repetition part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// Sequence of it.
    pub seq: u64,
    /// Virtual time of it.
    pub ts_ns: u64,
    /// What the record says.
    pub expected: String,
    /// What was found.
    pub found: String,
}

impl Difference {
    /// Between two records, of which one may be missing.
    pub fn between(expected: Option<&Record>, found: Option<&Record>) -> Self {
        let place = expected.or(found).copied().unwrap_or_default();
        let words =
            |r: Option<&Record>| r.map_or_else(|| "nothing".to_owned(), |r| format!("{r:?}"));
        Self {
            seq: place.seq,
            ts_ns: place.ts_ns,
            expected: words(expected),
            found: words(found),
        }
    }
}

/// Every order of a book, queue by queue.
fn resting(book: &HotBook) -> impl Iterator<Item = Order> + '_ {
    let sides = [Side::Bid, Side::Ask];
    let ladders = book
        .instruments()
        .flat_map(move |instrument_id| sides.map(|side| (instrument_id, side)));
    ladders.flat_map(move |(instrument_id, side)| {
        book.levels(instrument_id, side).flat_map(move |level| {
            let price = level.price;
            let queue = book.queue(instrument_id, side, price);
            queue.map(move |(id, qty)| Order {
                id,
                instrument_id,
                side,
                price,
                qty,
            })
        })
    })
}

/// The event that puts an order into a book.
fn added(order: &Order) -> Event {
    let injected = storm_of(order.id).is_some();
    Event {
        price: order.price,
        qty: order.qty,
        order_id: order.id,
        instrument_id: order.instrument_id,
        event_type: EventType::Add as u8,
        side: order.side as u8,
        flags: if injected { event_flags::INJECTED } else { 0 },
        ..Event::default()
    }
}

/// Market and source, each by the book rules alone.
pub struct Market {
    pub book: HotBook,
    pub source: HotBook,
    pub observer: Observer,
    pub seq: u64,
    outcomes: Vec<Outcome>,
    injected: BTreeMap<u32, u64>,
}

impl Market {
    /// Books as they stood: the market's orders, and the source's, which are those of the market
    /// without the storms' own and with what is displaced.
    pub fn standing(observer: Observer, law: &Resolver<HotBook>) -> Self {
        let mut market = Self {
            book: HotBook::default(),
            source: HotBook::default(),
            observer,
            seq: law.seq(),
            outcomes: Vec::new(),
            injected: BTreeMap::new(),
        };
        for order in resting(law.book()) {
            market.book.apply(&added(&order));
            if storm_of(order.id).is_some() {
                *market.injected.entry(order.instrument_id).or_default() += order.qty;
            } else {
                let qty = order.qty + law.displaced_of(order.id);
                market.source.apply(&added(&Order { qty, ..order }));
            }
        }
        for ghost in law.ghosts() {
            market.source.apply(&added(&ghost));
        }
        market
    }

    /// Applies a source step.
    pub fn source_step(&mut self, step: &[Event]) {
        self.outcomes.clear();
        apply_step(&mut self.source, step, &mut self.outcomes);
        self.outcomes.clear();
        apply_step(&mut self.book, step, &mut self.outcomes);
        for at in 0..self.outcomes.len() {
            self.sequence(at, &Record::default());
        }
        if step.iter().any(|e| e.event_type == EventType::Clear as u8) {
            self.injected.remove(&step[0].instrument_id);
        }
    }

    /// Applies what the log holds; says where it does not apply as recorded.
    pub fn inserted(&mut self, logged: &Record) -> Option<Difference> {
        let event = Event {
            ts_ns: logged.ts_ns,
            price: logged.price,
            qty: logged.qty,
            order_id: logged.order_id,
            instrument_id: logged.instrument_id,
            event_type: logged.event_type,
            side: logged.side,
            flags: logged.flags,
        };
        let own = storm_of(event.order_id).is_some();
        let resting = |book: &HotBook| book.order(event.order_id).map_or(0, |o| o.qty);
        let before = if own { resting(&self.book) } else { 0 };
        self.outcomes.clear();
        apply_step(&mut self.book, &[event], &mut self.outcomes);
        if own {
            let after = resting(&self.book);
            let injected = self.injected.entry(event.instrument_id).or_default();
            *injected = (*injected + after).saturating_sub(before);
        }
        let found = self.sequence(0, logged);
        (found != *logged).then(|| Difference::between(Some(logged), Some(&found)))
    }

    /// The record of an outcome; storm and role are those of the log, which alone knows them.
    fn sequence(&mut self, at: usize, logged: &Record) -> Record {
        self.seq += 1;
        let Outcome {
            status,
            done_qty,
            event,
        } = self.outcomes[at];
        let record = Record {
            seq: self.seq,
            ts_ns: event.ts_ns,
            price: event.price,
            qty: event.qty,
            order_id: event.order_id,
            instrument_id: event.instrument_id,
            event_type: event.event_type,
            side: event.side,
            flags: event.flags,
            channel: logged.channel,
            status: status as u32,
            storm_id: logged.storm_id,
            role: logged.role,
        };
        debug_assert!(status as u32 <= ApplyStatus::DuplicateId as u32);
        self.observer.record(&record, done_qty, &self.book);
        record
    }

    /// Shares of storms' own orders resting on an instrument.
    pub fn injected_qty(&self, instrument: u32) -> u64 {
        self.injected.get(&instrument).copied().unwrap_or(0)
    }

    /// Source shares that are not in the market: source = market - injected + displaced.
    pub fn displaced_qty(&self, instrument: u32) -> u64 {
        let all = |book: &HotBook| -> u64 {
            let sides = [Side::Bid, Side::Ask];
            let of = |side| book.levels(instrument, side).map(|l| l.qty).sum::<u64>();
            sides.into_iter().map(of).sum()
        };
        (all(&self.source) + self.injected_qty(instrument)).saturating_sub(all(&self.book))
    }

    /// The record is one that storms inserted.
    pub fn is_inserted(record: &Record) -> bool {
        record.channel != Channel::Source as u32
    }
}
