//! Orders, gates and the one check that the tables share.
#![allow(dead_code)]

use wavetank_abi::{RiskGuard, Side};
use wavetank_risk::{Decision, Limits, OrderIntent, Reason, RiskGate};

pub const MID: Option<u64> = Some(2_000_000);
pub const AAPL: u32 = 13;
pub const SECOND: u64 = 1_000_000_000;

pub fn order(order_id: u64, side: Side, qty: u64) -> OrderIntent {
    OrderIntent {
        order_id,
        instrument_id: AAPL,
        side,
        price: 1_000_000,
        qty,
    }
}

pub fn buy(order_id: u64, qty: u64) -> OrderIntent {
    order(order_id, Side::Bid, qty)
}

pub fn sell(order_id: u64, qty: u64) -> OrderIntent {
    order(order_id, Side::Ask, qty)
}

pub fn gate(limits: Limits) -> RiskGate {
    RiskGate::new(limits)
}

pub fn capped(position_cap: u64) -> RiskGate {
    gate(Limits {
        position_cap,
        ..Limits::default()
    })
}

/// A gate that holds `qty` shares bought at $100.
pub fn holding(qty: u64, limits: Limits) -> RiskGate {
    let mut gate = gate(limits);
    assert!(gate.check(&buy(1, qty), 0, MID).allowed);
    gate.fill(1, qty, 1_000_000, true).unwrap();
    gate
}

#[track_caller]
pub fn check(decision: Decision, guard: RiskGuard, reason: Reason) {
    assert_eq!((decision.guard, decision.reason), (guard, reason));
    assert_eq!(decision.allowed, reason == Reason::Accepted);
}
