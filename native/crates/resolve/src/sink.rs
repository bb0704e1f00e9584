//! Where records go as they are made: a plain vector, or an observer that also wants the book.

use wavetank_abi::{Event, Record};

/// Takes every record in sequence, right after it applied.
pub trait Sink<B> {
    /// `done_qty` is what really moved (a Trade prints this, not the quantity it asked for); `book`
    /// is the market after the event, or after both halves of a replace.
    fn record(&mut self, record: &Record, done_qty: u64, book: &B);

    /// A hint: the record of this source event comes some records later.
    fn coming(&self, _event: &Event) {}

    /// A hint: it comes a few records later.
    fn near(&self, _event: &Event) {}
}

impl<B> Sink<B> for Vec<Record> {
    #[inline]
    fn record(&mut self, record: &Record, _done_qty: u64, _book: &B) {
        self.push(*record);
    }
}
