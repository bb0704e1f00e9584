//! Orders and shares of the last seconds, to show with a flag. In: handles and quantities. Out: an
//! early one, the latest, and their sum over the last one to two windows.

use std::num::NonZeroU64;

use crate::observation::NO_HANDLE;
use serde::{Deserialize, Serialize};

/// Two windows of evidence, the present one and the one before.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct Evidence {
    window_ms: NonZeroU64,
    began_ms: u64,
    windows: [Seen; 2],
}

/// What a window saw.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Seen {
    pub(crate) first: u32,
    pub(crate) last: u32,
    pub(crate) qty: u64,
    pub(crate) count: u64,
}

impl Evidence {
    pub(crate) fn new(window_ms: u64) -> Self {
        Self {
            window_ms: NonZeroU64::new(window_ms).unwrap_or(NonZeroU64::MIN),
            began_ms: 0,
            windows: [Seen::default(); 2],
        }
    }

    pub(crate) fn add(&mut self, at_ms: u64, handle: u32, qty: u64) {
        self.turn(at_ms);
        let seen = &mut self.windows[1];
        if handle != NO_HANDLE {
            seen.first = if seen.first == NO_HANDLE {
                handle
            } else {
                seen.first
            };
            seen.last = handle;
        }
        seen.qty += qty;
        seen.count += 1;
    }

    /// Both windows as one.
    pub(crate) fn seen(&mut self, at_ms: u64) -> Seen {
        self.turn(at_ms);
        let [old, new] = self.windows;
        Seen {
            first: if old.first == NO_HANDLE {
                new.first
            } else {
                old.first
            },
            last: if new.last == NO_HANDLE {
                old.last
            } else {
                new.last
            },
            qty: old.qty + new.qty,
            count: old.count + new.count,
        }
    }

    fn turn(&mut self, at_ms: u64) {
        if at_ms < self.began_ms + self.window_ms.get() {
            return;
        }
        let passed = (at_ms - self.began_ms) / self.window_ms;
        let old = if passed == 1 {
            self.windows[1]
        } else {
            Seen::default()
        };
        self.windows = [old, Seen::default()];
        self.began_ms += passed * self.window_ms.get();
    }
}
