//! `data/vectors/itch-types.txt`: one message of every type as hex, its fields as the cold
//! decoder reads them, its events as the twins make them. `itch-types.itch50` is the same
//! messages as a file. `WAVETANK_BLESS=1` writes both anew.
mod samples;

use std::fmt::Write;
use std::path::PathBuf;

use samples::{Judge, WIDE, every_type};
use wavetank_abi::Event;
use wavetank_feed::fields::{Layout, Value, decode};
use wavetank_feed::{Wire, twin};

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn line(event: &Event) -> String {
    let Event {
        ts_ns,
        price,
        qty,
        order_id,
        instrument_id,
        event_type,
        side,
        flags,
    } = event;
    format!("event {ts_ns} {price} {qty} {order_id} {instrument_id} {event_type} {side} {flags}\n")
}

fn describe(judge: &mut Judge, body: &[u8], text: &mut String) {
    let layout = Layout::of(body[0]).unwrap();
    writeln!(
        text,
        "message {} {} {}",
        char::from(body[0]),
        layout.name(),
        hex(body)
    )
    .unwrap();
    for (field, value) in decode(body).unwrap() {
        let value = match value {
            Value::Number(number) => number.to_string(),
            Value::Text(bytes) => format!("'{}'", String::from_utf8(bytes).unwrap()),
        };
        writeln!(
            text,
            "field {} {} {} {value}",
            field.at, field.width, field.name
        )
        .unwrap();
    }
    judge.same(body, Wire::Raw, WIDE);
    text.extend(judge.zig.events.iter().map(line));
}

fn check(name: &str, bytes: &[u8]) {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../data/vectors");
    let path = PathBuf::from(folder).join(name);
    if std::env::var_os("WAVETANK_BLESS").is_some() {
        std::fs::write(&path, bytes).unwrap();
    }
    let golden = std::fs::read(&path).unwrap();
    assert!(golden == bytes, "{name} differs from what the parsers make");
}

#[test]
fn every_type_reads_as_written_down() {
    let mut judge = Judge::new();
    let mut text = String::from(
        "# field: offset width name value\n\
         # event: ts_ns price qty order_id instrument_id type side flags\n",
    );
    for body in every_type(Wire::Raw) {
        describe(&mut judge, &body, &mut text);
    }
    check("itch-types.txt", text.as_bytes());
    check("itch-types.itch50", &every_type(Wire::BinaryFile).concat());
}

/// The Zig layouts against the twin's own numbers.
#[test]
fn layouts_agree_with_the_twin() {
    for letter in 0..=u8::MAX {
        let layout = Layout::of(letter);
        assert_eq!(layout.map(Layout::size), twin::size(letter));
        let stock = layout.and_then(|l| l.fields().find(|f| f.name == "stock"));
        assert_eq!(stock.map(|f| f.at), twin::stock_at(letter));
    }
    assert_eq!(Layout::all().count(), 23);
}

#[test]
fn only_whole_messages_have_fields() {
    for body in every_type(Wire::Raw) {
        assert!(decode(&body[..body.len() - 1]).is_none());
        assert!(decode(&[body.as_slice(), b"x"].concat()).is_none());
    }
    assert!(decode(b"").is_none());
    assert!(decode(b"?").is_none());
}
