//! Frames at fixed virtual instants: 50 ticks and 10 books a second for each watched instrument, and
//! once a second a tick of the record class for those of the run. Built complete.

use wavetank_abi::{
    BOOK_FRAME_LEVELS, BookFrame, DEPTH_LEVELS, FrameKind, FramePrefix, LatFrame, Side, Stage,
    TickFrame, TransportState, ViewLevel, frame_flags,
};
use wavetank_book::{Book, Level};

use crate::error::Result;
use crate::session::Session;
use crate::time::{BOOK_NS, SECOND_NS, on_grid};

impl Session {
    /// Everything due at the tick instant `now_ns`.
    pub(crate) fn tick(&mut self, now_ns: u64) -> Result<()> {
        if !self.pending.is_empty() {
            self.watch_pending()?;
        }
        let second = on_grid(now_ns, SECOND_NS);
        let watched: Vec<(u32, bool)> = self
            .observer
            .watch
            .iter()
            .map(|w| (w.instrument, w.recorded))
            .collect();
        for (instrument, recorded) in watched {
            let mut frame = self.tick_frame(instrument, now_ns);
            if second && recorded {
                frame.frame_flags |= frame_flags::RECORD;
                self.observer.outbox.record(&frame);
                frame.frame_flags &= !frame_flags::RECORD;
            }
            let outbox = &mut self.observer.outbox;
            frame.conflated = outbox.conflated_of(FrameKind::Tick, instrument);
            outbox.view(FrameKind::Tick, instrument, &frame, &[]);
            if on_grid(now_ns, BOOK_NS) {
                self.book_frame(instrument, now_ns);
            }
        }
        if second {
            self.storm_progress(now_ns);
        }
        Ok(())
    }

    /// Tick and book of an instrument at once, for a viewer that has just come.
    pub(crate) fn view_frames(&mut self, instrument: u32, now_ns: u64) {
        let frame = self.tick_frame(instrument, now_ns);
        let outbox = &mut self.observer.outbox;
        outbox.view(FrameKind::Tick, instrument, &frame, &[]);
        self.book_frame(instrument, now_ns);
    }

    /// What every frame begins with.
    pub(crate) fn prefix(&self, kind: FrameKind, instrument: u32, now_ns: u64) -> FramePrefix {
        FramePrefix {
            frame_kind: kind as u16,
            frame_flags: self.observer.source_flags,
            instrument_id: instrument,
            seq: self.resolver.seq(),
            ts_run_ns: now_ns,
            ts_event_ns: self.source.last_event_ns(),
            symbol: self.source.symbol(instrument),
        }
    }
}

impl Session {
    fn tick_frame(&mut self, instrument: u32, now_ns: u64) -> TickFrame {
        let prefix = self.prefix(FrameKind::Tick, instrument, now_ns);
        let entry = self.observer.instruments.get(instrument);
        let resolver = &self.resolver;
        let ten = DEPTH_LEVELS as usize;
        let depth = |levels: &[Level]| levels.iter().map(|l| l.qty).sum::<u64>();
        let [bids, asks] = [Side::Bid, Side::Ask].map(|side| {
            resolver
                .book()
                .levels(instrument, side)
                .take(ten)
                .collect::<Vec<_>>()
        });
        let [twin_bids, twin_asks] = [Side::Bid, Side::Ask].map(|side| {
            let mut levels = Vec::with_capacity(ten);
            resolver.twin_levels(instrument, side, ten, &mut levels);
            levels
        });
        let best = |levels: &[Level]| levels.first().map_or(0, |l| l.price);
        let (best_bid, best_ask) = (best(&bids), best(&asks));
        let (twin_bid, twin_ask) = (best(&twin_bids), best(&twin_asks));
        let both = |bid: u64, ask: u64| if bid > 0 && ask > 0 { bid + ask } else { 0 };
        let spread = |bid: u64, ask: u64| match both(bid, ask) {
            0 => u32::MAX,
            _ => ask.saturating_sub(bid) as u32,
        };
        TickFrame {
            frame_kind: prefix.frame_kind,
            frame_flags: prefix.frame_flags,
            instrument_id: prefix.instrument_id,
            seq: prefix.seq,
            ts_run_ns: prefix.ts_run_ns,
            ts_event_ns: prefix.ts_event_ns,
            symbol: prefix.symbol,
            run_digest: self.observer.digest.value(),
            market_digest: resolver.book().market_digest().to_le_bytes(),
            mid_x2: both(best_bid, best_ask),
            twin_mid_x2: both(twin_bid, twin_ask),
            best_bid,
            best_ask,
            bid_depth: depth(&bids),
            ask_depth: depth(&asks),
            twin_bid_depth: depth(&twin_bids),
            twin_ask_depth: depth(&twin_asks),
            spread: spread(best_bid, best_ask),
            twin_spread: spread(twin_bid, twin_ask),
            volume: entry.volume,
            trades: entry.trades,
            events: entry.events,
            injected_qty: resolver.injected_qty(instrument),
            displaced_qty: resolver.displaced_total(instrument),
            tick_size: self.tick_size(instrument),
            trading_state: entry.trading_state,
            storms_active: self.storms.running_on(instrument).min(255) as u8,
            transport: self.transport() as u8,
            ..TickFrame::default()
        }
    }

    fn transport(&self) -> TransportState {
        if self.wound_up {
            TransportState::Ended
        } else {
            TransportState::Playing
        }
    }

    pub(crate) fn book_frame(&mut self, instrument: u32, now_ns: u64) {
        let prefix = self.prefix(FrameKind::Book, instrument, now_ns);
        let mut tail = Vec::with_capacity(2 * BOOK_FRAME_LEVELS as usize * size_of::<ViewLevel>());
        let mut counts = [0; 2];
        for side in [Side::Bid, Side::Ask] {
            let levels = self.resolver.book().levels(instrument, side);
            for level in levels.take(BOOK_FRAME_LEVELS as usize) {
                tail.extend_from_slice(bytemuck::bytes_of(&ViewLevel {
                    price: level.price,
                    qty: level.qty,
                    injected_qty: self.resolver.injected_at(instrument, side, level.price),
                    orders: level.orders,
                    reserved: 0,
                }));
                counts[side as usize] += 1;
            }
        }
        let frame = BookFrame {
            frame_kind: prefix.frame_kind,
            frame_flags: prefix.frame_flags,
            instrument_id: prefix.instrument_id,
            seq: prefix.seq,
            ts_run_ns: prefix.ts_run_ns,
            ts_event_ns: prefix.ts_event_ns,
            symbol: prefix.symbol,
            bid_count: counts[0],
            ask_count: counts[1],
            tick_size: self.tick_size(instrument),
        };
        let outbox = &mut self.observer.outbox;
        outbox.view(FrameKind::Book, instrument, &frame, &tail);
    }

    /// Price increment: the configured one, the source's, or 100 at $1 and above and else 1.
    pub(crate) fn tick_size(&self, instrument: u32) -> u32 {
        const DOLLAR: u64 = 10_000;
        let known = self
            .config
            .tick_size
            .or_else(|| self.source.tick_size(instrument));
        known.unwrap_or_else(|| {
            let book = self.resolver.book();
            let best = [Side::Bid, Side::Ask].map(|side| book.best(instrument, side));
            let price = best
                .iter()
                .flatten()
                .map(|l| l.price)
                .max()
                .unwrap_or(DOLLAR);
            if price >= DOLLAR { 100 } else { 1 }
        })
    }

    /// Appends the waiting frames of a class: 0 record, 1 view, 2 feed.
    pub fn drain(&mut self, frame_class: u32, out: &mut Vec<u8>) {
        let started = self.latency.start();
        let outbox = &mut self.observer.outbox;
        let frames = match frame_class {
            0 => outbox.drain_record(out),
            1 => outbox.drain_view(out),
            _ => outbox.drain_feed(out),
        };
        self.latency.stop(Stage::Wire, started, frames);
    }

    /// Puts a Lat frame of the time since the last one into the view class.
    pub fn latency_frame(&mut self) {
        let (events_per_s, stages) = self.latency.take();
        let prefix = self.prefix(FrameKind::Lat, 0, self.now_ns);
        let frame = LatFrame {
            frame_kind: prefix.frame_kind,
            frame_flags: prefix.frame_flags,
            instrument_id: 0,
            seq: prefix.seq,
            ts_run_ns: prefix.ts_run_ns,
            ts_event_ns: prefix.ts_event_ns,
            symbol: [b' '; 8],
            events_per_s,
            clock_step_ns: self.latency.step_ns(),
            clock_cost_ns: self.latency.cost_ns(),
            stage_count: stages.len() as u32,
            reserved: 0,
        };
        let tail = bytemuck::cast_slice(&stages);
        let outbox = &mut self.observer.outbox;
        outbox.view(FrameKind::Lat, 0, &frame, tail);
    }
}
