//! A source that goes on from a place reads what the one it was taken of reads: events, totals,
//! symbols, the end.

use std::io::Write;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use tempfile::NamedTempFile;
use wavetank_abi::Event;
use wavetank_feed::encode::{AddOrder, Head, Message, StockDirectory, reference_stream_in};
use wavetank_feed::{Directory, FileSource, Framing, ParseCounters, Parser, Wire};

fn open(path: &Path) -> FileSource {
    FileSource::open(path, Framing::BinaryFile, Parser::Zig).unwrap()
}

/// Everything from where it stands to its end.
fn rest(source: &mut FileSource) -> (Vec<Event>, ParseCounters, Directory, u64) {
    let mut events = Vec::new();
    while !source.next_batch(&mut events, 500).unwrap().ended {}
    let counters = source.counters().clone();
    (
        events,
        counters,
        source.directory().clone(),
        source.offset_bytes(),
    )
}

fn check(bytes: &[u8], stops: impl Iterator<Item = usize>) {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
    gzip.write_all(bytes).unwrap();
    let (mut plain, mut squeezed) = (NamedTempFile::new().unwrap(), NamedTempFile::new().unwrap());
    plain.write_all(bytes).unwrap();
    squeezed.write_all(&gzip.finish().unwrap()).unwrap();
    for stop in stops {
        for path in [plain.path(), squeezed.path()] {
            let (mut whole, mut other) = (open(path), open(path));
            whole.next_batch(&mut Vec::new(), stop).unwrap();
            assert!(other.seek(&whole.place()));
            assert_eq!(other.place(), whole.place());
            assert_eq!(rest(&mut other), rest(&mut whole), "from message {stop}");
        }
    }
}

fn add(locate: u16, stock: &[u8; 8], order_reference: u64, out: &mut Vec<u8>) {
    AddOrder {
        head: Head::new(locate, order_reference),
        order_reference,
        side: b'B',
        shares: 100,
        stock: *stock,
        price: 1_000_000,
    }
    .append(Wire::BinaryFile, out);
}

fn directory(locate: u16, stock: &[u8; 8], out: &mut Vec<u8>) {
    StockDirectory {
        head: Head::new(locate, 1),
        stock: *stock,
        ..StockDirectory::default()
    }
    .append(Wire::BinaryFile, out);
}

#[test]
fn a_damaged_stream_goes_on_from_anywhere() {
    let mut bytes = reference_stream_in(20_000, Wire::BinaryFile);
    let at = bytes.len() / 2;
    bytes.splice(at..at + 40, [0xEE; 200_000]);
    bytes.truncate(bytes.len() - 5);
    check(&bytes, (0..22_000).step_by(997));
}

#[test]
fn a_locate_that_was_named_blank_stays_so() {
    let mut bytes = Vec::new();
    for id in 1..20 {
        add(7, b"        ", id, &mut bytes);
    }
    add(7, b"LATER   ", 20, &mut bytes);
    check(&bytes, 0..20);
}

#[test]
fn two_locates_of_one_symbol_are_told_apart_alike() {
    let mut bytes = Vec::new();
    directory(9, b"TWICE   ", &mut bytes);
    directory(7, b"TWICE   ", &mut bytes);
    directory(8, b"TWICE   ", &mut bytes);
    directory(7, b"ONCE    ", &mut bytes);
    add(9, b"TWICE   ", 1, &mut bytes);
    check(&bytes, 0..5);
}
