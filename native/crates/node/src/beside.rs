//! A second session beside a running one, for Node. In: the checkpoint of the running one, the file
//! it reads. Out: a session that goes on from there by itself. No logic of its own.

use napi::bindgen_prelude::{AsyncTask, Buffer, Env, Result, Task};
use napi_derive::napi;
use wavetank_session::{Config, Resumed, Session as Inner, Source, SourceConfig};

use crate::clock::Monotonic;
use crate::guard::guard;
use crate::resume::Rest;
use crate::session::Session;

/// Resumes off the event loop: a book is built from its orders.
pub struct Beside {
    config: String,
    source: String,
    digest: String,
    checkpoint: Vec<u8>,
}

impl Task for Beside {
    type Output = (Box<Inner>, Rest);
    type JsValue = Session;

    fn compute(&mut self) -> Result<Self::Output> {
        guard(|| {
            let config = Config::parse(&self.config)?;
            let digest = u64::from_str_radix(&self.digest, 16).ok();
            let source = Source::open_as(&SourceConfig::parse(&self.source)?, digest)?;
            let clock = Box::new(Monotonic::new());
            let Resumed {
                session,
                storm_states,
                ..
            } = Inner::resume(config, source, clock, &self.checkpoint)?;
            Ok((Box::new(session), Rest::beside(storm_states)))
        })
    }

    fn resolve(&mut self, _env: Env, (inner, rest): Self::Output) -> Result<Session> {
        Ok(Session::resumed(inner, rest))
    }
}

/// A session from a checkpoint of one that may have storms; it records nothing. `source_json` is what
/// is read: the configured source, or an inflated copy of it; its digest is known and not taken again.
#[napi(ts_return_type = "Promise<Session>")]
pub fn session_beside(
    config_json: String,
    source_json: String,
    digest: String,
    checkpoint: Buffer,
) -> AsyncTask<Beside> {
    AsyncTask::new(Beside {
        config: config_json,
        source: source_json,
        digest,
        checkpoint: checkpoint.to_vec(),
    })
}

#[napi]
impl Session {
    /// The whole state; of each running storm its id and what its code keeps, ids ascending.
    #[napi]
    pub fn checkpoint(&mut self, storms: Vec<u32>, states: Vec<String>) -> Result<Buffer> {
        let mut bytes = Vec::new();
        let kept = storms.iter().zip(&states);
        let kept: Vec<(u32, &[u8])> = kept.map(|(&id, state)| (id, state.as_bytes())).collect();
        self.with(|s| s.checkpoint(&kept, &mut bytes))?;
        Ok(bytes.into())
    }
}
