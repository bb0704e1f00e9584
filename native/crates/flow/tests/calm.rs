//! How quiet markets are judged: at least four fifths of the recorded hour and of clean synthetic
//! markets at any price are Calm. The shares are printed.

#[path = "../examples/drive/mod.rs"]
mod drive;

use wavetank_abi::{Event, Regime};
use wavetank_flow::{FlowParams, FlowTick};
use wavetank_synth::{Synth, SynthParams};

struct Hour {
    /// Ticks in each regime.
    shares: [u64; 5],
    last: Option<FlowTick>,
    digest: u64,
}

impl Hour {
    fn calm_percent(&self) -> u64 {
        let known: u64 = self.shares[1..].iter().sum();
        self.shares[Regime::Calm as usize] * 100 / known.max(1)
    }
}

fn play(events: &[Event], instrument: u32, tick_size: u32) -> Hour {
    let mut ours = events
        .iter()
        .filter(|event| event.instrument_id == instrument);
    let start = ours.next().unwrap().ts_ns;
    let params = FlowParams {
        tick_size: Some(tick_size),
        ..FlowParams::default()
    };
    let mut drive = drive::Drive::new(instrument, params, start);
    let mut hour = Hour {
        shares: [0; 5],
        last: None,
        digest: 0,
    };
    drive.play(events, |_, tick, _| {
        hour.shares[tick.regime as usize] += 1;
        hour.last = Some(*tick);
        let mixed = u64::from(tick.scores.total_milli()) ^ u64::from(tick.vpin_ppm) << 20;
        hour.digest = (hour.digest.rotate_left(7) ^ mixed).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    });
    hour
}

#[test]
fn the_recorded_hour_is_calm() {
    let Some(path) = drive::aapl_hour() else {
        drive::skip("the recorded hour");
        return;
    };
    let (events, instrument) = drive::itch(&path, "AAPL").unwrap();
    let hour = play(&events, instrument, 100);
    println!(
        "AAPL: unknown, calm, volatile, aggressive, crisis = {:?} ticks",
        hour.shares
    );
    assert!(hour.calm_percent() >= 80, "{:?}", hour.shares);
    // The first thirty seconds have no history: fifty ticks each, and the first of all.
    assert!((1499..=1501).contains(&hour.shares[0]), "{:?}", hour.shares);

    // Of AAPL, as counted from the file by type: all but directory and system messages.
    let last = hour.last.unwrap();
    assert_eq!(last.crossed_ms, 0);
    assert!(last.vpin_ppm <= 1_000_000);
    assert_eq!(
        hour.digest,
        play(&events, instrument, 100).digest,
        "the same events, other ticks"
    );
}

#[test]
fn clean_synthetic_markets_are_calm_at_any_price() {
    for base_price in [10_000, 100_000, 1_000_000, 100_000_000] {
        for events_per_s in [100, 2000, 12_500] {
            let params = SynthParams {
                seed: 11,
                base_price,
                events_per_s,
                ..SynthParams::default()
            };
            let tick_size = Synth::new(params).unwrap().tick_size(0);
            let seconds = if events_per_s > 10_000 { 90 } else { 240 };
            let (events, instrument) = drive::synthetic(params, seconds);
            let hour = play(&events, instrument, tick_size);
            println!(
                "price {base_price}, {events_per_s} events/s: {:?} ticks",
                hour.shares
            );
            assert!(
                hour.calm_percent() >= 80,
                "price {base_price}, {events_per_s} events/s"
            );
        }
    }
}
