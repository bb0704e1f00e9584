//! What is kept of every instrument: trading state, counts, its place in the watch set. In: records.
//! It knows no book and no symbol.

use serde::{Deserialize, Serialize};
use wavetank_abi::{ApplyStatus, EventType, Record, event_flags};
use wavetank_book::fetch;

/// Trading state that is assumed until the source says otherwise.
pub const TRADING: u8 = b'T';

/// Ids at or above this share one entry: an ITCH locate has 16 bits.
const IDS_MAX: usize = 1 << 16;

/// Counts and state of one instrument, since source start.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Instrument {
    /// Events sequenced, rejected ones included.
    pub events: u64,
    /// Prints: trades that filled an order, hidden trades and crosses.
    pub trades: u64,
    /// Shares printed, where printable.
    pub volume: u64,
    /// ITCH state byte.
    pub trading_state: u8,
    /// Place in the watch set, plus one; 0 = not watched.
    #[serde(skip)]
    pub watch: u8,
    /// Somebody takes every record of it.
    #[serde(skip)]
    pub fed: bool,
}

impl Default for Instrument {
    fn default() -> Self {
        Self {
            events: 0,
            trades: 0,
            volume: 0,
            trading_state: TRADING,
            watch: 0,
            fed: false,
        }
    }
}

/// All instruments by id.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Instruments {
    by_id: Vec<Instrument>,
}

impl Instruments {
    /// The entry of an instrument, made when it is first asked for.
    #[inline]
    pub fn entry(&mut self, id: u32) -> &mut Instrument {
        let at = (id as usize).min(IDS_MAX);
        if at >= self.by_id.len() {
            self.by_id.resize_with(at + 1, Instrument::default);
        }
        &mut self.by_id[at]
    }

    /// A hint: a record of this instrument comes soon.
    #[inline]
    pub fn coming(&self, id: u32) {
        if let Some(entry) = self.by_id.get(id as usize) {
            fetch(entry);
        }
    }

    /// No more entries than there are ids.
    pub fn is_sound(&self) -> bool {
        self.by_id.len() <= IDS_MAX + 1
    }

    /// The entry of an instrument; of one never seen, what is assumed.
    pub fn get(&self, id: u32) -> Instrument {
        let at = (id as usize).min(IDS_MAX);
        self.by_id.get(at).copied().unwrap_or_default()
    }

    /// Counts a record; says whether it is a print.
    #[inline]
    pub fn count(&mut self, record: &Record, done_qty: u64) -> (bool, &Instrument) {
        let entry = self.entry(record.instrument_id);
        entry.events += 1;
        let print = is_print(record);
        if print {
            entry.trades += 1;
            if record.flags & event_flags::NON_PRINTABLE == 0 {
                entry.volume += printed_qty(record, done_qty);
            }
        } else if record.event_type == EventType::Status as u8
            && record.qty == u64::from(b'H')
            && record.status == ApplyStatus::Tape as u32
        {
            entry.trading_state = record.price as u8;
        }
        (print, entry)
    }

    /// Instruments with at least one event, those of id 0 (of no stock) left out.
    pub fn seen(&self) -> usize {
        self.by_id.iter().skip(1).filter(|i| i.events > 0).count()
    }
}

/// Whether a record is a trade that took place.
#[inline]
pub fn is_print(record: &Record) -> bool {
    record.event_type == EventType::Trade as u8 && record.status <= ApplyStatus::Tape as u32
}

/// Shares that a print moved: what it took, or for a hidden trade or cross what it says.
#[inline]
pub fn printed_qty(record: &Record, done_qty: u64) -> u64 {
    if record.status == ApplyStatus::Tape as u32 {
        record.qty
    } else {
        done_qty
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(event_type: EventType, status: ApplyStatus, qty: u64) -> Record {
        Record {
            event_type: event_type as u8,
            status: status as u32,
            qty,
            instrument_id: 3,
            price: u64::from(b'H'),
            ..Record::default()
        }
    }

    #[test]
    fn prints_count_what_moved_and_rejected_trades_count_nothing() {
        let mut all = Instruments::default();
        all.count(&record(EventType::Trade, ApplyStatus::Applied, 900), 100);
        all.count(&record(EventType::Trade, ApplyStatus::Tape, 50), 0);
        all.count(&record(EventType::Trade, ApplyStatus::UnknownOrder, 70), 0);
        let entry = all.get(3);
        assert_eq!(
            (entry.events, entry.trades, entry.volume, all.seen()),
            (3, 2, 150, 1)
        );
        assert_eq!(entry.trading_state, TRADING);
        all.count(
            &record(EventType::Status, ApplyStatus::Tape, u64::from(b'H')),
            0,
        );
        assert_eq!(all.get(3).trading_state, b'H');
        assert_eq!(all.get(9).trading_state, TRADING);
    }
}
