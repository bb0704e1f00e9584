//! P5: the canonical L2 hash of 40 levels, and what keeping the market digest costs beside it.

use std::error::Error;
use std::hint::black_box;
use std::path::Path;

use wavetank_book::HotBook;
use wavetank_kernels::{L2Level, l2_hash};
use xxhash_rust::xxh3::xxh3_64_with_seed;

use crate::measure::{rounds, side, timed};
use crate::options::Options;
use crate::report::{Claim, Goal, claim, gauge, part};
use crate::single::{PASSES, again, applied, events, file};

const SIDE: usize = 20;
const HASHES: u64 = 50_000;

fn levels() -> ([L2Level; SIDE], [L2Level; SIDE]) {
    let level = |n: usize, price: u64| L2Level {
        price,
        qty: 100 + 7 * n as u64,
    };
    (
        std::array::from_fn(|n| level(n, 1_000_000 - 100 * n as u64)),
        std::array::from_fn(|n| level(n, 1_000_100 + 100 * n as u64)),
    )
}

/// The kernel, `HASHES` times.
fn kernel(bids: &[L2Level], asks: &[L2Level]) -> u128 {
    let mut sum = 0_u64;
    for _ in 0..HASHES {
        sum = sum.wrapping_add(l2_hash(black_box(bids), black_box(asks)));
    }
    sum.into()
}

/// XXH3_64 of 16 bytes, each seeded by the last, as often as the kernel takes a level.
fn bare(levels: &[[u8; 16]]) -> u128 {
    let mut sum = 0_u64;
    for _ in 0..HASHES {
        let chain = |hash, level: &[u8; 16]| xxh3_64_with_seed(level, hash);
        sum = sum.wrapping_add(black_box(levels).iter().fold(0, chain));
    }
    sum.into()
}

pub fn run(options: &Options, folder: &Path) -> Result<(), Box<dyn Error>> {
    let (bids, asks) = levels();
    let bytes: Vec<[u8; 16]> = bids
        .iter()
        .chain(&asks)
        .map(|level| (u128::from(level.qty) << 64 | u128::from(level.price)).to_le_bytes())
        .collect();
    let written = file(folder)?;
    let events = events(&written)?;
    let count = |book: HotBook<false>| u128::from(wavetank_book::Book::live_orders(&book));
    let counted = |book: HotBook<true>| u128::from(wavetank_book::Book::live_orders(&book));
    let series = rounds(
        options.rounds,
        vec![
            side("bare", || timed(|| bare(&bytes))),
            side("kernel", || timed(|| kernel(&bids, &asks))),
            side("book", || {
                timed(|| count(again(|| applied::<false>(&events))))
            }),
            side("digested", || {
                timed(|| counted(again(|| applied::<true>(&events))))
            }),
        ],
    );
    let [bare, kernel, book, digested] = series.as_slice() else {
        unreachable!("four sides were given");
    };
    let hashes = HASHES as f64;
    let hashed = hashes * (2 * SIDE) as f64;
    gauge(
        "XXH3",
        "XXH3_64 of 16 bytes, chained",
        "ns/level",
        part(bare, hashed),
    );
    claim(Claim {
        id: "P5",
        workload: "canonical L2 hash, 40 levels, C++ kernel",
        unit: "ns/level",
        of: part(kernel, hashed),
        against: "XXH3",
        other: part(bare, hashed),
        goal: Goal::AtMost(1.1),
    });
    let keeping = digested.beyond(book, "keeping");
    claim(Claim {
        id: "P5",
        workload: "keeping the market digest, P4's events",
        unit: "ns/event",
        of: part(&keeping, f64::from(PASSES) * events.len() as f64),
        against: "40-level rehash",
        other: part(kernel, hashes),
        goal: Goal::AtMost(0.05),
    });
    std::fs::remove_file(&written.path)?;
    Ok(())
}
