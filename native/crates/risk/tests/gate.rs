//! Rates, latches and edges, as a table of what happens and what is answered.

mod support;

use support::*;
use wavetank_abi::{RiskGuard, RiskState};
use wavetank_risk::{Limits, OrderIntent, Reason};

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
    gate.mark(1, |_| Some(1_900_000));
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
    gate.mark(u64::MAX, |_| Some(u64::MAX));
    assert_eq!(gate.status(AAPL).pnl, Some(i64::MAX));
    assert_eq!(gate.status(AAPL).position, 100 * i64::from(u32::MAX));
}
