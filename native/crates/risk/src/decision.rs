//! What a gate is asked and what it answers. It knows no state.

use wavetank_abi::{RiskGuard, Side};

/// An order a target would like to send.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OrderIntent {
    /// The target's id of the order, unique among its working orders.
    pub order_id: u64,
    /// ITCH stock locate.
    pub instrument_id: u32,
    /// Bid buys, Ask sells; Inherit is refused.
    pub side: Side,
    /// Limit in 1/10000 dollar, above 0.
    pub price: u64,
    /// Shares, above 0.
    pub qty: u64,
}

/// Why a gate decided as it did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Every guard passed; the order is working now.
    Accepted,
    /// Side, price or quantity is not one of an order.
    Malformed,
    /// An order with this id is working already.
    DuplicateOrder,
    /// As many orders are working as the gate keeps.
    TooManyWorking,
    /// As many instruments are traded as the gate keeps.
    TooManyInstruments,
    /// Killed by hand; latched.
    Killed,
    /// The token bucket is empty.
    RateExceeded,
    /// Position and working orders would pass the cap.
    PositionExceeded,
    /// The loss since start of day has reached its limit; latched.
    LossReached,
    /// P&L or exposure cannot be known: an instrument has no mark.
    NoMark,
    /// Too many orders for the fills they brought; latched.
    RatioExceeded,
    /// Too many feed gaps in the window; latched.
    GapsExceeded,
}

impl Reason {
    /// The reason in words.
    pub fn text(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Malformed => "side, price or quantity is not one of an order",
            Self::DuplicateOrder => "an order with this id is working already",
            Self::TooManyWorking => "too many working orders",
            Self::TooManyInstruments => "too many instruments",
            Self::Killed => "killed by hand; latched until reset",
            Self::RateExceeded => "order rate exceeded",
            Self::PositionExceeded => "position cap, working orders included, would be passed",
            Self::LossReached => "daily loss limit reached; latched until reset",
            Self::NoMark => "no mid to mark the position at",
            Self::RatioExceeded => {
                "too many orders for the fills they brought; latched until reset"
            }
            Self::GapsExceeded => "too many feed gaps in the window; latched until reset",
        }
    }
}

/// Answer to one intent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The order may be sent and counts as working.
    pub allowed: bool,
    /// Guard that refused it; None when allowed, or when no guard but the order itself was at fault.
    pub guard: RiskGuard,
    /// Why.
    pub reason: Reason,
}

impl Decision {
    pub(crate) const ACCEPTED: Self = Self {
        allowed: true,
        guard: RiskGuard::None,
        reason: Reason::Accepted,
    };

    pub(crate) fn refused(guard: RiskGuard, reason: Reason) -> Self {
        Self {
            allowed: false,
            guard,
            reason,
        }
    }
}

/// Why a fill was not taken; nothing changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FillError {
    /// No such working order.
    UnknownOrder,
    /// A quantity was filled at price 0, or either is wider than 32 bits.
    Malformed,
}

impl FillError {
    /// The error in words.
    pub fn text(self) -> &'static str {
        match self {
            Self::UnknownOrder => "no such working order",
            Self::Malformed => "price or quantity is not one of a fill",
        }
    }
}

/// Start of day needs a mark for every position held; nothing changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StartOfDayError {
    /// The instrument that has a position and no mark.
    pub instrument_id: u32,
}
