//! A run whose engine died goes on from a checkpoint in its log, and ends as if nothing had been.

mod support;

use std::path::Path;

use serde_json::{Value, json};
use support::script::{Shown, run, spec};
use support::{clock, record_frames, synthetic};
use wavetank_log::{LogReader, LogState};
use wavetank_session::{Config, Session};

const SECOND: u64 = 1_000_000_000;

fn ask(session: &mut Session, method: &str, params: Value) -> Value {
    let request = json!({ "method": method, "params": params }).to_string();
    serde_json::from_str(&session.control(&request).unwrap()).unwrap()
}

fn config() -> Config {
    Config::parse(r#"{"source":{"kind":"synthetic","seed":"9","instruments":2},"seed":"7"}"#)
        .unwrap()
}

/// A run from its start to its twelfth second, a storm within; dies where it is told to.
fn begin(dir: &Path, until_s: u64) -> (Session, u64) {
    let mut session = synthetic(9, 2);
    let start = session.now_ns();
    let mut shown = Shown::default();
    run(&mut session, start + 2 * SECOND, 500, &mut shown);
    let folder = dir.display().to_string();
    ask(
        &mut session,
        "run.start",
        json!({ "run_id": "r", "dir": folder }),
    );
    ask(&mut session, "run.checkpoint", json!({}));
    session.start_storm(spec(1, 5_000), false).unwrap();
    for second in 3..=until_s {
        run(&mut session, start + second * SECOND, 500, &mut shown);
        let storms = json!([{ "id": 1, "state": "{}" }]);
        ask(&mut session, "run.checkpoint", json!({ "storms": storms }));
    }
    (session, start)
}

fn end(session: &mut Session, until_ns: u64) -> Value {
    let mut shown = Shown::default();
    run(session, until_ns, 500, &mut shown);
    ask(session, "run.stop", Value::Null)
}

#[test]
fn a_run_goes_on_from_each_of_its_checkpoints() {
    let whole = tempfile::tempdir().unwrap();
    let (mut session, start) = begin(whole.path(), 6);
    let until = start + 12 * SECOND;
    let expected = end(&mut session, until);
    for second in 3..=6 {
        let dir = tempfile::tempdir().unwrap();
        drop(begin(dir.path(), 6));
        let (log, before) = (dir.path().join("log"), start + second * SECOND + 1);
        let (resumed, place) =
            Session::resume_from_log(config(), clock(), &log, Some(before)).unwrap();
        let mut session = resumed.session;
        assert_eq!(session.now_ns(), before - 1);
        assert_eq!(resumed.storm_states, [(1, b"{}".to_vec())]);
        session.record_on(resumed.run.unwrap(), &place).unwrap();
        let found = end(&mut session, until);
        for key in [
            "run_digest",
            "market_digest",
            "start_seq",
            "end_seq",
            "storms",
        ] {
            assert_eq!(found[key], expected[key], "{key}, from second {second}");
        }
        ask(&mut session, "run.seal", json!({ "digests": {} }));
        assert_eq!(LogReader::open(&log).unwrap().state(), LogState::Sealed);
        assert_eq!(inserted(&log), inserted(&whole.path().join("log")));
    }
}

#[test]
fn a_storm_is_on_disk_before_it_is_answered() {
    let dir = tempfile::tempdir().unwrap();
    let (mut session, _) = begin(dir.path(), 2);
    for id in 1..20 {
        let params = json!({ "method": "storm.start", "params": { "id": id } });
        ask(&mut session, "run.note", params);
        let log = LogReader::open(&dir.path().join("log")).unwrap();
        let last = log.places().last().unwrap();
        assert_eq!(last.index() + 1, log.end().records);
        assert_eq!(log.places().len() as u64, 2 + id);
    }
}

fn inserted(log: &Path) -> Vec<u64> {
    let mut reader = LogReader::open(log).unwrap();
    let mut cursor = reader.records().unwrap();
    let mut all = Vec::new();
    while let Some(record) = cursor.next_record().unwrap() {
        all.extend(record.events().unwrap_or_default().iter().map(|r| r.seq));
    }
    all
}

#[test]
fn what_comes_again_must_be_what_the_log_holds() {
    let dir = tempfile::tempdir().unwrap();
    let (mut session, start) = begin(dir.path(), 4);
    run(&mut session, start + 6 * SECOND, 500, &mut Shown::default());
    drop(session);
    let log = dir.path().join("log");
    let (resumed, place) = Session::resume_from_log(config(), clock(), &log, None).unwrap();
    let mut session = resumed.session;
    session.record_on(resumed.run.unwrap(), &place).unwrap();
    // Another storm than the one that was recorded.
    session.start_storm(spec(2, 5_000), false).unwrap();
    let failed = (0..5_000).find_map(|_| {
        record_frames(&mut session);
        step(&mut session).err()
    });
    assert_eq!(failed.map(|e| e.code.name()), Some("LOG_FAILED"));
}

fn step(session: &mut Session) -> wavetank_session::Result<()> {
    let until = session.now_ns() + 1_000_000;
    session.advance(until, usize::MAX, true)?;
    support::script::slots(session);
    session.close_quantum()
}
