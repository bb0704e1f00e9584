//! The reference stream, through both parsers and both framings, gives its pinned book hash.
use std::collections::BTreeMap;

use wavetank_abi::{Event, EventType};
use wavetank_feed::encode::reference_stream_in;
use wavetank_feed::{Framing, Parser, Wire, parse_all};
use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

/// FLOWLAB-L2-v1 of the book that the events leave, by the shortest way there is.
fn hash(events: &[Event]) -> u64 {
    let mut orders = BTreeMap::new();
    for event in events {
        match EventType::from_raw(event.event_type) {
            Some(EventType::Add) => {
                orders.insert(event.order_id, (event.side, event.price, event.qty));
            }
            Some(EventType::Cancel) => {
                orders.remove(&event.order_id);
            }
            _ => {}
        }
    }
    let mut levels: [BTreeMap<u64, u64>; 2] = Default::default();
    for (side, price, qty) in orders.into_values() {
        *levels[usize::from(side)].entry(price).or_default() += qty;
    }
    let level = |h: u64, (price, qty): (&u64, &u64)| {
        let bytes = [price.to_le_bytes(), qty.to_le_bytes()].concat();
        h ^ xxh3_64_with_seed(&bytes, h)
    };
    let bids = levels[0]
        .iter()
        .rev()
        .fold(xxh3_64(b"FLOWLAB-L2-v1"), level);
    levels[1].iter().fold(xxh3_64_with_seed(b"|", bids), level)
}

#[test]
fn the_pinned_hashes() {
    assert_eq!(hash(&[]), 0xc229_afe6_f81a_15b0);
    for (messages, expected) in [
        (5_000, 0x2e76_54dc_7848_1371),
        (50_000, 0xf54c_e1b7_6382_3e87),
    ] {
        for wire in [Wire::BinaryFile, Wire::Raw] {
            let bytes = reference_stream_in(messages, wire);
            for parser in [Parser::Zig, Parser::Rust] {
                let mut events = Vec::new();
                let counters = parse_all(&bytes, Framing::Auto, parser, &mut events).unwrap();
                assert_eq!((counters.messages, counters.errors), (messages, 0));
                assert_eq!(hash(&events), expected, "{messages} {wire:?} {parser:?}");
            }
        }
    }
}
