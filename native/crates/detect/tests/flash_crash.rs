//! FlashCrash sees a crash of severity 0.5 and up at any price, soon, and names orders of it.

mod tank;

use tank::flash_crash::Crash;
use tank::{OPEN_MS, Raised, synthetic};
use wavetank_abi::Detector;
use wavetank_synth::SynthParams;

const PRICES: [u32; 5] = [10_000, 100_000, 1_000_000, 10_000_000, 100_000_000];

/// FlashCrash flags of one crash after a quiet minute, and when it started.
fn crash(base_price: u32, severity_ppm: u64, duration_ms: u64, seed: u64) -> (Vec<Raised>, u64) {
    let params = SynthParams {
        seed,
        base_price,
        ..SynthParams::default()
    };
    let (mut tank, mut source) = synthetic(params);
    tank.run(&mut source, OPEN_MS + 60_000, None);
    let started_ms = tank.now_ms();
    let mut storm = Crash::new(severity_ppm, duration_ms);
    let mut raised = tank.run(&mut source, started_ms + duration_ms, Some(&mut storm));
    raised.retain(|raised| raised.flag.detector == Detector::FlashCrash);
    (raised, started_ms)
}

#[test]
fn a_crash_of_ten_seconds_is_seen_in_its_first_fifth() {
    for (seed, base_price) in (20..).zip(PRICES) {
        // At $10 a crash of severity 0.5 has only gone four ticks after two seconds.
        for (severity_ppm, within_ms) in [(500_000, 2_500), (800_000, 2_000), (1_000_000, 2_000)] {
            let (raised, started_ms) = crash(base_price, severity_ppm, 10_000, seed);
            let what = format!("price {base_price}, severity {severity_ppm}, seed {seed}");
            let first = raised.first().unwrap_or_else(|| panic!("{what}: not seen"));
            assert!(first.at_ms <= started_ms + within_ms, "{what}: {first:?}");
            assert!(
                first.orders.iter().all(Option::is_some),
                "{what}: {first:?}"
            );
            let flag = first.flag;
            assert!(
                flag.evidence_qty > 0 && flag.severity_ppm > 0,
                "{what}: {flag:?}"
            );
            assert!(flag.started_ms < first.at_ms, "{what}: {flag:?}");
        }
    }
}

#[test]
fn a_slow_crash_is_seen_too() {
    for (seed, base_price) in (30..).zip(PRICES) {
        let (raised, _) = crash(base_price, 500_000, 60_000, seed);
        assert!(!raised.is_empty(), "price {base_price}, seed {seed}");
    }
}

#[test]
fn a_crash_of_severity_zero_is_none() {
    let (raised, _) = crash(1_000_000, 0, 10_000, 40);
    assert!(raised.is_empty(), "{raised:?}");
}
