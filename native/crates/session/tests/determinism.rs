//! The same source gives the same ticks, however the calls are cut and whoever looks on.

mod support;

use support::{fixture, frames_of, itch, record_frames, synthetic};
use wavetank_abi::{FrameKind, TickFrame};
use wavetank_session::{Session, Stop};

const SECOND: u64 = 1_000_000_000;

fn seconds(session: &Session, n: u64) -> u64 {
    session.now_ns() + n * SECOND
}

fn digests(ticks: &[TickFrame]) -> Vec<(u64, u64, u64, [u8; 16])> {
    ticks
        .iter()
        .map(|t| (t.ts_run_ns, t.seq, t.run_digest, t.market_digest))
        .collect()
}

/// Runs on to `until_ns`, draining, and returns the record class's ticks.
fn run(session: &mut Session, until_ns: u64, work: usize) -> Vec<TickFrame> {
    let mut ticks = Vec::new();
    loop {
        let stop = session.advance(until_ns, work, false).unwrap();
        ticks.extend(frames_of::<TickFrame>(
            &record_frames(session),
            FrameKind::Tick,
        ));
        match stop {
            Stop::Until | Stop::Ended => return ticks,
            Stop::Budget | Stop::Full => {}
            Stop::Quantum => panic!("nobody asked to stop in a quantum"),
        }
    }
}

#[test]
fn budgets_do_not_matter() {
    let mut whole = synthetic(11, 3);
    let until = seconds(&whole, 12);
    let expected = digests(&run(&mut whole, until, usize::MAX));
    assert_eq!(expected.len(), 3 * 12);
    for work in [1, 7, 1_000] {
        let mut cut = synthetic(11, 3);
        assert_eq!(
            digests(&run(&mut cut, until, work)),
            expected,
            "work {work}"
        );
    }
    assert_ne!(
        digests(&run(&mut synthetic(12, 3), until, 100_000)),
        expected
    );
}

#[test]
fn stopping_in_every_quantum_does_not_matter() {
    let mut whole = synthetic(11, 1);
    let until = seconds(&whole, 4);
    let expected = digests(&run(&mut whole, until, usize::MAX));
    let mut each = synthetic(11, 1);
    let mut ticks = Vec::new();
    while each.advance(until, usize::MAX, true).unwrap() == Stop::Quantum {
        each.returns().unwrap();
        each.close_quantum().unwrap();
        ticks.extend(frames_of::<TickFrame>(
            &record_frames(&mut each),
            FrameKind::Tick,
        ));
    }
    assert_eq!(digests(&ticks), expected);
}

#[test]
fn viewers_do_not_matter() {
    let json = r#"{"source":{"kind":"synthetic","seed":"5","instruments":8},"symbols":["SYN001"]}"#;
    let open = || {
        let config = wavetank_session::Config::parse(json).unwrap();
        Session::open(config, support::clock()).unwrap()
    };
    let mut alone = open();
    let until = seconds(&alone, 10);
    let expected = run(&mut alone, until, usize::MAX);
    let mut watched = open();
    let mut ticks = Vec::new();
    for (n, symbols) in ["[\"SYN004\"]", "[\"SYN002\",\"SYN004\",\"SYN008\"]", "[]"]
        .iter()
        .enumerate()
    {
        let to = watched.now_ns() + (n as u64 + 1) * SECOND;
        ticks.extend(run(&mut watched, to, 300));
        let request = format!(r#"{{"method":"watch","params":{{"symbols":{symbols}}}}}"#);
        watched.control(&request).unwrap();
    }
    ticks.extend(run(&mut watched, until, 300));
    assert_eq!(ticks, expected);
}

#[test]
fn a_recorded_hour_ends_and_repeats() {
    let Some(path) = fixture("aapl-2012-06-21/feed.itch50") else {
        return;
    };
    let mut first = itch(&path, "AAPL");
    let ticks = run(&mut first, u64::MAX, usize::MAX);
    assert_eq!(first.advance(u64::MAX, 1, false).unwrap(), Stop::Ended);
    let mut second = itch(&path, "AAPL");
    assert_eq!(run(&mut second, u64::MAX, 50), ticks);
    let last = ticks.last().unwrap();
    assert_eq!(last.ts_run_ns % SECOND, 0);
    assert!(
        last.seq >= 92_000 && last.best_ask > last.best_bid,
        "{last:?}"
    );
}

#[test]
fn the_end_is_the_same_quantum_by_quantum() {
    let Some(path) = fixture("aapl-2012-06-21/feed.itch50") else {
        return;
    };
    let mut whole = itch(&path, "AAPL");
    let expected = run(&mut whole, u64::MAX, usize::MAX);
    let mut each = itch(&path, "AAPL");
    let mut ticks = run(&mut each, 37_797 * SECOND, usize::MAX);
    loop {
        let stop = each.advance(u64::MAX, 10, true).unwrap();
        if stop == Stop::Quantum {
            each.returns().unwrap();
            each.close_quantum().unwrap();
        }
        let frames = record_frames(&mut each);
        ticks.extend(frames_of::<TickFrame>(&frames, FrameKind::Tick));
        if stop == Stop::Ended {
            break;
        }
    }
    assert_eq!(ticks, expected);
}

#[test]
fn too_many_watched_are_refused_whole() {
    let mut session = support::synthetic(5, 40);
    let ask = |session: &mut Session, from: u32, to: u32| {
        let symbols: Vec<String> = (from..to).map(|i| format!("\"SYN{i:03}\"")).collect();
        let symbols = symbols.join(",");
        session.control(&format!(
            r#"{{"method":"watch","params":{{"symbols":[{symbols}]}}}}"#
        ))
    };
    ask(&mut session, 1, 5).unwrap();
    assert!(ask(&mut session, 1, 18).is_err());
    let after = ask(&mut session, 1, 5).unwrap();
    assert_eq!(after.matches("SYN").count(), 4);
    assert_eq!(
        ask(&mut session, 20, 36).unwrap().matches("SYN").count(),
        16
    );
}
