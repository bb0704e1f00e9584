//! Files without a session: walk a source message by message through one book implementation.
//! What the command line asks; it knows no storm, no virtual time and no frame.

mod judge;
mod summary;
mod walk;

pub use judge::{Implementation, Judge};
pub use summary::Summary;
pub use walk::{Walk, WalkInput, WalkOptions};
