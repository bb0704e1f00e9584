//! The bytes of log version 1: segment header, record header, chain. In: fields. Out: bytes, and
//! back, with every check that needs no neighbour. It touches no disk.

/// Segment files begin with these bytes.
pub const SEGMENT_MAGIC: [u8; 8] = *b"WAVETLOG";
/// Version of the format.
pub const VERSION: u32 = 1;
/// Size at which a segment is closed and the next one begun.
pub const SEGMENT_BYTES: u64 = 64 << 20;
/// Bytes of a segment header.
pub const SEGMENT_HEADER_BYTES: usize = 64;
/// Bytes of a record header; the payload follows, padded with zeros to a multiple of eight.
pub const RECORD_HEADER_BYTES: usize = 40;
/// Largest payload of one record. A record above the segment size has a segment of its own.
pub const PAYLOAD_MAX: usize = 1 << 30;
/// Chain value before the first record of a log.
pub const CHAIN_START: u64 = 0;

const RESUMED: u32 = 1;

/// What a record's payload is.
#[repr(u16)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RecordKind {
    /// One or more sequenced events, 64 bytes each.
    Events = 1,
    /// A control as JSON.
    Control = 2,
    /// A checkpoint; its own format checks itself.
    Checkpoint = 3,
    /// A remark as UTF-8 text or JSON.
    Note = 4,
    /// The last record of a finished log: JSON with the digests it vouches for.
    Seal = 5,
}

impl RecordKind {
    /// The kind with this number.
    #[must_use]
    pub fn from_raw(raw: u16) -> Option<Self> {
        Some(match raw {
            1 => Self::Events,
            2 => Self::Control,
            3 => Self::Checkpoint,
            4 => Self::Note,
            5 => Self::Seal,
            _ => return None,
        })
    }
}

/// File name of a segment.
#[must_use]
pub fn segment_name(number: u64) -> String {
    format!("{number:08}.wlog")
}

/// Number of the segment with this file name, if it is one.
pub(crate) fn segment_number(name: &str) -> Option<u64> {
    let digits = name.strip_suffix(".wlog")?;
    let number = digits.parse().ok()?;
    (segment_name(number) == name).then_some(number)
}

/// Name of a segment while it is being created; readers never look at it.
pub(crate) fn segment_draft(number: u64) -> String {
    format!("{number:08}.wlog.new")
}

/// Chain value after a record: `XXH3_64(chain_le8 ‖ crc_le4 ‖ len_le4)`, where `chain` is the
/// value before it.
#[must_use]
pub fn next_chain(chain: u64, crc: u32, len: u32) -> u64 {
    let mut bytes = [0_u8; 16];
    bytes[..8].copy_from_slice(&chain.to_le_bytes());
    bytes[8..12].copy_from_slice(&crc.to_le_bytes());
    bytes[12..].copy_from_slice(&len.to_le_bytes());
    xxhash_rust::xxh3::xxh3_64(&bytes)
}

/// First bytes of a segment file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SegmentHeader {
    /// Number of the segment, from 0.
    pub number: u64,
    /// Index of its first record.
    pub first_index: u64,
    /// Sequence reached before its first record; none in it is lower.
    pub first_seq: u64,
    /// Chain value after the last record of the segment before it.
    pub previous_chain: u64,
    /// Bytes of the segment before it that hold its header and records.
    pub previous_bytes: u64,
    /// A writer continued a log that was not closed; what lies in the segment before it beyond
    /// `previous_bytes` was never acknowledged.
    pub resumed: bool,
}

impl SegmentHeader {
    pub fn encode(&self) -> [u8; SEGMENT_HEADER_BYTES] {
        let mut out = [0_u8; SEGMENT_HEADER_BYTES];
        out[..8].copy_from_slice(&SEGMENT_MAGIC);
        out[8..12].copy_from_slice(&VERSION.to_le_bytes());
        let flags = if self.resumed { RESUMED } else { 0 };
        out[12..16].copy_from_slice(&flags.to_le_bytes());
        out[16..24].copy_from_slice(&self.number.to_le_bytes());
        out[24..32].copy_from_slice(&self.first_index.to_le_bytes());
        out[32..40].copy_from_slice(&self.first_seq.to_le_bytes());
        out[40..48].copy_from_slice(&self.previous_chain.to_le_bytes());
        out[48..56].copy_from_slice(&self.previous_bytes.to_le_bytes());
        let crc = crc32c::crc32c(&out[..60]);
        out[60..].copy_from_slice(&crc.to_le_bytes());
        out
    }

    /// The header in these bytes, or `None` if any of them is not as it was written.
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let bytes = bytes.get(..SEGMENT_HEADER_BYTES)?;
        let flags = u32_at(bytes, 12);
        let sound = bytes[..8] == SEGMENT_MAGIC
            && u32_at(bytes, 8) == VERSION
            && flags & !RESUMED == 0
            && u32_at(bytes, 56) == 0
            && u32_at(bytes, 60) == crc32c::crc32c(&bytes[..60]);
        sound.then(|| Self {
            number: u64_at(bytes, 16),
            first_index: u64_at(bytes, 24),
            first_seq: u64_at(bytes, 32),
            previous_chain: u64_at(bytes, 40),
            previous_bytes: u64_at(bytes, 48),
            resumed: flags & RESUMED != 0,
        })
    }
}

/// First bytes of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RecordHeader {
    /// Bytes of payload, without padding.
    pub len: u32,
    /// CRC-32C over header (this field as zero), payload and padding.
    pub crc: u32,
    /// Number of the record in the log, from 0.
    pub index: u64,
    /// Last sequence it belongs to.
    pub seq: u64,
    /// Chain value before it.
    pub chain: u64,
    /// Raw record kind.
    pub kind: u16,
}

impl RecordHeader {
    /// Header of a payload, checksum included.
    pub fn seal(kind: RecordKind, index: u64, seq: u64, chain: u64, payload: &[u8]) -> Self {
        let len = u32::try_from(payload.len()).expect("the writer bounds payloads");
        let mut header = Self {
            len,
            crc: 0,
            index,
            seq,
            chain,
            kind: kind as u16,
        };
        let crc = crc32c::crc32c_append(crc32c::crc32c(&header.encode()), payload);
        header.crc = crc32c::crc32c_append(crc, padding(payload.len()));
        header
    }

    pub fn encode(&self) -> [u8; RECORD_HEADER_BYTES] {
        let mut out = [0_u8; RECORD_HEADER_BYTES];
        out[..4].copy_from_slice(&self.len.to_le_bytes());
        out[4..8].copy_from_slice(&self.crc.to_le_bytes());
        out[8..16].copy_from_slice(&self.index.to_le_bytes());
        out[16..24].copy_from_slice(&self.seq.to_le_bytes());
        out[24..32].copy_from_slice(&self.chain.to_le_bytes());
        out[32..34].copy_from_slice(&self.kind.to_le_bytes());
        out
    }

    /// The record at the start of `bytes`, which hold all of it, if its checksum is right.
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let (header, total) = Self::peek(bytes, bytes.len() as u64)?;
        let mut bare = [0_u8; RECORD_HEADER_BYTES];
        bare.copy_from_slice(&bytes[..RECORD_HEADER_BYTES]);
        bare[4..8].fill(0);
        let crc = crc32c::crc32c(&bare);
        let crc = crc32c::crc32c_append(crc, &bytes[RECORD_HEADER_BYTES..total as usize]);
        (crc == header.crc).then_some(header)
    }

    /// The header at the start of `bytes` and the bytes its record occupies, checksum unseen. The
    /// length is judged against the `room` left in the segment before anything uses it.
    pub fn peek(bytes: &[u8], room: u64) -> Option<(Self, u64)> {
        let head = bytes.get(..RECORD_HEADER_BYTES)?;
        let len = u32_at(head, 0);
        let total = (RECORD_HEADER_BYTES + padded(len as usize)) as u64;
        if len == 0 || len as usize > PAYLOAD_MAX || total > room {
            return None;
        }
        let header = Self {
            len,
            crc: u32_at(head, 4),
            index: u64_at(head, 8),
            seq: u64_at(head, 16),
            chain: u64_at(head, 24),
            kind: u16::from_le_bytes([head[32], head[33]]),
        };
        (head[34..] == [0; 6]).then_some((header, total))
    }
}

/// Length with padding to a multiple of eight.
pub(crate) const fn padded(len: usize) -> usize {
    len.next_multiple_of(8)
}

/// The zeros that follow a payload of this length.
pub(crate) fn padding(len: usize) -> &'static [u8] {
    &[0; 8][..padded(len) - len]
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes(bytes[at..at + 4].try_into().expect("four bytes"))
}

fn u64_at(bytes: &[u8], at: usize) -> u64 {
    u64::from_le_bytes(bytes[at..at + 8].try_into().expect("eight bytes"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_segment_header_survives_and_every_flip_is_seen() {
        let header = SegmentHeader {
            number: 3,
            first_index: 40,
            first_seq: 77,
            previous_chain: 0x0123_4567_89ab_cdef,
            previous_bytes: 4096,
            resumed: true,
        };
        let bytes = header.encode();
        assert_eq!(SegmentHeader::decode(&bytes), Some(header));
        for bit in 0..bytes.len() * 8 {
            let mut bad = bytes;
            bad[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(SegmentHeader::decode(&bad), None, "bit {bit}");
        }
    }

    #[test]
    fn names_go_both_ways() {
        assert_eq!(segment_number(&segment_name(12)), Some(12));
        assert_eq!(
            segment_number(&segment_name(123_456_789)),
            Some(123_456_789)
        );
        for name in [
            "12.wlog",
            "00000012.wlog.new",
            "+0000012.wlog",
            "x.wlog",
            "run.yaml",
        ] {
            assert_eq!(segment_number(name), None, "{name}");
        }
    }

    #[test]
    fn chain_vector() {
        assert_eq!(next_chain(CHAIN_START, 0, 0), 0xd0a6_6a65_c752_8968);
    }
}
