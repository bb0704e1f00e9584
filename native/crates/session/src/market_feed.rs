//! Everything of the subscribed instruments, for who trades on it. In: records as they are made. Out:
//! frames of records, a snapshot first, and again after a loss. A bounded ring: what does not fit is
//! dropped whole and counted. It never stops time, and without a subscriber it holds nothing.

use bytemuck::Zeroable;
use wavetank_abi::{
    EventType, EventsFrame, FrameKind, FramePrefix, Record, Side, event_flags, frame_flags,
};
use wavetank_book::Book;

use crate::outbox::write_frame;
use crate::time::quantum_end;

/// Records that wait at most: 4 MiB.
const RING_RECORDS: usize = 1 << 16;

/// Records of one frame at most: a frame stays below the link's bound.
const FRAME_RECORDS: usize = 1 << 14;

struct Subscription {
    instrument: u32,
    /// Last record that was handed over, or that the snapshot held.
    seq: u64,
    /// Nothing is kept until a snapshot went out.
    wants_snapshot: bool,
    /// Records were lost before that snapshot.
    gap: bool,
}

/// Subscribed instruments and their records on the way out.
#[derive(Default)]
pub struct MarketFeed {
    subscriptions: Vec<Subscription>,
    ring: Vec<Record>,
    dropped: u64,
}

impl MarketFeed {
    /// The instruments that are wanted from now on; those in `again` begin with a snapshot anew.
    pub fn subscribe(&mut self, wanted: &[u32], again: &[u32]) {
        self.subscriptions
            .retain(|s| wanted.contains(&s.instrument));
        self.ring.retain(|r| wanted.contains(&r.instrument_id));
        for &instrument in wanted {
            if self
                .subscriptions
                .iter()
                .all(|s| s.instrument != instrument)
            {
                self.subscriptions.push(Subscription {
                    instrument,
                    seq: 0,
                    wants_snapshot: true,
                    gap: false,
                });
            }
        }
        for subscription in &mut self.subscriptions {
            if again.contains(&subscription.instrument) {
                subscription.wants_snapshot = true;
            }
        }
    }

    /// Subscribed instruments.
    pub fn instruments(&self) -> impl Iterator<Item = u32> + '_ {
        self.subscriptions.iter().map(|s| s.instrument)
    }

    /// Records lost to overflow.
    pub fn dropped(&self) -> u64 {
        self.dropped
    }

    /// A record of a subscribed instrument.
    #[cold]
    pub fn record(&mut self, record: &Record) {
        if self.ring.len() == RING_RECORDS {
            self.overflow();
        }
        let subscription = self.subscriptions.iter();
        let mut mine = subscription.filter(|s| s.instrument == record.instrument_id);
        match mine.next() {
            Some(s) if !s.wants_snapshot => self.ring.push(*record),
            Some(s) if s.gap => self.dropped += 1,
            _ => {}
        }
    }

    fn overflow(&mut self) {
        self.dropped += self.ring.len() as u64;
        self.ring.clear();
        for subscription in &mut self.subscriptions {
            subscription.wants_snapshot = true;
            subscription.gap = true;
        }
    }

    /// Hands over what waits; returns the number of frames. Called between steps: the book is whole.
    pub fn drain<B: Book>(
        &mut self,
        book: &B,
        prefix: impl Fn(u32) -> FramePrefix,
        out: &mut Vec<u8>,
    ) -> usize {
        let mut frames = 0;
        for subscription in &mut self.subscriptions {
            let prefix = prefix(subscription.instrument);
            frames += if subscription.wants_snapshot {
                snapshot(subscription, book, &prefix, out)
            } else {
                events(subscription, &self.ring, &prefix, out)
            };
        }
        self.ring.clear();
        frames
    }
}

fn events(
    subscription: &mut Subscription,
    ring: &[Record],
    prefix: &FramePrefix,
    out: &mut Vec<u8>,
) -> usize {
    let mine = ring
        .iter()
        .filter(|r| r.instrument_id == subscription.instrument);
    let records: Vec<Record> = mine.copied().collect();
    let (mut rest, mut frames) = (&records[..], 0);
    while let Some(last) = frame_end(rest) {
        let (chunk, later) = rest.split_at(last + 1);
        let last = chunk[last];
        let seq = last.seq;
        let head = EventsFrame {
            seq,
            ts_run_ns: prefix.ts_run_ns.max(quantum_end(last.ts_ns)),
            prev_seq: subscription.seq,
            ..frame_of(FrameKind::Events, prefix, chunk)
        };
        write_frame(out, &head, bytemuck::cast_slice(chunk));
        subscription.seq = seq;
        (rest, frames) = (later, frames + 1);
    }
    frames
}

/// The last record of the next frame: none ends inside a step.
fn frame_end(records: &[Record]) -> Option<usize> {
    let most = &records[..records.len().min(FRAME_RECORDS)];
    let whole = most.iter().rposition(|r| r.flags & event_flags::MORE == 0);
    whole.or(most.len().checked_sub(1))
}

/// An empty book has a snapshot too: one frame without records.
fn snapshot<B: Book>(
    subscription: &mut Subscription,
    book: &B,
    prefix: &FramePrefix,
    out: &mut Vec<u8>,
) -> usize {
    let records = resting(book, prefix);
    let mut left = records.len();
    let mut frames = 0;
    while frames == 0 || left > 0 {
        let at = records.len() - left;
        let chunk = &records[at..(at + FRAME_RECORDS).min(records.len())];
        left -= chunk.len();
        let mut head = frame_of(FrameKind::Snapshot, prefix, chunk);
        head.remaining = left as u32;
        if std::mem::take(&mut subscription.gap) {
            head.frame_flags |= frame_flags::GAP;
        }
        write_frame(out, &head, bytemuck::cast_slice(chunk));
        frames += 1;
    }
    subscription.seq = prefix.seq;
    subscription.wants_snapshot = false;
    frames
}

/// The Adds that make this instrument's book, bids first, best first, first in the queue first.
fn resting<B: Book>(book: &B, prefix: &FramePrefix) -> Vec<Record> {
    let mut records = Vec::new();
    for side in [Side::Bid, Side::Ask] {
        for level in book.levels(prefix.instrument_id, side) {
            let queue = book.queue(prefix.instrument_id, side, level.price);
            records.extend(queue.map(|(order_id, qty)| Record {
                seq: prefix.seq,
                ts_ns: prefix.ts_event_ns,
                price: level.price,
                qty,
                order_id,
                instrument_id: prefix.instrument_id,
                event_type: EventType::Add as u8,
                side: side as u8,
                ..Record::zeroed()
            }));
        }
    }
    records
}

fn frame_of(kind: FrameKind, prefix: &FramePrefix, records: &[Record]) -> EventsFrame {
    EventsFrame {
        frame_kind: kind as u16,
        frame_flags: prefix.frame_flags,
        instrument_id: prefix.instrument_id,
        seq: prefix.seq,
        ts_run_ns: prefix.ts_run_ns,
        ts_event_ns: prefix.ts_event_ns,
        symbol: prefix.symbol,
        prev_seq: 0,
        record_count: records.len() as u32,
        remaining: 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::MarketBook;

    fn add(seq: u64, instrument_id: u32) -> Record {
        Record {
            seq,
            instrument_id,
            ..Record::zeroed()
        }
    }

    fn drained(feed: &mut MarketFeed, seq: u64) -> Vec<EventsFrame> {
        let mut out = Vec::new();
        let prefix = |instrument_id| FramePrefix {
            instrument_id,
            seq,
            ..FramePrefix::zeroed()
        };
        feed.drain(&MarketBook::default(), prefix, &mut out);
        let mut heads = Vec::new();
        let mut at = 0;
        while at < out.len() {
            let length = u32::from_le_bytes(out[at..at + 4].try_into().unwrap()) as usize;
            let body = &out[at + 6..at + 6 + size_of::<EventsFrame>()];
            heads.push(bytemuck::pod_read_unaligned(body));
            at += 4 + length;
        }
        heads
    }

    #[test]
    fn a_subscriber_gets_a_snapshot_and_then_a_chain_without_holes() {
        let mut feed = MarketFeed::default();
        feed.subscribe(&[7], &[]);
        feed.record(&add(3, 7));
        let first = drained(&mut feed, 3);
        assert_eq!(first[0].frame_kind, FrameKind::Snapshot as u16);
        for seq in 4..=5 {
            feed.record(&add(seq, 7));
            feed.record(&add(seq + 100, 8));
        }
        let next = drained(&mut feed, 105);
        assert_eq!(
            (next[0].prev_seq, next[0].seq, next[0].record_count),
            (3, 5, 2)
        );
        assert!(drained(&mut feed, 105).is_empty());
    }

    #[test]
    fn no_frame_ends_inside_a_step() {
        let mut feed = MarketFeed::default();
        feed.subscribe(&[7], &[]);
        drained(&mut feed, 0);
        let whole = FRAME_RECORDS as u64 - 1;
        for seq in 1..=whole + 3 {
            let first_half = seq == whole + 1;
            feed.record(&Record {
                flags: if first_half { event_flags::MORE } else { 0 },
                ..add(seq, 7)
            });
        }
        let frames = drained(&mut feed, whole + 3);
        let ends: Vec<u64> = frames.iter().map(|f| f.seq).collect();
        assert_eq!(ends, [whole, whole + 3]);
        assert_eq!(frames[1].prev_seq, whole);
    }

    #[test]
    fn an_overflow_is_counted_and_followed_by_a_snapshot() {
        let mut feed = MarketFeed::default();
        feed.subscribe(&[7], &[]);
        drained(&mut feed, 0);
        let over = RING_RECORDS as u64 + 2;
        for seq in 1..=over {
            feed.record(&add(seq, 7));
        }
        assert_eq!(feed.dropped(), over);
        let frames = drained(&mut feed, over);
        assert_eq!(frames[0].frame_kind, FrameKind::Snapshot as u16);
        assert_eq!(frames[0].frame_flags, frame_flags::GAP);
        feed.record(&add(over + 1, 7));
        assert_eq!(drained(&mut feed, over + 1)[0].prev_seq, over);
    }
}
