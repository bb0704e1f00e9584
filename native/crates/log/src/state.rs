//! What opening a log can find, and where its good records end. In: nothing. Out: words for it.

use std::fmt;

use crate::format::segment_name;

/// What opening a log found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogState {
    /// Its last record is a seal and nothing follows.
    Sealed,
    /// Whole to its last byte, but no seal: still written, or its writer died between commits.
    Unsealed,
    /// The last segment ends in bytes that are no record, with no record after them: what a
    /// crash leaves of an unacknowledged commit.
    TornTail {
        /// Segment with the tail.
        segment: u64,
        /// Offset in that segment where the good records end.
        at: u64,
    },
    /// Something that was whole once is not what was written.
    Corrupt {
        /// Segment with the damage.
        segment: u64,
        /// Offset in that segment.
        offset: u64,
        /// What is wrong there.
        why: Damage,
    },
}

/// What is wrong at a place of a log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Damage {
    /// The segment's file is not there.
    MissingSegment,
    /// The segment header is not one of this version, or its checksum fails.
    SegmentHeader,
    /// A whole segment, but not the one that belongs here.
    SegmentOutOfPlace,
    /// A length, a reserved field or a checksum is wrong.
    Record,
    /// A whole record, but not the one that belongs here.
    RecordOutOfPlace,
    /// A whole record of a kind that this version does not have.
    RecordKind,
    /// Sequences fall, or the events inside a record are not those its header names.
    Sequence,
    /// Something follows the seal.
    AfterSeal,
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::MissingSegment => "the segment is missing",
            Self::SegmentHeader => "the segment header is damaged or of another version",
            Self::SegmentOutOfPlace => "the segment belongs to another place or another log",
            Self::Record => "the record is damaged",
            Self::RecordOutOfPlace => "the record belongs to another place",
            Self::RecordKind => "the record is of an unknown kind",
            Self::Sequence => "the sequence numbers do not ascend",
            Self::AfterSeal => "something follows the seal",
        })
    }
}

impl fmt::Display for LogState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sealed => f.write_str("sealed"),
            Self::Unsealed => f.write_str("unsealed"),
            Self::TornTail { segment, at } => {
                write!(f, "torn at byte {at} of {}", segment_name(*segment))
            }
            Self::Corrupt {
                segment,
                offset,
                why,
            } => {
                write!(
                    f,
                    "corrupt at byte {offset} of {}: {why}",
                    segment_name(*segment)
                )
            }
        }
    }
}

/// Where the good records of a log end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LogEnd {
    /// Records before the end; the next one would bear this index.
    pub records: u64,
    /// Highest sequence, 0 without records.
    pub last_seq: u64,
    /// Chain value after the last record.
    pub chain: u64,
    /// Segment with the last record.
    pub segment: u64,
    /// Bytes of that segment which hold its header and good records.
    pub bytes: u64,
}
