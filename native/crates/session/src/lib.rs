//! One run of the tank: source, resolver, analytics, frames.
