//! What a session is and where it stands, as JSON for people, for heartbeats and for run files.

use serde_json::{Value, json};
use wavetank_abi::{ApplyStatus, SourceKind, StormPhase};
use wavetank_book::Book;

use crate::config::SourceConfig;
use crate::session::Session;
use crate::source::text;
use crate::storm::{Storm, StormReport};
use crate::time::MS_NS;
use crate::watch::Watched;

impl Session {
    pub(crate) fn status(&self) -> Value {
        let (position, length) = self.source.position();
        let counters = self.resolver.counters();
        json!({
            "ts_run_ns": self.now_ns,
            "ts_run_ms": self.now_ns / MS_NS,
            "ts_event_ns": self.source.last_event_ns(),
            "seq": self.resolver.seq(),
            "run_digest": self.run_digest_hex(),
            "market_digest": self.market_digest_hex(),
            "twin_digest": format!("{:032x}", self.resolver.twin_digest()),
            "ended": self.wound_up,
            "held": self.held_json(),
            "source": self.source_json(),
            "position": position,
            "length": length,
            "symbols": self.config.symbols,
            "symbols_pending": self.pending,
            "watched": self.watched_symbols(),
            "watch": self.watch_json(),
            "instruments": self.observer.instruments.seen(),
            "instruments_named": self.source.symbols().count(),
            "live_orders": self.resolver.book().live_orders(),
            "rejected": rejected(&counters.source_by_status),
            "rejected_by_status": rejected_by_status(&counters.source_by_status),
            "displaced_events": counters.displaced,
            "traded_through": counters.traded_through,
            "storm_events": counters.storm_events,
            "ts_regressions": self.source.regressions(),
            "parse": self.parse_json(),
            "conflated": self.observer.outbox.conflated(),
            "feed_dropped": self.observer.outbox.feed_dropped() + self.observer.market_feed.dropped(),
            "storms_running": self.storms.running().count(),
            "storms": self.storm_reports(|s| s.phase != StormPhase::Closed),
            "durable_seq": self.observer.run.as_ref().map_or(0, |r| r.durable_seq()),
            "run": self.run_json(),
            "latency": self.latency_json(),
        })
    }

    pub(crate) fn source_json(&self) -> Value {
        let digest = format!("{:016x}", self.source.digest());
        match &self.config.source {
            SourceConfig::Itch { path, .. } => {
                json!({ "kind": "itch", "path": path, "digest": digest })
            }
            SourceConfig::Synthetic(synthetic) => {
                let mut answer = json!(synthetic);
                answer["kind"] = json!("synthetic");
                answer["digest"] = json!(digest);
                answer
            }
        }
    }

    fn parse_json(&self) -> Value {
        self.source.parse_counters().map_or(Value::Null, |c| {
            json!({
                "messages": c.messages,
                "errors": c.errors,
                "bytes_skipped": c.bytes_skipped,
                "first_error": c.first_error.map(|e| e.to_string()),
                "truncated_bytes": c.truncated_bytes,
            })
        })
    }

    /// What of a held quantum is left: everything after its source events, or its close.
    fn held_json(&self) -> Option<&'static str> {
        let left = if self.returned { "close" } else { "all" };
        self.held().is_ok().then_some(left)
    }

    fn run_json(&self) -> Value {
        self.run.as_ref().map_or(Value::Null, |run| {
            json!({
                "run_id": run.facts.id,
                "symbols": run.facts.symbols,
                "start_seq": run.facts.start_seq,
                "started_at_ms": run.facts.started_ns / MS_NS,
                "recording": self.run_active(),
                "log": self.observer.run.as_ref().map(|r| r.dir().display().to_string()),
            })
        })
    }

    pub(crate) fn latency_json(&self) -> Value {
        json!({ "clock_step_ns": self.latency.step_ns(), "clock_cost_ns": self.latency.cost_ns() })
    }

    pub(crate) fn watched_symbols(&self) -> Vec<String> {
        let watched = self.observer.watch.iter();
        watched.map(|w| text(&w.symbol).to_owned()).collect()
    }

    fn watch_json(&self) -> Vec<Value> {
        let one = |w: &Watched| {
            let since_ms = w.since_ns / MS_NS;
            json!({ "symbol": text(&w.symbol), "recorded": w.recorded, "since_ms": since_ms })
        };
        self.observer.watch.iter().map(one).collect()
    }

    pub(crate) fn storm_reports(&self, wanted: impl Fn(&Storm) -> bool) -> Vec<StormReport> {
        let symbol = |s: &Storm| text(&self.source.symbol(s.spec.instrument)).to_owned();
        let storms = self.storms.all().filter(|s| wanted(s));
        storms.map(|s| s.report(symbol(s))).collect()
    }

    pub(crate) fn run_digest_hex(&self) -> String {
        format!("{:016x}", self.observer.digest.value())
    }

    pub(crate) fn market_digest_hex(&self) -> String {
        format!("{:032x}", self.resolver.book().market_digest())
    }

    /// What the source is.
    pub fn source_kind(&self) -> SourceKind {
        self.source.kind()
    }
}

/// Source events that no rule let through; those on a displaced order are no fault of the source.
fn rejected(counts: &[u64]) -> u64 {
    counts.iter().skip(ApplyStatus::Tape as usize + 1).sum()
}

fn rejected_by_status(counts: &[u64]) -> Value {
    let rejected = counts
        .iter()
        .enumerate()
        .skip(ApplyStatus::Tape as usize + 1);
    let named = rejected.filter(|(_, n)| **n > 0).filter_map(|(raw, n)| {
        let status = ApplyStatus::from_raw(raw as u32)?;
        Some((status.name().to_owned(), json!(n)))
    });
    Value::Object(named.collect())
}

/// `DailyLoss` becomes `daily_loss`: names of the schema as answers and notices write them.
pub(crate) fn snake_name(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 4);
    for (at, letter) in name.char_indices() {
        if at > 0 && letter.is_ascii_uppercase() {
            out.push('_');
        }
        out.push(letter.to_ascii_lowercase());
    }
    out
}
