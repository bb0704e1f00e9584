//! Risk gates inside a session: what marks them, what counts as their gap, what leaves no trace, and
//! what of them goes on in another timeline.

mod support;

use serde_json::{Value, json};
use support::{clock, synthetic};
use wavetank_session::feed::Wire;
use wavetank_session::feed::encode::{AddOrder, Head, Message, StockDirectory, SystemEvent};
use wavetank_session::{Config, Session};

const SECOND: u64 = 1_000_000_000;
const OPEN: u64 = 34_200 * SECOND;

fn asked(session: &mut Session, method: &str, params: Value) -> Result<Value, String> {
    let request = json!({ "method": method, "params": params });
    let answer = session.control(&request.to_string());
    answer
        .map(|text| serde_json::from_str(&text).unwrap())
        .map_err(|error| error.code.name().to_owned())
}

fn must(session: &mut Session, method: &str, params: Value) -> Value {
    asked(session, method, params).unwrap()
}

fn order(symbol: &str, order_id: u64, qty: u64) -> Value {
    json!({ "symbol": symbol, "side": "buy", "price": 1_000_000, "qty": qty, "order_id": order_id })
}

fn play(session: &mut Session, to_ns: u64) {
    while session.now_ns() < to_ns {
        session.advance(to_ns, usize::MAX, false).unwrap();
        session.drain(0, &mut Vec::new());
    }
}

fn add(order_reference: u64, locate: u16, side: u8, price: u32, ts_ns: u64, out: &mut Vec<u8>) {
    let stock = if locate == 1 {
        *b"ONE     "
    } else {
        *b"TWO     "
    };
    AddOrder {
        head: Head::new(locate, ts_ns),
        order_reference,
        side,
        shares: 100,
        stock,
        price,
    }
    .append(Wire::BinaryFile, out);
}

/// Two instruments quoted at $100; the bid of the second falls to $10 after two seconds. `bad` frames
/// stand before its first order.
fn falling(bad: usize) -> Vec<u8> {
    let mut out = Vec::new();
    for (locate, stock) in [(1, *b"ONE     "), (2, *b"TWO     ")] {
        StockDirectory {
            head: Head::new(locate, OPEN),
            stock,
            ..StockDirectory::default()
        }
        .append(Wire::BinaryFile, &mut out);
    }
    for _ in 0..bad {
        out.extend_from_slice(&[0, 12]);
        out.extend_from_slice(&[b'#'; 12]);
        let (head, event_code) = (Head::new(0, OPEN), b'O');
        for _ in 0..5 {
            SystemEvent { head, event_code }.append(Wire::BinaryFile, &mut out);
        }
    }
    for locate in [1, 2] {
        let id = 10 * u64::from(locate);
        add(id, locate, b'S', 1_000_100, OPEN, &mut out);
        add(id + 1, locate, b'B', 100_000, OPEN, &mut out);
        add(id + 2, locate, b'B', 999_900, OPEN, &mut out);
    }
    let head = Head::new(2, OPEN + 2 * SECOND);
    let order_reference = 22;
    wavetank_session::feed::encode::OrderDelete {
        head,
        order_reference,
    }
    .append(Wire::BinaryFile, &mut out);
    add(90, 1, b'B', 100_000, OPEN + 9 * SECOND, &mut out);
    out
}

/// A session over these messages, and the folder they lie in.
fn over(bytes: &[u8], symbols: &[&str]) -> (tempfile::TempDir, Session) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("feed.itch50");
    std::fs::write(&path, bytes).unwrap();
    let config = json!({ "source": { "kind": "itch", "path": path }, "symbols": symbols });
    let config = Config::parse(&config.to_string()).unwrap();
    (folder, Session::open(config, clock()).unwrap())
}

#[test]
fn a_position_is_marked_at_every_tick_whether_anybody_watches_it_or_not() {
    for watched in ["ONE", "TWO"] {
        let (_folder, mut session) = over(&falling(0), &[watched]);
        play(&mut session, OPEN + SECOND);
        assert_eq!(
            must(&mut session, "risk.check", order("TWO", 1, 1_000))["allowed"],
            true
        );
        let fill = json!({ "order_id": 1, "qty": 1_000, "price": 1_000_000, "done": true });
        must(&mut session, "risk.fill", fill);
        play(&mut session, OPEN + 3 * SECOND);
        let status = must(&mut session, "risk.status", json!({}));
        assert_eq!(status["guard"], "daily_loss", "{watched} is watched");
    }
}

#[test]
fn what_the_parser_skipped_before_a_gate_was_there_is_no_gap_of_it() {
    let (_folder, mut session) = over(&falling(8), &["ONE"]);
    play(&mut session, OPEN + SECOND);
    assert_eq!(
        must(&mut session, "status", json!({}))["parse"]["errors"],
        8
    );
    must(&mut session, "risk.check", order("ONE", 1, 1));
    play(&mut session, OPEN + 2 * SECOND);
    let status = must(&mut session, "risk.status", json!({}));
    assert_eq!(
        (&status["state"], &status["gaps"]),
        (&json!("armed"), &json!(0))
    );
}

#[test]
fn what_is_refused_and_what_only_looks_makes_no_gate() {
    let mut session = synthetic(3, 2);
    play(&mut session, OPEN + SECOND);
    for n in 0..40 {
        let target = format!("looks {n}");
        let status = must(&mut session, "risk.status", json!({ "target": target }));
        assert_eq!(status["state"], "armed");
        let fill = json!({ "target": target, "order_id": 7, "qty": 1, "price": 1 });
        let no_verb = json!({ "target": target });
        for (method, params) in [("risk.fill", fill), ("risk.other", no_verb)] {
            assert_eq!(
                asked(&mut session, method, params),
                Err("RISK_INVALID".to_owned())
            );
        }
    }
    must(&mut session, "risk.check", order("SYN001", 1, 10));
    let wrong = json!({ "symbol": "SYN002", "order_id": 9, "qty": 1, "price": 1 });
    assert!(asked(&mut session, "risk.fill", wrong).is_err());
    let status = must(&mut session, "risk.status", json!({}));
    assert_eq!(status["working_buy"], 10, "it still speaks of SYN001");
}

#[test]
fn positions_and_latches_go_on_in_another_timeline_of_the_source() {
    let mut old = synthetic(3, 2);
    play(&mut old, OPEN + SECOND);
    must(&mut old, "risk.check", order("SYN001", 1, 10));
    let fill = json!({ "order_id": 1, "qty": 10, "price": 1_000_000, "done": true });
    must(&mut old, "risk.fill", fill);
    must(&mut old, "risk.kill", json!({ "target": "other" }));
    for (seed, position) in [(3, 10), (4, 0)] {
        let mut session = synthetic(seed, 2);
        session.adopt_risk(&old);
        let status = must(&mut session, "risk.status", json!({ "symbol": "SYN001" }));
        assert_eq!(
            (&status["position"], &status["state"]),
            (&json!(position), &json!("armed"))
        );
        let other = must(&mut session, "risk.status", json!({ "target": "other" }));
        assert_eq!(other["state"], "killed", "seed {seed}");
        let at = session.now_ns() + SECOND;
        play(&mut session, at);
        assert_eq!(
            must(&mut session, "risk.check", order("SYN001", 2, 1))["allowed"],
            true
        );
    }
}

/// An engine died behind a checkpoint: what its log holds of the gates is done to them again.
#[test]
fn what_a_log_holds_of_a_gate_is_done_again() {
    let mut session = synthetic(3, 2);
    play(&mut session, OPEN + SECOND);
    let again = |verb: &str, asked: Value| json!({ "verb": verb, "asked": asked });
    let fill = json!({ "order_id": 1, "qty": 10, "price": 1_000_000, "done": true });
    must(
        &mut session,
        "risk.again",
        again("check", order("SYN001", 1, 10)),
    );
    must(&mut session, "risk.again", again("fill", fill.clone()));
    let other = json!({ "target": "other" });
    must(&mut session, "risk.again", again("kill", other.clone()));
    assert_eq!(must(&mut session, "risk.status", json!({}))["position"], 10);
    assert_eq!(must(&mut session, "risk.status", other)["state"], "killed");
    // A gate that cannot follow its past lets nothing through.
    must(&mut session, "risk.again", again("fill", fill));
    assert_eq!(
        must(&mut session, "risk.status", json!({}))["state"],
        "killed"
    );
}
