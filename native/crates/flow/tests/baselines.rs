//! Baselines against a plain model that reads the book at the end of every second, and by hand.

use std::collections::BTreeMap;

use wavetank_abi::{Event, EventType, Side};
use wavetank_book::{Book, HotBook, ReferenceBook};
use wavetank_flow::{Baselines, Touch};

const SECOND_NS: u64 = 1_000_000_000;

fn add(id: u64, instrument: u32, side: Side, price: u64, qty: u64) -> Event {
    Event {
        price,
        qty,
        order_id: id,
        instrument_id: instrument,
        event_type: EventType::Add as u8,
        side: side as u8,
        ..Event::default()
    }
}

fn cancel(id: u64, instrument: u32) -> Event {
    Event {
        order_id: id,
        instrument_id: instrument,
        event_type: EventType::Cancel as u8,
        side: Side::Inherit as u8,
        ..Event::default()
    }
}

struct Tank {
    book: HotBook,
    baselines: Baselines,
}

impl Tank {
    fn new() -> Self {
        Self {
            book: HotBook::new(),
            baselines: Baselines::new(),
        }
    }

    fn apply(&mut self, ts_ns: u64, event: &Event) {
        self.baselines
            .before_event(event.instrument_id, ts_ns, &self.book);
        self.book.apply(event);
        self.baselines.count(event.instrument_id);
    }
}

#[test]
fn nothing_is_known_in_the_first_second() {
    let mut tank = Tank::new();
    assert_eq!(tank.baselines.get(7, SECOND_NS, &tank.book), None);
    tank.apply(500, &add(1, 7, Side::Bid, 100, 10));
    tank.apply(600, &add(2, 7, Side::Ask, 103, 30));
    assert_eq!(tank.baselines.get(7, 500 + SECOND_NS - 1, &tank.book), None);
    let first = tank.baselines.get(7, 500 + SECOND_NS, &tank.book).unwrap();
    assert_eq!((first.rate_milli, first.spread), (2000, 3));
    assert_eq!((first.bid_depth, first.ask_depth), (10, 30));
    assert_eq!(tank.baselines.get(8, 90 * SECOND_NS, &tank.book), None);
}

#[test]
fn silent_seconds_count_as_seconds() {
    let mut tank = Tank::new();
    for id in 0..9 {
        tank.apply(0, &add(id, 70_000, Side::Bid, 100 - id, 10));
    }
    let busy = tank.baselines.get(70_000, SECOND_NS, &tank.book).unwrap();
    assert_eq!(busy.rate_milli, 9000);
    assert_eq!(busy.spread, 0, "one side only");
    let quiet = tank
        .baselines
        .get(70_000, 3 * SECOND_NS, &tank.book)
        .unwrap();
    assert_eq!((quiet.rate_milli, quiet.bid_depth), (0, 90));
    let long = tank
        .baselines
        .get(70_000, 3_600 * SECOND_NS, &tank.book)
        .unwrap();
    assert_eq!(long, quiet);
}

#[test]
fn a_burst_just_before_a_storm_does_not_move_the_medians() {
    let mut tank = Tank::new();
    let mut id = 0;
    for second in 0..10 {
        for at in 0..40 {
            id += 1;
            let ts = second * SECOND_NS + at * 1_000_000;
            tank.apply(ts, &add(id, 1, Side::Bid, 1000 - id % 5, 1));
            if id > 100 {
                tank.apply(ts, &cancel(id - 100, 1));
            }
        }
    }
    let before = tank.baselines.get(1, 10 * SECOND_NS, &tank.book).unwrap();
    assert_eq!((before.bid_depth, before.rate_milli), (100, 80_000));
    for at in 0..5000 {
        id += 1;
        tank.apply(10 * SECOND_NS + at, &add(id, 1, Side::Bid, 999, 1000));
    }
    let after = tank.baselines.get(1, 11 * SECOND_NS, &tank.book).unwrap();
    assert_eq!(after.rate_milli, 80_000);
    assert!(after.bid_depth < 200, "{after:?}");
}

/// Reads the book at the end of every second of every instrument.
#[derive(Default)]
struct Model {
    first: BTreeMap<u32, u64>,
    counts: BTreeMap<u32, Vec<u64>>,
    touches: BTreeMap<u32, Vec<Touch>>,
}

impl Model {
    /// Ends the seconds up to an instant.
    fn advance(&mut self, now: u64, book: &ReferenceBook) {
        for (instrument, first) in &self.first {
            let touches = self.touches.entry(*instrument).or_default();
            while first + (touches.len() as u64 + 1) * SECOND_NS <= now {
                touches.push(Touch::of(book, *instrument));
                self.counts
                    .entry(*instrument)
                    .or_default()
                    .resize(touches.len() + 1, 0);
            }
        }
    }

    fn count(&mut self, instrument: u32, ts_ns: u64) {
        self.first.entry(instrument).or_insert(ts_ns);
        let counts = self.counts.entry(instrument).or_insert_with(|| vec![0]);
        *counts.last_mut().unwrap() += 1;
    }
}

fn lower_median(values: &[u64]) -> u64 {
    let mut sorted = values[values.len().saturating_sub(10)..].to_vec();
    sorted.sort_unstable();
    sorted
        .get(sorted.len().saturating_sub(1) / 2)
        .copied()
        .unwrap_or(0)
}

/// A busy instrument is read every second, so the model's numbers are met exactly; a quiet one's
/// rate is exact, and its depth is that of some second of the window.
#[test]
fn a_busy_instrument_is_as_the_model_says() {
    let mut tank = Tank::new();
    let mut model = Model::default();
    let mut twin = ReferenceBook::new();
    let mut random = 0x5EED_u64;
    let mut now = 0;
    for id in 1..60_000_u64 {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        now += random % 2_000_000;
        // Instrument 1 has about 900 events a second, 2 has about one in ten seconds.
        let instrument = if random.is_multiple_of(9999) { 2 } else { 1 };
        model.advance(now, &twin);
        let side = if random & 1 << 40 == 0 {
            Side::Bid
        } else {
            Side::Ask
        };
        let away = random >> 20 & 15;
        let price = if side == Side::Bid {
            1000 - away
        } else {
            1001 + away
        };
        let event = if id % 2 == 0 && id > 500 {
            cancel(id - 401, 1)
        } else {
            add(id, instrument, side, price, random >> 50)
        };
        tank.apply(now, &event);
        twin.apply(&event);
        model.count(event.instrument_id, now);
        if id % 1000 == 0 {
            compare(&tank, &model, now);
        }
    }
}

fn compare(tank: &Tank, model: &Model, now: u64) {
    for (instrument, touches) in &model.touches {
        let found = tank.baselines.get(*instrument, now, &tank.book);
        if touches.is_empty() {
            assert_eq!(found, None);
            continue;
        }
        let found = found.unwrap();
        let counts = &model.counts[instrument][..touches.len()];
        assert_eq!(
            found.rate_milli,
            lower_median(counts) * 1000,
            "rate of {instrument} at {now}"
        );
        let bids: Vec<u64> = touches.iter().map(|touch| touch.bid_depth).collect();
        let asks: Vec<u64> = touches.iter().map(|touch| touch.ask_depth).collect();
        if *instrument == 1 {
            assert_eq!(found.bid_depth, lower_median(&bids), "bids at {now}");
            assert_eq!(found.ask_depth, lower_median(&asks), "asks at {now}");
        }
    }
}
