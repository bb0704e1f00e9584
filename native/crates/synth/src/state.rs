//! Where a synthetic market stands, for checkpoints: what its parameters do not give. Reading judges
//! every number that is used as a place.

use std::collections::VecDeque;

use bytemuck::{cast_slice, pod_read_unaligned};
use serde::{Deserialize, Serialize};
use wavetank_abi::{Event, event_flags};

use crate::arrivals::ArrivalsState;
use crate::instrument::{Instrument, Sweep};
use crate::philox::Stream;
use crate::quotes::Quotes;
use crate::synth::{Phase, Synth};

/// The changing part of a synthetic market.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SynthState {
    rng: Stream,
    instruments: Vec<InstrumentState>,
    arrivals: ArrivalsState,
    phase: Phase,
    next_id: u64,
    next_halt_ns: u64,
    last: (u64, u32),
    halted: VecDeque<(u64, u32)>,
    pending: Vec<u8>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct InstrumentState {
    sides: [Quotes; 2],
    value: i64,
    sweep: Sweep,
}

impl Synth {
    /// Where it stands.
    pub fn state(&self) -> SynthState {
        let state = |instrument: &Instrument| InstrumentState {
            sides: instrument.sides.clone(),
            value: instrument.value,
            sweep: instrument.sweep,
        };
        SynthState {
            rng: self.rng.clone(),
            instruments: self.instruments.iter().map(state).collect(),
            arrivals: self.arrivals.state(),
            phase: self.phase,
            next_id: self.next_id,
            next_halt_ns: self.next_halt_ns,
            last: self.last,
            halted: self.halted.clone(),
            pending: cast_slice(&self.pending[self.taken..]).to_vec(),
        }
    }

    /// Goes to where a market of the same parameters stood. `None`, and nothing changed, when it
    /// could not have stood there.
    pub fn restore(&mut self, state: SynthState) -> Option<()> {
        let mut books = (0..).zip(&state.instruments);
        let sound = state.instruments.len() == self.instruments.len()
            && books.all(|(index, book)| book.is_sound(self.built(state.phase, index)))
            && self.knows(state.last.1)
            && state.halted.iter().all(|&(_, index)| self.knows(index))
            && self.is_phase(state.phase)
            && state.rng.is_sound();
        let (events, []) = state.pending.as_chunks::<{ size_of::<Event>() }>() else {
            return None;
        };
        let pending: Vec<Event> = events.iter().map(|e| pod_read_unaligned(e)).collect();
        let torn = pending
            .last()
            .is_some_and(|last| last.flags & event_flags::MORE != 0);
        if !sound || torn {
            return None;
        }
        self.arrivals.restore(state.arrivals)?;
        for (instrument, saved) in self.instruments.iter_mut().zip(state.instruments) {
            instrument.sides = saved.sides;
            (instrument.value, instrument.sweep) = (saved.value, saved.sweep);
        }
        (self.rng, self.phase, self.last) = (state.rng, state.phase, state.last);
        (self.next_id, self.next_halt_ns) = (state.next_id, state.next_halt_ns);
        (self.halted, self.pending, self.taken) = (state.halted, pending, 0);
        Some(())
    }

    fn knows(&self, index: u32) -> bool {
        index < self.instruments()
    }

    /// Orders that an instrument has when the opening has come so far; none is said of what lives.
    fn built(&self, phase: Phase, index: u32) -> Option<u32> {
        match phase {
            Phase::System(_) | Phase::Trading(_) => Some(0),
            Phase::Build { round, index: next } => Some(round + u32::from(index < next)),
            Phase::Cross(_) => Some(self.params().live_orders),
            Phase::Live => None,
        }
    }

    fn is_phase(&self, phase: Phase) -> bool {
        match phase {
            Phase::System(n) => n < 3,
            Phase::Trading(index) | Phase::Cross(index) => self.knows(index),
            Phase::Build { round, index } => round < self.params().live_orders && self.knows(index),
            Phase::Live => true,
        }
    }
}

impl InstrumentState {
    fn is_sound(&self, built: Option<u32>) -> bool {
        let orders = self.sides.iter().map(Quotes::len).sum::<u32>();
        let as_built = built.is_none_or(|built| built == orders);
        let quoted = self.sides.iter().all(|side| side.len() > 0);
        self.sides.iter().all(Quotes::is_sound)
            && as_built
            && (quoted || built.is_some_and(|built| built < 2))
            && self.sweep.side < 2
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::params::SynthParams;

    fn market() -> Synth {
        let params = SynthParams {
            instruments: 2,
            live_orders: 40,
            ..SynthParams::default()
        };
        Synth::new(params).unwrap()
    }

    /// Restores a state that was changed; where that is allowed the market must go on.
    fn check(events: usize, change: impl Fn(&mut SynthState), allowed: bool) {
        let mut played = market();
        played.next_batch(u64::MAX, events, &mut Vec::new());
        let (mut state, mut other) = (played.state(), market());
        change(&mut state);
        assert_eq!(other.restore(state).is_some(), allowed, "after {events}");
        let mut out = Vec::new();
        other.next_batch(u64::MAX, 5_000, &mut out);
        assert!(out.len() >= 5_000);
    }

    #[test]
    fn a_market_stands_anywhere_in_its_opening() {
        (0..120).for_each(|events| check(events, |_| (), true));
    }

    #[test]
    fn books_that_were_not_built_so_far_are_refused() {
        let empty = |state: &mut SynthState| {
            for instrument in &mut state.instruments {
                instrument.sides = [Quotes::with_capacity(0), Quotes::with_capacity(0)];
            }
        };
        check(50, empty, false);
        check(84, empty, false);
        check(
            5,
            |state| {
                state.phase = Phase::Build {
                    round: 39,
                    index: 1,
                }
            },
            false,
        );
        check(5, |state| state.phase = Phase::Cross(0), false);
    }

    #[test]
    fn half_a_replace_is_no_pending_event() {
        let half = Event {
            flags: event_flags::REPLACE | event_flags::MORE,
            ..Event::default()
        };
        let torn = |state: &mut SynthState| state.pending = bytemuck::bytes_of(&half).to_vec();
        check(500, torn, false);
    }
}
