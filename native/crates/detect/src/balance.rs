//! Whether orders leave as fast as they come. In: orders placed and pulled for each snapshot. Out: the
//! net of half-seconds over their sum, averaged over two seconds. A flood of short-lived orders is
//! balanced; a wave, a withdrawal or a return is not. It knows no price.

use crate::window::Window;
use serde::{Deserialize, Serialize};

const SHORT: usize = 25;
const LONG: usize = 100;

/// Net against gross order flow.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct Balance {
    placed: Window<SHORT>,
    pulled: Window<SHORT>,
    net: Window<LONG>,
    gross: Window<LONG>,
}

impl Balance {
    pub(crate) fn new() -> Self {
        Self {
            placed: Window::new(),
            pulled: Window::new(),
            net: Window::new(),
            gross: Window::new(),
        }
    }

    pub(crate) fn push(&mut self, placed: u64, pulled: u64) {
        self.placed.push(placed);
        self.pulled.push(pulled);
        let (placed, pulled) = (self.placed.sum(), self.pulled.sum());
        self.net.push(placed.abs_diff(pulled));
        self.gross.push(placed + pulled);
    }

    /// Net over gross of the last half-second, in thousandths.
    pub(crate) fn short_milli(&self) -> u64 {
        let (placed, pulled) = (self.placed.sum(), self.pulled.sum());
        placed.abs_diff(pulled) * 1_000 / (placed + pulled).max(1)
    }

    /// Net over gross of half-seconds, averaged over two seconds, in thousandths.
    pub(crate) fn long_milli(&self) -> u64 {
        self.net.sum() * 1_000 / self.gross.sum().max(1)
    }
}
