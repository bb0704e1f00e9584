//! Opening a log for reading. In: a folder. Out: a verdict over all of it, then the records as
//! often as wanted. It never changes a file; what it does not vouch for it does not yield.

use std::path::{Path, PathBuf};

use wavetank_abi::Record;

use crate::disk::{Disk, RealDisk};
use crate::error::LogError;
use crate::format::RecordKind;
use crate::state::{LogEnd, LogState};
use crate::walk::{Found, Walk};

/// A log whose every byte has been judged once.
pub struct LogReader {
    disk: Box<dyn Disk>,
    dir: PathBuf,
    state: LogState,
    end: LogEnd,
    places: Vec<Place>,
}

/// Where a record stands; only for records of the log it came from.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    found: Found,
}

impl Place {
    /// Number of the record in the log, from 0.
    #[must_use]
    pub fn index(&self) -> u64 {
        self.found.header.index
    }

    /// Last sequence it belongs to.
    #[must_use]
    pub fn seq(&self) -> u64 {
        self.found.header.seq
    }

    /// What its payload is.
    #[must_use]
    pub fn kind(&self) -> RecordKind {
        self.found.kind
    }

    /// Segment that holds it.
    #[must_use]
    pub fn segment(&self) -> u64 {
        self.found.segment
    }

    /// Offset of its header in the segment.
    #[must_use]
    pub fn offset(&self) -> u64 {
        self.found.offset
    }
}

/// One record, valid until the cursor moves.
#[derive(Clone, Copy, Debug)]
pub struct LogRecord<'a> {
    /// Where it stands.
    pub place: Place,
    /// Its payload without padding, eight-byte aligned.
    pub payload: &'a [u8],
}

impl<'a> LogRecord<'a> {
    /// Its events, if it holds events.
    #[must_use]
    pub fn events(&self) -> Option<&'a [Record]> {
        (self.place.kind() == RecordKind::Events).then(|| bytemuck::cast_slice(self.payload))
    }
}

impl LogReader {
    /// Opens and judges the log in `dir`. Damage is a state, not an error.
    ///
    /// # Errors
    /// What the operating system refuses.
    pub fn open(dir: &Path) -> Result<Self, LogError> {
        Self::open_on(Box::new(RealDisk), dir)
    }

    /// As [`LogReader::open`], on a given disk.
    ///
    /// # Errors
    /// What the disk refuses.
    pub fn open_on(mut disk: Box<dyn Disk>, dir: &Path) -> Result<Self, LogError> {
        let mut walk = Walk::start(&mut *disk, dir)?;
        let mut places = Vec::new();
        while let Some(found) = walk.next(&mut *disk)? {
            if found.kind != RecordKind::Events {
                places.push(Place { found });
            }
        }
        let state = walk.state().expect("a finished walk has a verdict");
        Ok(Self {
            disk,
            dir: dir.to_owned(),
            state,
            end: walk.end(),
            places,
        })
    }

    /// The verdict.
    #[must_use]
    pub fn state(&self) -> LogState {
        self.state
    }

    /// Where the good records end.
    #[must_use]
    pub fn end(&self) -> LogEnd {
        self.end
    }

    /// Places of all records but events, in order.
    #[must_use]
    pub fn places(&self) -> &[Place] {
        &self.places
    }

    /// The last checkpoint at or before a sequence.
    #[must_use]
    pub fn checkpoint_before(&self, seq: u64) -> Option<Place> {
        let mut from_end = self.places.iter().rev();
        from_end
            .find(|p| p.kind() == RecordKind::Checkpoint && p.seq() <= seq)
            .copied()
    }

    /// All good records from the first.
    ///
    /// # Errors
    /// What the disk refuses.
    pub fn records(&mut self) -> Result<Cursor<'_>, LogError> {
        let walk = Walk::start(&mut *self.disk, &self.dir)?;
        Ok(Cursor {
            disk: &mut *self.disk,
            walk,
            left: self.end.records,
        })
    }

    /// All good records from a place, that record first.
    ///
    /// # Errors
    /// What the disk refuses.
    pub fn records_from(&mut self, place: &Place) -> Result<Cursor<'_>, LogError> {
        let mut walk = Walk::start(&mut *self.disk, &self.dir)?;
        walk.jump(&mut *self.disk, &place.found)?;
        let left = self.end.records.saturating_sub(place.index());
        Ok(Cursor {
            disk: &mut *self.disk,
            walk,
            left,
        })
    }
}

/// Yields records one after the other.
pub struct Cursor<'a> {
    disk: &'a mut dyn Disk,
    walk: Walk,
    left: u64,
}

impl Cursor<'_> {
    /// The next record, checked again as it is read; `None` where the good records end. A record
    /// that appeared after the log was opened is not yielded.
    ///
    /// # Errors
    /// What the disk refuses, and [`LogError::Changed`] when a record that was good at opening is
    /// so no longer.
    pub fn next_record(&mut self) -> Result<Option<LogRecord<'_>>, LogError> {
        if self.left == 0 {
            return Ok(None);
        }
        let Some(found) = self.walk.next(self.disk)? else {
            let state = self.walk.state().expect("a finished walk has a verdict");
            return Err(LogError::Changed(state));
        };
        self.left -= 1;
        Ok(Some(LogRecord {
            place: Place { found },
            payload: self.walk.payload(&found),
        }))
    }
}
