//! Analytics taken up from bytes go on as if nothing had happened, from any instant; bytes that
//! are not a state are refused.

#[path = "../examples/drive/mod.rs"]
mod drive;

use std::sync::LazyLock;

use proptest::prelude::*;
use wavetank_book::HotBook;
use wavetank_flow::{Baselines, Flow, FlowParams, FlowTick, TICK_NS};
use wavetank_synth::SynthParams;

/// Ticks and final baselines, with the state passed through bytes after each of these ticks.
fn play(seed: u64, cuts: &[usize]) -> (Vec<FlowTick>, Vec<u8>) {
    let params = SynthParams {
        seed,
        instruments: 3,
        events_per_s: 300,
        ..SynthParams::default()
    };
    let (events, instrument) = drive::synthetic(params, 60);
    let mut drive = drive::Drive::new(instrument, FlowParams::default(), events[0].ts_ns);
    let mut ticks = Vec::new();
    let mut pieces = cuts.to_vec();
    pieces.sort_unstable();
    let first_ns = drive.next_tick_ns;
    let mut at = 0;
    for cut in pieces.into_iter().chain([usize::MAX]) {
        let until = first_ns.saturating_add((cut as u64).saturating_mul(TICK_NS));
        let count = events[at..].partition_point(|event| event.ts_ns <= until);
        drive.play(&events[at..at + count], |_, tick, _| ticks.push(*tick));
        at += count;
        let mut bytes = Vec::new();
        drive.flow.save(&mut bytes);
        drive.baselines.save(&mut bytes);
        let mut rest = bytes.as_slice();
        drive.flow = Flow::load(instrument, FlowParams::default(), &mut rest).unwrap();
        drive.baselines = Baselines::load(&mut rest).unwrap();
        assert!(rest.is_empty());
        let mut again = Vec::new();
        drive.flow.save(&mut again);
        drive.baselines.save(&mut again);
        assert_eq!(bytes, again);
    }
    let mut state = Vec::new();
    drive.flow.save(&mut state);
    drive.baselines.save(&mut state);
    (ticks, state)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    #[test]
    fn a_state_passed_through_bytes_goes_on(
        seed in 1_u64..4,
        cuts in prop::collection::vec(1_usize..3000, 1..40),
    ) {
        let (whole, state) = play(seed, &[]);
        let (pieces, end) = play(seed, &cuts);
        prop_assert_eq!(whole.len(), pieces.len());
        prop_assert!(whole.len() > 2900 && whole[2900].trades > 100, "{:?}", whole.last());
        for (at, (a, b)) in whole.iter().zip(&pieces).enumerate() {
            prop_assert_eq!(a, b, "tick {}", at);
        }
        prop_assert_eq!(state, end);
    }

}

static STATE: LazyLock<Vec<u8>> = LazyLock::new(|| play(1, &[]).1);

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]
    #[test]
    fn bytes_that_are_no_state_are_refused_or_harmless(
        at in any::<prop::sample::Index>(),
        word in any::<u64>(),
        len in any::<prop::sample::Index>(),
    ) {
        let state = &*STATE;
        let cut = &state[..len.index(state.len())];
        let read = |mut bytes: &[u8]| {
            let flow = Flow::load(1, FlowParams::default(), &mut bytes)?;
            Some((flow, Baselines::load(&mut bytes)?))
        };
        prop_assert!(read(cut).is_none());
        let mut bad = state.clone();
        let word_at = at.index(state.len() / 8) * 8;
        bad[word_at..word_at + 8].copy_from_slice(&word.to_le_bytes());
        if let Some((mut flow, baselines)) = read(&bad) {
            flow.tick(u64::MAX / 2 / TICK_NS * TICK_NS, &wavetank_flow::Touch::default());
            baselines.get(1, u64::MAX / 2, &HotBook::new());
        }
    }
}
