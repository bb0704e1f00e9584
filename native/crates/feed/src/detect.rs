//! What a file is, from its first bytes: framed, raw, or not ITCH 5.0 at all.
use std::path::Path;

use wavetank_abi::Event;

use crate::counters::ParseCounters;
use crate::error::FeedError;
use crate::reader::Reader;
use crate::recover::ts_ns;
use crate::scan::{Parser, Wire};
use crate::source::Framing;
use crate::window::Slice;

/// Bytes looked at.
pub(crate) const SAMPLE: usize = 1 << 20;

const EXPECTED: &str = "messages of NASDAQ TotalView-ITCH 5.0, framed (BinaryFILE) or raw";

/// The framing of `sample`, the first bytes of a file; `whole` when they are all of it.
pub(crate) fn detect(
    sample: &[u8],
    whole: bool,
    framing: Framing,
    path: &Path,
) -> Result<Wire, FeedError> {
    if sample.is_empty() {
        return Err(FeedError::Empty {
            path: path.to_owned(),
        });
    }
    let candidates: &[Wire] = match framing {
        Framing::BinaryFile => &[Wire::BinaryFile],
        Framing::Raw => &[Wire::Raw],
        Framing::Auto => &[Wire::BinaryFile, Wire::Raw],
    };
    let probes: Vec<Probe> = candidates
        .iter()
        .map(|wire| Probe::of(sample, *wire))
        .collect();
    let guess = framing == Framing::Auto;
    if let Some(probe) = probes.iter().find(|probe| probe.fits(sample.len(), guess)) {
        return Ok(probe.wire);
    }
    if whole && probes[0].only_a_cut_message() {
        let length_bytes = sample.len() as u64;
        return Err(FeedError::Truncated {
            path: path.to_owned(),
            length_bytes,
        });
    }
    Err(FeedError::NotItch {
        path: path.to_owned(),
        offset_bytes: probes[0]
            .counters
            .first_error
            .map_or(0, |error| error.offset_bytes),
        found: probes[0].found(sample),
        expected: EXPECTED,
    })
}

struct Probe {
    wire: Wire,
    counters: ParseCounters,
    /// Whether time runs forward from message to message, as chance letters do not.
    orderly: bool,
}

impl Probe {
    fn of(sample: &[u8], wire: Wire) -> Self {
        let mut reader = Reader::new(Parser::Zig, wire);
        let mut events: Vec<Event> = Vec::new();
        let mut window = Slice::new(sample);
        // A sample that is judged hopeless has counted the errors that `fits` looks at.
        while !reader.ended
            && reader
                .read(&mut window, &mut events, 4096, Path::new(""))
                .is_ok()
        {
            events.clear();
        }
        Self {
            wire,
            counters: reader.counters,
            orderly: orderly(sample, wire),
        }
    }

    fn fits(&self, sample: usize, guess: bool) -> bool {
        let cut = u64::from(self.counters.truncated_bytes > 0);
        let errors = self.counters.errors - cut.min(self.counters.errors);
        let skipped = self.counters.bytes_skipped - self.counters.truncated_bytes;
        let begins = self
            .counters
            .first_error
            .is_none_or(|error| error.offset_bytes > 0);
        let sound = self.counters.messages > 4 * errors && 2 * skipped < sample as u64;
        begins && sound && (self.orderly || !guess || self.wire == Wire::BinaryFile)
    }

    fn only_a_cut_message(&self) -> bool {
        self.counters.messages == 0
            && self.counters.errors == 1
            && self.counters.truncated_bytes > 0
    }

    fn found(&self, sample: &[u8]) -> String {
        if let Some((_, name)) = FORMATS.iter().find(|(magic, _)| sample.starts_with(magic)) {
            return format!("stands {name}");
        }
        match self.counters.first_error {
            Some(error) => format!("stands {}", error.reason),
            None => "stand bytes that make no messages".to_owned(),
        }
    }
}

/// Formats that are often taken for an ITCH file.
const FORMATS: [(&[u8], &str); 9] = [
    (b"PK\x03\x04", "a zip archive (unpack it first)"),
    (b"\x28\xb5\x2f\xfd", "a zstd file (unpack it first)"),
    (b"BZh", "a bzip2 file (unpack it first)"),
    (b"\xfd7zXZ", "an xz file (unpack it first)"),
    (b"\x1f\x8b", "a gzip file inside a gzip file"),
    (b"\xd4\xc3\xb2\xa1", "a pcap capture"),
    (b"\xa1\xb2\xc3\xd4", "a pcap capture"),
    (b"\x4d\x3c\xb2\xa1", "a pcap capture"),
    (b"\x0a\x0d\x0d\x0a", "a pcapng capture"),
];

/// Of the first messages, nearly all are no earlier than the one before.
fn orderly(sample: &[u8], wire: Wire) -> bool {
    let mut reader = Reader::new(Parser::Zig, wire);
    let mut window = Slice::new(sample);
    let mut body = Vec::new();
    let (mut last, mut forward, mut back) = (0, 0u32, 0u32);
    while forward + back < 256
        && let Ok(Some(_)) = reader.read_message(&mut window, &mut body, Path::new(""))
    {
        let ts = ts_ns(&body);
        if ts >= last {
            forward += 1
        } else {
            back += 1
        }
        last = ts;
    }
    forward > 9 * back
}
