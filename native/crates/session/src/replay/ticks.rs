//! Ticks and flags of a replay, from plain books: what the run's record must say at each instant,
//! but for what only storms know. In: the market at an instant. Out: frames.

use wavetank_abi::{ChaosFrame, FrameKind, TickFrame, frame_flags};
use wavetank_book::Book;
use wavetank_flow::{FlowTick, Touch};

use super::replayer::Replayer;
use crate::analytics::Analytics;
use crate::error::Result;
use crate::time::{MS_NS, SECOND_NS, on_grid};
use crate::watch::Watched;

impl Replayer {
    /// Everything due now, at a tick instant.
    pub(super) fn tick(&mut self) -> Result<()> {
        if !self.pending.is_empty() {
            self.watch_pending()?;
        }
        for slot in self.market.observer.watch.taken() {
            let Some(watched) = self.market.observer.watch.slot_mut(slot) else {
                continue;
            };
            let (instrument, symbol) = (watched.instrument, watched.symbol);
            let touch = Touch::of(&self.market.book, instrument);
            let numbers = watched.analytics.tick(self.now_ns, &touch);
            if self.emitting && on_grid(self.now_ns, SECOND_NS) {
                let frame = self.tick_frame(instrument, symbol, &numbers);
                self.market.observer.outbox.record(&frame);
            }
            self.flags(slot);
        }
        Ok(())
    }

    fn tick_frame(&self, instrument: u32, symbol: [u8; 8], numbers: &FlowTick) -> TickFrame {
        let market = &self.market;
        let twin = Touch::of(&market.source, instrument);
        let mut frame = TickFrame {
            frame_kind: FrameKind::Tick as u16,
            frame_flags: market.observer.source_flags | frame_flags::RECORD,
            instrument_id: instrument,
            seq: market.seq,
            ts_run_ns: self.now_ns,
            symbol,
            run_digest: market.observer.digest.value(),
            market_digest: market.book.market_digest().to_le_bytes(),
            twin_mid_x2: twin.mid_x2(),
            twin_bid_depth: twin.bid_depth,
            twin_ask_depth: twin.ask_depth,
            twin_spread: twin.spread().map_or(u32::MAX, |s| s as u32),
            injected_qty: market.injected_qty(instrument),
            displaced_qty: market.displaced_qty(instrument),
            ..TickFrame::default()
        };
        numbers.fill(&mut frame);
        let counts = market.observer.instruments.get(instrument);
        frame.volume = counts.volume;
        frame.trades = counts.trades;
        frame.events = counts.events;
        frame.trading_state = counts.trading_state;
        frame
    }

    fn flags(&mut self, slot: usize) {
        while let Some(watched) = self.market.observer.watch.slot_mut(slot)
            && let Some((flag, flag_no, orders)) = watched.analytics.take_flag()
        {
            if !self.emitting {
                continue;
            }
            let frame = ChaosFrame {
                frame_kind: FrameKind::Chaos as u16,
                frame_flags: self.market.observer.source_flags | frame_flags::RECORD,
                instrument_id: watched.instrument,
                seq: self.market.seq,
                ts_run_ns: self.now_ns,
                symbol: watched.symbol,
                started_ts_ns: flag.started_ms * MS_NS,
                order_id_first: orders[0],
                order_id_last: orders[1],
                evidence_qty: flag.evidence_qty,
                flag_no,
                detector: flag.detector as u16,
                severity_ppm: flag.severity_ppm,
                time_to_detect_ms: u32::MAX,
                ..ChaosFrame::default()
            };
            self.market.observer.outbox.record(&frame);
        }
    }

    fn watch_pending(&mut self) -> Result<()> {
        for symbol in std::mem::take(&mut self.pending) {
            let named = self.source.locate(&symbol);
            match named.filter(|&id| self.market.observer.watch.has_room(id)) {
                Some(instrument) => self.watch(instrument)?,
                None => self.pending.push(symbol),
            }
        }
        Ok(())
    }

    pub(super) fn watch(&mut self, instrument: u32) -> Result<()> {
        let tick_size = self.tick_size.or_else(|| self.source.tick_size(instrument));
        let watched = Watched {
            instrument,
            symbol: self.source.symbol(instrument),
            recorded: true,
            since_ns: self.now_ns,
            analytics: Analytics::new(instrument, tick_size),
        };
        let (slot, _) = self.market.observer.watch.insert(watched)?;
        self.market.observer.instruments.entry(instrument).watch = slot + 1;
        Ok(())
    }
}
