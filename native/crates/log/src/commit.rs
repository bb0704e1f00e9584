//! The commit thread: takes what waits, writes it, syncs it, then says so. In: bytes with the
//! places where segments change. Out: durable index and sequence, or the first I/O error, which
//! ends it. It does not know what a record is. The clock it reads only paces commits.

use std::mem;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::time::{Duration, Instant};

use crate::disk::{Disk, DiskFile};
use crate::error::LogError;
use crate::format::{SegmentHeader, segment_draft, segment_name};

/// From this many waiting bytes on a commit does not linger.
const EAGER_BYTES: usize = 1 << 20;

/// Capacity kept between commits; a checkpoint may have needed far more once.
const KEPT_BYTES: usize = 16 << 20;

/// A change of segment inside waiting bytes.
pub(crate) struct Cut {
    /// Offset in the waiting bytes where the new segment's records begin.
    pub at: usize,
    /// Header of the new segment.
    pub header: SegmentHeader,
}

/// What waits to be written.
#[derive(Default)]
pub(crate) struct Waiting {
    pub bytes: Vec<u8>,
    pub cuts: Vec<Cut>,
    /// Records up to this count are in `bytes` or before it.
    pub records: u64,
    /// Highest sequence among them.
    pub seq: u64,
    /// When the first of them came.
    pub since: Option<Instant>,
}

/// State both threads see.
#[derive(Default)]
pub(crate) struct State {
    pub waiting: Waiting,
    /// Somebody waits for durability: do not linger.
    pub urgent: bool,
    pub closing: bool,
    pub error: Option<LogError>,
}

/// What the writer and the commit thread share.
#[derive(Default)]
pub(crate) struct Shared {
    state: Mutex<State>,
    pub work: Condvar,
    pub done: Condvar,
    pub durable_records: AtomicU64,
    pub durable_seq: AtomicU64,
}

impl Shared {
    /// The state, also after a panic of the other thread: every field is valid at all times.
    pub fn lock(&self) -> MutexGuard<'_, State> {
        self.state
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// The open segment.
pub(crate) struct Segments {
    disk: Box<dyn Disk>,
    dir: PathBuf,
    path: PathBuf,
    file: Box<dyn DiskFile>,
}

impl Segments {
    /// Creates the first segment of this writer and makes its name durable.
    pub fn begin(
        mut disk: Box<dyn Disk>,
        dir: &Path,
        header: &SegmentHeader,
    ) -> Result<Self, LogError> {
        let (path, file) = create_segment(&mut *disk, dir, header)?;
        Ok(Self {
            disk,
            dir: dir.to_owned(),
            path,
            file,
        })
    }

    fn write(&mut self, waiting: &Waiting) -> Result<(), LogError> {
        let mut from = 0;
        for cut in &waiting.cuts {
            self.write_bytes(&waiting.bytes[from..cut.at])?;
            // The old segment is whole on disk before the new one has a name, so only the last
            // segment of a log can ever be torn.
            self.sync()?;
            (self.path, self.file) = create_segment(&mut *self.disk, &self.dir, &cut.header)?;
            from = cut.at;
        }
        self.write_bytes(&waiting.bytes[from..])?;
        self.sync()
    }

    fn write_bytes(&mut self, bytes: &[u8]) -> Result<(), LogError> {
        write_full(&mut *self.file, &self.path, bytes)
    }

    fn sync(&mut self) -> Result<(), LogError> {
        self.file
            .sync()
            .map_err(|e| LogError::io("sync", &self.path, &e))
    }
}

fn create_segment(
    disk: &mut dyn Disk,
    dir: &Path,
    header: &SegmentHeader,
) -> Result<(PathBuf, Box<dyn DiskFile>), LogError> {
    let draft = dir.join(segment_draft(header.number));
    let path = dir.join(segment_name(header.number));
    let mut file = disk
        .create(&draft)
        .map_err(|e| LogError::io("create", &draft, &e))?;
    write_full(&mut *file, &draft, &header.encode())?;
    file.sync().map_err(|e| LogError::io("sync", &draft, &e))?;
    disk.rename(&draft, &path)
        .map_err(|e| LogError::io("rename", &draft, &e))?;
    disk.sync_dir(dir)
        .map_err(|e| LogError::io("sync", dir, &e))?;
    Ok((path, file))
}

fn write_full(file: &mut dyn DiskFile, path: &Path, mut bytes: &[u8]) -> Result<(), LogError> {
    while !bytes.is_empty() {
        match file.write(bytes) {
            Ok(0) => {
                let error = std::io::Error::from(std::io::ErrorKind::WriteZero);
                return Err(LogError::io("write", path, &error));
            }
            Ok(count) => bytes = &bytes[count..],
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return Err(LogError::io("write", path, &error)),
        }
    }
    Ok(())
}

/// Body of the commit thread: until the writer closes, or the first error.
pub(crate) fn run(shared: &Arc<Shared>, mut segments: Segments, linger: Duration) {
    let alarm = Alarm(Arc::clone(shared));
    let mut batch = Waiting::default();
    while next_batch(shared, &mut batch, linger) {
        if let Err(error) = segments.write(&batch) {
            shared.lock().error = Some(error);
            return;
        }
        shared.durable_seq.store(batch.seq, Ordering::Release);
        shared
            .durable_records
            .store(batch.records, Ordering::Release);
        batch.bytes.clear();
        batch.bytes.shrink_to(KEPT_BYTES);
        batch.cuts.clear();
        // Taking the lock once orders this against a waiter that is about to sleep.
        drop(shared.lock());
        shared.done.notify_all();
    }
    drop(alarm);
}

/// Wakes whoever waits when the thread ends, however it ends.
struct Alarm(Arc<Shared>);

impl Drop for Alarm {
    fn drop(&mut self) {
        let mut state = self.0.lock();
        if state.error.is_none() && !state.closing {
            state.error = Some(LogError::Stopped);
        }
        drop(state);
        self.0.done.notify_all();
    }
}

/// Waits for work and swaps it into `batch`; false when the writer closed and nothing waits.
fn next_batch(shared: &Shared, batch: &mut Waiting, linger: Duration) -> bool {
    let mut state = shared.lock();
    loop {
        if state.waiting.bytes.is_empty() {
            if state.closing {
                return false;
            }
            state = shared
                .work
                .wait(state)
                .unwrap_or_else(std::sync::PoisonError::into_inner);
            continue;
        }
        let hurry = state.urgent || state.closing || state.waiting.bytes.len() >= EAGER_BYTES;
        let left = state
            .waiting
            .since
            .map_or(linger, |since| linger.saturating_sub(age(since)));
        if hurry || left.is_zero() {
            break;
        }
        let wait = shared.work.wait_timeout(state, left);
        state = wait.unwrap_or_else(std::sync::PoisonError::into_inner).0;
    }
    state.urgent = false;
    mem::swap(&mut state.waiting, batch);
    state.waiting.since = None;
    drop(state);
    shared.done.notify_all();
    true
}

/// The moment a record began to wait; paces commits and reaches no file.
#[allow(clippy::disallowed_methods)]
pub(crate) fn now() -> Instant {
    Instant::now()
}

fn age(since: Instant) -> Duration {
    now().saturating_duration_since(since)
}
