//! What a crash leaves. Every prefix of every workload's disk calls, cut also inside writes, is
//! opened twice: as a killed process leaves it (all that was written is there) and as a power cut
//! may leave it (what was not synced is gone, torn or zeros). Nothing acknowledged is ever
//! missing, nothing is ever read that was not written, and the log can be continued.

mod sim;

use std::collections::BTreeMap;

use sim::{Files, Op, SimDisk, dir, event, open, options, payloads, workloads};
use wavetank_log::{LogState, LogWriter, segment_name};

/// A workload's calls, and how many records had been acknowledged after how many calls.
struct Trace {
    segment_bytes: u64,
    journal: Vec<Op>,
    acknowledged: Vec<(usize, u64)>,
    whole: Vec<(wavetank_log::RecordKind, u64, Vec<u8>)>,
}

impl Trace {
    fn new(segment_bytes: u64, steps: &[sim::Step]) -> Self {
        let disk = SimDisk::default();
        let on = Box::new(disk.clone());
        let writer = LogWriter::create_on(on, &dir(), options(segment_bytes)).unwrap();
        let mut acknowledged = vec![(disk.calls(), 0)];
        sim::run(writer, steps, |records| {
            acknowledged.push((disk.calls(), records))
        })
        .unwrap();
        let whole = payloads(&mut open(&disk.files()));
        Self {
            segment_bytes,
            journal: disk.journal(),
            acknowledged,
            whole,
        }
    }

    /// Records acknowledged before the call with this number began; `None` before `create`
    /// returned.
    fn acknowledged_before(&self, call: usize) -> Option<u64> {
        let done = self.acknowledged.iter().filter(|(calls, _)| *calls <= call);
        done.map(|(_, records)| *records).next_back()
    }
}

/// What a power cut does to bytes that were not synced.
#[derive(Clone, Copy, Debug)]
enum Unsynced {
    Kept,
    Gone,
    Half,
    Zeros,
}

/// The files after `calls` whole calls and `part` bytes of the next one.
fn after(journal: &[Op], calls: usize, part: usize, unsynced: Unsynced) -> Files {
    let mut files: BTreeMap<_, (Vec<u8>, usize)> = BTreeMap::new();
    let mut renames = Vec::new();
    for (number, op) in journal.iter().take(calls + 1).enumerate() {
        let whole = number < calls;
        match op {
            Op::Create(path) if whole => drop(files.insert(path.clone(), (Vec::new(), 0))),
            Op::Write(path, bytes) => {
                let take = if whole { bytes.len() } else { part };
                files
                    .get_mut(path)
                    .unwrap()
                    .0
                    .extend_from_slice(&bytes[..take]);
            }
            Op::Sync(path) if whole => {
                let file = files.get_mut(path).unwrap();
                file.1 = file.0.len();
            }
            Op::Rename(from, to) if whole => {
                let file = files.remove(from).unwrap();
                files.insert(to.clone(), file);
                renames.push((from.clone(), to.clone()));
            }
            Op::SyncDir if whole => renames.clear(),
            _ => {}
        }
    }
    if !matches!(unsynced, Unsynced::Kept) {
        for (from, to) in renames {
            let file = files.remove(&to).unwrap();
            files.insert(from, file);
        }
    }
    files
        .into_iter()
        .map(|(path, (bytes, synced))| (path, lose(bytes, synced, unsynced)))
        .collect()
}

fn lose(mut bytes: Vec<u8>, synced: usize, unsynced: Unsynced) -> Vec<u8> {
    let loose = bytes.len() - synced;
    match unsynced {
        Unsynced::Kept => {}
        Unsynced::Gone => bytes.truncate(synced),
        Unsynced::Half => bytes.truncate(synced + loose / 2),
        Unsynced::Zeros => bytes[synced..].fill(0),
    }
    bytes
}

fn check(trace: &Trace, files: &Files, calls: usize, what: &str) {
    let Some(acknowledged) = trace.acknowledged_before(calls) else {
        return;
    };
    let mut reader = open(files);
    let state = reader.state();
    assert!(
        !matches!(state, LogState::Corrupt { .. }),
        "{what}: {state}"
    );
    let got = payloads(&mut reader);
    assert!(
        got.len() as u64 >= acknowledged,
        "{what}: {} of {acknowledged}",
        got.len()
    );
    assert_eq!(got, trace.whole[..got.len()], "{what}");
    if state != LogState::Sealed {
        check_resume(files, got.len() as u64, what);
    }
}

/// The log is continued, but only after what was found is on disk: a killed process may have left
/// it in memory alone, and the new segment vouches for it.
fn check_resume(files: &Files, found: u64, what: &str) {
    let disk = SimDisk::with(files.clone());
    let on = Box::new(disk.clone());
    let (mut writer, end) = LogWriter::resume_on(on, &dir(), options(512)).unwrap();
    writer.append_events(&[event(end.last_seq + 1)]).unwrap();
    writer.commit().unwrap();
    drop(writer);
    assert_eq!(open(&disk.files()).end().records, found + 1, "{what}");
    let last = dir().join(segment_name(end.segment));
    let journal = disk.journal();
    let synced = journal.iter().position(|op| *op == Op::Sync(last.clone()));
    let begun = journal.iter().position(|op| matches!(op, Op::Create(_)));
    assert!(
        synced.is_some() && synced < begun,
        "{what}: continued before it was synced"
    );
}

#[test]
fn every_prefix_of_eight_workloads() {
    let mut crashes = 0;
    for (number, (segment_bytes, steps)) in workloads().into_iter().enumerate() {
        let trace = Trace::new(segment_bytes, &steps);
        for calls in 0..=trace.journal.len() {
            let len = match trace.journal.get(calls) {
                Some(Op::Write(_, bytes)) => bytes.len(),
                _ => 0,
            };
            for part in [0, 1, len / 3, len / 2, len.saturating_sub(1)] {
                for unsynced in [
                    Unsynced::Kept,
                    Unsynced::Gone,
                    Unsynced::Half,
                    Unsynced::Zeros,
                ] {
                    let part = part.min(len);
                    let files = after(&trace.journal, calls, part, unsynced);
                    let what = format!(
                        "workload {number} ({} byte segments), {calls} calls + {part}, {unsynced:?}",
                        trace.segment_bytes
                    );
                    check(&trace, &files, calls, &what);
                    crashes += 1;
                }
            }
        }
    }
    println!("{crashes} crashes");
}
