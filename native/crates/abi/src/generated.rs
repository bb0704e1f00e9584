// Generated from packages/abi/schema/abi.json by pnpm codegen. Do not edit.
use core::mem::offset_of;

use bytemuck::{Pod, Zeroable};

/// Version of the schema.
pub const ABI_VERSION: u32 = 1;
/// Version of the framing on the wire.
pub const WIRE_VERSION: u16 = 1;
/// 64 bits of SHA-256 over the schema.
pub const ABI_HASH: u64 = 15747626118072045167;
/// What a loader compares: version, hash and the size of every record.
pub const MANIFEST: &str = "wavetank-abi 1 da8ace8517590e6f Event=40 Record=64 IntentAnswer=16 ViewHeader=88 ViewLevel=32 ViewOwnOrder=32 ViewTrade=24 FramePrefix=40 HeaderFrame=88 TickFrame=232 BookFrame=48 RiskFrame=128 LatStage=24 LatFrame=64 EventsFrame=56 TradeFrame=72 ChaosFrame=96 StormFrame=176 HeartbeatFrame=160";
/// length of a virtual-time quantum (ns).
pub const QUANTUM_NS: u64 = 1000000;
/// Tick frames per virtual second and watched instrument (1/s).
pub const TICK_HZ: u32 = 50;
/// Book frames per virtual second and watched instrument (1/s).
pub const BOOK_HZ: u32 = 10;
/// levels a side in a Book frame (levels).
pub const BOOK_FRAME_LEVELS: u32 = 20;
/// levels a side in a storm view, at most (levels).
pub const VIEW_LEVELS: u32 = 256;
/// levels that depth and imbalance sum (levels).
pub const DEPTH_LEVELS: u32 = 10;
/// instruments with analytics and detectors at once (instruments).
pub const WATCH_MAX: u32 = 16;
/// bit 63: a storm's own order (mask).
pub const ORDER_ID_STORM_BIT: u64 = 9223372036854775808;
/// bit 62: reserved, always rejected (mask).
pub const ORDER_ID_RESERVED_BIT: u64 = 4611686018427387904;
/// largest price a book event may carry (the width of the ITCH field) (1/10000 dollar).
pub const PRICE_MAX: u64 = 4294967295;
/// largest quantity a book event may carry (the width of the ITCH field) (shares).
pub const QTY_MAX: u64 = 4294967295;
/// severity 1.0 (ppm).
pub const SEVERITY_ONE: u32 = 1000000;
/// shortest storm (ms).
pub const STORM_DURATION_MIN_MS: u32 = 5000;
/// longest storm (ms).
pub const STORM_DURATION_MAX_MS: u32 = 120000;
/// default half-life of returning quantity (ms).
pub const RECOVERY_HALF_LIFE_MS: u32 = 800;
/// kind number of a user's own storm: this bit and 15 bits of XXH64(name) (mask).
pub const USER_STORM_KIND_BIT: u32 = 32768;

/// Kind of a market event.
#[repr(u8)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EventType {
    /// a new resting order.
    Add = 1,
    /// quantity leaves; 0 means all.
    Cancel = 2,
    /// same id, new price and quantity.
    Modify = 3,
    /// a print; fills order_id unless non-displayed or cross.
    Trade = 4,
    /// the instrument's book is emptied.
    Clear = 5,
    /// trading status; qty = ITCH type byte, price = its state byte.
    Status = 6,
}
impl EventType {
    /// The variant of a raw value; `None` when the schema has no such value.
    #[inline]
    pub const fn from_raw(raw: u8) -> Option<Self> {
        match raw {
            1 => Some(Self::Add),
            2 => Some(Self::Cancel),
            3 => Some(Self::Modify),
            4 => Some(Self::Trade),
            5 => Some(Self::Clear),
            6 => Some(Self::Status),
            _ => None,
        }
    }
    /// The name in the schema.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Add => "Add",
            Self::Cancel => "Cancel",
            Self::Modify => "Modify",
            Self::Trade => "Trade",
            Self::Clear => "Clear",
            Self::Status => "Status",
        }
    }
}
/// What a storm asks for; an intent uses the Event layout with this as its type.
#[repr(u8)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum IntentOp {
    /// post-only order of the storm; order_id = handle.
    AddOwn = 129,
    /// cancel the own order with this handle.
    CancelOwn = 130,
    /// side = the taker's side; buys or sells up to qty to the limit price.
    Take = 131,
    /// displace source orders at this side and price, youngest first.
    Withdraw = 132,
    /// what this storm displaced starts to return.
    Release = 133,
}
impl IntentOp {
    /// The variant of a raw value; `None` when the schema has no such value.
    #[inline]
    pub const fn from_raw(raw: u8) -> Option<Self> {
        match raw {
            129 => Some(Self::AddOwn),
            130 => Some(Self::CancelOwn),
            131 => Some(Self::Take),
            132 => Some(Self::Withdraw),
            133 => Some(Self::Release),
            _ => None,
        }
    }
    /// The name in the schema.
    pub const fn name(self) -> &'static str {
        match self {
            Self::AddOwn => "AddOwn",
            Self::CancelOwn => "CancelOwn",
            Self::Take => "Take",
            Self::Withdraw => "Withdraw",
            Self::Release => "Release",
        }
    }
}
/// How an intent went.
#[repr(u32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum IntentResult {
    /// nothing of it happened.
    None = 0,
    /// done_qty of it happened.
    Partial = 1,
    /// all of it happened.
    Done = 2,
}
impl IntentResult {
    /// The variant of a raw value; `None` when the schema has no such value.
    #[inline]
    pub const fn from_raw(raw: u32) -> Option<Self> {
        match raw {
            0 => Some(Self::None),
            1 => Some(Self::Partial),
            2 => Some(Self::Done),
            _ => None,
        }
    }
    /// The name in the schema.
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "None",
            Self::Partial => "Partial",
            Self::Done => "Done",
        }
    }
}
/// Side of the book.
#[repr(u8)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Side {
    /// buy.
    Bid = 0,
    /// sell.
    Ask = 1,
    /// taken from the order named.
    Inherit = 2,
}
impl Side {
    /// The variant of a raw value; `None` when the schema has no such value.
    #[inline]
    pub const fn from_raw(raw: u8) -> Option<Self> {
        match raw {
            0 => Some(Self::Bid),
            1 => Some(Self::Ask),
            2 => Some(Self::Inherit),
            _ => None,
        }
    }
    /// The name in the schema.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Bid => "Bid",
            Self::Ask => "Ask",
            Self::Inherit => "Inherit",
        }
    }
}
/// How an event applied. The first rule that fails names the status; both halves of a replace carry the same.
#[repr(u32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ApplyStatus {
    /// the book changed.
    Applied = 0,
    /// accepted, no effect on the book (hidden and cross trades, Status).
    Tape = 1,
    /// unknown type.
    BadType = 2,
    /// unknown flag bits.
    BadFlags = 3,
    /// unknown side, or inherit where a side is needed.
    BadSide = 4,
    /// bit 62 set, or bit 63 on a source event.
    ReservedId = 5,
    /// price or quantity wider than 32 bits.
    OutOfRange = 6,
    /// half of a replace without its other half.
    TornReplace = 7,
    /// quantity 0 where some is needed.
    ZeroQty = 8,
    /// no such live order.
    UnknownOrder = 9,
    /// the order lives on another instrument.
    WrongInstrument = 10,
    /// the id is live already.
    DuplicateId = 11,
}
impl ApplyStatus {
    /// The variant of a raw value; `None` when the schema has no such value.
    #[inline]
    pub const fn from_raw(raw: u32) -> Option<Self> {
        match raw {
            0 => Some(Self::Applied),
            1 => Some(Self::Tape),
            2 => Some(Self::BadType),
            3 => Some(Self::BadFlags),
            4 => Some(Self::BadSide),
            5 => Some(Self::ReservedId),
            6 => Some(Self::OutOfRange),
            7 => Some(Self::TornReplace),
            8 => Some(Self::ZeroQty),
            9 => Some(Self::UnknownOrder),
            10 => Some(Self::WrongInstrument),
            11 => Some(Self::DuplicateId),
            _ => None,
        }
    }
    /// The name in the schema.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Applied => "Applied",
            Self::Tape => "Tape",
            Self::BadType => "BadType",
            Self::BadFlags => "BadFlags",
            Self::BadSide => "BadSide",
            Self::ReservedId => "ReservedId",
            Self::OutOfRange => "OutOfRange",
            Self::TornReplace => "TornReplace",
            Self::ZeroQty => "ZeroQty",
            Self::UnknownOrder => "UnknownOrder",
            Self::WrongInstrument => "WrongInstrument",
            Self::DuplicateId => "DuplicateId",
        }
    }
}
/// Where a sequenced event comes from.
#[repr(u32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Channel {
    /// the source, verbatim.
    Source = 0,
    /// inserted by the resolver.
    Storm = 1,
}
impl Channel {
    /// The variant of a raw value; `None` when the schema has no such value.
    #[inline]
    pub const fn from_raw(raw: u32) -> Option<Self> {
        match raw {
            0 => Some(Self::Source),
            1 => Some(Self::Storm),
            _ => None,
        }
    }
    /// The name in the schema.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Source => "Source",
            Self::Storm => "Storm",
        }
    }
}
/// Why the resolver inserted an event: the ground truth.
#[repr(u32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum StormRole {
    /// a source event.
    None = 0,
    /// a storm's own order placed.
    Own = 1,
    /// a storm's own order cancelled.
    OwnCancel = 2,
    /// a storm took resting quantity.
    Take = 3,
    /// a source order displaced.
    Withdraw = 4,
    /// an injected order traded out of the way of the source.
    Yield = 5,
    /// an injected order cancelled out of the way.
    YieldCancel = 6,
    /// a displaced owner quotes again before its replace.
    StandIn = 7,
    /// displaced quantity returns.
    Return = 8,
    /// displaced order returns so that a duplicate is rejected.
    DuplicateReturn = 9,
    /// own order cancelled at the storm's end.
    EndCancel = 10,
}
impl StormRole {
    /// The variant of a raw value; `None` when the schema has no such value.
    #[inline]
    pub const fn from_raw(raw: u32) -> Option<Self> {
        match raw {
            0 => Some(Self::None),
            1 => Some(Self::Own),
            2 => Some(Self::OwnCancel),
            3 => Some(Self::Take),
            4 => Some(Self::Withdraw),
            5 => Some(Self::Yield),
            6 => Some(Self::YieldCancel),
            7 => Some(Self::StandIn),
            8 => Some(Self::Return),
            9 => Some(Self::DuplicateReturn),
            10 => Some(Self::EndCancel),
            _ => None,
        }
    }
    /// The name in the schema.
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "None",
            Self::Own => "Own",
            Self::OwnCancel => "OwnCancel",
            Self::Take => "Take",
            Self::Withdraw => "Withdraw",
            Self::Yield => "Yield",
            Self::YieldCancel => "YieldCancel",
            Self::StandIn => "StandIn",
            Self::Return => "Return",
            Self::DuplicateReturn => "DuplicateReturn",
            Self::EndCancel => "EndCancel",
        }
    }
}
/// Kind of a frame on the wire.
#[repr(u16)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FrameKind {
    /// first frame of every connection.
    Header = 1,
    /// analytics of one instrument.
    Tick = 2,
    /// levels of one instrument.
    Book = 3,
    /// state of a target's risk gate.
    Risk = 4,
    /// stage latencies.
    Lat = 5,
    /// one print.
    Trade = 6,
    /// a detector raised a flag.
    Chaos = 7,
    /// a storm changed phase.
    Storm = 8,
    /// the engine is alive.
    Heartbeat = 9,
    /// request to the engine: JSON.
    Control = 10,
    /// answer of the engine: JSON.
    Answer = 11,
    /// records of one instrument, in order.
    Events = 12,
    /// the resting orders of one instrument, as the Adds that make its book.
    Snapshot = 13,
}
impl FrameKind {
    /// The variant of a raw value; `None` when the schema has no such value.
    #[inline]
    pub const fn from_raw(raw: u16) -> Option<Self> {
        match raw {
            1 => Some(Self::Header),
            2 => Some(Self::Tick),
            3 => Some(Self::Book),
            4 => Some(Self::Risk),
            5 => Some(Self::Lat),
            6 => Some(Self::Trade),
            7 => Some(Self::Chaos),
            8 => Some(Self::Storm),
            9 => Some(Self::Heartbeat),
            10 => Some(Self::Control),
            11 => Some(Self::Answer),
            12 => Some(Self::Events),
            13 => Some(Self::Snapshot),
            _ => None,
        }
    }
    /// The name in the schema.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Header => "Header",
            Self::Tick => "Tick",
            Self::Book => "Book",
            Self::Risk => "Risk",
            Self::Lat => "Lat",
            Self::Trade => "Trade",
            Self::Chaos => "Chaos",
            Self::Storm => "Storm",
            Self::Heartbeat => "Heartbeat",
            Self::Control => "Control",
            Self::Answer => "Answer",
            Self::Events => "Events",
            Self::Snapshot => "Snapshot",
        }
    }
}
/// What a second execution can promise.
#[repr(u8)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RunClass {
    /// no live target: everything repeats.
    D0 = 0,
    /// source and storms repeat, the target keeps its own time.
    D1 = 1,
    /// replay of a recorded log.
    D2 = 2,
}
impl RunClass {
    /// The variant of a raw value; `None` when the schema has no such value.
    #[inline]
    pub const fn from_raw(raw: u8) -> Option<Self> {
        match raw {
            0 => Some(Self::D0),
            1 => Some(Self::D1),
            2 => Some(Self::D2),
            _ => None,
        }
    }
    /// The name in the schema.
    pub const fn name(self) -> &'static str {
        match self {
            Self::D0 => "D0",
            Self::D1 => "D1",
            Self::D2 => "D2",
        }
    }
}
/// What the source is.
#[repr(u8)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SourceKind {
    /// nothing open.
    None = 0,
    /// an ITCH 5.0 file.
    Itch = 1,
    /// the seeded generator.
    Synthetic = 2,
    /// a recorded run.
    Run = 3,
}
impl SourceKind {
    /// The variant of a raw value; `None` when the schema has no such value.
    #[inline]
    pub const fn from_raw(raw: u8) -> Option<Self> {
        match raw {
            0 => Some(Self::None),
            1 => Some(Self::Itch),
            2 => Some(Self::Synthetic),
            3 => Some(Self::Run),
            _ => None,
        }
    }
    /// The name in the schema.
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "None",
            Self::Itch => "Itch",
            Self::Synthetic => "Synthetic",
            Self::Run => "Run",
        }
    }
}
/// State of the source control.
#[repr(u8)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TransportState {
    /// nothing open.
    Idle = 0,
    /// the source is being opened.
    Opening = 1,
    /// virtual time runs.
    Playing = 2,
    /// held by a person.
    Paused = 3,
    /// held because a lossless consumer is behind.
    Stalled = 4,
    /// the source is exhausted.
    Ended = 5,
}
impl TransportState {
    /// The variant of a raw value; `None` when the schema has no such value.
    #[inline]
    pub const fn from_raw(raw: u8) -> Option<Self> {
        match raw {
            0 => Some(Self::Idle),
            1 => Some(Self::Opening),
            2 => Some(Self::Playing),
            3 => Some(Self::Paused),
            4 => Some(Self::Stalled),
            5 => Some(Self::Ended),
            _ => None,
        }
    }
    /// The name in the schema.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Idle => "Idle",
            Self::Opening => "Opening",
            Self::Playing => "Playing",
            Self::Paused => "Paused",
            Self::Stalled => "Stalled",
            Self::Ended => "Ended",
        }
    }
}
/// Market regime.
#[repr(u8)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Regime {
    /// less than 30 s of history.
    Unknown = 0,
    /// calm.
    Calm = 1,
    /// volatile.
    Volatile = 2,
    /// aggressive.
    Aggressive = 3,
    /// crisis.
    Crisis = 4,
}
impl Regime {
    /// The variant of a raw value; `None` when the schema has no such value.
    #[inline]
    pub const fn from_raw(raw: u8) -> Option<Self> {
        match raw {
            0 => Some(Self::Unknown),
            1 => Some(Self::Calm),
            2 => Some(Self::Volatile),
            3 => Some(Self::Aggressive),
            4 => Some(Self::Crisis),
            _ => None,
        }
    }
    /// The name in the schema.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unknown => "Unknown",
            Self::Calm => "Calm",
            Self::Volatile => "Volatile",
            Self::Aggressive => "Aggressive",
            Self::Crisis => "Crisis",
        }
    }
}
/// Kinds of storm that ship.
#[repr(u16)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum StormKind {
    /// layers near the touch placed and pulled before they can trade.
    PhantomLiquidity = 1,
    /// a flood of adds and cancels.
    CancellationStorm = 2,
    /// takes in the direction of imbalance, layering behind, then lets go.
    MomentumIgnition = 3,
    /// bids withdrawn and swept, linear slide, then recovery.
    FlashCrash = 4,
    /// delivery stalls to the target, quotes fade on the stale side.
    LatencyArbProxy = 5,
}
impl StormKind {
    /// The variant of a raw value; `None` when the schema has no such value.
    #[inline]
    pub const fn from_raw(raw: u16) -> Option<Self> {
        match raw {
            1 => Some(Self::PhantomLiquidity),
            2 => Some(Self::CancellationStorm),
            3 => Some(Self::MomentumIgnition),
            4 => Some(Self::FlashCrash),
            5 => Some(Self::LatencyArbProxy),
            _ => None,
        }
    }
    /// The name in the schema.
    pub const fn name(self) -> &'static str {
        match self {
            Self::PhantomLiquidity => "PhantomLiquidity",
            Self::CancellationStorm => "CancellationStorm",
            Self::MomentumIgnition => "MomentumIgnition",
            Self::FlashCrash => "FlashCrash",
            Self::LatencyArbProxy => "LatencyArbProxy",
        }
    }
}
/// Detectors; 1 to 5 bear the number of their storm kind.
#[repr(u16)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Detector {
    /// depth that flickers.
    PhantomLiquidity = 1,
    /// cancel-dominated burst.
    CancellationStorm = 2,
    /// directional takes, then let go.
    MomentumIgnition = 3,
    /// slide with a widening spread.
    FlashCrash = 4,
    /// print, then quote fade.
    LatencyArbProxy = 5,
    /// message burst without trades.
    QuoteStuff = 6,
    /// layering on one side, trading on the other.
    Spoof = 7,
}
impl Detector {
    /// The variant of a raw value; `None` when the schema has no such value.
    #[inline]
    pub const fn from_raw(raw: u16) -> Option<Self> {
        match raw {
            1 => Some(Self::PhantomLiquidity),
            2 => Some(Self::CancellationStorm),
            3 => Some(Self::MomentumIgnition),
            4 => Some(Self::FlashCrash),
            5 => Some(Self::LatencyArbProxy),
            6 => Some(Self::QuoteStuff),
            7 => Some(Self::Spoof),
            _ => None,
        }
    }
    /// The name in the schema.
    pub const fn name(self) -> &'static str {
        match self {
            Self::PhantomLiquidity => "PhantomLiquidity",
            Self::CancellationStorm => "CancellationStorm",
            Self::MomentumIgnition => "MomentumIgnition",
            Self::FlashCrash => "FlashCrash",
            Self::LatencyArbProxy => "LatencyArbProxy",
            Self::QuoteStuff => "QuoteStuff",
            Self::Spoof => "Spoof",
        }
    }
}
/// Where a storm stands.
#[repr(u8)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum StormPhase {
    /// emits intents.
    Running = 1,
    /// ended; what it displaced returns.
    Returning = 2,
    /// ended, nothing displaced.
    Closed = 3,
}
impl StormPhase {
    /// The variant of a raw value; `None` when the schema has no such value.
    #[inline]
    pub const fn from_raw(raw: u8) -> Option<Self> {
        match raw {
            1 => Some(Self::Running),
            2 => Some(Self::Returning),
            3 => Some(Self::Closed),
            _ => None,
        }
    }
    /// The name in the schema.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Running => "Running",
            Self::Returning => "Returning",
            Self::Closed => "Closed",
        }
    }
}
/// Why a storm ended.
#[repr(u8)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum StormCause {
    /// it has not ended.
    None = 0,
    /// its duration passed.
    Expired = 1,
    /// stopped by a person or scenario.
    Stopped = 2,
    /// the source ended.
    SourceEnd = 3,
    /// the storm code failed.
    Aborted = 4,
}
impl StormCause {
    /// The variant of a raw value; `None` when the schema has no such value.
    #[inline]
    pub const fn from_raw(raw: u8) -> Option<Self> {
        match raw {
            0 => Some(Self::None),
            1 => Some(Self::Expired),
            2 => Some(Self::Stopped),
            3 => Some(Self::SourceEnd),
            4 => Some(Self::Aborted),
            _ => None,
        }
    }
    /// The name in the schema.
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "None",
            Self::Expired => "Expired",
            Self::Stopped => "Stopped",
            Self::SourceEnd => "SourceEnd",
            Self::Aborted => "Aborted",
        }
    }
}
/// State of a risk gate.
#[repr(u8)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RiskState {
    /// orders are judged.
    Armed = 1,
    /// latched by a guard.
    Tripped = 2,
    /// latched by hand.
    Killed = 3,
}
impl RiskState {
    /// The variant of a raw value; `None` when the schema has no such value.
    #[inline]
    pub const fn from_raw(raw: u8) -> Option<Self> {
        match raw {
            1 => Some(Self::Armed),
            2 => Some(Self::Tripped),
            3 => Some(Self::Killed),
            _ => None,
        }
    }
    /// The name in the schema.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Armed => "Armed",
            Self::Tripped => "Tripped",
            Self::Killed => "Killed",
        }
    }
}
/// Guards of the risk gate.
#[repr(u8)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RiskGuard {
    /// no guard.
    None = 0,
    /// token bucket of orders.
    OrderRate = 1,
    /// position cap including working orders.
    Position = 2,
    /// mark-to-market loss since start of day.
    DailyLoss = 3,
    /// orders per fill.
    OrderToTrade = 4,
    /// feed gaps in window.
    FeedGaps = 5,
    /// manual kill.
    Kill = 6,
}
impl RiskGuard {
    /// The variant of a raw value; `None` when the schema has no such value.
    #[inline]
    pub const fn from_raw(raw: u8) -> Option<Self> {
        match raw {
            0 => Some(Self::None),
            1 => Some(Self::OrderRate),
            2 => Some(Self::Position),
            3 => Some(Self::DailyLoss),
            4 => Some(Self::OrderToTrade),
            5 => Some(Self::FeedGaps),
            6 => Some(Self::Kill),
            _ => None,
        }
    }
    /// The name in the schema.
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "None",
            Self::OrderRate => "OrderRate",
            Self::Position => "Position",
            Self::DailyLoss => "DailyLoss",
            Self::OrderToTrade => "OrderToTrade",
            Self::FeedGaps => "FeedGaps",
            Self::Kill => "Kill",
        }
    }
}
/// Stages with measured latency.
#[repr(u8)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Stage {
    /// bytes to events.
    Parse = 0,
    /// events through resolve and book.
    Apply = 1,
    /// flow and detectors.
    Analytics = 2,
    /// risk decisions.
    Risk = 3,
    /// frames written.
    Wire = 4,
}
impl Stage {
    /// The variant of a raw value; `None` when the schema has no such value.
    #[inline]
    pub const fn from_raw(raw: u8) -> Option<Self> {
        match raw {
            0 => Some(Self::Parse),
            1 => Some(Self::Apply),
            2 => Some(Self::Analytics),
            3 => Some(Self::Risk),
            4 => Some(Self::Wire),
            _ => None,
        }
    }
    /// The name in the schema.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Parse => "Parse",
            Self::Apply => "Apply",
            Self::Analytics => "Analytics",
            Self::Risk => "Risk",
            Self::Wire => "Wire",
        }
    }
}
/// Modifiers of an event.
pub mod event_flags {
    /// another event of the same step follows; observers wait.
    pub const MORE: u16 = 1;
    /// half of a replace.
    pub const REPLACE: u16 = 2;
    /// hidden trade.
    pub const NON_DISPLAYED: u16 = 4;
    /// cross trade.
    pub const CROSS: u16 = 8;
    /// not part of volume.
    pub const NON_PRINTABLE: u16 = 16;
    /// inserted by the resolver.
    pub const INJECTED: u16 = 32;
    /// a broken trade.
    pub const BROKEN: u16 = 64;
    /// Every bit the schema knows.
    pub const ALL: u16 = 127;
}
/// Marks of a frame.
pub mod frame_flags {
    /// lossless class: the 1 Hz tick, Risk, Chaos, Storm.
    pub const RECORD: u16 = 1;
    /// the source is synthetic.
    pub const SYNTHETIC: u16 = 2;
    /// analytics have not warmed up.
    pub const WARMING: u16 = 4;
    /// frames of this class were lost before this one.
    pub const GAP: u16 = 8;
    /// Every bit the schema knows.
    pub const ALL: u16 = 15;
}
/// One market event; an intent uses the same layout.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Pod, Zeroable)]
pub struct Event {
    /// venue time; for storms the quantum end (ns since venue midnight).
    pub ts_ns: u64,
    /// limit or trade price (1/10000 dollar). Null: 0.
    pub price: u64,
    /// quantity; Cancel 0 means all (shares).
    pub qty: u64,
    /// order reference; Status BROKEN: match number (id). Null: 0.
    pub order_id: u64,
    /// ITCH stock locate (id).
    pub instrument_id: u32,
    /// what happened (enum EventType).
    pub event_type: u8,
    /// side of the order, or inherit (enum Side).
    pub side: u8,
    /// modifiers (flags EventFlags).
    pub flags: u16,
}
const _: () = {
    assert!(size_of::<Event>() == 40 && align_of::<Event>() == 8);
    assert!(offset_of!(Event, ts_ns) == 0);
    assert!(offset_of!(Event, price) == 8);
    assert!(offset_of!(Event, qty) == 16);
    assert!(offset_of!(Event, order_id) == 24);
    assert!(offset_of!(Event, instrument_id) == 32);
    assert!(offset_of!(Event, event_type) == 36);
    assert!(offset_of!(Event, side) == 37);
    assert!(offset_of!(Event, flags) == 38);
};
/// A sequenced event with its label, as the log and the feed hold it.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Pod, Zeroable)]
pub struct Record {
    /// 1, 2, ... in order of application (sequence).
    pub seq: u64,
    /// venue time; for storms the quantum end (ns since venue midnight).
    pub ts_ns: u64,
    /// limit or trade price (1/10000 dollar). Null: 0.
    pub price: u64,
    /// quantity; Cancel 0 means all (shares).
    pub qty: u64,
    /// order reference; Status BROKEN: match number (id). Null: 0.
    pub order_id: u64,
    /// ITCH stock locate (id).
    pub instrument_id: u32,
    /// what happened (enum EventType).
    pub event_type: u8,
    /// side of the order, or inherit (enum Side).
    pub side: u8,
    /// modifiers (flags EventFlags).
    pub flags: u16,
    /// source or storm (enum Channel).
    pub channel: u32,
    /// how it applied (enum ApplyStatus).
    pub status: u32,
    /// storm that caused it (id). Null: 0.
    pub storm_id: u32,
    /// why it was inserted (enum StormRole).
    pub role: u32,
}
const _: () = {
    assert!(size_of::<Record>() == 64 && align_of::<Record>() == 8);
    assert!(offset_of!(Record, seq) == 0);
    assert!(offset_of!(Record, ts_ns) == 8);
    assert!(offset_of!(Record, price) == 16);
    assert!(offset_of!(Record, qty) == 24);
    assert!(offset_of!(Record, order_id) == 32);
    assert!(offset_of!(Record, instrument_id) == 40);
    assert!(offset_of!(Record, event_type) == 44);
    assert!(offset_of!(Record, side) == 45);
    assert!(offset_of!(Record, flags) == 46);
    assert!(offset_of!(Record, channel) == 48);
    assert!(offset_of!(Record, status) == 52);
    assert!(offset_of!(Record, storm_id) == 56);
    assert!(offset_of!(Record, role) == 60);
};
/// How one intent went.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Pod, Zeroable)]
pub struct IntentAnswer {
    /// how much happened (shares).
    pub done_qty: u64,
    /// position in the batch (index).
    pub index: u32,
    /// none, partial or done (enum IntentResult).
    pub result: u32,
}
const _: () = {
    assert!(size_of::<IntentAnswer>() == 16 && align_of::<IntentAnswer>() == 8);
    assert!(offset_of!(IntentAnswer, done_qty) == 0);
    assert!(offset_of!(IntentAnswer, index) == 8);
    assert!(offset_of!(IntentAnswer, result) == 12);
};
/// What a storm sees besides levels, own orders and trades.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Pod, Zeroable)]
pub struct ViewHeader {
    /// quantum end T (ns since venue midnight).
    pub ts_ns: u64,
    /// instrument of the storm (id).
    pub instrument_id: u32,
    /// price increment (1/10000 dollar).
    pub tick_size: u32,
    /// T trading, H halted, P paused, Q quotation only (ITCH state byte).
    pub trading_state: u32,
    /// bid levels that follow (levels).
    pub bid_count: u32,
    /// ask levels that follow (levels).
    pub ask_count: u32,
    /// own orders that follow (orders).
    pub own_count: u32,
    /// trades of the quantum that follow (trades).
    pub trade_count: u32,
    /// trades of the quantum that did not fit (trades).
    pub trades_omitted: u32,
    /// median event rate of the 10 s before start (events per 1000 s).
    pub baseline_rate_milli: u64,
    /// median ten-level bid depth (shares).
    pub baseline_bid_depth: u64,
    /// median ten-level ask depth (shares).
    pub baseline_ask_depth: u64,
    /// median spread (1/10000 dollar).
    pub baseline_spread: u64,
    /// displaced by this storm on the bid, left (shares).
    pub displaced_bid: u64,
    /// displaced by this storm on the ask, left (shares).
    pub displaced_ask: u64,
}
const _: () = {
    assert!(size_of::<ViewHeader>() == 88 && align_of::<ViewHeader>() == 8);
    assert!(offset_of!(ViewHeader, ts_ns) == 0);
    assert!(offset_of!(ViewHeader, instrument_id) == 8);
    assert!(offset_of!(ViewHeader, tick_size) == 12);
    assert!(offset_of!(ViewHeader, trading_state) == 16);
    assert!(offset_of!(ViewHeader, bid_count) == 20);
    assert!(offset_of!(ViewHeader, ask_count) == 24);
    assert!(offset_of!(ViewHeader, own_count) == 28);
    assert!(offset_of!(ViewHeader, trade_count) == 32);
    assert!(offset_of!(ViewHeader, trades_omitted) == 36);
    assert!(offset_of!(ViewHeader, baseline_rate_milli) == 40);
    assert!(offset_of!(ViewHeader, baseline_bid_depth) == 48);
    assert!(offset_of!(ViewHeader, baseline_ask_depth) == 56);
    assert!(offset_of!(ViewHeader, baseline_spread) == 64);
    assert!(offset_of!(ViewHeader, displaced_bid) == 72);
    assert!(offset_of!(ViewHeader, displaced_ask) == 80);
};
/// One price level of a view or a Book frame.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Pod, Zeroable)]
pub struct ViewLevel {
    /// price (1/10000 dollar).
    pub price: u64,
    /// resting, injected included (shares).
    pub qty: u64,
    /// of it: storms' own orders (shares).
    pub injected_qty: u64,
    /// orders resting (orders).
    pub orders: u32,
    /// 0 (none).
    pub reserved: u32,
}
const _: () = {
    assert!(size_of::<ViewLevel>() == 32 && align_of::<ViewLevel>() == 8);
    assert!(offset_of!(ViewLevel, price) == 0);
    assert!(offset_of!(ViewLevel, qty) == 8);
    assert!(offset_of!(ViewLevel, injected_qty) == 16);
    assert!(offset_of!(ViewLevel, orders) == 24);
    assert!(offset_of!(ViewLevel, reserved) == 28);
};
/// One of the storm's own orders.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Pod, Zeroable)]
pub struct ViewOwnOrder {
    /// limit (1/10000 dollar).
    pub price: u64,
    /// resting now; 0 = gone since the last call (shares).
    pub qty: u64,
    /// filled since the last call (shares).
    pub filled_qty: u64,
    /// chosen by the storm (handle).
    pub handle: u32,
    /// side (enum Side).
    pub side: u32,
}
const _: () = {
    assert!(size_of::<ViewOwnOrder>() == 32 && align_of::<ViewOwnOrder>() == 8);
    assert!(offset_of!(ViewOwnOrder, price) == 0);
    assert!(offset_of!(ViewOwnOrder, qty) == 8);
    assert!(offset_of!(ViewOwnOrder, filled_qty) == 16);
    assert!(offset_of!(ViewOwnOrder, handle) == 24);
    assert!(offset_of!(ViewOwnOrder, side) == 28);
};
/// One trade of the quantum.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Pod, Zeroable)]
pub struct ViewTrade {
    /// price (1/10000 dollar).
    pub price: u64,
    /// quantity (shares).
    pub qty: u64,
    /// side of the resting order, inherit when hidden (enum Side).
    pub side: u32,
    /// modifiers (flags EventFlags).
    pub flags: u32,
}
const _: () = {
    assert!(size_of::<ViewTrade>() == 24 && align_of::<ViewTrade>() == 8);
    assert!(offset_of!(ViewTrade, price) == 0);
    assert!(offset_of!(ViewTrade, qty) == 8);
    assert!(offset_of!(ViewTrade, side) == 16);
    assert!(offset_of!(ViewTrade, flags) == 20);
};
/// Every frame but Control and Answer begins so.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Pod, Zeroable)]
pub struct FramePrefix {
    /// which record follows (enum FrameKind).
    pub frame_kind: u16,
    /// delivery class and marks (flags FrameFlags).
    pub frame_flags: u16,
    /// instrument the frame speaks of (id). Null: 0.
    pub instrument_id: u32,
    /// last sequenced event the frame reflects (sequence).
    pub seq: u64,
    /// virtual now (ns since venue midnight).
    pub ts_run_ns: u64,
    /// stamp of the last source event (ns since venue midnight). Null: 0.
    pub ts_event_ns: u64,
    /// symbol, padded with spaces (text). Null: spaces.
    pub symbol: [u8; 8],
}
const _: () = {
    assert!(size_of::<FramePrefix>() == 40 && align_of::<FramePrefix>() == 8);
    assert!(offset_of!(FramePrefix, frame_kind) == 0);
    assert!(offset_of!(FramePrefix, frame_flags) == 2);
    assert!(offset_of!(FramePrefix, instrument_id) == 4);
    assert!(offset_of!(FramePrefix, seq) == 8);
    assert!(offset_of!(FramePrefix, ts_run_ns) == 16);
    assert!(offset_of!(FramePrefix, ts_event_ns) == 24);
    assert!(offset_of!(FramePrefix, symbol) == 32);
};
/// First frame of every connection.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Pod, Zeroable)]
pub struct HeaderFrame {
    /// which record follows (enum FrameKind).
    pub frame_kind: u16,
    /// delivery class and marks (flags FrameFlags).
    pub frame_flags: u16,
    /// instrument the frame speaks of (id). Null: 0.
    pub instrument_id: u32,
    /// last sequenced event the frame reflects (sequence).
    pub seq: u64,
    /// virtual now (ns since venue midnight).
    pub ts_run_ns: u64,
    /// stamp of the last source event (ns since venue midnight). Null: 0.
    pub ts_event_ns: u64,
    /// symbol, padded with spaces (text). Null: spaces.
    pub symbol: [u8; 8],
    /// hash of the schema (hash).
    pub abi_hash: u64,
    /// digest of the source (XXH64).
    pub input_digest: u64,
    /// seed of the synthetic source (seed). Null: 0.
    pub seed: u64,
    /// version of this schema (version).
    pub abi_version: u32,
    /// version of the framing (version).
    pub wire_version: u32,
    /// process of the engine (pid).
    pub engine_pid: u32,
    /// timelines since the engine started: open and seek begin a new one (count).
    pub epoch: u32,
    /// instruments known (instruments).
    pub instruments: u32,
    /// class of what runs (enum RunClass).
    pub run_class: u8,
    /// what the source is (enum SourceKind).
    pub source_kind: u8,
    /// 0 (none).
    pub reserved: u16,
}
const _: () = {
    assert!(size_of::<HeaderFrame>() == 88 && align_of::<HeaderFrame>() == 8);
    assert!(offset_of!(HeaderFrame, frame_kind) == 0);
    assert!(offset_of!(HeaderFrame, frame_flags) == 2);
    assert!(offset_of!(HeaderFrame, instrument_id) == 4);
    assert!(offset_of!(HeaderFrame, seq) == 8);
    assert!(offset_of!(HeaderFrame, ts_run_ns) == 16);
    assert!(offset_of!(HeaderFrame, ts_event_ns) == 24);
    assert!(offset_of!(HeaderFrame, symbol) == 32);
    assert!(offset_of!(HeaderFrame, abi_hash) == 40);
    assert!(offset_of!(HeaderFrame, input_digest) == 48);
    assert!(offset_of!(HeaderFrame, seed) == 56);
    assert!(offset_of!(HeaderFrame, abi_version) == 64);
    assert!(offset_of!(HeaderFrame, wire_version) == 68);
    assert!(offset_of!(HeaderFrame, engine_pid) == 72);
    assert!(offset_of!(HeaderFrame, epoch) == 76);
    assert!(offset_of!(HeaderFrame, instruments) == 80);
    assert!(offset_of!(HeaderFrame, run_class) == 84);
    assert!(offset_of!(HeaderFrame, source_kind) == 85);
    assert!(offset_of!(HeaderFrame, reserved) == 86);
};
/// Analytics of one instrument at a fixed virtual instant.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Pod, Zeroable)]
pub struct TickFrame {
    /// which record follows (enum FrameKind).
    pub frame_kind: u16,
    /// delivery class and marks (flags FrameFlags).
    pub frame_flags: u16,
    /// instrument the frame speaks of (id). Null: 0.
    pub instrument_id: u32,
    /// last sequenced event the frame reflects (sequence).
    pub seq: u64,
    /// virtual now (ns since venue midnight).
    pub ts_run_ns: u64,
    /// stamp of the last source event (ns since venue midnight). Null: 0.
    pub ts_event_ns: u64,
    /// symbol, padded with spaces (text). Null: spaces.
    pub symbol: [u8; 8],
    /// chain over everything sequenced (XXH3-64 chain).
    pub run_digest: u64,
    /// digest of all levels of all instruments, little endian (XXH3-128 sum).
    pub market_digest: [u8; 16],
    /// best bid + best ask (1/20000 dollar). Null: 0.
    pub mid_x2: u64,
    /// size-weighted touch (1/10000000 dollar). Null: 0.
    pub microprice_milli: u64,
    /// mid of the source without storms, times two (1/20000 dollar). Null: 0.
    pub twin_mid_x2: u64,
    /// best bid (1/10000 dollar). Null: 0.
    pub best_bid: u64,
    /// best ask (1/10000 dollar). Null: 0.
    pub best_ask: u64,
    /// ten levels (shares).
    pub bid_depth: u64,
    /// ten levels (shares).
    pub ask_depth: u64,
    /// ten levels of the source without storms (shares).
    pub twin_bid_depth: u64,
    /// ten levels of the source without storms (shares).
    pub twin_ask_depth: u64,
    /// printed since source start (shares).
    pub volume: u64,
    /// prints since source start (trades).
    pub trades: u64,
    /// of this instrument since source start (events).
    pub events: u64,
    /// storms' own orders resting (shares).
    pub injected_qty: u64,
    /// source quantity displaced (shares).
    pub displaced_qty: u64,
    /// best ask - best bid; 0 when crossed or locked (1/10000 dollar). Null: 4294967295.
    pub spread: u32,
    /// spread of the source without storms (1/10000 dollar). Null: 4294967295.
    pub twin_spread: u32,
    /// spread over mid (1/1000 bps). Null: 4294967295.
    pub spread_milli_bps: u32,
    /// (bid - ask) / (bid + ask) depth (ppm). Null: -2147483648.
    pub imbalance_ppm: i32,
    /// volume-synchronised probability of informed trading (ppm). Null: 4294967295.
    pub vpin_ppm: u32,
    /// trades in the last second (1/1000 trades per s).
    pub velocity_milli: u32,
    /// its moving average, weight 1/8 (1/1000 trades per s).
    pub velocity_ewma_milli: u32,
    /// mid over the last second (1/1000 bps). Null: -2147483648.
    pub drift_milli_bps: i32,
    /// events in the last second (1/1000 events per s).
    pub event_rate_milli: u32,
    /// price increment (1/10000 dollar).
    pub tick_size: u32,
    /// time the market was crossed, since source start (ms).
    pub crossed_ms: u32,
    /// sum of the regime terms (1/1000).
    pub regime_score_milli: u32,
    /// market regime (enum Regime).
    pub regime: u8,
    /// T trading; others hold storms (ITCH state byte).
    pub trading_state: u8,
    /// storms running on this instrument (storms).
    pub storms_active: u8,
    /// source control (enum TransportState).
    pub transport: u8,
    /// Tick frames of this instrument replaced by newer ones (frames).
    pub conflated: u32,
}
const _: () = {
    assert!(size_of::<TickFrame>() == 232 && align_of::<TickFrame>() == 8);
    assert!(offset_of!(TickFrame, frame_kind) == 0);
    assert!(offset_of!(TickFrame, frame_flags) == 2);
    assert!(offset_of!(TickFrame, instrument_id) == 4);
    assert!(offset_of!(TickFrame, seq) == 8);
    assert!(offset_of!(TickFrame, ts_run_ns) == 16);
    assert!(offset_of!(TickFrame, ts_event_ns) == 24);
    assert!(offset_of!(TickFrame, symbol) == 32);
    assert!(offset_of!(TickFrame, run_digest) == 40);
    assert!(offset_of!(TickFrame, market_digest) == 48);
    assert!(offset_of!(TickFrame, mid_x2) == 64);
    assert!(offset_of!(TickFrame, microprice_milli) == 72);
    assert!(offset_of!(TickFrame, twin_mid_x2) == 80);
    assert!(offset_of!(TickFrame, best_bid) == 88);
    assert!(offset_of!(TickFrame, best_ask) == 96);
    assert!(offset_of!(TickFrame, bid_depth) == 104);
    assert!(offset_of!(TickFrame, ask_depth) == 112);
    assert!(offset_of!(TickFrame, twin_bid_depth) == 120);
    assert!(offset_of!(TickFrame, twin_ask_depth) == 128);
    assert!(offset_of!(TickFrame, volume) == 136);
    assert!(offset_of!(TickFrame, trades) == 144);
    assert!(offset_of!(TickFrame, events) == 152);
    assert!(offset_of!(TickFrame, injected_qty) == 160);
    assert!(offset_of!(TickFrame, displaced_qty) == 168);
    assert!(offset_of!(TickFrame, spread) == 176);
    assert!(offset_of!(TickFrame, twin_spread) == 180);
    assert!(offset_of!(TickFrame, spread_milli_bps) == 184);
    assert!(offset_of!(TickFrame, imbalance_ppm) == 188);
    assert!(offset_of!(TickFrame, vpin_ppm) == 192);
    assert!(offset_of!(TickFrame, velocity_milli) == 196);
    assert!(offset_of!(TickFrame, velocity_ewma_milli) == 200);
    assert!(offset_of!(TickFrame, drift_milli_bps) == 204);
    assert!(offset_of!(TickFrame, event_rate_milli) == 208);
    assert!(offset_of!(TickFrame, tick_size) == 212);
    assert!(offset_of!(TickFrame, crossed_ms) == 216);
    assert!(offset_of!(TickFrame, regime_score_milli) == 220);
    assert!(offset_of!(TickFrame, regime) == 224);
    assert!(offset_of!(TickFrame, trading_state) == 225);
    assert!(offset_of!(TickFrame, storms_active) == 226);
    assert!(offset_of!(TickFrame, transport) == 227);
    assert!(offset_of!(TickFrame, conflated) == 228);
};
/// Levels of one instrument; bid_count then ask_count ViewLevels follow, best first.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Pod, Zeroable)]
pub struct BookFrame {
    /// which record follows (enum FrameKind).
    pub frame_kind: u16,
    /// delivery class and marks (flags FrameFlags).
    pub frame_flags: u16,
    /// instrument the frame speaks of (id). Null: 0.
    pub instrument_id: u32,
    /// last sequenced event the frame reflects (sequence).
    pub seq: u64,
    /// virtual now (ns since venue midnight).
    pub ts_run_ns: u64,
    /// stamp of the last source event (ns since venue midnight). Null: 0.
    pub ts_event_ns: u64,
    /// symbol, padded with spaces (text). Null: spaces.
    pub symbol: [u8; 8],
    /// bids that follow (levels).
    pub bid_count: u16,
    /// asks that follow (levels).
    pub ask_count: u16,
    /// price increment (1/10000 dollar).
    pub tick_size: u32,
}
const _: () = {
    assert!(size_of::<BookFrame>() == 48 && align_of::<BookFrame>() == 8);
    assert!(offset_of!(BookFrame, frame_kind) == 0);
    assert!(offset_of!(BookFrame, frame_flags) == 2);
    assert!(offset_of!(BookFrame, instrument_id) == 4);
    assert!(offset_of!(BookFrame, seq) == 8);
    assert!(offset_of!(BookFrame, ts_run_ns) == 16);
    assert!(offset_of!(BookFrame, ts_event_ns) == 24);
    assert!(offset_of!(BookFrame, symbol) == 32);
    assert!(offset_of!(BookFrame, bid_count) == 40);
    assert!(offset_of!(BookFrame, ask_count) == 42);
    assert!(offset_of!(BookFrame, tick_size) == 44);
};
/// State of one target's risk gate.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Pod, Zeroable)]
pub struct RiskFrame {
    /// which record follows (enum FrameKind).
    pub frame_kind: u16,
    /// delivery class and marks (flags FrameFlags).
    pub frame_flags: u16,
    /// instrument the frame speaks of (id). Null: 0.
    pub instrument_id: u32,
    /// last sequenced event the frame reflects (sequence).
    pub seq: u64,
    /// virtual now (ns since venue midnight).
    pub ts_run_ns: u64,
    /// stamp of the last source event (ns since venue midnight). Null: 0.
    pub ts_event_ns: u64,
    /// symbol, padded with spaces (text). Null: spaces.
    pub symbol: [u8; 8],
    /// signed position (shares).
    pub position: i64,
    /// open buy quantity (shares).
    pub working_buy: u64,
    /// open sell quantity (shares).
    pub working_sell: u64,
    /// mark-to-market since start of day (1/10000 dollar).
    pub pnl: i64,
    /// orders asked (orders).
    pub checks: u64,
    /// orders refused (orders).
    pub refused: u64,
    /// name of the target, padded with zeros (text).
    pub target: [u8; 32],
    /// armed, tripped or killed (enum RiskState).
    pub state: u8,
    /// guard that tripped (enum RiskGuard).
    pub guard: u8,
    /// 0 (none).
    pub reserved: u16,
    /// feed gaps in the window (gaps).
    pub gaps: u32,
}
const _: () = {
    assert!(size_of::<RiskFrame>() == 128 && align_of::<RiskFrame>() == 8);
    assert!(offset_of!(RiskFrame, frame_kind) == 0);
    assert!(offset_of!(RiskFrame, frame_flags) == 2);
    assert!(offset_of!(RiskFrame, instrument_id) == 4);
    assert!(offset_of!(RiskFrame, seq) == 8);
    assert!(offset_of!(RiskFrame, ts_run_ns) == 16);
    assert!(offset_of!(RiskFrame, ts_event_ns) == 24);
    assert!(offset_of!(RiskFrame, symbol) == 32);
    assert!(offset_of!(RiskFrame, position) == 40);
    assert!(offset_of!(RiskFrame, working_buy) == 48);
    assert!(offset_of!(RiskFrame, working_sell) == 56);
    assert!(offset_of!(RiskFrame, pnl) == 64);
    assert!(offset_of!(RiskFrame, checks) == 72);
    assert!(offset_of!(RiskFrame, refused) == 80);
    assert!(offset_of!(RiskFrame, target) == 88);
    assert!(offset_of!(RiskFrame, state) == 120);
    assert!(offset_of!(RiskFrame, guard) == 121);
    assert!(offset_of!(RiskFrame, reserved) == 122);
    assert!(offset_of!(RiskFrame, gaps) == 124);
};
/// Latency of one stage.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Pod, Zeroable)]
pub struct LatStage {
    /// batches measured (batches).
    pub count: u64,
    /// median per event (ns).
    pub p50_ns: u32,
    /// 99th percentile per event (ns).
    pub p99_ns: u32,
    /// largest (ns).
    pub max_ns: u32,
    /// stage (enum Stage).
    pub stage: u8,
    /// 0 (none).
    pub reserved: [u8; 3],
}
const _: () = {
    assert!(size_of::<LatStage>() == 24 && align_of::<LatStage>() == 8);
    assert!(offset_of!(LatStage, count) == 0);
    assert!(offset_of!(LatStage, p50_ns) == 8);
    assert!(offset_of!(LatStage, p99_ns) == 12);
    assert!(offset_of!(LatStage, max_ns) == 16);
    assert!(offset_of!(LatStage, stage) == 20);
    assert!(offset_of!(LatStage, reserved) == 21);
};
/// Stage latencies; stage_count LatStages follow.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Pod, Zeroable)]
pub struct LatFrame {
    /// which record follows (enum FrameKind).
    pub frame_kind: u16,
    /// delivery class and marks (flags FrameFlags).
    pub frame_flags: u16,
    /// instrument the frame speaks of (id). Null: 0.
    pub instrument_id: u32,
    /// last sequenced event the frame reflects (sequence).
    pub seq: u64,
    /// virtual now (ns since venue midnight).
    pub ts_run_ns: u64,
    /// stamp of the last source event (ns since venue midnight). Null: 0.
    pub ts_event_ns: u64,
    /// symbol, padded with spaces (text). Null: spaces.
    pub symbol: [u8; 8],
    /// rate of the last wall second (events per wall second).
    pub events_per_s: u64,
    /// smallest step of the clock (ns).
    pub clock_step_ns: u32,
    /// cost of reading it, subtracted (ns).
    pub clock_cost_ns: u32,
    /// stages that follow (stages).
    pub stage_count: u32,
    /// 0 (none).
    pub reserved: u32,
}
const _: () = {
    assert!(size_of::<LatFrame>() == 64 && align_of::<LatFrame>() == 8);
    assert!(offset_of!(LatFrame, frame_kind) == 0);
    assert!(offset_of!(LatFrame, frame_flags) == 2);
    assert!(offset_of!(LatFrame, instrument_id) == 4);
    assert!(offset_of!(LatFrame, seq) == 8);
    assert!(offset_of!(LatFrame, ts_run_ns) == 16);
    assert!(offset_of!(LatFrame, ts_event_ns) == 24);
    assert!(offset_of!(LatFrame, symbol) == 32);
    assert!(offset_of!(LatFrame, events_per_s) == 40);
    assert!(offset_of!(LatFrame, clock_step_ns) == 48);
    assert!(offset_of!(LatFrame, clock_cost_ns) == 52);
    assert!(offset_of!(LatFrame, stage_count) == 56);
    assert!(offset_of!(LatFrame, reserved) == 60);
};
/// Everything of one instrument, for a subscriber; record_count Records follow. Kind Events or Snapshot.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Pod, Zeroable)]
pub struct EventsFrame {
    /// which record follows (enum FrameKind).
    pub frame_kind: u16,
    /// delivery class and marks (flags FrameFlags).
    pub frame_flags: u16,
    /// instrument the frame speaks of (id). Null: 0.
    pub instrument_id: u32,
    /// last sequenced event the frame reflects (sequence).
    pub seq: u64,
    /// virtual now (ns since venue midnight).
    pub ts_run_ns: u64,
    /// stamp of the last source event (ns since venue midnight). Null: 0.
    pub ts_event_ns: u64,
    /// symbol, padded with spaces (text). Null: spaces.
    pub symbol: [u8; 8],
    /// seq of the frame before of this instrument: another one means that something was lost; 0 in a snapshot (sequence). Null: 0.
    pub prev_seq: u64,
    /// Records that follow; in a snapshot bids then asks, best first, first in the queue first (records).
    pub record_count: u32,
    /// of the same snapshot, in the frames that follow; 0 elsewhere (records).
    pub remaining: u32,
}
const _: () = {
    assert!(size_of::<EventsFrame>() == 56 && align_of::<EventsFrame>() == 8);
    assert!(offset_of!(EventsFrame, frame_kind) == 0);
    assert!(offset_of!(EventsFrame, frame_flags) == 2);
    assert!(offset_of!(EventsFrame, instrument_id) == 4);
    assert!(offset_of!(EventsFrame, seq) == 8);
    assert!(offset_of!(EventsFrame, ts_run_ns) == 16);
    assert!(offset_of!(EventsFrame, ts_event_ns) == 24);
    assert!(offset_of!(EventsFrame, symbol) == 32);
    assert!(offset_of!(EventsFrame, prev_seq) == 40);
    assert!(offset_of!(EventsFrame, record_count) == 48);
    assert!(offset_of!(EventsFrame, remaining) == 52);
};
/// One print.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Pod, Zeroable)]
pub struct TradeFrame {
    /// which record follows (enum FrameKind).
    pub frame_kind: u16,
    /// delivery class and marks (flags FrameFlags).
    pub frame_flags: u16,
    /// instrument the frame speaks of (id). Null: 0.
    pub instrument_id: u32,
    /// last sequenced event the frame reflects (sequence).
    pub seq: u64,
    /// virtual now (ns since venue midnight).
    pub ts_run_ns: u64,
    /// stamp of the last source event (ns since venue midnight). Null: 0.
    pub ts_event_ns: u64,
    /// symbol, padded with spaces (text). Null: spaces.
    pub symbol: [u8; 8],
    /// price (1/10000 dollar).
    pub price: u64,
    /// quantity (shares).
    pub qty: u64,
    /// 1, 2, ... per instrument: a hole is a dropped print (count).
    pub trade_no: u64,
    /// side of the resting order; inherit when hidden (enum Side).
    pub side: u8,
    /// source or storm (enum Channel).
    pub channel: u8,
    /// modifiers (flags EventFlags).
    pub flags: u16,
    /// storm whose order took or was filled (id). Null: 0.
    pub storm_id: u32,
}
const _: () = {
    assert!(size_of::<TradeFrame>() == 72 && align_of::<TradeFrame>() == 8);
    assert!(offset_of!(TradeFrame, frame_kind) == 0);
    assert!(offset_of!(TradeFrame, frame_flags) == 2);
    assert!(offset_of!(TradeFrame, instrument_id) == 4);
    assert!(offset_of!(TradeFrame, seq) == 8);
    assert!(offset_of!(TradeFrame, ts_run_ns) == 16);
    assert!(offset_of!(TradeFrame, ts_event_ns) == 24);
    assert!(offset_of!(TradeFrame, symbol) == 32);
    assert!(offset_of!(TradeFrame, price) == 40);
    assert!(offset_of!(TradeFrame, qty) == 48);
    assert!(offset_of!(TradeFrame, trade_no) == 56);
    assert!(offset_of!(TradeFrame, side) == 64);
    assert!(offset_of!(TradeFrame, channel) == 65);
    assert!(offset_of!(TradeFrame, flags) == 66);
    assert!(offset_of!(TradeFrame, storm_id) == 68);
};
/// A detector raised a flag.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Pod, Zeroable)]
pub struct ChaosFrame {
    /// which record follows (enum FrameKind).
    pub frame_kind: u16,
    /// delivery class and marks (flags FrameFlags).
    pub frame_flags: u16,
    /// instrument the frame speaks of (id). Null: 0.
    pub instrument_id: u32,
    /// last sequenced event the frame reflects (sequence).
    pub seq: u64,
    /// virtual now (ns since venue midnight).
    pub ts_run_ns: u64,
    /// stamp of the last source event (ns since venue midnight). Null: 0.
    pub ts_event_ns: u64,
    /// symbol, padded with spaces (text). Null: spaces.
    pub symbol: [u8; 8],
    /// first moment of the evidence (ns since venue midnight).
    pub started_ts_ns: u64,
    /// an order involved (id). Null: 0.
    pub order_id_first: u64,
    /// another order involved (id). Null: 0.
    pub order_id_last: u64,
    /// quantity involved (shares).
    pub evidence_qty: u64,
    /// 1, 2, ... over all detectors (count).
    pub flag_no: u64,
    /// which detector (enum Detector).
    pub detector: u16,
    /// 0 (none).
    pub reserved: u16,
    /// 0 to 1 000 000 (ppm).
    pub severity_ppm: u32,
    /// storm it is scored a hit against; 0 = false flag (id). Null: 0.
    pub truth_storm_id: u32,
    /// from the storm's start (ms). Null: 4294967295.
    pub time_to_detect_ms: u32,
}
const _: () = {
    assert!(size_of::<ChaosFrame>() == 96 && align_of::<ChaosFrame>() == 8);
    assert!(offset_of!(ChaosFrame, frame_kind) == 0);
    assert!(offset_of!(ChaosFrame, frame_flags) == 2);
    assert!(offset_of!(ChaosFrame, instrument_id) == 4);
    assert!(offset_of!(ChaosFrame, seq) == 8);
    assert!(offset_of!(ChaosFrame, ts_run_ns) == 16);
    assert!(offset_of!(ChaosFrame, ts_event_ns) == 24);
    assert!(offset_of!(ChaosFrame, symbol) == 32);
    assert!(offset_of!(ChaosFrame, started_ts_ns) == 40);
    assert!(offset_of!(ChaosFrame, order_id_first) == 48);
    assert!(offset_of!(ChaosFrame, order_id_last) == 56);
    assert!(offset_of!(ChaosFrame, evidence_qty) == 64);
    assert!(offset_of!(ChaosFrame, flag_no) == 72);
    assert!(offset_of!(ChaosFrame, detector) == 80);
    assert!(offset_of!(ChaosFrame, reserved) == 82);
    assert!(offset_of!(ChaosFrame, severity_ppm) == 84);
    assert!(offset_of!(ChaosFrame, truth_storm_id) == 88);
    assert!(offset_of!(ChaosFrame, time_to_detect_ms) == 92);
};
/// A storm changed phase, or its progress once a virtual second.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Pod, Zeroable)]
pub struct StormFrame {
    /// which record follows (enum FrameKind).
    pub frame_kind: u16,
    /// delivery class and marks (flags FrameFlags).
    pub frame_flags: u16,
    /// instrument the frame speaks of (id). Null: 0.
    pub instrument_id: u32,
    /// last sequenced event the frame reflects (sequence).
    pub seq: u64,
    /// virtual now (ns since venue midnight).
    pub ts_run_ns: u64,
    /// stamp of the last source event (ns since venue midnight). Null: 0.
    pub ts_event_ns: u64,
    /// symbol, padded with spaces (text). Null: spaces.
    pub symbol: [u8; 8],
    /// seed used (seed).
    pub seed: u64,
    /// start (ns since venue midnight).
    pub started_ts_ns: u64,
    /// end at the latest (ns since venue midnight).
    pub expires_ts_ns: u64,
    /// last sequence before the storm (sequence).
    pub start_seq: u64,
    /// last sequence of the storm's slot at its end (sequence). Null: 0.
    pub end_seq: u64,
    /// channel-1 events it caused (events).
    pub events: u64,
    /// taken (shares).
    pub taken_qty: u64,
    /// withdrawn (shares).
    pub withdrawn_qty: u64,
    /// own orders placed (shares).
    pub placed_qty: u64,
    /// displaced, left to return (shares).
    pub displaced_qty: u64,
    /// number of the storm (id).
    pub storm_id: u32,
    /// severity (ppm).
    pub severity_ppm: u32,
    /// duration asked (ms).
    pub duration_ms: u32,
    /// number of the kind (enum StormKind).
    pub kind: u16,
    /// running, returning, closed (enum StormPhase).
    pub phase: u8,
    /// why it ended (enum StormCause).
    pub cause: u8,
    /// name of the kind, padded with zeros (text).
    pub kind_name: [u8; 32],
    /// severity asked for now, its ramp included (ppm).
    pub asked_ppm: u32,
    /// effect reached now; 1000000 = what severity 1 does at its height (ppm). Null: 4294967295.
    pub realised_ppm: u32,
}
const _: () = {
    assert!(size_of::<StormFrame>() == 176 && align_of::<StormFrame>() == 8);
    assert!(offset_of!(StormFrame, frame_kind) == 0);
    assert!(offset_of!(StormFrame, frame_flags) == 2);
    assert!(offset_of!(StormFrame, instrument_id) == 4);
    assert!(offset_of!(StormFrame, seq) == 8);
    assert!(offset_of!(StormFrame, ts_run_ns) == 16);
    assert!(offset_of!(StormFrame, ts_event_ns) == 24);
    assert!(offset_of!(StormFrame, symbol) == 32);
    assert!(offset_of!(StormFrame, seed) == 40);
    assert!(offset_of!(StormFrame, started_ts_ns) == 48);
    assert!(offset_of!(StormFrame, expires_ts_ns) == 56);
    assert!(offset_of!(StormFrame, start_seq) == 64);
    assert!(offset_of!(StormFrame, end_seq) == 72);
    assert!(offset_of!(StormFrame, events) == 80);
    assert!(offset_of!(StormFrame, taken_qty) == 88);
    assert!(offset_of!(StormFrame, withdrawn_qty) == 96);
    assert!(offset_of!(StormFrame, placed_qty) == 104);
    assert!(offset_of!(StormFrame, displaced_qty) == 112);
    assert!(offset_of!(StormFrame, storm_id) == 120);
    assert!(offset_of!(StormFrame, severity_ppm) == 124);
    assert!(offset_of!(StormFrame, duration_ms) == 128);
    assert!(offset_of!(StormFrame, kind) == 132);
    assert!(offset_of!(StormFrame, phase) == 134);
    assert!(offset_of!(StormFrame, cause) == 135);
    assert!(offset_of!(StormFrame, kind_name) == 136);
    assert!(offset_of!(StormFrame, asked_ppm) == 168);
    assert!(offset_of!(StormFrame, realised_ppm) == 172);
};
/// The engine is alive; every 200 ms of wall time.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Pod, Zeroable)]
pub struct HeartbeatFrame {
    /// which record follows (enum FrameKind).
    pub frame_kind: u16,
    /// delivery class and marks (flags FrameFlags).
    pub frame_flags: u16,
    /// instrument the frame speaks of (id). Null: 0.
    pub instrument_id: u32,
    /// last sequenced event the frame reflects (sequence).
    pub seq: u64,
    /// virtual now (ns since venue midnight).
    pub ts_run_ns: u64,
    /// stamp of the last source event (ns since venue midnight). Null: 0.
    pub ts_event_ns: u64,
    /// symbol, padded with spaces (text). Null: spaces.
    pub symbol: [u8; 8],
    /// when the engine wrote it (ns since 1970).
    pub ts_wall_ns: u64,
    /// last sequence on disk (sequence). Null: 0.
    pub durable_seq: u64,
    /// sequenced since source start (events).
    pub events: u64,
    /// of them rejected (events).
    pub rejected: u64,
    /// messages the parser could not read (messages).
    pub parse_errors: u64,
    /// source time went back (events).
    pub ts_regressions: u64,
    /// view frames replaced by newer ones (frames).
    pub conflated: u64,
    /// feed frames lost to overflow (frames).
    pub feed_dropped: u64,
    /// resting in all books (orders).
    pub live_orders: u64,
    /// virtual time behind wall time (ns).
    pub lag_ns: u64,
    /// chain over everything sequenced (XXH3-64 chain).
    pub run_digest: u64,
    /// how far the source is read (bytes or events).
    pub source_position: u64,
    /// its length (bytes or events). Null: 0.
    pub source_length: u64,
    /// speed; 0 = as fast as possible (1/1000).
    pub speed_milli: u32,
    /// instruments with a book (instruments).
    pub instruments: u32,
    /// storms running (storms).
    pub storms_active: u32,
    /// source control (enum TransportState).
    pub transport: u8,
    /// a run is being recorded (bool).
    pub run_active: u8,
    /// class of what runs (enum RunClass).
    pub run_class: u8,
    /// what the source is (enum SourceKind).
    pub source_kind: u8,
}
const _: () = {
    assert!(size_of::<HeartbeatFrame>() == 160 && align_of::<HeartbeatFrame>() == 8);
    assert!(offset_of!(HeartbeatFrame, frame_kind) == 0);
    assert!(offset_of!(HeartbeatFrame, frame_flags) == 2);
    assert!(offset_of!(HeartbeatFrame, instrument_id) == 4);
    assert!(offset_of!(HeartbeatFrame, seq) == 8);
    assert!(offset_of!(HeartbeatFrame, ts_run_ns) == 16);
    assert!(offset_of!(HeartbeatFrame, ts_event_ns) == 24);
    assert!(offset_of!(HeartbeatFrame, symbol) == 32);
    assert!(offset_of!(HeartbeatFrame, ts_wall_ns) == 40);
    assert!(offset_of!(HeartbeatFrame, durable_seq) == 48);
    assert!(offset_of!(HeartbeatFrame, events) == 56);
    assert!(offset_of!(HeartbeatFrame, rejected) == 64);
    assert!(offset_of!(HeartbeatFrame, parse_errors) == 72);
    assert!(offset_of!(HeartbeatFrame, ts_regressions) == 80);
    assert!(offset_of!(HeartbeatFrame, conflated) == 88);
    assert!(offset_of!(HeartbeatFrame, feed_dropped) == 96);
    assert!(offset_of!(HeartbeatFrame, live_orders) == 104);
    assert!(offset_of!(HeartbeatFrame, lag_ns) == 112);
    assert!(offset_of!(HeartbeatFrame, run_digest) == 120);
    assert!(offset_of!(HeartbeatFrame, source_position) == 128);
    assert!(offset_of!(HeartbeatFrame, source_length) == 136);
    assert!(offset_of!(HeartbeatFrame, speed_milli) == 144);
    assert!(offset_of!(HeartbeatFrame, instruments) == 148);
    assert!(offset_of!(HeartbeatFrame, storms_active) == 152);
    assert!(offset_of!(HeartbeatFrame, transport) == 156);
    assert!(offset_of!(HeartbeatFrame, run_active) == 157);
    assert!(offset_of!(HeartbeatFrame, run_class) == 158);
    assert!(offset_of!(HeartbeatFrame, source_kind) == 159);
};
/// Kinds of storm: name, number.
pub const STORM_KINDS: &[(&str, u16)] = &[
    ("PhantomLiquidity", 1),
    ("CancellationStorm", 2),
    ("MomentumIgnition", 3),
    ("FlashCrash", 4),
    ("LatencyArbProxy", 5),
];
