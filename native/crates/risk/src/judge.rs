//! How a gate decides: the order itself, what has latched, then what merely refuses. In: an intent and
//! the gate's state. Out: a decision, and latches. It keeps no state of its own.

use wavetank_abi::{PRICE_MAX, QTY_MAX, RiskGuard, Side};

use crate::account::Account;
use crate::decision::{Decision, OrderIntent, Reason};
use crate::gate::RiskGate;

/// Guards that stay tripped, in the order a refusal names them.
const LATCHING: [(RiskGuard, Reason); 4] = [
    (RiskGuard::Kill, Reason::Killed),
    (RiskGuard::FeedGaps, Reason::GapsExceeded),
    (RiskGuard::OrderToTrade, Reason::RatioExceeded),
    (RiskGuard::DailyLoss, Reason::LossReached),
];

impl RiskGate {
    pub(crate) fn judge(&mut self, intent: &OrderIntent, mark_x2: Option<u64>) -> Decision {
        if let Err(reason) = self.admit(intent) {
            return Decision::refused(RiskGuard::None, reason);
        }
        let account = self.accounts.entry(intent.instrument_id).or_default();
        account.mark_x2 = mark_x2.filter(|&mark| mark > 0);
        let account = *account;
        let reducing = account.reduces(intent.side, intent.qty);
        let decision = self.judge_guards(intent, &account, reducing);
        if !decision.allowed {
            self.forget_idle(intent.instrument_id);
        }
        decision
    }

    /// What must hold of the order itself, before any guard.
    fn admit(&self, intent: &OrderIntent) -> Result<(), Reason> {
        let priced = (1..=PRICE_MAX).contains(&intent.price);
        if intent.side == Side::Inherit || !priced || !(1..=QTY_MAX).contains(&intent.qty) {
            return Err(Reason::Malformed);
        }
        if self.working.contains_key(&intent.order_id) {
            return Err(Reason::DuplicateOrder);
        }
        if self.working.len() >= self.limits.working_orders as usize {
            return Err(Reason::TooManyWorking);
        }
        let known = self.accounts.contains_key(&intent.instrument_id);
        if !known && self.accounts.len() >= self.limits.instruments as usize {
            return Err(Reason::TooManyInstruments);
        }
        Ok(())
    }

    fn judge_guards(
        &mut self,
        intent: &OrderIntent,
        account: &Account,
        reducing: bool,
    ) -> Decision {
        self.judge_gaps();
        self.judge_loss();
        let passable = |guard| reducing && guard == RiskGuard::DailyLoss;
        for (guard, reason) in LATCHING {
            if self.latched[guard as usize] && !passable(guard) {
                return Decision::refused(guard, reason);
            }
        }
        if !reducing && (account.mark_x2.is_none() || self.pnl_x2().is_none()) {
            return Decision::refused(RiskGuard::DailyLoss, Reason::NoMark);
        }
        if self.ratio_exceeded() {
            self.latch(RiskGuard::OrderToTrade);
            return Decision::refused(RiskGuard::OrderToTrade, Reason::RatioExceeded);
        }
        let exposure = account.exposure(intent.side, intent.qty);
        if !reducing && exposure > i128::from(self.limits.position_cap) {
            return Decision::refused(RiskGuard::Position, Reason::PositionExceeded);
        }
        if !self.bucket.has_token() {
            return Decision::refused(RiskGuard::OrderRate, Reason::RateExceeded);
        }
        Decision::ACCEPTED
    }

    fn ratio_exceeded(&self) -> bool {
        let orders = self.orders + 1;
        orders > u64::from(self.limits.order_to_trade_grace)
            && orders > u64::from(self.limits.order_to_trade) * self.fills.max(1)
    }

    pub(crate) fn judge_gaps(&mut self) {
        if self.gaps_ns.len() > self.limits.feed_gaps as usize {
            self.latch(RiskGuard::FeedGaps);
        }
    }

    pub(crate) fn judge_loss(&mut self) {
        let floor_x2 = -2 * i128::from(self.limits.daily_loss);
        if self.pnl_x2().is_some_and(|pnl| pnl <= floor_x2) {
            self.latch(RiskGuard::DailyLoss);
        }
    }

    pub(crate) fn latch(&mut self, guard: RiskGuard) {
        self.latched[guard as usize] = true;
        if self.first == RiskGuard::None {
            self.first = guard;
        }
    }

    pub(crate) fn pnl_x2(&self) -> Option<i128> {
        self.accounts.values().map(Account::pnl_x2).sum()
    }
}
