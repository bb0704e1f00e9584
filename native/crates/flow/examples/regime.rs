//! Prints what the regime constants do on a recording or on the synthetic market: the share of
//! time in each regime, and for each term the quantiles of its excess and of what it adds.
//!
//! `regime FILE SYMBOL`, `regime synthetic SEED SECONDS [BASE_PRICE [EVENTS_PER_S]]`

#[path = "drive/mod.rs"]
mod drive;

use std::path::PathBuf;

use wavetank_abi::{Event, Regime};
use wavetank_flow::{FlowParams, RegimeParams, Term};
use wavetank_synth::{Synth, SynthParams};

fn main() -> Result<(), String> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    let number = |at: usize, default: u64| {
        words.get(at).map_or(Ok(default), |word| {
            word.parse().map_err(|_| format!("{word}?"))
        })
    };
    let (events, instrument, tick_size) = match words.as_slice() {
        ["synthetic", ..] => {
            let params = SynthParams {
                seed: number(1, 1)?,
                base_price: number(3, 1_000_000)? as u32,
                events_per_s: number(4, 2000)? as u32,
                ..SynthParams::default()
            };
            let tick_size = Synth::new(params).map_err(|e| e.to_string())?.tick_size(0);
            let (events, instrument) = drive::synthetic(params, number(2, 600)?);
            (events, instrument, tick_size)
        }
        [path, symbol] => {
            let (events, instrument) = drive::itch(&PathBuf::from(path), symbol)?;
            (events, instrument, 100)
        }
        _ => {
            return Err("regime FILE SYMBOL | regime synthetic SEED SECONDS [PRICE [RATE]]".into());
        }
    };
    print(&events, instrument, tick_size);
    Ok(())
}

fn print(events: &[Event], instrument: u32, tick_size: u32) {
    let mut ours = events
        .iter()
        .filter(|event| event.instrument_id == instrument);
    let start = ours.next().map_or(0, |event| event.ts_ns);
    let mut drive = drive::Drive::new(
        instrument,
        FlowParams {
            tick_size: Some(tick_size),
            ..FlowParams::default()
        },
        start,
    );
    let mut shares = [0_u64; 5];
    let mut excess: Vec<Vec<i64>> = vec![Vec::new(); Term::COUNT];
    let mut totals = Vec::new();
    let (mut spreads, mut drifts) = (Vec::new(), Vec::new());
    let mut adds = [0_u64; Term::COUNT];
    drive.play(events, |_, tick, _| {
        shares[tick.regime as usize] += 1;
        if tick.regime != Regime::Unknown {
            spreads.push(i64::from(tick.spread_milli_bps));
            drifts.push(i64::from(tick.drift_milli_bps).abs());
            totals.push(i64::from(tick.scores.total_milli()));
            for (at, list) in excess.iter_mut().enumerate() {
                list.push(tick.scores.excess_milli[at]);
                adds[at] += u64::from(tick.scores.milli[at]);
            }
        }
    });
    println!("{:?}", RegimeParams::default().thresholds_milli);
    let known = shares[1..].iter().sum::<u64>().max(1);
    for (at, name) in ["unknown", "calm", "volatile", "aggressive", "crisis"]
        .iter()
        .enumerate()
    {
        let share = shares[at] as f64 / known as f64;
        println!("{name:10} {:8} ticks {:6.2} %", shares[at], 100.0 * share);
    }
    println!("excess in thousandths    p50    p90    p99   p999     max  adds on average");
    for (at, term) in Term::ALL.iter().enumerate() {
        println!(
            "{:20} {} {:7.1}",
            term.name(),
            row(&mut excess[at]),
            adds[at] as f64 / known as f64
        );
    }
    println!("{:20} {}", "score", row(&mut totals));
    println!("{:20} {}", "spread, 1/1000 bps", row(&mut spreads));
    println!("{:20} {}", "drift, 1/1000 bps", row(&mut drifts));
}

fn row(values: &mut [i64]) -> String {
    values.sort_unstable();
    let at = |milli: usize| {
        values
            .get(values.len() * milli / 1000)
            .copied()
            .unwrap_or(0)
    };
    let max = values.last().copied().unwrap_or(0);
    format!(
        "{:7}{:7}{:7}{:7}{:8}",
        at(500),
        at(900),
        at(990),
        at(999),
        max
    )
}
