//! Position and working orders, as a table of what happens and what is answered.

mod support;

use support::*;
use wavetank_abi::{RiskGuard, RiskState, Side};
use wavetank_risk::{FillError, Limits, OrderIntent, Reason};

#[test]
fn what_is_no_order_is_refused_under_no_guard() {
    let cases = [
        (
            OrderIntent {
                side: Side::Inherit,
                ..buy(2, 1)
            },
            Reason::Malformed,
        ),
        (
            OrderIntent {
                price: 0,
                ..buy(2, 1)
            },
            Reason::Malformed,
        ),
        (
            OrderIntent {
                price: 1 << 32,
                ..buy(2, 1)
            },
            Reason::Malformed,
        ),
        (buy(2, 0), Reason::Malformed),
        (buy(2, 1 << 32), Reason::Malformed),
        (buy(1, 1), Reason::DuplicateOrder),
    ];
    for (intent, reason) in cases {
        let mut gate = gate(Limits::default());
        assert!(gate.check(&buy(1, 1), 0, MID).allowed);
        check(gate.check(&intent, 0, MID), RiskGuard::None, reason);
        let status = gate.status(AAPL);
        assert_eq!(
            (status.working_buy, status.checks, status.refused),
            (1, 2, 1)
        );
    }
}

#[test]
fn working_orders_and_instruments_are_bounded() {
    let mut gate = gate(Limits {
        working_orders: 2,
        instruments: 1,
        ..Limits::default()
    });
    assert!(gate.check(&buy(1, 1), 0, MID).allowed);
    let elsewhere = OrderIntent {
        instrument_id: 14,
        ..buy(2, 1)
    };
    check(
        gate.check(&elsewhere, 0, MID),
        RiskGuard::None,
        Reason::TooManyInstruments,
    );
    assert!(gate.check(&buy(2, 1), 0, MID).allowed);
    check(
        gate.check(&buy(3, 1), 0, MID),
        RiskGuard::None,
        Reason::TooManyWorking,
    );
    gate.fill(1, 0, 0, true).unwrap();
    gate.fill(2, 0, 0, true).unwrap();
    assert!(
        gate.check(&elsewhere, 0, MID).allowed,
        "an idle instrument gives its room back"
    );
}

#[test]
fn a_thousand_working_orders_do_not_pass_a_cap_of_one_hundred() {
    let mut gate = gate(Limits {
        position_cap: 100,
        order_burst: 2_000,
        order_to_trade_grace: 2_000,
        ..Limits::default()
    });
    let allowed = (1..=1_000)
        .filter(|&id| gate.check(&buy(id, 100), 0, MID).allowed)
        .count();
    assert_eq!((allowed, gate.status(AAPL).working_buy), (1, 100));
    assert_eq!(
        gate.status(AAPL).state,
        RiskState::Armed,
        "the position guard does not latch"
    );
}

#[test]
fn position_counts_each_side_for_itself() {
    let mut gate = capped(100);
    let steps = [
        (buy(1, 60), true),
        (buy(2, 41), false),
        (buy(3, 40), true),
        (sell(4, 100), true),
        (sell(5, 1), false),
    ];
    for (intent, allowed) in steps {
        assert_eq!(
            gate.check(&intent, 0, MID).allowed,
            allowed,
            "order {}",
            intent.order_id
        );
    }
    gate.fill(1, 60, 1_000_000, true).unwrap();
    check(
        gate.check(&buy(6, 1), 0, MID),
        RiskGuard::Position,
        Reason::PositionExceeded,
    );
    gate.fill(3, 0, 0, true).unwrap();
    assert!(
        gate.check(&buy(7, 40), 0, MID).allowed,
        "a cancelled order gives its room back"
    );
}

#[test]
fn partial_fills_move_quantity_from_working_to_position() {
    let mut gate = capped(100);
    assert!(gate.check(&buy(1, 100), 0, MID).allowed);
    gate.fill(1, 30, 1_000_000, false).unwrap();
    let status = gate.status(AAPL);
    assert_eq!((status.position, status.working_buy), (30, 70));
    gate.fill(1, 0, 0, true).unwrap();
    let status = gate.status(AAPL);
    assert_eq!((status.position, status.working_buy), (30, 0));
    assert_eq!(
        gate.fill(1, 1, 1_000_000, true),
        Err(FillError::UnknownOrder)
    );
}

#[test]
fn an_overfill_counts_in_full_and_a_bad_fill_not_at_all() {
    let mut gate = capped(100);
    assert!(gate.check(&sell(1, 10), 0, MID).allowed);
    assert_eq!(gate.fill(1, 5, 0, false), Err(FillError::Malformed));
    assert_eq!(gate.fill(1, 1 << 32, 1, false), Err(FillError::Malformed));
    assert_eq!(gate.status(AAPL).working_sell, 10);
    gate.fill(1, 15, 1_000_000, false).unwrap();
    let status = gate.status(AAPL);
    assert_eq!((status.position, status.working_sell), (-15, 0));
}

#[test]
fn reducing_passes_the_position_guard_but_may_not_overshoot() {
    let mut gate = capped(100);
    assert!(gate.check(&buy(1, 100), 0, MID).allowed);
    gate.fill(1, 150, 1_000_000, true).unwrap();
    assert!(
        gate.check(&sell(2, 100), 0, MID).allowed,
        "reduces 150 towards 50"
    );
    assert!(
        gate.check(&sell(3, 50), 0, MID).allowed,
        "with the working 100, down to 0"
    );
    check(
        gate.check(&buy(4, 1), 0, MID),
        RiskGuard::Position,
        Reason::PositionExceeded,
    );
    assert!(
        gate.check(&sell(5, 100), 0, MID).allowed,
        "past 0, but inside the cap"
    );
    check(
        gate.check(&sell(6, 1), 0, MID),
        RiskGuard::Position,
        Reason::PositionExceeded,
    );
}
