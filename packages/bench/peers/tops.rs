//! Whether two books end alike. In: ours and the best levels of a peer. Out: in how many instruments
//! price, shares and orders of both best levels are the same.

use std::collections::BTreeMap;

use wavetank_abi::Side;
use wavetank_book::{Book, Level};

use crate::written::Written;

pub fn agreement(
    ours: &impl Book,
    file: &Written,
    (live_orders, refused, tops): &(u64, u64, Vec<[u64; 7]>),
) -> Result<String, String> {
    if (*live_orders, *refused) != (ours.live_orders(), 0) {
        return Err(format!(
            "the peer keeps {live_orders} orders and could not apply {refused} messages, ours keeps {}",
            ours.live_orders()
        ));
    }
    let tops: BTreeMap<u64, &[u64; 7]> = tops.iter().map(|top| (top[0], top)).collect();
    let level = |price: u64, qty: u64, orders: u64| Level {
        price,
        qty,
        orders: orders as u32,
    };
    for locate in 1..=file.params.instruments {
        let [_, bid, bid_qty, bids, ask, ask_qty, asks] = tops
            .get(&u64::from(locate))
            .copied()
            .copied()
            .unwrap_or_default();
        let theirs = [level(bid, bid_qty, bids), level(ask, ask_qty, asks)];
        let best = [Side::Bid, Side::Ask].map(|side| ours.best(locate, side).unwrap_or_default());
        if best != theirs {
            return Err(format!(
                "locate {locate}: the peer ends with {theirs:?}, ours {best:?}"
            ));
        }
    }
    Ok(format!(
        "best levels of all {} symbols and {live_orders} live orders agree",
        file.params.instruments
    ))
}
