//! Generated records, enums and constants shared by every part.
