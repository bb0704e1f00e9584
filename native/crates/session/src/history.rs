//! What storms did on this timeline since its source began, and the controls that made them: a run
//! that starts later needs it to be executed again. In: channel-1 records, controls. Out: the same
//! in order, into a run's log. Bounded; beyond the bound it is dropped whole, and that is said.

use serde_json::Value;
use wavetank_abi::{Channel, Record};

use crate::error::Result;
use crate::run_log::{Moment, RunLog};

/// Records kept: 64 MiB.
const RECORDS_MAX: usize = 1 << 20;
const CONTROLS_MAX: usize = 1 << 16;

struct Control {
    /// Records that came before it.
    records: usize,
    moment: Moment,
    method: String,
    params: Value,
}

/// Storms and controls since the source began.
#[derive(Default)]
pub struct History {
    records: Vec<Record>,
    controls: Vec<Control>,
    dropped: bool,
}

impl History {
    /// One that keeps nothing.
    pub fn closed() -> Self {
        Self {
            dropped: true,
            ..Self::default()
        }
    }

    /// Takes a record if the source does not hold it.
    #[inline]
    pub fn record(&mut self, record: &Record) {
        if record.channel != Channel::Source as u32 {
            self.keep(record);
        }
    }

    #[cold]
    fn keep(&mut self, record: &Record) {
        if self.has_room() {
            self.records.push(*record);
        }
    }

    /// Takes a control if storms or analytics hang on it.
    pub fn control(&mut self, moment: Moment, method: &str, params: &Value) {
        if (method.starts_with("storm.") || method.starts_with("run.")) && self.has_room() {
            self.controls.push(Control {
                records: self.records.len(),
                moment,
                method: method.to_owned(),
                params: params.clone(),
            });
        }
    }

    fn has_room(&mut self) -> bool {
        if self.records.len() == RECORDS_MAX || self.controls.len() == CONTROLS_MAX {
            *self = Self {
                dropped: true,
                ..Self::default()
            };
        }
        !self.dropped
    }

    /// Nothing happened so far that a run would have to tell of.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty() && self.controls.is_empty()
    }

    /// Everything since the source's beginning is here.
    pub fn is_complete(&self) -> bool {
        !self.dropped
    }

    /// Writes all of it to a log that has just begun.
    pub fn write(&self, log: &mut RunLog) -> Result<()> {
        let mut at = 0;
        for control in &self.controls {
            for record in &self.records[at..control.records] {
                log.record(record);
            }
            at = control.records;
            log.control(control.moment, &control.method, &control.params)?;
        }
        for record in &self.records[at..] {
            log.record(record);
        }
        log.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn too_much_is_dropped_whole_and_said() {
        let mut history = History::default();
        let record = Record {
            channel: Channel::Storm as u32,
            ..Record::default()
        };
        for _ in 0..RECORDS_MAX {
            history.record(&record);
        }
        assert!(history.is_complete() && !history.is_empty());
        history.record(&Record::default());
        assert!(history.is_complete());
        history.record(&record);
        assert!(!history.is_complete() && history.is_empty());
    }
}
