//! Reading a generated file by the production reader and by the plain one. Out: counts, or every
//! event handed on by the batch.

use std::hint::black_box;

use wavetank_abi::Event;
use wavetank_book::HotBook;
use wavetank_feed::{FileSource, Framing, Parser};
use xxhash_rust::xxh3::xxh3_64_with_seed;

use crate::gauges::resident_bytes;
use crate::plain;
use crate::written::Written;

/// Messages a batch, as the session reads them.
const BATCH: usize = 4096;

/// Reads the file as the product does and hands on each batch; the number of events.
#[inline(always)]
fn read(file: &Written, mut take: impl FnMut(&[Event])) -> u128 {
    let mut source = FileSource::open(&file.path, Framing::BinaryFile, Parser::Zig)
        .expect("the generator writes ITCH");
    let mut events = Vec::with_capacity(2 * BATCH);
    let mut total = 0;
    loop {
        events.clear();
        let batch = source
            .next_batch(&mut events, BATCH)
            .expect("the file is whole");
        take(&events);
        total += batch.events as u128;
        if batch.ended {
            return total;
        }
    }
}

fn read_plainly(file: &Written, mut take: impl FnMut(&[Event])) -> u128 {
    let map = file.map();
    let mut events = Vec::with_capacity(2 * BATCH);
    let (mut at, mut total) = (0, 0);
    while at < map.len() {
        events.clear();
        at = plain::decode(&map, at, BATCH, &mut events);
        take(&events);
        total += events.len() as u128;
    }
    total
}

fn seen(events: &[Event]) {
    black_box(events.as_ptr());
}

/// P1: the production reader.
pub fn product(file: &Written) -> u128 {
    read(file, seen)
}

/// G2: the plain decoder.
pub fn plainly(file: &Written) -> u128 {
    read_plainly(file, seen)
}

/// Digests of all events by both, untimed.
pub fn agree(file: &Written) -> (u64, u64) {
    let chained = |digest: &mut u64, events: &[Event]| {
        *digest = xxh3_64_with_seed(bytemuck::cast_slice(events), *digest);
    };
    let (mut one, mut other) = (0, 0);
    read(file, |events| chained(&mut one, events));
    read_plainly(file, |events| chained(&mut other, events));
    (one, other)
}

/// P2 and P3: reads the file into a new book; `lap` is called after every batch with the number of
/// messages read so far. Out: the book.
#[inline(always)]
pub fn booked<const DIGEST: bool>(file: &Written, mut lap: impl FnMut(u64)) -> HotBook<DIGEST> {
    let mut book = HotBook::empty();
    let mut batches = 0;
    read(file, |events| {
        book.apply_each(events, |_, outcome| {
            black_box(outcome.status);
        });
        batches += 1;
        lap((batches * BATCH as u64).min(file.totals.messages));
    });
    book
}

/// Memory that the book of this file takes at its end.
pub fn book_bytes(file: &Written) -> usize {
    let before = resident_bytes();
    let book = booked::<false>(file, |_| {});
    let bytes = resident_bytes().saturating_sub(before);
    drop(book);
    bytes
}
