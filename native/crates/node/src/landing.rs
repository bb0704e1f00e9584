//! Sessions that begin somewhere in a source, for Node. In: a configuration, the file to read, a
//! checkpoint of plain play. Out: a session there; checkpoints for an index. No logic of its own.

use napi::bindgen_prelude::{AsyncTask, Buffer, Env, Result, Task};
use napi_derive::napi;
use wavetank_session::{Config, Session as Inner, Source, SourceConfig};

use crate::clock::Monotonic;
use crate::guard::guard;
use crate::session::Session;

/// Lands off the event loop: a book is built from its orders.
pub struct Land {
    config: String,
    source: String,
    digest: String,
    checkpoint: Option<Vec<u8>>,
}

impl Task for Land {
    type Output = Box<Inner>;
    type JsValue = Session;

    fn compute(&mut self) -> Result<Box<Inner>> {
        guard(|| {
            let config = Config::parse(&self.config)?;
            let digest = u64::from_str_radix(&self.digest, 16).ok();
            let source = Source::open_as(&SourceConfig::parse(&self.source)?, digest)?;
            let clock = Box::new(Monotonic::new());
            let inner = match &self.checkpoint {
                Some(bytes) => Inner::land(config, source, clock, bytes)?,
                None => Inner::open_on(config, source, clock)?,
            };
            Ok(Box::new(inner))
        })
    }

    fn resolve(&mut self, _env: Env, inner: Box<Inner>) -> Result<Session> {
        Ok(Session::over(inner))
    }
}

/// A session from a checkpoint of plain play, or from the start. `source_json` is what is read: the
/// configured source, or an inflated copy of it; its digest is known and not taken again.
#[napi(ts_return_type = "Promise<Session>")]
pub fn land_session(
    config_json: String,
    source_json: String,
    digest: String,
    checkpoint: Option<Buffer>,
) -> AsyncTask<Land> {
    AsyncTask::new(Land {
        config: config_json,
        source: source_json,
        digest,
        checkpoint: checkpoint.map(|bytes| bytes.to_vec()),
    })
}

#[napi]
impl Session {
    /// The whole state of a session that no storm runs in.
    #[napi]
    pub fn plain_checkpoint(&mut self) -> Result<Buffer> {
        let mut bytes = Vec::new();
        self.with(|s| s.checkpoint(&[], &mut bytes))?;
        Ok(bytes.into())
    }

    /// Runs to the first quantum end with `seq` behind it; the stop reason, and the quantum end of
    /// the event before.
    #[napi]
    pub fn advance_to_seq(&mut self, seq: f64, max_work: u32) -> Result<Vec<f64>> {
        let (stop, before) = self.with(|s| s.advance_to_seq(seq as u64, max_work as usize))?;
        Ok(vec![f64::from(stop as u32), before as f64])
    }

    /// The last sequence.
    #[napi]
    pub fn seq(&mut self) -> Result<f64> {
        self.with(|s| Ok(s.seq() as f64))
    }
}
