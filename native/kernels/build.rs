//! Builds the C++ kernels into a static library.
fn main() {}
