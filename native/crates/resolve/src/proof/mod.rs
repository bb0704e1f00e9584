//! The proof of the law, as its executable model was proven, and each rule left out once.

mod golden;
mod plain;
mod rules;
mod stream;
mod tank;
