//! Generated records, enums and constants shared by every part.
//!
//! The definition is `packages/abi/schema/abi.json`; nothing here is written by hand but this page
//! and how checkpoints keep enums.
#![allow(clippy::upper_case_acronyms)]

mod generated;
mod saved;
pub use generated::*;

/// Bytes of an ABI manifest as a native library exports it.
pub const MANIFEST_BYTES: &[u8] = MANIFEST.as_bytes();
