//! Order books, digests and the rules they share.
