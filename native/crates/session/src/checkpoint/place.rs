//! Where a source stands, for a checkpoint: its reader's place, and what was read and not taken.

use serde::{Deserialize, Serialize};
use wavetank_abi::Event;
use wavetank_feed::Place;
use wavetank_synth::SynthState;

use super::unsound;
use crate::error::Result;
use crate::source::{Reader, Source};

/// The changing part of a source.
#[derive(Serialize, Deserialize)]
pub(super) struct SourceState {
    reader: ReaderState,
    unread: Vec<u8>,
    ended: bool,
    max_ns: u64,
    last_event_ns: u64,
    regressions: u64,
    taken: u64,
}

#[derive(Serialize, Deserialize)]
enum ReaderState {
    Itch(Place),
    Synthetic(Box<SynthState>),
}

impl Source {
    /// Where it stands, for a checkpoint.
    pub(super) fn state(&self) -> SourceState {
        let unread = &self.events[self.at..];
        SourceState {
            reader: match &self.reader {
                Reader::Itch(file) => ReaderState::Itch(file.place()),
                Reader::Synthetic(synth) => ReaderState::Synthetic(Box::new(synth.state())),
            },
            unread: bytemuck::cast_slice(unread).to_vec(),
            ended: self.ended,
            max_ns: self.max_ns,
            last_event_ns: self.last_event_ns,
            regressions: self.regressions,
            taken: self.taken,
        }
    }

    /// Goes to where a source of the same input stood.
    pub(super) fn restore(&mut self, state: SourceState) -> Result<()> {
        let there = match (&mut self.reader, state.reader) {
            (Reader::Itch(file), ReaderState::Itch(place)) => file.seek(&place),
            (Reader::Synthetic(synth), ReaderState::Synthetic(state)) => {
                synth.restore(*state).is_some()
            }
            _ => false,
        };
        let (events, []) = state.unread.as_chunks::<{ size_of::<Event>() }>() else {
            return Err(unsound("source"));
        };
        if !there {
            return Err(unsound("source"));
        }
        self.events.clear();
        self.events.extend(
            events
                .iter()
                .map(|e| bytemuck::pod_read_unaligned::<Event>(e)),
        );
        (self.at, self.ended) = (0, state.ended);
        (self.max_ns, self.last_event_ns) = (state.max_ns, state.last_event_ns);
        (self.regressions, self.taken) = (state.regressions, state.taken);
        Ok(())
    }
}
