//! The Node addon: sessions and offline walks for TypeScript, one call a batch. Errors are
//! `CODE: detail`; no panic crosses over. Events cross in shared buffers only.

mod clock;
mod guard;
mod offline;
mod session;

use napi_derive::napi;

/// What the loader compares with the schema that TypeScript was generated from.
#[napi]
pub fn abi_manifest() -> String {
    wavetank_abi::MANIFEST.to_owned()
}
