//! A real process killed by SIGKILL at every write, sync, rename and folder sync of eight
//! workloads, on a real disk: what it had acknowledged is there, and the log goes on.
#![cfg(unix)]

mod sim;

use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use sim::{event, options, workloads};
use wavetank_log::{Disk, DiskFile, LogReader, LogState, LogWriter, ReadFile, RealDisk};

const CHILD: &str = "WAVETANK_LOG_KILL";

/// Counts boundaries and dies at one of them, before it, or halfway where it is a write.
#[derive(Clone)]
struct Deadly {
    left: Arc<AtomicU64>,
    half: bool,
}

impl Deadly {
    fn boundary(&self) -> bool {
        self.left.fetch_sub(1, Ordering::SeqCst) == 0
    }

    fn die(&self) -> ! {
        // SAFETY: a signal to this very process, which must not run on.
        unsafe { libc::kill(libc::getpid(), libc::SIGKILL) };
        unreachable!("SIGKILL cannot be caught")
    }

    fn pass(&self) {
        if self.boundary() {
            self.die();
        }
    }
}

impl Disk for Deadly {
    fn create(&mut self, path: &Path) -> io::Result<Box<dyn DiskFile>> {
        self.pass();
        Ok(Box::new(DeadlyFile {
            deadly: self.clone(),
            file: RealDisk.create(path)?,
        }))
    }

    fn rename(&mut self, from: &Path, to: &Path) -> io::Result<()> {
        self.pass();
        RealDisk.rename(from, to)
    }

    fn sync_file(&mut self, path: &Path) -> io::Result<()> {
        self.pass();
        RealDisk.sync_file(path)
    }

    fn sync_dir(&mut self, dir: &Path) -> io::Result<()> {
        self.pass();
        RealDisk.sync_dir(dir)
    }

    fn create_dir(&mut self, dir: &Path) -> io::Result<()> {
        RealDisk.create_dir(dir)
    }

    fn list(&mut self, dir: &Path) -> io::Result<Vec<String>> {
        RealDisk.list(dir)
    }

    fn open(&mut self, path: &Path) -> io::Result<Box<dyn ReadFile>> {
        RealDisk.open(path)
    }

    fn remove(&mut self, path: &Path) -> io::Result<()> {
        RealDisk.remove(path)
    }
}

struct DeadlyFile {
    deadly: Deadly,
    file: Box<dyn DiskFile>,
}

impl DiskFile for DeadlyFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.deadly.boundary() {
            if self.deadly.half {
                self.file.write(&bytes[..bytes.len() / 2])?;
            }
            self.deadly.die();
        }
        self.file.write(bytes)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.deadly.pass();
        self.file.sync()
    }
}

/// The process that dies; does nothing when the suite runs it.
#[test]
fn child() {
    let Ok(plan) = std::env::var(CHILD) else {
        return;
    };
    let mut words = plan.split('|');
    let mut number = || words.next().unwrap().parse::<u64>().unwrap();
    let (workload, boundary, half) = (number() as usize, number(), number() == 1);
    let dir = PathBuf::from(words.next().unwrap());
    let deadly = Deadly {
        left: Arc::new(AtomicU64::new(boundary)),
        half,
    };
    let (segment_bytes, steps) = workloads().swap_remove(workload);
    let writer = LogWriter::create_on(Box::new(deadly), &dir, options(segment_bytes)).unwrap();
    eprintln!("acknowledged 0");
    sim::run(writer, &steps, |records| {
        eprintln!("acknowledged {records}")
    })
    .unwrap();
    eprintln!("whole");
}

/// Runs the child; what it acknowledged last, and whether it came to its end.
fn run_child(workload: usize, boundary: u64, half: bool, dir: &Path) -> (Option<u64>, bool) {
    let plan = format!("{workload}|{boundary}|{}|{}", u8::from(half), dir.display());
    let exe = std::env::current_exe().unwrap();
    let arguments = ["child", "--exact", "--nocapture"];
    let output = Command::new(exe)
        .args(arguments)
        .env(CHILD, plan)
        .output()
        .unwrap();
    let text = String::from_utf8(output.stderr).unwrap();
    let lines = text
        .lines()
        .filter_map(|line| line.strip_prefix("acknowledged "));
    let last = lines.map(|number| number.parse().unwrap()).next_back();
    (last, text.lines().any(|line| line == "whole"))
}

fn check(dir: &Path, acknowledged: u64, what: &str) {
    let mut reader = LogReader::open(dir).unwrap();
    let state = reader.state();
    assert!(
        !matches!(state, LogState::Corrupt { .. }),
        "{what}: {state}"
    );
    let found = sim::payloads(&mut reader).len() as u64;
    assert!(
        found >= acknowledged,
        "{what}: {found} of {acknowledged} records"
    );
    if state == LogState::Sealed {
        return;
    }
    let (mut writer, end) = LogWriter::resume(dir, options(512)).unwrap();
    writer.append_events(&[event(end.last_seq + 1)]).unwrap();
    writer.seal(b"{}").unwrap();
    let reader = LogReader::open(dir).unwrap();
    assert_eq!(
        (reader.state(), reader.end().records),
        (LogState::Sealed, found + 2),
        "{what}"
    );
}

#[test]
fn killed_at_every_boundary_of_eight_workloads() {
    let root = tempfile::tempdir().unwrap();
    let mut kills = 0;
    for workload in 0..workloads().len() {
        for half in [false, true] {
            for boundary in 0.. {
                let what = format!("workload {workload}, boundary {boundary}, half {half}");
                let dir = root.path().join(format!("{workload}-{boundary}-{half}"));
                let (acknowledged, whole) = run_child(workload, boundary, half, &dir);
                if let Some(acknowledged) = acknowledged {
                    check(&dir, acknowledged, &what);
                }
                if whole {
                    break;
                }
                kills += 1;
            }
        }
    }
    println!("{kills} kills");
    assert!(kills > 100, "{kills} kills");
}
