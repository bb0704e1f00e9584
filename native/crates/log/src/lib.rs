//! The append-only run log.
