//! What can be judged without a book: the form of an event. In: events. Out: a status or a go.

use wavetank_abi::{
    ApplyStatus, Event, EventType, ORDER_ID_RESERVED_BIT, ORDER_ID_STORM_BIT, PRICE_MAX, QTY_MAX,
    Side, event_flags,
};

const OFF_BOOK: u16 = event_flags::NON_DISPLAYED | event_flags::CROSS;

/// What a well-formed single event asks of the book.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Request {
    /// A new order.
    Add,
    /// Quantity of a live order leaves.
    Cancel,
    /// A live order gets a new price and quantity.
    Modify,
    /// A print against a live order.
    Trade,
    /// The instrument is emptied.
    Clear,
    /// Nothing: it is for the tape only.
    Tape,
}

fn kind_of(event: &Event) -> Result<EventType, ApplyStatus> {
    let kind = EventType::from_raw(event.event_type).ok_or(ApplyStatus::BadType)?;
    let replaceable = matches!(kind, EventType::Add | EventType::Cancel);
    let replaces = event.flags & event_flags::REPLACE != 0;
    if event.flags & !event_flags::ALL != 0 || (replaces && !replaceable) {
        return Err(ApplyStatus::BadFlags);
    }
    let inherits = event.side == Side::Inherit as u8;
    if event.side > Side::Inherit as u8 || (kind == EventType::Add && inherits && !replaces) {
        return Err(ApplyStatus::BadSide);
    }
    Ok(kind)
}

fn numbers(event: &Event, names_an_order: bool) -> Result<(), ApplyStatus> {
    let injected = event.flags & event_flags::INJECTED != 0;
    let reserved = event.order_id & ORDER_ID_RESERVED_BIT != 0
        || (event.order_id & ORDER_ID_STORM_BIT != 0 && !injected);
    if names_an_order && reserved {
        return Err(ApplyStatus::ReservedId);
    }
    if event.price > PRICE_MAX || event.qty > QTY_MAX {
        return Err(ApplyStatus::OutOfRange);
    }
    Ok(())
}

/// Judges a single event as far as its own bytes allow.
pub fn judge(event: &Event) -> Result<Request, ApplyStatus> {
    let kind = kind_of(event)?;
    match kind {
        EventType::Status => return Ok(Request::Tape),
        EventType::Clear => return Ok(Request::Clear),
        _ => {}
    }
    let off_book = kind == EventType::Trade && event.flags & OFF_BOOK != 0;
    numbers(event, !off_book)?;
    if event.flags & event_flags::REPLACE != 0 {
        return Err(ApplyStatus::TornReplace);
    }
    if kind != EventType::Cancel && event.qty == 0 {
        return Err(ApplyStatus::ZeroQty);
    }
    Ok(match kind {
        EventType::Add => Request::Add,
        EventType::Cancel => Request::Cancel,
        EventType::Modify => Request::Modify,
        _ if off_book => Request::Tape,
        _ => Request::Trade,
    })
}

/// Judges the two halves of a replace as far as their own bytes allow. Zero quantity comes later.
pub fn judge_pair(cancel: &Event, add: &Event) -> Result<(), ApplyStatus> {
    for half in [cancel, add] {
        kind_of(half)?;
        numbers(half, true)?;
    }
    if cancel.instrument_id == add.instrument_id && crate::is_replace_pair(cancel, add) {
        Ok(())
    } else {
        Err(ApplyStatus::TornReplace)
    }
}

/// The event as given, with the outcome of a rejection.
pub(crate) fn rejected(event: &Event, status: ApplyStatus) -> crate::Outcome {
    crate::Outcome {
        status,
        done_qty: 0,
        event: *event,
    }
}
