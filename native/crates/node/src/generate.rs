//! The generator for Node: off the event loop. In: a wish as JSON. Out: totals as JSON, progress
//! meanwhile. It holds no logic of its own.

use std::sync::Arc;

use napi::bindgen_prelude::{AsyncTask, Env, Error, Result, Task};
use napi_derive::napi;
use wavetank_session::offline::{Generation, GenerationTotals, Progress};

use crate::guard::guard;

/// One file to write.
#[napi]
pub struct Generator {
    wish: Generation,
    progress: Arc<Progress>,
}

/// A generation under way.
pub struct Writing {
    wish: Generation,
    progress: Arc<Progress>,
}

impl Task for Writing {
    type Output = GenerationTotals;
    type JsValue = String;

    fn compute(&mut self) -> Result<GenerationTotals> {
        guard(|| self.wish.write(&self.progress))
    }

    fn resolve(&mut self, _env: Env, totals: GenerationTotals) -> Result<String> {
        serde_json::to_string(&totals).map_err(|error| Error::from_reason(error.to_string()))
    }
}

#[napi]
impl Generator {
    /// Takes the wish; nothing is written yet.
    #[napi(constructor, catch_unwind)]
    pub fn new(wish: String) -> Result<Self> {
        let wish = serde_json::from_str(&wish)
            .map_err(|error| Error::from_reason(format!("CONFIG_INVALID: {error}")))?;
        Ok(Self {
            wish,
            progress: Arc::default(),
        })
    }

    /// Writes the file; resolves to its totals as JSON.
    #[napi(ts_return_type = "Promise<string>")]
    pub fn run(&self) -> AsyncTask<Writing> {
        AsyncTask::new(Writing {
            wish: self.wish.clone(),
            progress: Arc::clone(&self.progress),
        })
    }

    /// Messages written so far.
    #[napi(getter)]
    pub fn messages(&self) -> f64 {
        self.progress.messages() as f64
    }

    /// Makes `run` fail soon.
    #[napi]
    pub fn stop(&self) {
        self.progress.stop();
    }
}
