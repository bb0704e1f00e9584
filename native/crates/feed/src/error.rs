//! What can be wrong with an input, each with a stable code and what was expected.
use std::io;
use std::path::{Path, PathBuf};

/// A source that cannot be opened or read on.
#[derive(Debug, thiserror::Error)]
pub enum FeedError {
    /// No such file.
    #[error("{path}: no such file")]
    NotFound {
        /// The path asked for.
        path: PathBuf,
    },
    /// A folder, socket or device.
    #[error("{path}: not a regular file; expected an ITCH 5.0 file, plain or .gz")]
    NotAFile {
        /// The path asked for.
        path: PathBuf,
    },
    /// The system refuses to read it.
    #[error("{path}: cannot be read: {source}")]
    Unreadable {
        /// The path asked for.
        path: PathBuf,
        /// The system's answer.
        source: io::Error,
    },
    /// No bytes, or a gzip file that holds none.
    #[error("{path}: empty; expected ITCH 5.0 messages")]
    Empty {
        /// The path asked for.
        path: PathBuf,
    },
    /// The bytes are something else.
    #[error("{path}: not ITCH 5.0: at byte {offset_bytes} {found}; expected {expected}")]
    NotItch {
        /// The path asked for.
        path: PathBuf,
        /// Where, in the uncompressed bytes.
        offset_bytes: u64,
        /// What stands there.
        found: String,
        /// What should.
        expected: &'static str,
    },
    /// The bytes end inside the first message.
    #[error("{path}: truncated: ends after {length_bytes} bytes, inside its first message")]
    Truncated {
        /// The path asked for.
        path: PathBuf,
        /// Uncompressed bytes there are.
        length_bytes: u64,
    },
    /// The gzip stream is damaged.
    #[error("{path}: gzip data damaged near byte {offset_bytes} of the file: {detail}")]
    GzipDamaged {
        /// The path asked for.
        path: PathBuf,
        /// Where, in the compressed bytes.
        offset_bytes: u64,
        /// The decoder's words.
        detail: String,
    },
    /// The parser library is from another build.
    #[error(
        "the ITCH parser was built from another schema (it has \"{built}\", expected \
         \"{expected}\"); run ./run-desk.sh --setup"
    )]
    AbiMismatch {
        /// The library's manifest.
        built: String,
        /// This crate's.
        expected: String,
    },
}

impl FeedError {
    /// The stable code of the error.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotFound { .. } => "FEED_NOT_FOUND",
            Self::NotAFile { .. } => "FEED_NOT_A_FILE",
            Self::Unreadable { .. } => "FEED_UNREADABLE",
            Self::Empty { .. } => "FEED_EMPTY",
            Self::NotItch { .. } => "FEED_NOT_ITCH",
            Self::Truncated { .. } => "FEED_TRUNCATED",
            Self::GzipDamaged { .. } => "FEED_GZIP_DAMAGED",
            Self::AbiMismatch { .. } => "FEED_ABI_MISMATCH",
        }
    }

    /// What the system said of a file or stream.
    pub fn of_io(path: &Path, source: io::Error) -> Self {
        let path = path.to_owned();
        match source.kind() {
            io::ErrorKind::NotFound => Self::NotFound { path },
            io::ErrorKind::IsADirectory => Self::NotAFile { path },
            _ => Self::Unreadable { path, source },
        }
    }

    /// Why the bytes of a window ended before their time: the decoder's refusal, or the system's.
    pub(crate) fn of_window(path: &Path, offset_bytes: u64, failure: &io::Error) -> Self {
        let (path, detail) = (path.to_owned(), failure.to_string());
        match failure.kind() {
            io::ErrorKind::InvalidInput
            | io::ErrorKind::InvalidData
            | io::ErrorKind::UnexpectedEof => Self::GzipDamaged {
                path,
                offset_bytes,
                detail,
            },
            kind => Self::Unreadable {
                path,
                source: io::Error::new(kind, detail),
            },
        }
    }
}
