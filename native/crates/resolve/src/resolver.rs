//! The resolver: owns the market book, gives every event its place in the sequence, and inserts
//! what the law demands. In: source steps and intents. Out: complete records.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use wavetank_abi::{ApplyStatus, Channel, Event, Record, StormRole, event_flags};
use wavetank_book::{Ahead, Book, Outcome, steps};

use crate::area::Area;
use crate::displaced::Displaced;
use crate::judge::Verdict;
use crate::rule::Rules;
use crate::sink::Sink;
use crate::storm::{Storm, storm_of};

/// What has been sequenced so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResolveCounters {
    /// Source events by `ApplyStatus`, those of `displaced` left out.
    pub source_by_status: [u64; ApplyStatus::DuplicateId as usize + 1],
    /// Source executions and cancels of an order of which nothing stood.
    pub displaced: u64,
    /// Shares of displaced quantity that the source used up.
    pub absorbed_qty: u64,
    /// Source executions that printed through a better injected price.
    pub traded_through: u64,
    /// Channel-1 events.
    pub storm_events: u64,
}

/// How many records ahead a sink hears what comes, and what is near.
const COMING: usize = 24;
const NEAR: usize = 12;

/// Two halves of a word of a record.
const fn halves(low: u32, high: u32) -> u64 {
    low as u64 | (high as u64) << 32
}

/// The record of an outcome. It is put together by words: whoever reads it next does so by words,
/// and a processor waits for the memory when what it reads was written in parts.
#[inline]
fn recorded(
    seq: u64,
    channel: Channel,
    outcome: &Outcome,
    (storm_id, role): (u32, StormRole),
) -> Record {
    let Event {
        ts_ns,
        price,
        qty,
        order_id,
        instrument_id,
        event_type,
        side,
        flags,
    } = outcome.event;
    let [flags_low, flags_high] = flags.to_le_bytes();
    let kind = u32::from_le_bytes([event_type, side, flags_low, flags_high]);
    let words = [
        seq,
        ts_ns,
        price,
        qty,
        order_id,
        halves(instrument_id, kind),
        halves(channel as u32, outcome.status as u32),
        halves(storm_id, role as u32),
    ];
    bytemuck::cast(words.map(u64::to_le))
}

/// The law of `docs/storms.md` over any book.
#[derive(Clone, Debug)]
pub struct Resolver<B> {
    pub(crate) book: B,
    pub(crate) seq: u64,
    pub(crate) rules: Rules,
    pub(crate) counters: ResolveCounters,
    /// By source order id. Looked up, never iterated: a hash order must not leak.
    pub(crate) displaced: FxHashMap<u64, Displaced>,
    /// By instrument; only those with anything displaced or injected.
    pub(crate) areas: BTreeMap<u32, Area>,
    pub(crate) storms: BTreeMap<u32, Storm>,
    pub(crate) injected_orders: u64,
}

impl<B: Book> Resolver<B> {
    /// A resolver over a market book that holds source orders only.
    pub fn new(book: B) -> Self {
        Self {
            book,
            seq: 0,
            rules: Rules::default(),
            counters: ResolveCounters::default(),
            displaced: FxHashMap::default(),
            areas: BTreeMap::new(),
            storms: BTreeMap::new(),
            injected_orders: 0,
        }
    }

    /// The market.
    pub fn book(&self) -> &B {
        &self.book
    }

    /// Last sequence number given.
    pub fn seq(&self) -> u64 {
        self.seq
    }

    /// Sequence number the next event will get.
    pub fn next_seq(&self) -> u64 {
        self.seq + 1
    }

    /// What has been sequenced so far.
    pub fn counters(&self) -> &ResolveCounters {
        &self.counters
    }

    /// Nothing is displaced and no injected order rests: market = source.
    #[inline]
    pub fn clean(&self) -> bool {
        self.areas.is_empty()
    }

    /// Sequences one source step: an event, or both halves of a replace.
    #[inline]
    pub fn source(&mut self, step: &[Event], out: &mut impl Sink<B>) {
        if step.iter().any(|e| e.flags & event_flags::INJECTED != 0) {
            return self.refuse(step, out);
        }
        if self.clean() {
            return self.apply_source(step, false, out);
        }
        let verdict = self.judge(step);
        if let (Some(event), true) = (step.last(), verdict != Verdict::Plain) {
            self.prepare(event.ts_ns, event.instrument_id, verdict, out);
        }
        let settles = matches!(verdict, Verdict::Takes(taking) if taking.displaced);
        self.apply_source(step, settles, out);
        if settles {
            let order_id = step[0].order_id;
            self.set_ghost(order_id, self.book.order(order_id).is_none());
        }
    }

    #[inline]
    fn apply_source(&mut self, step: &[Event], displaced: bool, out: &mut impl Sink<B>) {
        match step {
            [cancel, add] => {
                for outcome in &self.book.replace(cancel, add) {
                    self.sequence_source(outcome, false, out);
                }
            }
            [event] => {
                let outcome = self.book.apply(event);
                let ghost = displaced && outcome.status == ApplyStatus::UnknownOrder;
                self.sequence_source(&outcome, ghost, out);
            }
            _ => debug_assert!(false, "a step is one event or a replace pair"),
        }
    }

    /// Sequences whole steps in a row, with the book's memory fetched ahead.
    pub fn source_block(&mut self, events: &[Event], out: &mut impl Sink<B>) {
        let refused = |e: &Event| e.flags & event_flags::INJECTED != 0;
        if self.clean() && !events.iter().any(refused) {
            return self.clean_block(events, out);
        }
        let (mut at, mut ahead) = (0, Ahead::default());
        for step in steps(events) {
            self.book.look_ahead(events, at, &mut ahead);
            self.source(step, out);
            at += step.len();
        }
    }

    /// The same in a market that no storm changed: what applies is what is sequenced.
    fn clean_block(&mut self, events: &[Event], out: &mut impl Sink<B>) {
        let Self {
            book,
            seq,
            counters,
            ..
        } = self;
        let mut at = 0;
        book.apply_steps(events, |outcome, book| {
            at += 1;
            if let Some(event) = events.get(at + COMING) {
                out.coming(event);
                out.near(&events[at + NEAR]);
            }
            *seq += 1;
            counters.source_by_status[outcome.status as usize] += 1;
            let record = recorded(*seq, Channel::Source, outcome, (0, StormRole::None));
            out.record(&record, outcome.done_qty, book);
        });
    }

    /// No parser marks an event as injected; one that is so marked never reaches the book.
    #[cold]
    fn refuse(&mut self, step: &[Event], out: &mut impl Sink<B>) {
        for &event in step {
            let outcome = Outcome {
                status: ApplyStatus::BadFlags,
                done_qty: 0,
                event,
            };
            self.sequence_source(&outcome, false, out);
        }
    }

    #[inline]
    fn sequence_source(&mut self, outcome: &Outcome, ghost: bool, out: &mut impl Sink<B>) {
        if ghost {
            self.counters.displaced += 1;
        } else {
            self.counters.source_by_status[outcome.status as usize] += 1;
        }
        self.sequence(Channel::Source, outcome, 0, StormRole::None, out);
    }

    #[inline]
    fn sequence(
        &mut self,
        channel: Channel,
        outcome: &Outcome,
        storm_id: u32,
        role: StormRole,
        out: &mut impl Sink<B>,
    ) {
        self.seq += 1;
        let record = recorded(self.seq, channel, outcome, (storm_id, role));
        out.record(&record, outcome.done_qty, &self.book);
    }

    /// Sequences one inserted event; the law only ever inserts what the book accepts.
    pub(crate) fn emit(
        &mut self,
        event: Event,
        storm_id: u32,
        role: StormRole,
        out: &mut impl Sink<B>,
    ) {
        let outcome = self.book.apply(&event);
        debug_assert_eq!(
            outcome.status,
            ApplyStatus::Applied,
            "{event:?} as {role:?}"
        );
        self.counters.storm_events += 1;
        if let Some(storm) = self.storms.get_mut(&storm_id) {
            storm.counters.events += 1;
        }
        self.sequence(Channel::Storm, &outcome, storm_id, role, out);
        if storm_of(event.order_id).is_some() {
            self.own_changed(&outcome);
        }
    }
}
