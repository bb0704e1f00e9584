//! Digests. In: levels and sequenced events. Out: L2 hash (the twin of the C++ kernel), level digest, run digest.

use crate::Level;
use wavetank_abi::Event;
use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed, xxh3_128};

/// Name of the canonical L2 hash and its start value's preimage.
pub const L2_SCHEME: &str = "FLOWLAB-L2-v1";

/// FLOWLAB-L2-v1 over the levels of one instrument, best first on both sides.
pub fn l2_hash_of(
    bids: impl IntoIterator<Item = Level>,
    asks: impl IntoIterator<Item = Level>,
) -> u64 {
    let start = side_hash(xxh3_64(L2_SCHEME.as_bytes()), bids);
    side_hash(xxh3_64_with_seed(b"|", start), asks)
}

fn side_hash(start: u64, levels: impl IntoIterator<Item = Level>) -> u64 {
    levels.into_iter().fold(start, |h, level| {
        let mut bytes = [0; 16];
        bytes[..8].copy_from_slice(&level.price.to_le_bytes());
        bytes[8..].copy_from_slice(&level.qty.to_le_bytes());
        h ^ xxh3_64_with_seed(&bytes, h)
    })
}

/// XXH3_128 of a level's 21 bytes: what it adds to the market digest. `side` is 0 bid, 1 ask.
pub fn level_digest(instrument: u32, side: u8, price: u64, qty: u64) -> u128 {
    let mut bytes = [0; 21];
    bytes[..4].copy_from_slice(&instrument.to_le_bytes());
    bytes[4] = side;
    bytes[5..13].copy_from_slice(&price.to_le_bytes());
    bytes[13..].copy_from_slice(&qty.to_le_bytes());
    xxh3_128(&bytes)
}

/// Chain over everything sequenced; starts at 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RunDigest(pub u64);

impl RunDigest {
    /// Takes the next sequenced event: its place, channel, status and its resolved form.
    #[inline]
    pub fn update(&mut self, seq: u64, channel: u32, status: u32, event: &Event) {
        let mut bytes = [0; 64];
        bytes[..8].copy_from_slice(&self.0.to_le_bytes());
        bytes[8..16].copy_from_slice(&seq.to_le_bytes());
        bytes[16..20].copy_from_slice(&channel.to_le_bytes());
        bytes[20..24].copy_from_slice(&status.to_le_bytes());
        bytes[24..].copy_from_slice(bytemuck::bytes_of(event));
        self.0 = xxh3_64(&bytes);
    }

    /// The digest so far.
    pub const fn value(self) -> u64 {
        self.0
    }
}
