//! A run's log and its source, merged by sequence with no resolver, give the run again.

mod support;

use serde_json::{Value, json};
use support::script::{Shown, run, spec};
use support::synthetic;
use wavetank_abi::{Channel, Event, Record};
use wavetank_book::{Book, Outcome, ReferenceBook, RunDigest, apply_step, is_replace_pair};
use wavetank_log::{LogReader, LogState};
use wavetank_session::Session;
use wavetank_session::replay::{Plan, Replayer};
use wavetank_synth::{Synth, SynthParams};

const SECOND: u64 = 1_000_000_000;
const SEED: u64 = 3;

fn ask(session: &mut Session, method: &str, params: Value) -> Value {
    let request = json!({ "method": method, "params": params }).to_string();
    serde_json::from_str(&session.control(&request).unwrap()).unwrap()
}

/// A run with two storms, sealed in `dir`; what its stop said.
fn record(dir: &std::path::Path) -> Value {
    let mut session = synthetic(SEED, 2);
    let start = session.now_ns();
    let mut shown = Shown::default();
    run(&mut session, start + 2 * SECOND, 500, &mut shown);
    let folder = dir.display().to_string();
    let begun = ask(
        &mut session,
        "run.start",
        json!({ "run_id": "r", "dir": folder }),
    );
    assert_eq!(begun["symbols"], json!(["SYN001", "SYN002"]));
    session.start_storm(spec(1, 5_000), false).unwrap();
    run(&mut session, start + 4 * SECOND, 500, &mut shown);
    session.start_storm(spec(2, 5_000), false).unwrap();
    ask(
        &mut session,
        "run.note",
        json!({ "method": "storm.start", "params": { "id": 2 } }),
    );
    run(&mut session, start + 12 * SECOND, 500, &mut shown);
    let end = ask(&mut session, "run.stop", Value::Null);
    assert_eq!(end["storms"].as_array().unwrap().len(), 2);
    ask(
        &mut session,
        "run.seal",
        json!({ "digests": { "run.yaml": "0123456789abcdef" } }),
    );
    end
}

/// Channel-1 records and controls of a sealed log.
fn read(dir: &std::path::Path) -> (Vec<Record>, Vec<Value>) {
    let mut reader = LogReader::open(&dir.join("log")).unwrap();
    assert!(
        matches!(reader.state(), LogState::Sealed),
        "{:?}",
        reader.state()
    );
    let (mut records, mut texts) = (Vec::new(), Vec::new());
    let mut cursor = reader.records().unwrap();
    while let Some(record) = cursor.next_record().unwrap() {
        match record.events() {
            Some(events) => records.extend_from_slice(events),
            None => texts.push(serde_json::from_slice(record.payload).unwrap()),
        }
    }
    (records, texts)
}

/// The next source step, a replace pair whole.
fn source_step(source: &mut Synth, ahead: &mut Vec<Event>) -> Vec<Event> {
    if ahead.len() < 2 {
        source.next_batch(u64::MAX, 4096, ahead);
    }
    let length = if is_replace_pair(&ahead[0], &ahead[1]) {
        2
    } else {
        1
    };
    ahead.drain(..length).collect()
}

#[test]
fn log_and_source_merge_by_sequence_into_the_run() {
    let dir = tempfile::tempdir().unwrap();
    let end = record(dir.path());
    let (records, texts) = read(dir.path());
    assert!(records.len() > 1_000);
    assert!(
        records
            .iter()
            .all(|r| r.channel == Channel::Storm as u32 && r.storm_id > 0)
    );

    let params = SynthParams {
        seed: SEED,
        instruments: 2,
        ..SynthParams::default()
    };
    let (mut source, mut ahead) = (Synth::new(params).unwrap(), Vec::new());
    let (mut book, mut digest, mut seq) = (ReferenceBook::default(), RunDigest::default(), 0);
    let mut logged = records.iter().peekable();
    let end_seq = end["end_seq"].as_u64().unwrap();
    while seq < end_seq {
        let inserted = logged.next_if(|r| r.seq == seq + 1);
        let step = match inserted {
            Some(r) => vec![bytemuck::pod_read_unaligned(&bytemuck::bytes_of(r)[8..48])],
            None => source_step(&mut source, &mut ahead),
        };
        let mut outcomes: Vec<Outcome> = Vec::new();
        apply_step(&mut book, &step, &mut outcomes);
        for outcome in outcomes {
            seq += 1;
            let channel = u32::from(inserted.is_some());
            digest.update(seq, channel, outcome.status as u32, &outcome.event);
        }
    }
    assert!(logged.next().is_none(), "records beyond the end");
    assert_eq!(json!(format!("{:016x}", digest.value())), end["run_digest"]);
    assert_eq!(
        json!(format!("{:032x}", book.market_digest())),
        end["market_digest"]
    );

    let methods: Vec<&str> = texts.iter().filter_map(|t| t["method"].as_str()).collect();
    assert_eq!(methods, ["run.start", "storm.start", "run.stop"]);
    assert!(
        texts
            .iter()
            .take(3)
            .all(|t| t["after_seq"].is_u64() && t["held"] == json!(true))
    );
    let seal = texts.last().unwrap();
    assert_eq!(seal["digests"]["run.yaml"], json!("0123456789abcdef"));
    assert_eq!(seal["end"]["run_digest"], end["run_digest"]);
}

#[test]
fn a_folder_that_holds_a_log_is_refused_and_nothing_changes() {
    let dir = tempfile::tempdir().unwrap();
    record(dir.path());
    let mut session = synthetic(SEED, 1);
    let folder = dir.path().display().to_string();
    let request = json!({ "method": "run.start", "params": { "run_id": "r", "dir": folder } });
    let refused = session.control(&request.to_string()).unwrap_err();
    assert_eq!(refused.code.name(), "LOG_FAILED");
    assert!(!session.run_active());
}

#[test]
fn a_run_that_cannot_start_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    record(folder.path());
    let mut session = synthetic(SEED, 40);
    let status = |session: &mut Session| ask(session, "status", Value::Null);
    let before = status(&mut session);
    let again = json!({ "method": "run.start", "params": {
        "run_id": "r", "dir": folder.path(), "symbols": ["SYN020", "SYN021"],
    } });
    assert!(session.control(&again.to_string()).is_err());
    assert_eq!(status(&mut session), before);
}

/// A gate answers at once, also in the middle of a quantum; the log dates what it did to the quantum
/// before, to a place that whoever runs the log again can stand at.
#[test]
fn a_control_in_the_middle_of_a_quantum_is_dated_to_its_beginning() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = synthetic(SEED, 2);
    let until = session.now_ns() + 2 * SECOND;
    run(&mut session, until, 500, &mut Shown::default());
    let start = json!({ "run_id": "r", "dir": folder.path(), "log_source": true });
    ask(&mut session, "run.start", start);
    let mut places = Vec::new();
    for order_id in 0..20 {
        let mut place = (0, 0);
        while session.between() {
            place = (session.resolver().seq(), session.now_ns());
            session.advance(u64::MAX, 1, false).unwrap();
        }
        places.push((session.resolver().seq() > place.0, place));
        let order = json!({
            "symbol": "SYN001", "side": "buy", "price": 1, "qty": 1, "order_id": order_id,
        });
        ask(&mut session, "risk.check", order);
        while !session.between() {
            session.advance(u64::MAX, 1, false).unwrap();
        }
    }
    assert!(places.iter().any(|(inside, _)| *inside), "none came inside");
    drop(session);
    let mut reader = LogReader::open(&folder.path().join("log")).unwrap();
    let mut cursor = reader.records().unwrap();
    let mut dated = Vec::new();
    while let Some(record) = cursor.next_record().unwrap() {
        if record.events().is_none() {
            let control: Value = serde_json::from_slice(record.payload).unwrap();
            if control["method"] == "risk.check" {
                let number = |name| control[name].as_u64().unwrap();
                dated.push((number("after_seq"), number("at_ts_run_ns")));
            }
        }
    }
    let expected: Vec<(u64, u64)> = places.into_iter().map(|(_, place)| place).collect();
    assert_eq!(dated, expected);
}

/// Controls of a log that somebody wrote: a replay says that they are of no run, and ends.
#[test]
fn a_control_at_no_time_of_the_run_is_a_difference() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = synthetic(SEED, 2);
    let start = json!({ "run_id": "r", "dir": folder.path(), "symbols": ["SYN001"] });
    ask(&mut session, "run.start", start);
    ask(&mut session, "run.checkpoint", json!({}));
    ask(&mut session, "run.stop", Value::Null);
    for (at, held) in [(0, false), (u64::MAX, false), (u64::MAX, true)] {
        let plan = json!({
            "log": folder.path().join("log"),
            "source": { "kind": "synthetic", "seed": SEED.to_string(), "instruments": 2 },
            "controls": [{ "after_seq": 0, "at_ts_run_ns": at, "held": held }],
        });
        let mut replay = Replayer::open(Plan::parse(&plan.to_string()).unwrap()).unwrap();
        while replay.advance(1_000).unwrap() {}
        assert_ne!(replay.report()["difference"], Value::Null, "at {at}");
    }
}
