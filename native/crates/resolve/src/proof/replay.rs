//! The log once more, by plain books that know no storm: channel 0 alone and all of it.

use wavetank_abi::{Event, Record};
use wavetank_book::{Book, ReferenceBook, apply_step, steps};

use super::tank::{SIDES, Tank, ensure, orders_of};

impl<B: Book> Tank<B> {
    /// Equal queues everywhere.
    fn same_books<X: Book, Y: Book>(&self, a: &X, b: &Y) -> bool {
        let sides = self
            .instruments
            .iter()
            .flat_map(|&i| SIDES.map(|side| (i, side)));
        sides
            .into_iter()
            .all(|(i, side)| orders_of(a, i, side) == orders_of(b, i, side))
    }

    /// The whole log once more: channel 0 is the source verbatim and gives its book, all records
    /// give the market with the same statuses and resolved fields.
    pub(super) fn replayed(&self) -> Result<(), String> {
        let log: Vec<(Record, Event)> = self.watch.log.iter().map(|r| (*r, event_of(r))).collect();
        let mut market = ReferenceBook::new();
        let events: Vec<Event> = log.iter().map(|(_, event)| *event).collect();
        let mut outcomes = Vec::new();
        for step in steps(&events) {
            apply_step(&mut market, step, &mut outcomes);
        }
        for ((record, event), outcome) in log.iter().zip(&outcomes) {
            ensure!(
                record.status == outcome.status as u32,
                "replay judges {record:?} otherwise"
            );
            ensure!(
                *event == outcome.event,
                "replay resolves {record:?} otherwise"
            );
        }
        ensure!(
            self.same_books(&market, self.resolver.book()),
            "replayed market"
        );
        let verbatim: Vec<Event> = log
            .iter()
            .filter(|(r, _)| r.channel == 0)
            .map(|x| x.1)
            .collect();
        ensure!(
            verbatim.len() == self.tape.len(),
            "channel 0 is longer or shorter than the source"
        );
        for (record, source) in verbatim.iter().zip(&self.tape) {
            let Event {
                ts_ns,
                qty,
                order_id,
                instrument_id,
                event_type,
                flags,
                ..
            } = *source;
            let resolved = Event {
                price: record.price,
                side: record.side,
                ..*source
            };
            ensure!(
                *record == resolved,
                "{source:?} became {record:?} {ts_ns} {qty} {order_id} {instrument_id} {event_type} {flags}"
            );
        }
        let mut source = ReferenceBook::new();
        for step in steps(&verbatim) {
            apply_step(&mut source, step, &mut outcomes);
        }
        ensure!(
            self.same_books(&source, &self.source),
            "channel 0 alone is not the source"
        );
        Ok(())
    }
}

fn event_of(record: &Record) -> Event {
    let Record {
        ts_ns,
        price,
        qty,
        order_id,
        instrument_id,
        event_type,
        side,
        flags,
        ..
    } = *record;
    Event {
        ts_ns,
        price,
        qty,
        order_id,
        instrument_id,
        event_type,
        side,
        flags,
    }
}
