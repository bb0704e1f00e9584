//! Frames at fixed virtual instants: 50 ticks and 10 books a second for each watched instrument, and
//! once a second a tick of the record class for those of the run. Built complete.

use wavetank_abi::{
    BOOK_FRAME_LEVELS, BookFrame, DEPTH_LEVELS, FrameKind, FramePrefix, LatFrame, Side, Stage,
    TickFrame, TransportState, ViewLevel, frame_flags,
};
use wavetank_book::Book;
use wavetank_flow::Touch;

use crate::analytics::tick_size_at;
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
        for slot in self.observer.watch.taken() {
            self.tick_slot(slot, now_ns, second);
        }
        self.mark_risk(now_ns, second);
        if second {
            self.storm_progress(now_ns);
        }
        Ok(())
    }

    fn tick_slot(&mut self, slot: usize, now_ns: u64, second: bool) {
        let Some(watched) = self.observer.watch.slot_mut(slot) else {
            return;
        };
        let (instrument, recorded) = (watched.instrument, watched.recorded);
        let touch = Touch::of(self.resolver.book(), instrument);
        let numbers = watched.analytics.tick(now_ns, &touch);
        let (symbol, record) = (watched.symbol, second && recorded);
        if record || self.shows {
            let mut frame = self.tick_frame(instrument, symbol, now_ns, &touch);
            numbers.fill(&mut frame);
            self.fill_counts(&mut frame, instrument);
            if numbers.is_warming {
                frame.frame_flags |= frame_flags::WARMING;
            }
            if record {
                self.record_tick(&frame);
            }
            self.view_tick(instrument, frame);
        }
        if self.shows && on_grid(now_ns, BOOK_NS) {
            self.book_frame(instrument, now_ns);
        }
        self.chaos(slot, now_ns);
    }

    fn record_tick(&mut self, frame: &TickFrame) {
        let frame_flags = frame.frame_flags | frame_flags::RECORD;
        self.observer.outbox.record(&TickFrame {
            frame_flags,
            ..*frame
        });
    }

    fn view_tick(&mut self, instrument: u32, mut frame: TickFrame) {
        let outbox = &mut self.observer.outbox;
        frame.conflated = outbox.conflated_of(FrameKind::Tick, instrument);
        outbox.view(FrameKind::Tick, instrument, &frame, &[]);
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
    /// Everything but what flow says: digests, the twin, what storms did.
    fn tick_frame(
        &self,
        instrument: u32,
        symbol: [u8; 8],
        now_ns: u64,
        touch: &Touch,
    ) -> TickFrame {
        let resolver = &self.resolver;
        let injected_qty = resolver.injected_qty(instrument);
        let displaced_qty = resolver.displaced_total(instrument);
        let twin = if injected_qty + displaced_qty == 0 {
            *touch
        } else {
            self.twin_touch(instrument)
        };
        TickFrame {
            frame_kind: FrameKind::Tick as u16,
            frame_flags: self.observer.source_flags,
            instrument_id: instrument,
            seq: resolver.seq(),
            ts_run_ns: now_ns,
            ts_event_ns: self.source.last_event_ns(),
            symbol,
            run_digest: self.observer.digest.value(),
            market_digest: resolver.book().market_digest().to_le_bytes(),
            twin_mid_x2: twin.mid_x2(),
            twin_bid_depth: twin.bid_depth,
            twin_ask_depth: twin.ask_depth,
            twin_spread: twin.spread().map_or(u32::MAX, |s| s as u32),
            injected_qty,
            displaced_qty,
            tick_size: self.tick_size_by(instrument, touch.bid.max(touch.ask)),
            storms_active: self.storms.running_on(instrument).min(255) as u8,
            transport: self.transport() as u8,
            ..TickFrame::default()
        }
    }

    /// Counts since the source's start, also for an instrument that was not watched then.
    fn fill_counts(&self, frame: &mut TickFrame, instrument: u32) {
        let entry = self.observer.instruments.get(instrument);
        frame.volume = entry.volume;
        frame.trades = entry.trades;
        frame.events = entry.events;
        frame.trading_state = entry.trading_state;
    }

    fn twin_touch(&self, instrument: u32) -> Touch {
        let mut levels = Vec::with_capacity(DEPTH_LEVELS as usize);
        let [bid, ask] = [Side::Bid, Side::Ask].map(|side| {
            levels.clear();
            self.resolver
                .twin_levels(instrument, side, DEPTH_LEVELS as usize, &mut levels);
            let best = levels.first().copied().unwrap_or_default();
            (best, levels.iter().map(|l| l.qty).sum::<u64>())
        });
        Touch {
            bid: bid.0.price,
            bid_qty: bid.0.qty,
            bid_depth: bid.1,
            ask: ask.0.price,
            ask_qty: ask.0.qty,
            ask_depth: ask.1,
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
            let levels = self.resolver.market_levels(instrument, side);
            for (level, injected_qty) in levels.take(BOOK_FRAME_LEVELS as usize) {
                tail.extend_from_slice(bytemuck::bytes_of(&ViewLevel {
                    price: level.price,
                    qty: level.qty,
                    injected_qty,
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

    /// Price increment: the configured one, the source's, or what the price says.
    pub(crate) fn tick_size(&self, instrument: u32) -> u32 {
        let book = self.resolver.book();
        let best = [Side::Bid, Side::Ask].map(|side| book.best(instrument, side));
        let price = best.iter().flatten().map(|l| l.price).max();
        self.tick_size_by(instrument, price.unwrap_or(0))
    }

    fn tick_size_by(&self, instrument: u32, price: u64) -> u32 {
        let price = if price == 0 { u64::MAX } else { price };
        self.known_tick_size(instrument)
            .unwrap_or_else(|| tick_size_at(price))
    }

    pub(crate) fn known_tick_size(&self, instrument: u32) -> Option<u32> {
        self.config
            .tick_size
            .or_else(|| self.source.tick_size(instrument))
    }

    /// Appends the waiting frames of a class: 0 record, 1 view, 2 feed.
    pub fn drain(&mut self, frame_class: u32, out: &mut Vec<u8>) {
        let started = self.latency.start();
        let outbox = &mut self.observer.outbox;
        let frames = match frame_class {
            0 => outbox.drain_record(out),
            1 => outbox.drain_view(out),
            _ => outbox.drain_feed(out) + self.drain_market_feed(out),
        };
        self.latency.stop(Stage::Wire, started, frames);
    }

    fn drain_market_feed(&mut self, out: &mut Vec<u8>) -> usize {
        let mut feed = std::mem::take(&mut self.observer.market_feed);
        let prefix = |instrument| self.prefix(FrameKind::Events, instrument, self.now_ns);
        let frames = feed.drain(self.resolver.book(), prefix, out);
        self.observer.market_feed = feed;
        frames
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
