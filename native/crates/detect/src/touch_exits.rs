//! How resting quantity leaves the touch: pulled, or traded. In: observations, one turn a snapshot.
//! Out: shares of the last second, by side. A crash is pulled away, an ignition trades through.

use serde::{Deserialize, Serialize};
use wavetank_abi::Side;

use crate::observation::{Observation, What};
use crate::window::Window;

/// Snapshots counted together: 1 s.
const SPAN: usize = 50;

/// Exits from the best price of both sides.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct TouchExits {
    counted: [[u64; 2]; 2],
    pulled: [Window<SPAN>; 2],
    filled: [Window<SPAN>; 2],
}

impl TouchExits {
    pub(crate) fn new() -> Self {
        Self {
            counted: [[0; 2]; 2],
            pulled: [Window::new(); 2],
            filled: [Window::new(); 2],
        }
    }

    pub(crate) fn observe(&mut self, seen: &Observation) {
        if seen.side == Side::Inherit {
            return;
        }
        match seen.what {
            What::Pulled if seen.behind == 0 => self.counted[0][seen.side as usize] += seen.qty,
            What::Filled => self.counted[1][seen.side as usize] += seen.qty,
            _ => {}
        }
    }

    pub(crate) fn turn(&mut self) {
        let [pulled, filled] = std::mem::take(&mut self.counted);
        for side in 0..2 {
            self.pulled[side].push(pulled[side]);
            self.filled[side].push(filled[side]);
        }
    }

    /// Shares that traded in the last second.
    pub(crate) fn filled(&self, side: Side) -> u64 {
        self.filled[side as usize].sum()
    }

    /// Of what left in the last second, how much traded, in thousandths.
    pub(crate) fn filled_milli(&self, side: Side) -> u64 {
        let (pulled, filled) = (self.pulled[side as usize].sum(), self.filled(side));
        filled * 1_000 / (pulled + filled).max(1)
    }
}
