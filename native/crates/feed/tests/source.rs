//! Files: plain, gzip, raw, damaged, cut, and not ITCH at all.
mod samples;

use std::io::Write;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use samples::every_type;
use tempfile::TempDir;
use wavetank_abi::Event;
use wavetank_feed::encode::{AddOrder, Head, Message, StockDirectory, reference_stream_in};
use wavetank_feed::{FeedError, FileSource, Framing, ParseCounters, Parser, Reason, Wire};
use xxhash_rust::xxh64::xxh64;

struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        Self(TempDir::new().unwrap())
    }

    fn put(&self, bytes: &[u8]) -> std::path::PathBuf {
        let path = self.0.path().join("feed.itch50");
        std::fs::write(&path, bytes).unwrap();
        path
    }
}

fn open(path: &Path) -> Result<FileSource, FeedError> {
    FileSource::open(path, Framing::Auto, Parser::Zig)
}

/// Everything in a file, read `step` messages at a time.
fn read(path: &Path, step: usize) -> Result<(Vec<Event>, ParseCounters), FeedError> {
    let mut source = open(path)?;
    let mut events = Vec::new();
    loop {
        let before = events.len();
        let batch = source.next_batch(&mut events, step)?;
        assert_eq!(batch.events, events.len() - before);
        assert!(batch.messages == step as u64 || batch.ended);
        if batch.ended {
            return Ok((events, source.counters().clone()));
        }
    }
}

fn stream(wire: Wire) -> Vec<u8> {
    [every_type(wire).concat(), reference_stream_in(3000, wire)].concat()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn plain_gzip_and_raw_are_one_stream() {
    let folder = Folder::new();
    let bytes = stream(Wire::BinaryFile);
    let (plain, counters) = read(&folder.put(&bytes), usize::MAX).unwrap();
    assert_eq!((counters.messages, counters.errors), (3023, 0));
    for step in [1, 7, 1000] {
        assert_eq!(
            read(&folder.put(&bytes), step).unwrap(),
            (plain.clone(), counters.clone())
        );
    }
    let raw = read(&folder.put(&stream(Wire::Raw)), 100).unwrap();
    assert_eq!(raw, (plain.clone(), counters.clone()));
    let one = gzip(&bytes);
    let members = [gzip(&bytes[..1001]), gzip(&bytes[1001..])].concat();
    for stored in [one, members] {
        let path = folder.put(&stored);
        assert_eq!(read(&path, 100).unwrap(), (plain.clone(), counters.clone()));
        let mut source = open(&path).unwrap();
        assert!(source.compressed());
        assert_eq!(source.input_digest(), xxh64(&stored, 0));
        while !source.next_batch(&mut Vec::new(), 500).unwrap().ended {}
        assert_eq!(source.position_bytes(), stored.len() as u64);
        assert_eq!(source.length_bytes(), stored.len() as u64);
        assert_eq!(source.offset_bytes(), bytes.len() as u64);
    }
}

/// More than any window holds, so that the seams are crossed.
#[test]
fn windows_have_no_seams() {
    let folder = Folder::new();
    let mut bytes = Vec::new();
    while bytes.len() < 20 << 20 {
        bytes.extend_from_slice(&reference_stream_in(50_000, Wire::BinaryFile));
    }
    bytes[11 << 20] = 0xee;
    let plain = read(&folder.put(&bytes), 4096).unwrap();
    assert!(plain.1.errors <= 1);
    assert!(plain == read(&folder.put(&gzip(&bytes)), 4096).unwrap());
}

#[test]
fn symbols_come_from_the_directory_or_the_first_stock_field() {
    let folder = Folder::new();
    let mut bytes = Vec::new();
    for (locate, stock) in [(7, *b"MSFT    "), (9, *b"LATE    "), (9, *b"LATER   ")] {
        let add = AddOrder {
            head: Head::new(locate, 1),
            stock,
            side: b'B',
            ..AddOrder::default()
        };
        add.append(Wire::BinaryFile, &mut bytes);
    }
    let named = StockDirectory {
        head: Head::new(9, 2),
        stock: *b"AAPL    ",
        ..Default::default()
    };
    named.append(Wire::BinaryFile, &mut bytes);
    let mut source = open(&folder.put(&bytes)).unwrap();
    source.next_batch(&mut Vec::new(), 3).unwrap();
    assert_eq!(source.directory().locate("LATE"), Some(9));
    source.next_batch(&mut Vec::new(), 3).unwrap();
    assert_eq!(source.directory().locate("LATE"), None);
    assert_eq!(source.directory().symbol(9), Some(*b"AAPL    "));
    assert_eq!(source.directory().locate("MSFT"), Some(7));
}

const MESSAGES: u64 = 30_000;

/// What happens to a stream of sound messages when bytes at `at` are replaced by `garbage`.
fn damaged(at: usize, remove: usize, garbage: &[u8]) -> (u64, ParseCounters) {
    let folder = Folder::new();
    let mut bytes = reference_stream_in(MESSAGES, Wire::BinaryFile);
    let sound = bytes.len();
    bytes.splice(at..at + remove, garbage.iter().copied());
    let plain = read(&folder.put(&bytes), 100).unwrap();
    let squeezed = read(&folder.put(&gzip(&bytes)), 100).unwrap();
    assert!(plain == squeezed);
    assert!(bytes.len() + remove == sound + garbage.len());
    (MESSAGES - plain.1.messages, plain.1)
}

/// The offset of the frame that holds a byte of the reference stream.
fn frame_of(byte: usize) -> (usize, usize) {
    let bytes = reference_stream_in(MESSAGES, Wire::BinaryFile);
    let mut at = 0;
    loop {
        let next = at + 2 + usize::from(u16::from_be_bytes([bytes[at], bytes[at + 1]]));
        if next > byte {
            return (at, next - at);
        }
        at = next;
    }
}

#[test]
fn garbage_in_the_middle_costs_what_it_covers() {
    let (at, length) = frame_of(40_000);
    // A type that does not exist: one frame is skipped.
    let (lost, counters) = damaged(at + 2, 1, b"?");
    assert_eq!(
        (lost, counters.errors, counters.bytes_skipped),
        (1, 1, length as u64)
    );
    let first = counters.first_error.unwrap();
    assert_eq!(first.offset_bytes, at as u64);
    assert_eq!(first.reason, Reason::UnknownType { message_type: b'?' });
    // A wrong length, however large: the next message is found.
    for prefix in [[0, 1], [0, 200], [0x7f, 0xff], [0xff, 0xff]] {
        let (lost, counters) = damaged(at, 2, &prefix);
        assert_eq!(
            (lost, counters.errors, counters.bytes_skipped),
            (1, 1, length as u64)
        );
        assert!(matches!(
            counters.first_error.unwrap().reason,
            Reason::WrongLength { .. }
        ));
    }
    // A hole of zeros, and bytes pushed in between.
    let (lost, counters) = damaged(at, length, &vec![0; length]);
    assert_eq!((lost, counters.bytes_skipped), (1, length as u64));
    assert_eq!(counters.first_error.unwrap().reason, Reason::ZeroLength);
    let (lost, counters) = damaged(at, 0, &[0x55; 999]);
    assert_eq!((lost, counters.errors, counters.bytes_skipped), (0, 1, 999));
    // A frame of another protocol version keeps its framing.
    let (lost, counters) = damaged(at, 0, &[0, 3, b'z', 1, 2]);
    assert_eq!((lost, counters.errors, counters.bytes_skipped), (0, 1, 5));
}

#[test]
fn garbage_wider_than_a_window_is_searched_through() {
    let (at, _) = frame_of(40_000);
    let (lost, counters) = damaged(at, 0, &vec![0x55; 300_000]);
    assert_eq!(
        (lost, counters.errors, counters.bytes_skipped),
        (0, 1, 300_000)
    );
}

#[test]
fn garbage_in_an_unframed_file_is_searched_through() {
    let folder = Folder::new();
    let mut bytes = reference_stream_in(3000, Wire::Raw);
    bytes.splice(36..36, [0xee; 700]);
    let mut source = FileSource::open(&folder.put(&bytes), Framing::Raw, Parser::Zig).unwrap();
    source.next_batch(&mut Vec::new(), usize::MAX).unwrap();
    let counters = source.counters();
    assert_eq!(
        (counters.messages, counters.errors, counters.bytes_skipped),
        (3000, 1, 700)
    );
}

#[test]
fn a_cut_tail_is_counted_with_its_place() {
    let folder = Folder::new();
    let bytes = reference_stream_in(1000, Wire::BinaryFile);
    let whole = read(&folder.put(&bytes), 100).unwrap().0.len();
    for cut in [1, 2, 5, 18] {
        let kept = &bytes[..bytes.len() - cut];
        for stored in [kept.to_vec(), gzip(kept)] {
            let (events, counters) = read(&folder.put(&stored), 100).unwrap();
            assert_eq!((events.len(), counters.errors), (whole - 1, 1));
            let error = counters.first_error.unwrap();
            assert_eq!(error.reason, Reason::Truncated);
            let left = kept.len() as u64 - error.offset_bytes;
            assert_eq!(
                (counters.truncated_bytes, counters.bytes_skipped),
                (left, left)
            );
        }
    }
    // The gzip file itself is cut: what could be inflated is kept, the cut is counted.
    let stored = gzip(&bytes);
    let (events, counters) = read(&folder.put(&stored[..stored.len() - 2000]), 100).unwrap();
    assert!(events.len() < whole && !events.is_empty());
    assert_eq!(counters.errors, 1);
}

fn refused(bytes: &[u8]) -> FeedError {
    let folder = Folder::new();
    let error = match read(&folder.put(bytes), 100) {
        Err(error) => error,
        Ok((events, counters)) => panic!("read {} events, {counters:?}", events.len()),
    };
    assert!(error.to_string().contains("feed.itch50"), "{error}");
    error
}

#[test]
fn what_is_not_itch_is_refused() {
    let check = |bytes: &[u8], code: &str, words: &str| {
        let error = refused(bytes);
        assert_eq!(error.code(), code, "{error}");
        assert!(error.to_string().contains(words), "{error}");
    };
    let sound = reference_stream_in(100, Wire::BinaryFile);
    check(b"", "FEED_EMPTY", "expected ITCH");
    check(&gzip(b""), "FEED_EMPTY", "expected ITCH");
    check(&sound[..20], "FEED_TRUNCATED", "20 bytes");
    check(
        b"time,price,size\n34200.1,1000,5\n",
        "FEED_NOT_ITCH",
        "byte 0",
    );
    check(&[0; 4096], "FEED_NOT_ITCH", "length 0");
    check(&[0xff; 4096], "FEED_NOT_ITCH", "0xff");
    check(b"PK\x03\x04 and so on", "FEED_NOT_ITCH", "zip archive");
    check(
        &[b"\xd4\xc3\xb2\xa1", sound.as_slice()].concat(),
        "FEED_NOT_ITCH",
        "pcap",
    );
    check(
        &gzip(b"PK\x03\x04 and so on"),
        "FEED_NOT_ITCH",
        "zip archive",
    );
    check(&gzip(&gzip(&sound)), "FEED_NOT_ITCH", "gzip");
    let mut damaged = gzip(&reference_stream_in(20_000, Wire::BinaryFile));
    let middle = damaged.len() / 2;
    damaged[middle..middle + 64].fill(0xaa);
    check(&damaged, "FEED_GZIP_DAMAGED", "near byte");
    check(b"\x1f\x8b and no more", "FEED_GZIP_DAMAGED", "gzip");
}

/// An aggregated feed has the same framing, the same directory, and then other messages.
#[test]
fn another_feed_with_the_same_framing_is_refused_when_it_shows() {
    let mut bytes = Vec::new();
    for locate in 1..9000 {
        let head = Head::new(locate, 1);
        StockDirectory {
            head,
            stock: *b"WAVE    ",
            ..Default::default()
        }
        .append(Wire::BinaryFile, &mut bytes);
    }
    for _ in 0..100_000 {
        bytes.extend_from_slice(&[0, 9, b'a', 0, 1, 2, 3, 4, 5, 6, 7]);
    }
    assert_eq!(refused(&bytes).code(), "FEED_NOT_ITCH");
    assert_eq!(
        refused(&bytes[bytes.len() - 110_000..]).code(),
        "FEED_NOT_ITCH"
    );
}

#[test]
fn paths_that_lead_nowhere() {
    let folder = Folder::new();
    let code = |path: &Path| open(path).err().unwrap().code();
    assert_eq!(code(&folder.0.path().join("absent")), "FEED_NOT_FOUND");
    assert_eq!(code(folder.0.path()), "FEED_NOT_A_FILE");
    assert_eq!(code(Path::new("/dev/null")), "FEED_NOT_A_FILE");
}

#[test]
fn messages_can_be_read_one_by_one() {
    let folder = Folder::new();
    for wire in samples::BOTH {
        let mut bytes = every_type(wire).concat();
        bytes.extend_from_slice(&every_type(wire)[10][..9]);
        let mut source = open(&folder.put(&bytes)).unwrap();
        let mut body = Vec::new();
        for message in every_type(wire) {
            let offset = source.next_message(&mut body).unwrap().unwrap() as usize;
            assert_eq!(body, message[wire.prefix()..]);
            assert_eq!(body, bytes[offset..offset + body.len()]);
        }
        assert_eq!(source.next_message(&mut body).unwrap(), None);
        assert_eq!(source.counters().errors, 1);
    }
}

/// Everything that is no order's and no trade's is told, as a reader of single messages sees it.
#[test]
fn what_is_no_order_is_heard() {
    let folder = Folder::new();
    for wire in [Wire::BinaryFile, Wire::Raw] {
        let all = [stream(wire), every_type(wire).concat().repeat(700)].concat();
        let path = folder.put(&all);
        let quiet = |body: &[u8]| b"AFECXDUPQB".contains(&body[0]);
        let (mut one, mut body, mut expected) = (open(&path).unwrap(), Vec::new(), Vec::new());
        while one.next_message(&mut body).unwrap().is_some() {
            if !quiet(&body) {
                expected.push(body.clone());
            }
        }
        let (mut source, mut heard) = (open(&path).unwrap(), Vec::new());
        let mut hear = |body: &[u8]| {
            if !quiet(body) {
                heard.push(body.to_vec());
            }
        };
        while !source.hear(1000, &mut hear).unwrap().ended {}
        assert_eq!(source.counters(), one.counters());
        assert!(heard == expected);
    }
}
