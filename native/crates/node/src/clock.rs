//! The machine's monotonic clock, for latency frames.

use std::time::Instant;

use wavetank_session::Clock;

/// Time since it was made.
pub struct Monotonic(Instant);

impl Monotonic {
    /// Starts at zero.
    #[expect(
        clippy::disallowed_methods,
        reason = "latency frames need a real clock"
    )]
    pub fn new() -> Self {
        Self(Instant::now())
    }
}

impl Clock for Monotonic {
    #[inline]
    fn now_ns(&self) -> u64 {
        self.0.elapsed().as_nanos() as u64
    }
}
