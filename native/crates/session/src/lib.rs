//! One run of the tank: source, resolver, analytics, frames.
//!
//! In: a configuration, calls in the order of the phase machine, intents. Out: telemetry frames,
//! views, answers, a log. It reads no clock, environment or network: the `Clock` it is given feeds
//! latency frames only.
#![deny(missing_docs)]

mod analytics;
mod chaos;
mod checkpoint;
mod config;
mod control;
mod error;
mod instruments;
mod latency;
mod market_feed;
mod observer;
pub mod offline;
mod outbox;
mod quantum;
pub mod replay;
mod risk_desk;
mod run;
mod run_checkpoint;
mod run_log;
mod seek;
mod session;
mod slots;
mod source;
mod status;
mod storm;
mod storms;
mod ticks;
mod time;
mod view;
mod watch;

pub use checkpoint::{CheckpointHead, Resumed, STORM_STATE_MAX, checkpoint_head};
pub use config::{Config, FramingConfig, SourceConfig, Synthetic};
pub use error::{Code, Result, SessionError};
pub use latency::Clock;
pub use outbox::{Outbox, write_frame};
pub use quantum::Stop;
pub use run::{Run, RunFacts, RunNote, RunStart};
pub use run_checkpoint::LogPlace;
pub use run_log::{Moment, RunLog};
pub use session::{MarketBook, Session};
pub use slots::{INTENTS_MAX, Slot};
pub use source::Source;
pub use storm::{Intensity, NOT_MEASURED, Storm, StormBaseline, StormReport, StormSpec};
pub use storms::Storms;
pub use view::VIEW_BYTES;
pub use wavetank_abi as abi;
pub use wavetank_feed as feed;
pub use wavetank_kernels as kernels;
pub use wavetank_synth as synth;
