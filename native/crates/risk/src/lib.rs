//! The six-guard risk gate of one target.
//!
//! In: a target's order intents, fills, marks and feed gaps, each with virtual time in ns. Out: a
//! decision per intent, and a state that stays tripped until somebody resets it. It knows no clock,
//! no book and no storm: whoever calls it passes the mid it should mark positions at.
//!
//! | guard | refuses when | afterwards |
//! |---|---|---|
//! | order rate | the token bucket is empty | merely refuses |
//! | position | position and working orders of the side would pass the cap | merely refuses |
//! | daily loss | mark-to-market P&L since start of day reached the limit | latches |
//! | order to trade | accepted orders per fill pass the ratio, past a grace | latches |
//! | feed gaps | more gaps in the window than allowed | latches |
//! | kill | somebody said so | latches |
//!
//! An order that only reduces a position passes the position and the daily-loss guard, and no
//! other. What cannot be known (no mark for an instrument held or asked for) is refused.

#![deny(missing_docs)]

mod account;
mod bucket;
mod decision;
mod gate;
mod judge;
mod limits;

pub use decision::{Decision, FillError, OrderIntent, Reason, StartOfDayError};
pub use gate::{RiskGate, RiskStatus};
pub use limits::Limits;
