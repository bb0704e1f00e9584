//! One storm's bookkeeping: what was asked, where it stands, what it has done. It emits nothing and
//! resolves nothing.

use serde::{Deserialize, Serialize};
use wavetank_abi::{
    FramePrefix, RECOVERY_HALF_LIFE_MS, SEVERITY_ONE, STORM_DURATION_MAX_MS, STORM_DURATION_MIN_MS,
    StormCause, StormFrame, StormPhase,
};
use wavetank_resolve::StormCounters;

use crate::error::{Code, Result, SessionError};
use crate::status::snake_name;
use crate::time::MS_NS;

/// Bounds of the half-life of returning quantity, ms.
const HALF_LIFE_MS: std::ops::RangeInclusive<u32> = 1..=600_000;

/// What is asked of a storm.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StormSpec {
    /// Number of the kind.
    pub kind: u16,
    /// Name of the kind.
    pub kind_name: String,
    /// Severity, ppm.
    pub severity_ppm: u32,
    /// Duration, ms.
    pub duration_ms: u32,
    /// Its seed.
    pub seed: u64,
    /// Instrument that it acts on.
    pub instrument: u32,
    /// Half-life of the quantity that returns, ms.
    pub half_life_ms: u32,
}

impl StormSpec {
    /// Refuses what is out of range; nothing is clamped.
    pub fn check(&self) -> Result<()> {
        if self.severity_ppm > SEVERITY_ONE {
            let detail = format!(
                "severity is {} ppm, expected 0 to {SEVERITY_ONE}",
                self.severity_ppm
            );
            return Err(SessionError::new(Code::StormBadSeverity, detail));
        }
        if !(STORM_DURATION_MIN_MS..=STORM_DURATION_MAX_MS).contains(&self.duration_ms) {
            let detail = format!(
                "duration_ms is {}, expected {STORM_DURATION_MIN_MS} to {STORM_DURATION_MAX_MS}",
                self.duration_ms
            );
            return Err(SessionError::new(Code::StormBadDuration, detail));
        }
        if !HALF_LIFE_MS.contains(&self.half_life_ms) {
            let detail = format!(
                "recovery_half_life_ms is {}, expected {} to {}; default {RECOVERY_HALF_LIFE_MS}",
                self.half_life_ms,
                HALF_LIFE_MS.start(),
                HALF_LIFE_MS.end()
            );
            return Err(SessionError::new(Code::StormBadParam, detail));
        }
        Ok(())
    }
}

/// Medians of the ten seconds before a storm started.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StormBaseline {
    /// Events per 1000 s.
    pub rate_milli: u64,
    /// Ten-level bid depth, shares.
    pub bid_depth: u64,
    /// Ten-level ask depth, shares.
    pub ask_depth: u64,
    /// Spread, 1/10000 dollar.
    pub spread: u64,
}

/// What is asked of a storm at this moment, and what it has reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Intensity {
    /// Severity, its ramp included, ppm.
    pub asked_ppm: u32,
    /// Effect, ppm of what severity 1 does at its height; `NOT_MEASURED` when nobody said.
    pub realised_ppm: u32,
}

/// Null value of `realised_ppm`.
pub const NOT_MEASURED: u32 = u32::MAX;

/// One storm.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Storm {
    /// 1, 2, … in order of start.
    pub id: u32,
    /// What was asked.
    pub spec: StormSpec,
    /// What was normal before.
    pub baseline: StormBaseline,
    /// Where it stands.
    pub phase: StormPhase,
    /// Why it ended.
    pub cause: StormCause,
    /// Asked to end in its next slot, and why.
    pub end_asked: Option<StormCause>,
    /// Virtual start.
    pub started_ns: u64,
    /// Virtual end.
    pub ended_ns: u64,
    /// Last sequence before it.
    pub start_seq: u64,
    /// Last sequence of its slot at its end.
    pub end_seq: u64,
    /// What it did, kept after the resolver forgot it.
    pub counters: StormCounters,
    /// Shares displaced, left to return.
    pub displaced_qty: u64,
    /// What its code says of itself.
    pub intensity: Intensity,
}

impl Storm {
    /// Virtual end at the latest.
    pub fn expires_ns(&self) -> u64 {
        self.started_ns + u64::from(self.spec.duration_ms) * MS_NS
    }

    /// Why it must end in its slot at `now_ns`, if it must.
    pub fn due(&self, now_ns: u64) -> Option<StormCause> {
        let expired = (now_ns >= self.expires_ns()).then_some(StormCause::Expired);
        self.end_asked.or(expired)
    }

    /// Its frame; the prefix is the caller's.
    pub fn frame(&self, prefix: &FramePrefix) -> StormFrame {
        let mut kind_name = [0; 32];
        let name = self.spec.kind_name.as_bytes();
        let length = name.len().min(kind_name.len());
        kind_name[..length].copy_from_slice(&name[..length]);
        StormFrame {
            frame_kind: prefix.frame_kind,
            frame_flags: prefix.frame_flags,
            instrument_id: prefix.instrument_id,
            seq: prefix.seq,
            ts_run_ns: prefix.ts_run_ns,
            ts_event_ns: prefix.ts_event_ns,
            symbol: prefix.symbol,
            seed: self.spec.seed,
            started_ts_ns: self.started_ns,
            expires_ts_ns: self.expires_ns(),
            start_seq: self.start_seq,
            end_seq: self.end_seq,
            events: self.counters.events,
            taken_qty: self.counters.taken_qty,
            withdrawn_qty: self.counters.withdrawn_qty,
            placed_qty: self.counters.placed_qty,
            displaced_qty: self.displaced_qty,
            storm_id: self.id,
            severity_ppm: self.spec.severity_ppm,
            duration_ms: self.spec.duration_ms,
            kind: self.spec.kind,
            phase: self.phase as u8,
            cause: self.cause as u8,
            kind_name,
            asked_ppm: self.intensity.asked_ppm,
            realised_ppm: self.intensity.realised_ppm,
        }
    }

    /// Its state for people and for run files.
    pub fn report(&self, symbol: String) -> StormReport {
        let ended = self.phase != StormPhase::Running;
        StormReport {
            id: self.id,
            kind: self.spec.kind_name.clone(),
            severity: share(self.spec.severity_ppm),
            duration_ms: self.spec.duration_ms,
            seed: self.spec.seed.to_string(),
            symbol,
            instrument: self.spec.instrument,
            phase: snake_name(self.phase.name()),
            cause: ended.then(|| snake_name(self.cause.name())),
            started_at_ms: self.started_ns / MS_NS,
            expires_at_ms: self.expires_ns() / MS_NS,
            ended_at_ms: ended.then_some(self.ended_ns / MS_NS),
            start_seq: self.start_seq,
            end_seq: ended.then_some(self.end_seq),
            events: self.counters.events,
            taken_qty: self.counters.taken_qty,
            withdrawn_qty: self.counters.withdrawn_qty,
            placed_qty: self.counters.placed_qty,
            displaced_qty: self.displaced_qty,
            asked: share(self.intensity.asked_ppm),
            realised: (self.intensity.realised_ppm != NOT_MEASURED)
                .then(|| share(self.intensity.realised_ppm)),
        }
    }
}

fn share(ppm: u32) -> f64 {
    f64::from(ppm) / f64::from(SEVERITY_ONE)
}

/// A storm as status answers and run files show it.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct StormReport {
    pub id: u32,
    pub kind: String,
    pub severity: f64,
    pub duration_ms: u32,
    pub seed: String,
    pub symbol: String,
    pub instrument: u32,
    pub phase: String,
    pub cause: Option<String>,
    pub started_at_ms: u64,
    pub expires_at_ms: u64,
    pub ended_at_ms: Option<u64>,
    pub start_seq: u64,
    pub end_seq: Option<u64>,
    pub events: u64,
    pub taken_qty: u64,
    pub withdrawn_qty: u64,
    pub placed_qty: u64,
    pub displaced_qty: u64,
    pub asked: f64,
    pub realised: Option<f64>,
}
