//! The gate as a table of what happens and what is answered, one table a guard.

use wavetank_abi::{RiskGuard, RiskState, Side};
use wavetank_risk::{Decision, FillError, Limits, OrderIntent, Reason, RiskGate};

const MID: Option<u64> = Some(2_000_000);
const AAPL: u32 = 13;
const SECOND: u64 = 1_000_000_000;

fn order(order_id: u64, side: Side, qty: u64) -> OrderIntent {
    OrderIntent {
        order_id,
        instrument_id: AAPL,
        side,
        price: 1_000_000,
        qty,
    }
}

fn buy(order_id: u64, qty: u64) -> OrderIntent {
    order(order_id, Side::Bid, qty)
}

fn sell(order_id: u64, qty: u64) -> OrderIntent {
    order(order_id, Side::Ask, qty)
}

fn gate(limits: Limits) -> RiskGate {
    RiskGate::new(limits)
}

fn capped(position_cap: u64) -> RiskGate {
    gate(Limits {
        position_cap,
        ..Limits::default()
    })
}

/// A gate that holds `qty` shares bought at $100.
fn holding(qty: u64, limits: Limits) -> RiskGate {
    let mut gate = gate(limits);
    assert!(gate.check(&buy(1, qty), 0, MID).allowed);
    gate.fill(1, qty, 1_000_000, true).unwrap();
    gate
}

#[track_caller]
fn check(decision: Decision, guard: RiskGuard, reason: Reason) {
    assert_eq!((decision.guard, decision.reason), (guard, reason));
    assert_eq!(decision.allowed, reason == Reason::Accepted);
}

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

#[test]
fn order_rate_is_a_token_bucket_in_virtual_time() {
    let mut gate = gate(Limits {
        orders_per_s: 10,
        order_burst: 2,
        ..Limits::default()
    });
    let steps = [
        (0, true),
        (0, true),
        (0, false),
        (SECOND / 10 - 1, false),
        (SECOND / 10, true),
        (SECOND / 10, false),
        (0, false),
        (10 * SECOND, true),
        (10 * SECOND, true),
        (10 * SECOND, false),
    ];
    for (id, (now_ns, allowed)) in (1..).zip(steps) {
        let decision = gate.check(&buy(id, 1), now_ns, MID);
        assert_eq!(decision.allowed, allowed, "order {id}");
        let rate = decision.guard == RiskGuard::OrderRate;
        assert!(allowed || rate);
    }
    assert_eq!(
        gate.status(AAPL).state,
        RiskState::Armed,
        "the rate guard does not latch"
    );
}

#[test]
fn a_refused_order_costs_no_token() {
    let mut gate = gate(Limits {
        orders_per_s: 1,
        order_burst: 1,
        position_cap: 10,
        ..Limits::default()
    });
    check(
        gate.check(&buy(1, 11), 0, MID),
        RiskGuard::Position,
        Reason::PositionExceeded,
    );
    assert!(gate.check(&buy(2, 10), 0, MID).allowed);
}

#[test]
fn buying_is_no_loss_but_a_falling_mark_is() {
    let limits = Limits {
        daily_loss: 1_000_000,
        ..Limits::default()
    };
    let mut gate = holding(100, limits);
    assert_eq!(
        gate.status(AAPL).pnl,
        Some(0),
        "10 000 dollars of cash went out; nothing was lost"
    );
    gate.mark(AAPL, 1, Some(1_980_002));
    assert_eq!(gate.status(AAPL).pnl, Some(-999_900));
    assert_eq!(gate.status(AAPL).state, RiskState::Armed);
    gate.mark(AAPL, 2, Some(1_980_000));
    let status = gate.status(AAPL);
    assert_eq!(
        (status.state, status.guard),
        (RiskState::Tripped, RiskGuard::DailyLoss)
    );
    gate.mark(AAPL, 3, MID);
    check(
        gate.check(&buy(2, 1), 4, MID),
        RiskGuard::DailyLoss,
        Reason::LossReached,
    );
    assert!(
        gate.check(&sell(3, 100), 4, MID).allowed,
        "reducing passes the loss guard"
    );
    check(
        gate.check(&sell(4, 1), 4, MID),
        RiskGuard::DailyLoss,
        Reason::LossReached,
    );
}

#[test]
fn a_short_loses_as_the_mark_rises() {
    let mut gate = gate(Limits {
        daily_loss: 1_000,
        ..Limits::default()
    });
    assert!(gate.check(&sell(1, 10), 0, MID).allowed);
    gate.fill(1, 10, 1_000_000, true).unwrap();
    gate.mark(AAPL, 1, Some(2_000_200));
    assert_eq!(gate.status(AAPL).pnl, Some(-1_000));
    assert_eq!(gate.status(AAPL).guard, RiskGuard::DailyLoss);
}

#[test]
fn a_loss_that_stands_trips_again_after_reset_until_the_day_starts() {
    let mut gate = holding(
        100,
        Limits {
            daily_loss: 1_000_000,
            ..Limits::default()
        },
    );
    let low = Some(1_900_000);
    gate.mark(AAPL, 1, low);
    gate.reset();
    assert_eq!(gate.status(AAPL).state, RiskState::Armed);
    check(
        gate.check(&buy(2, 1), 1, low),
        RiskGuard::DailyLoss,
        Reason::LossReached,
    );
    gate.start_of_day().unwrap();
    check(
        gate.check(&buy(3, 1), 1, low),
        RiskGuard::DailyLoss,
        Reason::LossReached,
    );
    gate.reset();
    assert!(gate.check(&buy(4, 1), 1, low).allowed);
    assert_eq!(gate.status(AAPL).pnl, Some(0));
}

#[test]
fn without_a_mark_only_reducing_is_allowed() {
    let mut gate = holding(100, Limits::default());
    check(
        gate.check(&buy(2, 1), 0, None),
        RiskGuard::DailyLoss,
        Reason::NoMark,
    );
    check(
        gate.check(&buy(2, 1), 0, Some(0)),
        RiskGuard::DailyLoss,
        Reason::NoMark,
    );
    assert_eq!(gate.status(AAPL).pnl, None);
    assert!(gate.start_of_day().is_err());
    let elsewhere = OrderIntent {
        instrument_id: 14,
        ..buy(3, 1)
    };
    check(
        gate.check(&elsewhere, 0, MID),
        RiskGuard::DailyLoss,
        Reason::NoMark,
    );
    assert!(gate.check(&sell(4, 100), 0, None).allowed);
    assert_eq!(gate.status(AAPL).state, RiskState::Armed);
}

#[test]
fn loss_adds_up_over_instruments() {
    let mut gate = holding(
        100,
        Limits {
            daily_loss: 1_000_000,
            ..Limits::default()
        },
    );
    let elsewhere = OrderIntent {
        instrument_id: 14,
        ..buy(2, 100)
    };
    assert!(gate.check(&elsewhere, 0, MID).allowed);
    gate.fill(2, 100, 1_000_000, true).unwrap();
    gate.mark(AAPL, 1, Some(1_989_998));
    assert_eq!(gate.status(AAPL).state, RiskState::Armed);
    gate.mark(14, 1, Some(1_990_000));
    assert_eq!(gate.status(14).guard, RiskGuard::DailyLoss);
    assert_eq!(gate.status(14).position, 100);
}

#[test]
fn order_to_trade_latches_past_its_grace() {
    let mut gate = gate(Limits {
        order_to_trade: 5,
        order_to_trade_grace: 4,
        ..Limits::default()
    });
    for id in 1..=5 {
        assert!(gate.check(&buy(id, 1), 0, MID).allowed, "order {id}");
    }
    gate.fill(1, 1, 1_000_000, true).unwrap();
    check(
        gate.check(&buy(6, 1), 0, MID),
        RiskGuard::OrderToTrade,
        Reason::RatioExceeded,
    );
    gate.fill(2, 1, 1_000_000, true).unwrap();
    check(
        gate.check(&sell(7, 1), 0, MID),
        RiskGuard::OrderToTrade,
        Reason::RatioExceeded,
    );
    gate.reset();
    assert!(gate.check(&buy(8, 1), 0, MID).allowed);
}

#[test]
fn gaps_in_the_window_latch_and_older_ones_do_not_count() {
    let limits = Limits {
        feed_gaps: 2,
        feed_gap_window_ns: SECOND,
        ..Limits::default()
    };
    let mut gate = gate(limits);
    gate.gap(0);
    gate.gap(SECOND / 2);
    assert!(gate.check(&buy(1, 1), SECOND / 2, MID).allowed);
    gate.gap(SECOND);
    assert_eq!(
        gate.status(AAPL).state,
        RiskState::Armed,
        "the first has left the window"
    );
    gate.gap(SECOND + 1);
    check(
        gate.check(&buy(2, 1), SECOND + 2, MID),
        RiskGuard::FeedGaps,
        Reason::GapsExceeded,
    );
    gate.reset();
    check(
        gate.check(&buy(3, 1), SECOND + 2, MID),
        RiskGuard::FeedGaps,
        Reason::GapsExceeded,
    );
    gate.reset();
    assert!(gate.check(&buy(4, 1), 3 * SECOND, MID).allowed);
    assert_eq!(gate.status(AAPL).gaps, 0);
}

#[test]
fn kill_stops_everything_until_reset() {
    let mut gate = holding(
        100,
        Limits {
            daily_loss: 1_000_000,
            ..Limits::default()
        },
    );
    gate.mark(AAPL, 1, Some(1_900_000));
    gate.kill();
    let status = gate.status(AAPL);
    assert_eq!(
        (status.state, status.guard),
        (RiskState::Killed, RiskGuard::DailyLoss)
    );
    check(
        gate.check(&sell(2, 1), 1, MID),
        RiskGuard::Kill,
        Reason::Killed,
    );
    gate.reset();
    assert!(gate.check(&sell(2, 1), 1, MID).allowed);
}

#[test]
fn another_timeline_may_begin_earlier() {
    let limits = Limits {
        orders_per_s: 1,
        order_burst: 1,
        feed_gaps: 0,
        ..Limits::default()
    };
    let mut gate = gate(limits);
    assert!(gate.check(&buy(1, 1), 100 * SECOND, MID).allowed);
    gate.start_timeline(SECOND);
    check(
        gate.check(&buy(2, 1), SECOND, MID),
        RiskGuard::OrderRate,
        Reason::RateExceeded,
    );
    assert!(gate.check(&buy(2, 1), 2 * SECOND, MID).allowed);
}

#[test]
fn nothing_overflows_at_the_edges() {
    let mut gate = gate(Limits {
        position_cap: u64::MAX,
        ..Limits::default()
    });
    for id in 1..=100 {
        let intent = OrderIntent {
            price: u32::MAX.into(),
            ..buy(id, u32::MAX.into())
        };
        assert!(gate.check(&intent, u64::MAX, Some(u64::MAX)).allowed);
        gate.fill(id, u32::MAX.into(), u32::MAX.into(), true)
            .unwrap();
    }
    gate.mark(AAPL, u64::MAX, Some(u64::MAX));
    assert_eq!(gate.status(AAPL).pnl, Some(i64::MAX));
    assert_eq!(gate.status(AAPL).position, 100 * i64::from(u32::MAX));
}
