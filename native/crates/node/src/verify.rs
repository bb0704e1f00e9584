//! Logs and replays of recorded runs for Node, one call a batch. In: folders, a plan as JSON. Out:
//! JSON and wire frames. It holds no logic of its own.

use std::path::Path;

use napi::bindgen_prelude::{Buffer, Result};
use napi_derive::napi;
use wavetank_session::replay::{LogEvents, Plan, Replayer, difference_of_logs, log_text};

use crate::guard::guard;

/// State of a log and everything in it that is not an event, as JSON.
#[napi]
pub fn read_log(dir: String) -> Result<String> {
    guard(|| log_text(Path::new(&dir)).map(|text| text.to_string()))
}

/// The first inserted record in which two logs differ, as JSON; null when they hold the same.
#[napi]
pub fn log_difference(expected: String, found: String) -> Result<Option<String>> {
    guard(|| {
        let found = difference_of_logs(Path::new(&expected), Path::new(&found))?;
        Ok(found.and_then(|d| serde_json::to_string(&d).ok()))
    })
}

/// The events of a log, some at a time.
#[napi]
pub struct LogRecords {
    inner: LogEvents,
}

#[napi]
impl LogRecords {
    /// Opens the log in a folder.
    #[napi(constructor)]
    pub fn new(dir: String) -> Result<Self> {
        let inner = guard(|| LogEvents::open(Path::new(&dir)))?;
        Ok(Self { inner })
    }

    /// About `bytes` of records, 64 bytes each; null at the end.
    #[napi]
    pub fn next(&mut self, bytes: u32) -> Result<Option<Buffer>> {
        let mut out = Vec::new();
        guard(|| self.inner.next(bytes as usize, &mut out))?;
        Ok((!out.is_empty()).then(|| out.into()))
    }
}

/// A recorded run that is executed again by plain books.
#[napi]
pub struct Replay {
    inner: Replayer,
}

#[napi]
impl Replay {
    /// Opens source and log; the plan is JSON.
    #[napi(constructor)]
    pub fn new(plan: String) -> Result<Self> {
        let inner = guard(|| Replayer::open(Plan::parse(&plan)?))?;
        Ok(Self { inner })
    }

    /// Executes about `max_events` more; false once the end or a difference is reached.
    #[napi]
    pub fn advance(&mut self, max_events: u32) -> Result<bool> {
        guard(|| self.inner.advance(u64::from(max_events)))
    }

    /// Complete wire frames that wait; null when there are none.
    #[napi]
    pub fn drain(&mut self) -> Option<Buffer> {
        let mut bytes = Vec::new();
        self.inner.drain(&mut bytes);
        (!bytes.is_empty()).then(|| bytes.into())
    }

    /// Digests at the run's ends, the first difference, progress, as JSON.
    #[napi]
    pub fn report(&self) -> String {
        self.inner.report().to_string()
    }
}
