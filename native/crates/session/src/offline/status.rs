//! Trading status as state: what the latest message of each kind said, for the market and for each
//! symbol. In: a source. Out: that state, ready for JSON. It knows no book.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};
use serde_json::Value as Json;
use wavetank_feed::fields::{Kind, Layout, Value, decode};
use wavetank_feed::{Directory, FileSource};

use crate::error;

/// Types that say something of the market or of a symbol, and no order.
const KINDS: &[u8] = b"SVWRHhYJKLINO";
/// What tells apart states of one type that hold side by side.
const BESIDE: &[(u8, &str)] = &[(b'h', "market_code"), (b'L', "mpid"), (b'I', "cross_type")];
/// The fields every message begins with.
const HEAD: [&str; 4] = [
    "message_type",
    "stock_locate",
    "tracking_number",
    "timestamp_ns",
];

/// What one message said.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct State {
    /// Its type's name.
    pub name: &'static str,
    /// Its type letter.
    #[serde(rename = "type")]
    pub message_type: char,
    /// Its stamp, ns since midnight.
    pub ts_ns: u64,
    /// Its fields beyond the head; prices in 1/10000 dollar, index levels as decimal text.
    #[serde(serialize_with = "in_order")]
    pub fields: Vec<(&'static str, Json)>,
}

/// An object whose members stand as the fields stand on the wire.
fn in_order<S: Serializer>(fields: &[(&str, Json)], to: S) -> Result<S::Ok, S::Error> {
    to.collect_map(fields.iter().map(|(name, value)| (name, value)))
}

/// A symbol's states, in the order of their types.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SymbolStatus {
    /// The symbol, or the locate where none was named.
    pub symbol: String,
    /// Stock locate.
    pub locate: u32,
    /// The latest of each kind.
    pub states: Vec<State>,
}

/// The market and every symbol something was said of.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TradingStatus {
    /// System event, circuit breaker levels and status.
    pub market: Vec<State>,
    /// By symbol.
    pub symbols: Vec<SymbolStatus>,
}

/// Reads a source message by message and keeps the latest of each kind.
pub struct StatusReader {
    source: FileSource,
    latest: Latest,
}

/// The latest message of each kind, by locate, kind and what tells states of a kind apart.
#[derive(Default)]
struct Latest(BTreeMap<(u32, usize, Vec<u8>), Vec<u8>>);

impl StatusReader {
    /// At the start of an open source.
    pub fn new(source: FileSource) -> Self {
        Self {
            source,
            latest: Latest::default(),
        }
    }

    /// Reads up to `messages` more; false at the end.
    pub fn advance(&mut self, messages: u64) -> error::Result<bool> {
        let latest = &mut self.latest;
        let batch = self.source.hear(messages, &mut |body| latest.keep(body))?;
        Ok(!batch.ended)
    }

    /// Messages read.
    pub fn messages(&self) -> u64 {
        self.source.counters().messages
    }

    /// The source, for its position and its errors.
    pub const fn source(&self) -> &FileSource {
        &self.source
    }

    /// The state after what was read.
    pub fn status(&self) -> TradingStatus {
        let mut status = TradingStatus {
            market: Vec::new(),
            symbols: Vec::new(),
        };
        for ((locate, kind, _), body) in &self.latest.0 {
            let Some(state) = State::of(body) else {
                continue;
            };
            if b"SVW".contains(&KINDS[*kind]) {
                status.market.push(state);
                continue;
            }
            if status.symbols.last().is_none_or(|s| s.locate != *locate) {
                status.symbols.push(SymbolStatus {
                    symbol: symbol(self.source.directory(), *locate),
                    locate: *locate,
                    states: Vec::new(),
                });
            }
            let last = status.symbols.last_mut().expect("pushed above");
            last.states.push(state);
        }
        status.symbols.sort_by(|a, b| a.symbol.cmp(&b.symbol));
        status
    }
}

impl Latest {
    fn keep(&mut self, body: &[u8]) {
        let letter = body[0];
        let Some(kind) = KINDS.iter().position(|known| *known == letter) else {
            return;
        };
        let locate = u32::from(u16::from_be_bytes([body[1], body[2]]));
        let locate = if b"SVW".contains(&letter) { 0 } else { locate };
        let kept = self.0.entry((locate, kind, beside(body))).or_default();
        kept.clear();
        kept.extend_from_slice(body);
    }
}

fn symbol(directory: &Directory, locate: u32) -> String {
    directory
        .symbol(locate)
        .map_or_else(|| format!("#{locate}"), |symbol| text(&symbol))
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).trim_end().to_owned()
}

fn beside(body: &[u8]) -> Vec<u8> {
    let name = BESIDE.iter().find(|(letter, _)| *letter == body[0]);
    let layout = Layout::of(body[0]);
    let field = layout
        .zip(name)
        .and_then(|(layout, (_, name))| layout.fields().find(|field| field.name == *name));
    field.map_or_else(Vec::new, |f| body[f.at..f.at + f.width].to_vec())
}

impl State {
    fn of(body: &[u8]) -> Option<Self> {
        let layout = Layout::of(*body.first()?)?;
        let mut state = Self {
            name: layout.name(),
            message_type: char::from(layout.message_type()),
            ts_ns: 0,
            fields: Vec::new(),
        };
        for (field, value) in decode(body)? {
            match value {
                Value::Number(ns) if field.name == "timestamp_ns" => state.ts_ns = ns,
                _ if HEAD.contains(&field.name) || field.name == "stock" => {}
                value => {
                    state.fields.push((field.name, json(field.kind, &value)));
                }
            }
        }
        Some(state)
    }
}

fn json(kind: Kind, value: &Value) -> Json {
    match value {
        Value::Text(bytes) => Json::String(text(bytes)),
        Value::Number(n) if kind == Kind::Price8 => {
            Json::String(format!("{}.{:08}", n / 100_000_000, n % 100_000_000))
        }
        Value::Number(n) => Json::from(*n),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use wavetank_feed::{Framing, Parser};

    use super::*;

    /// Every ITCH 5.0 type once, under one locate.
    const EVERY_TYPE: &[u8] = include_bytes!("../../../../../data/vectors/itch-types.itch50");

    fn read(bytes: Vec<u8>) -> TradingStatus {
        let source =
            FileSource::from_bytes(bytes, Path::new("bytes"), Framing::Auto, Parser::Zig).unwrap();
        let mut reader = StatusReader::new(source);
        while reader.advance(7).unwrap() {}
        reader.status()
    }

    #[test]
    fn every_kind_is_state() {
        let status = read(EVERY_TYPE.to_vec());
        let letters = |states: &[State]| -> String {
            states.iter().map(|state| state.message_type).collect()
        };
        assert_eq!(letters(&status.market), "SVW");
        let all: Vec<String> = status.symbols.iter().map(|s| letters(&s.states)).collect();
        for letter in "RHhYJKLINO".chars() {
            assert!(all.iter().any(|s| s.contains(letter)), "{letter}: {all:?}");
        }
    }

    #[test]
    fn the_latest_of_a_kind_stands_and_participants_stand_side_by_side() {
        let twice = read(EVERY_TYPE.repeat(2));
        assert_eq!(twice, read(EVERY_TYPE.to_vec()));
        let mut other = EVERY_TYPE.to_vec();
        let at = position(&other, b'L');
        other[at + 11..at + 15].copy_from_slice(b"WXYZ");
        let at = position(&other, b'H');
        other[at + 19] = b'P';
        let status = read([EVERY_TYPE, &other].concat());
        let states: Vec<&State> = status.symbols.iter().flat_map(|s| &s.states).collect();
        let count = |letter| states.iter().filter(|s| s.message_type == letter).count();
        assert_eq!((count('L'), count('H')), (2, 1));
        let halt = states.iter().find(|s| s.message_type == 'H').unwrap();
        assert_eq!(halt.fields[0], ("trading_state", Json::from("P")));
    }

    fn position(bytes: &[u8], letter: u8) -> usize {
        let mut at = 0;
        while bytes[at + 2] != letter {
            at += 2 + usize::from(u16::from_be_bytes([bytes[at], bytes[at + 1]]));
        }
        at + 2
    }
}
