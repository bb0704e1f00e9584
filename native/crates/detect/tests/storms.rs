//! Every detector sees its storm at severity 0.5, at any price and rate, before two seconds after its
//! end, and names orders of it.

mod tank;

use tank::cancels::Cancels;
use tank::flash_crash::Crash;
use tank::latency::Arbitrage;
use tank::momentum::Ignition;
use tank::phantom::Phantom;
use tank::{OPEN_MS, Raised, Source, Storm, Tank, recorded, synthetic};
use wavetank_abi::Detector;
use wavetank_synth::SynthParams;

const SEVERITY_PPM: u64 = 500_000;
const DURATION_MS: u64 = 10_000;
const WARM_MS: u64 = 60_000;

/// A market that has been quiet for a minute, to be run from there again and again.
struct Market {
    name: String,
    events_per_s: u64,
    tank: Tank,
    source: Source,
}

fn markets() -> Vec<Market> {
    let warm = |name: String, events_per_s: u64, (mut tank, mut source): (Tank, Source)| {
        tank.run(&mut source, OPEN_MS + WARM_MS, None);
        Market {
            name,
            events_per_s,
            tank,
            source,
        }
    };
    let cases = [
        (10_000, 2_000),
        (1_000_000, 200),
        (1_000_000, 2_000),
        (100_000_000, 2_000),
    ];
    let mut markets: Vec<Market> = cases
        .into_iter()
        .map(|(base_price, events_per_s)| {
            let params = SynthParams {
                seed: 5,
                base_price,
                events_per_s,
                ..Default::default()
            };
            warm(
                format!("{base_price} at {events_per_s}/s"),
                events_per_s.into(),
                synthetic(params),
            )
        })
        .collect();
    markets.extend(recorded().map(|source| warm("AAPL".to_owned(), 25, source)));
    markets
}

/// Flags from the storm's start until two seconds after its end, and the start.
fn storm(market: &Market, mut storm: impl Storm) -> (Vec<Raised>, u64) {
    let (mut tank, mut source) = (market.tank.clone(), market.source.clone());
    let started_ms = tank.now_ms();
    let ended_ms = started_ms + DURATION_MS;
    let mut raised = tank.run(&mut source, ended_ms, Some(&mut storm));
    raised.extend(tank.run(&mut source, ended_ms + 2_000, None));
    (raised, started_ms)
}

#[track_caller]
fn sees(market: &Market, detector: Detector, raised: &[Raised]) {
    let by = |raised: &&Raised| raised.flag.detector == detector;
    let first = raised.iter().find(by);
    let first = first.unwrap_or_else(|| panic!("{}: not seen: {raised:?}", market.name));
    assert!(
        first.flag.evidence_qty > 0 && first.flag.severity_ppm > 0,
        "{first:?}"
    );
    assert!(first.flag.severity_ppm <= 1_000_000 && first.flag.started_ms < first.at_ms);
    assert!(first.orders.iter().any(Option::is_some), "{first:?}");
}

#[track_caller]
fn silent(market: &Market, detector: Detector, raised: &[Raised]) {
    let by = |raised: &&Raised| raised.flag.detector == detector;
    let false_flag = raised.iter().find(by);
    assert!(false_flag.is_none(), "{}: {false_flag:?}", market.name);
}

#[test]
fn phantom_liquidity() {
    for market in markets() {
        let (raised, _) = storm(&market, Phantom::new(SEVERITY_PPM));
        sees(&market, Detector::PhantomLiquidity, &raised);
        silent(&market, Detector::FlashCrash, &raised);
        silent(&market, Detector::MomentumIgnition, &raised);
    }
}

#[test]
fn cancellation_storm_and_quote_stuff() {
    for market in markets() {
        let flood = |severity_ppm| Cancels::new(severity_ppm, market.events_per_s);
        let (raised, _) = storm(&market, flood(SEVERITY_PPM));
        sees(&market, Detector::CancellationStorm, &raised);
        silent(&market, Detector::PhantomLiquidity, &raised);
        silent(&market, Detector::LatencyArbProxy, &raised);
        let (raised, _) = storm(&market, flood(2 * SEVERITY_PPM));
        sees(&market, Detector::QuoteStuff, &raised);
    }
}

#[test]
fn a_burst_of_a_second_is_stuffing_and_no_storm() {
    for market in markets() {
        let (mut tank, mut source) = (market.tank.clone(), market.source.clone());
        let until_ms = tank.now_ms() + 700;
        let mut burst = Cancels::new(4_000_000, market.events_per_s);
        let mut raised = tank.run(&mut source, until_ms, Some(&mut burst));
        raised.extend(tank.run(&mut source, until_ms + 500, None));
        sees(&market, Detector::QuoteStuff, &raised);
    }
}

#[test]
fn momentum_ignition_and_not_a_crash() {
    for market in markets() {
        for up in [true, false] {
            let (raised, _) = storm(&market, Ignition::new(SEVERITY_PPM, DURATION_MS, up));
            sees(&market, Detector::MomentumIgnition, &raised);
            silent(&market, Detector::FlashCrash, &raised);
        }
    }
}

#[test]
fn a_crash_and_not_an_ignition() {
    for market in markets() {
        let (raised, started_ms) = storm(&market, Crash::new(SEVERITY_PPM, DURATION_MS));
        sees(&market, Detector::FlashCrash, &raised);
        assert!(
            raised
                .iter()
                .any(|raised| raised.at_ms <= started_ms + 2_000),
            "{}",
            market.name
        );
        silent(&market, Detector::MomentumIgnition, &raised);
        silent(&market, Detector::Spoof, &raised);
    }
}

#[test]
fn latency_arb_proxy() {
    for market in markets() {
        let (raised, _) = storm(&market, Arbitrage::new(SEVERITY_PPM));
        sees(&market, Detector::LatencyArbProxy, &raised);
        silent(&market, Detector::CancellationStorm, &raised);
        silent(&market, Detector::FlashCrash, &raised);
    }
}

#[test]
fn spoof() {
    for market in markets() {
        let (raised, _) = storm(&market, Phantom::new(SEVERITY_PPM));
        sees(&market, Detector::Spoof, &raised);
        let (raised, _) = storm(&market, Ignition::new(SEVERITY_PPM, DURATION_MS, true));
        sees(&market, Detector::Spoof, &raised);
    }
}
