//! The seeded synthetic market and ITCH writer.
