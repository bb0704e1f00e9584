//! Storm intents become legal events: market = source - displaced + injected.
//!
//! In: source steps, storms' intents, the moments when displaced quantity may return. Out: complete
//! records, channel 0 the source verbatim, channel 1 whatever the law inserts. Knows no storm kind,
//! no clock and no transport; the law is written down in `docs/storms.md`.
#![deny(missing_docs)]

mod area;
mod displaced;
mod intent;
mod judge;
mod own;
mod owns;
mod prepare;
mod resolver;
mod returns;
mod rule;
mod sink;
mod state;
mod storm;
mod twin;

#[cfg(test)]
mod proof;

pub use own::OwnOrder;
pub use resolver::{ResolveCounters, Resolver};
pub use sink::Sink;
pub use state::ResolverState;
pub use storm::{OWN_ORDERS_MAX, STORM_ID_MAX, StormCounters, own_order_id, storm_of};
