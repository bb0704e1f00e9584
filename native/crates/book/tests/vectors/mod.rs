//! Golden files of `data/vectors`, as values. In: a file name. Out: its contents.
#![allow(dead_code, reason = "each test file uses its part")]

use serde::Deserialize;
use std::collections::BTreeMap;
use wavetank_abi::{ApplyStatus, Event, EventType, event_flags};

pub fn read<T: serde::de::DeserializeOwned>(name: &str) -> T {
    let path = format!(
        "{}/../../../data/vectors/{name}",
        env!("CARGO_MANIFEST_DIR")
    );
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}"));
    serde_json::from_str(&text).unwrap_or_else(|e| panic!("{path}: {e}"))
}

#[derive(Deserialize)]
#[serde(untagged)]
pub enum Name<T> {
    Known(T),
    Raw(u64),
}

/// An event of the rule table with what is expected of it.
#[derive(Deserialize)]
pub struct RuleEvent {
    #[serde(rename = "type")]
    kind: Name<String>,
    #[serde(default)]
    id: Option<String>,
    #[serde(default = "first_instrument")]
    instrument: u32,
    #[serde(default = "inherit")]
    side: u8,
    #[serde(default)]
    price: u64,
    #[serde(default)]
    qty: u64,
    #[serde(default)]
    flags: Option<Name<Vec<String>>>,
    pub expect: String,
    pub done: Option<u64>,
    pub resolved: Option<(u8, u64)>,
}

fn first_instrument() -> u32 {
    1
}

fn inherit() -> u8 {
    2
}

#[derive(Deserialize)]
pub struct Rule {
    pub name: String,
    pub events: Vec<RuleEvent>,
    pub books: BTreeMap<u32, Sides>,
}

/// (price, [(id, qty)]) best first.
pub type Queues = Vec<(u64, Vec<(String, u64)>)>;

#[derive(Default, Deserialize)]
pub struct Sides {
    pub bids: Queues,
    pub asks: Queues,
}

#[derive(Deserialize)]
pub struct Rules {
    pub cases: Vec<Rule>,
}

fn type_of(kind: &Name<String>) -> u8 {
    match kind {
        Name::Raw(raw) => *raw as u8,
        Name::Known(name) => (1..=6)
            .find(|raw| EventType::from_raw(*raw).is_some_and(|t| t.name() == name))
            .unwrap_or_else(|| panic!("no event type {name}")),
    }
}

fn flag_of(name: &str) -> u16 {
    match name {
        "MORE" => event_flags::MORE,
        "REPLACE" => event_flags::REPLACE,
        "NON_DISPLAYED" => event_flags::NON_DISPLAYED,
        "CROSS" => event_flags::CROSS,
        "NON_PRINTABLE" => event_flags::NON_PRINTABLE,
        "INJECTED" => event_flags::INJECTED,
        "BROKEN" => event_flags::BROKEN,
        _ => panic!("no flag {name}"),
    }
}

impl RuleEvent {
    pub fn event(&self) -> Event {
        let flags = match &self.flags {
            None => 0,
            Some(Name::Raw(raw)) => *raw as u16,
            Some(Name::Known(names)) => names.iter().map(|name| flag_of(name)).sum(),
        };
        Event {
            event_type: type_of(&self.kind),
            order_id: self
                .id
                .as_deref()
                .map_or(0, |id| id.parse().expect("an id")),
            instrument_id: self.instrument,
            side: self.side,
            price: self.price,
            qty: self.qty,
            flags,
            ts_ns: 0,
        }
    }

    pub fn status(&self) -> ApplyStatus {
        (0..)
            .map_while(ApplyStatus::from_raw)
            .find(|status| status.name() == self.expect)
            .unwrap_or_else(|| panic!("no status {}", self.expect))
    }
}

#[derive(Deserialize)]
pub struct L2Vector {
    pub name: String,
    pub bids: Vec<(u64, u64)>,
    pub asks: Vec<(u64, u64)>,
    pub hash: String,
}

/// (instrument, side, price, qty).
pub type LevelKey = (u32, u8, u64, u64);

#[derive(Deserialize)]
pub struct LevelVector {
    pub level: LevelKey,
    pub digest: String,
}

#[derive(Deserialize)]
pub struct MarketVector {
    pub levels: Vec<LevelKey>,
    pub digest: String,
}

#[derive(Deserialize)]
pub struct RunVector {
    pub seq: u64,
    pub channel: u32,
    pub status: u32,
    ts_ns: u64,
    price: u64,
    qty: u64,
    order_id: String,
    instrument_id: u32,
    #[serde(rename = "type")]
    event_type: u8,
    side: u8,
    flags: u16,
    pub digest: String,
}

impl RunVector {
    pub fn event(&self) -> Event {
        Event {
            ts_ns: self.ts_ns,
            price: self.price,
            qty: self.qty,
            order_id: self.order_id.parse().expect("an id"),
            instrument_id: self.instrument_id,
            event_type: self.event_type,
            side: self.side,
            flags: self.flags,
        }
    }
}

#[derive(Deserialize)]
pub struct StreamVector {
    pub messages: u64,
    pub hash: String,
}

#[derive(Deserialize)]
pub struct Digests {
    pub reference_stream: Vec<StreamVector>,
    pub l2: Vec<L2Vector>,
    pub level: Vec<LevelVector>,
    pub market: Vec<MarketVector>,
    pub run: Vec<RunVector>,
}
