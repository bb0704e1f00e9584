//! The offline walk for Node: one call a batch. In: options as JSON, optional bytes. Out: levels as
//! ViewLevel records, digests as hex, totals as JSON. It holds no logic of its own.

use std::collections::HashMap;

use napi::bindgen_prelude::{Buffer, Error, Result};
use napi_derive::napi;
use serde::Deserialize;
use wavetank_abi::{Side, ViewLevel};
use wavetank_session::feed::encode::reference_stream_in;
use wavetank_session::feed::{Framing, Parser, Wire};
use wavetank_session::offline::{Implementation, Judge, Walk as Inner, WalkInput, WalkOptions};
use wavetank_session::synth::{GateProfile, gate_stream as gate_bytes};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Options {
    path: Option<String>,
    #[serde(default)]
    stdin: bool,
    framing: String,
    parser: String,
    implementation: Option<String>,
}

fn invalid(detail: impl std::fmt::Display) -> Error {
    Error::from_reason(format!("CONFIG_INVALID: {detail}"))
}

pub fn failed(error: impl std::fmt::Display) -> Error {
    Error::from_reason(error.to_string())
}

pub fn framing(name: &str) -> Result<Framing> {
    match name {
        "auto" => Ok(Framing::Auto),
        "binaryfile" => Ok(Framing::BinaryFile),
        "raw" => Ok(Framing::Raw),
        _ => Err(invalid(format!(
            "framing {name}, expected auto, binaryfile or raw"
        ))),
    }
}

pub fn parser(name: &str) -> Result<Parser> {
    match name {
        "zig" => Ok(Parser::Zig),
        "rust" => Ok(Parser::Rust),
        _ => Err(invalid(format!("parser {name}, expected zig or rust"))),
    }
}

fn implementation(name: Option<&str>) -> Result<Option<Implementation>> {
    name.map(|name| {
        Implementation::from_name(name).ok_or_else(|| {
            invalid(format!(
                "implementation {name}, expected rust, reference or cpp"
            ))
        })
    })
    .transpose()
}

/// A source walked from its first message through one book.
#[napi]
pub struct Walk {
    inner: Inner,
}

#[napi]
impl Walk {
    /// Opens `path` of the options, or standard input, or the bytes when given.
    #[napi(constructor, catch_unwind)]
    pub fn new(options: String, bytes: Option<Buffer>) -> Result<Self> {
        let options: Options = serde_json::from_str(&options).map_err(invalid)?;
        let input = match (bytes, options.path, options.stdin) {
            (Some(bytes), None, false) => WalkInput::Bytes(bytes.to_vec()),
            (None, Some(path), false) => WalkInput::Path(path.into()),
            (None, None, true) => WalkInput::Stdin,
            _ => return Err(invalid("give a path, bytes or stdin")),
        };
        let walk = WalkOptions {
            framing: framing(&options.framing)?,
            parser: parser(&options.parser)?,
            implementation: implementation(options.implementation.as_deref())?,
        };
        let inner = Inner::open(input, &walk).map_err(failed)?;
        Ok(Self { inner })
    }

    /// Reads and applies up to `max_messages` more; false at the end of the source.
    #[napi(catch_unwind)]
    pub fn advance(&mut self, max_messages: f64) -> Result<bool> {
        self.inner.advance(max_messages as u64).map_err(failed)
    }

    /// Goes on until `n` messages are read in all.
    #[napi(catch_unwind, js_name = "toMessage")]
    pub fn walk_to_message(&mut self, n: f64) -> Result<()> {
        self.inner.walk_to_message(n as u64).map_err(failed)
    }

    /// Goes on until the next event is later than `ts_ns`.
    #[napi(catch_unwind, js_name = "toTime")]
    pub fn walk_to_time(&mut self, ts_ns: f64) -> Result<()> {
        self.inner.walk_to_time(ts_ns as u64).map_err(failed)
    }

    /// Events of the next messages as 40-byte records, applied nowhere.
    #[napi(catch_unwind)]
    pub fn events(&mut self, max_messages: u32) -> Result<Buffer> {
        let events = self.inner.events(max_messages as usize).map_err(failed)?;
        Ok(bytemuck::cast_slice::<_, u8>(events).to_vec().into())
    }

    /// Messages read.
    #[napi(getter)]
    pub fn messages(&self) -> f64 {
        self.inner.messages() as f64
    }

    /// Whether the source is exhausted.
    #[napi(getter)]
    pub fn ended(&self) -> bool {
        self.inner.ended()
    }

    /// Latest stamp, ns since venue midnight.
    #[napi(getter)]
    pub fn last_ts_ns(&self) -> f64 {
        self.inner.last_ts_ns() as f64
    }

    /// Bytes read, bytes in all.
    #[napi(getter)]
    pub fn position(&self) -> Vec<f64> {
        let (at, length) = self.inner.position();
        vec![at as f64, length as f64]
    }

    /// The best `depth` levels of a side as ViewLevel records.
    #[napi(catch_unwind)]
    pub fn levels(&self, instrument: u32, side: u8, depth: u32) -> Result<Buffer> {
        let side = Side::from_raw(side).ok_or_else(|| invalid(format!("side {side}")))?;
        let levels = self.judge()?.levels(instrument, side, depth as usize);
        let records: Vec<ViewLevel> = levels
            .iter()
            .map(|level| ViewLevel {
                price: level.price,
                qty: level.qty,
                orders: level.orders,
                ..ViewLevel::default()
            })
            .collect();
        Ok(bytemuck::cast_slice::<_, u8>(&records).to_vec().into())
    }

    /// FLOWLAB-L2-v1 of one instrument, 16 hex digits.
    #[napi(catch_unwind)]
    pub fn l2_hash(&self, instrument: u32) -> Result<String> {
        Ok(format!("{:016x}", self.judge()?.l2_hash(instrument)))
    }

    /// Digest of all levels of all instruments, 32 hex digits.
    #[napi(catch_unwind)]
    pub fn market_digest(&self) -> Result<String> {
        Ok(format!("{:032x}", self.judge()?.market_digest()))
    }

    /// The run digest over channel 0 so far, 16 hex digits.
    #[napi(catch_unwind)]
    pub fn chain(&self) -> Result<String> {
        Ok(format!("{:016x}", self.judge()?.chain()))
    }

    /// Symbol and locate of every instrument named so far, as JSON pairs.
    #[napi(catch_unwind)]
    pub fn symbols(&self) -> Result<String> {
        let pairs: Vec<(String, u32)> = self
            .inner
            .directory()
            .iter()
            .map(|(locate, symbol)| {
                (
                    String::from_utf8_lossy(&symbol).trim_end().to_owned(),
                    locate,
                )
            })
            .collect();
        serde_json::to_string(&pairs).map_err(failed)
    }

    /// Locates that events have named so far, ascending.
    #[napi(catch_unwind)]
    pub fn instruments(&self) -> Vec<u32> {
        self.inner.instruments()
    }

    /// Totals as JSON.
    #[napi(catch_unwind)]
    pub fn summary(&self) -> Result<String> {
        serde_json::to_string(&self.inner.summary()).map_err(failed)
    }

    fn judge(&self) -> Result<&Judge> {
        self.inner
            .judge()
            .ok_or_else(|| invalid("this walk has no book of its own"))
    }
}

/// The reference stream of the L2 hash: `messages` messages, framed as BinaryFILE or raw.
#[napi(catch_unwind)]
pub fn reference_bytes(messages: u32, framed: bool) -> Buffer {
    let wire = if framed { Wire::BinaryFile } else { Wire::Raw };
    reference_stream_in(u64::from(messages), wire).into()
}

/// Names of the adversarial profiles.
#[napi]
pub fn gate_profiles() -> Vec<String> {
    GateProfile::ALL
        .iter()
        .map(|profile| profile.name().to_owned())
        .collect()
}

/// An adversarial ITCH stream of every message type, framed as BinaryFILE.
#[napi(catch_unwind)]
pub fn gate_stream(seed: u32, messages: u32, profile: String) -> Result<Buffer> {
    let found = GateProfile::ALL
        .into_iter()
        .find(|known| known.name() == profile);
    let found = found.ok_or_else(|| invalid(format!("profile {profile}")))?;
    Ok(gate_bytes(u64::from(seed), u64::from(messages), found).into())
}

/// ABI manifest of every native library in this addon, by language.
#[napi]
pub fn manifests() -> HashMap<String, String> {
    HashMap::from([
        ("rust".to_owned(), wavetank_abi::MANIFEST.to_owned()),
        ("zig".to_owned(), wavetank_session::feed::parser_manifest()),
        (
            "cpp".to_owned(),
            wavetank_session::kernels::manifest().to_owned(),
        ),
    ])
}
