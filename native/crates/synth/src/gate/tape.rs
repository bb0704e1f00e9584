//! Messages that touch no book: prints, crosses, breaks, and the fourteen administrative types. In:
//! chance. Out: one of them.

use wavetank_feed::encode::{
    BrokenTrade, CrossTrade, DirectListing, IpoQuotingPeriod, LuldAuctionCollar, MwcbDeclineLevel,
    MwcbStatus, NetOrderImbalance, OperationalHalt, ParticipantPosition, RegShoRestriction,
    RetailPriceImprovement, StockDirectory, SystemEvent, Trade, TradingAction,
};

use super::{Gate, stock};

impl Gate {
    pub(super) fn tape(&mut self) {
        let locate = self.locate();
        let (head, stock) = (self.head(locate), stock(locate));
        let (shares, price, match_number) = (self.shares(), self.price(), self.matched());
        let side = if self.rng.word() & 1 == 0 { b'B' } else { b'S' };
        match self.rng.below(10) {
            0..4 => {
                // The field is 0 at a venue; a live id here must not matter.
                let order_reference = if self.rng.word() & 1 == 0 {
                    0
                } else {
                    self.some_live().0
                };
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
            4..6 => {
                let (cross_shares, cross_type) = (shares.into(), b'O');
                self.write(CrossTrade {
                    head,
                    cross_shares,
                    stock,
                    price,
                    match_number,
                    cross_type,
                });
            }
            6 => self.write(BrokenTrade { head, match_number }),
            _ => self.administrative(),
        }
    }

    fn administrative(&mut self) {
        let locate = self.locate();
        let (head, stock) = (self.head(locate), stock(locate));
        let venue = self.head(0);
        match self.rng.below(14) {
            0 => self.write(SystemEvent {
                head: venue,
                event_code: b'Q',
            }),
            1 => self.write(StockDirectory {
                head,
                stock,
                round_lot_size: 100,
                ..Default::default()
            }),
            2 => {
                let trading_state = [b'T', b'H', b'P', b'Q'][self.rng.below(4) as usize];
                self.write(TradingAction {
                    head,
                    stock,
                    trading_state,
                    ..Default::default()
                });
            }
            3 => self.write(RegShoRestriction {
                head,
                stock,
                reg_sho_action: b'1',
            }),
            4 => self.write(ParticipantPosition {
                head,
                stock,
                ..Default::default()
            }),
            5 => self.write(MwcbDeclineLevel {
                head: venue,
                level_1: 1,
                level_2: 2,
                level_3: 3,
            }),
            6 => self.write(MwcbStatus {
                head: venue,
                breached_level: b'1',
            }),
            7 => self.write(IpoQuotingPeriod {
                head,
                stock,
                ..Default::default()
            }),
            8 => self.write(LuldAuctionCollar {
                head,
                stock,
                ..Default::default()
            }),
            9 => {
                let halt_action = if self.rng.word() & 1 == 0 { b'H' } else { b'T' };
                self.write(OperationalHalt {
                    head,
                    stock,
                    market_code: b'Q',
                    halt_action,
                });
            }
            10 => self.write(NetOrderImbalance {
                head,
                stock,
                ..Default::default()
            }),
            11 => self.write(RetailPriceImprovement {
                head,
                stock,
                interest_flag: b'A',
            }),
            12 => self.write(DirectListing {
                head,
                stock,
                ..Default::default()
            }),
            _ => self.write(SystemEvent {
                head: venue,
                event_code: b'M',
            }),
        }
    }
}
