//! One target's gate. In: intents, fills, marks, gaps, kill and reset. Out: decisions and a status.
//! It knows no clock, no book and no storm; same calls, same answers.

use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, VecDeque};

use wavetank_abi::{PRICE_MAX, QTY_MAX, RiskGuard, RiskState, Side};

use crate::account::Account;
use crate::bucket::Bucket;
use crate::decision::{Decision, FillError, OrderIntent, StartOfDayError};
use crate::limits::Limits;

/// State of a gate at one instrument, as the Risk frame shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RiskStatus {
    /// Armed, tripped, or killed.
    pub state: RiskState,
    /// The guard that latched first; None while armed.
    pub guard: RiskGuard,
    /// Signed shares of the instrument.
    pub position: i64,
    /// Open buy shares of the instrument.
    pub working_buy: u64,
    /// Open sell shares of the instrument.
    pub working_sell: u64,
    /// Mark-to-market P&L since start of day over all instruments, 1/10000 dollar; None without a mark.
    pub pnl: Option<i64>,
    /// Intents asked.
    pub checks: u64,
    /// Intents refused.
    pub refused: u64,
    /// Feed gaps in the window, counted up to one past the limit.
    pub gaps: u32,
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct Working {
    instrument_id: u32,
    side: Side,
    qty: u64,
}

/// The risk gate of one target. Memory is bounded by its limits.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RiskGate {
    pub(crate) limits: Limits,
    pub(crate) bucket: Bucket,
    pub(crate) accounts: BTreeMap<u32, Account>,
    pub(crate) working: BTreeMap<u64, Working>,
    pub(crate) gaps_ns: VecDeque<u64>,
    now_ns: u64,
    pub(crate) latched: [bool; 7],
    pub(crate) first: RiskGuard,
    pub(crate) orders: u64,
    pub(crate) fills: u64,
    checks: u64,
    refused: u64,
}

impl RiskGate {
    /// An armed gate with a full bucket and no position.
    pub fn new(limits: Limits) -> Self {
        Self {
            bucket: Bucket::full(limits.order_burst),
            limits,
            accounts: BTreeMap::new(),
            working: BTreeMap::new(),
            gaps_ns: VecDeque::new(),
            now_ns: 0,
            latched: [false; 7],
            first: RiskGuard::None,
            orders: 0,
            fills: 0,
            checks: 0,
            refused: 0,
        }
    }

    /// The limits it was made with.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Judges one order. `mark_x2` is best bid + best ask of its instrument, None when one is
    /// missing. An allowed order counts as working until fills or a release end it.
    pub fn check(&mut self, intent: &OrderIntent, now_ns: u64, mark_x2: Option<u64>) -> Decision {
        self.checks += 1;
        self.pass_time(now_ns);
        let decision = self.judge(intent, mark_x2);
        if decision.allowed {
            self.accept(intent);
        } else {
            self.refused += 1;
        }
        decision
    }

    /// Tells of shares filled at `price`, and with `done` that no more of the order works: a cancel
    /// is a fill of 0 shares that is done. More than was working counts in full.
    pub fn fill(
        &mut self,
        order_id: u64,
        qty: u64,
        price: u64,
        done: bool,
    ) -> Result<(), FillError> {
        let order = self
            .working
            .get_mut(&order_id)
            .ok_or(FillError::UnknownOrder)?;
        if qty > QTY_MAX || price > PRICE_MAX || (qty > 0 && price == 0) {
            return Err(FillError::Malformed);
        }
        let released = if done { order.qty } else { qty.min(order.qty) };
        order.qty -= released;
        let Working {
            instrument_id,
            side,
            qty: left,
        } = *order;
        if left == 0 {
            self.working.remove(&order_id);
        }
        let account = self.accounts.entry(instrument_id).or_default();
        *account.working(side) -= released;
        if qty > 0 {
            account.fill(side, qty, price);
            self.fills += 1;
            self.judge_loss();
        }
        self.forget_idle(instrument_id);
        Ok(())
    }

    /// Marks every position at once by `mark_x2`, best bid + best ask of an instrument, None when its
    /// book has no mid. Call it at every tick, so the loss guard trips without an order, and never
    /// on a sum of old marks and new ones.
    pub fn mark(&mut self, now_ns: u64, mark_x2: impl Fn(u32) -> Option<u64>) {
        self.pass_time(now_ns);
        for (&instrument_id, account) in &mut self.accounts {
            account.mark_x2 = mark_x2(instrument_id).filter(|&mark| mark > 0);
        }
        self.judge_loss();
    }

    /// Tells of a feed gap: a range the parser skipped, or a restart of the engine.
    pub fn gap(&mut self, now_ns: u64) {
        self.pass_time(now_ns);
        self.gaps_ns.push_back(self.now_ns);
        if self.gaps_ns.len() > self.limits.feed_gaps as usize + 1 {
            self.gaps_ns.pop_front();
        }
        self.judge_gaps();
    }

    /// Latches by hand; only `reset` opens it again.
    pub fn kill(&mut self) {
        self.latch(RiskGuard::Kill);
    }

    /// Clears every latch and begins the order-to-trade count anew. A loss or gaps that still stand
    /// trip again at the next call.
    pub fn reset(&mut self) {
        self.latched = [false; 7];
        self.first = RiskGuard::None;
        self.orders = 0;
        self.fills = 0;
    }

    /// Begins another timeline, as after a seek: time may have gone back, gaps of the old one are
    /// forgotten, and nothing is marked. Positions, working orders and latches stay.
    pub fn start_timeline(&mut self, now_ns: u64) {
        self.now_ns = now_ns;
        self.bucket.restart(now_ns);
        self.gaps_ns.clear();
        self.accounts
            .values_mut()
            .for_each(|account| account.mark_x2 = None);
    }

    /// P&L becomes 0 at the present marks and the order-to-trade count begins anew. Positions,
    /// working orders and latches stay.
    pub fn start_of_day(&mut self) -> Result<(), StartOfDayError> {
        let unmarked = |account: &Account| account.position != 0 && account.mark_x2.is_none();
        if let Some((&instrument_id, _)) = self.accounts.iter().find(|(_, a)| unmarked(a)) {
            return Err(StartOfDayError { instrument_id });
        }
        self.accounts.values_mut().for_each(Account::rebase);
        self.accounts.retain(|_, account| !account.is_blank());
        self.orders = 0;
        self.fills = 0;
        Ok(())
    }

    /// How it stands at one instrument.
    pub fn status(&self, instrument_id: u32) -> RiskStatus {
        let account = self
            .accounts
            .get(&instrument_id)
            .copied()
            .unwrap_or_default();
        RiskStatus {
            state: match self.first {
                _ if self.latched[RiskGuard::Kill as usize] => RiskState::Killed,
                RiskGuard::None => RiskState::Armed,
                _ => RiskState::Tripped,
            },
            guard: self.first,
            position: account.position,
            working_buy: account.working_buy,
            working_sell: account.working_sell,
            pnl: self
                .pnl_x2()
                .map(|x2| (x2 / 2).clamp(i64::MIN.into(), i64::MAX.into()) as i64),
            checks: self.checks,
            refused: self.refused,
            gaps: self.gaps_ns.len() as u32,
        }
    }

    fn accept(&mut self, intent: &OrderIntent) {
        let OrderIntent {
            order_id,
            instrument_id,
            side,
            qty,
            ..
        } = *intent;
        self.bucket.take();
        self.orders += 1;
        self.working.insert(
            order_id,
            Working {
                instrument_id,
                side,
                qty,
            },
        );
        *self
            .accounts
            .entry(instrument_id)
            .or_default()
            .working(side) += qty;
    }

    fn pass_time(&mut self, now_ns: u64) {
        self.now_ns = self.now_ns.max(now_ns);
        self.bucket.refill(
            self.now_ns,
            self.limits.orders_per_s,
            self.limits.order_burst,
        );
        let window = self.limits.feed_gap_window_ns;
        while self
            .gaps_ns
            .front()
            .is_some_and(|&at| self.now_ns - at >= window)
        {
            self.gaps_ns.pop_front();
        }
    }

    /// An instrument never traded holds no room.
    pub(crate) fn forget_idle(&mut self, instrument_id: u32) {
        if self
            .accounts
            .get(&instrument_id)
            .is_some_and(Account::is_blank)
        {
            self.accounts.remove(&instrument_id);
        }
    }
}
