// Generated from packages/abi/schema/abi.json by pnpm codegen. Do not edit.
#pragma once
#include <cstddef>
#include <cstdint>

namespace wavetank {

inline constexpr std::uint32_t ABI_VERSION = 1;
inline constexpr std::uint64_t ABI_HASH = 15747626118072045167ULL;
inline constexpr char MANIFEST[] =
    "wavetank-abi 1 da8ace8517590e6f Event=40 Record=64 IntentAnswer=16 ViewHeader=88 ViewLevel=32 ViewOwnOrder=32 ViewTrade=24 FramePrefix=40 HeaderFrame=88 TickFrame=232 BookFrame=48 RiskFrame=128 LatStage=24 LatFrame=64 EventsFrame=56 TradeFrame=72 ChaosFrame=96 StormFrame=176 HeartbeatFrame=160";
inline constexpr std::uint64_t QUANTUM_NS = 1000000ULL;  // length of a virtual-time quantum
inline constexpr std::uint32_t TICK_HZ = 50;  // Tick frames per virtual second and watched instrument
inline constexpr std::uint32_t BOOK_HZ = 10;  // Book frames per virtual second and watched instrument
inline constexpr std::uint32_t BOOK_FRAME_LEVELS = 20;  // levels a side in a Book frame
inline constexpr std::uint32_t VIEW_LEVELS = 256;  // levels a side in a storm view, at most
inline constexpr std::uint32_t DEPTH_LEVELS = 10;  // levels that depth and imbalance sum
inline constexpr std::uint32_t WATCH_MAX = 16;  // instruments with analytics and detectors at once
inline constexpr std::uint64_t ORDER_ID_STORM_BIT = 9223372036854775808ULL;  // bit 63: a storm's own order
inline constexpr std::uint64_t ORDER_ID_RESERVED_BIT = 4611686018427387904ULL;  // bit 62: reserved, always rejected
inline constexpr std::uint64_t PRICE_MAX = 4294967295ULL;  // largest price a book event may carry (the width of the ITCH field)
inline constexpr std::uint64_t QTY_MAX = 4294967295ULL;  // largest quantity a book event may carry (the width of the ITCH field)
inline constexpr std::uint32_t SEVERITY_ONE = 1000000;  // severity 1.0
inline constexpr std::uint32_t STORM_DURATION_MIN_MS = 5000;  // shortest storm
inline constexpr std::uint32_t STORM_DURATION_MAX_MS = 120000;  // longest storm
inline constexpr std::uint32_t RECOVERY_HALF_LIFE_MS = 800;  // default half-life of returning quantity
inline constexpr std::uint32_t USER_STORM_KIND_BIT = 32768;  // kind number of a user's own storm: this bit and 15 bits of XXH64(name)

// Kind of a market event.
enum class EventType : std::uint8_t {
  Add = 1,  // a new resting order
  Cancel = 2,  // quantity leaves; 0 means all
  Modify = 3,  // same id, new price and quantity
  Trade = 4,  // a print; fills order_id unless non-displayed or cross
  Clear = 5,  // the instrument's book is emptied
  Status = 6,  // trading status; qty = ITCH type byte, price = its state byte
};
// What a storm asks for; an intent uses the Event layout with this as its type.
enum class IntentOp : std::uint8_t {
  AddOwn = 129,  // post-only order of the storm; order_id = handle
  CancelOwn = 130,  // cancel the own order with this handle
  Take = 131,  // side = the taker's side; buys or sells up to qty to the limit price
  Withdraw = 132,  // displace source orders at this side and price, youngest first
  Release = 133,  // what this storm displaced starts to return
};
// How an intent went.
enum class IntentResult : std::uint32_t {
  None = 0,  // nothing of it happened
  Partial = 1,  // done_qty of it happened
  Done = 2,  // all of it happened
};
// Side of the book.
enum class Side : std::uint8_t {
  Bid = 0,  // buy
  Ask = 1,  // sell
  Inherit = 2,  // taken from the order named
};
// How an event applied. The first rule that fails names the status; both halves of a replace carry the same.
enum class ApplyStatus : std::uint32_t {
  Applied = 0,  // the book changed
  Tape = 1,  // accepted, no effect on the book (hidden and cross trades, Status)
  BadType = 2,  // unknown type
  BadFlags = 3,  // unknown flag bits
  BadSide = 4,  // unknown side, or inherit where a side is needed
  ReservedId = 5,  // bit 62 set, or bit 63 on a source event
  OutOfRange = 6,  // price or quantity wider than 32 bits
  TornReplace = 7,  // half of a replace without its other half
  ZeroQty = 8,  // quantity 0 where some is needed
  UnknownOrder = 9,  // no such live order
  WrongInstrument = 10,  // the order lives on another instrument
  DuplicateId = 11,  // the id is live already
};
// Where a sequenced event comes from.
enum class Channel : std::uint32_t {
  Source = 0,  // the source, verbatim
  Storm = 1,  // inserted by the resolver
};
// Why the resolver inserted an event: the ground truth.
enum class StormRole : std::uint32_t {
  None = 0,  // a source event
  Own = 1,  // a storm's own order placed
  OwnCancel = 2,  // a storm's own order cancelled
  Take = 3,  // a storm took resting quantity
  Withdraw = 4,  // a source order displaced
  Yield = 5,  // an injected order traded out of the way of the source
  YieldCancel = 6,  // an injected order cancelled out of the way
  StandIn = 7,  // a displaced owner quotes again before its replace
  Return = 8,  // displaced quantity returns
  DuplicateReturn = 9,  // displaced order returns so that a duplicate is rejected
  EndCancel = 10,  // own order cancelled at the storm's end
};
// Kind of a frame on the wire.
enum class FrameKind : std::uint16_t {
  Header = 1,  // first frame of every connection
  Tick = 2,  // analytics of one instrument
  Book = 3,  // levels of one instrument
  Risk = 4,  // state of a target's risk gate
  Lat = 5,  // stage latencies
  Trade = 6,  // one print
  Chaos = 7,  // a detector raised a flag
  Storm = 8,  // a storm changed phase
  Heartbeat = 9,  // the engine is alive
  Control = 10,  // request to the engine: JSON
  Answer = 11,  // answer of the engine: JSON
  Events = 12,  // records of one instrument, in order
  Snapshot = 13,  // the resting orders of one instrument, as the Adds that make its book
};
// What a second execution can promise.
enum class RunClass : std::uint8_t {
  D0 = 0,  // no live target: everything repeats
  D1 = 1,  // source and storms repeat, the target keeps its own time
  D2 = 2,  // replay of a recorded log
};
// What the source is.
enum class SourceKind : std::uint8_t {
  None = 0,  // nothing open
  Itch = 1,  // an ITCH 5.0 file
  Synthetic = 2,  // the seeded generator
  Run = 3,  // a recorded run
};
// State of the source control.
enum class TransportState : std::uint8_t {
  Idle = 0,  // nothing open
  Opening = 1,  // the source is being opened
  Playing = 2,  // virtual time runs
  Paused = 3,  // held by a person
  Stalled = 4,  // held because a lossless consumer is behind
  Ended = 5,  // the source is exhausted
};
// Market regime.
enum class Regime : std::uint8_t {
  Unknown = 0,  // less than 30 s of history
  Calm = 1,  // calm
  Volatile = 2,  // volatile
  Aggressive = 3,  // aggressive
  Crisis = 4,  // crisis
};
// Kinds of storm that ship.
enum class StormKind : std::uint16_t {
  PhantomLiquidity = 1,  // layers near the touch placed and pulled before they can trade
  CancellationStorm = 2,  // a flood of adds and cancels
  MomentumIgnition = 3,  // takes in the direction of imbalance, layering behind, then lets go
  FlashCrash = 4,  // bids withdrawn and swept, linear slide, then recovery
  LatencyArbProxy = 5,  // delivery stalls to the target, quotes fade on the stale side
};
// Detectors; 1 to 5 bear the number of their storm kind.
enum class Detector : std::uint16_t {
  PhantomLiquidity = 1,  // depth that flickers
  CancellationStorm = 2,  // cancel-dominated burst
  MomentumIgnition = 3,  // directional takes, then let go
  FlashCrash = 4,  // slide with a widening spread
  LatencyArbProxy = 5,  // print, then quote fade
  QuoteStuff = 6,  // message burst without trades
  Spoof = 7,  // layering on one side, trading on the other
};
// Where a storm stands.
enum class StormPhase : std::uint8_t {
  Running = 1,  // emits intents
  Returning = 2,  // ended; what it displaced returns
  Closed = 3,  // ended, nothing displaced
};
// Why a storm ended.
enum class StormCause : std::uint8_t {
  None = 0,  // it has not ended
  Expired = 1,  // its duration passed
  Stopped = 2,  // stopped by a person or scenario
  SourceEnd = 3,  // the source ended
  Aborted = 4,  // the storm code failed
};
// State of a risk gate.
enum class RiskState : std::uint8_t {
  Armed = 1,  // orders are judged
  Tripped = 2,  // latched by a guard
  Killed = 3,  // latched by hand
};
// Guards of the risk gate.
enum class RiskGuard : std::uint8_t {
  None = 0,  // no guard
  OrderRate = 1,  // token bucket of orders
  Position = 2,  // position cap including working orders
  DailyLoss = 3,  // mark-to-market loss since start of day
  OrderToTrade = 4,  // orders per fill
  FeedGaps = 5,  // feed gaps in window
  Kill = 6,  // manual kill
};
// Stages with measured latency.
enum class Stage : std::uint8_t {
  Parse = 0,  // bytes to events
  Apply = 1,  // events through resolve and book
  Analytics = 2,  // flow and detectors
  Risk = 3,  // risk decisions
  Wire = 4,  // frames written
};
// Modifiers of an event.
namespace event_flags {
inline constexpr std::uint16_t MORE = 1;  // another event of the same step follows; observers wait
inline constexpr std::uint16_t REPLACE = 2;  // half of a replace
inline constexpr std::uint16_t NON_DISPLAYED = 4;  // hidden trade
inline constexpr std::uint16_t CROSS = 8;  // cross trade
inline constexpr std::uint16_t NON_PRINTABLE = 16;  // not part of volume
inline constexpr std::uint16_t INJECTED = 32;  // inserted by the resolver
inline constexpr std::uint16_t BROKEN = 64;  // a broken trade
}
// Marks of a frame.
namespace frame_flags {
inline constexpr std::uint16_t RECORD = 1;  // lossless class: the 1 Hz tick, Risk, Chaos, Storm
inline constexpr std::uint16_t SYNTHETIC = 2;  // the source is synthetic
inline constexpr std::uint16_t WARMING = 4;  // analytics have not warmed up
inline constexpr std::uint16_t GAP = 8;  // frames of this class were lost before this one
}
// One market event; an intent uses the same layout.
struct Event {
  std::uint64_t ts_ns;  // venue time; for storms the quantum end (ns since venue midnight)
  std::uint64_t price;  // limit or trade price (1/10000 dollar)
  std::uint64_t qty;  // quantity; Cancel 0 means all (shares)
  std::uint64_t order_id;  // order reference; Status BROKEN: match number (id)
  std::uint32_t instrument_id;  // ITCH stock locate (id)
  std::uint8_t type;  // what happened (enum EventType)
  std::uint8_t side;  // side of the order, or inherit (enum Side)
  std::uint16_t flags;  // modifiers (flags EventFlags)
};
static_assert(sizeof(Event) == 40 && alignof(Event) == 8);
static_assert(offsetof(Event, ts_ns) == 0);
static_assert(offsetof(Event, price) == 8);
static_assert(offsetof(Event, qty) == 16);
static_assert(offsetof(Event, order_id) == 24);
static_assert(offsetof(Event, instrument_id) == 32);
static_assert(offsetof(Event, type) == 36);
static_assert(offsetof(Event, side) == 37);
static_assert(offsetof(Event, flags) == 38);
// A sequenced event with its label, as the log and the feed hold it.
struct Record {
  std::uint64_t seq;  // 1, 2, ... in order of application (sequence)
  std::uint64_t ts_ns;  // venue time; for storms the quantum end (ns since venue midnight)
  std::uint64_t price;  // limit or trade price (1/10000 dollar)
  std::uint64_t qty;  // quantity; Cancel 0 means all (shares)
  std::uint64_t order_id;  // order reference; Status BROKEN: match number (id)
  std::uint32_t instrument_id;  // ITCH stock locate (id)
  std::uint8_t type;  // what happened (enum EventType)
  std::uint8_t side;  // side of the order, or inherit (enum Side)
  std::uint16_t flags;  // modifiers (flags EventFlags)
  std::uint32_t channel;  // source or storm (enum Channel)
  std::uint32_t status;  // how it applied (enum ApplyStatus)
  std::uint32_t storm_id;  // storm that caused it (id)
  std::uint32_t role;  // why it was inserted (enum StormRole)
};
static_assert(sizeof(Record) == 64 && alignof(Record) == 8);
static_assert(offsetof(Record, seq) == 0);
static_assert(offsetof(Record, ts_ns) == 8);
static_assert(offsetof(Record, price) == 16);
static_assert(offsetof(Record, qty) == 24);
static_assert(offsetof(Record, order_id) == 32);
static_assert(offsetof(Record, instrument_id) == 40);
static_assert(offsetof(Record, type) == 44);
static_assert(offsetof(Record, side) == 45);
static_assert(offsetof(Record, flags) == 46);
static_assert(offsetof(Record, channel) == 48);
static_assert(offsetof(Record, status) == 52);
static_assert(offsetof(Record, storm_id) == 56);
static_assert(offsetof(Record, role) == 60);
// How one intent went.
struct IntentAnswer {
  std::uint64_t done_qty;  // how much happened (shares)
  std::uint32_t index;  // position in the batch (index)
  std::uint32_t result;  // none, partial or done (enum IntentResult)
};
static_assert(sizeof(IntentAnswer) == 16 && alignof(IntentAnswer) == 8);
static_assert(offsetof(IntentAnswer, done_qty) == 0);
static_assert(offsetof(IntentAnswer, index) == 8);
static_assert(offsetof(IntentAnswer, result) == 12);
// What a storm sees besides levels, own orders and trades.
struct ViewHeader {
  std::uint64_t ts_ns;  // quantum end T (ns since venue midnight)
  std::uint32_t instrument_id;  // instrument of the storm (id)
  std::uint32_t tick_size;  // price increment (1/10000 dollar)
  std::uint32_t trading_state;  // T trading, H halted, P paused, Q quotation only (ITCH state byte)
  std::uint32_t bid_count;  // bid levels that follow (levels)
  std::uint32_t ask_count;  // ask levels that follow (levels)
  std::uint32_t own_count;  // own orders that follow (orders)
  std::uint32_t trade_count;  // trades of the quantum that follow (trades)
  std::uint32_t trades_omitted;  // trades of the quantum that did not fit (trades)
  std::uint64_t baseline_rate_milli;  // median event rate of the 10 s before start (events per 1000 s)
  std::uint64_t baseline_bid_depth;  // median ten-level bid depth (shares)
  std::uint64_t baseline_ask_depth;  // median ten-level ask depth (shares)
  std::uint64_t baseline_spread;  // median spread (1/10000 dollar)
  std::uint64_t displaced_bid;  // displaced by this storm on the bid, left (shares)
  std::uint64_t displaced_ask;  // displaced by this storm on the ask, left (shares)
};
static_assert(sizeof(ViewHeader) == 88 && alignof(ViewHeader) == 8);
static_assert(offsetof(ViewHeader, ts_ns) == 0);
static_assert(offsetof(ViewHeader, instrument_id) == 8);
static_assert(offsetof(ViewHeader, tick_size) == 12);
static_assert(offsetof(ViewHeader, trading_state) == 16);
static_assert(offsetof(ViewHeader, bid_count) == 20);
static_assert(offsetof(ViewHeader, ask_count) == 24);
static_assert(offsetof(ViewHeader, own_count) == 28);
static_assert(offsetof(ViewHeader, trade_count) == 32);
static_assert(offsetof(ViewHeader, trades_omitted) == 36);
static_assert(offsetof(ViewHeader, baseline_rate_milli) == 40);
static_assert(offsetof(ViewHeader, baseline_bid_depth) == 48);
static_assert(offsetof(ViewHeader, baseline_ask_depth) == 56);
static_assert(offsetof(ViewHeader, baseline_spread) == 64);
static_assert(offsetof(ViewHeader, displaced_bid) == 72);
static_assert(offsetof(ViewHeader, displaced_ask) == 80);
// One price level of a view or a Book frame.
struct ViewLevel {
  std::uint64_t price;  // price (1/10000 dollar)
  std::uint64_t qty;  // resting, injected included (shares)
  std::uint64_t injected_qty;  // of it: storms' own orders (shares)
  std::uint32_t orders;  // orders resting (orders)
  std::uint32_t reserved;  // 0 (none)
};
static_assert(sizeof(ViewLevel) == 32 && alignof(ViewLevel) == 8);
static_assert(offsetof(ViewLevel, price) == 0);
static_assert(offsetof(ViewLevel, qty) == 8);
static_assert(offsetof(ViewLevel, injected_qty) == 16);
static_assert(offsetof(ViewLevel, orders) == 24);
static_assert(offsetof(ViewLevel, reserved) == 28);
// One of the storm's own orders.
struct ViewOwnOrder {
  std::uint64_t price;  // limit (1/10000 dollar)
  std::uint64_t qty;  // resting now; 0 = gone since the last call (shares)
  std::uint64_t filled_qty;  // filled since the last call (shares)
  std::uint32_t handle;  // chosen by the storm (handle)
  std::uint32_t side;  // side (enum Side)
};
static_assert(sizeof(ViewOwnOrder) == 32 && alignof(ViewOwnOrder) == 8);
static_assert(offsetof(ViewOwnOrder, price) == 0);
static_assert(offsetof(ViewOwnOrder, qty) == 8);
static_assert(offsetof(ViewOwnOrder, filled_qty) == 16);
static_assert(offsetof(ViewOwnOrder, handle) == 24);
static_assert(offsetof(ViewOwnOrder, side) == 28);
// One trade of the quantum.
struct ViewTrade {
  std::uint64_t price;  // price (1/10000 dollar)
  std::uint64_t qty;  // quantity (shares)
  std::uint32_t side;  // side of the resting order, inherit when hidden (enum Side)
  std::uint32_t flags;  // modifiers (flags EventFlags)
};
static_assert(sizeof(ViewTrade) == 24 && alignof(ViewTrade) == 8);
static_assert(offsetof(ViewTrade, price) == 0);
static_assert(offsetof(ViewTrade, qty) == 8);
static_assert(offsetof(ViewTrade, side) == 16);
static_assert(offsetof(ViewTrade, flags) == 20);
// Every frame but Control and Answer begins so.
struct FramePrefix {
  std::uint16_t frame_kind;  // which record follows (enum FrameKind)
  std::uint16_t frame_flags;  // delivery class and marks (flags FrameFlags)
  std::uint32_t instrument_id;  // instrument the frame speaks of (id)
  std::uint64_t seq;  // last sequenced event the frame reflects (sequence)
  std::uint64_t ts_run_ns;  // virtual now (ns since venue midnight)
  std::uint64_t ts_event_ns;  // stamp of the last source event (ns since venue midnight)
  std::uint8_t symbol[8];  // symbol, padded with spaces (text)
};
static_assert(sizeof(FramePrefix) == 40 && alignof(FramePrefix) == 8);
static_assert(offsetof(FramePrefix, frame_kind) == 0);
static_assert(offsetof(FramePrefix, frame_flags) == 2);
static_assert(offsetof(FramePrefix, instrument_id) == 4);
static_assert(offsetof(FramePrefix, seq) == 8);
static_assert(offsetof(FramePrefix, ts_run_ns) == 16);
static_assert(offsetof(FramePrefix, ts_event_ns) == 24);
static_assert(offsetof(FramePrefix, symbol) == 32);
// First frame of every connection.
struct HeaderFrame {
  std::uint16_t frame_kind;  // which record follows (enum FrameKind)
  std::uint16_t frame_flags;  // delivery class and marks (flags FrameFlags)
  std::uint32_t instrument_id;  // instrument the frame speaks of (id)
  std::uint64_t seq;  // last sequenced event the frame reflects (sequence)
  std::uint64_t ts_run_ns;  // virtual now (ns since venue midnight)
  std::uint64_t ts_event_ns;  // stamp of the last source event (ns since venue midnight)
  std::uint8_t symbol[8];  // symbol, padded with spaces (text)
  std::uint64_t abi_hash;  // hash of the schema (hash)
  std::uint64_t input_digest;  // digest of the source (XXH64)
  std::uint64_t seed;  // seed of the synthetic source (seed)
  std::uint32_t abi_version;  // version of this schema (version)
  std::uint32_t wire_version;  // version of the framing (version)
  std::uint32_t engine_pid;  // process of the engine (pid)
  std::uint32_t epoch;  // timelines since the engine started: open and seek begin a new one (count)
  std::uint32_t instruments;  // instruments known (instruments)
  std::uint8_t run_class;  // class of what runs (enum RunClass)
  std::uint8_t source_kind;  // what the source is (enum SourceKind)
  std::uint16_t reserved;  // 0 (none)
};
static_assert(sizeof(HeaderFrame) == 88 && alignof(HeaderFrame) == 8);
static_assert(offsetof(HeaderFrame, frame_kind) == 0);
static_assert(offsetof(HeaderFrame, frame_flags) == 2);
static_assert(offsetof(HeaderFrame, instrument_id) == 4);
static_assert(offsetof(HeaderFrame, seq) == 8);
static_assert(offsetof(HeaderFrame, ts_run_ns) == 16);
static_assert(offsetof(HeaderFrame, ts_event_ns) == 24);
static_assert(offsetof(HeaderFrame, symbol) == 32);
static_assert(offsetof(HeaderFrame, abi_hash) == 40);
static_assert(offsetof(HeaderFrame, input_digest) == 48);
static_assert(offsetof(HeaderFrame, seed) == 56);
static_assert(offsetof(HeaderFrame, abi_version) == 64);
static_assert(offsetof(HeaderFrame, wire_version) == 68);
static_assert(offsetof(HeaderFrame, engine_pid) == 72);
static_assert(offsetof(HeaderFrame, epoch) == 76);
static_assert(offsetof(HeaderFrame, instruments) == 80);
static_assert(offsetof(HeaderFrame, run_class) == 84);
static_assert(offsetof(HeaderFrame, source_kind) == 85);
static_assert(offsetof(HeaderFrame, reserved) == 86);
// Analytics of one instrument at a fixed virtual instant.
struct TickFrame {
  std::uint16_t frame_kind;  // which record follows (enum FrameKind)
  std::uint16_t frame_flags;  // delivery class and marks (flags FrameFlags)
  std::uint32_t instrument_id;  // instrument the frame speaks of (id)
  std::uint64_t seq;  // last sequenced event the frame reflects (sequence)
  std::uint64_t ts_run_ns;  // virtual now (ns since venue midnight)
  std::uint64_t ts_event_ns;  // stamp of the last source event (ns since venue midnight)
  std::uint8_t symbol[8];  // symbol, padded with spaces (text)
  std::uint64_t run_digest;  // chain over everything sequenced (XXH3-64 chain)
  std::uint8_t market_digest[16];  // digest of all levels of all instruments, little endian (XXH3-128 sum)
  std::uint64_t mid_x2;  // best bid + best ask (1/20000 dollar)
  std::uint64_t microprice_milli;  // size-weighted touch (1/10000000 dollar)
  std::uint64_t twin_mid_x2;  // mid of the source without storms, times two (1/20000 dollar)
  std::uint64_t best_bid;  // best bid (1/10000 dollar)
  std::uint64_t best_ask;  // best ask (1/10000 dollar)
  std::uint64_t bid_depth;  // ten levels (shares)
  std::uint64_t ask_depth;  // ten levels (shares)
  std::uint64_t twin_bid_depth;  // ten levels of the source without storms (shares)
  std::uint64_t twin_ask_depth;  // ten levels of the source without storms (shares)
  std::uint64_t volume;  // printed since source start (shares)
  std::uint64_t trades;  // prints since source start (trades)
  std::uint64_t events;  // of this instrument since source start (events)
  std::uint64_t injected_qty;  // storms' own orders resting (shares)
  std::uint64_t displaced_qty;  // source quantity displaced (shares)
  std::uint32_t spread;  // best ask - best bid; 0 when crossed or locked (1/10000 dollar)
  std::uint32_t twin_spread;  // spread of the source without storms (1/10000 dollar)
  std::uint32_t spread_milli_bps;  // spread over mid (1/1000 bps)
  std::int32_t imbalance_ppm;  // (bid - ask) / (bid + ask) depth (ppm)
  std::uint32_t vpin_ppm;  // volume-synchronised probability of informed trading (ppm)
  std::uint32_t velocity_milli;  // trades in the last second (1/1000 trades per s)
  std::uint32_t velocity_ewma_milli;  // its moving average, weight 1/8 (1/1000 trades per s)
  std::int32_t drift_milli_bps;  // mid over the last second (1/1000 bps)
  std::uint32_t event_rate_milli;  // events in the last second (1/1000 events per s)
  std::uint32_t tick_size;  // price increment (1/10000 dollar)
  std::uint32_t crossed_ms;  // time the market was crossed, since source start (ms)
  std::uint32_t regime_score_milli;  // sum of the regime terms (1/1000)
  std::uint8_t regime;  // market regime (enum Regime)
  std::uint8_t trading_state;  // T trading; others hold storms (ITCH state byte)
  std::uint8_t storms_active;  // storms running on this instrument (storms)
  std::uint8_t transport;  // source control (enum TransportState)
  std::uint32_t conflated;  // Tick frames of this instrument replaced by newer ones (frames)
};
static_assert(sizeof(TickFrame) == 232 && alignof(TickFrame) == 8);
static_assert(offsetof(TickFrame, frame_kind) == 0);
static_assert(offsetof(TickFrame, frame_flags) == 2);
static_assert(offsetof(TickFrame, instrument_id) == 4);
static_assert(offsetof(TickFrame, seq) == 8);
static_assert(offsetof(TickFrame, ts_run_ns) == 16);
static_assert(offsetof(TickFrame, ts_event_ns) == 24);
static_assert(offsetof(TickFrame, symbol) == 32);
static_assert(offsetof(TickFrame, run_digest) == 40);
static_assert(offsetof(TickFrame, market_digest) == 48);
static_assert(offsetof(TickFrame, mid_x2) == 64);
static_assert(offsetof(TickFrame, microprice_milli) == 72);
static_assert(offsetof(TickFrame, twin_mid_x2) == 80);
static_assert(offsetof(TickFrame, best_bid) == 88);
static_assert(offsetof(TickFrame, best_ask) == 96);
static_assert(offsetof(TickFrame, bid_depth) == 104);
static_assert(offsetof(TickFrame, ask_depth) == 112);
static_assert(offsetof(TickFrame, twin_bid_depth) == 120);
static_assert(offsetof(TickFrame, twin_ask_depth) == 128);
static_assert(offsetof(TickFrame, volume) == 136);
static_assert(offsetof(TickFrame, trades) == 144);
static_assert(offsetof(TickFrame, events) == 152);
static_assert(offsetof(TickFrame, injected_qty) == 160);
static_assert(offsetof(TickFrame, displaced_qty) == 168);
static_assert(offsetof(TickFrame, spread) == 176);
static_assert(offsetof(TickFrame, twin_spread) == 180);
static_assert(offsetof(TickFrame, spread_milli_bps) == 184);
static_assert(offsetof(TickFrame, imbalance_ppm) == 188);
static_assert(offsetof(TickFrame, vpin_ppm) == 192);
static_assert(offsetof(TickFrame, velocity_milli) == 196);
static_assert(offsetof(TickFrame, velocity_ewma_milli) == 200);
static_assert(offsetof(TickFrame, drift_milli_bps) == 204);
static_assert(offsetof(TickFrame, event_rate_milli) == 208);
static_assert(offsetof(TickFrame, tick_size) == 212);
static_assert(offsetof(TickFrame, crossed_ms) == 216);
static_assert(offsetof(TickFrame, regime_score_milli) == 220);
static_assert(offsetof(TickFrame, regime) == 224);
static_assert(offsetof(TickFrame, trading_state) == 225);
static_assert(offsetof(TickFrame, storms_active) == 226);
static_assert(offsetof(TickFrame, transport) == 227);
static_assert(offsetof(TickFrame, conflated) == 228);
// Levels of one instrument; bid_count then ask_count ViewLevels follow, best first.
struct BookFrame {
  std::uint16_t frame_kind;  // which record follows (enum FrameKind)
  std::uint16_t frame_flags;  // delivery class and marks (flags FrameFlags)
  std::uint32_t instrument_id;  // instrument the frame speaks of (id)
  std::uint64_t seq;  // last sequenced event the frame reflects (sequence)
  std::uint64_t ts_run_ns;  // virtual now (ns since venue midnight)
  std::uint64_t ts_event_ns;  // stamp of the last source event (ns since venue midnight)
  std::uint8_t symbol[8];  // symbol, padded with spaces (text)
  std::uint16_t bid_count;  // bids that follow (levels)
  std::uint16_t ask_count;  // asks that follow (levels)
  std::uint32_t tick_size;  // price increment (1/10000 dollar)
};
static_assert(sizeof(BookFrame) == 48 && alignof(BookFrame) == 8);
static_assert(offsetof(BookFrame, frame_kind) == 0);
static_assert(offsetof(BookFrame, frame_flags) == 2);
static_assert(offsetof(BookFrame, instrument_id) == 4);
static_assert(offsetof(BookFrame, seq) == 8);
static_assert(offsetof(BookFrame, ts_run_ns) == 16);
static_assert(offsetof(BookFrame, ts_event_ns) == 24);
static_assert(offsetof(BookFrame, symbol) == 32);
static_assert(offsetof(BookFrame, bid_count) == 40);
static_assert(offsetof(BookFrame, ask_count) == 42);
static_assert(offsetof(BookFrame, tick_size) == 44);
// State of one target's risk gate.
struct RiskFrame {
  std::uint16_t frame_kind;  // which record follows (enum FrameKind)
  std::uint16_t frame_flags;  // delivery class and marks (flags FrameFlags)
  std::uint32_t instrument_id;  // instrument the frame speaks of (id)
  std::uint64_t seq;  // last sequenced event the frame reflects (sequence)
  std::uint64_t ts_run_ns;  // virtual now (ns since venue midnight)
  std::uint64_t ts_event_ns;  // stamp of the last source event (ns since venue midnight)
  std::uint8_t symbol[8];  // symbol, padded with spaces (text)
  std::int64_t position;  // signed position (shares)
  std::uint64_t working_buy;  // open buy quantity (shares)
  std::uint64_t working_sell;  // open sell quantity (shares)
  std::int64_t pnl;  // mark-to-market since start of day (1/10000 dollar)
  std::uint64_t checks;  // orders asked (orders)
  std::uint64_t refused;  // orders refused (orders)
  std::uint8_t target[32];  // name of the target, padded with zeros (text)
  std::uint8_t state;  // armed, tripped or killed (enum RiskState)
  std::uint8_t guard;  // guard that tripped (enum RiskGuard)
  std::uint16_t reserved;  // 0 (none)
  std::uint32_t gaps;  // feed gaps in the window (gaps)
};
static_assert(sizeof(RiskFrame) == 128 && alignof(RiskFrame) == 8);
static_assert(offsetof(RiskFrame, frame_kind) == 0);
static_assert(offsetof(RiskFrame, frame_flags) == 2);
static_assert(offsetof(RiskFrame, instrument_id) == 4);
static_assert(offsetof(RiskFrame, seq) == 8);
static_assert(offsetof(RiskFrame, ts_run_ns) == 16);
static_assert(offsetof(RiskFrame, ts_event_ns) == 24);
static_assert(offsetof(RiskFrame, symbol) == 32);
static_assert(offsetof(RiskFrame, position) == 40);
static_assert(offsetof(RiskFrame, working_buy) == 48);
static_assert(offsetof(RiskFrame, working_sell) == 56);
static_assert(offsetof(RiskFrame, pnl) == 64);
static_assert(offsetof(RiskFrame, checks) == 72);
static_assert(offsetof(RiskFrame, refused) == 80);
static_assert(offsetof(RiskFrame, target) == 88);
static_assert(offsetof(RiskFrame, state) == 120);
static_assert(offsetof(RiskFrame, guard) == 121);
static_assert(offsetof(RiskFrame, reserved) == 122);
static_assert(offsetof(RiskFrame, gaps) == 124);
// Latency of one stage.
struct LatStage {
  std::uint64_t count;  // batches measured (batches)
  std::uint32_t p50_ns;  // median per event (ns)
  std::uint32_t p99_ns;  // 99th percentile per event (ns)
  std::uint32_t max_ns;  // largest (ns)
  std::uint8_t stage;  // stage (enum Stage)
  std::uint8_t reserved[3];  // 0 (none)
};
static_assert(sizeof(LatStage) == 24 && alignof(LatStage) == 8);
static_assert(offsetof(LatStage, count) == 0);
static_assert(offsetof(LatStage, p50_ns) == 8);
static_assert(offsetof(LatStage, p99_ns) == 12);
static_assert(offsetof(LatStage, max_ns) == 16);
static_assert(offsetof(LatStage, stage) == 20);
static_assert(offsetof(LatStage, reserved) == 21);
// Stage latencies; stage_count LatStages follow.
struct LatFrame {
  std::uint16_t frame_kind;  // which record follows (enum FrameKind)
  std::uint16_t frame_flags;  // delivery class and marks (flags FrameFlags)
  std::uint32_t instrument_id;  // instrument the frame speaks of (id)
  std::uint64_t seq;  // last sequenced event the frame reflects (sequence)
  std::uint64_t ts_run_ns;  // virtual now (ns since venue midnight)
  std::uint64_t ts_event_ns;  // stamp of the last source event (ns since venue midnight)
  std::uint8_t symbol[8];  // symbol, padded with spaces (text)
  std::uint64_t events_per_s;  // rate of the last wall second (events per wall second)
  std::uint32_t clock_step_ns;  // smallest step of the clock (ns)
  std::uint32_t clock_cost_ns;  // cost of reading it, subtracted (ns)
  std::uint32_t stage_count;  // stages that follow (stages)
  std::uint32_t reserved;  // 0 (none)
};
static_assert(sizeof(LatFrame) == 64 && alignof(LatFrame) == 8);
static_assert(offsetof(LatFrame, frame_kind) == 0);
static_assert(offsetof(LatFrame, frame_flags) == 2);
static_assert(offsetof(LatFrame, instrument_id) == 4);
static_assert(offsetof(LatFrame, seq) == 8);
static_assert(offsetof(LatFrame, ts_run_ns) == 16);
static_assert(offsetof(LatFrame, ts_event_ns) == 24);
static_assert(offsetof(LatFrame, symbol) == 32);
static_assert(offsetof(LatFrame, events_per_s) == 40);
static_assert(offsetof(LatFrame, clock_step_ns) == 48);
static_assert(offsetof(LatFrame, clock_cost_ns) == 52);
static_assert(offsetof(LatFrame, stage_count) == 56);
static_assert(offsetof(LatFrame, reserved) == 60);
// Everything of one instrument, for a subscriber; record_count Records follow. Kind Events or Snapshot.
struct EventsFrame {
  std::uint16_t frame_kind;  // which record follows (enum FrameKind)
  std::uint16_t frame_flags;  // delivery class and marks (flags FrameFlags)
  std::uint32_t instrument_id;  // instrument the frame speaks of (id)
  std::uint64_t seq;  // last sequenced event the frame reflects (sequence)
  std::uint64_t ts_run_ns;  // virtual now (ns since venue midnight)
  std::uint64_t ts_event_ns;  // stamp of the last source event (ns since venue midnight)
  std::uint8_t symbol[8];  // symbol, padded with spaces (text)
  std::uint64_t prev_seq;  // seq of the frame before of this instrument: another one means that something was lost; 0 in a snapshot (sequence)
  std::uint32_t record_count;  // Records that follow; in a snapshot bids then asks, best first, first in the queue first (records)
  std::uint32_t remaining;  // of the same snapshot, in the frames that follow; 0 elsewhere (records)
};
static_assert(sizeof(EventsFrame) == 56 && alignof(EventsFrame) == 8);
static_assert(offsetof(EventsFrame, frame_kind) == 0);
static_assert(offsetof(EventsFrame, frame_flags) == 2);
static_assert(offsetof(EventsFrame, instrument_id) == 4);
static_assert(offsetof(EventsFrame, seq) == 8);
static_assert(offsetof(EventsFrame, ts_run_ns) == 16);
static_assert(offsetof(EventsFrame, ts_event_ns) == 24);
static_assert(offsetof(EventsFrame, symbol) == 32);
static_assert(offsetof(EventsFrame, prev_seq) == 40);
static_assert(offsetof(EventsFrame, record_count) == 48);
static_assert(offsetof(EventsFrame, remaining) == 52);
// One print.
struct TradeFrame {
  std::uint16_t frame_kind;  // which record follows (enum FrameKind)
  std::uint16_t frame_flags;  // delivery class and marks (flags FrameFlags)
  std::uint32_t instrument_id;  // instrument the frame speaks of (id)
  std::uint64_t seq;  // last sequenced event the frame reflects (sequence)
  std::uint64_t ts_run_ns;  // virtual now (ns since venue midnight)
  std::uint64_t ts_event_ns;  // stamp of the last source event (ns since venue midnight)
  std::uint8_t symbol[8];  // symbol, padded with spaces (text)
  std::uint64_t price;  // price (1/10000 dollar)
  std::uint64_t qty;  // quantity (shares)
  std::uint64_t trade_no;  // 1, 2, ... per instrument: a hole is a dropped print (count)
  std::uint8_t side;  // side of the resting order; inherit when hidden (enum Side)
  std::uint8_t channel;  // source or storm (enum Channel)
  std::uint16_t flags;  // modifiers (flags EventFlags)
  std::uint32_t storm_id;  // storm whose order took or was filled (id)
};
static_assert(sizeof(TradeFrame) == 72 && alignof(TradeFrame) == 8);
static_assert(offsetof(TradeFrame, frame_kind) == 0);
static_assert(offsetof(TradeFrame, frame_flags) == 2);
static_assert(offsetof(TradeFrame, instrument_id) == 4);
static_assert(offsetof(TradeFrame, seq) == 8);
static_assert(offsetof(TradeFrame, ts_run_ns) == 16);
static_assert(offsetof(TradeFrame, ts_event_ns) == 24);
static_assert(offsetof(TradeFrame, symbol) == 32);
static_assert(offsetof(TradeFrame, price) == 40);
static_assert(offsetof(TradeFrame, qty) == 48);
static_assert(offsetof(TradeFrame, trade_no) == 56);
static_assert(offsetof(TradeFrame, side) == 64);
static_assert(offsetof(TradeFrame, channel) == 65);
static_assert(offsetof(TradeFrame, flags) == 66);
static_assert(offsetof(TradeFrame, storm_id) == 68);
// A detector raised a flag.
struct ChaosFrame {
  std::uint16_t frame_kind;  // which record follows (enum FrameKind)
  std::uint16_t frame_flags;  // delivery class and marks (flags FrameFlags)
  std::uint32_t instrument_id;  // instrument the frame speaks of (id)
  std::uint64_t seq;  // last sequenced event the frame reflects (sequence)
  std::uint64_t ts_run_ns;  // virtual now (ns since venue midnight)
  std::uint64_t ts_event_ns;  // stamp of the last source event (ns since venue midnight)
  std::uint8_t symbol[8];  // symbol, padded with spaces (text)
  std::uint64_t started_ts_ns;  // first moment of the evidence (ns since venue midnight)
  std::uint64_t order_id_first;  // an order involved (id)
  std::uint64_t order_id_last;  // another order involved (id)
  std::uint64_t evidence_qty;  // quantity involved (shares)
  std::uint64_t flag_no;  // 1, 2, ... over all detectors (count)
  std::uint16_t detector;  // which detector (enum Detector)
  std::uint16_t reserved;  // 0 (none)
  std::uint32_t severity_ppm;  // 0 to 1 000 000 (ppm)
  std::uint32_t truth_storm_id;  // storm it is scored a hit against; 0 = false flag (id)
  std::uint32_t time_to_detect_ms;  // from the storm's start (ms)
};
static_assert(sizeof(ChaosFrame) == 96 && alignof(ChaosFrame) == 8);
static_assert(offsetof(ChaosFrame, frame_kind) == 0);
static_assert(offsetof(ChaosFrame, frame_flags) == 2);
static_assert(offsetof(ChaosFrame, instrument_id) == 4);
static_assert(offsetof(ChaosFrame, seq) == 8);
static_assert(offsetof(ChaosFrame, ts_run_ns) == 16);
static_assert(offsetof(ChaosFrame, ts_event_ns) == 24);
static_assert(offsetof(ChaosFrame, symbol) == 32);
static_assert(offsetof(ChaosFrame, started_ts_ns) == 40);
static_assert(offsetof(ChaosFrame, order_id_first) == 48);
static_assert(offsetof(ChaosFrame, order_id_last) == 56);
static_assert(offsetof(ChaosFrame, evidence_qty) == 64);
static_assert(offsetof(ChaosFrame, flag_no) == 72);
static_assert(offsetof(ChaosFrame, detector) == 80);
static_assert(offsetof(ChaosFrame, reserved) == 82);
static_assert(offsetof(ChaosFrame, severity_ppm) == 84);
static_assert(offsetof(ChaosFrame, truth_storm_id) == 88);
static_assert(offsetof(ChaosFrame, time_to_detect_ms) == 92);
// A storm changed phase, or its progress once a virtual second.
struct StormFrame {
  std::uint16_t frame_kind;  // which record follows (enum FrameKind)
  std::uint16_t frame_flags;  // delivery class and marks (flags FrameFlags)
  std::uint32_t instrument_id;  // instrument the frame speaks of (id)
  std::uint64_t seq;  // last sequenced event the frame reflects (sequence)
  std::uint64_t ts_run_ns;  // virtual now (ns since venue midnight)
  std::uint64_t ts_event_ns;  // stamp of the last source event (ns since venue midnight)
  std::uint8_t symbol[8];  // symbol, padded with spaces (text)
  std::uint64_t seed;  // seed used (seed)
  std::uint64_t started_ts_ns;  // start (ns since venue midnight)
  std::uint64_t expires_ts_ns;  // end at the latest (ns since venue midnight)
  std::uint64_t start_seq;  // last sequence before the storm (sequence)
  std::uint64_t end_seq;  // last sequence of the storm's slot at its end (sequence)
  std::uint64_t events;  // channel-1 events it caused (events)
  std::uint64_t taken_qty;  // taken (shares)
  std::uint64_t withdrawn_qty;  // withdrawn (shares)
  std::uint64_t placed_qty;  // own orders placed (shares)
  std::uint64_t displaced_qty;  // displaced, left to return (shares)
  std::uint32_t storm_id;  // number of the storm (id)
  std::uint32_t severity_ppm;  // severity (ppm)
  std::uint32_t duration_ms;  // duration asked (ms)
  std::uint16_t kind;  // number of the kind (enum StormKind)
  std::uint8_t phase;  // running, returning, closed (enum StormPhase)
  std::uint8_t cause;  // why it ended (enum StormCause)
  std::uint8_t kind_name[32];  // name of the kind, padded with zeros (text)
  std::uint32_t asked_ppm;  // severity asked for now, its ramp included (ppm)
  std::uint32_t realised_ppm;  // effect reached now; 1000000 = what severity 1 does at its height (ppm)
};
static_assert(sizeof(StormFrame) == 176 && alignof(StormFrame) == 8);
static_assert(offsetof(StormFrame, frame_kind) == 0);
static_assert(offsetof(StormFrame, frame_flags) == 2);
static_assert(offsetof(StormFrame, instrument_id) == 4);
static_assert(offsetof(StormFrame, seq) == 8);
static_assert(offsetof(StormFrame, ts_run_ns) == 16);
static_assert(offsetof(StormFrame, ts_event_ns) == 24);
static_assert(offsetof(StormFrame, symbol) == 32);
static_assert(offsetof(StormFrame, seed) == 40);
static_assert(offsetof(StormFrame, started_ts_ns) == 48);
static_assert(offsetof(StormFrame, expires_ts_ns) == 56);
static_assert(offsetof(StormFrame, start_seq) == 64);
static_assert(offsetof(StormFrame, end_seq) == 72);
static_assert(offsetof(StormFrame, events) == 80);
static_assert(offsetof(StormFrame, taken_qty) == 88);
static_assert(offsetof(StormFrame, withdrawn_qty) == 96);
static_assert(offsetof(StormFrame, placed_qty) == 104);
static_assert(offsetof(StormFrame, displaced_qty) == 112);
static_assert(offsetof(StormFrame, storm_id) == 120);
static_assert(offsetof(StormFrame, severity_ppm) == 124);
static_assert(offsetof(StormFrame, duration_ms) == 128);
static_assert(offsetof(StormFrame, kind) == 132);
static_assert(offsetof(StormFrame, phase) == 134);
static_assert(offsetof(StormFrame, cause) == 135);
static_assert(offsetof(StormFrame, kind_name) == 136);
static_assert(offsetof(StormFrame, asked_ppm) == 168);
static_assert(offsetof(StormFrame, realised_ppm) == 172);
// The engine is alive; every 200 ms of wall time.
struct HeartbeatFrame {
  std::uint16_t frame_kind;  // which record follows (enum FrameKind)
  std::uint16_t frame_flags;  // delivery class and marks (flags FrameFlags)
  std::uint32_t instrument_id;  // instrument the frame speaks of (id)
  std::uint64_t seq;  // last sequenced event the frame reflects (sequence)
  std::uint64_t ts_run_ns;  // virtual now (ns since venue midnight)
  std::uint64_t ts_event_ns;  // stamp of the last source event (ns since venue midnight)
  std::uint8_t symbol[8];  // symbol, padded with spaces (text)
  std::uint64_t ts_wall_ns;  // when the engine wrote it (ns since 1970)
  std::uint64_t durable_seq;  // last sequence on disk (sequence)
  std::uint64_t events;  // sequenced since source start (events)
  std::uint64_t rejected;  // of them rejected (events)
  std::uint64_t parse_errors;  // messages the parser could not read (messages)
  std::uint64_t ts_regressions;  // source time went back (events)
  std::uint64_t conflated;  // view frames replaced by newer ones (frames)
  std::uint64_t feed_dropped;  // feed frames lost to overflow (frames)
  std::uint64_t live_orders;  // resting in all books (orders)
  std::uint64_t lag_ns;  // virtual time behind wall time (ns)
  std::uint64_t run_digest;  // chain over everything sequenced (XXH3-64 chain)
  std::uint64_t source_position;  // how far the source is read (bytes or events)
  std::uint64_t source_length;  // its length (bytes or events)
  std::uint32_t speed_milli;  // speed; 0 = as fast as possible (1/1000)
  std::uint32_t instruments;  // instruments with a book (instruments)
  std::uint32_t storms_active;  // storms running (storms)
  std::uint8_t transport;  // source control (enum TransportState)
  std::uint8_t run_active;  // a run is being recorded (bool)
  std::uint8_t run_class;  // class of what runs (enum RunClass)
  std::uint8_t source_kind;  // what the source is (enum SourceKind)
};
static_assert(sizeof(HeartbeatFrame) == 160 && alignof(HeartbeatFrame) == 8);
static_assert(offsetof(HeartbeatFrame, frame_kind) == 0);
static_assert(offsetof(HeartbeatFrame, frame_flags) == 2);
static_assert(offsetof(HeartbeatFrame, instrument_id) == 4);
static_assert(offsetof(HeartbeatFrame, seq) == 8);
static_assert(offsetof(HeartbeatFrame, ts_run_ns) == 16);
static_assert(offsetof(HeartbeatFrame, ts_event_ns) == 24);
static_assert(offsetof(HeartbeatFrame, symbol) == 32);
static_assert(offsetof(HeartbeatFrame, ts_wall_ns) == 40);
static_assert(offsetof(HeartbeatFrame, durable_seq) == 48);
static_assert(offsetof(HeartbeatFrame, events) == 56);
static_assert(offsetof(HeartbeatFrame, rejected) == 64);
static_assert(offsetof(HeartbeatFrame, parse_errors) == 72);
static_assert(offsetof(HeartbeatFrame, ts_regressions) == 80);
static_assert(offsetof(HeartbeatFrame, conflated) == 88);
static_assert(offsetof(HeartbeatFrame, feed_dropped) == 96);
static_assert(offsetof(HeartbeatFrame, live_orders) == 104);
static_assert(offsetof(HeartbeatFrame, lag_ns) == 112);
static_assert(offsetof(HeartbeatFrame, run_digest) == 120);
static_assert(offsetof(HeartbeatFrame, source_position) == 128);
static_assert(offsetof(HeartbeatFrame, source_length) == 136);
static_assert(offsetof(HeartbeatFrame, speed_milli) == 144);
static_assert(offsetof(HeartbeatFrame, instruments) == 148);
static_assert(offsetof(HeartbeatFrame, storms_active) == 152);
static_assert(offsetof(HeartbeatFrame, transport) == 156);
static_assert(offsetof(HeartbeatFrame, run_active) == 157);
static_assert(offsetof(HeartbeatFrame, run_class) == 158);
static_assert(offsetof(HeartbeatFrame, source_kind) == 159);

}  // namespace wavetank
