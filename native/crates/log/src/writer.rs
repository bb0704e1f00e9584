//! Writing a log. In: payloads with their kind and sequence, in order. Out: an index at once,
//! durability a little later. One thread appends; a second one writes and syncs. After the first
//! I/O error every call returns that error and nothing more reaches the disk.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use wavetank_abi::Record;

use crate::commit::{self, Cut, Segments, Shared, State};
use crate::disk::{Disk, RealDisk};
use crate::error::LogError;
use crate::format::{
    CHAIN_START, PAYLOAD_MAX, RECORD_HEADER_BYTES, RecordHeader, RecordKind, SEGMENT_BYTES,
    SEGMENT_HEADER_BYTES, SegmentHeader, next_chain, padded, padding, segment_draft, segment_name,
};
use crate::state::{LogEnd, LogState};
use crate::walk::Walk;

/// How a log is written.
#[derive(Clone, Copy, Debug)]
pub struct LogOptions {
    /// Bytes at which a segment is closed.
    pub segment_bytes: u64,
    /// Bytes that may wait for the disk before an append waits with them.
    pub waiting_bytes: usize,
    /// How long a record may wait for company before its commit starts; at most 1 ms.
    pub linger: Duration,
    /// Sequence reached before the first record: that of the run's start.
    pub first_seq: u64,
}

impl Default for LogOptions {
    fn default() -> Self {
        Self {
            segment_bytes: SEGMENT_BYTES,
            waiting_bytes: 8 << 20,
            linger: Duration::from_micros(500),
            first_seq: 0,
        }
    }
}

/// The one writer of a log.
pub struct LogWriter {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
    options: LogOptions,
    segment: u64,
    segment_bytes: u64,
    records: u64,
    seq: u64,
    chain: u64,
}

impl LogWriter {
    /// Begins a log in `dir`, which is created if need be and must hold no segment. When this
    /// returns, the first segment is durable.
    ///
    /// # Errors
    /// [`LogError::Exists`], and what the operating system refuses.
    pub fn create(dir: &Path, options: LogOptions) -> Result<Self, LogError> {
        Self::create_on(Box::new(RealDisk), dir, options)
    }

    /// As [`LogWriter::create`], on a given disk.
    ///
    /// # Errors
    /// As [`LogWriter::create`].
    pub fn create_on(
        mut disk: Box<dyn Disk>,
        dir: &Path,
        options: LogOptions,
    ) -> Result<Self, LogError> {
        disk.create_dir(dir)
            .map_err(|e| LogError::io("create", dir, &e))?;
        let names = disk.list(dir).map_err(|e| LogError::io("list", dir, &e))?;
        if names.iter().any(|name| name.contains(".wlog")) {
            return Err(LogError::Exists(dir.display().to_string()));
        }
        if let Some(parent) = dir.parent().filter(|parent| !parent.as_os_str().is_empty()) {
            disk.sync_dir(parent)
                .map_err(|e| LogError::io("sync", parent, &e))?;
        }
        let header = SegmentHeader {
            number: 0,
            first_index: 0,
            first_seq: options.first_seq,
            previous_chain: CHAIN_START,
            previous_bytes: 0,
            resumed: false,
        };
        Self::begin(disk, dir, options, &header)
    }

    /// Continues a log that was not sealed, in a new segment; a torn tail stays where it is and
    /// is marked as such. Returns where the good records end.
    ///
    /// # Errors
    /// [`LogError::NotResumable`] if it is sealed or corrupt, and what the operating system
    /// refuses.
    pub fn resume(dir: &Path, options: LogOptions) -> Result<(Self, LogEnd), LogError> {
        Self::resume_on(Box::new(RealDisk), dir, options)
    }

    /// As [`LogWriter::resume`], on a given disk.
    ///
    /// # Errors
    /// As [`LogWriter::resume`].
    pub fn resume_on(
        mut disk: Box<dyn Disk>,
        dir: &Path,
        options: LogOptions,
    ) -> Result<(Self, LogEnd), LogError> {
        let mut walk = Walk::start(&mut *disk, dir)?;
        while walk.next(&mut *disk)?.is_some() {}
        let end = walk.end();
        let state = walk.state().expect("a finished walk has a verdict");
        if !matches!(state, LogState::Unsealed | LogState::TornTail { .. }) {
            return Err(LogError::NotResumable(state));
        }
        let header = SegmentHeader {
            number: end.segment + 1,
            first_index: end.records,
            first_seq: end.last_seq.max(options.first_seq),
            previous_chain: end.chain,
            previous_bytes: end.bytes,
            resumed: true,
        };
        // The records found may be in the page cache only: a killed writer never synced them.
        let last = dir.join(segment_name(end.segment));
        disk.sync_file(&last)
            .map_err(|e| LogError::io("sync", &last, &e))?;
        remove_draft(&mut *disk, dir, header.number)?;
        Ok((Self::begin(disk, dir, options, &header)?, end))
    }

    fn begin(
        disk: Box<dyn Disk>,
        dir: &Path,
        options: LogOptions,
        header: &SegmentHeader,
    ) -> Result<Self, LogError> {
        let segments = Segments::begin(disk, dir, header)?;
        let shared = Arc::new(Shared::default());
        shared
            .durable_records
            .store(header.first_index, Ordering::Release);
        shared
            .durable_seq
            .store(header.first_seq, Ordering::Release);
        let theirs = Arc::clone(&shared);
        let linger = options.linger;
        let thread = thread::Builder::new()
            .name("log-commit".to_owned())
            .spawn(move || commit::run(&theirs, segments, linger))
            .map_err(|e| LogError::io("start a thread for", dir, &e))?;
        Ok(Self {
            shared,
            thread: Some(thread),
            options,
            segment: header.number,
            segment_bytes: SEGMENT_HEADER_BYTES as u64,
            records: header.first_index,
            seq: header.first_seq,
            chain: header.previous_chain,
        })
    }

    /// Adds a record and returns its index. Its commit starts within 1 ms; it waits only while
    /// more than `waiting_bytes` are on their way.
    ///
    /// # Errors
    /// [`LogError::EmptyPayload`], [`LogError::TooLarge`] and [`LogError::SeqWentBack`] change
    /// nothing; anything else is the error that stopped the writer.
    pub fn append(&mut self, kind: RecordKind, seq: u64, bytes: &[u8]) -> Result<u64, LogError> {
        self.check(seq, bytes)
            .map_err(|refused| self.error().unwrap_or(refused))?;
        let header = RecordHeader::seal(kind, self.records, seq, self.chain, bytes);
        let total = RECORD_HEADER_BYTES + padded(bytes.len());
        let cut = self.cut(total as u64);
        let mut state = self.room(total)?;
        let waiting = &mut state.waiting;
        let first = waiting.bytes.is_empty();
        if let Some(header) = cut {
            waiting.cuts.push(Cut {
                at: waiting.bytes.len(),
                header,
            });
        }
        waiting.bytes.extend_from_slice(&header.encode());
        waiting.bytes.extend_from_slice(bytes);
        waiting.bytes.extend_from_slice(padding(bytes.len()));
        waiting.records = header.index + 1;
        waiting.seq = seq;
        if first {
            waiting.since = Some(commit::now());
        }
        drop(state);
        if first {
            self.shared.work.notify_one();
        }
        self.advance(&header, cut, total as u64);
        Ok(header.index)
    }

    /// Adds events as one record and returns its index; their sequences must ascend.
    ///
    /// # Errors
    /// As [`LogWriter::append`].
    pub fn append_events(&mut self, events: &[Record]) -> Result<u64, LogError> {
        let mut last = self.seq;
        for event in events {
            if event.seq <= last {
                let given = event.seq;
                let refused = LogError::SeqWentBack { last, given };
                return Err(self.error().unwrap_or(refused));
            }
            last = event.seq;
        }
        self.append(RecordKind::Events, last, bytemuck::cast_slice(events))
    }

    /// Returns once everything appended is durable, with the highest durable sequence.
    ///
    /// # Errors
    /// The error that stopped the writer.
    pub fn commit(&mut self) -> Result<u64, LogError> {
        let mut state = self.shared.lock();
        while self.shared.durable_records.load(Ordering::Acquire) < self.records {
            if let Some(error) = &state.error {
                return Err(error.clone());
            }
            state.urgent = true;
            self.shared.work.notify_one();
            let wait = self.shared.done.wait(state);
            state = wait.unwrap_or_else(std::sync::PoisonError::into_inner);
        }
        match &state.error {
            Some(error) => Err(error.clone()),
            None => Ok(self.durable_seq()),
        }
    }

    /// Highest sequence known to be on disk; every event up to it that was appended is kept. A record
    /// of another kind bears the sequence of the event before it: of it `durable_records` tells.
    #[must_use]
    pub fn durable_seq(&self) -> u64 {
        self.shared.durable_seq.load(Ordering::Acquire)
    }

    /// Records known to be on disk.
    #[must_use]
    pub fn durable_records(&self) -> u64 {
        self.shared.durable_records.load(Ordering::Acquire)
    }

    /// The error that stopped the writer, if one did.
    #[must_use]
    pub fn error(&self) -> Option<LogError> {
        self.shared.lock().error.clone()
    }

    /// Adds the seal, makes it durable and closes the log for ever.
    ///
    /// # Errors
    /// As [`LogWriter::append`].
    pub fn seal(mut self, payload: &[u8]) -> Result<(), LogError> {
        self.append(RecordKind::Seal, self.seq, payload)?;
        self.commit().map(|_| ())
    }

    fn check(&self, seq: u64, bytes: &[u8]) -> Result<(), LogError> {
        if bytes.is_empty() {
            return Err(LogError::EmptyPayload);
        }
        if bytes.len() > PAYLOAD_MAX {
            return Err(LogError::TooLarge {
                bytes: bytes.len(),
                limit: PAYLOAD_MAX,
            });
        }
        if seq < self.seq {
            return Err(LogError::SeqWentBack {
                last: self.seq,
                given: seq,
            });
        }
        Ok(())
    }

    /// Header of a new segment, if a record of `total` bytes does not fit in this one.
    fn cut(&self, total: u64) -> Option<SegmentHeader> {
        let holds_records = self.segment_bytes > SEGMENT_HEADER_BYTES as u64;
        let full = self.segment_bytes + total > self.options.segment_bytes;
        (holds_records && full).then_some(SegmentHeader {
            number: self.segment + 1,
            first_index: self.records,
            first_seq: self.seq,
            previous_chain: self.chain,
            previous_bytes: self.segment_bytes,
            resumed: false,
        })
    }

    /// The shared state with room for `total` more bytes.
    fn room(&self, total: usize) -> Result<std::sync::MutexGuard<'_, State>, LogError> {
        let mut state = self.shared.lock();
        loop {
            if let Some(error) = &state.error {
                return Err(error.clone());
            }
            let waiting = state.waiting.bytes.len();
            if waiting == 0 || waiting + total <= self.options.waiting_bytes {
                return Ok(state);
            }
            let wait = self.shared.done.wait(state);
            state = wait.unwrap_or_else(std::sync::PoisonError::into_inner);
        }
    }

    fn advance(&mut self, header: &RecordHeader, cut: Option<SegmentHeader>, total: u64) {
        if let Some(segment) = cut {
            self.segment = segment.number;
            self.segment_bytes = SEGMENT_HEADER_BYTES as u64;
        }
        self.segment_bytes += total;
        self.records += 1;
        self.seq = header.seq;
        self.chain = next_chain(header.chain, header.crc, header.len);
    }
}

impl Drop for LogWriter {
    /// Commits what waits and ends the thread. Without a seal the log stays unsealed.
    fn drop(&mut self) {
        self.shared.lock().closing = true;
        self.shared.work.notify_one();
        if let Some(thread) = self.thread.take() {
            // A panic of the thread has been turned into an error every call returned.
            let _ = thread.join();
        }
    }
}

fn remove_draft(disk: &mut dyn Disk, dir: &Path, number: u64) -> Result<(), LogError> {
    let name = segment_draft(number);
    let names = disk.list(dir).map_err(|e| LogError::io("list", dir, &e))?;
    if !names.contains(&name) {
        return Ok(());
    }
    let path = dir.join(name);
    disk.remove(&path)
        .map_err(|e| LogError::io("remove", &path, &e))
}
