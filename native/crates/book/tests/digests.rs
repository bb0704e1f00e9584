//! The pinned digests of `data/vectors/digests.json`, by the Rust and the C++ side.

mod vectors;

use vectors::{Digests, LevelKey};
use wavetank_abi::{Event, EventType};
use wavetank_book::{Book, CppBook, HotBook, Level, ReferenceBook, RunDigest};
use wavetank_book::{l2_hash_of, level_digest};
use wavetank_kernels::{L2Level, l2_hash, witness_level_digest, witness_run_digest};

fn levels(from: &[(u64, u64)]) -> Vec<Level> {
    from.iter()
        .map(|&(price, qty)| Level {
            price,
            qty,
            orders: 1,
        })
        .collect()
}

fn kernel_levels(from: &[(u64, u64)]) -> Vec<L2Level> {
    from.iter()
        .map(|&(price, qty)| L2Level { price, qty })
        .collect()
}

#[test]
fn l2_hashes() {
    let digests: Digests = vectors::read("digests.json");
    for vector in digests.l2 {
        let twin = l2_hash_of(levels(&vector.bids), levels(&vector.asks));
        let kernel = l2_hash(&kernel_levels(&vector.bids), &kernel_levels(&vector.asks));
        assert_eq!(format!("{twin:016x}"), vector.hash, "{}", vector.name);
        assert_eq!(format!("{kernel:016x}"), vector.hash, "{}", vector.name);
        let books = [
            hash_of(&mut ReferenceBook::new(), &vector),
            hash_of(&mut HotBook::new(), &vector),
            hash_of(&mut CppBook::new(), &vector),
        ];
        assert_eq!(books, [twin; 3], "{}", vector.name);
    }
}

fn add(id: u64, (instrument_id, side, price, qty): LevelKey) -> Event {
    let event_type = EventType::Add as u8;
    Event {
        event_type,
        order_id: id,
        instrument_id,
        side,
        price,
        qty,
        ..Event::default()
    }
}

fn hash_of(book: &mut impl Book, vector: &vectors::L2Vector) -> u64 {
    let sides = [(0, &vector.bids), (1, &vector.asks)];
    let all = sides
        .iter()
        .flat_map(|(side, rows)| rows.iter().map(move |row| (*side, *row)));
    for (id, (side, (price, qty))) in all.enumerate() {
        book.apply(&add(id as u64 + 1, (7, side, price, qty)));
    }
    book.l2_hash(7)
}

#[test]
fn level_digests() {
    let digests: Digests = vectors::read("digests.json");
    for vector in digests.level {
        let (instrument, side, price, qty) = vector.level;
        let twin = level_digest(instrument, side, price, qty);
        assert_eq!(format!("{twin:032x}"), vector.digest);
        assert_eq!(witness_level_digest(instrument, side, price, qty), twin);
    }
}

/// Fills a book so that its levels are the vector's; wide quantities take many orders.
fn market_of(book: &mut impl Book, rows: &[LevelKey]) -> String {
    let mut id = 0;
    for &(instrument, side, price, qty) in rows {
        let mut left = qty;
        while left > 0 {
            id += 1;
            let part = left.min(u64::from(u32::MAX));
            book.apply(&add(id, (instrument, side, price, part)));
            left -= part;
        }
    }
    format!("{:032x}", book.market_digest())
}

#[test]
fn market_digests() {
    let digests: Digests = vectors::read("digests.json");
    for vector in digests.market {
        let hot = market_of(&mut HotBook::new(), &vector.levels);
        assert_eq!(hot, vector.digest);
        assert_eq!(
            market_of(&mut HotBook::<false>::empty(), &vector.levels),
            vector.digest
        );
        assert_eq!(
            market_of(&mut ReferenceBook::new(), &vector.levels),
            vector.digest
        );
        assert_eq!(
            market_of(&mut CppBook::new(), &vector.levels),
            vector.digest
        );
    }
}

#[test]
fn run_digests() {
    let digests: Digests = vectors::read("digests.json");
    let (mut chain, mut witness) = (RunDigest::default(), 0);
    for vector in digests.run {
        let (seq, channel, status) = (vector.seq, vector.channel, vector.status);
        let event = vector.event();
        chain.update(seq, channel, status, &event);
        witness = witness_run_digest(witness, seq, channel, status, &event);
        assert_eq!(format!("{:016x}", chain.value()), vector.digest);
        assert_eq!(witness, chain.value());
    }
}

/// xorshift64 of the reference stream: each call gives `next % n`.
fn below(state: &mut u64, n: u64) -> u64 {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    *state % n
}

fn reference_stream(messages: u64) -> Vec<Event> {
    let (mut state, mut live, mut id) = (0xC0_FFEE, Vec::new(), 1);
    let mut events = Vec::new();
    for _ in 0..messages {
        let kind = below(&mut state, 100);
        if kind < 60 || live.is_empty() {
            let price = 1_000_000 + 100 * below(&mut state, 50) - 2_500;
            let qty = below(&mut state, 1000) + 1;
            let side = below(&mut state, 2) as u8;
            events.push(add(id, (0, side, price, qty)));
            live.push(id);
            id += 1;
        } else if kind < 85 {
            let at = below(&mut state, live.len() as u64) as usize;
            let order_id = live.swap_remove(at);
            let event_type = EventType::Cancel as u8;
            events.push(Event {
                event_type,
                order_id,
                side: 2,
                ..Event::default()
            });
        } else {
            let qty = below(&mut state, 200) + 1;
            let side = below(&mut state, 2) as u8;
            let flags = wavetank_abi::event_flags::NON_DISPLAYED;
            let event_type = EventType::Trade as u8;
            events.push(Event {
                event_type,
                flags,
                ..add(id, (0, side, 1_000_000, qty))
            });
        }
    }
    events
}

#[test]
fn the_reference_stream() {
    let digests: Digests = vectors::read("digests.json");
    for vector in digests.reference_stream {
        let events = reference_stream(vector.messages);
        let (mut hot, mut cpp, mut reference) =
            (HotBook::new(), CppBook::new(), ReferenceBook::new());
        for event in &events {
            hot.apply(event);
            cpp.apply(event);
            reference.apply(event);
        }
        for found in [hot.l2_hash(0), cpp.l2_hash(0), reference.l2_hash(0)] {
            assert_eq!(format!("{found:016x}"), vector.hash);
        }
    }
}
