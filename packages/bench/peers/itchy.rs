//! The crate `itchy`: an iterator of owned messages, parsed from a buffer of 8 KiB that it fills from
//! a reader. It gets the mapped bytes as its reader, which spares it the system's calls.

use ::itchy::{Body, MessageStream};

use super::Sums;
use crate::written::Written;

pub fn read(file: &Written) -> Sums {
    let map = file.map();
    let mut sums = Sums::default();
    for message in MessageStream::from_reader(&map[..]) {
        let message = message.expect("the file is whole");
        sums.messages += 1;
        if order(&mut sums, &message.body) {
            sums.head(message.timestamp, message.stock_locate);
        }
    }
    sums
}

/// Whether it is an order message.
fn order(sums: &mut Sums, body: &Body) -> bool {
    match body {
        Body::AddOrder(add) => sums.order(add.reference, add.shares, add.price.raw()),
        Body::OrderExecuted {
            reference,
            executed,
            ..
        } => sums.order(*reference, *executed, 0),
        Body::OrderExecutedWithPrice {
            reference,
            executed,
            price,
            ..
        } => sums.order(*reference, *executed, price.raw()),
        Body::OrderCancelled {
            reference,
            cancelled,
        } => sums.order(*reference, *cancelled, 0),
        Body::DeleteOrder { reference } => sums.order(*reference, 0, 0),
        Body::ReplaceOrder(replace) => {
            sums.order(replace.old_reference, 0, 0);
            sums.order(replace.new_reference, replace.shares, replace.price.raw());
        }
        _ => return false,
    }
    true
}
