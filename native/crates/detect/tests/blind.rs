//! Detectors see no label: with every label wiped from the records, the same flags come; and silence
//! may be skipped.

use wavetank_abi::{Event, EventType, IntentOp, Record, Side, event_flags};
use wavetank_book::{Book, ReferenceBook, steps};
use wavetank_detect::{Bank, Flag, Snapshot};
use wavetank_resolve::{Resolver, Sink};
use wavetank_synth::{Synth, SynthParams};

const OPEN_MS: u64 = 34_200_000;

/// Every record with what else the bank is told of it.
#[derive(Default)]
struct Heard(Vec<(Record, u64, (u64, u64))>);

impl Sink<ReferenceBook> for Heard {
    fn record(&mut self, record: &Record, done_qty: u64, book: &ReferenceBook) {
        let best = |side| book.best(1, side).map_or(0, |level| level.price);
        self.0
            .push((*record, done_qty, (best(Side::Bid), best(Side::Ask))));
    }
}

/// Twenty seconds of market, then five in which bids are placed and pulled without end.
fn heard() -> Vec<(Record, u64, (u64, u64))> {
    let mut synth = Synth::new(SynthParams::default()).unwrap();
    let mut resolver = Resolver::new(ReferenceBook::new());
    let (mut heard, mut events) = (Heard::default(), Vec::new());
    for ms in 1..=25_000u64 {
        let ts_ns = (OPEN_MS + ms) * 1_000_000;
        events.clear();
        synth.next_batch(ts_ns, usize::MAX, &mut events);
        steps(&events).for_each(|step| resolver.source(step, &mut heard));
        let best = resolver.book().best(1, Side::Bid);
        if let Some(best) = best.filter(|_| ms > 20_000) {
            let intent = |op, price, qty, order_id| Event {
                price,
                qty,
                order_id,
                instrument_id: 1,
                event_type: op as u8,
                ..Event::default()
            };
            for n in 0..4 {
                let price = best.price - 400 - 100 * n;
                let stub = intent(IntentOp::AddOwn, price, 1 + (ms * ms + n) % 97, 4 * ms + n);
                let gone = intent(IntentOp::CancelOwn, 0, 0, 4 * (ms - 1) + n);
                for intent in [gone, stub] {
                    resolver.intent(1, ts_ns, &intent, &mut heard);
                }
            }
        }
    }
    heard.0
}

/// Flags of the records; `skip_silence` leaves out snapshots while nothing happens.
fn flags(heard: &[(Record, u64, (u64, u64))], skip_silence: bool) -> Vec<Flag> {
    let (mut bank, mut flags) = (Bank::new(100), Vec::new());
    let mut next_ms = OPEN_MS + 20;
    let mut last = (0, 0);
    for (record, done_qty, touch) in heard {
        let at_ms = record.ts_ns / 1_000_000;
        while at_ms > next_ms {
            let (bid, ask) = last;
            let (bid_depth, ask_depth) = (10_000, 10_000);
            let silent = at_ms - next_ms > 1_000;
            if !(skip_silence && silent) {
                bank.tick(
                    &Snapshot {
                        at_ms: next_ms,
                        bid,
                        ask,
                        bid_depth,
                        ask_depth,
                    },
                    &mut flags,
                );
            }
            next_ms += 20;
        }
        bank.record(record, *done_qty, *touch);
        last = *touch;
    }
    flags
}

fn wiped(heard: &[(Record, u64, (u64, u64))]) -> Vec<(Record, u64, (u64, u64))> {
    let label = event_flags::INJECTED | event_flags::MORE;
    let wipe = |record: &Record| {
        let bare = Record {
            channel: 0,
            storm_id: 0,
            role: 0,
            seq: 0,
            ..*record
        };
        Record {
            flags: record.flags & !label,
            ..bare
        }
    };
    heard
        .iter()
        .map(|(record, qty, touch)| (wipe(record), *qty, *touch))
        .collect()
}

#[test]
fn labels_change_nothing() {
    let heard = heard();
    assert!(
        heard
            .iter()
            .any(|(record, ..)| record.channel == 1 && record.storm_id == 1)
    );
    let labelled = flags(&heard, false);
    assert!(!labelled.is_empty(), "the stream should raise something");
    assert_eq!(labelled, flags(&wiped(&heard), false));
}

#[test]
fn silence_may_be_skipped() {
    let mut heard = heard();
    for (record, ..) in &mut heard {
        let late = record.ts_ns > (OPEN_MS + 15_000) * 1_000_000;
        record.ts_ns += if late { 7_000_000_000 } else { 0 };
    }
    let all = flags(&heard, false);
    assert!(!all.is_empty(), "the stream should raise something");
    assert_eq!(all, flags(&heard, true));
}

#[test]
fn other_things_than_orders_and_prints_are_not_seen() {
    let mut bank = Bank::new(100);
    let mut flags = Vec::new();
    for n in 0..200_000u64 {
        let kind = if n % 2 == 0 {
            EventType::Status
        } else {
            EventType::Trade
        };
        let record = Record {
            ts_ns: n * 100_000,
            qty: 100,
            event_type: kind as u8,
            side: 2,
            flags: if n % 2 == 0 { 0 } else { event_flags::CROSS },
            status: 1,
            ..Record::default()
        };
        bank.record(&record, 0, (1_000_000, 1_000_100));
        if n % 200 == 0 {
            let (bid_depth, ask_depth) = (1_000, 1_000);
            let (bid, ask, at_ms) = (1_000_000, 1_000_100, n / 10);
            bank.tick(
                &Snapshot {
                    at_ms,
                    bid,
                    ask,
                    bid_depth,
                    ask_depth,
                },
                &mut flags,
            );
        }
    }
    assert_eq!(flags, []);
}
