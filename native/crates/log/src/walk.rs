//! One pass over a log: yields its records in order and ends in a verdict. In: a folder on a
//! disk. Out: headers with the place of their payload, then a [`LogState`]. It writes nothing,
//! and it does not know what payloads mean beyond their kind and, for events, their sequences.

use std::fmt;
use std::path::{Path, PathBuf};

use wavetank_abi::Record;

use crate::disk::Disk;
use crate::error::LogError;
use crate::format::{
    CHAIN_START, RECORD_HEADER_BYTES, RecordHeader, RecordKind, SEGMENT_HEADER_BYTES,
    SegmentHeader, next_chain, segment_name, segment_number,
};

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

/// A record's header with the place of its payload in the loaded segment.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Found {
    pub header: RecordHeader,
    pub kind: RecordKind,
    pub segment: u64,
    pub offset: u64,
}

/// The pass itself.
pub(crate) struct Walk {
    dir: PathBuf,
    numbers: Vec<u64>,
    segment: u64,
    words: Vec<u64>,
    length: usize,
    at: usize,
    loaded: bool,
    end: LogEnd,
    sealed: bool,
    state: Option<LogState>,
}

impl Walk {
    /// Starts before the first record.
    pub fn start(disk: &mut dyn Disk, dir: &Path) -> Result<Self, LogError> {
        let names = disk.list(dir).map_err(|e| LogError::io("list", dir, &e))?;
        let mut numbers: Vec<u64> = names
            .iter()
            .filter_map(|name| segment_number(name))
            .collect();
        numbers.sort_unstable();
        Ok(Self {
            dir: dir.to_owned(),
            numbers,
            segment: 0,
            words: Vec::new(),
            length: 0,
            at: 0,
            loaded: false,
            end: LogEnd {
                records: 0,
                last_seq: 0,
                chain: CHAIN_START,
                segment: 0,
                bytes: 0,
            },
            sealed: false,
            state: None,
        })
    }

    /// Moves to a record found before; the pass goes on with that record.
    pub fn jump(&mut self, disk: &mut dyn Disk, to: &Found) -> Result<(), LogError> {
        self.segment = to.segment;
        self.load(disk)?;
        self.at = usize::try_from(to.offset).expect("found in memory");
        self.loaded = true;
        self.end = LogEnd {
            records: to.header.index,
            last_seq: 0,
            chain: to.header.chain,
            segment: to.segment,
            bytes: to.offset,
        };
        self.sealed = false;
        self.state = None;
        Ok(())
    }

    /// The verdict, once `next` returned `None`.
    pub fn state(&self) -> Option<LogState> {
        self.state
    }

    /// Where the records yielded so far end.
    pub fn end(&self) -> LogEnd {
        self.end
    }

    /// Payload of the record last yielded, eight-byte aligned.
    pub fn payload(&self, found: &Found) -> &[u8] {
        let start = found.offset as usize + RECORD_HEADER_BYTES;
        &self.bytes()[start..start + found.header.len as usize]
    }

    /// The next record, or `None` with the verdict in `state`.
    pub fn next(&mut self, disk: &mut dyn Disk) -> Result<Option<Found>, LogError> {
        while self.state.is_none() {
            if !self.loaded {
                self.enter(disk)?;
                continue;
            }
            if self.at == self.length {
                self.leave();
                continue;
            }
            if self.sealed {
                self.corrupt(self.at, Damage::AfterSeal);
                continue;
            }
            match RecordHeader::decode(&self.bytes()[self.at..]) {
                None => self.broken(disk)?,
                Some((header, total)) => match self.judge(&header) {
                    Ok(kind) => return Ok(Some(self.accept(header, kind, total))),
                    Err(why) => self.corrupt(self.at, why),
                },
            }
        }
        Ok(None)
    }

    fn bytes(&self) -> &[u8] {
        &bytemuck::cast_slice(&self.words)[..self.length]
    }

    /// Loads the next segment and judges its header against what came before.
    fn enter(&mut self, disk: &mut dyn Disk) -> Result<(), LogError> {
        if self.numbers.get(self.segment as usize) != Some(&self.segment) {
            self.corrupt(0, Damage::MissingSegment);
            return Ok(());
        }
        self.load(disk)?;
        match SegmentHeader::decode(self.bytes()) {
            None => self.corrupt(0, Damage::SegmentHeader),
            Some(header) if !self.follows(&header) => self.corrupt(0, Damage::SegmentOutOfPlace),
            Some(header) => {
                self.at = SEGMENT_HEADER_BYTES;
                self.loaded = true;
                self.end.last_seq = header.first_seq;
                self.end.segment = self.segment;
                self.end.bytes = self.at as u64;
            }
        }
        Ok(())
    }

    fn follows(&self, header: &SegmentHeader) -> bool {
        header.number == self.segment
            && header.first_index == self.end.records
            && (header.first_seq == self.end.last_seq || self.segment == 0)
            && header.previous_chain == self.end.chain
            && header.previous_bytes == self.end.bytes
            && !(header.resumed && self.segment == 0)
    }

    /// At the clean end of a segment: the next one, or the verdict.
    fn leave(&mut self) {
        let last = self.segment as usize + 1 >= self.numbers.len();
        match (last, self.sealed) {
            (true, true) => self.state = Some(LogState::Sealed),
            (true, false) => self.state = Some(LogState::Unsealed),
            (false, true) => {
                self.segment += 1;
                self.corrupt(0, Damage::AfterSeal);
            }
            (false, false) => {
                self.segment += 1;
                self.loaded = false;
            }
        }
    }

    /// At bytes that are no record. A tail that a later writer left behind knowingly is passed
    /// over; a tail with nothing good after it is torn; anything else is damage.
    fn broken(&mut self, disk: &mut dyn Disk) -> Result<(), LogError> {
        let at = self.at;
        if self.numbers.last() > Some(&self.segment) {
            let follows = self.numbers.contains(&(self.segment + 1));
            let resumed = follows && self.resumed_at(disk, at as u64)?;
            if resumed {
                self.segment += 1;
                self.loaded = false;
            } else {
                self.corrupt(at, Damage::Record);
            }
        } else if self.record_after() {
            self.corrupt(at, Damage::Record);
        } else {
            self.state = Some(LogState::TornTail {
                segment: self.segment,
                at: at as u64,
            });
        }
        Ok(())
    }

    /// Whether the next segment says that it was begun because this one ends at `at`.
    fn resumed_at(&self, disk: &mut dyn Disk, at: u64) -> Result<bool, LogError> {
        let mut head = [0_u8; SEGMENT_HEADER_BYTES];
        let path = self.dir.join(segment_name(self.segment + 1));
        let got = read_full(disk, &path, 0, &mut head)?;
        let header = SegmentHeader::decode(&head[..got]);
        Ok(header.is_some_and(|h| h.resumed && h.previous_bytes == at))
    }

    /// Whether any whole record lies behind the broken place. The search spends at most four
    /// times the segment's bytes on checksums; a tail built to cost more counts as damage.
    fn record_after(&self) -> bool {
        let bytes = self.bytes();
        let mut budget = bytes.len() * 4;
        let mut at = self.at + 8;
        while at + RECORD_HEADER_BYTES < bytes.len() {
            let room = (bytes.len() - self.at) / RECORD_HEADER_BYTES;
            let near = self.end.records..self.end.records.saturating_add(room as u64 + 1);
            if let Some((header, total)) = RecordHeader::peek(&bytes[at..])
                && near.contains(&header.index)
            {
                if RecordHeader::decode(&bytes[at..]).is_some() || budget < total {
                    return true;
                }
                budget -= total;
            }
            at += 8;
        }
        false
    }

    fn judge(&self, header: &RecordHeader) -> Result<RecordKind, Damage> {
        if header.index != self.end.records || header.chain != self.end.chain {
            return Err(Damage::RecordOutOfPlace);
        }
        if header.seq < self.end.last_seq {
            return Err(Damage::Sequence);
        }
        let kind = RecordKind::from_raw(header.kind).ok_or(Damage::RecordKind)?;
        if kind == RecordKind::Events {
            let start = self.at + RECORD_HEADER_BYTES;
            let payload = &self.bytes()[start..start + header.len as usize];
            if !events_ascend(payload, self.end.last_seq, header.seq) {
                return Err(Damage::Sequence);
            }
        }
        Ok(kind)
    }

    fn accept(&mut self, header: RecordHeader, kind: RecordKind, total: usize) -> Found {
        let found = Found {
            header,
            kind,
            segment: self.segment,
            offset: self.at as u64,
        };
        self.at += total;
        self.sealed = kind == RecordKind::Seal;
        self.end.records += 1;
        self.end.last_seq = header.seq;
        self.end.chain = next_chain(header.chain, header.crc, header.len);
        self.end.bytes = self.at as u64;
        found
    }

    fn corrupt(&mut self, at: usize, why: Damage) {
        self.state = Some(LogState::Corrupt {
            segment: self.segment,
            offset: at as u64,
            why,
        });
    }

    fn load(&mut self, disk: &mut dyn Disk) -> Result<(), LogError> {
        let path = self.dir.join(segment_name(self.segment));
        let length = disk
            .length(&path)
            .map_err(|e| LogError::io("measure", &path, &e))?;
        let length = usize::try_from(length).expect("a segment fits in memory");
        self.words.clear();
        self.words.resize(length.div_ceil(8), 0);
        let into = &mut bytemuck::cast_slice_mut(&mut self.words)[..length];
        self.length = read_full(disk, &path, 0, into)?;
        Ok(())
    }
}

/// Whether the payload holds events with sequences above `after` that ascend to `last`.
fn events_ascend(payload: &[u8], after: u64, last: u64) -> bool {
    let Ok(records) = bytemuck::try_cast_slice::<u8, Record>(payload) else {
        return false;
    };
    let mut seq = after;
    records.iter().all(|record| {
        let ascends = record.seq > seq;
        seq = record.seq;
        ascends
    }) && seq == last
}

/// Reads until `into` is full or the file ends.
pub(crate) fn read_full(
    disk: &mut dyn Disk,
    path: &Path,
    offset: u64,
    into: &mut [u8],
) -> Result<usize, LogError> {
    let mut got = 0;
    while got < into.len() {
        match disk.read_at(path, offset + got as u64, &mut into[got..]) {
            Ok(0) => break,
            Ok(count) => got += count,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return Err(LogError::io("read", path, &error)),
        }
    }
    Ok(got)
}
