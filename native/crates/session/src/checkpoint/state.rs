//! The session's own part of a checkpoint, and how parts become bytes. Reading is total: what no
//! session ever wrote is refused.

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use wavetank_abi::ViewTrade;

use super::{chain, unsound};
use crate::error::{Code, Result, SessionError};
use crate::instruments::Instruments;
use crate::observer::Print;
use crate::quantum::Phase;
use crate::run::RunFacts;
use crate::session::Session;
use crate::storms::Storms;
use crate::time::{on_grid, quantum_floor};
use wavetank_abi::{QUANTUM_NS, StormPhase};

#[derive(Serialize, Deserialize)]
pub(super) struct SessionState {
    /// The quantum that is held.
    held_ns: Option<u64>,
    returned: bool,
    now_ns: u64,
    ended: bool,
    wound_up: bool,
    symbols: Vec<String>,
    pending: Vec<String>,
    tick_size: Option<u32>,
    run_digest: u64,
    run_ns: u64,
    prints: Vec<PrintState>,
    instruments: Instruments,
    storms: Storms,
    run: Option<RunFacts>,
}

/// Instrument, quantum end, price, quantity, side, flags.
type PrintState = (u32, u64, u64, u64, u32, u32);

impl SessionState {
    pub fn of(session: &Session) -> Self {
        let print = |p: &Print| {
            let t = p.trade;
            (p.instrument, p.run_ns, t.price, t.qty, t.side, t.flags)
        };
        Self {
            held_ns: session.held().ok(),
            returned: session.returned,
            now_ns: session.now_ns,
            ended: session.phase == Phase::Ended,
            wound_up: session.wound_up,
            symbols: session.config.symbols.clone(),
            pending: session.pending.clone(),
            tick_size: session.config.tick_size,
            run_digest: session.observer.digest.value(),
            run_ns: session.observer.run_ns,
            prints: session.observer.prints.iter().map(print).collect(),
            instruments: session.observer.instruments.clone(),
            storms: session.storms.clone(),
            run: session.run_facts().cloned(),
        }
    }

    /// Puts it into a session whose other parts are there.
    /// Returns the run that was being recorded.
    pub fn fill(self, session: &mut Session) -> Result<Option<RunFacts>> {
        if self.tick_size != session.config.tick_size {
            let detail = format!(
                "it has tick_size {:?}, the configuration {:?}",
                self.tick_size, session.config.tick_size
            );
            return Err(SessionError::new(Code::CheckpointForeign, detail));
        }
        if !self.is_sound(session) {
            return Err(unsound("session"));
        }
        session.phase = match (self.held_ns, self.ended) {
            (Some(end), _) => Phase::Held(end),
            (None, true) => Phase::Ended,
            (None, false) => Phase::Between,
        };
        (session.now_ns, session.wound_up) = (self.now_ns, self.wound_up);
        session.returned = self.returned && self.held_ns.is_some();
        (session.pending, session.config.symbols) = (self.pending, self.symbols);
        session.storms = self.storms;
        let observer = &mut session.observer;
        observer.digest = chain(self.run_digest);
        observer.run_ns = self.run_ns;
        observer.prints = self.prints.into_iter().map(print).collect();
        observer.instruments = self.instruments;
        for (slot, watched) in observer.watch.places() {
            observer.instruments.entry(watched).watch = slot + 1;
        }
        Ok(self.run)
    }

    fn is_sound(&self, session: &Session) -> bool {
        let held = self
            .held_ns
            .is_none_or(|end| on_grid(end, QUANTUM_NS) && end > self.now_ns && !self.ended);
        let known = |id| session.resolver.storm_counters(id).is_some();
        let mut open = self.storms.all().filter(|s| s.phase != StormPhase::Closed);
        held && quantum_floor(self.now_ns) == self.now_ns
            && self.now_ns < u64::MAX >> 1
            && self.held_ns.is_none_or(|end| end < u64::MAX >> 1)
            && self.instruments.is_sound()
            && self.storms.is_sound()
            && open.all(|s| known(s.id))
    }
}

fn print((instrument, run_ns, price, qty, side, flags): PrintState) -> Print {
    Print {
        instrument,
        run_ns,
        trade: ViewTrade {
            price,
            qty,
            side,
            flags,
        },
    }
}

/// Appends a value.
pub(crate) fn encode<T: Serialize + ?Sized>(value: &T, out: &mut Vec<u8>) -> Result<()> {
    let bytes = std::mem::take(out);
    *out = postcard::to_extend(value, bytes)
        .map_err(|e| SessionError::new(Code::CheckpointInvalid, e.to_string()))?;
    Ok(())
}

/// A value that takes all of `bytes`.
pub(crate) fn decode<T: DeserializeOwned>(bytes: &[u8], part: &str) -> Result<T> {
    match postcard::take_from_bytes(bytes) {
        Ok((value, [])) => Ok(value),
        _ => Err(unsound(part)),
    }
}
