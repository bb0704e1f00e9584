//! What a session is opened with, as JSON: the source, the symbols analysed from its start, the run
//! seed. Unknown keys are refused.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use wavetank_synth::SynthParams;

use crate::error::{Code, Result, SessionError};

/// How to open a session.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Where events come from.
    pub source: SourceConfig,
    /// Symbols with analytics from the source's start; none = all when the source has few.
    #[serde(default)]
    pub symbols: Vec<String>,
    /// Seed from which storms without one derive theirs.
    #[serde(default, deserialize_with = "seed_or_default")]
    pub seed: u64,
    /// Price increment in 1/10000 dollar; none = 100 at $1 and above, else 1.
    #[serde(default)]
    pub tick_size: Option<u32>,
    /// Bytes of the record outbox before virtual time stops.
    #[serde(default = "record_bytes")]
    pub record_bytes: usize,
    /// Trade frames kept for the feed class.
    #[serde(default = "feed_frames")]
    pub feed_frames: usize,
}

/// Where events come from.
#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase", deny_unknown_fields)]
pub enum SourceConfig {
    /// An ITCH 5.0 file, plain or .gz.
    Itch {
        /// Its path.
        path: String,
        /// How messages are framed.
        #[serde(default)]
        framing: FramingConfig,
    },
    /// The seeded generator.
    Synthetic(Synthetic),
}

impl SourceConfig {
    /// Reads the JSON form.
    pub fn parse(json: &str) -> Result<Self> {
        serde_json::from_str(json)
            .map_err(|e| SessionError::new(Code::ConfigInvalid, e.to_string()))
    }
}

/// Parameters of the seeded generator; what is not given is its default.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Synthetic {
    /// Its seed, as a decimal string.
    #[serde(deserialize_with = "seed", serialize_with = "decimal")]
    pub seed: u64,
    /// Instruments that it quotes.
    #[serde(default = "one")]
    pub instruments: u32,
    /// Events a second of the first instrument.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub events_per_s: Option<u32>,
    /// Price around which the first instrument moves, 1/10000 dollar.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base_price: Option<u32>,
    /// Price increment, 1/10000 dollar.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tick_size: Option<u32>,
    /// Orders resting on each instrument, on average.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub live_orders: Option<u32>,
    /// Trading halts an hour over all instruments.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub halts_per_hour: Option<u32>,
}

impl Synthetic {
    /// What the generator is made from.
    pub fn params(&self) -> SynthParams {
        let usual = SynthParams::default();
        SynthParams {
            seed: self.seed,
            instruments: self.instruments,
            events_per_s: self.events_per_s.unwrap_or(usual.events_per_s),
            base_price: self.base_price.unwrap_or(usual.base_price),
            tick_size: self.tick_size.unwrap_or(usual.tick_size),
            live_orders: self.live_orders.unwrap_or(usual.live_orders),
            halts_per_hour: self.halts_per_hour.unwrap_or(usual.halts_per_hour),
        }
    }
}

/// How an ITCH file frames its messages.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FramingConfig {
    /// Found out from the first bytes.
    #[default]
    Auto,
    /// Two length bytes before each message.
    BinaryFile,
    /// Messages one after another.
    Raw,
}

impl SourceConfig {
    /// How its messages are framed, as the configuration names it; `None` for the generator.
    pub fn framing_name(&self) -> Option<&'static str> {
        match self {
            Self::Synthetic { .. } => None,
            Self::Itch { framing, .. } => Some(match framing {
                FramingConfig::Auto => "auto",
                FramingConfig::BinaryFile => "binaryfile",
                FramingConfig::Raw => "raw",
            }),
        }
    }
}

impl Config {
    /// A source and nothing else said.
    pub fn of(source: SourceConfig) -> Self {
        Self {
            source,
            symbols: Vec::new(),
            seed: 0,
            tick_size: None,
            record_bytes: record_bytes(),
            feed_frames: feed_frames(),
        }
    }

    /// Reads the JSON form.
    pub fn parse(json: &str) -> Result<Self> {
        serde_json::from_str(json)
            .map_err(|e| SessionError::new(Code::ConfigInvalid, e.to_string()))
    }
}

pub(crate) fn seed<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> std::result::Result<u64, D::Error> {
    let text = String::deserialize(deserializer)?;
    text.parse()
        .map_err(|_| D::Error::custom(format!("seed \"{text}\" is not an unsigned 64-bit decimal")))
}

fn seed_or_default<'de, D: Deserializer<'de>>(d: D) -> std::result::Result<u64, D::Error> {
    seed(d)
}

fn decimal<S: Serializer>(seed: &u64, serializer: S) -> std::result::Result<S::Ok, S::Error> {
    serializer.serialize_str(&seed.to_string())
}

fn one() -> u32 {
    1
}

fn record_bytes() -> usize {
    4 << 20
}

fn feed_frames() -> usize {
    16 << 10
}
