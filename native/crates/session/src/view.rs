//! What a storm sees, laid out as the schema says: header, bid levels, ask levels, own orders, trades
//! of the quantum. In: the resolver and a header with everything but the counts. Out: bytes.

use bytemuck::Pod;
use wavetank_abi::{Side, VIEW_LEVELS, ViewHeader, ViewLevel, ViewOwnOrder, ViewTrade};
use wavetank_book::Book;
use wavetank_resolve::{OWN_ORDERS_MAX, Resolver};

/// Trades of a quantum that a view shows, at most.
pub const VIEW_TRADES_MAX: usize = 1024;

/// Bytes that no view exceeds.
pub const VIEW_BYTES: usize = size_of::<ViewHeader>()
    + 2 * VIEW_LEVELS as usize * size_of::<ViewLevel>()
    + 2 * OWN_ORDERS_MAX as usize * size_of::<ViewOwnOrder>()
    + VIEW_TRADES_MAX * size_of::<ViewTrade>();

struct Writer<'a> {
    out: &'a mut [u8],
    at: usize,
}

impl Writer<'_> {
    /// False, and nothing written, when it does not fit.
    fn push<T: Pod>(&mut self, value: &T) -> bool {
        let bytes = bytemuck::bytes_of(value);
        let Some(room) = self.out.get_mut(self.at..self.at + bytes.len()) else {
            return false;
        };
        room.copy_from_slice(bytes);
        self.at += bytes.len();
        true
    }
}

/// Writes the view of a storm; returns its bytes, or `None` when the buffer cannot hold it.
pub fn write_view<B: Book>(
    out: &mut [u8],
    mut header: ViewHeader,
    resolver: &Resolver<B>,
    own: &[ViewOwnOrder],
    trades: impl Iterator<Item = ViewTrade>,
) -> Option<usize> {
    let start = size_of::<ViewHeader>();
    let mut writer = Writer { out, at: start };
    header.bid_count = write_levels(&mut writer, resolver, header.instrument_id, Side::Bid);
    header.ask_count = write_levels(&mut writer, resolver, header.instrument_id, Side::Ask);
    let all = own.iter().all(|order| writer.push(order));
    header.own_count = own.len() as u32;
    for trade in trades {
        if (header.trade_count as usize) < VIEW_TRADES_MAX && writer.push(&trade) {
            header.trade_count += 1;
        } else {
            header.trades_omitted += 1;
        }
    }
    let end = writer.at;
    out.get_mut(..start)?
        .copy_from_slice(bytemuck::bytes_of(&header));
    all.then_some(end)
}

fn write_levels<B: Book>(
    writer: &mut Writer<'_>,
    resolver: &Resolver<B>,
    instrument: u32,
    side: Side,
) -> u32 {
    let levels = resolver.market_levels(instrument, side);
    let mut count = 0;
    for (level, injected_qty) in levels.take(VIEW_LEVELS as usize) {
        let written = writer.push(&ViewLevel {
            price: level.price,
            qty: level.qty,
            injected_qty,
            orders: level.orders,
            reserved: 0,
        });
        count += u32::from(written);
    }
    count
}
