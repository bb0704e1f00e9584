//! A disk in memory that writes down every call, fails the one it is told to, and can show what
//! a crash at any point would have left. Shared by the tests of this crate.
#![allow(dead_code, missing_docs)]

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use wavetank_abi::Record;
use wavetank_log::{Disk, DiskFile, LogOptions, LogReader, LogWriter, ReadFile, RecordKind};

pub type Files = BTreeMap<PathBuf, Vec<u8>>;

#[derive(Clone, Debug, PartialEq)]
pub enum Op {
    CreateDir,
    Create(PathBuf),
    Write(PathBuf, Vec<u8>),
    Sync(PathBuf),
    Rename(PathBuf, PathBuf),
    SyncDir,
    Remove(PathBuf),
    Read,
}

#[derive(Default)]
pub struct Sim {
    pub files: Files,
    pub journal: Vec<Op>,
    /// The call with this number, from 0, and all after it fail with this error number.
    pub fail: Option<(usize, i32)>,
    /// A failing write first keeps half of its bytes, as a full disk does.
    pub short: bool,
}

#[derive(Clone, Default)]
pub struct SimDisk(pub Arc<Mutex<Sim>>);

impl SimDisk {
    pub fn with(files: Files) -> Self {
        Self(Arc::new(Mutex::new(Sim {
            files,
            ..Sim::default()
        })))
    }

    pub fn failing(files: Files, call: usize, errno: i32, short: bool) -> Self {
        let disk = Self::with(files);
        disk.0.lock().unwrap().fail = Some((call, errno));
        disk.0.lock().unwrap().short = short;
        disk
    }

    pub fn files(&self) -> Files {
        self.0.lock().unwrap().files.clone()
    }

    pub fn calls(&self) -> usize {
        self.0.lock().unwrap().journal.len()
    }

    pub fn journal(&self) -> Vec<Op> {
        self.0.lock().unwrap().journal.clone()
    }

    fn call(&self, op: Op) -> io::Result<std::sync::MutexGuard<'_, Sim>> {
        let mut sim = self.0.lock().unwrap();
        let number = sim.journal.len();
        let failing = sim.fail.filter(|(call, _)| number >= *call);
        if let (Some((call, _)), Op::Write(path, bytes), true) = (failing, &op, sim.short)
            && number == call
        {
            let half = bytes[..bytes.len() / 2].to_vec();
            sim.files.get_mut(path).unwrap().extend_from_slice(&half);
        }
        sim.journal.push(op);
        match failing {
            Some((_, errno)) => Err(io::Error::from_raw_os_error(errno)),
            None => Ok(sim),
        }
    }
}

impl Disk for SimDisk {
    fn create(&mut self, path: &Path) -> io::Result<Box<dyn DiskFile>> {
        let mut sim = self.call(Op::Create(path.to_owned()))?;
        if sim.files.contains_key(path) {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        sim.files.insert(path.to_owned(), Vec::new());
        Ok(Box::new(SimFile {
            disk: self.clone(),
            path: path.to_owned(),
        }))
    }

    fn rename(&mut self, from: &Path, to: &Path) -> io::Result<()> {
        let mut sim = self.call(Op::Rename(from.to_owned(), to.to_owned()))?;
        let bytes = sim.files.remove(from).ok_or(io::ErrorKind::NotFound)?;
        sim.files.insert(to.to_owned(), bytes);
        Ok(())
    }

    fn sync_file(&mut self, path: &Path) -> io::Result<()> {
        self.call(Op::Sync(path.to_owned())).map(drop)
    }

    fn sync_dir(&mut self, _dir: &Path) -> io::Result<()> {
        self.call(Op::SyncDir).map(drop)
    }

    fn create_dir(&mut self, _dir: &Path) -> io::Result<()> {
        self.call(Op::CreateDir).map(drop)
    }

    fn list(&mut self, dir: &Path) -> io::Result<Vec<String>> {
        let sim = self.call(Op::Read)?;
        let inside = sim.files.keys().filter(|path| path.parent() == Some(dir));
        Ok(inside
            .map(|path| path.file_name().unwrap().to_str().unwrap().to_owned())
            .collect())
    }

    fn open(&mut self, path: &Path) -> io::Result<Box<dyn ReadFile>> {
        let sim = self.call(Op::Read)?;
        if !sim.files.contains_key(path) {
            return Err(io::ErrorKind::NotFound.into());
        }
        Ok(Box::new(SimFile {
            disk: self.clone(),
            path: path.to_owned(),
        }))
    }

    fn remove(&mut self, path: &Path) -> io::Result<()> {
        let mut sim = self.call(Op::Remove(path.to_owned()))?;
        sim.files
            .remove(path)
            .map(drop)
            .ok_or(io::ErrorKind::NotFound.into())
    }
}

struct SimFile {
    disk: SimDisk,
    path: PathBuf,
}

impl SimFile {
    /// The file goes by its newest name, as a descriptor would.
    fn name(&self, sim: &Sim) -> PathBuf {
        let renamed = sim.journal.iter().rev().find_map(|op| match op {
            Op::Rename(from, to) if *from == self.path => Some(to.clone()),
            _ => None,
        });
        renamed
            .filter(|path| sim.files.contains_key(path))
            .unwrap_or_else(|| self.path.clone())
    }
}

impl DiskFile for SimFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let path = self.name(&self.disk.0.lock().unwrap());
        let mut sim = self.disk.call(Op::Write(path.clone(), bytes.to_vec()))?;
        sim.files.get_mut(&path).unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn sync(&mut self) -> io::Result<()> {
        let path = self.name(&self.disk.0.lock().unwrap());
        self.disk.call(Op::Sync(path)).map(drop)
    }
}

impl ReadFile for SimFile {
    fn length(&mut self) -> io::Result<u64> {
        let sim = self.disk.call(Op::Read)?;
        let bytes = sim.files.get(&self.path).ok_or(io::ErrorKind::NotFound)?;
        Ok(bytes.len() as u64)
    }

    fn read_at(&mut self, offset: u64, into: &mut [u8]) -> io::Result<usize> {
        let sim = self.disk.call(Op::Read)?;
        let bytes = sim.files.get(&self.path).ok_or(io::ErrorKind::NotFound)?;
        let from = &bytes[bytes.len().min(offset as usize)..];
        // One byte short of what was asked, so that callers prove that they go on reading.
        let count = from.len().min(into.len().saturating_sub(1).max(1));
        into[..count].copy_from_slice(&from[..count]);
        Ok(count)
    }
}

pub fn dir() -> PathBuf {
    PathBuf::from("run/log")
}

pub fn options(segment_bytes: u64) -> LogOptions {
    LogOptions {
        segment_bytes,
        ..LogOptions::default()
    }
}

pub fn event(seq: u64) -> Record {
    Record {
        seq,
        ts_ns: seq * 1000,
        price: 1_000_000,
        qty: seq % 7 + 1,
        ..Record::default()
    }
}

/// One step of a workload.
#[derive(Clone, Debug)]
pub enum Step {
    Events(u64),
    Bytes(RecordKind, usize),
    Commit,
    Seal,
}

/// Eight shapes of a run: single events, batches, blobs, records larger than a segment, commits
/// after each record, rarely, and not at all before the seal.
pub fn workloads() -> Vec<(u64, Vec<Step>)> {
    use RecordKind::{Checkpoint, Control, Note};
    use Step::{Bytes, Commit, Events, Seal};
    vec![
        (4096, vec![Events(1), Commit, Events(1), Commit, Seal]),
        (4096, vec![Events(3), Events(2), Events(4), Commit, Seal]),
        (
            512,
            vec![
                Events(4),
                Commit,
                Events(4),
                Events(4),
                Commit,
                Events(4),
                Commit,
            ],
        ),
        (
            512,
            vec![
                Bytes(Checkpoint, 900),
                Commit,
                Events(1),
                Bytes(Control, 5),
                Commit,
                Seal,
            ],
        ),
        (
            256,
            vec![
                Bytes(Note, 1),
                Bytes(Note, 7),
                Bytes(Note, 8),
                Bytes(Note, 9),
                Commit,
                Seal,
            ],
        ),
        (
            300,
            vec![
                Events(1),
                Bytes(Control, 33),
                Commit,
                Bytes(Checkpoint, 257),
                Commit,
            ],
        ),
        (200, vec![Events(1), Events(1), Events(1), Events(1), Seal]),
        (
            1024,
            vec![
                Bytes(Checkpoint, 64),
                Events(8),
                Commit,
                Events(8),
                Commit,
                Events(8),
                Seal,
            ],
        ),
    ]
}

/// Runs a workload; after each commit the number of records acknowledged is reported.
pub fn run(
    mut writer: LogWriter,
    steps: &[Step],
    mut acknowledged: impl FnMut(u64),
) -> Result<(), wavetank_log::LogError> {
    let mut seq = 0;
    let mut records = 0;
    for step in steps {
        match step {
            Step::Events(count) => {
                let events: Vec<Record> = (0..*count).map(|i| event(seq + 1 + i)).collect();
                seq += count;
                writer.append_events(&events)?;
                records += 1;
            }
            Step::Bytes(kind, len) => {
                writer.append(*kind, seq, &vec![*len as u8 | 1; *len])?;
                records += 1;
            }
            Step::Commit => {
                writer.commit()?;
                acknowledged(records);
            }
            Step::Seal => {
                writer.seal(br#"{"sealed":true}"#)?;
                acknowledged(records + 1);
                return Ok(());
            }
        }
    }
    Ok(())
}

/// Runs a workload on a fresh disk and returns the disk.
pub fn written(segment_bytes: u64, steps: &[Step]) -> SimDisk {
    let disk = SimDisk::default();
    let writer = LogWriter::create_on(Box::new(disk.clone()), &dir(), options(segment_bytes));
    run(writer.unwrap(), steps, |_| {}).unwrap();
    disk
}

pub fn open(files: &Files) -> LogReader {
    LogReader::open_on(Box::new(SimDisk::with(files.clone())), &dir()).unwrap()
}

/// Every payload, in order.
pub fn payloads(reader: &mut LogReader) -> Vec<(RecordKind, u64, Vec<u8>)> {
    let mut out = Vec::new();
    let mut cursor = reader.records().unwrap();
    while let Some(record) = cursor.next_record().unwrap() {
        out.push((
            record.place.kind(),
            record.place.seq(),
            record.payload.to_vec(),
        ));
    }
    out
}
