//! One pass over a log: yields its records in order and ends in a verdict. In: a folder on a
//! disk. Out: headers with the place of their payload, then a [`LogState`]. It writes nothing,
//! and it does not know what payloads mean beyond their kind and, for events, their sequences.

use std::path::{Path, PathBuf};

use wavetank_abi::Record;

use crate::disk::Disk;
use crate::error::LogError;
use crate::format::{
    CHAIN_START, RECORD_HEADER_BYTES, RecordHeader, RecordKind, SEGMENT_HEADER_BYTES,
    SegmentHeader, next_chain, segment_name, segment_number,
};
use crate::state::{Damage, LogEnd, LogState};
use crate::window::{Window, read_full};

/// A record's header with its place.
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
    window: Window,
    at: u64,
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
            window: Window::default(),
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
        self.open(disk)?;
        self.at = to.offset;
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
        payload(self.window.held_from(found.offset), &found.header)
    }

    /// The next record, or `None` with the verdict in `state`.
    pub fn next(&mut self, disk: &mut dyn Disk) -> Result<Option<Found>, LogError> {
        while self.state.is_none() {
            if !self.loaded {
                self.enter(disk)?;
            } else if self.at >= self.window.size() {
                self.leave();
            } else if self.sealed {
                self.corrupt(self.at, Damage::AfterSeal);
            } else if let Some((header, total)) = self.decode()? {
                match self.judge(&header) {
                    Ok(kind) => return Ok(Some(self.accept(header, kind, total))),
                    Err(why) => self.corrupt(self.at, why),
                }
            } else {
                self.broken(disk)?;
            }
        }
        Ok(None)
    }

    fn open(&mut self, disk: &mut dyn Disk) -> Result<(), LogError> {
        self.window
            .open(disk, self.dir.join(segment_name(self.segment)))
    }

    /// The record at the present place, if there is a whole one.
    fn decode(&mut self) -> Result<Option<(RecordHeader, u64)>, LogError> {
        let room = self.window.size() - self.at;
        let bytes = self.window.from(self.at, RECORD_HEADER_BYTES as u64)?;
        let Some((_, total)) = RecordHeader::peek(bytes, room) else {
            return Ok(None);
        };
        let bytes = self.window.from(self.at, total)?;
        Ok(RecordHeader::decode(bytes).map(|header| (header, total)))
    }

    /// Opens the next segment and judges its header against what came before.
    fn enter(&mut self, disk: &mut dyn Disk) -> Result<(), LogError> {
        if self.numbers.get(self.segment as usize) != Some(&self.segment) {
            self.corrupt(0, Damage::MissingSegment);
            return Ok(());
        }
        self.open(disk)?;
        let head = self.window.from(0, SEGMENT_HEADER_BYTES as u64)?;
        match SegmentHeader::decode(head) {
            None => self.corrupt(0, Damage::SegmentHeader),
            Some(header) if !self.follows(&header) => self.corrupt(0, Damage::SegmentOutOfPlace),
            Some(header) => {
                self.at = SEGMENT_HEADER_BYTES as u64;
                self.loaded = true;
                self.end.last_seq = header.first_seq;
                self.end.segment = self.segment;
                self.end.bytes = self.at;
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
            let resumed = follows && self.resumed_at(disk, at)?;
            if resumed {
                self.segment += 1;
                self.loaded = false;
            } else {
                self.corrupt(at, Damage::Record);
            }
        } else if self.record_after()? {
            self.corrupt(at, Damage::Record);
        } else {
            self.state = Some(LogState::TornTail {
                segment: self.segment,
                at,
            });
        }
        Ok(())
    }

    /// Whether the next segment says that it was begun because this one ends at `at`.
    fn resumed_at(&self, disk: &mut dyn Disk, at: u64) -> Result<bool, LogError> {
        let mut head = [0_u8; SEGMENT_HEADER_BYTES];
        let path = self.dir.join(segment_name(self.segment + 1));
        let got = disk
            .open(&path)
            .and_then(|mut file| read_full(file.as_mut(), 0, &mut head))
            .map_err(|e| LogError::io("read", &path, &e))?;
        let header = SegmentHeader::decode(&head[..got]);
        Ok(header.is_some_and(|h| h.resumed && h.previous_bytes == at))
    }

    /// Whether any whole record lies behind the broken place. The search spends at most four
    /// times the segment's bytes on checksums; a tail built to cost more counts as damage.
    fn record_after(&mut self) -> Result<bool, LogError> {
        let bytes = self.window.from(self.at, u64::MAX)?;
        let room = bytes.len() / RECORD_HEADER_BYTES;
        let near = self.end.records..self.end.records.saturating_add(room as u64 + 1);
        let mut budget = bytes.len() * 4;
        for at in (8..bytes.len()).step_by(8) {
            let rest = &bytes[at..];
            let Some((header, total)) = RecordHeader::peek(rest, rest.len() as u64) else {
                continue;
            };
            if near.contains(&header.index) {
                if budget < total as usize || RecordHeader::decode(rest).is_some() {
                    return Ok(true);
                }
                budget -= total as usize;
            }
        }
        Ok(false)
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
            let payload = payload(self.window.held_from(self.at), header);
            if !events_ascend(payload, self.end.last_seq, header.seq) {
                return Err(Damage::Sequence);
            }
        }
        Ok(kind)
    }

    fn accept(&mut self, header: RecordHeader, kind: RecordKind, total: u64) -> Found {
        let found = Found {
            header,
            kind,
            segment: self.segment,
            offset: self.at,
        };
        self.at += total;
        self.sealed = kind == RecordKind::Seal;
        self.end.records += 1;
        self.end.last_seq = header.seq;
        self.end.chain = next_chain(header.chain, header.crc, header.len);
        self.end.bytes = self.at;
        found
    }

    fn corrupt(&mut self, offset: u64, why: Damage) {
        self.state = Some(LogState::Corrupt {
            segment: self.segment,
            offset,
            why,
        });
    }
}

fn payload<'a>(record: &'a [u8], header: &RecordHeader) -> &'a [u8] {
    &record[RECORD_HEADER_BYTES..][..header.len as usize]
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
