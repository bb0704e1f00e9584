//! Messages that a book must reject, each under its own cause, and change nothing. In: chance. Out:
//! unknown and repeated ids, other instruments, zero quantities, sides and ids that are none.

use wavetank_abi::{ORDER_ID_RESERVED_BIT, ORDER_ID_STORM_BIT};
use wavetank_feed::encode::{
    AddOrder, CrossTrade, OrderCancel, OrderDelete, OrderExecuted, OrderExecutedWithPrice,
    OrderReplace, Trade,
};

use super::{Gate, stock};

impl Gate {
    pub(super) fn rude(&mut self) {
        match self.rng.below(12) {
            0..2 => self.unknown(),
            2..4 => self.elsewhere(),
            4..6 => self.repeated(),
            6..9 => self.nothing(),
            9..11 => self.reserved(),
            _ => self.no_side(),
        }
    }

    /// An id that never lived, or lives no more.
    fn unknown(&mut self) {
        let id = match self.rng.word() & 1 {
            0 => self.next_id + 1 + u64::from(self.rng.below(1_000_000)),
            _ => 1 + u64::from(self.rng.word()) % self.next_id,
        };
        let locate = self.locate();
        if !self.orders.holds(id) {
            self.name(id, locate);
        } else {
            self.rude();
        }
    }

    /// A live order, named from another instrument.
    fn elsewhere(&mut self) {
        let (id, live) = self.some_live();
        let other = (u32::from(live.locate) + 1) % self.profile.instruments();
        self.name(id, other as u16);
    }

    /// Any of the messages that name an order.
    fn name(&mut self, order_reference: u64, locate: u16) {
        let head = self.head(locate);
        let (shares, price, match_number) = (self.shares(), self.price(), self.matched());
        match self.rng.below(5) {
            0 => self.write(OrderDelete {
                head,
                order_reference,
            }),
            1 => self.write(OrderCancel {
                head,
                order_reference,
                shares,
            }),
            2 => self.write(OrderExecuted {
                head,
                order_reference,
                shares,
                match_number,
            }),
            3 => {
                let printable = b'Y';
                self.write(OrderExecutedWithPrice {
                    head,
                    order_reference,
                    shares,
                    match_number,
                    printable,
                    price,
                });
            }
            _ => {
                let new_order_reference = self.fresh_id();
                self.write(OrderReplace {
                    head,
                    order_reference,
                    new_order_reference,
                    shares,
                    price,
                });
            }
        }
    }

    /// An add, or a replace, whose new id lives already.
    fn repeated(&mut self) {
        let (order_reference, live) = self.some_live();
        let (new_order_reference, _) = self.some_live();
        let (shares, price) = (self.shares(), self.price());
        if self.rng.word() & 1 == 0 || order_reference == new_order_reference {
            let locate = self.locate();
            let (head, stock, side) = (self.head(locate), stock(locate), b'B');
            self.write(AddOrder {
                head,
                order_reference,
                side,
                shares,
                stock,
                price,
            });
        } else {
            let head = self.head(live.locate);
            self.write(OrderReplace {
                head,
                order_reference,
                new_order_reference,
                shares,
                price,
            });
        }
    }

    /// Quantity 0 wherever one stands.
    fn nothing(&mut self) {
        let (order_reference, live) = self.some_live();
        let (head, stock) = (self.head(live.locate), stock(live.locate));
        let (shares, price, side) = (0, self.price(), b'S');
        let (fresh, match_number) = (self.fresh_id(), self.matched());
        match self.rng.below(7) {
            0 => self.write(AddOrder {
                head,
                order_reference: fresh,
                side,
                shares,
                stock,
                price,
            }),
            1 => self.write(OrderExecuted {
                head,
                order_reference,
                shares,
                match_number,
            }),
            2 => self.write(OrderExecutedWithPrice {
                head,
                order_reference,
                shares,
                match_number,
                printable: b'Y',
                price,
            }),
            3 => self.write(OrderCancel {
                head,
                order_reference,
                shares,
            }),
            4 => {
                let new_order_reference = fresh;
                self.write(OrderReplace {
                    head,
                    order_reference,
                    new_order_reference,
                    shares,
                    price,
                });
            }
            5 => self.write(Trade {
                head,
                order_reference: 0,
                side,
                shares,
                stock,
                price,
                match_number,
            }),
            _ => self.write(CrossTrade {
                head,
                cross_shares: 0,
                stock,
                price,
                match_number,
                cross_type: b'C',
            }),
        }
    }

    /// Ids with a bit that a source may not use, and a cross wider than 32 bits.
    fn reserved(&mut self) {
        let (live_id, live) = self.some_live();
        let bit = if self.rng.word() & 1 == 0 {
            ORDER_ID_STORM_BIT
        } else {
            ORDER_ID_RESERVED_BIT
        };
        let (head, stock) = (self.head(live.locate), stock(live.locate));
        let (shares, price, side) = (self.shares(), self.price(), b'B');
        let order_reference = live_id | bit;
        match self.rng.below(4) {
            0 => self.write(AddOrder {
                head,
                order_reference,
                side,
                shares,
                stock,
                price,
            }),
            1 => self.name(order_reference, live.locate),
            2 => {
                let (order_reference, new_order_reference) = (live_id, order_reference);
                self.write(OrderReplace {
                    head,
                    order_reference,
                    new_order_reference,
                    shares,
                    price,
                });
            }
            _ => {
                let match_number = self.matched();
                let (cross_shares, cross_type) = (u64::from(u32::MAX) + 1, b'H');
                self.write(CrossTrade {
                    head,
                    cross_shares,
                    stock,
                    price,
                    match_number,
                    cross_type,
                });
            }
        }
    }

    /// A side that is neither B nor S.
    fn no_side(&mut self) {
        let (order_reference, locate) = (self.fresh_id(), self.locate());
        let (head, stock, side) = (self.head(locate), stock(locate), b'?');
        let (shares, price) = (self.shares(), self.price());
        if self.rng.word() & 1 == 0 {
            self.write(AddOrder {
                head,
                order_reference,
                side,
                shares,
                stock,
                price,
            });
        } else {
            let match_number = self.matched();
            self.write(Trade {
                head,
                order_reference,
                side,
                shares,
                stock,
                price,
                match_number,
            });
        }
    }
}
