//! The whole state of a session as bytes, and back. In: a session that is not inside a quantum's
//! source events, and what the storms' code keeps. Out: a session that goes on as the one it was.
//!
//! Frames that wait, latencies, subscriptions and the run's log are not state: a session that is
//! resumed shows and records nothing until it is told to.

mod container;
#[cfg(test)]
mod crafted;
mod place;
mod state;

use wavetank_abi::ABI_HASH;
use wavetank_book::{RunDigest, load, save};
use wavetank_flow::Baselines;
use wavetank_resolve::Resolver;

use crate::config::Config;
use crate::error::{Code, Result, SessionError};
use crate::latency::{Clock, Latency};
use crate::quantum::Phase;
use crate::run::RunFacts;
use crate::session::{MarketBook, Session};
use crate::source::Source;
use crate::watch::WatchSet;

pub use container::{CheckpointHead, checkpoint_head};
use container::{PARTS, read, write};
use state::SessionState;
pub(crate) use state::{decode, encode};

/// Bytes that are kept of one storm's code: its state, 64 KiB at most, and the answers to its last step.
pub const STORM_STATE_MAX: usize = 192 << 10;

/// A session that goes on from a checkpoint, and the state of its storms' code by storm.
pub struct Resumed {
    /// The session, where it was.
    pub session: Session,
    /// What `checkpoint` was given.
    pub storm_states: Vec<(u32, Vec<u8>)>,
    /// The run that was being recorded: `resume_run` records on.
    pub run: Option<RunFacts>,
}

pub(crate) fn unsound(part: &str) -> SessionError {
    let detail = format!("its part \"{part}\" is whole, but no session was ever in that state");
    SessionError::new(Code::CheckpointInvalid, detail)
}

impl Session {
    /// Appends the state. A quantum may be held: before its returns, or when only its close is left.
    pub fn checkpoint(&mut self, states: &[(u32, &[u8])], out: &mut Vec<u8>) -> Result<()> {
        if matches!(self.phase, Phase::Source(_)) {
            let detail = "a checkpoint was asked for in the middle of a quantum";
            return Err(SessionError::new(Code::PhaseWrong, detail));
        }
        if let Some((id, state)) = states.iter().find(|(_, s)| s.len() > STORM_STATE_MAX) {
            let detail = format!(
                "storm {id} keeps {} bytes, expected at most {STORM_STATE_MAX}",
                state.len()
            );
            return Err(SessionError::new(Code::StormStateLarge, detail));
        }
        self.observer.watch.analyse();
        let head = CheckpointHead {
            abi_hash: ABI_HASH,
            source_digest: self.source.digest(),
            seq: self.resolver.seq(),
            ts_run_ns: self.held().unwrap_or(self.now_ns),
            source_offset: self.source.offset(),
        };
        let mut parts = [const { Vec::new() }; PARTS.len()];
        let [session, source, book, law, usual, watch, risk, storms] = &mut parts;
        encode(&SessionState::of(self), session)?;
        encode(&self.source.state(), source)?;
        save(self.resolver.book(), book);
        encode(&self.resolver.state(), law)?;
        self.observer.baselines.save(usual);
        self.observer.watch.save(watch)?;
        encode(&self.risk, risk)?;
        encode(&states, storms)?;
        write(&head, &parts, out);
        Ok(())
    }

    /// A session that goes on from a checkpoint over the source that it was taken of. Symbols that
    /// the configuration names and the checkpoint does not are watched from here on.
    pub fn resume(
        config: Config,
        source: Source,
        clock: Box<dyn Clock>,
        bytes: &[u8],
    ) -> Result<Resumed> {
        let (head, parts) = read(bytes)?;
        let [session, place, book, law, usual, watch, risk, storms] = parts;
        if head.source_digest != source.digest() {
            let detail = format!(
                "it is of source {:016x}, this is {:016x}",
                head.source_digest,
                source.digest()
            );
            return Err(SessionError::new(Code::CheckpointForeign, detail));
        }
        let symbols = config.symbols.clone();
        let mut resumed = Self::blank(config, source, Latency::new(clock));
        resumed.source.restore(decode(place, "source")?)?;
        resumed.resolver = resolver(book, law)?;
        resumed.observer.baselines = baselines(usual)?;
        resumed.observer.watch = WatchSet::load(watch)?;
        resumed.risk = decode(risk, "risk")?;
        let run = decode::<SessionState>(session, "session")?.fill(&mut resumed)?;
        if resumed.resolver.seq() != head.seq {
            return Err(unsound("law"));
        }
        resumed.watch_more(symbols)?;
        Ok(Resumed {
            session: resumed,
            storm_states: decode(storms, "storms")?,
            run,
        })
    }

    /// Leaves the source to another session over it.
    pub fn into_source(self) -> Source {
        self.source
    }
}

fn resolver(mut book: &[u8], law: &[u8]) -> Result<Resolver<MarketBook>> {
    let mut market = MarketBook::default();
    let injected = load(&mut book, &mut market).filter(|_| book.is_empty());
    let injected = injected.ok_or_else(|| unsound("book"))?;
    let state = decode(law, "law")?;
    Resolver::restore(market, injected, &state).ok_or_else(|| unsound("law"))
}

fn baselines(mut usual: &[u8]) -> Result<Baselines> {
    let baselines = Baselines::load(&mut usual).filter(|_| usual.is_empty());
    baselines.ok_or_else(|| unsound("usual"))
}

/// The chain where it stood.
fn chain(digest: u64) -> RunDigest {
    RunDigest(digest)
}
