//! A sliding, eight-byte aligned view of one segment file. In: a file and offsets that only grow.
//! Out: slices. It keeps about one window in memory, and as much as one record where a record is
//! longer; it does not know what the bytes mean.

use std::io;
use std::path::PathBuf;

use crate::disk::{Disk, ReadFile};
use crate::error::LogError;

/// Bytes read at once: small enough to stay in the second-level cache between read and check, and
/// enough for the 4,096 events that a session gathers, their header and the next one.
const WINDOW_BYTES: usize = 260 << 10;

#[derive(Default)]
pub(crate) struct Window {
    path: PathBuf,
    file: Option<Box<dyn ReadFile>>,
    words: Vec<u64>,
    /// Offset in the file of the first byte held; a multiple of eight.
    base: u64,
    /// Bytes held.
    held: usize,
    /// Bytes of the file.
    size: u64,
}

impl Window {
    /// Points the view at the start of a file.
    pub fn open(&mut self, disk: &mut dyn Disk, path: PathBuf) -> Result<(), LogError> {
        let mut file = disk
            .open(&path)
            .map_err(|e| LogError::io("open", &path, &e))?;
        self.size = file
            .length()
            .map_err(|e| LogError::io("measure", &path, &e))?;
        self.file = Some(file);
        self.path = path;
        self.base = 0;
        self.held = 0;
        Ok(())
    }

    /// Bytes of the file.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Bytes from `at`, which is a multiple of eight: at least `need` where the file has them.
    pub fn from(&mut self, at: u64, need: u64) -> Result<&[u8], LogError> {
        let need = need.min(self.size - at);
        let end = self.base + self.held as u64;
        if at < self.base || at + need > end {
            self.slide(at, need)?;
        }
        Ok(self.held_from(at))
    }

    /// Bytes from `at` that are held already.
    pub fn held_from(&self, at: u64) -> &[u8] {
        let bytes: &[u8] = bytemuck::cast_slice(&self.words);
        &bytes[(at - self.base) as usize..self.held]
    }

    fn slide(&mut self, at: u64, need: u64) -> Result<(), LogError> {
        let end = self.base + self.held as u64;
        let keep = if (self.base..end).contains(&at) {
            (at - self.base) as usize
        } else {
            self.held
        };
        let want = need.max(WINDOW_BYTES as u64).min(self.size - at);
        let want = usize::try_from(want).expect("a record fits in memory");
        let words = want.div_ceil(8);
        if self.words.len() < words {
            self.words.resize(words, 0);
        }
        let bytes: &mut [u8] = bytemuck::cast_slice_mut(&mut self.words);
        if keep > 0 {
            bytes.copy_within(keep..self.held, 0);
        }
        let kept = self.held - keep;
        let file = self.file.as_deref_mut().expect("a window is opened first");
        let got = read_full(file, at + kept as u64, &mut bytes[kept..want])
            .map_err(|e| LogError::io("read", &self.path, &e))?;
        self.base = at;
        self.held = kept + got;
        if self.held < want {
            // The file became shorter than it was a moment ago; what is there is all there is.
            self.size = at + self.held as u64;
        }
        Ok(())
    }
}

/// Reads until `into` is full or the file ends.
pub(crate) fn read_full(
    file: &mut dyn ReadFile,
    offset: u64,
    into: &mut [u8],
) -> io::Result<usize> {
    let mut got = 0;
    while got < into.len() {
        match file.read_at(offset + got as u64, &mut into[got..]) {
            Ok(0) => break,
            Ok(count) => got += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(got)
}
