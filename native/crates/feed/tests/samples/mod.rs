//! One message of every type, with every field distinct, and the judge that holds both parsers
//! against each other.
#![allow(dead_code)]
use wavetank_abi::Event;
use wavetank_feed::encode::*;
use wavetank_feed::{Known, Note, Parser, Room, Scan, Wire, scan};

pub const BOTH: [Wire; 2] = [Wire::BinaryFile, Wire::Raw];
pub const LOCATE: u16 = 0x0123;
pub const STOCK: [u8; 8] = *b"WAVE    ";

fn head() -> Head {
    Head {
        locate: LOCATE,
        tracking: 0x4567,
        ts_ns: 34_200_000_000_123,
    }
}

fn one(wire: Wire, message: &impl Message) -> Vec<u8> {
    let mut out = Vec::new();
    message.append(wire, &mut out);
    out
}

/// Every type once, in the order of the specification.
#[rustfmt::skip]
pub fn every_type(wire: Wire) -> Vec<Vec<u8>> {
    let (head, stock) = (head(), STOCK);
    let (order_reference, shares, price) = (0x0102_0304_0506_0708, 0x1112_1314, 0x2122_2324);
    let match_number = 0x3132_3334_3536_3738;
    let side = b'S';
    vec![
        one(wire, &SystemEvent { head, event_code: b'Q' }),
        one(wire, &StockDirectory {
            head, stock, market_category: b'Q', financial_status: b'N', round_lot_size: 100,
            round_lots_only: b'Y', issue_classification: b'C', issue_sub_type: *b"Z ",
            authenticity: b'P', short_sale_threshold: b'n', ipo_flag: b'i',
            luld_reference_price_tier: b'1', etp_flag: b'e', etp_leverage_factor: 3,
            inverse_indicator: b'v',
        }),
        one(wire, &TradingAction { head, stock, trading_state: b'H', reserved: b' ', reason: *b"LUDP" }),
        one(wire, &RegShoRestriction { head, stock, reg_sho_action: b'1' }),
        one(wire, &ParticipantPosition {
            head, mpid: *b"MPID", stock, primary_market_maker: b'Y', market_maker_mode: b'N',
            participant_state: b'A',
        }),
        one(wire, &MwcbDeclineLevel { head, level_1: 7 << 40, level_2: 13 << 40, level_3: 20 << 40 }),
        one(wire, &MwcbStatus { head, breached_level: b'2' }),
        one(wire, &IpoQuotingPeriod { head, stock, release_time_s: 36_000, release_qualifier: b'A', ipo_price: price }),
        one(wire, &LuldAuctionCollar { head, stock, reference_price: price, upper_price: price + 1, lower_price: price - 1, extension: 2 }),
        one(wire, &OperationalHalt { head, stock, market_code: b'B', halt_action: b'T' }),
        one(wire, &AddOrder { head, order_reference, side, shares, stock, price }),
        one(wire, &AddOrderMpid { head, order_reference, side: b'B', shares, stock, price, attribution: *b"ATTR" }),
        one(wire, &OrderExecuted { head, order_reference, shares, match_number }),
        one(wire, &OrderExecutedWithPrice { head, order_reference, shares, match_number, printable: b'N', price }),
        one(wire, &OrderCancel { head, order_reference, shares }),
        one(wire, &OrderDelete { head, order_reference }),
        one(wire, &OrderReplace { head, order_reference, new_order_reference: 0x4142_4344_4546_4748, shares, price }),
        one(wire, &Trade { head, order_reference, side, shares, stock, price, match_number }),
        one(wire, &CrossTrade { head, cross_shares: 0x5152_5354_5556_5758, stock, price, match_number, cross_type: b'C' }),
        one(wire, &BrokenTrade { head, match_number }),
        one(wire, &NetOrderImbalance {
            head, paired_shares: 5 << 33, imbalance_shares: 6 << 33, imbalance_direction: b'B',
            stock, far_price: price, near_price: price + 2, current_reference_price: price + 3,
            cross_type: b'O', price_variation: b'L',
        }),
        one(wire, &RetailPriceImprovement { head, stock, interest_flag: b'A' }),
        one(wire, &DirectListing {
            head, stock, open_eligibility: b'Y', min_allowable_price: 1, max_allowable_price: 2,
            near_execution_price: 3, near_execution_time_ns: 36_000_000_000_000,
            lower_price_range_collar: 4, upper_price_range_collar: 5,
        }),
    ]
}

/// How much a scan may write and take.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    pub events: usize,
    pub notes: usize,
    pub messages: u64,
}

pub const WIDE: Limits = Limits {
    events: 4096,
    notes: 4096,
    messages: u64::MAX,
};

/// What one parser made of some bytes.
pub struct Side {
    parser: Parser,
    pub events: Vec<Event>,
    pub notes: Vec<Note>,
    pub counts: Box<[u64; 256]>,
    pub known: Box<Known>,
}

impl Side {
    fn new(parser: Parser) -> Self {
        Self {
            parser,
            events: Vec::new(),
            notes: Vec::new(),
            counts: Box::new([0; 256]),
            known: Box::new([0; 65536]),
        }
    }

    fn scan(&mut self, bytes: &[u8], wire: Wire, limits: Limits) -> Scan {
        self.events.clear();
        self.notes.clear();
        scan(
            self.parser,
            bytes,
            wire,
            Room {
                events: &mut self.events,
                events_max: limits.events,
                notes: &mut self.notes,
                notes_max: limits.notes,
                messages_max: limits.messages,
                counts: &mut self.counts,
                known: &mut self.known,
            },
        )
    }
}

/// Both parsers, side by side, remembering locates and counts from scan to scan.
pub struct Judge {
    pub zig: Side,
    pub twin: Side,
}

impl Judge {
    pub fn new() -> Self {
        Self {
            zig: Side::new(Parser::Zig),
            twin: Side::new(Parser::Rust),
        }
    }

    /// The answer both give; panics where they differ.
    pub fn same(&mut self, bytes: &[u8], wire: Wire, limits: Limits) -> Scan {
        let zig = self.zig.scan(bytes, wire, limits);
        let twin = self.twin.scan(bytes, wire, limits);
        assert!(
            zig == twin && self.zig.events == self.twin.events && self.zig.notes == self.twin.notes,
            "{wire:?} {limits:?}\nbytes {bytes:02x?}\nzig  {zig:?} {:?} {:?}\ntwin {twin:?} {:?} {:?}",
            self.zig.events,
            self.zig.notes,
            self.twin.events,
            self.twin.notes,
        );
        zig
    }

    pub fn forget(&mut self, locate: u16) {
        self.zig.known[usize::from(locate)] = 0;
        self.twin.known[usize::from(locate)] = 0;
    }

    pub fn learn(&mut self, locate: u16) {
        self.zig.known[usize::from(locate)] = 1;
        self.twin.known[usize::from(locate)] = 1;
    }

    /// What was remembered must agree too.
    pub fn finish(self) {
        assert!(self.zig.counts == self.twin.counts, "counts differ");
        assert!(self.zig.known == self.twin.known, "known locates differ");
    }
}
