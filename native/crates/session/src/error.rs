//! What can go wrong in a session: a stable code and a sentence. It knows no language above it.

use std::fmt;

use wavetank_feed::FeedError;
use wavetank_log::LogError;

macro_rules! codes {
    ($($name:ident = $text:literal),+ $(,)?) => {
        /// Stable code of an error, as callers of every language see it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Code {
            $(#[doc = $text] $name,)+
            /// What the feed crate says of an input, `FEED_WHAT`.
            Feed(&'static str),
        }
        impl Code {
            /// The code in words, `AREA_WHAT`.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => $text,)+ Self::Feed(code) => code }
            }
        }
    };
}

codes! {
    ConfigInvalid = "CONFIG_INVALID",
    ControlInvalid = "CONTROL_INVALID",
    PhaseWrong = "PHASE_WRONG",
    SourceEmpty = "SOURCE_EMPTY",
    SourceEnded = "SOURCE_ENDED",
    SymbolUnknown = "SYMBOL_UNKNOWN",
    SymbolRequired = "SYMBOL_REQUIRED",
    WatchFull = "WATCH_FULL",
    StormBadSeverity = "STORM_BAD_SEVERITY",
    StormBadDuration = "STORM_BAD_DURATION",
    StormBadParam = "STORM_BAD_PARAM",
    StormConflict = "STORM_CONFLICT",
    StormNoBaseline = "STORM_NO_BASELINE",
    StormHalted = "STORM_HALTED",
    StormUnknown = "STORM_UNKNOWN",
    IntentsInvalid = "INTENTS_INVALID",
    RunActive = "RUN_ACTIVE",
    RunNone = "RUN_NONE",
    LogFailed = "LOG_FAILED",
    RiskInvalid = "RISK_INVALID",
    CheckpointInvalid = "CHECKPOINT_INVALID",
    CheckpointForeign = "CHECKPOINT_FOREIGN",
    StormStateLarge = "STORM_STATE_LARGE",
    FileUnwritable = "FILE_UNWRITABLE",
}

/// An error with its code; nothing of what was asked has happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionError {
    /// Stable code.
    pub code: Code,
    /// What, where, and what was expected.
    pub detail: String,
}

impl SessionError {
    /// An error of this code.
    pub fn new(code: Code, detail: impl Into<String>) -> Self {
        Self {
            code,
            detail: detail.into(),
        }
    }
}

impl fmt::Display for SessionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code.name(), self.detail)
    }
}

impl std::error::Error for SessionError {}

impl From<FeedError> for SessionError {
    fn from(error: FeedError) -> Self {
        from_feed(&error)
    }
}

/// What the feed crate says of an input, with its own code.
pub fn from_feed(error: &FeedError) -> SessionError {
    SessionError::new(Code::Feed(error.code()), error.to_string())
}

impl From<LogError> for SessionError {
    fn from(error: LogError) -> Self {
        Self::new(Code::LogFailed, error.to_string())
    }
}

/// A result with a session error.
pub type Result<T> = std::result::Result<T, SessionError>;
