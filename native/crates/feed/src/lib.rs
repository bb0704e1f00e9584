//! ITCH 5.0 files to events.
//!
//! In: a file or a stream (plain or gzip, framed or not) or bytes. Out: events in file order,
//! counters, the symbol directory, the input digest. It knows no book, no clock and no storm. Production
//! parses with the Zig library; `twin` is a plain parser that judges it.
#![deny(missing_docs)]

mod counters;
mod detect;
mod directory;
pub mod encode;
mod error;
pub mod fields;
mod held;
mod inflate;
mod mapped;
mod place;
mod reader;
mod recover;
mod scan;
mod source;
mod stream;
pub mod twin;
mod window;
mod zig;

pub use counters::{ParseCounters, ParseError, Reason};
pub use directory::Directory;
pub use error::FeedError;
pub use place::Place;
pub use scan::{Known, Note, Parser, Room, Scan, Stop, Wire, scan};
pub use source::{Batch, FileSource, Framing, parse_all};
pub use zig::parser_manifest;
