//! The crate `itch5`: a handler that gets a view of each message's bytes. Only the fields that it
//! asks for are read, where the other decoders write every field they know into a record.

use std::ops::ControlFlow;

use ::itch5::messages as m;
use ::itch5::{MessageHandler, Parser};

use super::Sums;
use crate::written::Written;

#[derive(Default)]
struct Counted(Sums);

macro_rules! on {
    ($method:ident, $message:ty, |$sums:ident, $m:ident| $order:expr) => {
        #[inline(always)]
        fn $method(&mut self, $m: &$message) -> ControlFlow<()> {
            let $sums = &mut self.0;
            $sums.messages += 1;
            $sums.head($m.timestamp().to_u64(), $m.stock_locate());
            $order;
            ControlFlow::Continue(())
        }
    };
}

macro_rules! only_counted {
    ($($method:ident $message:ident)*) => {
        $(fn $method(&mut self, _: &m::$message) -> ControlFlow<()> {
            self.0.messages += 1;
            ControlFlow::Continue(())
        })*
    };
}

impl MessageHandler for Counted {
    on!(
        on_add_order_no_mpid_attribution,
        m::AddOrderNoMPIDAttribution,
        |sums, m| { sums.order(m.order_reference_number(), m.shares(), m.price().into_u32()) }
    );
    on!(
        on_add_order_with_mpid_attribution,
        m::AddOrderWithMPIDAttribution,
        |sums, m| { sums.order(m.order_reference_number(), m.shares(), m.price().into_u32()) }
    );
    on!(on_order_executed, m::OrderExecuted, |sums, m| {
        sums.order(m.order_reference_number(), m.executed_shares(), 0)
    });
    on!(
        on_order_executed_with_price,
        m::OrderExecutedWithPrice,
        |sums, m| {
            sums.order(
                m.order_reference_number(),
                m.executed_shares(),
                m.execution_price().into_u32(),
            )
        }
    );
    on!(on_order_cancel, m::OrderCancel, |sums, m| {
        sums.order(m.order_reference_number(), m.cancelled_shares(), 0)
    });
    on!(on_order_delete, m::OrderDelete, |sums, m| {
        sums.order(m.order_reference_number(), 0, 0)
    });
    on!(on_order_replace, m::OrderReplace, |sums, m| {
        sums.order(m.original_order_reference_number(), 0, 0);
        sums.order(
            m.new_order_reference_number(),
            m.shares(),
            m.price().into_u32(),
        )
    });
    only_counted! {
        on_system_event SystemEvent
        on_stock_directory StockDirectory
        on_stock_trading_action StockTradingAction
        on_trade Trade
        on_cross_trade CrossTrade
        on_broken_trade BrokenTrade
    }
}

pub fn read(file: &Written) -> Sums {
    let map = file.map();
    let mut counted = Counted::default();
    Parser::new(&map)
        .parse_stream(&mut counted)
        .expect("the file is whole");
    counted.0
}
