//! A stream is the file of the same bytes: events, counters, digest, errors; however it is chopped.
mod samples;

use std::io::{self, Read, Write};
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use samples::every_type;
use tempfile::TempDir;
use wavetank_abi::Event;
use wavetank_feed::encode::reference_stream_in;
use wavetank_feed::{FeedError, FileSource, Framing, ParseCounters, Parser, Reason, Wire};

/// Hands out at most so many bytes at once, then fails or ends.
struct Chopped {
    bytes: io::Cursor<Vec<u8>>,
    most: usize,
    failure: Option<io::ErrorKind>,
}

impl Read for Chopped {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let most = self.most.min(into.len());
        match (self.bytes.read(&mut into[..most])?, self.failure) {
            (0, Some(kind)) => Err(kind.into()),
            (read, _) => Ok(read),
        }
    }
}

fn stream(bytes: &[u8], most: usize) -> Result<FileSource, FeedError> {
    failing(bytes, most, None)
}

fn failing(
    bytes: &[u8],
    most: usize,
    failure: Option<io::ErrorKind>,
) -> Result<FileSource, FeedError> {
    let from = Chopped {
        bytes: io::Cursor::new(bytes.to_vec()),
        most,
        failure,
    };
    FileSource::from_stream(from, Path::new("a pipe"), Framing::Auto, Parser::Zig)
}

type All = (Vec<Event>, ParseCounters, u64, u64, u64);

fn all(mut source: FileSource) -> Result<All, FeedError> {
    let mut events = Vec::new();
    while !source.next_batch(&mut events, 700)?.ended {}
    let counters = source.counters().clone();
    let lengths = (source.position_bytes(), source.length_bytes());
    Ok((
        events,
        counters,
        source.input_digest(),
        lengths.0,
        lengths.1,
    ))
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn a_stream_is_the_file_of_its_bytes() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("feed");
    let plain = |wire| [every_type(wire).concat(), reference_stream_in(60_000, wire)].concat();
    let framed = plain(Wire::BinaryFile);
    let mut damaged = framed.clone();
    damaged[500_000..500_070].fill(0xee);
    let members = [gzip(&framed[..1001]), gzip(&framed[1001..])].concat();
    for bytes in [plain(Wire::Raw), gzip(&framed), members, damaged, framed] {
        std::fs::write(&path, &bytes).unwrap();
        let file = FileSource::open(&path, Framing::Auto, Parser::Zig).unwrap();
        let file = all(file).unwrap();
        for most in [1, 4096, 65_536, usize::MAX] {
            assert!(
                all(stream(&bytes, most).unwrap()).unwrap() == file,
                "by {most}"
            );
        }
    }
}

#[test]
fn a_cut_stream_names_the_place() {
    let bytes = reference_stream_in(5000, Wire::BinaryFile);
    let whole = all(stream(&bytes, 4096).unwrap()).unwrap().1;
    let (_, cut, ..) = all(stream(&bytes[..bytes.len() - 3], 4096).unwrap()).unwrap();
    assert_eq!(cut.messages, whole.messages - 1);
    assert_eq!(cut.first_error.unwrap().reason, Reason::Truncated);
    let stored = gzip(&bytes);
    let (_, cut, ..) = all(stream(&stored[..stored.len() - 100], 4096).unwrap()).unwrap();
    assert_eq!(cut.first_error.unwrap().reason, Reason::Truncated);
    assert!(cut.messages < whole.messages);
}

#[test]
fn what_is_wrong_is_named() {
    let code = |source: Result<FileSource, FeedError>| source.and_then(all).unwrap_err().code();
    let bytes = reference_stream_in(60_000, Wire::BinaryFile);
    let mut damaged = gzip(&bytes);
    let middle = damaged.len() / 2;
    damaged[middle..middle + 40].fill(0);
    assert_eq!(code(stream(&[], 10)), "FEED_EMPTY");
    assert_eq!(
        code(stream(b"no such thing as a message in here", 10)),
        "FEED_NOT_ITCH"
    );
    assert_eq!(code(stream(&damaged, 4096)), "FEED_GZIP_DAMAGED");
    let broken = Some(io::ErrorKind::ConnectionReset);
    for bytes in [&bytes[..], &bytes[..10], &[]] {
        assert_eq!(code(failing(bytes, 4096, broken)), "FEED_UNREADABLE");
    }
}
