//! Going to a place of a source that nobody steers: from a checkpoint of plain play, on to a sequence.
//! In: a source, a checkpoint of an index, a place. Out: the session that plain play would be there.
//! It keeps no index and knows no file.

use crate::checkpoint::Resumed;
use crate::config::Config;
use crate::error::{Code, Result, SessionError};
use crate::latency::Clock;
use crate::quantum::{Phase, Stop};
use crate::session::Session;
use crate::source::Source;

/// From so many events before a sequence on, quanta are taken one by one.
const NEAR: u64 = 4096;
/// No quantum ends later.
const FOREVER: u64 = u64::MAX >> 2;

impl Session {
    /// A session that goes on from a checkpoint of plain play.
    pub fn land(
        config: Config,
        source: Source,
        clock: Box<dyn Clock>,
        checkpoint: &[u8],
    ) -> Result<Self> {
        let Resumed { session, .. } = Self::resume(config, source, clock, checkpoint)?;
        if session.storms.next_id() != 1 {
            let detail = "it was taken of a market that saw storms";
            return Err(SessionError::new(Code::CheckpointForeign, detail));
        }
        Ok(session)
    }

    /// Runs plain play to the first quantum end with `seq` behind it, for about `max_work` events.
    /// Beside the reason comes the quantum end of the event before that quantum.
    pub fn advance_to_seq(&mut self, seq: u64, max_work: usize) -> Result<(Stop, u64)> {
        let limit = self.resolver.seq() + max_work.max(1) as u64;
        let mut before_ns = self.now_ns;
        loop {
            let reached = self.resolver.seq();
            if self.phase == Phase::Between && reached >= seq {
                return Ok((Stop::Until, before_ns));
            }
            if reached >= limit {
                return Ok((Stop::Budget, before_ns));
            }
            let far = seq.min(limit).saturating_sub(reached + NEAR);
            let stop = if far > 0 {
                self.advance(FOREVER, far as usize, false)?
            } else {
                let next_ns = self.next_event_ns()?.unwrap_or(FOREVER);
                before_ns = self.now_ns;
                self.advance(next_ns, NEAR as usize, false)?
            };
            if matches!(stop, Stop::Ended | Stop::Full | Stop::Quantum) {
                return Ok((stop, before_ns));
            }
        }
    }

    /// The last sequence.
    pub fn seq(&self) -> u64 {
        self.resolver.seq()
    }
}
