//! Good logs with every record's place, and the one check that damage is judged by.
#![allow(dead_code)]

use crate::sim::{Files, Step, dir, open, payloads, written};
use wavetank_log::{Damage, LogState, RECORD_HEADER_BYTES, RecordKind, segment_name};

/// Where a good record stands.
#[derive(Clone, Copy, Debug)]
pub struct Spot {
    pub segment: u64,
    pub offset: usize,
    pub total: usize,
}

pub struct Good {
    pub files: Files,
    pub spots: Vec<Spot>,
    pub segments: u64,
    pub sealed: bool,
    pub steps: Vec<Step>,
}

impl Good {
    pub fn new(seal: bool) -> Self {
        let mut steps = vec![
            Step::Events(2),
            Step::Bytes(RecordKind::Control, 13),
            Step::Events(1),
            Step::Bytes(RecordKind::Checkpoint, 400),
            Step::Events(3),
            Step::Bytes(RecordKind::Note, 8),
            Step::Events(1),
        ];
        steps.push(if seal { Step::Seal } else { Step::Commit });
        let files = written(450, &steps).files();
        let mut reader = open(&files);
        let segments = reader.end().segment + 1;
        assert!(segments >= 3, "{segments} segments");
        let mut spots = Vec::new();
        let mut cursor = reader.records().unwrap();
        while let Some(record) = cursor.next_record().unwrap() {
            let total = RECORD_HEADER_BYTES + record.payload.len().next_multiple_of(8);
            let offset = record.place.offset() as usize;
            spots.push(Spot {
                segment: record.place.segment(),
                offset,
                total,
            });
        }
        Self {
            files,
            spots,
            segments,
            sealed: seal,
            steps,
        }
    }

    pub fn last_segment(&self, segment: u64) -> bool {
        segment + 1 == self.segments
    }

    pub fn before(&self, segment: u64, offset: usize) -> usize {
        let earlier = |s: &&Spot| (s.segment, s.offset + s.total) <= (segment, offset);
        self.spots.iter().filter(earlier).count()
    }

    pub fn with(&self, segment: u64, change: impl FnOnce(&mut Vec<u8>)) -> Files {
        let mut files = self.files.clone();
        change(files.get_mut(&dir().join(segment_name(segment))).unwrap());
        files
    }
}

pub fn corrupt(segment: u64, offset: usize, why: Damage) -> LogState {
    LogState::Corrupt {
        segment,
        offset: offset as u64,
        why,
    }
}

/// Opens damaged files; the verdict and the number of records must be these, and every record
/// yielded must be as it was written.
pub fn check(good: &Good, files: &Files, state: LogState, records: usize, what: &str) {
    let mut reader = open(files);
    assert_eq!(reader.state(), state, "{what}");
    let got = payloads(&mut reader);
    assert_eq!(got.len(), records, "{what}");
    assert_eq!(got, payloads(&mut open(&good.files))[..records], "{what}");
}

pub fn both(each: impl Fn(&Good)) {
    each(&Good::new(false));
    each(&Good::new(true));
}
