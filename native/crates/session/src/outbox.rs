//! Complete wire frames on their way out, by class. Record: lossless and bounded, full stops virtual
//! time. View: the latest of a kind and instrument, replaced ones counted. Feed: a bounded ring,
//! the oldest lost ones counted. It knows no socket.

use std::collections::VecDeque;

use bytemuck::Pod;
use wavetank_abi::{FrameKind, TradeFrame, WIRE_VERSION, frame_flags};

/// Room for the frames of one quantum above the bound of the record class.
const HEADROOM_BYTES: usize = 256 << 10;

/// Appends `length · version · frame · tail`.
pub fn write_frame<T: Pod>(out: &mut Vec<u8>, frame: &T, tail: &[u8]) {
    let body = bytemuck::bytes_of(frame);
    let length = (2 + body.len() + tail.len()) as u32;
    out.reserve(4 + length as usize);
    out.extend_from_slice(&length.to_le_bytes());
    out.extend_from_slice(&WIRE_VERSION.to_le_bytes());
    out.extend_from_slice(body);
    out.extend_from_slice(tail);
}

struct Slot {
    kind: FrameKind,
    instrument: u32,
    bytes: Vec<u8>,
    fresh: bool,
    conflated: u32,
}

/// Frames waiting to be drained.
pub struct Outbox {
    record: Vec<u8>,
    record_frames: usize,
    record_bytes: usize,
    view: Vec<Slot>,
    feed: VecDeque<TradeFrame>,
    feed_frames: usize,
    feed_on: bool,
    feed_gap: bool,
    conflated: u64,
    feed_dropped: u64,
}

impl Outbox {
    /// Empty, with the bounds of the record class (bytes) and of the feed class (frames).
    pub fn new(record_bytes: usize, feed_frames: usize) -> Self {
        Self {
            record: Vec::with_capacity(record_bytes + HEADROOM_BYTES),
            record_frames: 0,
            record_bytes,
            view: Vec::new(),
            feed: VecDeque::new(),
            feed_frames,
            feed_on: false,
            feed_gap: false,
            conflated: 0,
            feed_dropped: 0,
        }
    }

    /// The record class waits for its consumer.
    pub fn record_full(&self) -> bool {
        self.record.len() >= self.record_bytes
    }

    /// A frame of the record class.
    pub fn record<T: Pod>(&mut self, frame: &T) {
        write_frame(&mut self.record, frame, &[]);
        self.record_frames += 1;
    }

    /// A notice of the record class: an Answer that nobody asked for, with request id 0.
    pub fn notice(&mut self, body: &serde_json::Value) {
        let head = [FrameKind::Answer as u16, 0, 0, 0];
        write_frame(&mut self.record, &head, body.to_string().as_bytes());
        self.record_frames += 1;
    }

    /// A frame of the view class; replaces one that was not drained.
    pub fn view<T: Pod>(&mut self, kind: FrameKind, instrument: u32, frame: &T, tail: &[u8]) {
        let at = self.slot(kind, instrument);
        let slot = &mut self.view[at];
        if slot.fresh {
            slot.conflated = slot.conflated.wrapping_add(1);
            self.conflated += 1;
        }
        slot.bytes.clear();
        write_frame(&mut slot.bytes, frame, tail);
        slot.fresh = true;
    }

    /// Frames of this kind and instrument replaced so far, one that waits now included.
    pub fn conflated_of(&mut self, kind: FrameKind, instrument: u32) -> u32 {
        let at = self.slot(kind, instrument);
        let slot = &self.view[at];
        slot.conflated.wrapping_add(u32::from(slot.fresh))
    }

    fn slot(&mut self, kind: FrameKind, instrument: u32) -> usize {
        let found = self
            .view
            .iter()
            .position(|s| s.kind == kind && s.instrument == instrument);
        found.unwrap_or_else(|| {
            self.view.push(Slot {
                kind,
                instrument,
                bytes: Vec::new(),
                fresh: false,
                conflated: 0,
            });
            self.view.len() - 1
        })
    }

    /// View frames of an instrument that is no longer watched are dropped.
    pub fn forget(&mut self, instrument: u32) {
        self.view.retain(|slot| slot.instrument != instrument);
    }

    /// Somebody takes the feed class, or nobody does any more.
    pub fn subscribe_feed(&mut self, on: bool) {
        self.feed_on = on;
        if !on {
            self.feed.clear();
            self.feed_gap = false;
        }
    }

    /// A print for the feed class.
    pub fn trade(&mut self, frame: &TradeFrame) {
        if !self.feed_on {
            return;
        }
        self.feed.push_back(*frame);
        if self.feed.len() > self.feed_frames {
            self.feed.pop_front();
            self.feed_dropped += 1;
            self.feed_gap = true;
        }
    }

    /// View frames replaced by newer ones.
    pub fn conflated(&self) -> u64 {
        self.conflated
    }

    /// Feed frames lost to overflow.
    pub fn feed_dropped(&self) -> u64 {
        self.feed_dropped
    }

    /// Everything of the record class; returns the number of frames.
    pub fn drain_record(&mut self, out: &mut Vec<u8>) -> usize {
        out.extend_from_slice(&self.record);
        self.record.clear();
        std::mem::take(&mut self.record_frames)
    }

    /// The latest view frames, each once; returns their number.
    pub fn drain_view(&mut self, out: &mut Vec<u8>) -> usize {
        let mut frames = 0;
        for slot in self.view.iter_mut().filter(|s| s.fresh) {
            out.extend_from_slice(&slot.bytes);
            slot.fresh = false;
            frames += 1;
        }
        frames
    }

    /// The feed class in order; the first frame after a loss carries GAP. Returns their number.
    pub fn drain_feed(&mut self, out: &mut Vec<u8>) -> usize {
        let frames = self.feed.len();
        for mut frame in self.feed.drain(..) {
            if std::mem::take(&mut self.feed_gap) {
                frame.frame_flags |= frame_flags::GAP;
            }
            write_frame(out, &frame, &[]);
        }
        frames
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wavetank_abi::TickFrame;

    fn tick(seq: u64) -> TickFrame {
        TickFrame {
            seq,
            ..TickFrame::default()
        }
    }

    #[test]
    fn a_view_frame_replaces_the_one_before_and_is_counted() {
        let mut outbox = Outbox::new(100, 2);
        for seq in 1..=3 {
            outbox.view(FrameKind::Tick, 7, &tick(seq), &[]);
        }
        outbox.view(FrameKind::Tick, 8, &tick(9), &[]);
        let mut out = Vec::new();
        assert_eq!(outbox.drain_view(&mut out), 2);
        assert_eq!(outbox.conflated(), 2);
        assert_eq!(outbox.conflated_of(FrameKind::Tick, 7), 2);
        assert_eq!(u64::from_le_bytes(out[14..22].try_into().unwrap()), 3);
        assert_eq!(outbox.drain_view(&mut out), 0);
    }

    #[test]
    fn the_feed_drops_its_oldest_and_says_so() {
        let mut outbox = Outbox::new(100, 2);
        outbox.trade(&TradeFrame::default());
        outbox.subscribe_feed(true);
        for trade_no in 1..=5 {
            outbox.trade(&TradeFrame {
                trade_no,
                ..TradeFrame::default()
            });
        }
        let mut out = Vec::new();
        assert_eq!(outbox.drain_feed(&mut out), 2);
        assert_eq!(outbox.feed_dropped(), 3);
        let flags = |at: usize| u16::from_le_bytes([out[at + 8], out[at + 9]]);
        assert_eq!(flags(0), frame_flags::GAP);
        assert_eq!(flags(out.len() / 2), 0);
    }

    #[test]
    fn a_feed_without_room_holds_nothing() {
        let mut outbox = Outbox::new(100, 0);
        outbox.subscribe_feed(true);
        for _ in 0..5 {
            outbox.trade(&TradeFrame::default());
        }
        assert_eq!(
            (outbox.drain_feed(&mut Vec::new()), outbox.feed_dropped()),
            (0, 5)
        );
    }

    #[test]
    fn the_record_class_says_when_it_is_full_and_loses_nothing() {
        let mut outbox = Outbox::new(300, 2);
        outbox.record(&tick(1));
        assert!(!outbox.record_full());
        outbox.record(&tick(2));
        assert!(outbox.record_full());
        let mut out = Vec::new();
        assert_eq!(outbox.drain_record(&mut out), 2);
        assert_eq!(out.len(), 2 * (6 + size_of::<TickFrame>()));
        assert!(!outbox.record_full());
    }
}
