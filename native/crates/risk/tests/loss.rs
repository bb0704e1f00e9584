//! Daily loss, as a table of what happens and what is answered.

mod support;

use support::*;
use wavetank_abi::{RiskGuard, RiskState};
use wavetank_risk::{Limits, OrderIntent, Reason};

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
    gate.mark(1, |_| Some(1_980_002));
    assert_eq!(gate.status(AAPL).pnl, Some(-999_900));
    assert_eq!(gate.status(AAPL).state, RiskState::Armed);
    gate.mark(2, |_| Some(1_980_000));
    let status = gate.status(AAPL);
    assert_eq!(
        (status.state, status.guard),
        (RiskState::Tripped, RiskGuard::DailyLoss)
    );
    gate.mark(3, |_| MID);
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
    gate.mark(1, |_| Some(2_000_200));
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
    gate.mark(1, |_| low);
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
    gate.mark(1, |id| if id == AAPL { Some(1_989_998) } else { MID });
    assert_eq!(gate.status(AAPL).state, RiskState::Armed);
    gate.mark(2, |id| {
        if id == 14 {
            Some(1_990_000)
        } else {
            Some(1_989_998)
        }
    });
    assert_eq!(gate.status(14).guard, RiskGuard::DailyLoss);
    assert_eq!(gate.status(14).position, 100);
}

/// What one position loses in a tick another one wins: a gate that saw only the first would trip.
#[test]
fn positions_are_marked_together() {
    let limits = Limits {
        daily_loss: 1_000_000,
        ..Limits::default()
    };
    let mut gate = holding(100, limits);
    let elsewhere = OrderIntent {
        instrument_id: 14,
        ..sell(2, 100)
    };
    assert!(gate.check(&elsewhere, 0, MID).allowed);
    gate.fill(2, 100, 1_000_000, true).unwrap();
    gate.mark(1, |_| Some(1_900_000));
    assert_eq!(gate.status(AAPL).pnl, Some(0));
    assert_eq!(gate.status(AAPL).state, RiskState::Armed);
}

#[test]
fn a_new_day_makes_room_for_other_instruments() {
    let limits = Limits {
        instruments: 1,
        ..Limits::default()
    };
    let mut gate = holding(100, limits);
    assert!(gate.check(&sell(2, 100), 0, MID).allowed);
    gate.fill(2, 100, 1_000_100, true).unwrap();
    let elsewhere = OrderIntent {
        instrument_id: 14,
        ..buy(3, 1)
    };
    check(
        gate.check(&elsewhere, 0, MID),
        RiskGuard::None,
        Reason::TooManyInstruments,
    );
    gate.start_of_day().unwrap();
    assert!(gate.check(&elsewhere, 0, MID).allowed);
}
