//! What a session is opened with, as JSON: the source, the symbols analysed from its start, the run
//! seed. Unknown keys are refused.

use serde::{Deserialize, Deserializer, de::Error};

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
    Synthetic {
        /// Its seed, as a decimal string.
        #[serde(deserialize_with = "seed")]
        seed: u64,
        /// Instruments that it quotes.
        #[serde(default = "one")]
        instruments: u32,
    },
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

impl Config {
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

fn one() -> u32 {
    1
}

fn record_bytes() -> usize {
    4 << 20
}

fn feed_frames() -> usize {
    16 << 10
}
