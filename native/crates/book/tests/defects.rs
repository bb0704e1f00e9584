//! Books that are wrong on purpose: the rule table and the twins must each turn red on every one.
//! A suite that cannot see a known defect is no proof.

mod flow;
mod vectors;

use flow::{Flow, Profile};
use vectors::{Rule, Rules};
use wavetank_abi::{Event, EventType, Side, event_flags};
use wavetank_book::{Book, Level, Outcome, ReferenceBook, steps};

#[derive(Clone, Copy, Debug)]
enum Defect {
    ReplaceParsedButNotApplied,
    ReplaceKeepsItsPlace,
    HiddenTradesTakeDisplayedSize,
    DuplicatesLeaveGhosts,
    ModifyDownLosesItsPlace,
    ModifyDownLeavesGhostShares,
    PartialCancelTakesAll,
    ExecutionsAreAlwaysBids,
    OtherInstrumentsOrdersMove,
    ClearEmptiesEverything,
    LevelsStopAtTheSecond,
}

const ALL: [Defect; 11] = [
    Defect::ReplaceParsedButNotApplied,
    Defect::ReplaceKeepsItsPlace,
    Defect::HiddenTradesTakeDisplayedSize,
    Defect::DuplicatesLeaveGhosts,
    Defect::ModifyDownLosesItsPlace,
    Defect::ModifyDownLeavesGhostShares,
    Defect::PartialCancelTakesAll,
    Defect::ExecutionsAreAlwaysBids,
    Defect::OtherInstrumentsOrdersMove,
    Defect::ClearEmptiesEverything,
    Defect::LevelsStopAtTheSecond,
];

struct Wrong {
    book: ReferenceBook,
    defect: Defect,
}

fn is(event: &Event, kind: EventType) -> bool {
    event.event_type == kind as u8
}

impl Wrong {
    fn apply(&mut self, event: &Event) -> Outcome {
        let as_is = self.book.clone().apply(event);
        let order = self.book.order(event.order_id);
        let with = |change: &dyn Fn(&mut Event)| {
            let mut changed = *event;
            change(&mut changed);
            changed
        };
        match (self.defect, order) {
            (Defect::HiddenTradesTakeDisplayedSize, _) if is(event, EventType::Trade) => {
                self.book
                    .apply(&with(&|e| e.flags &= !event_flags::NON_DISPLAYED));
                as_is
            }
            (Defect::DuplicatesLeaveGhosts, Some(_)) if is(event, EventType::Add) => {
                self.book.apply(&with(&|e| e.order_id ^= 1 << 45));
                as_is
            }
            (Defect::ModifyDownLosesItsPlace, Some(_)) if is(event, EventType::Modify) => {
                self.book.apply(&with(&|e| e.qty = e.qty.max(1 << 31)));
                self.book.apply(event)
            }
            (Defect::ModifyDownLeavesGhostShares, Some(old)) if is(event, EventType::Modify) => {
                let outcome = self.book.apply(event);
                let ghost = Event {
                    side: old.side as u8,
                    price: old.price,
                    ..*event
                };
                let ghost = Event {
                    event_type: 1,
                    order_id: 1 << 46,
                    ..ghost
                };
                self.book.apply(&ghost);
                outcome
            }
            (Defect::PartialCancelTakesAll, _) if is(event, EventType::Cancel) => self
                .book
                .apply(&with(&|e| e.qty = e.qty.min(1 << 32) & (1 << 32))),
            (Defect::ExecutionsAreAlwaysBids, Some(_)) if is(event, EventType::Trade) => {
                let mut outcome = self.book.apply(event);
                outcome.event.side = outcome.event.side.min(Side::Bid as u8);
                outcome
            }
            (Defect::OtherInstrumentsOrdersMove, Some(old)) if !is(event, EventType::Add) => self
                .book
                .apply(&with(&|e| e.instrument_id = old.instrument_id)),
            (Defect::ClearEmptiesEverything, _) if is(event, EventType::Clear) => {
                for instrument in self.book.instruments().collect::<Vec<_>>() {
                    self.book.apply(&with(&|e| e.instrument_id = instrument));
                }
                as_is
            }
            _ => self.book.apply(event),
        }
    }

    fn replace(&mut self, cancel: &Event, add: &Event) -> [Outcome; 2] {
        let as_is = self.book.clone().replace(cancel, add);
        let applied = as_is[0].status as u32 == 0;
        match self.defect {
            Defect::ReplaceParsedButNotApplied => as_is,
            Defect::ReplaceKeepsItsPlace if applied && cancel.order_id == add.order_id => {
                let modify = Event {
                    event_type: 3,
                    flags: add.flags & 32,
                    ..*add
                };
                self.book.apply(&modify);
                as_is
            }
            _ => self.book.replace(cancel, add),
        }
    }

    fn step(&mut self, step: &[Event]) -> Vec<Outcome> {
        match step {
            [cancel, add] => self.replace(cancel, add).to_vec(),
            _ => step.iter().map(|event| self.apply(event)).collect(),
        }
    }

    fn levels(&self, instrument: u32, side: Side) -> Vec<Level> {
        let cap = match self.defect {
            Defect::LevelsStopAtTheSecond => 1,
            _ => usize::MAX,
        };
        self.book.levels(instrument, side).take(cap).collect()
    }

    /// Whether a wrong book and a right one show the same.
    fn equals(&self, right: &ReferenceBook) -> bool {
        let instruments: Vec<u32> = right.instruments().collect();
        let sides = [Side::Bid, Side::Ask];
        let places = instruments
            .iter()
            .flat_map(|i| sides.map(|side| (*i, side)));
        self.book.instruments().eq(instruments.iter().copied())
            && places.into_iter().all(|(instrument, side)| {
                let levels = self.levels(instrument, side);
                let queue = |b: &ReferenceBook, l: &Level| -> Vec<_> {
                    b.queue(instrument, side, l.price).collect()
                };
                levels.iter().copied().eq(right.levels(instrument, side))
                    && levels
                        .iter()
                        .all(|level| queue(&self.book, level) == queue(right, level))
            })
    }
}

/// Whether some step of the stream shows the defect.
fn sees(defect: Defect, events: &[Event]) -> bool {
    let mut right = ReferenceBook::new();
    let mut wrong = Wrong {
        book: ReferenceBook::new(),
        defect,
    };
    steps(events)
        .any(|step| wrong.step(step) != flow::apply(&mut right, step) || !wrong.equals(&right))
}

#[test]
fn the_rule_table_sees_every_defect() {
    let rules: Rules = vectors::read("book-rules.json");
    let events = |rule: &Rule| -> Vec<Event> { rule.events.iter().map(|e| e.event()).collect() };
    for defect in ALL {
        let seen = rules.cases.iter().any(|rule| sees(defect, &events(rule)));
        assert!(seen, "no rule sees {defect:?}");
    }
}

#[test]
fn the_streams_of_the_twins_see_every_defect() {
    let close = Profile {
        depth: 2,
        instruments: 2,
        live: 60,
        ..Profile::default()
    };
    let profiles = [
        Profile {
            clears: 3,
            ..Profile::default()
        },
        close,
    ];
    let streams = profiles.map(|profile| {
        let (mut flow, mut events) = (Flow::new(1, profile), Vec::new());
        (0..4_000).for_each(|_| flow.step(&mut events));
        events
    });
    for defect in ALL {
        let seen = streams.iter().any(|events| sees(defect, events));
        assert!(seen, "no stream sees {defect:?}");
    }
}
