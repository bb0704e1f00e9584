//! Sessions that go on from a checkpoint in a run's log, for Node. In: a configuration, the log's
//! folder. Out: a session there, the states of its storms' code. No logic of its own.

use std::path::Path;

use napi::bindgen_prelude::{AsyncTask, Env, Error, Result, Task};
use napi_derive::napi;
use serde_json::json;
use wavetank_session::{Config, LogPlace, Resumed, RunFacts, Session as Inner};

use crate::clock::Monotonic;
use crate::guard::guard;
use crate::session::Session;

/// What a session that was resumed still has to be told.
pub struct Rest {
    storm_states: Vec<(u32, Vec<u8>)>,
    /// Where the run goes on; a session beside another one records nothing.
    run: Option<(RunFacts, LogPlace)>,
}

impl Rest {
    pub(crate) fn beside(storm_states: Vec<(u32, Vec<u8>)>) -> Self {
        Self {
            storm_states,
            run: None,
        }
    }
}

/// Resumes off the event loop: a file is digested whole, a book is built from its orders.
pub struct Resume {
    config: String,
    log: String,
    before_ns: Option<f64>,
}

impl Task for Resume {
    type Output = (Box<Inner>, Rest);
    type JsValue = Session;

    fn compute(&mut self) -> Result<Self::Output> {
        guard(|| {
            let config = Config::parse(&self.config)?;
            let clock = Box::new(Monotonic::new());
            let before_ns = self.before_ns.map(|ns| ns as u64);
            let (resumed, place) =
                Inner::resume_from_log(config, clock, Path::new(&self.log), before_ns)?;
            let Resumed {
                session,
                storm_states,
                run,
            } = resumed;
            let rest = Rest {
                storm_states,
                run: run.map(|run| (run, place)),
            };
            Ok((Box::new(session), rest))
        })
    }

    fn resolve(&mut self, _env: Env, (inner, rest): Self::Output) -> Result<Session> {
        Ok(Session::resumed(inner, rest))
    }
}

/// A session from the first checkpoint of a run's log, or from the last one before a virtual time.
#[napi(ts_return_type = "Promise<Session>")]
pub fn resume_session(
    config_json: String,
    log: String,
    before_ns: Option<f64>,
) -> AsyncTask<Resume> {
    AsyncTask::new(Resume {
        config: config_json,
        log,
        before_ns,
    })
}

#[napi]
impl Session {
    /// States of the storms' code as JSON: `[{id, state}]`.
    #[napi]
    pub fn storm_states(&self) -> String {
        let states = self.rest.iter().flat_map(|rest| &rest.storm_states);
        let told =
            states.map(|(id, state)| json!({ "id": id, "state": String::from_utf8_lossy(state) }));
        json!(told.collect::<Vec<_>>()).to_string()
    }

    /// Records on into the log that it was resumed from.
    #[napi]
    pub fn record_on(&mut self) -> Result<()> {
        let rest = self.rest.take();
        let Some((run, place)) = rest.and_then(|rest| rest.run) else {
            let reason = "RUN_NONE: the checkpoint is of no run";
            return Err(Error::from_reason(reason));
        };
        self.with(|s| s.record_on(run, &place))
    }
}
