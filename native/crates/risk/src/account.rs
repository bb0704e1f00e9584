//! Position, working quantity and cash of one instrument. In: fills and marks. Out: exposure and P&L.
//! It knows no limits.

use serde::{Deserialize, Serialize};
use wavetank_abi::Side;

/// Cash is kept twice over, like the mid, so a half-tick mark stays an integer.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Account {
    pub(crate) position: i64,
    pub(crate) working_buy: u64,
    pub(crate) working_sell: u64,
    pub(crate) mark_x2: Option<u64>,
    cash_x2: i128,
}

impl Account {
    /// Working quantity of a side. Inherit never gets here: intents with it are refused.
    pub(crate) fn working(&mut self, side: Side) -> &mut u64 {
        if side == Side::Bid {
            &mut self.working_buy
        } else {
            &mut self.working_sell
        }
    }

    /// Shares in the direction of `side` if all that works there, and `qty` more, should fill.
    pub(crate) fn exposure(&self, side: Side, qty: u64) -> i128 {
        let (held, working) = self.toward(side);
        i128::from(held) + i128::from(working) + i128::from(qty)
    }

    /// Whether `qty` more on `side` could only bring the position nearer to 0.
    pub(crate) fn reduces(&self, side: Side, qty: u64) -> bool {
        let (held, _) = self.toward(side);
        held < 0 && self.exposure(side, qty) <= 0
    }

    fn toward(&self, side: Side) -> (i64, u64) {
        match side {
            Side::Bid => (self.position, self.working_buy),
            _ => (self.position.saturating_neg(), self.working_sell),
        }
    }

    pub(crate) fn fill(&mut self, side: Side, qty: u64, price: u64) {
        let signed = if side == Side::Bid {
            qty as i64
        } else {
            -(qty as i64)
        };
        self.position = self.position.saturating_add(signed);
        self.cash_x2 -= 2 * i128::from(signed) * i128::from(price);
    }

    /// Nothing held, nothing working, nothing earned or lost.
    pub(crate) fn is_blank(&self) -> bool {
        self.position == 0 && self.working_buy == 0 && self.working_sell == 0 && self.cash_x2 == 0
    }

    /// Mark-to-market P&L in 1/20000 dollar; None when a position has no mark.
    pub(crate) fn pnl_x2(&self) -> Option<i128> {
        if self.position == 0 {
            return Some(self.cash_x2);
        }
        let mark = self.mark_x2?;
        Some(self.cash_x2 + i128::from(self.position) * i128::from(mark))
    }

    /// Makes the P&L 0 at the present mark. The caller has seen that there is one.
    pub(crate) fn rebase(&mut self) {
        let mark = i128::from(self.mark_x2.unwrap_or(0));
        self.cash_x2 = -(i128::from(self.position) * mark);
    }
}
