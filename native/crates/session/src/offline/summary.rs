//! Totals of a walk, as the command line prints them.

use std::collections::BTreeMap;

use serde::Serialize;
use wavetank_feed::FileSource;

use super::Judge;

/// What a walk has seen, ready for JSON. Digests are lower-case hex, times ns since midnight.
#[derive(Clone, Debug, Serialize)]
pub struct Summary {
    /// Messages read.
    pub messages: u64,
    /// Messages by type letter.
    pub messages_by_type: BTreeMap<char, u64>,
    /// Messages that could not be read.
    pub parse_errors: u64,
    /// The first of them.
    pub first_error: Option<FirstError>,
    /// Bytes passed over after errors.
    pub skipped_bytes: u64,
    /// Bytes read.
    pub position_bytes: u64,
    /// Bytes in all; 0 when not known before the end.
    pub length_bytes: u64,
    /// XXH64 of the file.
    pub input_digest: String,
    /// Symbols in the directory.
    pub symbols: usize,
    /// Stamp of the first event.
    pub first_ts_ns: Option<u64>,
    /// Latest stamp.
    pub last_ts_ns: u64,
    /// Events whose stamp is behind an earlier one.
    pub ts_regressions: u64,
    /// What the book says; absent without one.
    pub book: Option<BookSummary>,
}

/// Where reading first went wrong.
#[derive(Clone, Debug, Serialize)]
pub struct FirstError {
    /// Byte of the file.
    pub offset_bytes: u64,
    /// What was wrong there.
    pub reason: String,
}

/// The book's part of a summary.
#[derive(Clone, Debug, Serialize)]
pub struct BookSummary {
    /// Events fed.
    pub events: u64,
    /// Events by status, those that fell.
    pub statuses: BTreeMap<&'static str, u64>,
    /// Orders resting.
    pub live_orders: u64,
    /// Instruments with a live order.
    pub instruments: usize,
    /// Digest of all levels of all instruments.
    pub market_digest: String,
    /// Chain over every event.
    pub run_digest: String,
}

impl Summary {
    pub(super) fn of(
        source: &FileSource,
        judge: Option<&Judge>,
        messages: u64,
        (first_ts_ns, last_ts_ns, ts_regressions): (Option<u64>, u64, u64),
    ) -> Self {
        let counters = source.counters();
        let by_type = (0u8..=255).zip(counters.by_type);
        Self {
            messages,
            messages_by_type: by_type
                .filter(|&(_, n)| n > 0)
                .map(|(t, n)| (t as char, n))
                .collect(),
            parse_errors: counters.errors,
            first_error: counters.first_error.as_ref().map(|error| FirstError {
                offset_bytes: error.offset_bytes,
                reason: error.reason.to_string(),
            }),
            skipped_bytes: counters.bytes_skipped,
            position_bytes: source.position_bytes(),
            length_bytes: source.length_bytes(),
            input_digest: format!("{:016x}", source.input_digest()),
            symbols: source.directory().iter().count(),
            first_ts_ns,
            last_ts_ns,
            ts_regressions,
            book: judge.map(BookSummary::of),
        }
    }
}

impl BookSummary {
    fn of(judge: &Judge) -> Self {
        Self {
            events: judge.events(),
            statuses: judge
                .statuses()
                .filter(|&(_, n)| n > 0)
                .map(|(s, n)| (s.name(), n))
                .collect(),
            live_orders: judge.live_orders(),
            instruments: judge.instruments(),
            market_digest: format!("{:032x}", judge.market_digest()),
            run_digest: format!("{:016x}", judge.chain()),
        }
    }
}
