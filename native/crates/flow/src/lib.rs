//! Flow analytics, baselines and the market regime.
