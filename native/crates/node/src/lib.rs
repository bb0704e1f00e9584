//! The Node addon: sessions and offline walks for TypeScript, one call a batch. Errors are
//! `CODE: detail`; no panic crosses over. Events cross in shared buffers only.

// Exports exist for Node only: a test build, which exports nothing, would find them unused.
#![cfg_attr(test, allow(dead_code))]

mod beside;
mod clock;
mod generate;
mod guard;
mod landing;
mod offline;
mod resume;
mod session;
mod status;
mod verify;

use napi_derive::napi;

/// What the loader compares with the schema that TypeScript was generated from.
#[napi]
pub fn abi_manifest() -> String {
    wavetank_abi::MANIFEST.to_owned()
}
