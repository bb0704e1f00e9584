//! The few disk operations a log needs, as a trait, so that tests can fail any one of them and
//! can replay every prefix of what was asked. It knows nothing of segments or records.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;

/// Where segments live.
pub trait Disk: Send {
    /// Creates a file that must not exist yet.
    fn create(&mut self, path: &Path) -> io::Result<Box<dyn DiskFile>>;
    /// Renames a file inside one folder.
    fn rename(&mut self, from: &Path, to: &Path) -> io::Result<()>;
    /// Makes a file durable that another process may have written.
    fn sync_file(&mut self, path: &Path) -> io::Result<()>;
    /// Makes the names in a folder durable.
    fn sync_dir(&mut self, dir: &Path) -> io::Result<()>;
    /// Creates a folder and those above it.
    fn create_dir(&mut self, dir: &Path) -> io::Result<()>;
    /// Names in a folder, in any order.
    fn list(&mut self, dir: &Path) -> io::Result<Vec<String>>;
    /// Opens a file for reading.
    fn open(&mut self, path: &Path) -> io::Result<Box<dyn ReadFile>>;
    /// Removes a file that no reader was ever shown: the leftover of a segment being created.
    fn remove(&mut self, path: &Path) -> io::Result<()>;
}

/// A file being written.
pub trait DiskFile: Send {
    /// Writes some of the bytes at the end and returns how many.
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize>;
    /// Makes everything written durable.
    fn sync(&mut self) -> io::Result<()>;
}

/// A file being read.
pub trait ReadFile: Send {
    /// Length in bytes.
    fn length(&mut self) -> io::Result<u64>;
    /// Reads some bytes from an offset and returns how many; 0 at the end of the file.
    fn read_at(&mut self, offset: u64, into: &mut [u8]) -> io::Result<usize>;
}

/// The file system of the machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct RealDisk;

impl Disk for RealDisk {
    fn create(&mut self, path: &Path) -> io::Result<Box<dyn DiskFile>> {
        let file = OpenOptions::new().write(true).create_new(true).open(path)?;
        Ok(Box::new(RealFile(file)))
    }

    fn rename(&mut self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn sync_file(&mut self, path: &Path) -> io::Result<()> {
        File::open(path)?.sync_all()
    }

    fn sync_dir(&mut self, dir: &Path) -> io::Result<()> {
        File::open(dir)?.sync_all()
    }

    fn create_dir(&mut self, dir: &Path) -> io::Result<()> {
        fs::create_dir_all(dir)
    }

    fn list(&mut self, dir: &Path) -> io::Result<Vec<String>> {
        let mut names = Vec::new();
        for entry in fs::read_dir(dir)? {
            names.push(entry?.file_name().to_string_lossy().into_owned());
        }
        Ok(names)
    }

    fn open(&mut self, path: &Path) -> io::Result<Box<dyn ReadFile>> {
        Ok(Box::new(RealFile(File::open(path)?)))
    }

    fn remove(&mut self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }
}

struct RealFile(File);

impl DiskFile for RealFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.0.sync_data()
    }
}

impl ReadFile for RealFile {
    fn length(&mut self) -> io::Result<u64> {
        Ok(self.0.metadata()?.len())
    }

    fn read_at(&mut self, offset: u64, into: &mut [u8]) -> io::Result<usize> {
        self.0.seek(SeekFrom::Start(offset))?;
        self.0.read(into)
    }
}
