//! Files and pipes without a session: walk a source message by message through one book, read the
//! trading status out of it, write one.
//! What the command line asks; it knows no storm, no virtual time and no frame.

mod generate;
mod judge;
mod pipe;
mod status;
mod summary;
mod walk;

pub use generate::{Generation, GenerationTotals, Progress};
pub use judge::{Implementation, Judge};
pub use status::{State, StatusReader, SymbolStatus, TradingStatus};
pub use summary::Summary;
pub use walk::{Walk, WalkInput, WalkOptions};
