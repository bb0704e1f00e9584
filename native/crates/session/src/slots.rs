//! Storms in their slots: start, view, inject, end. In: specifications and intents. Out: events of
//! the resolver, Storm frames. What a kind does is not known here.

use wavetank_abi::{
    Event, FrameKind, FramePrefix, IntentAnswer, Side, StormCause, StormPhase, ViewHeader,
    frame_flags,
};
use wavetank_book::Book;
use wavetank_resolve::StormCounters;

use crate::error::{Code, Result, SessionError};
use crate::instruments::TRADING;
use crate::session::Session;
use crate::storm::{Intensity, NOT_MEASURED, Storm, StormBaseline, StormSpec};
use crate::storms::derived_seed;
use crate::view::write_view;

/// What a storm's slot begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    /// The storm ended here.
    Ended,
    /// Trading is halted: the storm waits.
    Suspended,
    /// Bytes of its view.
    View(usize),
}

/// Intents a storm may emit in one step.
pub const INTENTS_MAX: usize = 4096;

impl Session {
    /// Starts a storm at the quantum end that is held, or while none is, at the last one. Without a
    /// seed it gets one from the run seed. Returns its id.
    pub fn start_storm(&mut self, spec: StormSpec, seeded: bool) -> Result<u32> {
        let now_ns = self.control_ns()?;
        spec.check()?;
        if self.exhausted(now_ns) {
            let detail = "the source has ended; open one again";
            return Err(SessionError::new(Code::SourceEnded, detail));
        }
        self.check_trading(spec.instrument)?;
        self.storms.check_conflict(&spec)?;
        let baseline = self.baseline(spec.instrument, now_ns)?;
        self.watch(spec.instrument, true)?;
        let mut spec = spec;
        if !seeded {
            spec.seed = self.next_storm_seed();
        }
        let (instrument, half_life_ms) = (spec.instrument, spec.half_life_ms);
        let seq = self.resolver.seq();
        let id = self.storms.start(spec, baseline, now_ns, seq);
        self.resolver.begin(id, instrument, half_life_ms);
        self.storm_frame(id, now_ns);
        Ok(id)
    }

    fn baseline(&self, instrument: u32, now_ns: u64) -> Result<StormBaseline> {
        let usual = self
            .observer
            .baselines
            .get(instrument, now_ns, self.resolver.book());
        let Some(usual) = usual else {
            let detail = "the instrument has traded for less than a second";
            return Err(SessionError::new(Code::StormNoBaseline, detail));
        };
        Ok(StormBaseline {
            rate_milli: usual.rate_milli,
            bid_depth: usual.bid_depth,
            ask_depth: usual.ask_depth,
            spread: usual.spread,
        })
    }

    fn check_trading(&self, instrument: u32) -> Result<()> {
        let state = self.observer.instruments.get(instrument).trading_state;
        if state == TRADING {
            return Ok(());
        }
        let symbol = self.source.symbol(instrument);
        let detail = format!(
            "{} is in trading state {}, expected T",
            crate::source::text(&symbol),
            char::from(state)
        );
        Err(SessionError::new(Code::StormHalted, detail))
    }

    /// Asks a storm to end: in its slot of the quantum that is held, or while none is, at once.
    pub fn stop_storm(&mut self, id: u32, cause: StormCause) -> Result<()> {
        let now_ns = self.control_ns()?;
        self.running(id)?;
        if self.between() {
            self.end_storm(id, cause, now_ns);
        } else if let Some(storm) = self.storms.get_mut(id) {
            storm.end_asked = Some(cause);
        }
        Ok(())
    }

    /// Ends a storm in its slot because its code failed.
    pub fn abort_storm(&mut self, id: u32) -> Result<()> {
        let now_ns = self.control_ns()?;
        self.running(id)?;
        self.end_storm(id, StormCause::Aborted, now_ns);
        Ok(())
    }

    /// The seed that the next storm has when it is given none.
    pub fn next_storm_seed(&self) -> u64 {
        derived_seed(self.config.seed, self.storms.next_id())
    }

    /// Best bid and ask of a running storm's instrument as they stand now, 0 for an empty side.
    pub fn storm_touch(&self, id: u32) -> Result<(u64, u64)> {
        let instrument = self.running(id)?.spec.instrument;
        let best = |side| self.resolver.book().best(instrument, side);
        let price = |side| best(side).map_or(0, |level| level.price);
        Ok((price(Side::Bid), price(Side::Ask)))
    }

    /// What a running storm says of itself, for its next frames.
    pub fn set_intensity(&mut self, id: u32, intensity: Intensity) -> Result<()> {
        self.running(id)?;
        if let Some(storm) = self.storms.get_mut(id) {
            storm.intensity = intensity;
        }
        Ok(())
    }

    fn running(&self, id: u32) -> Result<&Storm> {
        let storm = self
            .storms
            .get(id)
            .filter(|s| s.phase == StormPhase::Running);
        storm.ok_or_else(|| {
            SessionError::new(Code::StormUnknown, format!("no storm {id} is running"))
        })
    }

    /// A storm's slot: writes what it sees, or ends it there.
    pub fn view(&mut self, id: u32, out: &mut [u8]) -> Result<Slot> {
        let end = self.held()?;
        let Ok(storm) = self.running(id) else {
            return Ok(Slot::Ended);
        };
        if let Some(cause) = storm.due(end) {
            self.end_storm(id, cause, end);
            return Ok(Slot::Ended);
        }
        let (instrument, baseline) = (storm.spec.instrument, storm.baseline);
        let state = self.observer.instruments.get(instrument).trading_state;
        if state != TRADING {
            return Ok(Slot::Suspended);
        }
        let header = ViewHeader {
            ts_ns: end,
            instrument_id: instrument,
            tick_size: self.tick_size(instrument),
            trading_state: u32::from(state),
            baseline_rate_milli: baseline.rate_milli,
            baseline_bid_depth: baseline.bid_depth,
            baseline_ask_depth: baseline.ask_depth,
            baseline_spread: baseline.spread,
            displaced_bid: self.resolver.displaced_qty(id, Side::Bid),
            displaced_ask: self.resolver.displaced_qty(id, Side::Ask),
            ..ViewHeader::default()
        };
        let mut own = std::mem::take(&mut self.own);
        own.clear();
        self.resolver.take_own_view(id, &mut own);
        let prints = self.observer.prints.iter();
        let of_quantum = prints.filter(|p| p.instrument == instrument && p.run_ns == end);
        let trades = of_quantum.map(|p| p.trade);
        let written = write_view(out, header, &self.resolver, &own, trades);
        self.own = own;
        written.map(Slot::View).ok_or_else(|| {
            SessionError::new(
                Code::IntentsInvalid,
                "the view buffer is too small for this storm",
            )
        })
    }

    /// Executes a storm's intents in order; each sees the result of the one before.
    pub fn inject(
        &mut self,
        id: u32,
        intents: &[Event],
        answers: &mut Vec<IntentAnswer>,
    ) -> Result<()> {
        let end = self.held()?;
        let instrument = self.running(id)?.spec.instrument;
        if intents.len() > INTENTS_MAX {
            let detail = format!(
                "{} intents in one step, expected at most {INTENTS_MAX}",
                intents.len()
            );
            return Err(SessionError::new(Code::IntentsInvalid, detail));
        }
        if let Some(at) = intents.iter().position(|i| i.instrument_id != instrument) {
            let detail = format!("intent {at} names another instrument than the storm's");
            return Err(SessionError::new(Code::IntentsInvalid, detail));
        }
        for (index, intent) in intents.iter().enumerate() {
            let mut answer = self.resolver.intent(id, end, intent, &mut self.observer);
            answer.index = index as u32;
            answers.push(answer);
        }
        Ok(())
    }

    pub(crate) fn end_storm(&mut self, id: u32, cause: StormCause, now_ns: u64) {
        let Some(half_life_ms) = self.storms.get(id).map(|s| s.spec.half_life_ms) else {
            return;
        };
        self.resolver
            .end(id, half_life_ms, now_ns, &mut self.observer);
        let seq = self.resolver.seq();
        self.refresh(id);
        if let Some(storm) = self.storms.get_mut(id) {
            (storm.cause, storm.ended_ns, storm.end_seq) = (cause, now_ns, seq);
            storm.intensity = Intensity {
                asked_ppm: 0,
                realised_ppm: NOT_MEASURED,
            };
            storm.phase = if storm.displaced_qty > 0 {
                StormPhase::Returning
            } else {
                StormPhase::Closed
            };
        }
        self.storm_frame(id, now_ns);
        self.resolver.forget(id);
    }

    /// After returns: storms to which nothing is owed any more are closed.
    pub(crate) fn settle_storms(&mut self, now_ns: u64) {
        for id in self.storms.open_ids() {
            self.refresh(id);
            let done = |s: &&mut Storm| s.phase == StormPhase::Returning && s.displaced_qty == 0;
            if let Some(storm) = self.storms.get_mut(id).filter(done) {
                storm.phase = StormPhase::Closed;
                self.storm_frame(id, now_ns);
                self.resolver.forget(id);
            }
        }
    }

    /// Frames of all storms that are not closed: their progress.
    pub(crate) fn storm_progress(&mut self, now_ns: u64) {
        for id in self.storms.open_ids() {
            self.refresh(id);
            self.storm_frame(id, now_ns);
        }
    }

    fn refresh(&mut self, id: u32) {
        let counters: Option<StormCounters> = self.resolver.storm_counters(id);
        let sides = [Side::Bid, Side::Ask];
        let displaced = sides
            .iter()
            .map(|&side| self.resolver.displaced_qty(id, side))
            .sum();
        if let Some(storm) = self.storms.get_mut(id) {
            storm.counters = counters.unwrap_or(storm.counters);
            storm.displaced_qty = displaced;
        }
    }

    fn storm_frame(&mut self, id: u32, now_ns: u64) {
        let Some(storm) = self.storms.get(id) else {
            return;
        };
        let prefix = self.prefix(FrameKind::Storm, storm.spec.instrument, now_ns);
        let frame = storm.frame(&FramePrefix {
            frame_flags: prefix.frame_flags | frame_flags::RECORD,
            ..prefix
        });
        self.observer.outbox.record(&frame);
    }
}
