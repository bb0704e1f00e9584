//! Storm intents become legal events: market = source - displaced + injected.
