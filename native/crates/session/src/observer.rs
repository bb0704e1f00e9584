//! What is derived from every record as it is made: run digest, counts, prints, analytics of watched
//! instruments, the run's log. In: records with the book right after them. It changes no book.

use wavetank_abi::{Event, FrameKind, Record, TradeFrame, ViewTrade, frame_flags};
use wavetank_book::{Book, RunDigest};
use wavetank_flow::Baselines;
use wavetank_resolve::Sink;

use crate::instruments::{Instruments, printed_qty};
use crate::market_feed::MarketFeed;
use crate::outbox::Outbox;
use crate::run_log::RunLog;
use crate::time::quantum_end;
use crate::watch::WatchSet;

/// A print and the quantum it fell in.
#[derive(Clone, Copy)]
pub struct Print {
    /// Instrument.
    pub instrument: u32,
    /// Quantum end.
    pub run_ns: u64,
    /// As storms see it.
    pub trade: ViewTrade,
}

/// Everything that looks on.
pub struct Observer {
    /// Chain over everything sequenced.
    pub digest: RunDigest,
    /// State and counts by instrument.
    pub instruments: Instruments,
    /// Analytics of the watched ones.
    pub watch: WatchSet,
    /// Frames on their way out.
    pub outbox: Outbox,
    /// Records on their way to subscribers.
    pub market_feed: MarketFeed,
    /// Log of the run that is recorded.
    pub run: Option<RunLog>,
    /// Prints since the last quantum that was closed.
    pub prints: Vec<Print>,
    /// Quantum end of the latest print, and of all that was applied before its block.
    pub run_ns: u64,
    /// Flags of frames: SYNTHETIC or nothing.
    pub source_flags: u16,
    /// What is usual for every instrument.
    pub baselines: Baselines,
}

impl Observer {
    #[cold]
    fn print(&mut self, record: &Record, qty: u64, trade_no: u64, watched: bool) {
        let trade = ViewTrade {
            price: record.price,
            qty,
            side: u32::from(record.side),
            flags: u32::from(record.flags),
        };
        self.run_ns = self.run_ns.max(quantum_end(record.ts_ns));
        self.prints.push(Print {
            instrument: record.instrument_id,
            run_ns: self.run_ns,
            trade,
        });
        if !watched {
            return;
        }
        let symbol = self.watch.symbol_of(record.instrument_id);
        self.outbox.trade(&TradeFrame {
            frame_kind: FrameKind::Trade as u16,
            frame_flags: self.source_flags & frame_flags::SYNTHETIC,
            instrument_id: record.instrument_id,
            seq: record.seq,
            ts_run_ns: self.run_ns,
            ts_event_ns: record.ts_ns,
            symbol,
            price: record.price,
            qty,
            trade_no,
            side: record.side,
            channel: record.channel as u8,
            flags: record.flags,
            storm_id: record.storm_id,
        });
    }
}

impl<B: Book> Sink<B> for Observer {
    #[inline]
    fn coming(&self, event: &Event) {
        self.baselines.coming(event.instrument_id);
        self.instruments.coming(event.instrument_id);
    }

    #[inline]
    fn near(&self, event: &Event) {
        self.baselines.near(event.instrument_id, event.ts_ns);
    }

    #[inline]
    fn record(&mut self, record: &Record, done_qty: u64, book: &B) {
        self.digest
            .update(record.seq, record.channel, record.status, event_of(record));
        self.baselines
            .before_event(record.instrument_id, record.ts_ns, book);
        self.baselines.count(record.instrument_id);
        let (print, entry) = self.instruments.count(record, done_qty);
        let (watch, trade_no, fed) = (entry.watch, entry.trades, entry.fed);
        if print {
            let qty = printed_qty(record, done_qty);
            self.print(record, qty, trade_no, watch > 0);
        }
        if watch > 0 {
            self.watch.record(watch - 1, record, done_qty, book);
        }
        if fed {
            self.market_feed.record(record);
        }
        if let Some(run) = &mut self.run {
            run.record(record);
        }
    }
}

/// The event inside a record: the schema lays it out whole, after the sequence.
#[inline]
fn event_of(record: &Record) -> &Event {
    const AT: usize = std::mem::offset_of!(Record, ts_ns);
    const END: usize = AT + size_of::<Event>();
    const _: () = assert!(std::mem::offset_of!(Record, channel) == END);
    bytemuck::from_bytes(&bytemuck::bytes_of(record)[AT..END])
}
