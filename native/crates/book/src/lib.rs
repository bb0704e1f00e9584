//! Order books, digests and the rules they share.
//!
//! In: events of any instrument, one step at a time. Out: how each applied, levels, queues and
//! digests. Knows no file, clock, source or storm.

mod book;
mod cpp;
mod digest;
mod fetch;
mod hot;
mod reference;
mod rules;
mod saved;
mod step;

pub use book::{Book, Level, Order, Outcome};
pub use cpp::CppBook;
pub use digest::{L2_SCHEME, RunDigest, l2_hash_of, level_digest};
pub use fetch::fetch;
pub use hot::{Ahead, HotBook};
pub use reference::ReferenceBook;
pub use rules::{Request, judge, judge_pair};
pub use saved::{load, save};
pub use step::{Steps, apply_step, is_replace_pair, steps};
