//! What can go wrong while writing or opening a log. Errors are values that can be kept and
//! returned again: after the first I/O error a writer answers every call with that same one.

use std::io;
use std::path::Path;

use crate::state::LogState;

/// Why a call on a log failed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LogError {
    /// The operating system refused an operation. Fail-stop for a writer.
    #[error("log: cannot {operation} {path}: {message}")]
    Io {
        /// What was tried.
        operation: &'static str,
        /// The file or folder it was tried on.
        path: String,
        /// Kind as the standard library names it.
        kind: io::ErrorKind,
        /// Error number of the operating system, where there is one.
        os: Option<i32>,
        /// Text of the error.
        message: String,
    },
    /// The commit thread is gone without an I/O error; it panicked.
    #[error("log: the commit thread stopped unexpectedly")]
    Stopped,
    /// The folder already holds a log.
    #[error("log: {0} already holds segments")]
    Exists(String),
    /// A payload of no bytes; a length of zero is invalid on disk.
    #[error("log: a record needs at least one byte of payload")]
    EmptyPayload,
    /// A payload above the limit of one record.
    #[error("log: a payload of {bytes} bytes is above the limit of {limit}")]
    TooLarge {
        /// Bytes given.
        bytes: usize,
        /// Bytes allowed.
        limit: usize,
    },
    /// A record with a lower sequence than the one before it.
    #[error("log: sequence {given} follows {last}; sequences never fall")]
    SeqWentBack {
        /// Sequence of the last record.
        last: u64,
        /// Sequence given.
        given: u64,
    },
    /// The log cannot be continued in the state it is in.
    #[error("log: a log that is {0} cannot be continued")]
    NotResumable(LogState),
    /// A record that was good when the log was opened cannot be read any more.
    #[error("log: changed while it was read; it is now {0}")]
    Changed(LogState),
}

impl LogError {
    /// Wraps an error of the operating system with what was tried on which path.
    pub(crate) fn io(operation: &'static str, path: &Path, error: &io::Error) -> Self {
        Self::Io {
            operation,
            path: path.display().to_string(),
            kind: error.kind(),
            os: error.raw_os_error(),
            message: error.to_string(),
        }
    }
}
