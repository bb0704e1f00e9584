//! ITCH files to events.
