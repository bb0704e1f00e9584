//! A token bucket in virtual time, integers only. In: now. Out: whether a whole token is left.

use serde::{Deserialize, Serialize};

const TOKEN: u128 = 1_000_000_000;

/// Tokens are kept in billionths, so a rate per second times ns needs no division.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Bucket {
    level: u128,
    last_ns: u64,
}

impl Bucket {
    pub(crate) fn full(burst: u32) -> Self {
        Self {
            level: u128::from(burst) * TOKEN,
            last_ns: 0,
        }
    }

    /// Time that stands still or runs back refills nothing.
    pub(crate) fn refill(&mut self, now_ns: u64, per_s: u32, burst: u32) {
        let elapsed = now_ns.saturating_sub(self.last_ns);
        let level = self.level + u128::from(elapsed) * u128::from(per_s);
        self.level = level.min(u128::from(burst) * TOKEN);
        self.last_ns = self.last_ns.max(now_ns);
    }

    /// Another timeline begins: what is left stays.
    pub(crate) fn restart(&mut self, now_ns: u64) {
        self.last_ns = now_ns;
    }

    pub(crate) fn has_token(&self) -> bool {
        self.level >= TOKEN
    }

    pub(crate) fn take(&mut self) {
        self.level = self.level.saturating_sub(TOKEN);
    }
}
