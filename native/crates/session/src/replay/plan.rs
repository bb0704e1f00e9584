//! What a replay is asked for, as JSON. Unknown keys are refused.

use serde::Deserialize;

use crate::config::{Config, SourceConfig};
use crate::error::{Code, Result, SessionError};

/// A replay.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// Folder of the log.
    pub log: String,
    /// The source, where it lies now.
    pub source: SourceConfig,
    /// Price increment, where it was set.
    #[serde(default)]
    pub tick_size: Option<u32>,
    /// Controls in order; the last one ends the replay.
    pub controls: Vec<PlanControl>,
}

/// A control that took effect in the run.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanControl {
    /// Last sequence before it.
    pub after_seq: u64,
    /// Virtual time of its effect; 0 with `held`: none is asked for.
    pub at_ts_run_ns: u64,
    /// It took effect after its quantum had closed.
    pub held: bool,
    /// Symbols that have analytics from here on.
    #[serde(default)]
    pub watch: Vec<String>,
    /// The run starts here: ticks and flags are wanted from now on.
    #[serde(default)]
    pub starts: bool,
}

impl Plan {
    /// What the run's session is resumed with; symbols are those of the checkpoint.
    pub(super) fn config(&self) -> Config {
        Config {
            tick_size: self.tick_size,
            ..Config::of(self.source.clone())
        }
    }

    /// Reads the JSON form.
    pub fn parse(json: &str) -> Result<Self> {
        let plan: Self = serde_json::from_str(json)
            .map_err(|e| SessionError::new(Code::ConfigInvalid, e.to_string()))?;
        if plan.controls.is_empty() {
            let detail = "controls: none, expected at least the run's end";
            return Err(SessionError::new(Code::ConfigInvalid, detail));
        }
        Ok(plan)
    }
}
