//! On markets without a storm every detector stays below one flag a minute.

mod tank;

use tank::{OPEN_MS, Raised, recorded, synthetic};
use wavetank_abi::Detector;
use wavetank_synth::SynthParams;

const MINUTE_MS: u64 = 60_000;

fn check(what: &str, raised: &[Raised], minutes: u64) {
    for raw in 1..=7 {
        let detector = Detector::from_raw(raw).expect("seven detectors");
        let by = |raised: &&Raised| raised.flag.detector == detector;
        let count = raised.iter().filter(by).count() as u64;
        println!("{what}: {} {count} in {minutes} minutes", detector.name());
        assert!(
            count * 2 <= minutes,
            "{what}: {} flagged {count} times",
            detector.name()
        );
    }
}

#[test]
fn on_clean_synthetic_flow() {
    for (seed, base_price) in [
        (1, 10_000),
        (2, 1_000_000),
        (3, 1_000_000),
        (4, 100_000_000),
    ] {
        let params = SynthParams {
            seed,
            base_price,
            ..SynthParams::default()
        };
        let (mut tank, mut source) = synthetic(params);
        let raised = tank.run(&mut source, OPEN_MS + 6 * MINUTE_MS, None);
        check(&format!("synthetic {seed} at {base_price}"), &raised, 6);
    }
}

#[test]
fn on_a_recorded_hour() {
    if let Some((mut tank, mut source)) = recorded() {
        let raised = tank.run(&mut source, OPEN_MS + 60 * MINUTE_MS, None);
        check("AAPL", &raised, 60);
        assert!(
            raised.len() as u64 * 200 < tank.seen_events,
            "a flag on half a percent of events"
        );
    }
}
