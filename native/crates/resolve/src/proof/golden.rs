//! Golden scripts of the executable model: the same messages and intents must give the same records.

use std::fs;
use std::path::PathBuf;

use serde_json::Value;
use wavetank_abi::{Event, IntentOp, Record};
use wavetank_book::{Book, HotBook, ReferenceBook};

use super::plain::Plain;
use crate::resolver::Resolver;
use crate::rule::Rules;
use crate::storm::own_order_id;

const INSTRUMENT: u32 = 7;

fn number(value: &Value) -> u64 {
    value.as_u64().expect("a number")
}

fn order_id(value: &Value) -> u64 {
    let Some(text) = value.as_str() else {
        return number(value);
    };
    let (storm, handle) = text.split_once(':').expect("storm:handle");
    own_order_id(
        storm.parse().expect("storm"),
        handle.parse().expect("handle"),
    )
}

/// [ts, type, side, flags, price, qty, id]
fn source_event(row: &Value) -> Event {
    Event {
        ts_ns: number(&row[0]),
        event_type: number(&row[1]) as u8,
        side: number(&row[2]) as u8,
        flags: number(&row[3]) as u16,
        price: number(&row[4]),
        qty: number(&row[5]),
        order_id: number(&row[6]),
        instrument_id: INSTRUMENT,
    }
}

/// [op, ts, storm, side, price, qty, handle]
fn intent_event(op: IntentOp, step: &Value) -> Event {
    Event {
        ts_ns: number(&step[1]),
        event_type: op as u8,
        side: number(&step[3]) as u8,
        flags: 0,
        price: number(&step[4]),
        qty: number(&step[5]),
        order_id: number(&step[6]),
        instrument_id: INSTRUMENT,
    }
}

fn play<B: Book>(resolver: &mut Resolver<B>, step: &Value, out: &mut Vec<Record>) {
    let ts_ns = step[1].as_u64().unwrap_or(0);
    let op = match step[0].as_str().expect("a step") {
        "source" => {
            let rows = step[1].as_array().expect("messages");
            let events: Vec<Event> = rows.iter().map(source_event).collect();
            return resolver.source(&events, out);
        }
        "returns" => return resolver.returns(ts_ns, out),
        "end" => {
            return resolver.end(number(&step[2]) as u32, number(&step[3]) as u32, ts_ns, out);
        }
        "add" => IntentOp::AddOwn,
        "cancel" => IntentOp::CancelOwn,
        "take" => IntentOp::Take,
        _ => IntentOp::Withdraw,
    };
    resolver.intent(number(&step[2]) as u32, ts_ns, &intent_event(op, step), out);
}

/// A channel-1 record as the model writes it: [type, side, flags, price, qty, id, done, ts].
fn same_inserted(want: &Value, got: &Record, done: Option<u64>) -> bool {
    let [kind, side, flags, price, qty] = [0, 1, 2, 3, 4].map(|i| number(&want[i]));
    got.channel == 1
        && u64::from(got.event_type) == kind
        && (side == 2 || u64::from(got.side) == side)
        && u64::from(got.flags) == flags
        && (price == 0 || got.price == price)
        && got.qty == qty
        && got.order_id == order_id(&want[5])
        && done == want[6].as_u64()
        && got.ts_ns == number(&want[7])
}

fn same(want: &Value, got: &Record, witness: &mut Plain) -> bool {
    let done = witness.feed(got);
    match want {
        Value::Array(_) => same_inserted(want, got, done),
        _ => got.channel == 0 && done == want.as_u64(),
    }
}

fn replay<B: Book>(name: &str, script: &Value, resolver: &mut Resolver<B>) -> Result<u64, String> {
    let mut witness = Plain::default();
    let mut records = 0;
    for (at, step) in script["steps"]
        .as_array()
        .expect("steps")
        .iter()
        .enumerate()
    {
        let mut out = Vec::new();
        play(resolver, step, &mut out);
        let want = step
            .as_array()
            .and_then(|s| s.last())
            .and_then(Value::as_array);
        let want = want.expect("records");
        let equal =
            want.len() == out.len() && want.iter().zip(&out).all(|(w, r)| same(w, r, &mut witness));
        if !equal {
            return Err(format!("{name}, step {at}: want {step}, got {out:?}"));
        }
        records += out.len() as u64;
    }
    if resolver.clean() {
        Ok(records)
    } else {
        Err(format!("{name}: not clean at the end"))
    }
}

fn scripts() -> Vec<(String, Value)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../data/vectors");
    let entries = fs::read_dir(folder)
        .expect("data/vectors")
        .map(|e| e.expect("an entry").path());
    let mut paths: Vec<PathBuf> = entries
        .filter(|path| {
            let name = path
                .file_name()
                .and_then(|n| n.to_str())
                .unwrap_or_default();
            name.starts_with("resolve-") && name.ends_with(".json")
        })
        .collect();
    paths.sort();
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).expect("a vector");
        (
            path.display().to_string(),
            serde_json::from_str(&text).expect("JSON"),
        )
    };
    paths.into_iter().map(read).collect()
}

pub(super) fn suite<B: Book>(rules: Rules, new_book: fn() -> B) -> Result<u64, String> {
    let mut records = 0;
    for (name, script) in scripts() {
        let mut resolver = Resolver::new(new_book());
        resolver.rules = rules;
        records += replay(&name, &script, &mut resolver)?;
    }
    if records == 0 {
        Err("no golden script in data/vectors".into())
    } else {
        Ok(records)
    }
}

#[test]
fn both_books_repeat_the_model() {
    let reference = suite(Rules::default(), ReferenceBook::new).unwrap();
    assert_eq!(suite(Rules::default(), HotBook::new), Ok(reference));
}
