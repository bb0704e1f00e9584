//! Generated from packages/abi/schema/abi.json by pnpm codegen. Do not edit.
const std = @import("std");

pub const ABI_VERSION: u32 = 1;
pub const ABI_HASH: u64 = 15747626118072045167;
pub const MANIFEST: []const u8 = "wavetank-abi 1 da8ace8517590e6f Event=40 Record=64 IntentAnswer=16 ViewHeader=88 ViewLevel=32 ViewOwnOrder=32 ViewTrade=24 FramePrefix=40 HeaderFrame=88 TickFrame=232 BookFrame=48 RiskFrame=128 LatStage=24 LatFrame=64 EventsFrame=56 TradeFrame=72 ChaosFrame=96 StormFrame=176 HeartbeatFrame=160";
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
pub const EventType = enum(u8) {
    /// a new resting order.
    add = 1,
    /// quantity leaves; 0 means all.
    cancel = 2,
    /// same id, new price and quantity.
    modify = 3,
    /// a print; fills order_id unless non-displayed or cross.
    trade = 4,
    /// the instrument's book is emptied.
    clear = 5,
    /// trading status; qty = ITCH type byte, price = its state byte.
    status = 6,
};
/// What a storm asks for; an intent uses the Event layout with this as its type.
pub const IntentOp = enum(u8) {
    /// post-only order of the storm; order_id = handle.
    add_own = 129,
    /// cancel the own order with this handle.
    cancel_own = 130,
    /// side = the taker's side; buys or sells up to qty to the limit price.
    take = 131,
    /// displace source orders at this side and price, youngest first.
    withdraw = 132,
    /// what this storm displaced starts to return.
    release = 133,
};
/// How an intent went.
pub const IntentResult = enum(u32) {
    /// nothing of it happened.
    none = 0,
    /// done_qty of it happened.
    partial = 1,
    /// all of it happened.
    done = 2,
};
/// Side of the book.
pub const Side = enum(u8) {
    /// buy.
    bid = 0,
    /// sell.
    ask = 1,
    /// taken from the order named.
    inherit = 2,
};
/// How an event applied. The first rule that fails names the status; both halves of a replace carry the same.
pub const ApplyStatus = enum(u32) {
    /// the book changed.
    applied = 0,
    /// accepted, no effect on the book (hidden and cross trades, Status).
    tape = 1,
    /// unknown type.
    bad_type = 2,
    /// unknown flag bits.
    bad_flags = 3,
    /// unknown side, or inherit where a side is needed.
    bad_side = 4,
    /// bit 62 set, or bit 63 on a source event.
    reserved_id = 5,
    /// price or quantity wider than 32 bits.
    out_of_range = 6,
    /// half of a replace without its other half.
    torn_replace = 7,
    /// quantity 0 where some is needed.
    zero_qty = 8,
    /// no such live order.
    unknown_order = 9,
    /// the order lives on another instrument.
    wrong_instrument = 10,
    /// the id is live already.
    duplicate_id = 11,
};
/// Where a sequenced event comes from.
pub const Channel = enum(u32) {
    /// the source, verbatim.
    source = 0,
    /// inserted by the resolver.
    storm = 1,
};
/// Why the resolver inserted an event: the ground truth.
pub const StormRole = enum(u32) {
    /// a source event.
    none = 0,
    /// a storm's own order placed.
    own = 1,
    /// a storm's own order cancelled.
    own_cancel = 2,
    /// a storm took resting quantity.
    take = 3,
    /// a source order displaced.
    withdraw = 4,
    /// an injected order traded out of the way of the source.
    yield = 5,
    /// an injected order cancelled out of the way.
    yield_cancel = 6,
    /// a displaced owner quotes again before its replace.
    stand_in = 7,
    /// displaced quantity returns.
    @"return" = 8,
    /// displaced order returns so that a duplicate is rejected.
    duplicate_return = 9,
    /// own order cancelled at the storm's end.
    end_cancel = 10,
};
/// Kind of a frame on the wire.
pub const FrameKind = enum(u16) {
    /// first frame of every connection.
    header = 1,
    /// analytics of one instrument.
    tick = 2,
    /// levels of one instrument.
    book = 3,
    /// state of a target's risk gate.
    risk = 4,
    /// stage latencies.
    lat = 5,
    /// one print.
    trade = 6,
    /// a detector raised a flag.
    chaos = 7,
    /// a storm changed phase.
    storm = 8,
    /// the engine is alive.
    heartbeat = 9,
    /// request to the engine: JSON.
    control = 10,
    /// answer of the engine: JSON.
    answer = 11,
    /// records of one instrument, in order.
    events = 12,
    /// the resting orders of one instrument, as the Adds that make its book.
    snapshot = 13,
};
/// What a second execution can promise.
pub const RunClass = enum(u8) {
    /// no live target: everything repeats.
    d0 = 0,
    /// source and storms repeat, the target keeps its own time.
    d1 = 1,
    /// replay of a recorded log.
    d2 = 2,
};
/// What the source is.
pub const SourceKind = enum(u8) {
    /// nothing open.
    none = 0,
    /// an ITCH 5.0 file.
    itch = 1,
    /// the seeded generator.
    synthetic = 2,
    /// a recorded run.
    run = 3,
};
/// State of the source control.
pub const TransportState = enum(u8) {
    /// nothing open.
    idle = 0,
    /// the source is being opened.
    opening = 1,
    /// virtual time runs.
    playing = 2,
    /// held by a person.
    paused = 3,
    /// held because a lossless consumer is behind.
    stalled = 4,
    /// the source is exhausted.
    ended = 5,
};
/// Market regime.
pub const Regime = enum(u8) {
    /// less than 30 s of history.
    unknown = 0,
    /// calm.
    calm = 1,
    /// volatile.
    @"volatile" = 2,
    /// aggressive.
    aggressive = 3,
    /// crisis.
    crisis = 4,
};
/// Kinds of storm that ship.
pub const StormKind = enum(u16) {
    /// layers near the touch placed and pulled before they can trade.
    phantom_liquidity = 1,
    /// a flood of adds and cancels.
    cancellation_storm = 2,
    /// takes in the direction of imbalance, layering behind, then lets go.
    momentum_ignition = 3,
    /// bids withdrawn and swept, linear slide, then recovery.
    flash_crash = 4,
    /// delivery stalls to the target, quotes fade on the stale side.
    latency_arb_proxy = 5,
};
/// Detectors; 1 to 5 bear the number of their storm kind.
pub const Detector = enum(u16) {
    /// depth that flickers.
    phantom_liquidity = 1,
    /// cancel-dominated burst.
    cancellation_storm = 2,
    /// directional takes, then let go.
    momentum_ignition = 3,
    /// slide with a widening spread.
    flash_crash = 4,
    /// print, then quote fade.
    latency_arb_proxy = 5,
    /// message burst without trades.
    quote_stuff = 6,
    /// layering on one side, trading on the other.
    spoof = 7,
};
/// Where a storm stands.
pub const StormPhase = enum(u8) {
    /// emits intents.
    running = 1,
    /// ended; what it displaced returns.
    returning = 2,
    /// ended, nothing displaced.
    closed = 3,
};
/// Why a storm ended.
pub const StormCause = enum(u8) {
    /// it has not ended.
    none = 0,
    /// its duration passed.
    expired = 1,
    /// stopped by a person or scenario.
    stopped = 2,
    /// the source ended.
    source_end = 3,
    /// the storm code failed.
    aborted = 4,
};
/// State of a risk gate.
pub const RiskState = enum(u8) {
    /// orders are judged.
    armed = 1,
    /// latched by a guard.
    tripped = 2,
    /// latched by hand.
    killed = 3,
};
/// Guards of the risk gate.
pub const RiskGuard = enum(u8) {
    /// no guard.
    none = 0,
    /// token bucket of orders.
    order_rate = 1,
    /// position cap including working orders.
    position = 2,
    /// mark-to-market loss since start of day.
    daily_loss = 3,
    /// orders per fill.
    order_to_trade = 4,
    /// feed gaps in window.
    feed_gaps = 5,
    /// manual kill.
    kill = 6,
};
/// Stages with measured latency.
pub const Stage = enum(u8) {
    /// bytes to events.
    parse = 0,
    /// events through resolve and book.
    apply = 1,
    /// flow and detectors.
    analytics = 2,
    /// risk decisions.
    risk = 3,
    /// frames written.
    wire = 4,
};
/// Modifiers of an event.
pub const EventFlags = struct {
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
};
/// Marks of a frame.
pub const FrameFlags = struct {
    /// lossless class: the 1 Hz tick, Risk, Chaos, Storm.
    pub const RECORD: u16 = 1;
    /// the source is synthetic.
    pub const SYNTHETIC: u16 = 2;
    /// analytics have not warmed up.
    pub const WARMING: u16 = 4;
    /// frames of this class were lost before this one.
    pub const GAP: u16 = 8;
};
/// One market event; an intent uses the same layout.
pub const Event = extern struct {
    /// venue time; for storms the quantum end (ns since venue midnight).
    ts_ns: u64,
    /// limit or trade price (1/10000 dollar).
    price: u64,
    /// quantity; Cancel 0 means all (shares).
    qty: u64,
    /// order reference; Status BROKEN: match number (id).
    order_id: u64,
    /// ITCH stock locate (id).
    instrument_id: u32,
    /// what happened (enum EventType).
    event_type: u8,
    /// side of the order, or inherit (enum Side).
    side: u8,
    /// modifiers (flags EventFlags).
    flags: u16,
};
comptime {
    std.debug.assert(@sizeOf(Event) == 40 and @alignOf(Event) == 8);
    std.debug.assert(@offsetOf(Event, "ts_ns") == 0);
    std.debug.assert(@offsetOf(Event, "price") == 8);
    std.debug.assert(@offsetOf(Event, "qty") == 16);
    std.debug.assert(@offsetOf(Event, "order_id") == 24);
    std.debug.assert(@offsetOf(Event, "instrument_id") == 32);
    std.debug.assert(@offsetOf(Event, "event_type") == 36);
    std.debug.assert(@offsetOf(Event, "side") == 37);
    std.debug.assert(@offsetOf(Event, "flags") == 38);
}
/// A sequenced event with its label, as the log and the feed hold it.
pub const Record = extern struct {
    /// 1, 2, ... in order of application (sequence).
    seq: u64,
    /// venue time; for storms the quantum end (ns since venue midnight).
    ts_ns: u64,
    /// limit or trade price (1/10000 dollar).
    price: u64,
    /// quantity; Cancel 0 means all (shares).
    qty: u64,
    /// order reference; Status BROKEN: match number (id).
    order_id: u64,
    /// ITCH stock locate (id).
    instrument_id: u32,
    /// what happened (enum EventType).
    event_type: u8,
    /// side of the order, or inherit (enum Side).
    side: u8,
    /// modifiers (flags EventFlags).
    flags: u16,
    /// source or storm (enum Channel).
    channel: u32,
    /// how it applied (enum ApplyStatus).
    status: u32,
    /// storm that caused it (id).
    storm_id: u32,
    /// why it was inserted (enum StormRole).
    role: u32,
};
comptime {
    std.debug.assert(@sizeOf(Record) == 64 and @alignOf(Record) == 8);
    std.debug.assert(@offsetOf(Record, "seq") == 0);
    std.debug.assert(@offsetOf(Record, "ts_ns") == 8);
    std.debug.assert(@offsetOf(Record, "price") == 16);
    std.debug.assert(@offsetOf(Record, "qty") == 24);
    std.debug.assert(@offsetOf(Record, "order_id") == 32);
    std.debug.assert(@offsetOf(Record, "instrument_id") == 40);
    std.debug.assert(@offsetOf(Record, "event_type") == 44);
    std.debug.assert(@offsetOf(Record, "side") == 45);
    std.debug.assert(@offsetOf(Record, "flags") == 46);
    std.debug.assert(@offsetOf(Record, "channel") == 48);
    std.debug.assert(@offsetOf(Record, "status") == 52);
    std.debug.assert(@offsetOf(Record, "storm_id") == 56);
    std.debug.assert(@offsetOf(Record, "role") == 60);
}
/// How one intent went.
pub const IntentAnswer = extern struct {
    /// how much happened (shares).
    done_qty: u64,
    /// position in the batch (index).
    index: u32,
    /// none, partial or done (enum IntentResult).
    result: u32,
};
comptime {
    std.debug.assert(@sizeOf(IntentAnswer) == 16 and @alignOf(IntentAnswer) == 8);
    std.debug.assert(@offsetOf(IntentAnswer, "done_qty") == 0);
    std.debug.assert(@offsetOf(IntentAnswer, "index") == 8);
    std.debug.assert(@offsetOf(IntentAnswer, "result") == 12);
}
/// What a storm sees besides levels, own orders and trades.
pub const ViewHeader = extern struct {
    /// quantum end T (ns since venue midnight).
    ts_ns: u64,
    /// instrument of the storm (id).
    instrument_id: u32,
    /// price increment (1/10000 dollar).
    tick_size: u32,
    /// T trading, H halted, P paused, Q quotation only (ITCH state byte).
    trading_state: u32,
    /// bid levels that follow (levels).
    bid_count: u32,
    /// ask levels that follow (levels).
    ask_count: u32,
    /// own orders that follow (orders).
    own_count: u32,
    /// trades of the quantum that follow (trades).
    trade_count: u32,
    /// trades of the quantum that did not fit (trades).
    trades_omitted: u32,
    /// median event rate of the 10 s before start (events per 1000 s).
    baseline_rate_milli: u64,
    /// median ten-level bid depth (shares).
    baseline_bid_depth: u64,
    /// median ten-level ask depth (shares).
    baseline_ask_depth: u64,
    /// median spread (1/10000 dollar).
    baseline_spread: u64,
    /// displaced by this storm on the bid, left (shares).
    displaced_bid: u64,
    /// displaced by this storm on the ask, left (shares).
    displaced_ask: u64,
};
comptime {
    std.debug.assert(@sizeOf(ViewHeader) == 88 and @alignOf(ViewHeader) == 8);
    std.debug.assert(@offsetOf(ViewHeader, "ts_ns") == 0);
    std.debug.assert(@offsetOf(ViewHeader, "instrument_id") == 8);
    std.debug.assert(@offsetOf(ViewHeader, "tick_size") == 12);
    std.debug.assert(@offsetOf(ViewHeader, "trading_state") == 16);
    std.debug.assert(@offsetOf(ViewHeader, "bid_count") == 20);
    std.debug.assert(@offsetOf(ViewHeader, "ask_count") == 24);
    std.debug.assert(@offsetOf(ViewHeader, "own_count") == 28);
    std.debug.assert(@offsetOf(ViewHeader, "trade_count") == 32);
    std.debug.assert(@offsetOf(ViewHeader, "trades_omitted") == 36);
    std.debug.assert(@offsetOf(ViewHeader, "baseline_rate_milli") == 40);
    std.debug.assert(@offsetOf(ViewHeader, "baseline_bid_depth") == 48);
    std.debug.assert(@offsetOf(ViewHeader, "baseline_ask_depth") == 56);
    std.debug.assert(@offsetOf(ViewHeader, "baseline_spread") == 64);
    std.debug.assert(@offsetOf(ViewHeader, "displaced_bid") == 72);
    std.debug.assert(@offsetOf(ViewHeader, "displaced_ask") == 80);
}
/// One price level of a view or a Book frame.
pub const ViewLevel = extern struct {
    /// price (1/10000 dollar).
    price: u64,
    /// resting, injected included (shares).
    qty: u64,
    /// of it: storms' own orders (shares).
    injected_qty: u64,
    /// orders resting (orders).
    orders: u32,
    /// 0 (none).
    reserved: u32,
};
comptime {
    std.debug.assert(@sizeOf(ViewLevel) == 32 and @alignOf(ViewLevel) == 8);
    std.debug.assert(@offsetOf(ViewLevel, "price") == 0);
    std.debug.assert(@offsetOf(ViewLevel, "qty") == 8);
    std.debug.assert(@offsetOf(ViewLevel, "injected_qty") == 16);
    std.debug.assert(@offsetOf(ViewLevel, "orders") == 24);
    std.debug.assert(@offsetOf(ViewLevel, "reserved") == 28);
}
/// One of the storm's own orders.
pub const ViewOwnOrder = extern struct {
    /// limit (1/10000 dollar).
    price: u64,
    /// resting now; 0 = gone since the last call (shares).
    qty: u64,
    /// filled since the last call (shares).
    filled_qty: u64,
    /// chosen by the storm (handle).
    handle: u32,
    /// side (enum Side).
    side: u32,
};
comptime {
    std.debug.assert(@sizeOf(ViewOwnOrder) == 32 and @alignOf(ViewOwnOrder) == 8);
    std.debug.assert(@offsetOf(ViewOwnOrder, "price") == 0);
    std.debug.assert(@offsetOf(ViewOwnOrder, "qty") == 8);
    std.debug.assert(@offsetOf(ViewOwnOrder, "filled_qty") == 16);
    std.debug.assert(@offsetOf(ViewOwnOrder, "handle") == 24);
    std.debug.assert(@offsetOf(ViewOwnOrder, "side") == 28);
}
/// One trade of the quantum.
pub const ViewTrade = extern struct {
    /// price (1/10000 dollar).
    price: u64,
    /// quantity (shares).
    qty: u64,
    /// side of the resting order, inherit when hidden (enum Side).
    side: u32,
    /// modifiers (flags EventFlags).
    flags: u32,
};
comptime {
    std.debug.assert(@sizeOf(ViewTrade) == 24 and @alignOf(ViewTrade) == 8);
    std.debug.assert(@offsetOf(ViewTrade, "price") == 0);
    std.debug.assert(@offsetOf(ViewTrade, "qty") == 8);
    std.debug.assert(@offsetOf(ViewTrade, "side") == 16);
    std.debug.assert(@offsetOf(ViewTrade, "flags") == 20);
}
/// Every frame but Control and Answer begins so.
pub const FramePrefix = extern struct {
    /// which record follows (enum FrameKind).
    frame_kind: u16,
    /// delivery class and marks (flags FrameFlags).
    frame_flags: u16,
    /// instrument the frame speaks of (id).
    instrument_id: u32,
    /// last sequenced event the frame reflects (sequence).
    seq: u64,
    /// virtual now (ns since venue midnight).
    ts_run_ns: u64,
    /// stamp of the last source event (ns since venue midnight).
    ts_event_ns: u64,
    /// symbol, padded with spaces (text).
    symbol: [8]u8,
};
comptime {
    std.debug.assert(@sizeOf(FramePrefix) == 40 and @alignOf(FramePrefix) == 8);
    std.debug.assert(@offsetOf(FramePrefix, "frame_kind") == 0);
    std.debug.assert(@offsetOf(FramePrefix, "frame_flags") == 2);
    std.debug.assert(@offsetOf(FramePrefix, "instrument_id") == 4);
    std.debug.assert(@offsetOf(FramePrefix, "seq") == 8);
    std.debug.assert(@offsetOf(FramePrefix, "ts_run_ns") == 16);
    std.debug.assert(@offsetOf(FramePrefix, "ts_event_ns") == 24);
    std.debug.assert(@offsetOf(FramePrefix, "symbol") == 32);
}
/// First frame of every connection.
pub const HeaderFrame = extern struct {
    /// which record follows (enum FrameKind).
    frame_kind: u16,
    /// delivery class and marks (flags FrameFlags).
    frame_flags: u16,
    /// instrument the frame speaks of (id).
    instrument_id: u32,
    /// last sequenced event the frame reflects (sequence).
    seq: u64,
    /// virtual now (ns since venue midnight).
    ts_run_ns: u64,
    /// stamp of the last source event (ns since venue midnight).
    ts_event_ns: u64,
    /// symbol, padded with spaces (text).
    symbol: [8]u8,
    /// hash of the schema (hash).
    abi_hash: u64,
    /// digest of the source (XXH64).
    input_digest: u64,
    /// seed of the synthetic source (seed).
    seed: u64,
    /// version of this schema (version).
    abi_version: u32,
    /// version of the framing (version).
    wire_version: u32,
    /// process of the engine (pid).
    engine_pid: u32,
    /// timelines since the engine started: open and seek begin a new one (count).
    epoch: u32,
    /// instruments known (instruments).
    instruments: u32,
    /// class of what runs (enum RunClass).
    run_class: u8,
    /// what the source is (enum SourceKind).
    source_kind: u8,
    /// 0 (none).
    reserved: u16,
};
comptime {
    std.debug.assert(@sizeOf(HeaderFrame) == 88 and @alignOf(HeaderFrame) == 8);
    std.debug.assert(@offsetOf(HeaderFrame, "frame_kind") == 0);
    std.debug.assert(@offsetOf(HeaderFrame, "frame_flags") == 2);
    std.debug.assert(@offsetOf(HeaderFrame, "instrument_id") == 4);
    std.debug.assert(@offsetOf(HeaderFrame, "seq") == 8);
    std.debug.assert(@offsetOf(HeaderFrame, "ts_run_ns") == 16);
    std.debug.assert(@offsetOf(HeaderFrame, "ts_event_ns") == 24);
    std.debug.assert(@offsetOf(HeaderFrame, "symbol") == 32);
    std.debug.assert(@offsetOf(HeaderFrame, "abi_hash") == 40);
    std.debug.assert(@offsetOf(HeaderFrame, "input_digest") == 48);
    std.debug.assert(@offsetOf(HeaderFrame, "seed") == 56);
    std.debug.assert(@offsetOf(HeaderFrame, "abi_version") == 64);
    std.debug.assert(@offsetOf(HeaderFrame, "wire_version") == 68);
    std.debug.assert(@offsetOf(HeaderFrame, "engine_pid") == 72);
    std.debug.assert(@offsetOf(HeaderFrame, "epoch") == 76);
    std.debug.assert(@offsetOf(HeaderFrame, "instruments") == 80);
    std.debug.assert(@offsetOf(HeaderFrame, "run_class") == 84);
    std.debug.assert(@offsetOf(HeaderFrame, "source_kind") == 85);
    std.debug.assert(@offsetOf(HeaderFrame, "reserved") == 86);
}
/// Analytics of one instrument at a fixed virtual instant.
pub const TickFrame = extern struct {
    /// which record follows (enum FrameKind).
    frame_kind: u16,
    /// delivery class and marks (flags FrameFlags).
    frame_flags: u16,
    /// instrument the frame speaks of (id).
    instrument_id: u32,
    /// last sequenced event the frame reflects (sequence).
    seq: u64,
    /// virtual now (ns since venue midnight).
    ts_run_ns: u64,
    /// stamp of the last source event (ns since venue midnight).
    ts_event_ns: u64,
    /// symbol, padded with spaces (text).
    symbol: [8]u8,
    /// chain over everything sequenced (XXH3-64 chain).
    run_digest: u64,
    /// digest of all levels of all instruments, little endian (XXH3-128 sum).
    market_digest: [16]u8,
    /// best bid + best ask (1/20000 dollar).
    mid_x2: u64,
    /// size-weighted touch (1/10000000 dollar).
    microprice_milli: u64,
    /// mid of the source without storms, times two (1/20000 dollar).
    twin_mid_x2: u64,
    /// best bid (1/10000 dollar).
    best_bid: u64,
    /// best ask (1/10000 dollar).
    best_ask: u64,
    /// ten levels (shares).
    bid_depth: u64,
    /// ten levels (shares).
    ask_depth: u64,
    /// ten levels of the source without storms (shares).
    twin_bid_depth: u64,
    /// ten levels of the source without storms (shares).
    twin_ask_depth: u64,
    /// printed since source start (shares).
    volume: u64,
    /// prints since source start (trades).
    trades: u64,
    /// of this instrument since source start (events).
    events: u64,
    /// storms' own orders resting (shares).
    injected_qty: u64,
    /// source quantity displaced (shares).
    displaced_qty: u64,
    /// best ask - best bid; 0 when crossed or locked (1/10000 dollar).
    spread: u32,
    /// spread of the source without storms (1/10000 dollar).
    twin_spread: u32,
    /// spread over mid (1/1000 bps).
    spread_milli_bps: u32,
    /// (bid - ask) / (bid + ask) depth (ppm).
    imbalance_ppm: i32,
    /// volume-synchronised probability of informed trading (ppm).
    vpin_ppm: u32,
    /// trades in the last second (1/1000 trades per s).
    velocity_milli: u32,
    /// its moving average, weight 1/8 (1/1000 trades per s).
    velocity_ewma_milli: u32,
    /// mid over the last second (1/1000 bps).
    drift_milli_bps: i32,
    /// events in the last second (1/1000 events per s).
    event_rate_milli: u32,
    /// price increment (1/10000 dollar).
    tick_size: u32,
    /// time the market was crossed, since source start (ms).
    crossed_ms: u32,
    /// sum of the regime terms (1/1000).
    regime_score_milli: u32,
    /// market regime (enum Regime).
    regime: u8,
    /// T trading; others hold storms (ITCH state byte).
    trading_state: u8,
    /// storms running on this instrument (storms).
    storms_active: u8,
    /// source control (enum TransportState).
    transport: u8,
    /// Tick frames of this instrument replaced by newer ones (frames).
    conflated: u32,
};
comptime {
    std.debug.assert(@sizeOf(TickFrame) == 232 and @alignOf(TickFrame) == 8);
    std.debug.assert(@offsetOf(TickFrame, "frame_kind") == 0);
    std.debug.assert(@offsetOf(TickFrame, "frame_flags") == 2);
    std.debug.assert(@offsetOf(TickFrame, "instrument_id") == 4);
    std.debug.assert(@offsetOf(TickFrame, "seq") == 8);
    std.debug.assert(@offsetOf(TickFrame, "ts_run_ns") == 16);
    std.debug.assert(@offsetOf(TickFrame, "ts_event_ns") == 24);
    std.debug.assert(@offsetOf(TickFrame, "symbol") == 32);
    std.debug.assert(@offsetOf(TickFrame, "run_digest") == 40);
    std.debug.assert(@offsetOf(TickFrame, "market_digest") == 48);
    std.debug.assert(@offsetOf(TickFrame, "mid_x2") == 64);
    std.debug.assert(@offsetOf(TickFrame, "microprice_milli") == 72);
    std.debug.assert(@offsetOf(TickFrame, "twin_mid_x2") == 80);
    std.debug.assert(@offsetOf(TickFrame, "best_bid") == 88);
    std.debug.assert(@offsetOf(TickFrame, "best_ask") == 96);
    std.debug.assert(@offsetOf(TickFrame, "bid_depth") == 104);
    std.debug.assert(@offsetOf(TickFrame, "ask_depth") == 112);
    std.debug.assert(@offsetOf(TickFrame, "twin_bid_depth") == 120);
    std.debug.assert(@offsetOf(TickFrame, "twin_ask_depth") == 128);
    std.debug.assert(@offsetOf(TickFrame, "volume") == 136);
    std.debug.assert(@offsetOf(TickFrame, "trades") == 144);
    std.debug.assert(@offsetOf(TickFrame, "events") == 152);
    std.debug.assert(@offsetOf(TickFrame, "injected_qty") == 160);
    std.debug.assert(@offsetOf(TickFrame, "displaced_qty") == 168);
    std.debug.assert(@offsetOf(TickFrame, "spread") == 176);
    std.debug.assert(@offsetOf(TickFrame, "twin_spread") == 180);
    std.debug.assert(@offsetOf(TickFrame, "spread_milli_bps") == 184);
    std.debug.assert(@offsetOf(TickFrame, "imbalance_ppm") == 188);
    std.debug.assert(@offsetOf(TickFrame, "vpin_ppm") == 192);
    std.debug.assert(@offsetOf(TickFrame, "velocity_milli") == 196);
    std.debug.assert(@offsetOf(TickFrame, "velocity_ewma_milli") == 200);
    std.debug.assert(@offsetOf(TickFrame, "drift_milli_bps") == 204);
    std.debug.assert(@offsetOf(TickFrame, "event_rate_milli") == 208);
    std.debug.assert(@offsetOf(TickFrame, "tick_size") == 212);
    std.debug.assert(@offsetOf(TickFrame, "crossed_ms") == 216);
    std.debug.assert(@offsetOf(TickFrame, "regime_score_milli") == 220);
    std.debug.assert(@offsetOf(TickFrame, "regime") == 224);
    std.debug.assert(@offsetOf(TickFrame, "trading_state") == 225);
    std.debug.assert(@offsetOf(TickFrame, "storms_active") == 226);
    std.debug.assert(@offsetOf(TickFrame, "transport") == 227);
    std.debug.assert(@offsetOf(TickFrame, "conflated") == 228);
}
/// Levels of one instrument; bid_count then ask_count ViewLevels follow, best first.
pub const BookFrame = extern struct {
    /// which record follows (enum FrameKind).
    frame_kind: u16,
    /// delivery class and marks (flags FrameFlags).
    frame_flags: u16,
    /// instrument the frame speaks of (id).
    instrument_id: u32,
    /// last sequenced event the frame reflects (sequence).
    seq: u64,
    /// virtual now (ns since venue midnight).
    ts_run_ns: u64,
    /// stamp of the last source event (ns since venue midnight).
    ts_event_ns: u64,
    /// symbol, padded with spaces (text).
    symbol: [8]u8,
    /// bids that follow (levels).
    bid_count: u16,
    /// asks that follow (levels).
    ask_count: u16,
    /// price increment (1/10000 dollar).
    tick_size: u32,
};
comptime {
    std.debug.assert(@sizeOf(BookFrame) == 48 and @alignOf(BookFrame) == 8);
    std.debug.assert(@offsetOf(BookFrame, "frame_kind") == 0);
    std.debug.assert(@offsetOf(BookFrame, "frame_flags") == 2);
    std.debug.assert(@offsetOf(BookFrame, "instrument_id") == 4);
    std.debug.assert(@offsetOf(BookFrame, "seq") == 8);
    std.debug.assert(@offsetOf(BookFrame, "ts_run_ns") == 16);
    std.debug.assert(@offsetOf(BookFrame, "ts_event_ns") == 24);
    std.debug.assert(@offsetOf(BookFrame, "symbol") == 32);
    std.debug.assert(@offsetOf(BookFrame, "bid_count") == 40);
    std.debug.assert(@offsetOf(BookFrame, "ask_count") == 42);
    std.debug.assert(@offsetOf(BookFrame, "tick_size") == 44);
}
/// State of one target's risk gate.
pub const RiskFrame = extern struct {
    /// which record follows (enum FrameKind).
    frame_kind: u16,
    /// delivery class and marks (flags FrameFlags).
    frame_flags: u16,
    /// instrument the frame speaks of (id).
    instrument_id: u32,
    /// last sequenced event the frame reflects (sequence).
    seq: u64,
    /// virtual now (ns since venue midnight).
    ts_run_ns: u64,
    /// stamp of the last source event (ns since venue midnight).
    ts_event_ns: u64,
    /// symbol, padded with spaces (text).
    symbol: [8]u8,
    /// signed position (shares).
    position: i64,
    /// open buy quantity (shares).
    working_buy: u64,
    /// open sell quantity (shares).
    working_sell: u64,
    /// mark-to-market since start of day (1/10000 dollar).
    pnl: i64,
    /// orders asked (orders).
    checks: u64,
    /// orders refused (orders).
    refused: u64,
    /// name of the target, padded with zeros (text).
    target: [32]u8,
    /// armed, tripped or killed (enum RiskState).
    state: u8,
    /// guard that tripped (enum RiskGuard).
    guard: u8,
    /// 0 (none).
    reserved: u16,
    /// feed gaps in the window (gaps).
    gaps: u32,
};
comptime {
    std.debug.assert(@sizeOf(RiskFrame) == 128 and @alignOf(RiskFrame) == 8);
    std.debug.assert(@offsetOf(RiskFrame, "frame_kind") == 0);
    std.debug.assert(@offsetOf(RiskFrame, "frame_flags") == 2);
    std.debug.assert(@offsetOf(RiskFrame, "instrument_id") == 4);
    std.debug.assert(@offsetOf(RiskFrame, "seq") == 8);
    std.debug.assert(@offsetOf(RiskFrame, "ts_run_ns") == 16);
    std.debug.assert(@offsetOf(RiskFrame, "ts_event_ns") == 24);
    std.debug.assert(@offsetOf(RiskFrame, "symbol") == 32);
    std.debug.assert(@offsetOf(RiskFrame, "position") == 40);
    std.debug.assert(@offsetOf(RiskFrame, "working_buy") == 48);
    std.debug.assert(@offsetOf(RiskFrame, "working_sell") == 56);
    std.debug.assert(@offsetOf(RiskFrame, "pnl") == 64);
    std.debug.assert(@offsetOf(RiskFrame, "checks") == 72);
    std.debug.assert(@offsetOf(RiskFrame, "refused") == 80);
    std.debug.assert(@offsetOf(RiskFrame, "target") == 88);
    std.debug.assert(@offsetOf(RiskFrame, "state") == 120);
    std.debug.assert(@offsetOf(RiskFrame, "guard") == 121);
    std.debug.assert(@offsetOf(RiskFrame, "reserved") == 122);
    std.debug.assert(@offsetOf(RiskFrame, "gaps") == 124);
}
/// Latency of one stage.
pub const LatStage = extern struct {
    /// batches measured (batches).
    count: u64,
    /// median per event (ns).
    p50_ns: u32,
    /// 99th percentile per event (ns).
    p99_ns: u32,
    /// largest (ns).
    max_ns: u32,
    /// stage (enum Stage).
    stage: u8,
    /// 0 (none).
    reserved: [3]u8,
};
comptime {
    std.debug.assert(@sizeOf(LatStage) == 24 and @alignOf(LatStage) == 8);
    std.debug.assert(@offsetOf(LatStage, "count") == 0);
    std.debug.assert(@offsetOf(LatStage, "p50_ns") == 8);
    std.debug.assert(@offsetOf(LatStage, "p99_ns") == 12);
    std.debug.assert(@offsetOf(LatStage, "max_ns") == 16);
    std.debug.assert(@offsetOf(LatStage, "stage") == 20);
    std.debug.assert(@offsetOf(LatStage, "reserved") == 21);
}
/// Stage latencies; stage_count LatStages follow.
pub const LatFrame = extern struct {
    /// which record follows (enum FrameKind).
    frame_kind: u16,
    /// delivery class and marks (flags FrameFlags).
    frame_flags: u16,
    /// instrument the frame speaks of (id).
    instrument_id: u32,
    /// last sequenced event the frame reflects (sequence).
    seq: u64,
    /// virtual now (ns since venue midnight).
    ts_run_ns: u64,
    /// stamp of the last source event (ns since venue midnight).
    ts_event_ns: u64,
    /// symbol, padded with spaces (text).
    symbol: [8]u8,
    /// rate of the last wall second (events per wall second).
    events_per_s: u64,
    /// smallest step of the clock (ns).
    clock_step_ns: u32,
    /// cost of reading it, subtracted (ns).
    clock_cost_ns: u32,
    /// stages that follow (stages).
    stage_count: u32,
    /// 0 (none).
    reserved: u32,
};
comptime {
    std.debug.assert(@sizeOf(LatFrame) == 64 and @alignOf(LatFrame) == 8);
    std.debug.assert(@offsetOf(LatFrame, "frame_kind") == 0);
    std.debug.assert(@offsetOf(LatFrame, "frame_flags") == 2);
    std.debug.assert(@offsetOf(LatFrame, "instrument_id") == 4);
    std.debug.assert(@offsetOf(LatFrame, "seq") == 8);
    std.debug.assert(@offsetOf(LatFrame, "ts_run_ns") == 16);
    std.debug.assert(@offsetOf(LatFrame, "ts_event_ns") == 24);
    std.debug.assert(@offsetOf(LatFrame, "symbol") == 32);
    std.debug.assert(@offsetOf(LatFrame, "events_per_s") == 40);
    std.debug.assert(@offsetOf(LatFrame, "clock_step_ns") == 48);
    std.debug.assert(@offsetOf(LatFrame, "clock_cost_ns") == 52);
    std.debug.assert(@offsetOf(LatFrame, "stage_count") == 56);
    std.debug.assert(@offsetOf(LatFrame, "reserved") == 60);
}
/// Everything of one instrument, for a subscriber; record_count Records follow. Kind Events or Snapshot.
pub const EventsFrame = extern struct {
    /// which record follows (enum FrameKind).
    frame_kind: u16,
    /// delivery class and marks (flags FrameFlags).
    frame_flags: u16,
    /// instrument the frame speaks of (id).
    instrument_id: u32,
    /// last sequenced event the frame reflects (sequence).
    seq: u64,
    /// virtual now (ns since venue midnight).
    ts_run_ns: u64,
    /// stamp of the last source event (ns since venue midnight).
    ts_event_ns: u64,
    /// symbol, padded with spaces (text).
    symbol: [8]u8,
    /// seq of the frame before of this instrument: another one means that something was lost; 0 in a snapshot (sequence).
    prev_seq: u64,
    /// Records that follow; in a snapshot bids then asks, best first, first in the queue first (records).
    record_count: u32,
    /// of the same snapshot, in the frames that follow; 0 elsewhere (records).
    remaining: u32,
};
comptime {
    std.debug.assert(@sizeOf(EventsFrame) == 56 and @alignOf(EventsFrame) == 8);
    std.debug.assert(@offsetOf(EventsFrame, "frame_kind") == 0);
    std.debug.assert(@offsetOf(EventsFrame, "frame_flags") == 2);
    std.debug.assert(@offsetOf(EventsFrame, "instrument_id") == 4);
    std.debug.assert(@offsetOf(EventsFrame, "seq") == 8);
    std.debug.assert(@offsetOf(EventsFrame, "ts_run_ns") == 16);
    std.debug.assert(@offsetOf(EventsFrame, "ts_event_ns") == 24);
    std.debug.assert(@offsetOf(EventsFrame, "symbol") == 32);
    std.debug.assert(@offsetOf(EventsFrame, "prev_seq") == 40);
    std.debug.assert(@offsetOf(EventsFrame, "record_count") == 48);
    std.debug.assert(@offsetOf(EventsFrame, "remaining") == 52);
}
/// One print.
pub const TradeFrame = extern struct {
    /// which record follows (enum FrameKind).
    frame_kind: u16,
    /// delivery class and marks (flags FrameFlags).
    frame_flags: u16,
    /// instrument the frame speaks of (id).
    instrument_id: u32,
    /// last sequenced event the frame reflects (sequence).
    seq: u64,
    /// virtual now (ns since venue midnight).
    ts_run_ns: u64,
    /// stamp of the last source event (ns since venue midnight).
    ts_event_ns: u64,
    /// symbol, padded with spaces (text).
    symbol: [8]u8,
    /// price (1/10000 dollar).
    price: u64,
    /// quantity (shares).
    qty: u64,
    /// 1, 2, ... per instrument: a hole is a dropped print (count).
    trade_no: u64,
    /// side of the resting order; inherit when hidden (enum Side).
    side: u8,
    /// source or storm (enum Channel).
    channel: u8,
    /// modifiers (flags EventFlags).
    flags: u16,
    /// storm whose order took or was filled (id).
    storm_id: u32,
};
comptime {
    std.debug.assert(@sizeOf(TradeFrame) == 72 and @alignOf(TradeFrame) == 8);
    std.debug.assert(@offsetOf(TradeFrame, "frame_kind") == 0);
    std.debug.assert(@offsetOf(TradeFrame, "frame_flags") == 2);
    std.debug.assert(@offsetOf(TradeFrame, "instrument_id") == 4);
    std.debug.assert(@offsetOf(TradeFrame, "seq") == 8);
    std.debug.assert(@offsetOf(TradeFrame, "ts_run_ns") == 16);
    std.debug.assert(@offsetOf(TradeFrame, "ts_event_ns") == 24);
    std.debug.assert(@offsetOf(TradeFrame, "symbol") == 32);
    std.debug.assert(@offsetOf(TradeFrame, "price") == 40);
    std.debug.assert(@offsetOf(TradeFrame, "qty") == 48);
    std.debug.assert(@offsetOf(TradeFrame, "trade_no") == 56);
    std.debug.assert(@offsetOf(TradeFrame, "side") == 64);
    std.debug.assert(@offsetOf(TradeFrame, "channel") == 65);
    std.debug.assert(@offsetOf(TradeFrame, "flags") == 66);
    std.debug.assert(@offsetOf(TradeFrame, "storm_id") == 68);
}
/// A detector raised a flag.
pub const ChaosFrame = extern struct {
    /// which record follows (enum FrameKind).
    frame_kind: u16,
    /// delivery class and marks (flags FrameFlags).
    frame_flags: u16,
    /// instrument the frame speaks of (id).
    instrument_id: u32,
    /// last sequenced event the frame reflects (sequence).
    seq: u64,
    /// virtual now (ns since venue midnight).
    ts_run_ns: u64,
    /// stamp of the last source event (ns since venue midnight).
    ts_event_ns: u64,
    /// symbol, padded with spaces (text).
    symbol: [8]u8,
    /// first moment of the evidence (ns since venue midnight).
    started_ts_ns: u64,
    /// an order involved (id).
    order_id_first: u64,
    /// another order involved (id).
    order_id_last: u64,
    /// quantity involved (shares).
    evidence_qty: u64,
    /// 1, 2, ... over all detectors (count).
    flag_no: u64,
    /// which detector (enum Detector).
    detector: u16,
    /// 0 (none).
    reserved: u16,
    /// 0 to 1 000 000 (ppm).
    severity_ppm: u32,
    /// storm it is scored a hit against; 0 = false flag (id).
    truth_storm_id: u32,
    /// from the storm's start (ms).
    time_to_detect_ms: u32,
};
comptime {
    std.debug.assert(@sizeOf(ChaosFrame) == 96 and @alignOf(ChaosFrame) == 8);
    std.debug.assert(@offsetOf(ChaosFrame, "frame_kind") == 0);
    std.debug.assert(@offsetOf(ChaosFrame, "frame_flags") == 2);
    std.debug.assert(@offsetOf(ChaosFrame, "instrument_id") == 4);
    std.debug.assert(@offsetOf(ChaosFrame, "seq") == 8);
    std.debug.assert(@offsetOf(ChaosFrame, "ts_run_ns") == 16);
    std.debug.assert(@offsetOf(ChaosFrame, "ts_event_ns") == 24);
    std.debug.assert(@offsetOf(ChaosFrame, "symbol") == 32);
    std.debug.assert(@offsetOf(ChaosFrame, "started_ts_ns") == 40);
    std.debug.assert(@offsetOf(ChaosFrame, "order_id_first") == 48);
    std.debug.assert(@offsetOf(ChaosFrame, "order_id_last") == 56);
    std.debug.assert(@offsetOf(ChaosFrame, "evidence_qty") == 64);
    std.debug.assert(@offsetOf(ChaosFrame, "flag_no") == 72);
    std.debug.assert(@offsetOf(ChaosFrame, "detector") == 80);
    std.debug.assert(@offsetOf(ChaosFrame, "reserved") == 82);
    std.debug.assert(@offsetOf(ChaosFrame, "severity_ppm") == 84);
    std.debug.assert(@offsetOf(ChaosFrame, "truth_storm_id") == 88);
    std.debug.assert(@offsetOf(ChaosFrame, "time_to_detect_ms") == 92);
}
/// A storm changed phase, or its progress once a virtual second.
pub const StormFrame = extern struct {
    /// which record follows (enum FrameKind).
    frame_kind: u16,
    /// delivery class and marks (flags FrameFlags).
    frame_flags: u16,
    /// instrument the frame speaks of (id).
    instrument_id: u32,
    /// last sequenced event the frame reflects (sequence).
    seq: u64,
    /// virtual now (ns since venue midnight).
    ts_run_ns: u64,
    /// stamp of the last source event (ns since venue midnight).
    ts_event_ns: u64,
    /// symbol, padded with spaces (text).
    symbol: [8]u8,
    /// seed used (seed).
    seed: u64,
    /// start (ns since venue midnight).
    started_ts_ns: u64,
    /// end at the latest (ns since venue midnight).
    expires_ts_ns: u64,
    /// last sequence before the storm (sequence).
    start_seq: u64,
    /// last sequence of the storm's slot at its end (sequence).
    end_seq: u64,
    /// channel-1 events it caused (events).
    events: u64,
    /// taken (shares).
    taken_qty: u64,
    /// withdrawn (shares).
    withdrawn_qty: u64,
    /// own orders placed (shares).
    placed_qty: u64,
    /// displaced, left to return (shares).
    displaced_qty: u64,
    /// number of the storm (id).
    storm_id: u32,
    /// severity (ppm).
    severity_ppm: u32,
    /// duration asked (ms).
    duration_ms: u32,
    /// number of the kind (enum StormKind).
    kind: u16,
    /// running, returning, closed (enum StormPhase).
    phase: u8,
    /// why it ended (enum StormCause).
    cause: u8,
    /// name of the kind, padded with zeros (text).
    kind_name: [32]u8,
    /// severity asked for now, its ramp included (ppm).
    asked_ppm: u32,
    /// effect reached now; 1000000 = what severity 1 does at its height (ppm).
    realised_ppm: u32,
};
comptime {
    std.debug.assert(@sizeOf(StormFrame) == 176 and @alignOf(StormFrame) == 8);
    std.debug.assert(@offsetOf(StormFrame, "frame_kind") == 0);
    std.debug.assert(@offsetOf(StormFrame, "frame_flags") == 2);
    std.debug.assert(@offsetOf(StormFrame, "instrument_id") == 4);
    std.debug.assert(@offsetOf(StormFrame, "seq") == 8);
    std.debug.assert(@offsetOf(StormFrame, "ts_run_ns") == 16);
    std.debug.assert(@offsetOf(StormFrame, "ts_event_ns") == 24);
    std.debug.assert(@offsetOf(StormFrame, "symbol") == 32);
    std.debug.assert(@offsetOf(StormFrame, "seed") == 40);
    std.debug.assert(@offsetOf(StormFrame, "started_ts_ns") == 48);
    std.debug.assert(@offsetOf(StormFrame, "expires_ts_ns") == 56);
    std.debug.assert(@offsetOf(StormFrame, "start_seq") == 64);
    std.debug.assert(@offsetOf(StormFrame, "end_seq") == 72);
    std.debug.assert(@offsetOf(StormFrame, "events") == 80);
    std.debug.assert(@offsetOf(StormFrame, "taken_qty") == 88);
    std.debug.assert(@offsetOf(StormFrame, "withdrawn_qty") == 96);
    std.debug.assert(@offsetOf(StormFrame, "placed_qty") == 104);
    std.debug.assert(@offsetOf(StormFrame, "displaced_qty") == 112);
    std.debug.assert(@offsetOf(StormFrame, "storm_id") == 120);
    std.debug.assert(@offsetOf(StormFrame, "severity_ppm") == 124);
    std.debug.assert(@offsetOf(StormFrame, "duration_ms") == 128);
    std.debug.assert(@offsetOf(StormFrame, "kind") == 132);
    std.debug.assert(@offsetOf(StormFrame, "phase") == 134);
    std.debug.assert(@offsetOf(StormFrame, "cause") == 135);
    std.debug.assert(@offsetOf(StormFrame, "kind_name") == 136);
    std.debug.assert(@offsetOf(StormFrame, "asked_ppm") == 168);
    std.debug.assert(@offsetOf(StormFrame, "realised_ppm") == 172);
}
/// The engine is alive; every 200 ms of wall time.
pub const HeartbeatFrame = extern struct {
    /// which record follows (enum FrameKind).
    frame_kind: u16,
    /// delivery class and marks (flags FrameFlags).
    frame_flags: u16,
    /// instrument the frame speaks of (id).
    instrument_id: u32,
    /// last sequenced event the frame reflects (sequence).
    seq: u64,
    /// virtual now (ns since venue midnight).
    ts_run_ns: u64,
    /// stamp of the last source event (ns since venue midnight).
    ts_event_ns: u64,
    /// symbol, padded with spaces (text).
    symbol: [8]u8,
    /// when the engine wrote it (ns since 1970).
    ts_wall_ns: u64,
    /// last sequence on disk (sequence).
    durable_seq: u64,
    /// sequenced since source start (events).
    events: u64,
    /// of them rejected (events).
    rejected: u64,
    /// messages the parser could not read (messages).
    parse_errors: u64,
    /// source time went back (events).
    ts_regressions: u64,
    /// view frames replaced by newer ones (frames).
    conflated: u64,
    /// feed frames lost to overflow (frames).
    feed_dropped: u64,
    /// resting in all books (orders).
    live_orders: u64,
    /// virtual time behind wall time (ns).
    lag_ns: u64,
    /// chain over everything sequenced (XXH3-64 chain).
    run_digest: u64,
    /// how far the source is read (bytes or events).
    source_position: u64,
    /// its length (bytes or events).
    source_length: u64,
    /// speed; 0 = as fast as possible (1/1000).
    speed_milli: u32,
    /// instruments with a book (instruments).
    instruments: u32,
    /// storms running (storms).
    storms_active: u32,
    /// source control (enum TransportState).
    transport: u8,
    /// a run is being recorded (bool).
    run_active: u8,
    /// class of what runs (enum RunClass).
    run_class: u8,
    /// what the source is (enum SourceKind).
    source_kind: u8,
};
comptime {
    std.debug.assert(@sizeOf(HeartbeatFrame) == 160 and @alignOf(HeartbeatFrame) == 8);
    std.debug.assert(@offsetOf(HeartbeatFrame, "frame_kind") == 0);
    std.debug.assert(@offsetOf(HeartbeatFrame, "frame_flags") == 2);
    std.debug.assert(@offsetOf(HeartbeatFrame, "instrument_id") == 4);
    std.debug.assert(@offsetOf(HeartbeatFrame, "seq") == 8);
    std.debug.assert(@offsetOf(HeartbeatFrame, "ts_run_ns") == 16);
    std.debug.assert(@offsetOf(HeartbeatFrame, "ts_event_ns") == 24);
    std.debug.assert(@offsetOf(HeartbeatFrame, "symbol") == 32);
    std.debug.assert(@offsetOf(HeartbeatFrame, "ts_wall_ns") == 40);
    std.debug.assert(@offsetOf(HeartbeatFrame, "durable_seq") == 48);
    std.debug.assert(@offsetOf(HeartbeatFrame, "events") == 56);
    std.debug.assert(@offsetOf(HeartbeatFrame, "rejected") == 64);
    std.debug.assert(@offsetOf(HeartbeatFrame, "parse_errors") == 72);
    std.debug.assert(@offsetOf(HeartbeatFrame, "ts_regressions") == 80);
    std.debug.assert(@offsetOf(HeartbeatFrame, "conflated") == 88);
    std.debug.assert(@offsetOf(HeartbeatFrame, "feed_dropped") == 96);
    std.debug.assert(@offsetOf(HeartbeatFrame, "live_orders") == 104);
    std.debug.assert(@offsetOf(HeartbeatFrame, "lag_ns") == 112);
    std.debug.assert(@offsetOf(HeartbeatFrame, "run_digest") == 120);
    std.debug.assert(@offsetOf(HeartbeatFrame, "source_position") == 128);
    std.debug.assert(@offsetOf(HeartbeatFrame, "source_length") == 136);
    std.debug.assert(@offsetOf(HeartbeatFrame, "speed_milli") == 144);
    std.debug.assert(@offsetOf(HeartbeatFrame, "instruments") == 148);
    std.debug.assert(@offsetOf(HeartbeatFrame, "storms_active") == 152);
    std.debug.assert(@offsetOf(HeartbeatFrame, "transport") == 156);
    std.debug.assert(@offsetOf(HeartbeatFrame, "run_active") == 157);
    std.debug.assert(@offsetOf(HeartbeatFrame, "run_class") == 158);
    std.debug.assert(@offsetOf(HeartbeatFrame, "source_kind") == 159);
}
