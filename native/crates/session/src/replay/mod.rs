//! A recorded run executed again without storms and without a resolver: source and log merged by
//! sequence, applied by plain books. In: a source, a log, the controls that analytics hang on. Out:
//! the run's ticks and flags as frames, digests at its ends, the first record that differs.

mod log_events;
mod log_text;
mod market;
mod plan;
mod replayer;
mod ticks;

pub use log_events::LogEvents;
pub use log_text::{difference_of_logs, log_text};
pub use market::Difference;
pub use plan::{Plan, PlanControl};
pub use replayer::Replayer;
