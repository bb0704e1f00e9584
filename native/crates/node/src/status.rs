//! The trading status for Node. In: a path, how to read it. Out: state as JSON. No logic here.

use napi::bindgen_prelude::Result;
use napi_derive::napi;
use wavetank_session::offline::{StatusReader, WalkInput};

use crate::offline::{failed, framing, parser};

/// A source read for its trading status.
#[napi]
pub struct StatusWalk {
    inner: StatusReader,
}

#[napi]
impl StatusWalk {
    /// Opens a file, or standard input without one.
    #[napi(constructor, catch_unwind)]
    pub fn new(path: Option<String>, framing_name: String, parser_name: String) -> Result<Self> {
        let (framing, parser) = (framing(&framing_name)?, parser(&parser_name)?);
        let input = path.map_or(WalkInput::Stdin, |path| WalkInput::Path(path.into()));
        let source = input.open(framing, parser).map_err(failed)?;
        Ok(Self {
            inner: StatusReader::new(source),
        })
    }

    /// Reads up to `max_messages` more; false at the end.
    #[napi(catch_unwind)]
    pub fn advance(&mut self, max_messages: f64) -> Result<bool> {
        self.inner.advance(max_messages as u64).map_err(failed)
    }

    /// Messages read.
    #[napi(getter)]
    pub fn messages(&self) -> f64 {
        self.inner.messages() as f64
    }

    /// Bytes read, bytes in all.
    #[napi(getter)]
    pub fn position(&self) -> Vec<f64> {
        let source = self.inner.source();
        vec![source.position_bytes() as f64, source.length_bytes() as f64]
    }

    /// The state after what was read, as JSON.
    #[napi(catch_unwind)]
    pub fn status(&self) -> Result<String> {
        serde_json::to_string(&self.inner.status()).map_err(failed)
    }
}
