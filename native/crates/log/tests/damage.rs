//! Every bit flipped, every byte truncated, every record removed, duplicated and swapped, every
//! segment removed and swapped: the verdict and the records yielded equal a model that knows
//! only where records stood.

mod sim;

use sim::{Files, Step, dir, open, payloads, written};
use wavetank_log::{
    CHAIN_START, Damage, LogState, RECORD_HEADER_BYTES, RecordKind, SEGMENT_HEADER_BYTES,
    next_chain, segment_name,
};

/// Where a good record stands.
#[derive(Clone, Copy, Debug)]
struct Spot {
    segment: u64,
    offset: usize,
    total: usize,
}

struct Good {
    files: Files,
    spots: Vec<Spot>,
    segments: u64,
    sealed: bool,
    steps: Vec<Step>,
}

impl Good {
    fn new(seal: bool) -> Self {
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

    fn last_segment(&self, segment: u64) -> bool {
        segment + 1 == self.segments
    }

    fn before(&self, segment: u64, offset: usize) -> usize {
        let earlier = |s: &&Spot| (s.segment, s.offset + s.total) <= (segment, offset);
        self.spots.iter().filter(earlier).count()
    }

    fn with(&self, segment: u64, change: impl FnOnce(&mut Vec<u8>)) -> Files {
        let mut files = self.files.clone();
        change(files.get_mut(&dir().join(segment_name(segment))).unwrap());
        files
    }
}

fn corrupt(segment: u64, offset: usize, why: Damage) -> LogState {
    LogState::Corrupt {
        segment,
        offset: offset as u64,
        why,
    }
}

/// Opens damaged files; the verdict and the number of records must be these, and every record
/// yielded must be as it was written.
fn check(good: &Good, files: &Files, state: LogState, records: usize, what: &str) {
    let mut reader = open(files);
    assert_eq!(reader.state(), state, "{what}");
    let got = payloads(&mut reader);
    assert_eq!(got.len(), records, "{what}");
    assert_eq!(got, payloads(&mut open(&good.files))[..records], "{what}");
}

fn both(each: impl Fn(&Good)) {
    each(&Good::new(false));
    each(&Good::new(true));
}

#[test]
fn every_bit_flipped() {
    both(|good| {
        let mut flips = 0;
        for segment in 0..good.segments {
            for bit in 0..good.files[&dir().join(segment_name(segment))].len() * 8 {
                let files = good.with(segment, |bytes| bytes[bit / 8] ^= 1 << (bit % 8));
                let at = bit / 8;
                let (state, records) = if at < SEGMENT_HEADER_BYTES {
                    let records = good.before(segment, 0);
                    (corrupt(segment, 0, Damage::SegmentHeader), records)
                } else {
                    let records = good.before(segment, at);
                    let spot = good.spots[records];
                    if records + 1 == good.spots.len() {
                        (
                            LogState::TornTail {
                                segment,
                                at: spot.offset as u64,
                            },
                            records,
                        )
                    } else {
                        (corrupt(segment, spot.offset, Damage::Record), records)
                    }
                };
                check(
                    good,
                    &files,
                    state,
                    records,
                    &format!("segment {segment} bit {bit}"),
                );
                flips += 1;
            }
        }
        println!("{flips} bits flipped, sealed: {}", good.sealed);
    });
}

#[test]
fn every_byte_truncated() {
    both(|good| {
        let mut cuts = 0;
        for segment in 0..good.segments {
            for len in 0..good.files[&dir().join(segment_name(segment))].len() {
                let files = good.with(segment, |bytes| bytes.truncate(len));
                let records = good.before(segment, len);
                let spot = good.spots[records];
                let boundary = spot.segment != segment || spot.offset == len;
                let state = if len < SEGMENT_HEADER_BYTES {
                    corrupt(segment, 0, Damage::SegmentHeader)
                } else if boundary && good.last_segment(segment) {
                    // A log without a seal cannot know that it was longer; one with a seal is
                    // no longer sealed.
                    LogState::Unsealed
                } else if boundary {
                    corrupt(segment + 1, 0, Damage::SegmentOutOfPlace)
                } else if good.last_segment(segment) {
                    LogState::TornTail {
                        segment,
                        at: spot.offset as u64,
                    }
                } else {
                    corrupt(segment, spot.offset, Damage::Record)
                };
                check(
                    good,
                    &files,
                    state,
                    records,
                    &format!("segment {segment} cut to {len}"),
                );
                cuts += 1;
            }
        }
        println!("{cuts} truncations, sealed: {}", good.sealed);
    });
}

#[test]
fn every_record_removed() {
    both(|good| {
        for (at, spot) in good.spots.iter().enumerate() {
            let Spot {
                segment,
                offset,
                total,
            } = *spot;
            let files = good.with(segment, |bytes| drop(bytes.drain(offset..offset + total)));
            let next = good.spots.get(at + 1);
            let state = match next {
                None => LogState::Unsealed,
                Some(next) if next.segment == segment => {
                    corrupt(segment, offset, Damage::RecordOutOfPlace)
                }
                Some(_) => corrupt(segment + 1, 0, Damage::SegmentOutOfPlace),
            };
            check(good, &files, state, at, &format!("record {at} removed"));
        }
    });
}

#[test]
fn every_record_duplicated() {
    both(|good| {
        for (at, spot) in good.spots.iter().enumerate() {
            let Spot {
                segment,
                offset,
                total,
            } = *spot;
            let end = offset + total;
            let files = good.with(segment, |bytes| {
                let copy = bytes[offset..end].to_vec();
                drop(bytes.splice(end..end, copy));
            });
            let seal = good.sealed && at + 1 == good.spots.len();
            let why = if seal {
                Damage::AfterSeal
            } else {
                Damage::RecordOutOfPlace
            };
            check(
                good,
                &files,
                corrupt(segment, end, why),
                at + 1,
                &format!("{at} twice"),
            );
        }
    });
}

#[test]
fn every_pair_of_neighbours_swapped() {
    both(|good| {
        for (at, pair) in good.spots.windows(2).enumerate() {
            let [a, b] = [pair[0], pair[1]];
            if a.segment != b.segment {
                continue;
            }
            let files = good.with(a.segment, |bytes| {
                bytes[a.offset..b.offset + b.total].rotate_left(a.total);
            });
            let state = corrupt(a.segment, a.offset, Damage::RecordOutOfPlace);
            check(
                good,
                &files,
                state,
                at,
                &format!("records {at} and {} swapped", at + 1),
            );
        }
    });
}

#[test]
fn every_segment_removed() {
    both(|good| {
        for segment in 0..good.segments {
            let mut files = good.files.clone();
            files.remove(&dir().join(segment_name(segment)));
            let state = if good.last_segment(segment) {
                LogState::Unsealed
            } else {
                corrupt(segment, 0, Damage::MissingSegment)
            };
            let records = good.before(segment, 0);
            check(
                good,
                &files,
                state,
                records,
                &format!("segment {segment} removed"),
            );
        }
        check(
            good,
            &Files::new(),
            corrupt(0, 0, Damage::MissingSegment),
            0,
            "empty folder",
        );
    });
}

#[test]
fn every_pair_of_segments_swapped_or_copied() {
    both(|good| {
        for a in 0..good.segments {
            for b in 0..good.segments {
                if a == b {
                    continue;
                }
                let mut files = good.files.clone();
                let theirs = good.files[&dir().join(segment_name(b))].clone();
                files.insert(dir().join(segment_name(a)), theirs);
                let copied = corrupt(a, 0, Damage::SegmentOutOfPlace);
                check(
                    good,
                    &files,
                    copied,
                    good.before(a, 0),
                    &format!("{b} over {a}"),
                );

                let ours = good.files[&dir().join(segment_name(a))].clone();
                files.insert(dir().join(segment_name(b)), ours);
                let first = a.min(b);
                let swapped = corrupt(first, 0, Damage::SegmentOutOfPlace);
                check(
                    good,
                    &files,
                    swapped,
                    good.before(first, 0),
                    &format!("{a} for {b}"),
                );
            }
        }
    });
}

/// A header field changed and the checksum made right again: only the field's own rule can see it.
fn reseal(bytes: &mut [u8], record: Spot, at: usize, value: u64) {
    let record = &mut bytes[record.offset..record.offset + record.total];
    record[at..at + 8].copy_from_slice(&value.to_le_bytes());
    record[4..8].fill(0);
    let crc = crc32c::crc32c(record);
    record[4..8].copy_from_slice(&crc.to_le_bytes());
}

#[test]
fn every_field_of_a_record_is_judged_by_itself() {
    let good = Good::new(false);
    let (last, spot) = (good.spots.len() - 1, *good.spots.last().unwrap());
    let field = |at: usize, value: u64, why: Damage| {
        let files = good.with(spot.segment, |bytes| reseal(bytes, spot, at, value));
        let state = corrupt(spot.segment, spot.offset, why);
        check(&good, &files, state, last, &format!("{value} at {at}"));
    };
    field(8, last as u64 + 1, Damage::RecordOutOfPlace);
    field(8, 0, Damage::RecordOutOfPlace);
    field(16, 0, Damage::Sequence);
    field(16, 1 << 40, Damage::Sequence);
    field(24, 0, Damage::RecordOutOfPlace);
    field(32, 0, Damage::RecordKind);
    field(32, 6, Damage::RecordKind);
    let (at, note) = (5, good.spots[5]);
    let files = good.with(note.segment, |bytes| reseal(bytes, note, 16, 0));
    let state = corrupt(note.segment, note.offset, Damage::Sequence);
    check(&good, &files, state, at, "a note of an earlier sequence");
}

#[test]
fn every_field_of_a_segment_is_judged_by_itself() {
    both(|good| {
        for at in (16..56).step_by(8) {
            let files = good.with(1, |bytes| {
                bytes[at] ^= 1;
                let crc = crc32c::crc32c(&bytes[..60]);
                bytes[60..64].copy_from_slice(&crc.to_le_bytes());
            });
            let state = corrupt(1, 0, Damage::SegmentOutOfPlace);
            check(
                good,
                &files,
                state,
                good.before(1, 0),
                &format!("field at {at}"),
            );
        }
    });
}

#[test]
fn a_record_or_segment_of_another_log_does_not_fit() {
    both(|good| {
        let mut other = written(450, &good.steps).files();
        let first = other.get_mut(&dir().join(segment_name(0))).unwrap();
        // The same shapes, another first record: all chains differ from there on.
        let spot = good.spots[0];
        reseal(first, spot, RECORD_HEADER_BYTES + 8, 77);
        let other = rechained(other, &good.spots);
        assert_eq!(open(&other).end().records, good.spots.len() as u64);
        for (at, spot) in good.spots.iter().enumerate().skip(1) {
            let theirs = &other[&dir().join(segment_name(spot.segment))];
            let record = theirs[spot.offset..spot.offset + spot.total].to_vec();
            let files = good.with(spot.segment, |bytes| {
                bytes[spot.offset..spot.offset + spot.total].copy_from_slice(&record);
            });
            let state = corrupt(spot.segment, spot.offset, Damage::RecordOutOfPlace);
            check(
                good,
                &files,
                state,
                at,
                &format!("record {at} of another log"),
            );
        }
        for segment in 1..good.segments {
            let theirs = other[&dir().join(segment_name(segment))].clone();
            let files = good.with(segment, |bytes| *bytes = theirs);
            let state = corrupt(segment, 0, Damage::SegmentOutOfPlace);
            let records = good.before(segment, 0);
            check(
                good,
                &files,
                state,
                records,
                &format!("segment {segment} of another log"),
            );
        }
    });
}

/// Makes the chain right again over records that were changed.
fn rechained(mut files: Files, spots: &[Spot]) -> Files {
    let mut chain = CHAIN_START;
    let mut segment = 0;
    for spot in spots {
        let bytes = files
            .get_mut(&dir().join(segment_name(spot.segment)))
            .unwrap();
        if spot.segment != segment {
            segment = spot.segment;
            bytes[40..48].copy_from_slice(&chain.to_le_bytes());
            let crc = crc32c::crc32c(&bytes[..60]);
            bytes[60..64].copy_from_slice(&crc.to_le_bytes());
        }
        reseal(bytes, *spot, 24, chain);
        let word = |at: usize| {
            let at = spot.offset + at;
            u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap())
        };
        chain = next_chain(chain, word(4), word(0));
    }
    files
}

#[test]
fn tails_of_zeros_and_noise_are_torn_and_never_records() {
    let good = Good::new(false);
    let last = good.segments - 1;
    let end = good.files[&dir().join(segment_name(last))].len();
    let torn = LogState::TornTail {
        segment: last,
        at: end as u64,
    };
    for len in [1, 7, 8, 40, 48, 4096, 65_536] {
        let zeros = good.with(last, |bytes| bytes.resize(end + len, 0));
        check(
            &good,
            &zeros,
            torn,
            good.spots.len(),
            &format!("{len} zeros"),
        );
        let ones = good.with(last, |bytes| bytes.resize(end + len, 0xff));
        check(
            &good,
            &ones,
            torn,
            good.spots.len(),
            &format!("{len} bytes of ff"),
        );
    }
    let mut noise = 0x9E37_79B9_7F4A_7C15_u64;
    let noisy = good.with(last, |bytes| {
        for _ in 0..20_000 {
            noise ^= noise << 13;
            noise ^= noise >> 7;
            noise ^= noise << 17;
            bytes.extend_from_slice(&noise.to_le_bytes());
        }
    });
    check(&good, &noisy, torn, good.spots.len(), "noise");
}

#[test]
fn a_length_is_judged_before_it_is_used() {
    let good = Good::new(false);
    let last = good.segments - 1;
    let end = good.files[&dir().join(segment_name(last))].len();
    for len in [
        0_u32,
        1,
        65,
        0x7fff_ffff,
        0x8000_0000,
        u32::MAX - 7,
        u32::MAX,
    ] {
        let files = good.with(last, |bytes| {
            bytes.extend_from_slice(&len.to_le_bytes());
            bytes.resize(end + RECORD_HEADER_BYTES + 64, 0);
        });
        let torn = LogState::TornTail {
            segment: last,
            at: end as u64,
        };
        check(
            &good,
            &files,
            torn,
            good.spots.len(),
            &format!("length {len}"),
        );
    }
}

#[test]
fn a_tail_built_to_be_slow_is_damage() {
    let good = Good::new(false);
    let last = good.segments - 1;
    let records = good.spots.len() as u64;
    let files = good.with(last, |bytes| {
        bytes.extend_from_slice(&[0; 8]);
        for _ in 0..20_000 {
            let mut head = [0_u8; RECORD_HEADER_BYTES];
            head[..4].copy_from_slice(&400_000_u32.to_le_bytes());
            head[8..16].copy_from_slice(&records.to_le_bytes());
            head[32] = 1;
            bytes.extend_from_slice(&head);
        }
    });
    assert!(matches!(
        open(&files).state(),
        LogState::Corrupt {
            why: Damage::Record,
            ..
        }
    ));
}
