//! The append-only run log, version 1.
//!
//! In: typed payloads with the sequence they belong to. Out: numbered segment files in one
//! folder, and from such a folder a verdict and the records. It does not know what a session, a
//! storm or a run is; `docs/run-format.md` describes the bytes, `docs/design/log.md` says why.
//!
//! A record counts as kept once [`LogWriter::durable_records`] passes its index, an event once
//! [`LogWriter::durable_seq`] reaches its sequence, and all once [`LogWriter::commit`] returned; then [`LogReader::open`] either yields it or says that
//! the log is damaged, and where.

mod commit;
mod disk;
mod error;
mod format;
mod reader;
mod state;
mod walk;
mod window;
mod writer;

pub use disk::{Disk, DiskFile, ReadFile, RealDisk};
pub use error::LogError;
pub use format::{
    CHAIN_START, RECORD_HEADER_BYTES, RecordKind, SEGMENT_BYTES, SEGMENT_HEADER_BYTES,
    SEGMENT_MAGIC, VERSION, next_chain, segment_name,
};
pub use reader::{Cursor, LogReader, LogRecord, Place};
pub use state::{Damage, LogEnd, LogState};
pub use writer::{LogOptions, LogWriter};
