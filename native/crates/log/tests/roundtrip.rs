//! What is written is read, in order, over one and over many segments, on a real and on a
//! simulated disk; a log can be continued; wrong calls change nothing.

mod sim;

use proptest::prelude::*;
use sim::{Step, dir, event, open, options, payloads, run, workloads, written};
use wavetank_log::{LogError, LogOptions, LogReader, LogState, LogWriter, RecordKind};

#[test]
fn eight_workloads_come_back_as_written() {
    for (number, (segment_bytes, steps)) in workloads().into_iter().enumerate() {
        let disk = written(segment_bytes, &steps);
        let mut reader = open(&disk.files());
        let sealed = matches!(steps.last(), Some(Step::Seal));
        let state = if sealed {
            LogState::Sealed
        } else {
            LogState::Unsealed
        };
        assert_eq!(reader.state(), state, "workload {number}");
        let read = payloads(&mut reader);
        let appends = steps
            .iter()
            .filter(|step| !matches!(step, Step::Commit))
            .count();
        assert_eq!(read.len(), appends, "workload {number}");
        assert_eq!(reader.end().records, appends as u64, "workload {number}");
    }
}

#[test]
fn a_real_folder_holds_segments_and_reopens() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log");
    let mut writer = LogWriter::create(&path, options(1024)).unwrap();
    for seq in 1..=100 {
        assert_eq!(writer.append_events(&[event(seq)]).unwrap(), seq - 1);
    }
    assert_eq!(writer.commit().unwrap(), 100);
    writer
        .append(RecordKind::Checkpoint, 100, &[7; 3000])
        .unwrap();
    writer.append_events(&[event(101), event(102)]).unwrap();
    writer.seal(b"{}").unwrap();

    let mut reader = LogReader::open(&path).unwrap();
    assert_eq!(reader.state(), LogState::Sealed);
    assert_eq!(reader.end().last_seq, 102);
    assert!(reader.end().segment >= 10, "{:?}", reader.end());
    assert_eq!(payloads(&mut reader).len(), 103);

    assert!(reader.checkpoint_before(99).is_none());
    let place = reader.checkpoint_before(1000).unwrap();
    assert_eq!((place.index(), place.seq()), (100, 100));
    let mut cursor = reader.records_from(&place).unwrap();
    assert_eq!(cursor.next_record().unwrap().unwrap().payload, [7; 3000]);
    let events = cursor
        .next_record()
        .unwrap()
        .unwrap()
        .events()
        .unwrap()
        .to_vec();
    assert_eq!(events, [event(101), event(102)]);
    assert_eq!(
        cursor.next_record().unwrap().unwrap().place.kind(),
        RecordKind::Seal
    );
    assert!(cursor.next_record().unwrap().is_none());
}

#[test]
fn what_is_appended_becomes_durable_without_a_commit_call() {
    let folder = tempfile::tempdir().unwrap();
    let mut writer = LogWriter::create(folder.path(), LogOptions::default()).unwrap();
    writer.append_events(&[event(1)]).unwrap();
    while writer.durable_seq() < 1 {
        std::thread::yield_now();
    }
    assert_eq!(LogReader::open(folder.path()).unwrap().end().records, 1);
}

#[test]
fn a_full_buffer_waits_for_the_disk_and_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let options = LogOptions {
        waiting_bytes: 256,
        ..options(4096)
    };
    let mut writer = LogWriter::create(folder.path(), options).unwrap();
    for seq in 1..=50 {
        writer.append_events(&[event(seq)]).unwrap();
    }
    writer.append(RecordKind::Note, 50, &[1; 1000]).unwrap();
    drop(writer);
    let reader = LogReader::open(folder.path()).unwrap();
    assert_eq!(
        (reader.state(), reader.end().records),
        (LogState::Unsealed, 51)
    );
}

#[test]
fn wrong_calls_change_nothing() {
    let disk = sim::SimDisk::default();
    let start = LogOptions {
        first_seq: 10,
        ..options(4096)
    };
    let mut writer = LogWriter::create_on(Box::new(disk.clone()), &dir(), start).unwrap();
    assert_eq!(writer.durable_seq(), 10);
    let back = |last, given| Err(LogError::SeqWentBack { last, given });
    assert_eq!(
        writer.append(RecordKind::Note, 10, b""),
        Err(LogError::EmptyPayload)
    );
    assert_eq!(writer.append(RecordKind::Note, 9, b"x"), back(10, 9));
    assert_eq!(writer.append_events(&[event(10)]), back(10, 10));
    assert_eq!(writer.append_events(&[event(12), event(11)]), back(12, 11));
    assert_eq!(writer.append_events(&[]), Err(LogError::EmptyPayload));
    assert_eq!(writer.append(RecordKind::Control, 10, b"{}"), Ok(0));
    assert_eq!(writer.append_events(&[event(11), event(12)]), Ok(1));
    writer.seal(b"{}").unwrap();
    let reader = open(&disk.files());
    assert_eq!(
        (reader.state(), reader.end().records),
        (LogState::Sealed, 3)
    );

    let again = LogWriter::create_on(Box::new(disk.clone()), &dir(), options(4096));
    assert!(matches!(again.err(), Some(LogError::Exists(_))));
    let more = LogWriter::resume_on(Box::new(disk), &dir(), options(4096));
    assert_eq!(more.err(), Some(LogError::NotResumable(LogState::Sealed)));
}

#[test]
fn a_torn_log_is_continued_and_keeps_its_tail() {
    let (segment_bytes, steps) = workloads().swap_remove(2);
    for cut in 1..100 {
        let disk = written(segment_bytes, &steps);
        let mut files = disk.files();
        let last = files.last_entry().unwrap().into_mut();
        last.truncate(last.len() - cut);
        let before = open(&files).end();
        let torn = last_bytes(&files);

        let disk = sim::SimDisk::with(files);
        // A draft that a crash left behind is in nobody's way.
        let draft = dir().join(format!("{:08}.wlog.new", before.segment + 1));
        disk.0.lock().unwrap().files.insert(draft, vec![1, 2, 3]);
        let on = || Box::new(disk.clone());
        let (mut writer, end) = LogWriter::resume_on(on(), &dir(), options(512)).unwrap();
        assert_eq!(end, before, "cut {cut}");
        writer.append_events(&[event(end.last_seq + 1)]).unwrap();
        writer.seal(b"{}").unwrap();
        let mut reader = open(&disk.files());
        assert_eq!(reader.state(), LogState::Sealed, "cut {cut}");
        assert_eq!(
            payloads(&mut reader).len() as u64,
            before.records + 2,
            "cut {cut}"
        );
        assert!(
            disk.files().values().any(|bytes| *bytes == torn),
            "cut {cut}: tail gone"
        );
    }
}

fn last_bytes(files: &sim::Files) -> Vec<u8> {
    files.last_key_value().unwrap().1.clone()
}

proptest! {
    #[test]
    fn any_sequence_of_records_survives(
        segment_bytes in 64_u64..4096,
        lens in prop::collection::vec(1_usize..700, 1..40),
        commits in any::<u64>(),
    ) {
        let mut steps = Vec::new();
        for (at, len) in lens.iter().enumerate() {
            steps.push(Step::Bytes(RecordKind::Note, *len));
            if commits >> (at % 64) & 1 == 1 {
                steps.push(Step::Commit);
            }
        }
        steps.push(Step::Seal);
        let disk = sim::SimDisk::default();
        let on = Box::new(disk.clone());
        let writer = LogWriter::create_on(on, &dir(), options(segment_bytes)).unwrap();
        run(writer, &steps, |_| {}).unwrap();
        let mut reader = open(&disk.files());
        prop_assert_eq!(reader.state(), LogState::Sealed);
        let read = payloads(&mut reader);
        prop_assert_eq!(read.len(), lens.len() + 1);
        for (got, len) in read.iter().zip(&lens) {
            prop_assert_eq!(got.2.len(), *len);
        }
    }
}
