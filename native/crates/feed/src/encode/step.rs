//! Events back to the message they came from: one step (an event, or the two halves of a
//! replace) to one message. Parsing what this writes gives the step again.
use wavetank_abi::{Event, EventType, PRICE_MAX, QTY_MAX, Side, event_flags as flags};

use super::message::*;
use crate::scan::Wire;

const INHERIT: u8 = Side::Inherit as u8;

/// The step is none that an ITCH message makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an event of type {event_type} with flags {flags} has no ITCH message")]
pub struct NoWireForm {
    /// Its type.
    pub event_type: u8,
    /// Its flags.
    pub flags: u16,
}

/// Writes steps and numbers their matches.
#[derive(Clone, Copy, Debug)]
pub struct StepEncoder {
    /// How messages follow each other.
    pub wire: Wire,
    /// The match number that the next execution or trade gets.
    pub next_match: u64,
}

impl StepEncoder {
    /// An encoder whose first match number is 1.
    pub const fn new(wire: Wire) -> Self {
        Self {
            wire,
            next_match: 1,
        }
    }

    /// Appends the message of a step; `stock` is the instrument's symbol, padded. Fails without
    /// writing when no message makes such a step.
    pub fn append(
        &mut self,
        step: &[Event],
        stock: [u8; 8],
        out: &mut Vec<u8>,
    ) -> Result<(), NoWireForm> {
        let before = out.len();
        match step {
            [event] if fits(event) && is_told(event) => self.single(event, stock, out),
            [old, new] if fits(old) && fits(new) => self.replace(old, new, out),
            _ => {}
        }
        if out.len() > before {
            return Ok(());
        }
        let first = step.first().copied().unwrap_or_default();
        Err(NoWireForm {
            event_type: first.event_type,
            flags: first.flags,
        })
    }

    fn single(&mut self, event: &Event, stock: [u8; 8], out: &mut Vec<u8>) {
        match (EventType::from_raw(event.event_type), event.flags) {
            (Some(EventType::Add), 0) => self.add(event, stock, out),
            (Some(EventType::Cancel), 0) => self.cancel(event, out),
            (Some(EventType::Trade), 0 | flags::NON_PRINTABLE) => self.execution(event, out),
            (Some(EventType::Trade), flags::NON_DISPLAYED) => self.trade(event, stock, out),
            (Some(EventType::Trade), flags::CROSS) => self.cross(event, stock, out),
            (Some(EventType::Status), 0 | flags::BROKEN) => self.status(event, stock, out),
            _ => {}
        }
    }

    fn add(&self, event: &Event, stock: [u8; 8], out: &mut Vec<u8>) {
        let Some(side) = letter(event.side) else {
            return;
        };
        let (shares, price) = (event.qty as u32, event.price as u32);
        let order_reference = event.order_id;
        AddOrder {
            head: head(event),
            order_reference,
            side,
            shares,
            stock,
            price,
        }
        .append(self.wire, out);
    }

    fn cancel(&self, event: &Event, out: &mut Vec<u8>) {
        let (head, order_reference) = (head(event), event.order_id);
        match event.qty as u32 {
            0 => OrderDelete {
                head,
                order_reference,
            }
            .append(self.wire, out),
            shares => OrderCancel {
                head,
                order_reference,
                shares,
            }
            .append(self.wire, out),
        }
    }

    /// An execution at the order's own price needs no price, unless it is not printable.
    fn execution(&mut self, event: &Event, out: &mut Vec<u8>) {
        let (head, order_reference) = (head(event), event.order_id);
        let (shares, match_number) = (event.qty as u32, self.matched());
        if event.price == 0 && event.flags == 0 {
            OrderExecuted {
                head,
                order_reference,
                shares,
                match_number,
            }
            .append(self.wire, out);
            return;
        }
        let printable = if event.flags == 0 { b'Y' } else { b'N' };
        let price = event.price as u32;
        OrderExecutedWithPrice {
            head,
            order_reference,
            shares,
            match_number,
            printable,
            price,
        }
        .append(self.wire, out);
    }

    fn trade(&mut self, event: &Event, stock: [u8; 8], out: &mut Vec<u8>) {
        let Some(side) = letter(event.side) else {
            return;
        };
        Trade {
            head: head(event),
            order_reference: event.order_id,
            side,
            shares: event.qty as u32,
            stock,
            price: event.price as u32,
            match_number: self.matched(),
        }
        .append(self.wire, out);
    }

    fn cross(&mut self, event: &Event, stock: [u8; 8], out: &mut Vec<u8>) {
        CrossTrade {
            head: head(event),
            cross_shares: event.qty,
            stock,
            price: event.price as u32,
            match_number: self.matched(),
            cross_type: b'O',
        }
        .append(self.wire, out);
    }

    fn status(&self, event: &Event, stock: [u8; 8], out: &mut Vec<u8>) {
        let (head, state) = (head(event), event.price as u8);
        match event.qty as u8 {
            b'B' => {
                BrokenTrade {
                    head,
                    match_number: event.order_id,
                }
                .append(self.wire, out);
            }
            b'S' => SystemEvent {
                head,
                event_code: state,
            }
            .append(self.wire, out),
            b'W' => MwcbStatus {
                head,
                breached_level: state,
            }
            .append(self.wire, out),
            b'H' => {
                let (trading_state, reserved, reason) = (state, b' ', *b"    ");
                TradingAction {
                    head,
                    stock,
                    trading_state,
                    reserved,
                    reason,
                }
                .append(self.wire, out);
            }
            b'h' => {
                let (market_code, halt_action) = (b'Q', state);
                OperationalHalt {
                    head,
                    stock,
                    market_code,
                    halt_action,
                }
                .append(self.wire, out);
            }
            _ => {}
        }
    }

    fn replace(&self, old: &Event, new: &Event, out: &mut Vec<u8>) {
        let halves = (
            EventType::from_raw(old.event_type),
            EventType::from_raw(new.event_type),
        );
        let is_pair = halves == (Some(EventType::Cancel), Some(EventType::Add))
            && old.flags == flags::REPLACE | flags::MORE
            && new.flags == flags::REPLACE
            && (old.ts_ns, old.instrument_id) == (new.ts_ns, new.instrument_id)
            && (old.price, old.qty) == (0, 0)
            && (old.side, new.side) == (INHERIT, INHERIT);
        if is_pair {
            OrderReplace {
                head: head(new),
                order_reference: old.order_id,
                new_order_reference: new.order_id,
                shares: new.qty as u32,
                price: new.price as u32,
            }
            .append(self.wire, out);
        }
    }

    fn matched(&mut self) -> u64 {
        self.next_match += 1;
        self.next_match - 1
    }
}

/// Whether every number of the event has room in its wire field.
fn fits(event: &Event) -> bool {
    event.ts_ns < 1 << 48
        && event.instrument_id <= u32::from(u16::MAX)
        && event.price <= PRICE_MAX
        && (event.qty <= QTY_MAX || event.flags == flags::CROSS)
}

/// Whether a single event says no more than its message has fields for.
fn is_told(event: &Event) -> bool {
    let inherits = event.side == INHERIT;
    let anonymous = inherits && event.order_id == 0;
    match (EventType::from_raw(event.event_type), event.flags) {
        (Some(EventType::Cancel), _) => inherits && event.price == 0,
        (Some(EventType::Trade), 0 | flags::NON_PRINTABLE) => inherits,
        (Some(EventType::Trade), flags::CROSS) => anonymous,
        (Some(EventType::Status), flags::BROKEN) => {
            inherits && (event.qty, event.price) == (b'B'.into(), 0)
        }
        (Some(EventType::Status), _) => {
            let letter = u8::try_from(event.qty).unwrap_or_default();
            anonymous && b"SWHh".contains(&letter) && event.price <= u8::MAX.into()
        }
        _ => true,
    }
}

fn head(event: &Event) -> Head {
    Head::new(event.instrument_id as u16, event.ts_ns)
}

fn letter(side: u8) -> Option<u8> {
    match Side::from_raw(side)? {
        Side::Bid => Some(b'B'),
        Side::Ask => Some(b'S'),
        Side::Inherit => None,
    }
}
