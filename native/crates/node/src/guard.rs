//! Between languages: results become errors with a code, panics become errors too.

use std::panic::{AssertUnwindSafe, catch_unwind};

use napi::{Error, Result};
use wavetank_session::SessionError;

/// A session's error as Node sees it.
pub fn to_node(error: &SessionError) -> Error {
    Error::from_reason(error.to_string())
}

/// Runs a call; a panic becomes an error of code `NATIVE_PANIC`.
pub fn guard<T>(call: impl FnOnce() -> wavetank_session::Result<T>) -> Result<T> {
    match catch_unwind(AssertUnwindSafe(call)) {
        Ok(result) => result.map_err(|e| to_node(&e)),
        Err(panic) => {
            let text = panic.downcast_ref::<String>().map(String::as_str);
            let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
            let text = text.unwrap_or("no message");
            Err(Error::from_reason(format!("NATIVE_PANIC: {text}")))
        }
    }
}
