//! Inputs on disk: what a run starts from, what it leaves behind. In: the vectors of the
//! repository. Out: seeds; the files of `data/vectors/corpus`, each named by the hash of its bytes.
use std::fs;
use std::io::Result;
use std::path::{Path, PathBuf};

use wavetank_synth::{GateProfile, gate_stream};
use xxhash_rust::xxh64::xxh64;

use crate::mutate::LENGTH_MAX;

/// What the line begins with that runs one input again.
pub const REPEAT: &[u8] = b"repeat: pnpm fuzz ";
/// Bytes at the end of a failing input's path that lead to it from the root of the checkout.
pub const FROM_ROOT: usize = "data/vectors/corpus/crash-0123456789abcdef".len();
/// Messages of a gate stream in one seed, and such seeds of each profile.
const PIECE: usize = 24;
const PIECES: usize = 8;
/// What the folder may hold.
const BYTES_MAX: usize = 60_000;

fn vectors() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../data/vectors")
}

pub fn hash(bytes: &[u8]) -> u64 {
    xxh64(bytes, 0)
}

/// Where a failing input of this hash is kept.
pub fn crash_path(hash: u64) -> PathBuf {
    let folder = vectors().join("corpus");
    let folder = folder.canonicalize().unwrap_or(folder);
    folder.join(format!("crash-{hash:016x}"))
}

/// Keeps a failing input.
pub fn keep(bytes: &[u8]) -> Result<PathBuf> {
    let path = crash_path(hash(bytes));
    fs::create_dir_all(vectors().join("corpus"))?;
    fs::write(&path, bytes)?;
    Ok(path)
}

/// The committed corpus where asked for, each message type alone, and pieces of the gate streams; framed and not.
pub fn seeds(committed: bool) -> Result<Vec<Vec<u8>>> {
    fs::create_dir_all(vectors().join("corpus"))?;
    let mut seeds = Vec::new();
    for path in files()?.iter().filter(|_| committed) {
        seeds.push(fs::read(path)?);
    }
    let types = fs::read(vectors().join("itch-types.itch50"))?;
    add(&mut seeds, &messages(&types), 1);
    add(&mut seeds, &messages(&types), usize::MAX);
    for profile in GateProfile::ALL {
        let stream = gate_stream(1, (PIECE * PIECES) as u64, profile);
        add(&mut seeds, &messages(&stream), PIECE);
    }
    seeds.retain(|seed| !seed.is_empty() && seed.len() <= LENGTH_MAX);
    Ok(seeds)
}

/// Frames, `piece` to a seed, with their lengths and without.
fn add(seeds: &mut Vec<Vec<u8>>, messages: &[&[u8]], piece: usize) {
    for piece in messages.chunks(piece.min(messages.len())) {
        seeds.push(piece.concat());
        seeds.push(
            piece
                .iter()
                .flat_map(|frame| &frame[2..])
                .copied()
                .collect(),
        );
    }
}

fn messages(mut framed: &[u8]) -> Vec<&[u8]> {
    let mut frames = Vec::new();
    while let Some(length) = framed.first_chunk::<2>() {
        let (frame, rest) = framed.split_at(2 + usize::from(u16::from_be_bytes(*length)));
        frames.push(frame);
        framed = rest;
    }
    frames
}

fn files() -> Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(vectors().join("corpus"))? {
        paths.push(entry?.path());
    }
    paths.sort();
    Ok(paths)
}

/// Replaces the committed corpus, failing inputs apart, by the first of these that fit; how many.
pub fn replace(inputs: &[Vec<u8>]) -> Result<(usize, usize)> {
    let failing = |path: &Path| {
        path.file_name()
            .is_some_and(|name| name.as_encoded_bytes().starts_with(b"crash-"))
    };
    for path in files()?.iter().filter(|path| !failing(path)) {
        fs::remove_file(path)?;
    }
    let (mut count, mut total) = (0, 0);
    for input in inputs {
        if total + input.len() > BYTES_MAX {
            break;
        }
        fs::write(
            vectors().join(format!("corpus/{:016x}", hash(input))),
            input,
        )?;
        count += 1;
        total += input.len();
    }
    Ok((count, total))
}
