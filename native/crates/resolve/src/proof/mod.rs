//! The proof of the law, as its executable model was proven, and each rule left out once.

mod adversary;
mod audit;
mod golden;
mod plain;
mod recorded;
mod replay;
mod rules;
mod runs;
mod stream;
mod tank;
