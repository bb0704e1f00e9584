//! Prints what an append costs while the disk keeps up, what it costs to have events on disk, and
//! what a pass over the log costs, per event of 64 bytes, by the size of the batch, beside two gauges in the same run: a plain 1 MiB `write` loop and `memcpy`
//! of the same bytes. In: a folder for the log, the temporary one if none is given.
#![allow(clippy::disallowed_methods)]

use std::hint::black_box;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Instant;

use wavetank_abi::Record;
use wavetank_log::{LogOptions, LogReader, LogWriter};

const EVENTS: u64 = 1 << 22;
/// Events between two waits for the disk; they fit in the writer's buffer.
const BURST: u64 = 1 << 15;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let root = std::env::args()
        .nth(1)
        .map_or_else(std::env::temp_dir, PathBuf::from);
    for batch in [1_u64, 8, 64, 1024] {
        let dir = root.join(format!("wavetank-log-{}-{batch}", std::process::id()));
        println!("batch {batch:5}: {}", round(&dir, batch)?);
        std::fs::remove_dir_all(&dir)?;
    }
    Ok(())
}

fn round(dir: &Path, batch: u64) -> Result<String, Box<dyn std::error::Error>> {
    let mut writer = LogWriter::create(dir, LogOptions::default())?;
    let mut events = vec![Record::default(); batch as usize];
    let mut append = 0;
    let whole = Instant::now();
    for burst in (1..=EVENTS).step_by(BURST as usize) {
        let started = Instant::now();
        for first in (burst..burst + BURST).step_by(batch as usize) {
            for (at, event) in events.iter_mut().enumerate() {
                event.seq = first + at as u64;
            }
            writer.append_events(&events)?;
        }
        append += started.elapsed().as_nanos();
        writer.commit()?;
    }
    let durable = whole.elapsed().as_nanos();
    drop(writer);
    let started = Instant::now();
    let state = LogReader::open(dir)?.state();
    let verify = started.elapsed().as_nanos();
    let bytes = EVENTS / batch * (40 + 64 * batch);
    let (write, copy) = gauges(&dir.join("gauge"), bytes)?;
    let each = |ns: u128| ns as f64 / EVENTS as f64;
    Ok(format!(
        "append {:5.1} ns, durable {:5.1} ns, write gauge {:5.1} ns | verify {:5.2} ns, \
         memcpy gauge {:5.2} ns an event ({state})",
        each(append),
        each(durable),
        each(write),
        each(verify),
        each(copy),
    ))
}

fn gauges(path: &Path, bytes: u64) -> std::io::Result<(u128, u128)> {
    let block = vec![1_u8; 1 << 20];
    let mut file = std::fs::File::create(path)?;
    let started = Instant::now();
    for _ in 0..bytes >> 20 {
        file.write_all(&block)?;
    }
    let write = started.elapsed().as_nanos();
    let from = vec![1_u8; 64 << 20];
    let mut into = vec![2_u8; 64 << 20];
    let started = Instant::now();
    for at in 0..bytes >> 20 {
        let at = (at as usize % 64) << 20;
        into[at..at + (1 << 20)].copy_from_slice(black_box(&from[at..at + (1 << 20)]));
    }
    black_box(&into);
    Ok((write, started.elapsed().as_nanos()))
}
