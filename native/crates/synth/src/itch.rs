//! The synthetic market as an ITCH 5.0 file. In: parameters and a number of messages. Out: bytes, and
//! totals by which a replay of them can be checked. It knows no path.

use std::collections::BTreeMap;
use std::io::{self, Write};

use wavetank_abi::{Event, EventType, event_flags};
use wavetank_book::{Level, level_digest, steps};
use wavetank_feed::Wire;
use wavetank_feed::encode::{
    AddOrderMpid, Head, Message, StepEncoder, StockDirectory, SystemEvent,
};
use xxhash_rust::xxh64::Xxh64;

use crate::params::SynthParams;
use crate::synth::Synth;

const CHUNK_BYTES: usize = 1 << 20;
const BATCH_EVENTS: usize = 4_096;
/// The venue closes: end of market hours, of system hours, of messages.
const CLOSING: [u8; 3] = [b'M', b'E', b'C'];
/// One order in so many names its participant.
const ATTRIBUTED: u64 = 64;
const PARTICIPANT: [u8; 4] = *b"SYNT";

/// What a file holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Totals {
    /// Messages, the directory and system messages among them.
    pub messages: u64,
    /// Bytes.
    pub bytes: u64,
    /// Messages by type byte.
    pub by_type: [u64; 256],
    /// Events that a parser makes of them.
    pub events: u64,
    /// Executions and trades.
    pub trades: u64,
    /// Shares printed by them, those not printable left out.
    pub volume: u64,
    /// Orders resting at the end.
    pub live_orders: u64,
    /// Price levels at the end.
    pub levels: u64,
    /// Market digest at the end.
    pub market_digest: u128,
    /// XXH64 of the bytes.
    pub input_digest: u64,
    /// Time of the last message, ns since midnight.
    pub last_ts_ns: u64,
}

/// Writes `messages` messages of this market as a BinaryFILE: the directory, trading, orders, and the
/// venue's closing. Fails with `InvalidInput` on wrong parameters or too few messages.
pub fn write_itch(params: SynthParams, messages: u64, out: &mut impl Write) -> io::Result<Totals> {
    write_itch_as(Wire::BinaryFile, params, messages, out, &mut |_| ())
}

/// The same in either framing; `written` hears the messages so far after each write to `out`.
pub fn write_itch_as(
    wire: Wire,
    params: SynthParams,
    messages: u64,
    out: &mut impl Write,
    written: &mut dyn FnMut(u64),
) -> io::Result<Totals> {
    let invalid = |error: String| io::Error::new(io::ErrorKind::InvalidInput, error);
    let synth = Synth::new(params).map_err(|error| invalid(error.to_string()))?;
    let least = 1 + u64::from(params.instruments) + CLOSING.len() as u64;
    let market = messages
        .checked_sub(least)
        .ok_or_else(|| invalid(format!("messages {messages}: expected at least {least}")))?;
    let mut file = File::new(wire, synth, out, written);
    file.market(market)?;
    file.close()
}

struct File<'a, W: Write> {
    wire: Wire,
    out: &'a mut W,
    written: &'a mut dyn FnMut(u64),
    synth: Synth,
    encoder: StepEncoder,
    buffer: Vec<u8>,
    digest: Xxh64,
    totals: Totals,
}

impl<'a, W: Write> File<'a, W> {
    fn new(wire: Wire, synth: Synth, out: &'a mut W, written: &'a mut dyn FnMut(u64)) -> Self {
        let totals = Totals {
            messages: 0,
            bytes: 0,
            by_type: [0; 256],
            events: 0,
            trades: 0,
            volume: 0,
            live_orders: 0,
            levels: 0,
            market_digest: 0,
            input_digest: 0,
            last_ts_ns: 0,
        };
        Self {
            wire,
            out,
            written,
            synth,
            encoder: StepEncoder::new(wire),
            buffer: Vec::with_capacity(CHUNK_BYTES + 64),
            digest: Xxh64::new(0),
            totals,
        }
    }

    /// The directory follows the venue's first message; `messages` are all others.
    fn market(&mut self, messages: u64) -> io::Result<()> {
        let symbols: Vec<[u8; 8]> = (0..self.synth.instruments())
            .map(|index| self.synth.symbol(index))
            .collect();
        let mut events = Vec::with_capacity(BATCH_EVENTS + 1);
        let mut left = messages + 1;
        while left > 0 {
            events.clear();
            // A step has one event or two, so this never asks for more messages than are left.
            self.synth
                .next_batch(u64::MAX, BATCH_EVENTS.min(left as usize), &mut events);
            for step in steps(&events) {
                let at = step[0].instrument_id.wrapping_sub(1) as usize;
                self.step(step, symbols.get(at).copied().unwrap_or(*b"        "))?;
                left -= 1;
                if self.totals.messages == 1 {
                    self.directory(&symbols)?;
                }
            }
        }
        Ok(())
    }

    fn directory(&mut self, symbols: &[[u8; 8]]) -> io::Result<()> {
        let ts_ns = self.totals.last_ts_ns;
        for (locate, stock) in (1..).zip(symbols) {
            let message = StockDirectory {
                head: Head::new(locate, ts_ns),
                stock: *stock,
                market_category: b'Q',
                financial_status: b'N',
                round_lot_size: 100,
                round_lots_only: b'N',
                issue_classification: b'C',
                issue_sub_type: *b"Z ",
                authenticity: b'T',
                short_sale_threshold: b'N',
                ipo_flag: b'N',
                luld_reference_price_tier: b'1',
                etp_flag: b'N',
                etp_leverage_factor: 0,
                inverse_indicator: b'N',
            };
            message.append(self.wire, &mut self.buffer);
            self.count(StockDirectory::SIZE, StockDirectory::TYPE)?;
        }
        Ok(())
    }

    fn step(&mut self, step: &[Event], stock: [u8; 8]) -> io::Result<()> {
        let first = &step[0];
        let start = self.buffer.len();
        if first.event_type == EventType::Add as u8 && first.order_id.is_multiple_of(ATTRIBUTED) {
            attributed(first, stock).append(self.wire, &mut self.buffer);
        } else {
            self.encoder
                .append(step, stock, &mut self.buffer)
                .map_err(io::Error::other)?;
        }
        self.totals.events += step.len() as u64;
        self.totals.last_ts_ns = first.ts_ns;
        if first.event_type == EventType::Trade as u8 {
            self.totals.trades += 1;
            let printed = first.flags & event_flags::NON_PRINTABLE == 0;
            self.totals.volume += if printed { first.qty } else { 0 };
        }
        let body = start + self.wire.prefix();
        self.count(self.buffer.len() - body, self.buffer[body])
    }

    fn count(&mut self, size: usize, message_type: u8) -> io::Result<()> {
        self.totals.messages += 1;
        self.totals.bytes += (self.wire.prefix() + size) as u64;
        self.totals.by_type[usize::from(message_type)] += 1;
        if self.buffer.len() >= CHUNK_BYTES {
            self.flush()
        } else {
            Ok(())
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.digest.update(&self.buffer);
        self.out.write_all(&self.buffer)?;
        self.buffer.clear();
        (self.written)(self.totals.messages);
        Ok(())
    }

    fn close(mut self) -> io::Result<Totals> {
        let head = Head::new(0, self.totals.last_ts_ns);
        for event_code in CLOSING {
            SystemEvent { head, event_code }.append(self.wire, &mut self.buffer);
            self.totals.events += 1;
            self.count(SystemEvent::SIZE, SystemEvent::TYPE)?;
        }
        self.flush()?;
        self.out.flush()?;
        self.totals.input_digest = self.digest.digest();
        self.totals.live_orders = self.synth.live_orders();
        (self.totals.levels, self.totals.market_digest) = resting_levels(&self.synth);
        Ok(self.totals)
    }
}

fn attributed(event: &Event, stock: [u8; 8]) -> AddOrderMpid {
    AddOrderMpid {
        head: Head::new(event.instrument_id as u16, event.ts_ns),
        order_reference: event.order_id,
        side: if event.side == 0 { b'B' } else { b'S' },
        shares: event.qty as u32,
        stock,
        price: event.price as u32,
        attribution: PARTICIPANT,
    }
}

/// Number of levels, and their market digest.
fn resting_levels(synth: &Synth) -> (u64, u128) {
    let (mut count, mut digest) = (0, 0u128);
    for book in synth.books() {
        let mut levels: BTreeMap<(u8, u64), Level> = BTreeMap::new();
        for (side, price, qty) in book.resting() {
            let level = levels.entry((side as u8, price)).or_default();
            *level = Level {
                price,
                qty: level.qty + qty,
                orders: level.orders + 1,
            };
        }
        count += levels.len() as u64;
        for ((side, _), level) in levels {
            let part = level_digest(book.shape.locate, side, level.price, level.qty);
            digest = digest.wrapping_add(part);
        }
    }
    (count, digest)
}
