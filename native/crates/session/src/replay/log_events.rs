//! The events of a log, some at a time. In: a folder. Out: records in order, as their bytes. It keeps
//! a place, not a file: what was yielded is not read again.

use std::path::Path;

use wavetank_log::{LogReader, Place};

use crate::error::Result;

/// Yields the events of a log.
pub struct LogEvents {
    reader: LogReader,
    after: Option<Place>,
}

impl LogEvents {
    /// Opens the log in a folder; what is good of a damaged one is yielded.
    pub fn open(dir: &Path) -> Result<Self> {
        Ok(Self {
            reader: LogReader::open(dir)?,
            after: None,
        })
    }

    /// Appends records until there are about `bytes` of them; nothing is appended at the end.
    pub fn next(&mut self, bytes: usize, out: &mut Vec<u8>) -> Result<()> {
        let mut cursor = match &self.after {
            None => self.reader.records()?,
            Some(place) => {
                let mut cursor = self.reader.records_from(place)?;
                cursor.next_record()?;
                cursor
            }
        };
        while out.len() < bytes
            && let Some(record) = cursor.next_record()?
        {
            self.after = Some(record.place);
            if record.events().is_some() {
                out.extend_from_slice(record.payload);
            }
        }
        Ok(())
    }
}
