//! New inputs from old ones, by a seeded generator: the same seed makes the same inputs.
//! In: a corpus. Out: bytes. It knows the types of ITCH and the two framings, no more.
use wavetank_feed::twin;

/// No input grows beyond this.
pub const LENGTH_MAX: usize = 2048;
/// Inputs of the corpus that are tried more often than the rest.
const LATEST: usize = 12;
const TYPES: &[u8] = b"SRHYLVWKJhAFECXDUPQBINO";
const TELLING: [u8; 8] = [0, 1, 0x7F, 0x80, 0xFF, b'N', b'B', b'S'];

/// SplitMix64.
pub struct Dice(pub u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Below `n`; 0 where `n` is.
    pub fn below(&mut self, n: usize) -> usize {
        ((u128::from(self.next()) * n as u128) >> 64) as usize
    }

    fn byte(&mut self) -> u8 {
        match self.below(2) {
            0 => TELLING[self.below(TELLING.len())],
            _ => self.next() as u8,
        }
    }
}

/// One of the corpus, changed in one to eight places.
pub fn input(corpus: &[Vec<u8>], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = pick(corpus, dice).to_vec();
    for _ in 0..1 << dice.below(4) {
        if bytes.is_empty() {
            bytes.push(dice.byte());
        }
        change(&mut bytes, corpus, dice);
    }
    bytes.truncate(LENGTH_MAX);
    bytes
}

/// Half of the time one of the latest, which lead where nothing has been yet.
fn pick<'a>(corpus: &'a [Vec<u8>], dice: &mut Dice) -> &'a [u8] {
    let from = dice.below(2) * corpus.len().saturating_sub(LATEST);
    &corpus[from + dice.below(corpus.len() - from)]
}

fn change(bytes: &mut Vec<u8>, corpus: &[Vec<u8>], dice: &mut Dice) {
    let at = dice.below(bytes.len());
    match dice.below(9) {
        0 => bytes[at] ^= 1 << dice.below(8),
        1 => bytes[at] = dice.byte(),
        2 => bytes.insert(at, dice.byte()),
        3 => drop(bytes.drain(at..(at + 1 + dice.below(48)).min(bytes.len()))),
        4 => bytes.truncate(at),
        5 => splice(bytes, at, &corpus[dice.below(corpus.len())], dice),
        6 => repeat(bytes, at, dice),
        7 => length(bytes, dice),
        _ => kind(bytes, dice),
    }
}

fn splice(bytes: &mut Vec<u8>, at: usize, other: &[u8], dice: &mut Dice) {
    let from = dice.below(other.len());
    let to = (from + dice.below(160)).min(other.len());
    let over = dice.below(2) * (bytes.len() - at).min(to - from);
    bytes.splice(at..at + over, other[from..to].iter().copied());
}

fn repeat(bytes: &mut Vec<u8>, at: usize, dice: &mut Dice) {
    let piece = bytes[at..(at + 1 + dice.below(120)).min(bytes.len())].to_vec();
    for _ in 0..1 + dice.below(12) {
        bytes.splice(at..at, piece.iter().copied());
    }
}

/// Where the frames of the input start, for as long as they are sound.
fn frames(bytes: &[u8]) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut at = 0;
    while let Some([high, low, _]) = bytes.get(at..at + 3) {
        starts.push(at);
        at += 2 + usize::from(u16::from_be_bytes([*high, *low]));
    }
    starts
}

fn length(bytes: &mut [u8], dice: &mut Dice) {
    let starts = frames(bytes);
    let Some(at) = starts.get(dice.below(starts.len())) else {
        return;
    };
    let stated = u16::from_be_bytes([bytes[*at], bytes[at + 1]]);
    let new = match dice.below(4) {
        0 => stated.wrapping_add(1),
        1 => stated.wrapping_sub(1),
        2 => dice.below(64) as u16,
        _ => 0,
    };
    bytes[*at..at + 2].copy_from_slice(&new.to_be_bytes());
}

/// Another type, in half of the cases with the length that it has.
fn kind(bytes: &mut [u8], dice: &mut Dice) {
    let starts = frames(bytes);
    let new = TYPES[dice.below(TYPES.len())];
    match starts.get(dice.below(starts.len())) {
        Some(at) => {
            bytes[at + 2] = new;
            if dice.below(2) == 0 {
                let size = twin::size(new).expect("a type of ITCH 5.0") as u16;
                bytes[*at..at + 2].copy_from_slice(&size.to_be_bytes());
            }
        }
        None => bytes[0] = new,
    }
}
