//! Each field of a record and of a segment judged by itself, foreign records, and tails that are no
//! records: with every checksum made right again, only the rule in question can see the damage.

mod model;
mod sim;

use model::*;
use sim::{Files, dir, open, written};
use wavetank_log::{CHAIN_START, Damage, LogState, RECORD_HEADER_BYTES, next_chain, segment_name};

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
