//! Philox4x32-10 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC11), and a stream
//! of words drawn from it. In: a key and a counter. Out: 32-bit words. It knows nothing else.

use serde::{Deserialize, Serialize};

const MULTIPLIER: [u32; 2] = [0xD251_1F53, 0xCD9E_8D57];
const WEYL: [u32; 2] = [0x9E37_79B9, 0xBB67_AE85];
const ROUNDS: usize = 10;

/// One block: four words of chance from a counter and a key.
#[inline]
pub fn philox4x32(counter: [u32; 4], key: [u32; 2]) -> [u32; 4] {
    let mut c = counter;
    let mut k = key;
    for _ in 0..ROUNDS {
        let p = u64::from(MULTIPLIER[0]) * u64::from(c[0]);
        let q = u64::from(MULTIPLIER[1]) * u64::from(c[2]);
        let (p_high, q_high) = ((p >> 32) as u32, (q >> 32) as u32);
        c = [
            q_high ^ c[1] ^ k[0],
            q as u32,
            p_high ^ c[3] ^ k[1],
            p as u32,
        ];
        k = [k[0].wrapping_add(WEYL[0]), k[1].wrapping_add(WEYL[1])];
    }
    c
}

const BLOCKS: usize = 4;

/// Words in order of an ascending counter; `purpose` keeps streams of one seed apart.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Stream {
    key: [u32; 2],
    purpose: u32,
    block: u64,
    words: [u32; 4 * BLOCKS],
    at: usize,
}

impl Stream {
    /// The stream of this seed and purpose, at its beginning.
    pub fn new(seed: u64, purpose: u32) -> Self {
        let key = [seed as u32, (seed >> 32) as u32];
        Self {
            key,
            purpose,
            block: 0,
            words: [0; 4 * BLOCKS],
            at: 4 * BLOCKS,
        }
    }

    /// Its place lies within its words.
    pub(crate) fn is_sound(&self) -> bool {
        self.at <= self.words.len()
    }

    fn refill(&mut self) {
        for (i, out) in self.words.chunks_exact_mut(4).enumerate() {
            let n = self.block + i as u64;
            let counter = [n as u32, (n >> 32) as u32, self.purpose, 0];
            out.copy_from_slice(&philox4x32(counter, self.key));
        }
        self.block += BLOCKS as u64;
        self.at = 0;
    }

    /// The next word.
    #[inline]
    pub fn word(&mut self) -> u32 {
        if self.at == self.words.len() {
            self.refill();
        }
        let word = self.words[self.at];
        self.at += 1;
        word
    }

    /// A number in `0..n`, by the high half of a product; its bias is below n / 2^32.
    #[inline]
    pub fn below(&mut self, n: u32) -> u32 {
        ((u64::from(self.word()) * u64::from(n)) >> 32) as u32
    }

    /// True `n` times in a thousand.
    #[inline]
    pub fn per_mille(&mut self, n: u32) -> bool {
        self.below(1_000) < n
    }
}
