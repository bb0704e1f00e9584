//! Samples of `data/samples`: a JSON file of parameters and totals, and the ITCH file it describes.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use wavetank_synth::{SynthParams, Totals, write_itch};

/// Folder of the samples.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../data/samples")
}

/// What the description of a sample says.
pub fn description(name: &str) -> Value {
    let path = folder().join(name).with_extension("json");
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path:?}: {e}"));
    serde_json::from_str(&text).unwrap()
}

/// The bytes that a description asks for, and their totals in the form of the description.
pub fn regenerated(description: &Value) -> (Vec<u8>, Value) {
    let number = |name: &str| description["params"][name].as_u64().expect(name);
    let params = SynthParams {
        seed: number("seed"),
        instruments: number("instruments") as u32,
        events_per_s: number("events_per_s") as u32,
        base_price: number("base_price") as u32,
        tick_size: number("tick_size") as u32,
        live_orders: number("live_orders") as u32,
        halts_per_hour: number("halts_per_hour") as u32,
    };
    let messages = description["messages"].as_u64().expect("messages");
    let mut bytes = Vec::new();
    let totals = write_itch(params, messages, &mut bytes).unwrap();
    (bytes, shown(&totals))
}

fn shown(totals: &Totals) -> Value {
    json!({
        "bytes": totals.bytes,
        "events": totals.events,
        "trades": totals.trades,
        "volume": totals.volume,
        "live_orders": totals.live_orders,
        "levels": totals.levels,
        "market_digest": format!("{:032x}", totals.market_digest),
        "input_digest": format!("{:016x}", totals.input_digest),
        "last_ts_ns": totals.last_ts_ns,
    })
}
