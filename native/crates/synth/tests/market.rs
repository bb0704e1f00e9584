//! The market as its users see it: pure, legal, never crossed, and shaped like a market.

use wavetank_abi::{ApplyStatus, Event, EventType, Side, event_flags};
use wavetank_book::{Book, Outcome, ReferenceBook, apply_step, steps};
use wavetank_synth::{Synth, SynthParams};

const OPEN_NS: u64 = 34_200_000_000_000;
const SECOND: u64 = 1_000_000_000;

fn synth(params: SynthParams) -> Synth {
    Synth::new(params).unwrap()
}

fn seeded(seed: u64) -> SynthParams {
    SynthParams {
        seed,
        ..SynthParams::default()
    }
}

fn events(params: SynthParams, n: usize) -> Vec<Event> {
    let mut out = Vec::new();
    synth(params).next_batch(u64::MAX, n, &mut out);
    out
}

#[test]
fn the_same_seed_gives_the_same_events_and_another_does_not() {
    let some = SynthParams {
        instruments: 7,
        halts_per_hour: 600,
        ..seeded(9)
    };
    assert_eq!(events(some, 50_000), events(some, 50_000));
    assert_ne!(events(seeded(1), 1_000), events(seeded(2), 1_000));
    assert_ne!(seeded(1).digest(), seeded(2).digest());
}

#[test]
fn how_the_caller_cuts_its_batches_changes_nothing() {
    let params = SynthParams {
        instruments: 3,
        ..seeded(5)
    };
    let whole = events(params, 40_000);
    for cut in [1, 2, 7, 1_000] {
        let mut synth = synth(params);
        let mut parts = Vec::new();
        let mut until_ns = OPEN_NS;
        while parts.len() < whole.len() {
            let before = parts.len();
            let given = synth.next_batch(until_ns, cut, &mut parts);
            assert_eq!(given, parts.len() - before);
            assert!(given <= cut + 1);
            assert!(parts.iter().all(|event| event.ts_ns <= until_ns));
            let last = parts.last().map_or(0, |event| event.flags);
            assert_eq!(last & event_flags::MORE, 0, "a replace pair was split");
            if given < cut {
                until_ns += 777_777;
            }
        }
        parts.truncate(whole.len());
        assert_eq!(parts, whole, "cut {cut}");
    }
}

#[test]
fn a_clone_goes_on_as_the_original() {
    let mut original = synth(seeded(3));
    original.next_batch(u64::MAX, 12_345, &mut Vec::new());
    let mut copy = original.clone();
    let (mut a, mut b) = (Vec::new(), Vec::new());
    original.next_batch(u64::MAX, 5_000, &mut a);
    copy.next_batch(u64::MAX, 5_000, &mut b);
    assert_eq!(a, b);
}

#[test]
fn it_opens_with_the_venue_then_trading_then_orders() {
    let out = events(
        SynthParams {
            instruments: 2,
            ..seeded(1)
        },
        2_000,
    );
    let head: Vec<(u32, u8, u8)> = out[..5]
        .iter()
        .map(|e| (e.instrument_id, e.qty as u8, e.price as u8))
        .collect();
    let expected = [
        (0, b'S', b'O'),
        (0, b'S', b'S'),
        (0, b'S', b'Q'),
        (1, b'H', b'T'),
        (2, b'H', b'T'),
    ];
    assert_eq!(head, expected);
    assert!(out.iter().all(|event| event.ts_ns >= OPEN_NS));
    assert!(out[..5].iter().all(|event| event.ts_ns == OPEN_NS));
    assert!(
        out[5..1_205]
            .iter()
            .all(|event| event.event_type == EventType::Add as u8)
    );
    assert_eq!(synth(seeded(1)).symbol(0), *b"SYN001  ");
    assert_eq!(synth(seeded(1)).symbol(65_534), *b"SYN65535");
}

/// What a run looked like, judged event by event on the reference book.
#[derive(Default)]
struct Seen {
    messages: u64,
    /// Adds, deletes, partial cancels, replaces, executions, hidden prints.
    mix: [u64; 6],
    /// Messages by spread in ticks, the last: more.
    spreads: [u64; 5],
    mids: std::collections::BTreeSet<u64>,
    live_max: u64,
    sizes: Vec<u64>,
}

impl Seen {
    fn part(&self, count: u64) -> u64 {
        count * 1_000 / self.messages
    }
}

/// Runs for some seconds; every event must be accepted, and no book locked or crossed.
fn watch(params: SynthParams, seconds: u64) -> Seen {
    let mut synth = synth(params);
    let (mut book, mut seen) = (ReferenceBook::new(), Seen::default());
    let (mut batch, mut outcomes) = (Vec::new(), Vec::new());
    synth.next_batch(OPEN_NS + seconds * SECOND, usize::MAX, &mut batch);
    for step in steps(&batch) {
        outcomes.clear();
        apply_step(&mut book, step, &mut outcomes);
        outcomes.iter().for_each(check_accepted);
        let instrument = step[0].instrument_id;
        let best = |side| book.best(instrument, side).map(|level| level.price);
        if let (Some(bid), Some(ask)) = (best(Side::Bid), best(Side::Ask)) {
            assert!(
                bid < ask,
                "seed {}: {bid} over {ask} after {step:?}",
                params.seed
            );
            if instrument == 1 && step[0].ts_ns >= OPEN_NS + SECOND {
                let ticks = (ask - bid) / u64::from(synth.tick_size(0));
                count(&mut seen, step, ticks, bid + ask);
                seen.live_max = seen.live_max.max(book.live_orders());
            }
        }
    }
    seen
}

fn check_accepted(outcome: &Outcome) {
    let tape = outcome.status == ApplyStatus::Tape;
    assert!(
        tape || outcome.status == ApplyStatus::Applied,
        "{outcome:?}"
    );
    let on_book = outcome.event.event_type != EventType::Status as u8
        && outcome.event.flags & (event_flags::CROSS | event_flags::NON_DISPLAYED) == 0;
    assert_eq!(on_book, !tape, "{outcome:?}");
}

fn count(seen: &mut Seen, step: &[Event], spread: u64, mid_x2: u64) {
    seen.messages += 1;
    seen.spreads[(spread as usize).min(4)] += 1;
    seen.mids.insert(mid_x2);
    let kind = match (EventType::from_raw(step[0].event_type), step[0].flags) {
        _ if step.len() == 2 => 3,
        (Some(EventType::Add), _) => 0,
        (Some(EventType::Cancel), _) => 1 + usize::from(step[0].qty > 0),
        (Some(EventType::Trade), event_flags::NON_DISPLAYED) => 5,
        _ => 4,
    };
    seen.mix[kind] += 1;
    if kind == 0 {
        seen.sizes.push(step[0].qty);
    }
}

#[track_caller]
fn within(what: &str, value: u64, range: std::ops::RangeInclusive<u64>) {
    assert!(
        range.contains(&value),
        "{what}: {value}, expected {range:?}"
    );
}

#[test]
fn the_default_market_is_shaped_like_one() {
    for seed in 1..=4 {
        let mut seen = watch(seeded(seed), 41);
        within("messages a second", seen.messages / 40, 1_700..=2_300);
        let mix = seen.mix.map(|count| seen.part(count));
        let ranges = [410..=460, 390..=440, 4..=14, 70..=95, 30..=70, 4..=16];
        for (what, (value, range)) in [
            "adds",
            "deletes",
            "partial",
            "replaces",
            "executions",
            "hidden",
        ]
        .iter()
        .zip(mix.into_iter().zip(ranges))
        {
            within(what, value, range);
        }
        let spreads = seen.spreads.map(|count| seen.part(count));
        within("locked", spreads[0], 0..=0);
        within(
            "one to three ticks",
            spreads[1] + spreads[2] + spreads[3],
            970..=1_000,
        );
        within(
            "more than one tick",
            spreads[2] + spreads[3] + spreads[4],
            300..=750,
        );
        within("different mids", seen.mids.len() as u64, 6..=400);
        within("live orders at most", seen.live_max, 500..=900);
        seen.sizes.sort_unstable();
        let at = |per_mille: usize| seen.sizes[seen.sizes.len() * per_mille / 1_000];
        within("median size", at(500), 100..=100);
        within("size in the tail", at(995), 2_000..=30_000);
    }
}

#[test]
fn other_prices_and_rates_are_legal_too() {
    let base = seeded(11);
    let cases = [
        SynthParams {
            base_price: 10_000,
            ..base
        },
        SynthParams {
            base_price: 5_000,
            ..base
        },
        SynthParams {
            base_price: 100_000_000,
            ..base
        },
        SynthParams {
            tick_size: 500,
            ..base
        },
        SynthParams {
            live_orders: 40,
            ..base
        },
        SynthParams {
            live_orders: 3_000,
            ..base
        },
        SynthParams {
            instruments: 40,
            halts_per_hour: 600,
            ..base
        },
    ];
    for params in cases {
        let seen = watch(params, 12);
        let wide = seen.part(seen.spreads[4]);
        within(
            "wider than three ticks",
            wide,
            0..=if params.live_orders < 100 { 300 } else { 40 },
        );
    }
    for events_per_s in [10, 500, 12_500, 50_000] {
        let seen = watch(
            SynthParams {
                events_per_s,
                ..base
            },
            11,
        );
        let rate = u64::from(events_per_s);
        within(
            "messages a second",
            seen.messages / 10,
            rate * 6 / 10..=rate * 14 / 10,
        );
    }
}

#[test]
fn activity_follows_zipf() {
    let params = SynthParams {
        instruments: 100,
        events_per_s: 10_000,
        live_orders: 40,
        ..seeded(2)
    };
    let mut counts = vec![0u64; 101];
    let mut out = Vec::new();
    synth(params).next_batch(OPEN_NS + 20 * SECOND, usize::MAX, &mut out);
    out.iter()
        .for_each(|event| counts[event.instrument_id as usize] += 1);
    // Bursts favour single instruments, so some are judged together: 1/10 + … + 1/20 = 0.7688.
    let some: u64 = counts[10..=20].iter().sum();
    within(
        "first, over what ten to twenty say of it",
        counts[1] * 769 / some,
        700..=1_300,
    );
    assert!(counts[1..].iter().all(|&count| count > 1_000));
}

#[test]
fn halts_silence_an_instrument_for_five_minutes() {
    let params = SynthParams {
        instruments: 4,
        events_per_s: 100,
        halts_per_hour: 60,
        ..seeded(4)
    };
    let mut out = Vec::new();
    synth(params).next_batch(OPEN_NS + 1_200 * SECOND, usize::MAX, &mut out);
    let mut halted_at = [None; 5];
    let mut halts = 0;
    for event in &out {
        let at = &mut halted_at[event.instrument_id as usize];
        let status = (event.event_type == EventType::Status as u8).then_some(event.price as u8);
        match status {
            Some(b'H') => *at = Some(event.ts_ns),
            Some(b'T') if at.is_some() => {
                within(
                    "halt in ns",
                    event.ts_ns - at.unwrap_or(0),
                    300 * SECOND..=301 * SECOND,
                );
                (*at, halts) = (None, halts + 1);
            }
            None if event.flags & event_flags::CROSS == 0 => assert_eq!(*at, None, "{event:?}"),
            _ => {}
        }
    }
    within("halts that ended", halts, 5..=20);
}

#[test]
fn wrong_parameters_are_named() {
    let good = SynthParams::default();
    let cases = [
        (
            "instruments",
            SynthParams {
                instruments: 0,
                ..good
            },
        ),
        (
            "instruments",
            SynthParams {
                instruments: 65_536,
                ..good
            },
        ),
        (
            "events_per_s",
            SynthParams {
                events_per_s: 9,
                ..good
            },
        ),
        (
            "base_price",
            SynthParams {
                base_price: 10_050,
                ..good
            },
        ),
        (
            "base_price",
            SynthParams {
                base_price: 0,
                ..good
            },
        ),
        (
            "base_price",
            SynthParams {
                base_price: u32::MAX,
                ..good
            },
        ),
        (
            "base_price",
            SynthParams {
                tick_size: 20_000,
                ..good
            },
        ),
        (
            "live_orders",
            SynthParams {
                live_orders: 39,
                ..good
            },
        ),
        (
            "halts_per_hour",
            SynthParams {
                halts_per_hour: 601,
                ..good
            },
        ),
    ];
    for (name, params) in cases {
        assert_eq!(
            Synth::new(params).err().map(|error| error.name),
            Some(name),
            "{params:?}"
        );
    }
}
