//! Detectors over the one market, blind to labels.
