//! All storms of a session: ids, seeds, who is active, which flag scores against whom.

use serde::{Deserialize, Serialize};
use wavetank_abi::{Detector, StormCause, StormKind, StormPhase};
use wavetank_synth::philox::philox4x32;

use crate::error::{Code, Result, SessionError};
use crate::storm::{Intensity, NOT_MEASURED, Storm, StormBaseline, StormSpec};
use crate::time::SECOND_NS;

/// Closed storms kept for status answers and scoring.
const CLOSED_MAX: usize = 1024;
/// A flag this long after a storm's end still counts as its hit.
const SCORE_AFTER_NS: u64 = 2 * SECOND_NS;
/// Purpose word of the generator that derives missing seeds.
const SEED_PURPOSE: u32 = 0x5EED;

/// The storms of a session, in order of id.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Storms {
    list: Vec<Storm>,
    last_id: u32,
}

/// The seed of a storm that was given none: a function of the run seed and its ordinal.
pub fn derived_seed(run_seed: u64, ordinal: u32) -> u64 {
    let key = [run_seed as u32, (run_seed >> 32) as u32];
    let words = philox4x32([ordinal, SEED_PURPOSE, 0, 0], key);
    u64::from(words[0]) | u64::from(words[1]) << 32
}

impl Storms {
    /// The id that the next storm will have.
    pub fn next_id(&self) -> u32 {
        self.last_id + 1
    }

    /// Refuses a second storm of a kind on an instrument.
    pub fn check_conflict(&self, spec: &StormSpec) -> Result<()> {
        let twin = self
            .running()
            .find(|s| s.spec.kind == spec.kind && s.spec.instrument == spec.instrument);
        match twin {
            None => Ok(()),
            Some(storm) => Err(SessionError::new(
                Code::StormConflict,
                format!(
                    "storm {} of kind {} runs on this symbol",
                    storm.id, spec.kind_name
                ),
            )),
        }
    }

    /// Starts a storm that was checked; returns its id.
    pub fn start(
        &mut self,
        spec: StormSpec,
        baseline: StormBaseline,
        now_ns: u64,
        seq: u64,
    ) -> u32 {
        self.last_id += 1;
        self.prune();
        // Nothing is asked before its first slot.
        let intensity = Intensity {
            asked_ppm: 0,
            realised_ppm: NOT_MEASURED,
        };
        self.list.push(Storm {
            id: self.last_id,
            spec,
            baseline,
            phase: StormPhase::Running,
            cause: StormCause::None,
            end_asked: None,
            started_ns: now_ns,
            ended_ns: 0,
            start_seq: seq,
            end_seq: 0,
            counters: Default::default(),
            displaced_qty: 0,
            intensity,
        });
        self.last_id
    }

    fn prune(&mut self) {
        let closed = |s: &Storm| s.phase == StormPhase::Closed;
        if self.list.len() >= CLOSED_MAX
            && let Some(at) = self.list.iter().position(closed)
        {
            self.list.remove(at);
        }
    }

    /// Ids ascend, each was given, and what was asked of each may be asked.
    pub(crate) fn is_sound(&self) -> bool {
        let ascend = self.list.windows(2).all(|two| two[0].id < two[1].id);
        let last = self.list.last().map_or(0, |s| s.id);
        ascend && last <= self.last_id && self.list.iter().all(|s| s.spec.check().is_ok())
    }

    /// A storm by id.
    pub fn get(&self, id: u32) -> Option<&Storm> {
        self.list.iter().find(|s| s.id == id)
    }

    /// A storm by id, to change.
    pub fn get_mut(&mut self, id: u32) -> Option<&mut Storm> {
        self.list.iter_mut().find(|s| s.id == id)
    }

    /// All that are kept, in order of id.
    pub fn all(&self) -> impl Iterator<Item = &Storm> {
        self.list.iter()
    }

    /// Those that emit intents.
    pub fn running(&self) -> impl Iterator<Item = &Storm> {
        self.list.iter().filter(|s| s.phase == StormPhase::Running)
    }

    /// Ids of those that are not closed.
    pub fn open_ids(&self) -> Vec<u32> {
        let open = self.list.iter().filter(|s| s.phase != StormPhase::Closed);
        open.map(|s| s.id).collect()
    }

    /// Some storm emits intents.
    pub fn any_running(&self) -> bool {
        self.running().next().is_some()
    }

    /// Storms running on an instrument.
    pub fn running_on(&self, instrument: u32) -> usize {
        self.running()
            .filter(|s| s.spec.instrument == instrument)
            .count()
    }

    /// The storm that a flag scores against: the first one of a matching kind whose time it falls in.
    pub fn truth(&self, detector: Detector, instrument: u32, now_ns: u64) -> Option<&Storm> {
        self.list.iter().find(|s| {
            let until = if s.phase == StormPhase::Running {
                u64::MAX
            } else {
                s.ended_ns + SCORE_AFTER_NS
            };
            s.spec.instrument == instrument
                && (s.started_ns..=until).contains(&now_ns)
                && sees(detector, s.spec.kind)
        })
    }
}

/// Whether a flag of this detector is a hit on a storm of this kind.
fn sees(detector: Detector, kind: u16) -> bool {
    let Some(kind) = StormKind::from_raw(kind) else {
        return false;
    };
    match detector {
        Detector::Spoof => {
            matches!(
                kind,
                StormKind::PhantomLiquidity | StormKind::MomentumIgnition
            )
        }
        Detector::QuoteStuff => kind == StormKind::CancellationStorm,
        named => named as u16 == kind as u16,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spec(kind: StormKind, instrument: u32) -> StormSpec {
        StormSpec {
            kind: kind as u16,
            kind_name: kind.name().to_owned(),
            severity_ppm: 500_000,
            duration_ms: 5_000,
            seed: 1,
            instrument,
            half_life_ms: 800,
        }
    }

    #[test]
    fn missing_seeds_differ_by_ordinal_and_run_and_repeat() {
        let seeds = [derived_seed(7, 1), derived_seed(7, 2), derived_seed(8, 1)];
        assert!(seeds[0] != seeds[1] && seeds[0] != seeds[2]);
        assert_eq!(seeds[0], derived_seed(7, 1));
    }

    #[test]
    fn one_storm_of_a_kind_on_an_instrument() {
        let mut storms = Storms::default();
        let id = storms.start(
            spec(StormKind::FlashCrash, 4),
            StormBaseline::default(),
            0,
            0,
        );
        let refused = |s: &Storms, spec| s.check_conflict(&spec).is_err();
        assert!(refused(&storms, spec(StormKind::FlashCrash, 4)));
        assert!(!refused(&storms, spec(StormKind::FlashCrash, 5)));
        assert!(!refused(&storms, spec(StormKind::CancellationStorm, 4)));
        storms.get_mut(id).unwrap().phase = StormPhase::Returning;
        assert!(!refused(&storms, spec(StormKind::FlashCrash, 4)));
    }

    #[test]
    fn flags_score_against_the_kinds_they_can_see_until_two_seconds_after() {
        let mut storms = Storms::default();
        let spec = spec(StormKind::MomentumIgnition, 4);
        storms.start(spec, StormBaseline::default(), 1_000, 0);
        let hit = |s: &Storms, d, i, ns| s.truth(d, i, ns).map(|s| s.id);
        assert_eq!(hit(&storms, Detector::MomentumIgnition, 4, 1_000), Some(1));
        assert_eq!(hit(&storms, Detector::Spoof, 4, 2_000), Some(1));
        assert_eq!(hit(&storms, Detector::FlashCrash, 4, 2_000), None);
        assert_eq!(hit(&storms, Detector::Spoof, 5, 2_000), None);
        assert_eq!(hit(&storms, Detector::Spoof, 4, 999), None);
        let storm = storms.get_mut(1).unwrap();
        (storm.phase, storm.ended_ns) = (StormPhase::Closed, 10_000);
        assert_eq!(
            hit(&storms, Detector::Spoof, 4, 10_000 + SCORE_AFTER_NS),
            Some(1)
        );
        assert_eq!(
            hit(&storms, Detector::Spoof, 4, 10_001 + SCORE_AFTER_NS),
            None
        );
    }
}
