//! The committed corpus of the fuzzer, input by input, through the production parser and the twin.
#[path = "../examples/fuzz_parser/judge.rs"]
mod judge;

use std::path::Path;

#[test]
fn every_input_is_parsed_alike() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../data/vectors/corpus");
    let mut judge = judge::Judge::new(false);
    let (mut inputs, mut total) = (0, 0);
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        if let Err(said) = judge.same(&bytes) {
            panic!("{}\n{said}", path.display());
        }
        inputs += 1;
        total += bytes.len();
    }
    assert!(inputs > 20, "{inputs} inputs");
    assert!(total <= 61_440, "{total} bytes");
}

/// The judge does judge: a twin that is wrong in one place is told from one that is not.
#[test]
fn a_planted_difference_is_seen() {
    let too_long = [&[0, 36, b'U'][..], &[0; 35]].concat();
    assert!(judge::Judge::new(false).same(&too_long).is_ok());
    assert!(judge::Judge::new(true).same(&too_long).is_err());
}
