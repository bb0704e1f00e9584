//! C++20 kernels: L2 hash, rolling statistics, a witness book.
