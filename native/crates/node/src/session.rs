//! A session for Node. In: a configuration and calls of the engine. Out: stop reasons, bytes, JSON.
//! It holds no logic of its own; a session that panicked is dropped.

use napi::bindgen_prelude::{AsyncTask, Buffer, BufferSlice, Env, Error, Result, Task};
use napi_derive::napi;
use wavetank_abi::{Event, IntentAnswer};
use wavetank_session::{Config, Session as Inner, Slot};

use crate::clock::Monotonic;
use crate::guard::guard;
use crate::resume::Rest;

/// What `view` answers when the storm ended in its slot.
const VIEW_ENDED: u32 = 0;
/// What `view` answers while trading is halted.
const VIEW_SUSPENDED: u32 = 1;

/// One native session.
#[napi]
pub struct Session {
    inner: Option<Box<Inner>>,
    answers: Vec<IntentAnswer>,
    intents: Vec<Event>,
    pub(crate) rest: Option<Rest>,
}

/// Opens a session off the event loop: a file is digested whole.
pub struct Open {
    config: String,
}

impl Task for Open {
    type Output = Box<Inner>;
    type JsValue = Session;

    fn compute(&mut self) -> Result<Box<Inner>> {
        guard(|| {
            let config = Config::parse(&self.config)?;
            Inner::open(config, Box::new(Monotonic::new())).map(Box::new)
        })
    }

    fn resolve(&mut self, _env: Env, inner: Box<Inner>) -> Result<Session> {
        Ok(Session::over(inner))
    }
}

/// Opens a source and a session over it; the configuration is JSON.
#[napi(ts_return_type = "Promise<Session>")]
pub fn open_session(config_json: String) -> AsyncTask<Open> {
    AsyncTask::new(Open {
        config: config_json,
    })
}

impl Session {
    pub(crate) fn over(inner: Box<Inner>) -> Self {
        Self {
            inner: Some(inner),
            answers: Vec::new(),
            intents: Vec::new(),
            rest: None,
        }
    }

    pub(crate) fn resumed(inner: Box<Inner>, rest: Rest) -> Self {
        Self {
            rest: Some(rest),
            ..Self::over(inner)
        }
    }
}

#[napi]
impl Session {
    pub(crate) fn with<T>(
        &mut self,
        call: impl FnOnce(&mut Inner) -> wavetank_session::Result<T>,
    ) -> Result<T> {
        let Some(inner) = self.inner.as_deref_mut() else {
            return Err(Error::from_reason("SESSION_CLOSED: the session is closed"));
        };
        let result = guard(|| call(inner));
        if result
            .as_ref()
            .is_err_and(|e| e.reason.starts_with("NATIVE_PANIC"))
        {
            self.inner = None;
        }
        result
    }

    /// Runs quanta up to `until_ns`; returns why it stopped.
    #[napi]
    pub fn advance(&mut self, until_ns: f64, max_work: u32, stop_at_quantum: bool) -> Result<u32> {
        self.with(|s| {
            let stop = s.advance(until_ns as u64, max_work as usize, stop_at_quantum)?;
            Ok(stop as u32)
        })
    }

    /// What is displaced and due returns.
    #[napi]
    pub fn returns(&mut self) -> Result<()> {
        self.with(Inner::returns)
    }

    /// Writes what a storm sees; returns its bytes, 0 when the storm ended instead, 1 while trading
    /// is halted.
    #[napi]
    pub fn view(&mut self, storm: u32, mut into: BufferSlice) -> Result<u32> {
        self.with(|s| {
            Ok(match s.view(storm, &mut into)? {
                Slot::Ended => VIEW_ENDED,
                Slot::Suspended => VIEW_SUSPENDED,
                Slot::View(bytes) => bytes as u32,
            })
        })
    }

    /// Executes intents of 40 bytes each; answers of 16 bytes each go into `answers`.
    #[napi]
    pub fn inject(&mut self, storm: u32, intents: &[u8], mut answers: BufferSlice) -> Result<u32> {
        if !intents.len().is_multiple_of(size_of::<Event>()) {
            let reason = format!(
                "INTENTS_INVALID: {} bytes are no whole intents",
                intents.len()
            );
            return Err(Error::from_reason(reason));
        }
        let mut events = std::mem::take(&mut self.intents);
        let mut given = std::mem::take(&mut self.answers);
        events.clear();
        given.clear();
        let whole = intents.chunks_exact(size_of::<Event>());
        events.extend(whole.map(bytemuck::pod_read_unaligned::<Event>));
        let result = self.with(|s| s.inject(storm, &events, &mut given));
        let bytes: &[u8] = bytemuck::cast_slice(&given);
        let room = bytes.len().min(answers.len());
        answers[..room].copy_from_slice(&bytes[..room]);
        let count = given.len() as u32;
        (self.intents, self.answers) = (events, given);
        result.map(|()| count)
    }

    /// Ends the quantum.
    #[napi]
    pub fn close_quantum(&mut self) -> Result<()> {
        self.with(Inner::close_quantum)
    }

    /// Complete wire frames of a class: 0 record, 1 view, 2 feed; null when there are none.
    #[napi]
    pub fn drain(&mut self, frame_class: u32) -> Result<Option<Buffer>> {
        let mut bytes = Vec::new();
        self.with(|s| {
            s.drain(frame_class, &mut bytes);
            Ok(())
        })?;
        Ok((!bytes.is_empty()).then(|| bytes.into()))
    }

    /// A rare request as JSON.
    #[napi]
    pub fn control(&mut self, json: String) -> Result<String> {
        self.with(|s| s.control(&json))
    }

    /// The last quantum end reached, ns since venue midnight.
    #[napi]
    pub fn now_ns(&mut self) -> Result<f64> {
        self.with(|s| Ok(s.now_ns() as f64))
    }

    /// Quantum end of the next source event; 0 when there is none.
    #[napi]
    pub fn next_event_ns(&mut self) -> Result<f64> {
        self.with(|s| Ok(s.next_event_ns()?.unwrap_or(0) as f64))
    }

    /// No quantum is under way: controls may be applied.
    #[napi]
    pub fn between(&mut self) -> Result<bool> {
        self.with(|s| Ok(s.between()))
    }

    /// Risk gates of another session go on in this one; over another source only their latches do.
    #[napi]
    pub fn adopt_risk(&mut self, from: &Session) -> Result<()> {
        self.with(|s| {
            if let Some(old) = from.inner.as_deref() {
                s.adopt_risk(old);
            }
            Ok(())
        })
    }

    /// Releases files and memory.
    #[napi]
    pub fn close(&mut self) {
        self.inner = None;
    }
}
