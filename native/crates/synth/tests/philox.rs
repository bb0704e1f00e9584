//! Philox against Random123's known answers.

use serde_json::Value;
use wavetank_synth::philox::{Stream, philox4x32};

const VECTORS: &str = include_str!("../../../../data/vectors/philox.json");

fn words<const N: usize>(value: &Value) -> [u32; N] {
    let word = |at: usize| {
        value[at]
            .as_str()
            .and_then(|hex| u32::from_str_radix(hex, 16).ok())
    };
    std::array::from_fn(|at| word(at).expect("eight hex digits"))
}

#[test]
fn known_answers() {
    let cases: Vec<Value> = serde_json::from_str(VECTORS).unwrap();
    assert!(cases.len() >= 3);
    for case in &cases {
        assert_eq!(
            philox4x32(words(&case["ctr"]), words(&case["key"])),
            words(&case["out"])
        );
    }
}

#[test]
fn a_stream_is_its_blocks_in_order() {
    let mut stream = Stream::new(0x1122_3344_5566_7788, 9);
    for block in 0..10u32 {
        let words = philox4x32([block, 0, 9, 0], [0x5566_7788, 0x1122_3344]);
        assert_eq!(words.map(|_| stream.word()), words);
    }
}

#[test]
fn below_stays_below_and_reaches_everything() {
    let mut stream = Stream::new(1, 1);
    let mut seen = [0; 7];
    (0..7_000).for_each(|_| seen[stream.below(7) as usize] += 1);
    assert!(
        seen.iter().all(|count| (850..1_150).contains(count)),
        "{seen:?}"
    );
}
