//! How resting quantity leaves the touch: pulled, or traded. In: observations, one turn a snapshot.
//! Out: shares of the last second, by side, and in how many snapshots of the last two it happened. A
//! crash is pulled away, an ignition trades through.

use serde::{Deserialize, Serialize};
use wavetank_abi::Side;

use crate::observation::{Observation, What};
use crate::window::Window;

/// Snapshots counted together: 1 s and 2 s.
const SPAN: usize = 50;
pub(crate) const LONG: usize = 2 * SPAN;
/// An order that left within this time of its coming was not suffered to rest.
const AT_ONCE_MS: u32 = 3;

/// Exits from the best price of both sides.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct TouchExits {
    counted: [Counted; 2],
    pulled: [Window<SPAN>; 2],
    filled: [Window<SPAN>; 2],
    refused: [Window<SPAN>; 2],
    struck: [Window<LONG>; 2],
}

/// Shares of a side since the last snapshot.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
struct Counted {
    pulled: u64,
    /// Of those, pulled as soon as they had come.
    refused: u64,
    filled: u64,
}

impl TouchExits {
    pub(crate) fn new() -> Self {
        Self {
            counted: [Counted::default(); 2],
            pulled: [Window::new(); 2],
            filled: [Window::new(); 2],
            refused: [Window::new(); 2],
            struck: [Window::new(); 2],
        }
    }

    pub(crate) fn observe(&mut self, seen: &Observation) {
        let Some(counted) = self.counted.get_mut(seen.side as usize) else {
            return;
        };
        match seen.what {
            What::Pulled if seen.behind == 0 => {
                counted.pulled += seen.qty;
                if seen.age_ms <= AT_ONCE_MS {
                    counted.refused += seen.qty;
                }
            }
            // What moves has not left; if it stood behind the touch before, there is nothing to undo.
            What::Placed if seen.moves => {
                counted.pulled = counted.pulled.saturating_sub(seen.qty);
                counted.refused = counted.refused.saturating_sub(seen.qty);
            }
            What::Filled => counted.filled += seen.qty,
            _ => {}
        }
    }

    pub(crate) fn turn(&mut self) {
        for (side, counted) in std::mem::take(&mut self.counted).into_iter().enumerate() {
            self.pulled[side].push(counted.pulled);
            self.filled[side].push(counted.filled);
            self.refused[side].push(u64::from(counted.refused > 0));
            self.struck[side].push(u64::from(counted.filled > 0));
        }
    }

    /// Shares that traded in the last second.
    pub(crate) fn filled(&self, side: Side) -> u64 {
        self.filled[side as usize].sum()
    }

    /// Snapshots of the last second in which an order was pulled as soon as it had come.
    pub(crate) fn refused(&self, side: Side) -> u64 {
        self.refused[side as usize].sum()
    }

    /// Snapshots of the last two seconds in which something traded.
    pub(crate) fn struck(&self, side: Side) -> u64 {
        self.struck[side as usize].sum()
    }

    /// Of what left in the last second, how much traded, in thousandths.
    pub(crate) fn filled_milli(&self, side: Side) -> u64 {
        let (pulled, filled) = (self.pulled[side as usize].sum(), self.filled(side));
        filled * 1_000 / (pulled + filled).max(1)
    }
}
