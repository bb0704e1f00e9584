//! The risk gates of a session's targets, by name. In: requests as JSON, marks at ticks, feed gaps.
//! Out: decisions, and a Risk frame whenever a gate's state changed and otherwise once a second.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use wavetank_abi::{FrameKind, FramePrefix, RiskFrame, RiskState, Side, Stage, frame_flags};
use wavetank_book::Book;
use wavetank_risk::{Limits, OrderIntent, RiskGate, RiskStatus};

use crate::error::{Code, Result, SessionError};
use crate::session::Session;
use crate::status::snake_name;

/// Targets with a gate at once.
const TARGETS_MAX: usize = 16;
/// Longest name of a target: the field of the frame.
const NAME_BYTES: usize = 32;

/// Gates by target.
#[derive(Default, Serialize, Deserialize)]
pub struct RiskDesk {
    gates: BTreeMap<String, Entry>,
    parse_errors: u64,
}

#[derive(Serialize, Deserialize)]
struct Entry {
    gate: RiskGate,
    /// Instrument that its frames speak of: the last one asked for.
    instrument: u32,
    shown: Option<RiskStatus>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Ask {
    target: Option<String>,
    symbol: Option<String>,
    side: Option<String>,
    price: Option<u64>,
    qty: Option<u64>,
    order_id: Option<Value>,
    #[serde(default)]
    done: bool,
}

fn invalid(detail: impl Into<String>) -> SessionError {
    SessionError::new(Code::RiskInvalid, detail)
}

fn need<T>(value: Option<T>, name: &str) -> Result<T> {
    value.ok_or_else(|| invalid(format!("{name} is missing")))
}

impl Ask {
    fn target(&self) -> &str {
        self.target.as_deref().unwrap_or("default")
    }

    fn order_id(&self) -> Result<u64> {
        let given = need(self.order_id.as_ref(), "order_id")?;
        let id = given.as_u64().or_else(|| given.as_str()?.parse().ok());
        id.ok_or_else(|| {
            invalid(format!(
                "order_id is {given}, expected an unsigned 64-bit number"
            ))
        })
    }

    fn side(&self) -> Result<Side> {
        match need(self.side.as_deref(), "side")? {
            "buy" | "bid" => Ok(Side::Bid),
            "sell" | "ask" => Ok(Side::Ask),
            other => Err(invalid(format!(
                "side is \"{other}\", expected buy or sell"
            ))),
        }
    }
}

impl RiskDesk {
    /// Does something at a target's gate, which is made where there is none; a failure makes none.
    fn at<T>(&mut self, target: &str, act: impl FnOnce(&mut Entry) -> Result<T>) -> Result<T> {
        let fresh = !self.gates.contains_key(target);
        let done = act(self.entry(target)?);
        if fresh && done.is_err() {
            self.gates.remove(target);
        }
        done
    }

    fn entry(&mut self, target: &str) -> Result<&mut Entry> {
        check_name(target)?;
        if !self.gates.contains_key(target) && self.gates.len() >= TARGETS_MAX {
            return Err(invalid(format!(
                "{TARGETS_MAX} targets have a gate, which is the most"
            )));
        }
        Ok(self
            .gates
            .entry(target.to_owned())
            .or_insert_with(|| Entry {
                gate: RiskGate::new(Limits::default()),
                instrument: 0,
                shown: None,
            }))
    }

    /// How a target's gate stands; one that was never asked stands as a new one.
    fn status(&self, target: &str, instrument: Option<u32>) -> Result<RiskStatus> {
        check_name(target)?;
        Ok(match self.gates.get(target) {
            Some(entry) => entry.gate.status(instrument.unwrap_or(entry.instrument)),
            None => RiskGate::new(Limits::default()).status(0),
        })
    }

    /// Gates go on in another timeline. Over another source their instruments mean nothing: then
    /// those that were latched stay closed, killed until a reset, and the others begin anew.
    pub fn adopt(&mut self, from: &Self, same_source: bool, now_ns: u64) {
        for (target, old) in &from.gates {
            let latched = old.gate.status(old.instrument).state != RiskState::Armed;
            if !same_source && !latched {
                continue;
            }
            let Ok(entry) = self.entry(target) else {
                continue;
            };
            if same_source {
                (entry.gate, entry.instrument) = (old.gate.clone(), old.instrument);
                entry.gate.start_timeline(now_ns);
            } else {
                entry.gate.kill();
            }
        }
    }
}

fn check_name(target: &str) -> Result<()> {
    if target.is_empty() || target.len() > NAME_BYTES {
        return Err(invalid(format!(
            "target has {} bytes, expected 1 to {NAME_BYTES}",
            target.len()
        )));
    }
    Ok(())
}

/// What a request other than a check does to a gate; an error did nothing.
fn change(gate: &mut RiskGate, verb: &str, ask: &Ask) -> Result<()> {
    let fill = |gate: &mut RiskGate, qty, price, done| {
        let filled = gate.fill(ask.order_id()?, qty, price, done);
        filled.map_err(|e| invalid(e.text()))
    };
    match verb {
        "fill" => {
            let (qty, price) = (need(ask.qty, "qty")?, need(ask.price, "price")?);
            fill(gate, qty, price, ask.done)?;
        }
        "cancel" => fill(gate, 0, 0, true)?,
        "kill" => gate.kill(),
        "reset" => gate.reset(),
        "start-of-day" => gate.start_of_day().map_err(|e| {
            invalid(format!(
                "instrument {} is held and has no mid",
                e.instrument_id
            ))
        })?,
        _ => return Err(invalid(format!("no risk request \"{verb}\""))),
    }
    Ok(())
}

fn mid_x2(book: &impl Book, instrument: u32) -> Option<u64> {
    Some(book.best(instrument, Side::Bid)?.price + book.best(instrument, Side::Ask)?.price)
}

impl Session {
    /// Serves `check`, `fill`, `cancel`, `kill`, `start-of-day`, `reset` and `status`.
    pub(crate) fn control_risk(&mut self, verb: &str, params: Value) -> Result<Value> {
        let ask: Ask =
            serde_json::from_value(params.clone()).map_err(|e| invalid(e.to_string()))?;
        let started = self.latency.start();
        let answer = self.risk_verb(verb, &ask)?;
        self.latency.stop(Stage::Risk, started, 1);
        self.show_risk(verb != "check" && verb != "status");
        if verb != "status" {
            self.note(
                &format!("risk.{verb}"),
                &json!({ "asked": params, "answer": answer }),
            )?;
        }
        Ok(answer)
    }

    /// Does again what a run's log holds of a gate, and notes nothing. A gate that cannot follow its
    /// past is killed.
    pub(crate) fn repeat_risk(&mut self, verb: &str, asked: Value) -> Result<()> {
        let ask: Ask = serde_json::from_value(asked).map_err(|e| invalid(e.to_string()))?;
        if self.risk_verb(verb, &ask).is_err() {
            self.risk.entry(ask.target())?.gate.kill();
        }
        self.show_risk(true);
        Ok(())
    }

    fn risk_verb(&mut self, verb: &str, ask: &Ask) -> Result<Value> {
        let target = ask.target();
        let now_ns = self.now_ns;
        if verb == "check" {
            return self.risk_check(target, ask);
        }
        let instrument = ask
            .symbol
            .as_deref()
            .map(|s| self.instrument_of(s))
            .transpose()?;
        if verb == "status" {
            let status = self.risk.status(target, instrument)?;
            return Ok(status_json(target, &status, now_ns));
        }
        self.risk.at(target, |entry| {
            change(&mut entry.gate, verb, ask)?;
            entry.instrument = instrument.unwrap_or(entry.instrument);
            let status = entry.gate.status(entry.instrument);
            Ok(status_json(target, &status, now_ns))
        })
    }

    fn risk_check(&mut self, target: &str, ask: &Ask) -> Result<Value> {
        let instrument = self.instrument_of(need(ask.symbol.as_deref(), "symbol")?)?;
        let intent = OrderIntent {
            order_id: ask.order_id()?,
            instrument_id: instrument,
            side: ask.side()?,
            price: need(ask.price, "price")?,
            qty: need(ask.qty, "qty")?,
        };
        let mark_x2 = mid_x2(self.resolver.book(), instrument);
        let now_ns = self.now_ns;
        let entry = self.risk.entry(target)?;
        entry.instrument = instrument;
        let decision = entry.gate.check(&intent, now_ns, mark_x2);
        let mut answer = status_json(target, &entry.gate.status(instrument), now_ns);
        answer["allowed"] = json!(decision.allowed);
        answer["reason"] = json!(decision.reason.text());
        answer["refused_by"] = json!(snake_name(decision.guard.name()));
        Ok(answer)
    }

    /// The feed had a gap at every gate: an engine died and another one goes on.
    pub(crate) fn risk_gap(&mut self) {
        let now_ns = self.now_ns;
        for entry in self.risk.gates.values_mut() {
            entry.gate.gap(now_ns);
        }
        self.show_risk(true);
    }

    /// At a tick: positions are marked, parser gaps are told.
    pub(crate) fn mark_risk(&mut self, now_ns: u64, second: bool) {
        let errors = self.source.parse_counters().map_or(0, |c| c.errors);
        let gaps = errors.saturating_sub(std::mem::replace(&mut self.risk.parse_errors, errors));
        if self.risk.gates.is_empty() {
            return;
        }
        let book = self.resolver.book();
        for entry in self.risk.gates.values_mut() {
            entry.gate.mark(now_ns, |id| mid_x2(book, id));
            (0..gaps.min(64)).for_each(|_| entry.gate.gap(now_ns));
        }
        self.show_risk(second);
    }

    /// Frames of the gates that changed: their state at once, everything else when `all`.
    fn show_risk(&mut self, all: bool) {
        let prefix = self.prefix(FrameKind::Risk, 0, self.now_ns);
        for (target, entry) in &mut self.risk.gates {
            let status = entry.gate.status(entry.instrument);
            let latch = |s: RiskStatus| (s.state, s.guard);
            let changed = if all {
                entry.shown != Some(status)
            } else {
                entry.shown.map(latch) != Some(latch(status))
            };
            if changed {
                entry.shown = Some(status);
                let symbol = self.source.symbol(entry.instrument);
                let frame = frame(&prefix, entry.instrument, symbol, target, &status);
                self.observer.outbox.record(&frame);
            }
        }
    }
}

fn frame(
    prefix: &FramePrefix,
    instrument: u32,
    symbol: [u8; 8],
    target: &str,
    status: &RiskStatus,
) -> RiskFrame {
    let mut name = [0; NAME_BYTES];
    name[..target.len()].copy_from_slice(target.as_bytes());
    RiskFrame {
        frame_kind: prefix.frame_kind,
        frame_flags: prefix.frame_flags | frame_flags::RECORD,
        instrument_id: instrument,
        seq: prefix.seq,
        ts_run_ns: prefix.ts_run_ns,
        ts_event_ns: prefix.ts_event_ns,
        symbol,
        position: status.position,
        working_buy: status.working_buy,
        working_sell: status.working_sell,
        pnl: status.pnl.unwrap_or(0),
        checks: status.checks,
        refused: status.refused,
        target: name,
        state: status.state as u8,
        guard: status.guard as u8,
        reserved: 0,
        gaps: status.gaps,
    }
}

fn status_json(target: &str, status: &RiskStatus, now_ns: u64) -> Value {
    json!({
        "target": target,
        "state": snake_name(status.state.name()),
        "guard": snake_name(status.guard.name()),
        "position": status.position,
        "working_buy": status.working_buy,
        "working_sell": status.working_sell,
        "pnl": status.pnl,
        "checks": status.checks,
        "refused": status.refused,
        "gaps": status.gaps,
        "ts_run_ns": now_ns,
    })
}
