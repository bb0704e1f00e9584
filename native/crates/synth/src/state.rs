//! Where a synthetic market stands, for checkpoints: what its parameters do not give. Reading judges
//! every number that is used as a place.

use std::collections::VecDeque;

use bytemuck::{cast_slice, pod_read_unaligned};
use serde::{Deserialize, Serialize};
use wavetank_abi::Event;

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
        let sound = state.instruments.len() == self.instruments.len()
            && state.instruments.iter().all(|i| i.is_sound(state.phase))
            && self.knows(state.last.1)
            && state.halted.iter().all(|&(_, index)| self.knows(index))
            && self.is_phase(state.phase)
            && state.pending.len().is_multiple_of(size_of::<Event>())
            && state.rng.is_sound();
        if !sound {
            return None;
        }
        self.arrivals.restore(state.arrivals)?;
        for (instrument, saved) in self.instruments.iter_mut().zip(state.instruments) {
            instrument.sides = saved.sides;
            (instrument.value, instrument.sweep) = (saved.value, saved.sweep);
        }
        (self.rng, self.phase, self.last) = (state.rng, state.phase, state.last);
        (self.next_id, self.next_halt_ns) = (state.next_id, state.next_halt_ns);
        (self.halted, self.taken) = (state.halted, 0);
        let events = state.pending.chunks_exact(size_of::<Event>());
        self.pending = events.map(pod_read_unaligned).collect();
        Some(())
    }

    fn knows(&self, index: u32) -> bool {
        index < self.instruments()
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
    fn is_sound(&self, phase: Phase) -> bool {
        let trades = matches!(phase, Phase::Cross(_) | Phase::Live);
        let quoted = |side: &Quotes| side.is_sound() && (side.len() > 0 || !trades);
        self.sides.iter().all(quoted) && self.sweep.side < 2
    }
}
