//! The recorded hour with storms at random moments of it: the law on real order flow, replaces
//! included. Absent fixtures are a printed skip, and an error in CI.

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::path::PathBuf;

use wavetank_abi::{Event, Record};
use wavetank_book::{Book, HotBook, ReferenceBook, steps};
use wavetank_feed::{Framing, Parser, parse_all};

use super::runs::{Plan, QUANTUM_NS, slot};
use super::stream::Rng;
use super::tank::{Tank, ensure};
use crate::resolver::Resolver;

const HOUR: &str = "aapl-2012-06-21-replaces/feed.itch50";
/// Quanta between checks of the whole book.
const CHECK_EVERY: u64 = 256;
const INTENTS_PER_MILLE: u64 = 200;

fn hour() -> Option<Vec<Event>> {
    let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../../shared/fixtures");
    let root = env::var_os("WAVETANK_FIXTURES").map_or_else(beside, PathBuf::from);
    let path = root.join(HOUR);
    let Ok(bytes) = fs::read(&path) else {
        assert!(
            env::var("WAVETANK_REQUIRE_FIXTURES").as_deref() != Ok("true"),
            "{} is absent",
            path.display()
        );
        println!("skipped: {} is absent", path.display());
        return None;
    };
    let mut events = Vec::new();
    parse_all(&bytes, Framing::Auto, Parser::Rust, &mut events).expect("an ITCH file");
    Some(events)
}

fn quantum_of(event: &Event) -> u64 {
    event.ts_ns.div_ceil(QUANTUM_NS)
}

fn plans(rng: &mut Rng, first: u64, instrument: u32) -> Vec<Plan> {
    let storms = 3 + rng.below(4) as u32;
    (1..=storms)
        .map(|storm| {
            let from = first + rng.below(3_400_000);
            let to = from + 2000 + rng.below(10_000);
            let half_life_ms = rng.pick(&[200, 800, 3000]);
            Plan {
                storm,
                instrument,
                from,
                to,
                half_life_ms,
                releases: false,
            }
        })
        .collect()
}

/// Quanta with messages, and those in which storms act or return.
fn quanta(events: &[Event], plans: &[Plan]) -> BTreeSet<u64> {
    let mut all: BTreeSet<u64> = events.iter().map(quantum_of).collect();
    for plan in plans {
        all.extend(plan.from..plan.to + 20 * u64::from(plan.half_life_ms));
    }
    all
}

fn run<B: Book>(seed: u64, events: &[Event], book: B) -> Result<String, String> {
    let mut rng = Rng(seed);
    let instruments: BTreeSet<u32> = events.iter().map(|e| e.instrument_id).collect();
    let instruments: Vec<u32> = instruments.into_iter().collect();
    let traded = events.last().ok_or("no events")?.instrument_id;
    let first = quantum_of(&events[0]);
    let plans = plans(&mut rng, first, traded);
    let mut tank = Tank::new(Resolver::new(book), &instruments, None);
    let mut messages = steps(events).peekable();
    for q in quanta(events, &plans) {
        while let Some(step) = messages.next_if(|step| quantum_of(&step[0]) <= q) {
            tank.source(step)?;
        }
        tank.storm(|resolver, out| resolver.returns(q * QUANTUM_NS, out))?;
        for plan in &plans {
            slot(&mut tank, *plan, q, &mut rng, INTENTS_PER_MILLE)?;
        }
        if q.is_multiple_of(CHECK_EVERY) && !tank.resolver.clean() {
            tank.check()?;
        }
    }
    let last = events[events.len() - 1].ts_ns;
    tank.storm(|resolver, out| resolver.return_all(last, out))?;
    ensure!(tank.resolver.clean(), "not clean after everything returned");
    tank.check()?;
    tank.replayed()?;
    let inserted = tank.watch.log.iter().filter(|r| r.channel == 1).count();
    ensure!(inserted > 0, "no storm did anything");
    Ok(format!(
        "{} records, {inserted} inserted, {} checks",
        tank.watch.log.len(),
        tank.checks
    ))
}

#[test]
fn recorded_hour_keeps_the_law() {
    let Some(events) = hour() else { return };
    for seed in 0..3 {
        let reference = run(seed, &events, ReferenceBook::new()).unwrap();
        println!("seed {seed}: {reference}");
        assert_eq!(run(seed, &events, HotBook::new()), Ok(reference));
    }
}

#[test]
fn blocks_of_a_clean_hour_are_its_steps() {
    let Some(events) = hour() else { return };
    let mut one_by_one = Vec::new();
    let mut resolver = Resolver::new(ReferenceBook::new());
    for step in steps(&events) {
        resolver.source(step, &mut one_by_one);
    }
    let mut blocks: Vec<Record> = Vec::new();
    let mut hot = Resolver::new(HotBook::new());
    let mut rest = &events[..];
    while !rest.is_empty() {
        let whole: usize = steps(rest).take(500).map(<[Event]>::len).sum();
        hot.source_block(&rest[..whole], &mut blocks);
        rest = &rest[whole..];
    }
    assert!(one_by_one == blocks && hot.counters() == resolver.counters());
    assert_eq!(hot.twin_digest(), resolver.book().market_digest());
}
