//! ENOSPC and EIO at every disk call: the call that fails is named, every later call of the
//! writer gives the same error, what was acknowledged stays readable, and a reader or a resume
//! that cannot read says so instead of guessing.

mod sim;

use sim::{Files, SimDisk, dir, event, open, options, payloads, workloads, written};
use wavetank_log::{LogError, LogReader, LogState, LogWriter, RecordKind};

const ENOSPC: i32 = 28;
const EIO: i32 = 5;

fn errno(error: &LogError) -> Option<i32> {
    match error {
        LogError::Io { os, .. } => *os,
        _ => None,
    }
}

#[test]
fn every_call_of_a_writer_fails_once() {
    let mut faults = 0;
    for (number, (segment_bytes, steps)) in workloads().into_iter().enumerate() {
        let calls = written(segment_bytes, &steps).calls();
        for (call, code, short) in (0..calls).flat_map(|call| {
            [
                (call, ENOSPC, false),
                (call, ENOSPC, true),
                (call, EIO, false),
            ]
        }) {
            let what = format!("workload {number}, call {call}, errno {code}, short {short}");
            let disk = SimDisk::failing(Files::new(), call, code, short);
            let on = Box::new(disk.clone());
            let mut acknowledged = None;
            match LogWriter::create_on(on, &dir(), options(segment_bytes)) {
                Err(error) => assert_eq!(errno(&error), Some(code), "{what}"),
                Ok(writer) => {
                    acknowledged = Some(0);
                    let result = sim::run(writer, &steps, |n| acknowledged = Some(n));
                    if let Err(error) = result {
                        assert_eq!(errno(&error), Some(code), "{what}");
                    }
                }
            }
            if let Some(acknowledged) = acknowledged {
                let mut reader = open(&disk.files());
                let state = reader.state();
                assert!(
                    !matches!(state, LogState::Corrupt { .. }),
                    "{what}: {state}"
                );
                assert!(payloads(&mut reader).len() as u64 >= acknowledged, "{what}");
            }
            faults += 1;
        }
    }
    println!("{faults} faults");
}

#[test]
fn the_first_error_is_every_later_answer() {
    // Six calls create the log: folder, list, parent, draft and the rest; the disk then fails.
    let healthy = SimDisk::default();
    let on = Box::new(healthy.clone());
    drop(LogWriter::create_on(on, &dir(), options(4096)).unwrap());
    let disk = SimDisk::failing(Files::new(), healthy.calls(), EIO, true);
    let mut writer = LogWriter::create_on(Box::new(disk.clone()), &dir(), options(4096)).unwrap();
    writer.append_events(&[event(1)]).unwrap();
    let first = writer.commit().unwrap_err();
    assert_eq!(errno(&first), Some(EIO));
    let calls = disk.calls();
    assert_eq!(writer.commit().unwrap_err(), first);
    assert_eq!(writer.append_events(&[event(2)]).unwrap_err(), first);
    assert_eq!(writer.append_events(&[event(1)]).unwrap_err(), first);
    assert_eq!(writer.append_events(&[]).unwrap_err(), first);
    assert_eq!(writer.append(RecordKind::Note, 2, b"x").unwrap_err(), first);
    assert_eq!(writer.append(RecordKind::Note, 2, b"").unwrap_err(), first);
    assert_eq!(writer.error(), Some(first.clone()));
    assert_eq!(writer.durable_seq(), 0);
    assert_eq!(writer.seal(b"{}").unwrap_err(), first);
    assert_eq!(disk.calls(), calls, "nothing more reaches the disk");
    assert!(matches!(
        open(&disk.files()).state(),
        LogState::TornTail { .. }
    ));
}

#[test]
fn a_reader_that_cannot_read_says_so() {
    for (segment_bytes, steps) in workloads() {
        let files = written(segment_bytes, &steps).files();
        let healthy = SimDisk::with(files.clone());
        LogReader::open_on(Box::new(healthy.clone()), &dir()).unwrap();
        for call in 0..healthy.calls() {
            let disk = SimDisk::failing(files.clone(), call, EIO, false);
            let error = LogReader::open_on(Box::new(disk.clone()), &dir())
                .err()
                .unwrap();
            assert_eq!(errno(&error), Some(EIO), "call {call}");
            let disk = SimDisk::failing(files.clone(), call, EIO, false);
            let error = LogWriter::resume_on(Box::new(disk.clone()), &dir(), options(512));
            assert_eq!(errno(&error.err().unwrap()), Some(EIO), "call {call}");
            assert_eq!(disk.files(), files);
        }
    }
}

#[test]
fn a_log_that_changes_under_the_reader_is_an_error() {
    let (segment_bytes, steps) = workloads().swap_remove(2);
    let disk = written(segment_bytes, &steps);
    let mut reader = LogReader::open_on(Box::new(disk.clone()), &dir()).unwrap();
    for bytes in disk.0.lock().unwrap().files.values_mut() {
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
    }
    let mut cursor = reader.records().unwrap();
    let error = loop {
        match cursor.next_record() {
            Ok(record) => assert!(record.is_some(), "a changed log read to its end"),
            Err(error) => break error,
        }
    };
    assert!(
        matches!(error, LogError::Changed(LogState::Corrupt { .. })),
        "{error}"
    );
}
