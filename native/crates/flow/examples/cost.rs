//! Prints what analytics and baselines cost an event and a tick, on a recording or the synthetic
//! market: records are made beforehand, then each part runs alone over them, several times.
//!
//! `cost FILE SYMBOL`, `cost synthetic SEED SECONDS INSTRUMENTS`
#![allow(clippy::disallowed_methods)]

#[path = "drive/mod.rs"]
mod drive;

use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

use wavetank_abi::{Event, Record, event_flags};
use wavetank_book::{Book, HotBook, apply_step, steps};
use wavetank_flow::{Baselines, Flow, FlowParams, Touch};
use wavetank_synth::SynthParams;

const ROUNDS: usize = 7;

fn main() -> Result<(), String> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    let (events, instrument) = match words.as_slice() {
        ["synthetic", seed, seconds, instruments] => {
            let number = |word: &str| word.parse::<u64>().map_err(|_| format!("{word}?"));
            let params = SynthParams {
                seed: number(seed)?,
                instruments: number(instruments)? as u32,
                ..SynthParams::default()
            };
            drive::synthetic(params, number(seconds)?)
        }
        [path, symbol] => drive::itch(Path::new(path), symbol)?,
        _ => return Err("cost FILE SYMBOL | cost synthetic SEED SECONDS INSTRUMENTS".into()),
    };
    let book = per_event(&events, |events| play(events, None));
    let both = per_event(&events, |events| play(events, Some(Baselines::new())));
    println!("book alone            {book:6.1} ns an event");
    println!("book and baselines    {both:6.1} ns an event");
    watched(&events, instrument);
    Ok(())
}

/// Nanoseconds an event, median of the rounds.
fn per_event(events: &[Event], mut run: impl FnMut(&[Event])) -> f64 {
    let mut rounds: Vec<u128> = (0..ROUNDS)
        .map(|_| {
            let started = Instant::now();
            run(events);
            started.elapsed().as_nanos()
        })
        .collect();
    rounds.sort_unstable();
    rounds[ROUNDS / 2] as f64 / events.len() as f64
}

fn play(events: &[Event], mut baselines: Option<Baselines>) {
    let mut book = HotBook::new();
    let mut outcomes = Vec::new();
    for step in steps(events) {
        let instrument = step[0].instrument_id;
        if let Some(baselines) = &mut baselines {
            baselines.before_event(instrument, step[0].ts_ns, &book);
        }
        outcomes.clear();
        apply_step(&mut book, step, &mut outcomes);
        if let Some(baselines) = &mut baselines {
            step.iter().for_each(|_| baselines.count(instrument));
        }
    }
    black_box((book.live_orders(), baselines));
}

/// The events of the watched instrument alone: records and touches are ready, only flow runs.
fn watched(events: &[Event], instrument: u32) {
    let mut book = HotBook::new();
    let mut outcomes = Vec::new();
    let mut records: Vec<(Record, u64, Touch)> = Vec::new();
    for step in steps(events).filter(|step| step[0].instrument_id == instrument) {
        outcomes.clear();
        apply_step(&mut book, step, &mut outcomes);
        let touch = Touch::of(&book, instrument);
        for outcome in &outcomes {
            let record = drive::record(0, &outcome.event, outcome.status as u32);
            records.push((record, outcome.done_qty, touch));
        }
    }
    let mut rounds = Vec::new();
    for _ in 0..ROUNDS {
        let mut flow = Flow::new(instrument, FlowParams::default());
        let started = Instant::now();
        for (record, done_qty, touch) in &records {
            flow.on_record(record, *done_qty);
            if record.flags & event_flags::MORE == 0 {
                flow.on_touch(record.ts_ns, touch.bid, touch.ask);
            }
        }
        rounds.push(started.elapsed().as_nanos());
        black_box(flow);
    }
    rounds.sort_unstable();
    let each = rounds[ROUNDS / 2] as f64 / records.len() as f64;
    println!("on_record, on_touch   {each:6.1} ns an event of the instrument");
    let mut flow = Flow::new(instrument, FlowParams::default());
    let started = Instant::now();
    for at in 1..=100_000_u64 {
        let touch = &records[at as usize % records.len()].2;
        black_box(flow.tick(at * wavetank_flow::TICK_NS, touch));
    }
    let tick = started.elapsed().as_nanos() as f64 / 100_000.0;
    println!("tick                  {tick:6.1} ns a tick");
    let started = Instant::now();
    for _ in 0..100_000 {
        black_box(Touch::of(black_box(&book), instrument));
    }
    let touch = started.elapsed().as_nanos() as f64 / 100_000.0;
    println!("touch and ten levels  {touch:6.1} ns a reading");
}
