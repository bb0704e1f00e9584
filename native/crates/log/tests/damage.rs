//! Every bit flipped, every byte truncated, every record removed, duplicated and swapped, every
//! segment removed and swapped: the verdict and the records yielded equal a model that knows
//! only where records stood.
mod model;
mod sim;

use model::*;
use sim::{Files, dir};
use wavetank_log::{Damage, LogState, SEGMENT_HEADER_BYTES, segment_name};

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
