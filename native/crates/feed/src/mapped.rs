//! A file in memory by mapping. Pages behind the reader are given back, so that a day's file does
//! not count against the process. A file that shrinks while it is mapped kills the process, as
//! with every program that maps; sources are finished files.
use std::fs::File;
use std::io;
use std::path::Path;
use std::sync::Arc;

use memmap2::{Advice, Mmap, UncheckedAdvice};
use xxhash_rust::xxh64::Xxh64;

use crate::error::FeedError;
use crate::window::Window;

/// Bytes shown at a time.
const SPAN: usize = 4 << 20;
/// Bytes behind the reader before pages are given back.
const KEEP: usize = 16 << 20;

/// Maps a regular, non-empty file.
pub(crate) fn map(path: &Path) -> Result<Arc<Mmap>, FeedError> {
    let failed = |source| FeedError::of_io(path, source);
    let meta = std::fs::metadata(path).map_err(failed)?;
    if !meta.is_file() {
        return Err(FeedError::NotAFile {
            path: path.to_owned(),
        });
    }
    let file = File::open(path).map_err(failed)?;
    if meta.len() == 0 {
        return Err(FeedError::Empty {
            path: path.to_owned(),
        });
    }
    // SAFETY: the mapping is read-only and private to this process; see the head of the file.
    let map = unsafe { Mmap::map(&file) }.map_err(failed)?;
    advise(map.advise(Advice::Sequential));
    Ok(Arc::new(map))
}

/// XXH64 of all bytes.
pub(crate) fn digest(map: &Mmap) -> u64 {
    let mut hash = Xxh64::new(0);
    for (i, stretch) in map.chunks(SPAN).enumerate() {
        hash.update(stretch);
        release(map, i * SPAN, stretch.len());
    }
    hash.digest()
}

/// Advice may be refused; it only concerns speed and memory.
fn advise(_answer: io::Result<()>) {}

fn release(map: &Mmap, at: usize, length: usize) {
    // SAFETY: the mapping is read-only and backed by a file, so dropped pages read the same again.
    advise(unsafe { map.unchecked_advise_range(UncheckedAdvice::DontNeed, at, length) });
}

/// Gives back the pages behind a reader, some at a time.
#[derive(Default)]
pub(crate) struct Wake {
    released: usize,
}

impl Wake {
    pub(crate) fn follow(&mut self, map: &Mmap, at: usize) {
        if at - self.released >= KEEP {
            release(map, self.released, at - self.released);
            self.released = at;
        }
    }
}

/// A mapped file, read from front to back.
pub(crate) struct Mapped {
    map: Arc<Mmap>,
    at: usize,
    wake: Wake,
}

impl Mapped {
    pub(crate) fn new(map: Arc<Mmap>) -> Self {
        Self {
            map,
            at: 0,
            wake: Wake::default(),
        }
    }
}

impl Window for Mapped {
    fn fill(&mut self, min: usize) -> (&[u8], bool) {
        let to = (self.at + SPAN.max(min)).min(self.map.len());
        (&self.map[self.at..to], to == self.map.len())
    }

    fn consume(&mut self, bytes: usize) {
        self.at += bytes;
        self.wake.follow(&self.map, self.at);
    }

    fn stored_position(&self) -> u64 {
        self.at as u64
    }
}
