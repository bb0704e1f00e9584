//! A book as bytes, for checkpoints. In: any book. Out: its instruments, sides, levels and queues in
//! order. Loading replays the orders as additions, first in the queue first, so any implementation
//! ends with the same levels, queues and digests, and judges each order by its own rules.

use wavetank_abi::{ApplyStatus, Event, EventType, ORDER_ID_STORM_BIT, Side, event_flags};

use crate::book::Book;

const SIDES: [Side; 2] = [Side::Bid, Side::Ask];

/// Appends the state of a book.
pub fn save(book: &impl Book, out: &mut Vec<u8>) {
    word(out, book.live_orders());
    for instrument in book.instruments() {
        for side in SIDES {
            for level in book.levels(instrument, side) {
                word(out, u64::from(instrument) << 1 | side as u64);
                word(out, level.price);
                word(out, level.orders.into());
                for (id, qty) in book.queue(instrument, side, level.price) {
                    word(out, id);
                    word(out, qty);
                }
            }
        }
    }
}

/// Fills an empty book from the front of `bytes`; returns how many of the orders are of storms. `None`
/// if they are not what `save` wrote; the book then holds a part of them.
pub fn load(bytes: &mut &[u8], book: &mut impl Book) -> Option<u64> {
    let (all, mut of_storms) = (take(bytes)?, 0);
    while book.live_orders() < all {
        let place = take(bytes)?;
        let (price, orders) = (take(bytes)?, take(bytes)?);
        let event = Event {
            price,
            instrument_id: u32::try_from(place >> 1).ok()?,
            event_type: EventType::Add as u8,
            side: (place & 1) as u8,
            ..Event::default()
        };
        if orders == 0 || orders > all - book.live_orders() {
            return None;
        }
        for _ in 0..orders {
            let (order_id, qty) = (take(bytes)?, take(bytes)?);
            let injected = order_id & ORDER_ID_STORM_BIT != 0;
            of_storms += u64::from(injected);
            let outcome = book.apply(&Event {
                order_id,
                qty,
                flags: if injected { event_flags::INJECTED } else { 0 },
                ..event
            });
            if outcome.status != ApplyStatus::Applied {
                return None;
            }
        }
    }
    Some(of_storms)
}

fn word(out: &mut Vec<u8>, value: u64) {
    out.extend_from_slice(&value.to_le_bytes());
}

fn take(bytes: &mut &[u8]) -> Option<u64> {
    let (word, rest) = bytes.split_first_chunk()?;
    *bytes = rest;
    Some(u64::from_le_bytes(*word))
}
