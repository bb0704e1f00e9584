//! Sources that are legal and odd: time that goes back, symbols that are no text.

mod support;

use serde_json::json;
use support::clock;
use wavetank_abi::{FrameKind, TradeFrame};
use wavetank_session::feed::Wire;
use wavetank_session::feed::encode::{AddOrder, Head, Message, OrderExecuted, StockDirectory};
use wavetank_session::{Code, Config, Result, Session};

const MS: u64 = 1_000_000;
const OPEN: u64 = 34_200_000 * MS;

fn directory(locate: u16, stock: [u8; 8], out: &mut Vec<u8>) {
    let head = Head::new(locate, OPEN);
    StockDirectory {
        head,
        stock,
        ..StockDirectory::default()
    }
    .append(Wire::BinaryFile, out);
}

fn add(order_reference: u64, ts_ns: u64, out: &mut Vec<u8>) {
    AddOrder {
        head: Head::new(1, ts_ns),
        order_reference,
        side: b'B',
        shares: 100,
        stock: *b"ONE     ",
        price: 1_000_000,
    }
    .append(Wire::BinaryFile, out);
}

fn execution(order_reference: u64, ts_ns: u64, out: &mut Vec<u8>) {
    let (head, shares) = (Head::new(1, ts_ns), 10);
    OrderExecuted {
        head,
        order_reference,
        shares,
        match_number: 1,
    }
    .append(Wire::BinaryFile, out);
}

fn over(bytes: &[u8]) -> Result<Session> {
    watching(bytes, &[])
}

fn watching(bytes: &[u8], symbols: &[String]) -> Result<Session> {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), bytes).unwrap();
    let config = json!({
        "source": { "kind": "itch", "path": file.path() }, "symbols": symbols,
    });
    Session::open(Config::parse(&config.to_string()).unwrap(), clock())
}

#[test]
fn a_print_whose_time_went_back_falls_in_the_quantum_it_came_in() {
    let mut bytes = Vec::new();
    directory(1, *b"ONE     ", &mut bytes);
    add(1, OPEN, &mut bytes);
    add(2, OPEN + 10 * MS + 1, &mut bytes);
    execution(1, OPEN + 9 * MS, &mut bytes);
    execution(2, OPEN + 30 * MS, &mut bytes);
    execution(1, OPEN + 29 * MS, &mut bytes);
    let mut session = over(&bytes).unwrap();
    session.outbox().subscribe_feed(true);
    session.advance(OPEN + 100 * MS, 1_000, false).unwrap();
    let mut out = Vec::new();
    session.outbox().drain_feed(&mut out);
    let frames = out.chunks(6 + size_of::<TradeFrame>());
    let frames = frames.map(|frame| bytemuck::pod_read_unaligned::<TradeFrame>(&frame[6..]));
    let at = |f: TradeFrame| {
        assert_eq!(f.frame_kind, FrameKind::Trade as u16);
        (f.ts_run_ns - OPEN) / MS
    };
    assert_eq!(frames.map(at).collect::<Vec<_>>(), [11, 30, 30]);
}

#[test]
fn a_symbol_that_is_no_text_hinders_nobody() {
    let mut bytes = Vec::new();
    directory(1, *b"ONE     ", &mut bytes);
    directory(
        2,
        [0xFF, 0xFE, b' ', b' ', b' ', b' ', b' ', b' '],
        &mut bytes,
    );
    add(1, OPEN, &mut bytes);
    let mut session = over(&bytes).unwrap();
    let status = session.control(r#"{"method":"status"}"#).unwrap();
    let status: serde_json::Value = serde_json::from_str(&status).unwrap();
    assert_eq!(status["watched"], json!(["ONE"]));
}

fn play(session: &mut Session, to_ns: u64) {
    while session.now_ns() < to_ns {
        session.advance(to_ns, usize::MAX, false).unwrap();
        session.drain(0, &mut Vec::new());
    }
}

/// A file that names its stocks as they come, seventeen of them far behind what is read ahead.
#[test]
fn symbols_that_wait_never_stop_time() {
    let mut bytes = Vec::new();
    (100..9_000).for_each(|id| add(id, OPEN + id * MS, &mut bytes));
    let symbols: Vec<String> = (0..17).map(|n| format!("LATE{n}")).collect();
    for (locate, symbol) in (2..).zip(&symbols) {
        let mut stock = *b"        ";
        stock[..symbol.len()].copy_from_slice(symbol.as_bytes());
        AddOrder {
            head: Head::new(locate, OPEN + 18_000 * MS),
            order_reference: locate.into(),
            side: b'B',
            shares: 100,
            stock,
            price: 1_000_000,
        }
        .append(Wire::BinaryFile, &mut bytes);
    }
    add(99, OPEN + 30_000 * MS, &mut bytes);
    let refused = watching(&bytes, &symbols).err().map(|error| error.code);
    assert_eq!(refused, Some(Code::WatchFull));
    let mut session = watching(&bytes, &symbols[1..]).unwrap();
    play(&mut session, OPEN + 5_000 * MS);
    let storm = json!({ "method": "storm.start", "params": {
        "kind": 1, "kind_name": "PhantomLiquidity", "severity_ppm": 0, "duration_ms": 5_000,
        "symbol": "ONE",
    } });
    session.control(&storm.to_string()).unwrap();
    session
        .control(r#"{"method":"storm.stop","params":{"id":1}}"#)
        .unwrap();
    play(&mut session, OPEN + 19_000 * MS);
    let status = session.control(r#"{"method":"status"}"#).unwrap();
    let status: serde_json::Value = serde_json::from_str(&status).unwrap();
    assert_eq!(status["watched"].as_array().unwrap().len(), 16);
    assert_eq!(status["symbols_pending"], json!(["LATE16"]));
}
