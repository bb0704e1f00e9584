//! The six-guard risk gate.
