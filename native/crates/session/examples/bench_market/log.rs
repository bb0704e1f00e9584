//! P6: appending to the log and checking it, in the page cache, and durably. What the writer's second
//! thread and the disk do counts, so writing is timed by the wall's clock.

use std::error::Error;
use std::io;
use std::path::Path;

use wavetank_abi::Record;
use wavetank_log::{Disk, DiskFile, LogOptions, LogReader, LogWriter, ReadFile, RealDisk};

use crate::gauges::{copy, write_loop};
use crate::measure::{rounds, side, timed, timed_by_wall};
use crate::options::Options;
use crate::report::{Claim, Goal, claim, gauge, part};

const EVENTS: u64 = 1 << 21;
/// Events an append, as the session gathers them.
const GATHER: u64 = 4096;
/// Bytes of G3's working set.
const COPIED: usize = 64 << 20;

/// The file system without its waits for the disk.
#[derive(Clone, Copy)]
struct PageCache(RealDisk);

struct CachedFile(Box<dyn DiskFile>);

impl DiskFile for CachedFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn sync(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Disk for PageCache {
    fn create(&mut self, path: &Path) -> io::Result<Box<dyn DiskFile>> {
        Ok(Box::new(CachedFile(self.0.create(path)?)))
    }

    fn rename(&mut self, from: &Path, to: &Path) -> io::Result<()> {
        self.0.rename(from, to)
    }

    fn sync_file(&mut self, _path: &Path) -> io::Result<()> {
        Ok(())
    }

    fn sync_dir(&mut self, _dir: &Path) -> io::Result<()> {
        Ok(())
    }

    fn create_dir(&mut self, dir: &Path) -> io::Result<()> {
        self.0.create_dir(dir)
    }

    fn list(&mut self, dir: &Path) -> io::Result<Vec<String>> {
        self.0.list(dir)
    }

    fn open(&mut self, path: &Path) -> io::Result<Box<dyn ReadFile>> {
        self.0.open(path)
    }

    fn remove(&mut self, path: &Path) -> io::Result<()> {
        self.0.remove(path)
    }
}

/// Writes the log to its last commit; its chain.
fn append(dir: &Path, disk: Box<dyn Disk>) -> u128 {
    let write = || {
        let mut writer = LogWriter::create_on(disk, dir, LogOptions::default())?;
        let mut events = vec![Record::default(); GATHER as usize];
        for first in (1..=EVENTS).step_by(GATHER as usize) {
            for (event, seq) in events.iter_mut().zip(first..) {
                event.seq = seq;
            }
            writer.append_events(&events)?;
        }
        writer.commit()
    };
    write().expect("the folder takes a log").into()
}

fn verify(dir: &Path) -> u128 {
    let log = LogReader::open(dir).expect("the log was just written");
    log.end().chain.into()
}

/// A pass over an empty folder, emptied again outside of the time.
fn fresh(dir: &Path, pass: impl FnOnce(&Path) -> u128) -> crate::measure::Lap {
    let lap = timed_by_wall(|| pass(dir));
    std::fs::remove_dir_all(dir).expect("the log is ours");
    lap
}

pub fn run(options: &Options, folder: &Path) -> Result<(), Box<dyn Error>> {
    let kept = folder.join("kept");
    append(&kept, Box::new(PageCache(RealDisk)));
    let bytes: u64 = std::fs::read_dir(&kept)?
        .map(|entry| entry?.metadata().map(|meta| meta.len()))
        .sum::<io::Result<u64>>()?;
    let (from, mut into) = (vec![1_u8; COPIED], vec![2_u8; COPIED]);
    let plain = folder.join("plain");
    let written = |sync| write_loop(&plain, bytes, sync).expect("the folder takes a file");
    let log = folder.join("log");
    let cached = |dir: &Path| append(dir, Box::new(PageCache(RealDisk)));
    let durable = |dir: &Path| append(dir, Box::new(RealDisk));
    let series = rounds(
        options.rounds,
        vec![
            side("G5", || timed_by_wall(|| written(false))),
            side("append", || fresh(&log, cached)),
            side("G3", || timed(|| copy(&from, &mut into, bytes))),
            side("verify", || timed(|| verify(&kept))),
            side("group commit", || timed_by_wall(|| written(true))),
            side("durable", || fresh(&log, durable)),
        ],
    );
    let [g5, appended, g3, verified, group, durable] = series.as_slice() else {
        unreachable!("six sides were given");
    };
    let n = EVENTS as f64;
    let shape = format!("{EVENTS} records, {bytes} bytes");
    gauge("G5", &shape, "ns/record", part(g5, n));
    gauge("G3", &shape, "ns/record", part(g3, n));
    gauge(
        "group commit",
        &format!("1 MiB a sync: {shape}"),
        "ns/record",
        part(group, n),
    );
    let rows = [
        ("append, page cache", appended, "G5", g5, 3.0),
        ("verify, page cache", verified, "G3", g3, 1.5),
        ("append, durable", durable, "group commit", group, 1.25),
    ];
    for (what, of, against, other, most) in rows {
        claim(Claim {
            id: "P6",
            workload: &format!("{what}: {shape}"),
            unit: "ns/record",
            of: part(of, n),
            against,
            other: part(other, n),
            goal: Goal::AtMost(most),
        });
    }
    Ok(())
}
