//! Every ITCH 5.0 message as a struct that writes itself. Fields stand in wire order and are
//! named as in the specification; prices are 1/10000 dollar unless named otherwise.
use crate::scan::Wire;

/// What every message begins with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// Stock locate; 0 where no stock is concerned.
    pub locate: u16,
    /// Tracking number.
    pub tracking: u16,
    /// Nanoseconds since midnight, 48 bits.
    pub ts_ns: u64,
}

impl Head {
    /// A head with tracking number 0.
    pub const fn new(locate: u16, ts_ns: u64) -> Self {
        Self {
            locate,
            tracking: 0,
            ts_ns,
        }
    }
}

/// A message that can be written.
pub trait Message {
    /// Its type byte.
    const TYPE: u8;
    /// Its bytes, without a length prefix.
    const SIZE: usize;

    /// Writes the message into exactly `SIZE` bytes.
    fn write(&self, bytes: &mut [u8]);

    /// Appends the message, with its length prefix where the wire has one.
    #[inline]
    fn append(&self, wire: Wire, out: &mut Vec<u8>) {
        let mut frame = [0; 52];
        frame[..2].copy_from_slice(&(Self::SIZE as u16).to_be_bytes());
        self.write(&mut frame[2..2 + Self::SIZE]);
        out.extend_from_slice(&frame[2 - wire.prefix()..2 + Self::SIZE]);
    }
}

trait Part: Copy {
    const WIDTH: usize;
    fn put(self, at: &mut [u8]);
}

macro_rules! integers {
    ($($t:ty)*) => {$(
        impl Part for $t {
            const WIDTH: usize = size_of::<$t>();
            #[inline]
            fn put(self, at: &mut [u8]) {
                at[..Self::WIDTH].copy_from_slice(&self.to_be_bytes());
            }
        }
    )*};
}
integers!(u8 u16 u32 u64);

impl<const N: usize> Part for [u8; N] {
    const WIDTH: usize = N;
    #[inline]
    fn put(self, at: &mut [u8]) {
        at[..N].copy_from_slice(&self);
    }
}

macro_rules! messages {
    ($($letter:literal $size:literal $(#[$doc:meta])* $name:ident {
        $($(#[$field_doc:meta])* $field:ident: $t:ty,)*
    })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub struct $name {
            /// Locate, tracking number, time.
            pub head: Head,
            $($(#[$field_doc])* pub $field: $t,)*
        }

        impl Message for $name {
            const TYPE: u8 = $letter;
            const SIZE: usize = 11 $(+ <$t as Part>::WIDTH)*;

            #[inline]
            fn write(&self, bytes: &mut [u8]) {
                bytes[0] = Self::TYPE;
                self.head.locate.put(&mut bytes[1..]);
                self.head.tracking.put(&mut bytes[3..]);
                bytes[5..11].copy_from_slice(&self.head.ts_ns.to_be_bytes()[2..]);
                let mut _at = 11;
                $(
                    self.$field.put(&mut bytes[_at..]);
                    _at += <$t as Part>::WIDTH;
                )*
            }
        }

        const _: () = assert!($name::SIZE == $size);
    )*};
}

messages! {
    b'S' 12
    /// System event.
    SystemEvent {
        /// O, S, Q, M, E or C.
        event_code: u8,
    }
    b'R' 39
    /// Stock directory.
    StockDirectory {
        /// Symbol, padded.
        stock: [u8; 8],
        /// Listing market.
        market_category: u8,
        /// Financial status.
        financial_status: u8,
        /// Shares of a round lot.
        round_lot_size: u32,
        /// Y or N.
        round_lots_only: u8,
        /// Class.
        issue_classification: u8,
        /// Sub-type, padded.
        issue_sub_type: [u8; 2],
        /// P live, T test.
        authenticity: u8,
        /// Y, N or blank.
        short_sale_threshold: u8,
        /// Y, N or blank.
        ipo_flag: u8,
        /// 1, 2 or blank.
        luld_reference_price_tier: u8,
        /// Y, N or blank.
        etp_flag: u8,
        /// Leverage, 0 if none.
        etp_leverage_factor: u32,
        /// Y or N.
        inverse_indicator: u8,
    }
    b'H' 25
    /// Stock trading action.
    TradingAction {
        /// Symbol, padded.
        stock: [u8; 8],
        /// H halted, P paused, Q quotation only, T trading.
        trading_state: u8,
        /// Reserved.
        reserved: u8,
        /// Reason, padded.
        reason: [u8; 4],
    }
    b'Y' 20
    /// Reg SHO restriction.
    RegShoRestriction {
        /// Symbol, padded.
        stock: [u8; 8],
        /// 0, 1 or 2.
        reg_sho_action: u8,
    }
    b'L' 26
    /// Market participant position.
    ParticipantPosition {
        /// Participant.
        mpid: [u8; 4],
        /// Symbol, padded.
        stock: [u8; 8],
        /// Y or N.
        primary_market_maker: u8,
        /// Mode.
        market_maker_mode: u8,
        /// State.
        participant_state: u8,
    }
    b'V' 35
    /// Market-wide circuit breaker levels, in 1/100000000 dollar.
    MwcbDeclineLevel {
        /// Level 1.
        level_1: u64,
        /// Level 2.
        level_2: u64,
        /// Level 3.
        level_3: u64,
    }
    b'W' 12
    /// Market-wide circuit breaker status.
    MwcbStatus {
        /// 1, 2 or 3.
        breached_level: u8,
    }
    b'K' 28
    /// IPO quoting period.
    IpoQuotingPeriod {
        /// Symbol, padded.
        stock: [u8; 8],
        /// Seconds since midnight.
        release_time_s: u32,
        /// A anticipated, C cancelled.
        release_qualifier: u8,
        /// Price.
        ipo_price: u32,
    }
    b'J' 35
    /// LULD auction collar.
    LuldAuctionCollar {
        /// Symbol, padded.
        stock: [u8; 8],
        /// Reference price.
        reference_price: u32,
        /// Upper price.
        upper_price: u32,
        /// Lower price.
        lower_price: u32,
        /// Extension.
        extension: u32,
    }
    b'h' 21
    /// Operational halt.
    OperationalHalt {
        /// Symbol, padded.
        stock: [u8; 8],
        /// Q, B or X.
        market_code: u8,
        /// H halted, T trading.
        halt_action: u8,
    }
    b'A' 36
    /// Add order.
    AddOrder {
        /// Order reference.
        order_reference: u64,
        /// B or S.
        side: u8,
        /// Shares.
        shares: u32,
        /// Symbol, padded.
        stock: [u8; 8],
        /// Limit price.
        price: u32,
    }
    b'F' 40
    /// Add order with attribution.
    AddOrderMpid {
        /// Order reference.
        order_reference: u64,
        /// B or S.
        side: u8,
        /// Shares.
        shares: u32,
        /// Symbol, padded.
        stock: [u8; 8],
        /// Limit price.
        price: u32,
        /// Participant.
        attribution: [u8; 4],
    }
    b'E' 31
    /// Order executed.
    OrderExecuted {
        /// Order reference.
        order_reference: u64,
        /// Shares.
        shares: u32,
        /// Match number.
        match_number: u64,
    }
    b'C' 36
    /// Order executed with price.
    OrderExecutedWithPrice {
        /// Order reference.
        order_reference: u64,
        /// Shares.
        shares: u32,
        /// Match number.
        match_number: u64,
        /// Y or N.
        printable: u8,
        /// Execution price.
        price: u32,
    }
    b'X' 23
    /// Order cancel (part of it).
    OrderCancel {
        /// Order reference.
        order_reference: u64,
        /// Shares cancelled.
        shares: u32,
    }
    b'D' 19
    /// Order delete.
    OrderDelete {
        /// Order reference.
        order_reference: u64,
    }
    b'U' 35
    /// Order replace.
    OrderReplace {
        /// Order reference that leaves.
        order_reference: u64,
        /// Order reference that comes.
        new_order_reference: u64,
        /// Shares.
        shares: u32,
        /// Limit price.
        price: u32,
    }
    b'P' 44
    /// Trade against a non-displayed order.
    Trade {
        /// Order reference, 0 since 2010.
        order_reference: u64,
        /// B or S.
        side: u8,
        /// Shares.
        shares: u32,
        /// Symbol, padded.
        stock: [u8; 8],
        /// Price.
        price: u32,
        /// Match number.
        match_number: u64,
    }
    b'Q' 40
    /// Cross trade.
    CrossTrade {
        /// Shares.
        cross_shares: u64,
        /// Symbol, padded.
        stock: [u8; 8],
        /// Price.
        price: u32,
        /// Match number.
        match_number: u64,
        /// O, C, H or I.
        cross_type: u8,
    }
    b'B' 19
    /// Broken trade.
    BrokenTrade {
        /// Match number.
        match_number: u64,
    }
    b'I' 50
    /// Net order imbalance.
    NetOrderImbalance {
        /// Shares paired.
        paired_shares: u64,
        /// Shares not paired.
        imbalance_shares: u64,
        /// B, S, N, O or P.
        imbalance_direction: u8,
        /// Symbol, padded.
        stock: [u8; 8],
        /// Far price.
        far_price: u32,
        /// Near price.
        near_price: u32,
        /// Current reference price.
        current_reference_price: u32,
        /// O, C, H or A.
        cross_type: u8,
        /// Deviation.
        price_variation: u8,
    }
    b'N' 20
    /// Retail price improvement.
    RetailPriceImprovement {
        /// Symbol, padded.
        stock: [u8; 8],
        /// B, S, A or N.
        interest_flag: u8,
    }
    b'O' 48
    /// Direct listing with capital raise: price discovery.
    DirectListing {
        /// Symbol, padded.
        stock: [u8; 8],
        /// Y or N.
        open_eligibility: u8,
        /// Minimum allowable price.
        min_allowable_price: u32,
        /// Maximum allowable price.
        max_allowable_price: u32,
        /// Near execution price.
        near_execution_price: u32,
        /// Nanoseconds since midnight.
        near_execution_time_ns: u64,
        /// Lower collar.
        lower_price_range_collar: u32,
        /// Upper collar.
        upper_price_range_collar: u32,
    }
}
