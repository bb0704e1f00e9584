//! The rules of the law by name, so that a test build can leave one out and see a proof turn red.

/// One rule of the law.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rule {
    /// Injected orders make way for an accepted source order.
    Yield,
    /// Injected orders make way for an order that returns.
    YieldToReturn,
    /// A source message is judged before anything yields.
    JudgeFirst,
    /// A wholly displaced owner quotes again before its replace.
    StandIn,
    /// A displaced order returns before its id is added again.
    DuplicateReturn,
    /// An own order never locks or crosses.
    PostOnly,
    /// Source executions and cancels use up displaced quantity.
    Absorb,
    /// They use the standing part first.
    StandingFirst,
    /// Then the lowest storm id.
    LowestStormFirst,
    /// A replaced or modified order is no longer displaced.
    SuccessorInFull,
    /// A Clear forgets what was displaced.
    ClearForgets,
    /// A take skips the storm's own orders.
    OwnSkipped,
    /// A withdrawal starts with the youngest order.
    YoungestFirst,
    /// Credit is rounded up.
    CreditRoundsUp,
    /// Unused credit is kept for the next quantum.
    CreditKept,
    /// Orders return whole.
    WholeOrders,
    /// The best price returns first.
    BestPriceFirst,
    /// An ended storm leaves no order of its own.
    EndCancels,
    /// The owner is told of its fills.
    OwnersTold,
}

impl Rule {
    /// Every rule, for the test that leaves each out in turn.
    #[cfg(test)]
    pub(crate) const ALL: [Self; 19] = [
        Self::Yield,
        Self::YieldToReturn,
        Self::JudgeFirst,
        Self::StandIn,
        Self::DuplicateReturn,
        Self::PostOnly,
        Self::Absorb,
        Self::StandingFirst,
        Self::LowestStormFirst,
        Self::SuccessorInFull,
        Self::ClearForgets,
        Self::OwnSkipped,
        Self::YoungestFirst,
        Self::CreditRoundsUp,
        Self::CreditKept,
        Self::WholeOrders,
        Self::BestPriceFirst,
        Self::EndCancels,
        Self::OwnersTold,
    ];
}

/// Which rules hold: all of them, except in a test that says otherwise.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Rules {
    #[cfg(test)]
    pub(crate) without: Option<Rule>,
}

impl Rules {
    /// Whether a rule holds; a constant outside tests.
    #[inline(always)]
    pub(crate) fn hold(&self, _rule: Rule) -> bool {
        #[cfg(test)]
        return self.without != Some(_rule);
        #[cfg(not(test))]
        true
    }
}
