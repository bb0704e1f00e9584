// Generated from packages/abi/schema/abi.json by pnpm codegen. Do not edit.
import { readBytes, readI64, readText, readU64, writeBytes, writeI64, writeText, writeU64 } from './scalars.ts';

export const ABI_VERSION = 1;
export const WIRE_VERSION = 1;
export const ABI_HASH = 15747626118072045167n;
export const MANIFEST =
  'wavetank-abi 1 da8ace8517590e6f Event=40 Record=64 IntentAnswer=16 ViewHeader=88 ViewLevel=32 ViewOwnOrder=32 ViewTrade=24 FramePrefix=40 HeaderFrame=88 TickFrame=232 BookFrame=48 RiskFrame=128 LatStage=24 LatFrame=64 EventsFrame=56 TradeFrame=72 ChaosFrame=96 StormFrame=176 HeartbeatFrame=160';
/** length of a virtual-time quantum (ns). */
export const QUANTUM_NS = 1000000;
/** Tick frames per virtual second and watched instrument (1/s). */
export const TICK_HZ = 50;
/** Book frames per virtual second and watched instrument (1/s). */
export const BOOK_HZ = 10;
/** levels a side in a Book frame (levels). */
export const BOOK_FRAME_LEVELS = 20;
/** levels a side in a storm view, at most (levels). */
export const VIEW_LEVELS = 256;
/** levels that depth and imbalance sum (levels). */
export const DEPTH_LEVELS = 10;
/** instruments with analytics and detectors at once (instruments). */
export const WATCH_MAX = 16;
/** bit 63: a storm's own order (mask). */
export const ORDER_ID_STORM_BIT = 9223372036854775808n;
/** bit 62: reserved, always rejected (mask). */
export const ORDER_ID_RESERVED_BIT = 4611686018427387904n;
/** largest price a book event may carry (the width of the ITCH field) (1/10000 dollar). */
export const PRICE_MAX = 4294967295;
/** largest quantity a book event may carry (the width of the ITCH field) (shares). */
export const QTY_MAX = 4294967295;
/** severity 1.0 (ppm). */
export const SEVERITY_ONE = 1000000;
/** shortest storm (ms). */
export const STORM_DURATION_MIN_MS = 5000;
/** longest storm (ms). */
export const STORM_DURATION_MAX_MS = 120000;
/** default half-life of returning quantity (ms). */
export const RECOVERY_HALF_LIFE_MS = 800;
/** kind number of a user's own storm: this bit and 15 bits of XXH64(name) (mask). */
export const USER_STORM_KIND_BIT = 32768;
/** Kind of a market event. */
export const EventType = {
  /** a new resting order. */
  Add: 1,
  /** quantity leaves; 0 means all. */
  Cancel: 2,
  /** same id, new price and quantity. */
  Modify: 3,
  /** a print; fills order_id unless non-displayed or cross. */
  Trade: 4,
  /** the instrument's book is emptied. */
  Clear: 5,
  /** trading status; qty = ITCH type byte, price = its state byte. */
  Status: 6,
} as const;
/** What a storm asks for; an intent uses the Event layout with this as its type. */
export const IntentOp = {
  /** post-only order of the storm; order_id = handle. */
  AddOwn: 129,
  /** cancel the own order with this handle. */
  CancelOwn: 130,
  /** side = the taker's side; buys or sells up to qty to the limit price. */
  Take: 131,
  /** displace source orders at this side and price, youngest first. */
  Withdraw: 132,
  /** what this storm displaced starts to return. */
  Release: 133,
} as const;
/** How an intent went. */
export const IntentResult = {
  /** nothing of it happened. */
  None: 0,
  /** done_qty of it happened. */
  Partial: 1,
  /** all of it happened. */
  Done: 2,
} as const;
/** Side of the book. */
export const Side = {
  /** buy. */
  Bid: 0,
  /** sell. */
  Ask: 1,
  /** taken from the order named. */
  Inherit: 2,
} as const;
/** How an event applied. The first rule that fails names the status; both halves of a replace carry the same. */
export const ApplyStatus = {
  /** the book changed. */
  Applied: 0,
  /** accepted, no effect on the book (hidden and cross trades, Status). */
  Tape: 1,
  /** unknown type. */
  BadType: 2,
  /** unknown flag bits. */
  BadFlags: 3,
  /** unknown side, or inherit where a side is needed. */
  BadSide: 4,
  /** bit 62 set, or bit 63 on a source event. */
  ReservedId: 5,
  /** price or quantity wider than 32 bits. */
  OutOfRange: 6,
  /** half of a replace without its other half. */
  TornReplace: 7,
  /** quantity 0 where some is needed. */
  ZeroQty: 8,
  /** no such live order. */
  UnknownOrder: 9,
  /** the order lives on another instrument. */
  WrongInstrument: 10,
  /** the id is live already. */
  DuplicateId: 11,
} as const;
/** Where a sequenced event comes from. */
export const Channel = {
  /** the source, verbatim. */
  Source: 0,
  /** inserted by the resolver. */
  Storm: 1,
} as const;
/** Why the resolver inserted an event: the ground truth. */
export const StormRole = {
  /** a source event. */
  None: 0,
  /** a storm's own order placed. */
  Own: 1,
  /** a storm's own order cancelled. */
  OwnCancel: 2,
  /** a storm took resting quantity. */
  Take: 3,
  /** a source order displaced. */
  Withdraw: 4,
  /** an injected order traded out of the way of the source. */
  Yield: 5,
  /** an injected order cancelled out of the way. */
  YieldCancel: 6,
  /** a displaced owner quotes again before its replace. */
  StandIn: 7,
  /** displaced quantity returns. */
  Return: 8,
  /** displaced order returns so that a duplicate is rejected. */
  DuplicateReturn: 9,
  /** own order cancelled at the storm's end. */
  EndCancel: 10,
} as const;
/** Kind of a frame on the wire. */
export const FrameKind = {
  /** first frame of every connection. */
  Header: 1,
  /** analytics of one instrument. */
  Tick: 2,
  /** levels of one instrument. */
  Book: 3,
  /** state of a target's risk gate. */
  Risk: 4,
  /** stage latencies. */
  Lat: 5,
  /** one print. */
  Trade: 6,
  /** a detector raised a flag. */
  Chaos: 7,
  /** a storm changed phase. */
  Storm: 8,
  /** the engine is alive. */
  Heartbeat: 9,
  /** request to the engine: JSON. */
  Control: 10,
  /** answer of the engine: JSON. */
  Answer: 11,
  /** records of one instrument, in order. */
  Events: 12,
  /** the resting orders of one instrument, as the Adds that make its book. */
  Snapshot: 13,
} as const;
/** What a second execution can promise. */
export const RunClass = {
  /** no live target: everything repeats. */
  D0: 0,
  /** source and storms repeat, the target keeps its own time. */
  D1: 1,
  /** replay of a recorded log. */
  D2: 2,
} as const;
/** What the source is. */
export const SourceKind = {
  /** nothing open. */
  None: 0,
  /** an ITCH 5.0 file. */
  Itch: 1,
  /** the seeded generator. */
  Synthetic: 2,
  /** a recorded run. */
  Run: 3,
} as const;
/** State of the source control. */
export const TransportState = {
  /** nothing open. */
  Idle: 0,
  /** the source is being opened. */
  Opening: 1,
  /** virtual time runs. */
  Playing: 2,
  /** held by a person. */
  Paused: 3,
  /** held because a lossless consumer is behind. */
  Stalled: 4,
  /** the source is exhausted. */
  Ended: 5,
} as const;
/** Market regime. */
export const Regime = {
  /** less than 30 s of history. */
  Unknown: 0,
  /** calm. */
  Calm: 1,
  /** volatile. */
  Volatile: 2,
  /** aggressive. */
  Aggressive: 3,
  /** crisis. */
  Crisis: 4,
} as const;
/** Kinds of storm that ship. */
export const StormKind = {
  /** layers near the touch placed and pulled before they can trade. */
  PhantomLiquidity: 1,
  /** a flood of adds and cancels. */
  CancellationStorm: 2,
  /** takes in the direction of imbalance, layering behind, then lets go. */
  MomentumIgnition: 3,
  /** bids withdrawn and swept, linear slide, then recovery. */
  FlashCrash: 4,
  /** delivery stalls to the target, quotes fade on the stale side. */
  LatencyArbProxy: 5,
} as const;
/** Detectors; 1 to 5 bear the number of their storm kind. */
export const Detector = {
  /** depth that flickers. */
  PhantomLiquidity: 1,
  /** cancel-dominated burst. */
  CancellationStorm: 2,
  /** directional takes, then let go. */
  MomentumIgnition: 3,
  /** slide with a widening spread. */
  FlashCrash: 4,
  /** print, then quote fade. */
  LatencyArbProxy: 5,
  /** message burst without trades. */
  QuoteStuff: 6,
  /** layering on one side, trading on the other. */
  Spoof: 7,
} as const;
/** Where a storm stands. */
export const StormPhase = {
  /** emits intents. */
  Running: 1,
  /** ended; what it displaced returns. */
  Returning: 2,
  /** ended, nothing displaced. */
  Closed: 3,
} as const;
/** Why a storm ended. */
export const StormCause = {
  /** it has not ended. */
  None: 0,
  /** its duration passed. */
  Expired: 1,
  /** stopped by a person or scenario. */
  Stopped: 2,
  /** the source ended. */
  SourceEnd: 3,
  /** the storm code failed. */
  Aborted: 4,
} as const;
/** State of a risk gate. */
export const RiskState = {
  /** orders are judged. */
  Armed: 1,
  /** latched by a guard. */
  Tripped: 2,
  /** latched by hand. */
  Killed: 3,
} as const;
/** Guards of the risk gate. */
export const RiskGuard = {
  /** no guard. */
  None: 0,
  /** token bucket of orders. */
  OrderRate: 1,
  /** position cap including working orders. */
  Position: 2,
  /** mark-to-market loss since start of day. */
  DailyLoss: 3,
  /** orders per fill. */
  OrderToTrade: 4,
  /** feed gaps in window. */
  FeedGaps: 5,
  /** manual kill. */
  Kill: 6,
} as const;
/** Stages with measured latency. */
export const Stage = {
  /** bytes to events. */
  Parse: 0,
  /** events through resolve and book. */
  Apply: 1,
  /** flow and detectors. */
  Analytics: 2,
  /** risk decisions. */
  Risk: 3,
  /** frames written. */
  Wire: 4,
} as const;
/** Modifiers of an event. */
export const EventFlags = {
  /** another event of the same step follows; observers wait. */
  MORE: 1,
  /** half of a replace. */
  REPLACE: 2,
  /** hidden trade. */
  NON_DISPLAYED: 4,
  /** cross trade. */
  CROSS: 8,
  /** not part of volume. */
  NON_PRINTABLE: 16,
  /** inserted by the resolver. */
  INJECTED: 32,
  /** a broken trade. */
  BROKEN: 64,
} as const;
/** Marks of a frame. */
export const FrameFlags = {
  /** lossless class: the 1 Hz tick, Risk, Chaos, Storm. */
  RECORD: 1,
  /** the source is synthetic. */
  SYNTHETIC: 2,
  /** analytics have not warmed up. */
  WARMING: 4,
  /** frames of this class were lost before this one. */
  GAP: 8,
} as const;
/** One market event; an intent uses the same layout. */
export interface Event {
  /** venue time; for storms the quantum end (ns since venue midnight). */
  ts_ns: number;
  /** limit or trade price (1/10000 dollar). Null: 0. */
  price: number;
  /** quantity; Cancel 0 means all (shares). */
  qty: number;
  /** order reference; Status BROKEN: match number (id). Null: 0. */
  order_id: bigint;
  /** ITCH stock locate (id). */
  instrument_id: number;
  /** what happened (enum EventType). */
  type: number;
  /** side of the order, or inherit (enum Side). */
  side: number;
  /** modifiers (flags EventFlags). */
  flags: number;
}
export const EVENT_SIZE = 40;
/** Byte offset of every field of Event. */
export const EVENT = {
  ts_ns: 0,
  price: 8,
  qty: 16,
  order_id: 24,
  instrument_id: 32,
  type: 36,
  side: 37,
  flags: 38,
} as const;
/** Reads a Event at byte `at`. */
export function decodeEvent(view: DataView, at = 0): Event {
  return {
    ts_ns: readU64(view, at + 0),
    price: readU64(view, at + 8),
    qty: readU64(view, at + 16),
    order_id: view.getBigUint64(at + 24, true),
    instrument_id: view.getUint32(at + 32, true),
    type: view.getUint8(at + 36),
    side: view.getUint8(at + 37),
    flags: view.getUint16(at + 38, true),
  };
}
/** Writes a Event at byte `at`. */
export function encodeEvent(view: DataView, at: number, value: Event): void {
  writeU64(view, at + 0, value.ts_ns);
  writeU64(view, at + 8, value.price);
  writeU64(view, at + 16, value.qty);
  view.setBigUint64(at + 24, value.order_id, true);
  view.setUint32(at + 32, value.instrument_id, true);
  view.setUint8(at + 36, value.type);
  view.setUint8(at + 37, value.side);
  view.setUint16(at + 38, value.flags, true);
}
/** A sequenced event with its label, as the log and the feed hold it. */
export interface Record {
  /** 1, 2, ... in order of application (sequence). */
  seq: number;
  /** venue time; for storms the quantum end (ns since venue midnight). */
  ts_ns: number;
  /** limit or trade price (1/10000 dollar). Null: 0. */
  price: number;
  /** quantity; Cancel 0 means all (shares). */
  qty: number;
  /** order reference; Status BROKEN: match number (id). Null: 0. */
  order_id: bigint;
  /** ITCH stock locate (id). */
  instrument_id: number;
  /** what happened (enum EventType). */
  type: number;
  /** side of the order, or inherit (enum Side). */
  side: number;
  /** modifiers (flags EventFlags). */
  flags: number;
  /** source or storm (enum Channel). */
  channel: number;
  /** how it applied (enum ApplyStatus). */
  status: number;
  /** storm that caused it (id). Null: 0. */
  storm_id: number;
  /** why it was inserted (enum StormRole). */
  role: number;
}
export const RECORD_SIZE = 64;
/** Byte offset of every field of Record. */
export const RECORD = {
  seq: 0,
  ts_ns: 8,
  price: 16,
  qty: 24,
  order_id: 32,
  instrument_id: 40,
  type: 44,
  side: 45,
  flags: 46,
  channel: 48,
  status: 52,
  storm_id: 56,
  role: 60,
} as const;
/** Reads a Record at byte `at`. */
export function decodeRecord(view: DataView, at = 0): Record {
  return {
    seq: readU64(view, at + 0),
    ts_ns: readU64(view, at + 8),
    price: readU64(view, at + 16),
    qty: readU64(view, at + 24),
    order_id: view.getBigUint64(at + 32, true),
    instrument_id: view.getUint32(at + 40, true),
    type: view.getUint8(at + 44),
    side: view.getUint8(at + 45),
    flags: view.getUint16(at + 46, true),
    channel: view.getUint32(at + 48, true),
    status: view.getUint32(at + 52, true),
    storm_id: view.getUint32(at + 56, true),
    role: view.getUint32(at + 60, true),
  };
}
/** Writes a Record at byte `at`. */
export function encodeRecord(view: DataView, at: number, value: Record): void {
  writeU64(view, at + 0, value.seq);
  writeU64(view, at + 8, value.ts_ns);
  writeU64(view, at + 16, value.price);
  writeU64(view, at + 24, value.qty);
  view.setBigUint64(at + 32, value.order_id, true);
  view.setUint32(at + 40, value.instrument_id, true);
  view.setUint8(at + 44, value.type);
  view.setUint8(at + 45, value.side);
  view.setUint16(at + 46, value.flags, true);
  view.setUint32(at + 48, value.channel, true);
  view.setUint32(at + 52, value.status, true);
  view.setUint32(at + 56, value.storm_id, true);
  view.setUint32(at + 60, value.role, true);
}
/** How one intent went. */
export interface IntentAnswer {
  /** how much happened (shares). */
  done_qty: number;
  /** position in the batch (index). */
  index: number;
  /** none, partial or done (enum IntentResult). */
  result: number;
}
export const INTENT_ANSWER_SIZE = 16;
/** Byte offset of every field of IntentAnswer. */
export const INTENT_ANSWER = {
  done_qty: 0,
  index: 8,
  result: 12,
} as const;
/** Reads a IntentAnswer at byte `at`. */
export function decodeIntentAnswer(view: DataView, at = 0): IntentAnswer {
  return {
    done_qty: readU64(view, at + 0),
    index: view.getUint32(at + 8, true),
    result: view.getUint32(at + 12, true),
  };
}
/** Writes a IntentAnswer at byte `at`. */
export function encodeIntentAnswer(view: DataView, at: number, value: IntentAnswer): void {
  writeU64(view, at + 0, value.done_qty);
  view.setUint32(at + 8, value.index, true);
  view.setUint32(at + 12, value.result, true);
}
/** What a storm sees besides levels, own orders and trades. */
export interface ViewHeader {
  /** quantum end T (ns since venue midnight). */
  ts_ns: number;
  /** instrument of the storm (id). */
  instrument_id: number;
  /** price increment (1/10000 dollar). */
  tick_size: number;
  /** T trading, H halted, P paused, Q quotation only (ITCH state byte). */
  trading_state: number;
  /** bid levels that follow (levels). */
  bid_count: number;
  /** ask levels that follow (levels). */
  ask_count: number;
  /** own orders that follow (orders). */
  own_count: number;
  /** trades of the quantum that follow (trades). */
  trade_count: number;
  /** trades of the quantum that did not fit (trades). */
  trades_omitted: number;
  /** median event rate of the 10 s before start (events per 1000 s). */
  baseline_rate_milli: number;
  /** median ten-level bid depth (shares). */
  baseline_bid_depth: number;
  /** median ten-level ask depth (shares). */
  baseline_ask_depth: number;
  /** median spread (1/10000 dollar). */
  baseline_spread: number;
  /** displaced by this storm on the bid, left (shares). */
  displaced_bid: number;
  /** displaced by this storm on the ask, left (shares). */
  displaced_ask: number;
}
export const VIEW_HEADER_SIZE = 88;
/** Byte offset of every field of ViewHeader. */
export const VIEW_HEADER = {
  ts_ns: 0,
  instrument_id: 8,
  tick_size: 12,
  trading_state: 16,
  bid_count: 20,
  ask_count: 24,
  own_count: 28,
  trade_count: 32,
  trades_omitted: 36,
  baseline_rate_milli: 40,
  baseline_bid_depth: 48,
  baseline_ask_depth: 56,
  baseline_spread: 64,
  displaced_bid: 72,
  displaced_ask: 80,
} as const;
/** Reads a ViewHeader at byte `at`. */
export function decodeViewHeader(view: DataView, at = 0): ViewHeader {
  return {
    ts_ns: readU64(view, at + 0),
    instrument_id: view.getUint32(at + 8, true),
    tick_size: view.getUint32(at + 12, true),
    trading_state: view.getUint32(at + 16, true),
    bid_count: view.getUint32(at + 20, true),
    ask_count: view.getUint32(at + 24, true),
    own_count: view.getUint32(at + 28, true),
    trade_count: view.getUint32(at + 32, true),
    trades_omitted: view.getUint32(at + 36, true),
    baseline_rate_milli: readU64(view, at + 40),
    baseline_bid_depth: readU64(view, at + 48),
    baseline_ask_depth: readU64(view, at + 56),
    baseline_spread: readU64(view, at + 64),
    displaced_bid: readU64(view, at + 72),
    displaced_ask: readU64(view, at + 80),
  };
}
/** Writes a ViewHeader at byte `at`. */
export function encodeViewHeader(view: DataView, at: number, value: ViewHeader): void {
  writeU64(view, at + 0, value.ts_ns);
  view.setUint32(at + 8, value.instrument_id, true);
  view.setUint32(at + 12, value.tick_size, true);
  view.setUint32(at + 16, value.trading_state, true);
  view.setUint32(at + 20, value.bid_count, true);
  view.setUint32(at + 24, value.ask_count, true);
  view.setUint32(at + 28, value.own_count, true);
  view.setUint32(at + 32, value.trade_count, true);
  view.setUint32(at + 36, value.trades_omitted, true);
  writeU64(view, at + 40, value.baseline_rate_milli);
  writeU64(view, at + 48, value.baseline_bid_depth);
  writeU64(view, at + 56, value.baseline_ask_depth);
  writeU64(view, at + 64, value.baseline_spread);
  writeU64(view, at + 72, value.displaced_bid);
  writeU64(view, at + 80, value.displaced_ask);
}
/** One price level of a view or a Book frame. */
export interface ViewLevel {
  /** price (1/10000 dollar). */
  price: number;
  /** resting, injected included (shares). */
  qty: number;
  /** of it: storms' own orders (shares). */
  injected_qty: number;
  /** orders resting (orders). */
  orders: number;
  /** 0 (none). */
  reserved: number;
}
export const VIEW_LEVEL_SIZE = 32;
/** Byte offset of every field of ViewLevel. */
export const VIEW_LEVEL = {
  price: 0,
  qty: 8,
  injected_qty: 16,
  orders: 24,
  reserved: 28,
} as const;
/** Reads a ViewLevel at byte `at`. */
export function decodeViewLevel(view: DataView, at = 0): ViewLevel {
  return {
    price: readU64(view, at + 0),
    qty: readU64(view, at + 8),
    injected_qty: readU64(view, at + 16),
    orders: view.getUint32(at + 24, true),
    reserved: view.getUint32(at + 28, true),
  };
}
/** Writes a ViewLevel at byte `at`. */
export function encodeViewLevel(view: DataView, at: number, value: ViewLevel): void {
  writeU64(view, at + 0, value.price);
  writeU64(view, at + 8, value.qty);
  writeU64(view, at + 16, value.injected_qty);
  view.setUint32(at + 24, value.orders, true);
  view.setUint32(at + 28, value.reserved, true);
}
/** One of the storm's own orders. */
export interface ViewOwnOrder {
  /** limit (1/10000 dollar). */
  price: number;
  /** resting now; 0 = gone since the last call (shares). */
  qty: number;
  /** filled since the last call (shares). */
  filled_qty: number;
  /** chosen by the storm (handle). */
  handle: number;
  /** side (enum Side). */
  side: number;
}
export const VIEW_OWN_ORDER_SIZE = 32;
/** Byte offset of every field of ViewOwnOrder. */
export const VIEW_OWN_ORDER = {
  price: 0,
  qty: 8,
  filled_qty: 16,
  handle: 24,
  side: 28,
} as const;
/** Reads a ViewOwnOrder at byte `at`. */
export function decodeViewOwnOrder(view: DataView, at = 0): ViewOwnOrder {
  return {
    price: readU64(view, at + 0),
    qty: readU64(view, at + 8),
    filled_qty: readU64(view, at + 16),
    handle: view.getUint32(at + 24, true),
    side: view.getUint32(at + 28, true),
  };
}
/** Writes a ViewOwnOrder at byte `at`. */
export function encodeViewOwnOrder(view: DataView, at: number, value: ViewOwnOrder): void {
  writeU64(view, at + 0, value.price);
  writeU64(view, at + 8, value.qty);
  writeU64(view, at + 16, value.filled_qty);
  view.setUint32(at + 24, value.handle, true);
  view.setUint32(at + 28, value.side, true);
}
/** One trade of the quantum. */
export interface ViewTrade {
  /** price (1/10000 dollar). */
  price: number;
  /** quantity (shares). */
  qty: number;
  /** side of the resting order, inherit when hidden (enum Side). */
  side: number;
  /** modifiers (flags EventFlags). */
  flags: number;
}
export const VIEW_TRADE_SIZE = 24;
/** Byte offset of every field of ViewTrade. */
export const VIEW_TRADE = {
  price: 0,
  qty: 8,
  side: 16,
  flags: 20,
} as const;
/** Reads a ViewTrade at byte `at`. */
export function decodeViewTrade(view: DataView, at = 0): ViewTrade {
  return {
    price: readU64(view, at + 0),
    qty: readU64(view, at + 8),
    side: view.getUint32(at + 16, true),
    flags: view.getUint32(at + 20, true),
  };
}
/** Writes a ViewTrade at byte `at`. */
export function encodeViewTrade(view: DataView, at: number, value: ViewTrade): void {
  writeU64(view, at + 0, value.price);
  writeU64(view, at + 8, value.qty);
  view.setUint32(at + 16, value.side, true);
  view.setUint32(at + 20, value.flags, true);
}
/** Every frame but Control and Answer begins so. */
export interface FramePrefix {
  /** which record follows (enum FrameKind). */
  frame_kind: number;
  /** delivery class and marks (flags FrameFlags). */
  frame_flags: number;
  /** instrument the frame speaks of (id). Null: 0. */
  instrument_id: number;
  /** last sequenced event the frame reflects (sequence). */
  seq: number;
  /** virtual now (ns since venue midnight). */
  ts_run_ns: number;
  /** stamp of the last source event (ns since venue midnight). Null: 0. */
  ts_event_ns: number;
  /** symbol, padded with spaces (text). Null: spaces. */
  symbol: string;
}
export const FRAME_PREFIX_SIZE = 40;
/** Byte offset of every field of FramePrefix. */
export const FRAME_PREFIX = {
  frame_kind: 0,
  frame_flags: 2,
  instrument_id: 4,
  seq: 8,
  ts_run_ns: 16,
  ts_event_ns: 24,
  symbol: 32,
} as const;
/** Reads a FramePrefix at byte `at`. */
export function decodeFramePrefix(view: DataView, at = 0): FramePrefix {
  return {
    frame_kind: view.getUint16(at + 0, true),
    frame_flags: view.getUint16(at + 2, true),
    instrument_id: view.getUint32(at + 4, true),
    seq: readU64(view, at + 8),
    ts_run_ns: readU64(view, at + 16),
    ts_event_ns: readU64(view, at + 24),
    symbol: readText(view, at + 32, 8),
  };
}
/** Writes a FramePrefix at byte `at`. */
export function encodeFramePrefix(view: DataView, at: number, value: FramePrefix): void {
  view.setUint16(at + 0, value.frame_kind, true);
  view.setUint16(at + 2, value.frame_flags, true);
  view.setUint32(at + 4, value.instrument_id, true);
  writeU64(view, at + 8, value.seq);
  writeU64(view, at + 16, value.ts_run_ns);
  writeU64(view, at + 24, value.ts_event_ns);
  writeText(view, at + 32, 8, value.symbol, 32);
}
/** First frame of every connection. */
export interface HeaderFrame {
  /** which record follows (enum FrameKind). */
  frame_kind: number;
  /** delivery class and marks (flags FrameFlags). */
  frame_flags: number;
  /** instrument the frame speaks of (id). Null: 0. */
  instrument_id: number;
  /** last sequenced event the frame reflects (sequence). */
  seq: number;
  /** virtual now (ns since venue midnight). */
  ts_run_ns: number;
  /** stamp of the last source event (ns since venue midnight). Null: 0. */
  ts_event_ns: number;
  /** symbol, padded with spaces (text). Null: spaces. */
  symbol: string;
  /** hash of the schema (hash). */
  abi_hash: bigint;
  /** digest of the source (XXH64). */
  input_digest: bigint;
  /** seed of the synthetic source (seed). Null: 0. */
  seed: bigint;
  /** version of this schema (version). */
  abi_version: number;
  /** version of the framing (version). */
  wire_version: number;
  /** process of the engine (pid). */
  engine_pid: number;
  /** timelines since the engine started: open and seek begin a new one (count). */
  epoch: number;
  /** instruments known (instruments). */
  instruments: number;
  /** class of what runs (enum RunClass). */
  run_class: number;
  /** what the source is (enum SourceKind). */
  source_kind: number;
  /** 0 (none). */
  reserved: number;
}
export const HEADER_FRAME_SIZE = 88;
/** Byte offset of every field of HeaderFrame. */
export const HEADER_FRAME = {
  frame_kind: 0,
  frame_flags: 2,
  instrument_id: 4,
  seq: 8,
  ts_run_ns: 16,
  ts_event_ns: 24,
  symbol: 32,
  abi_hash: 40,
  input_digest: 48,
  seed: 56,
  abi_version: 64,
  wire_version: 68,
  engine_pid: 72,
  epoch: 76,
  instruments: 80,
  run_class: 84,
  source_kind: 85,
  reserved: 86,
} as const;
/** Reads a HeaderFrame at byte `at`. */
export function decodeHeaderFrame(view: DataView, at = 0): HeaderFrame {
  return {
    frame_kind: view.getUint16(at + 0, true),
    frame_flags: view.getUint16(at + 2, true),
    instrument_id: view.getUint32(at + 4, true),
    seq: readU64(view, at + 8),
    ts_run_ns: readU64(view, at + 16),
    ts_event_ns: readU64(view, at + 24),
    symbol: readText(view, at + 32, 8),
    abi_hash: view.getBigUint64(at + 40, true),
    input_digest: view.getBigUint64(at + 48, true),
    seed: view.getBigUint64(at + 56, true),
    abi_version: view.getUint32(at + 64, true),
    wire_version: view.getUint32(at + 68, true),
    engine_pid: view.getUint32(at + 72, true),
    epoch: view.getUint32(at + 76, true),
    instruments: view.getUint32(at + 80, true),
    run_class: view.getUint8(at + 84),
    source_kind: view.getUint8(at + 85),
    reserved: view.getUint16(at + 86, true),
  };
}
/** Writes a HeaderFrame at byte `at`. */
export function encodeHeaderFrame(view: DataView, at: number, value: HeaderFrame): void {
  view.setUint16(at + 0, value.frame_kind, true);
  view.setUint16(at + 2, value.frame_flags, true);
  view.setUint32(at + 4, value.instrument_id, true);
  writeU64(view, at + 8, value.seq);
  writeU64(view, at + 16, value.ts_run_ns);
  writeU64(view, at + 24, value.ts_event_ns);
  writeText(view, at + 32, 8, value.symbol, 32);
  view.setBigUint64(at + 40, value.abi_hash, true);
  view.setBigUint64(at + 48, value.input_digest, true);
  view.setBigUint64(at + 56, value.seed, true);
  view.setUint32(at + 64, value.abi_version, true);
  view.setUint32(at + 68, value.wire_version, true);
  view.setUint32(at + 72, value.engine_pid, true);
  view.setUint32(at + 76, value.epoch, true);
  view.setUint32(at + 80, value.instruments, true);
  view.setUint8(at + 84, value.run_class);
  view.setUint8(at + 85, value.source_kind);
  view.setUint16(at + 86, value.reserved, true);
}
/** Analytics of one instrument at a fixed virtual instant. */
export interface TickFrame {
  /** which record follows (enum FrameKind). */
  frame_kind: number;
  /** delivery class and marks (flags FrameFlags). */
  frame_flags: number;
  /** instrument the frame speaks of (id). Null: 0. */
  instrument_id: number;
  /** last sequenced event the frame reflects (sequence). */
  seq: number;
  /** virtual now (ns since venue midnight). */
  ts_run_ns: number;
  /** stamp of the last source event (ns since venue midnight). Null: 0. */
  ts_event_ns: number;
  /** symbol, padded with spaces (text). Null: spaces. */
  symbol: string;
  /** chain over everything sequenced (XXH3-64 chain). */
  run_digest: bigint;
  /** digest of all levels of all instruments, little endian (XXH3-128 sum). */
  market_digest: Uint8Array;
  /** best bid + best ask (1/20000 dollar). Null: 0. */
  mid_x2: number;
  /** size-weighted touch (1/10000000 dollar). Null: 0. */
  microprice_milli: number;
  /** mid of the source without storms, times two (1/20000 dollar). Null: 0. */
  twin_mid_x2: number;
  /** best bid (1/10000 dollar). Null: 0. */
  best_bid: number;
  /** best ask (1/10000 dollar). Null: 0. */
  best_ask: number;
  /** ten levels (shares). */
  bid_depth: number;
  /** ten levels (shares). */
  ask_depth: number;
  /** ten levels of the source without storms (shares). */
  twin_bid_depth: number;
  /** ten levels of the source without storms (shares). */
  twin_ask_depth: number;
  /** printed since source start (shares). */
  volume: number;
  /** prints since source start (trades). */
  trades: number;
  /** of this instrument since source start (events). */
  events: number;
  /** storms' own orders resting (shares). */
  injected_qty: number;
  /** source quantity displaced (shares). */
  displaced_qty: number;
  /** best ask - best bid; 0 when crossed or locked (1/10000 dollar). Null: 4294967295. */
  spread: number;
  /** spread of the source without storms (1/10000 dollar). Null: 4294967295. */
  twin_spread: number;
  /** spread over mid (1/1000 bps). Null: 4294967295. */
  spread_milli_bps: number;
  /** (bid - ask) / (bid + ask) depth (ppm). Null: -2147483648. */
  imbalance_ppm: number;
  /** volume-synchronised probability of informed trading (ppm). Null: 4294967295. */
  vpin_ppm: number;
  /** trades in the last second (1/1000 trades per s). */
  velocity_milli: number;
  /** its moving average, weight 1/8 (1/1000 trades per s). */
  velocity_ewma_milli: number;
  /** mid over the last second (1/1000 bps). Null: -2147483648. */
  drift_milli_bps: number;
  /** events in the last second (1/1000 events per s). */
  event_rate_milli: number;
  /** price increment (1/10000 dollar). */
  tick_size: number;
  /** time the market was crossed, since source start (ms). */
  crossed_ms: number;
  /** sum of the regime terms (1/1000). */
  regime_score_milli: number;
  /** market regime (enum Regime). */
  regime: number;
  /** T trading; others hold storms (ITCH state byte). */
  trading_state: number;
  /** storms running on this instrument (storms). */
  storms_active: number;
  /** source control (enum TransportState). */
  transport: number;
  /** Tick frames of this instrument replaced by newer ones (frames). */
  conflated: number;
}
export const TICK_FRAME_SIZE = 232;
/** Byte offset of every field of TickFrame. */
export const TICK_FRAME = {
  frame_kind: 0,
  frame_flags: 2,
  instrument_id: 4,
  seq: 8,
  ts_run_ns: 16,
  ts_event_ns: 24,
  symbol: 32,
  run_digest: 40,
  market_digest: 48,
  mid_x2: 64,
  microprice_milli: 72,
  twin_mid_x2: 80,
  best_bid: 88,
  best_ask: 96,
  bid_depth: 104,
  ask_depth: 112,
  twin_bid_depth: 120,
  twin_ask_depth: 128,
  volume: 136,
  trades: 144,
  events: 152,
  injected_qty: 160,
  displaced_qty: 168,
  spread: 176,
  twin_spread: 180,
  spread_milli_bps: 184,
  imbalance_ppm: 188,
  vpin_ppm: 192,
  velocity_milli: 196,
  velocity_ewma_milli: 200,
  drift_milli_bps: 204,
  event_rate_milli: 208,
  tick_size: 212,
  crossed_ms: 216,
  regime_score_milli: 220,
  regime: 224,
  trading_state: 225,
  storms_active: 226,
  transport: 227,
  conflated: 228,
} as const;
/** Reads a TickFrame at byte `at`. */
export function decodeTickFrame(view: DataView, at = 0): TickFrame {
  return {
    frame_kind: view.getUint16(at + 0, true),
    frame_flags: view.getUint16(at + 2, true),
    instrument_id: view.getUint32(at + 4, true),
    seq: readU64(view, at + 8),
    ts_run_ns: readU64(view, at + 16),
    ts_event_ns: readU64(view, at + 24),
    symbol: readText(view, at + 32, 8),
    run_digest: view.getBigUint64(at + 40, true),
    market_digest: readBytes(view, at + 48, 16),
    mid_x2: readU64(view, at + 64),
    microprice_milli: readU64(view, at + 72),
    twin_mid_x2: readU64(view, at + 80),
    best_bid: readU64(view, at + 88),
    best_ask: readU64(view, at + 96),
    bid_depth: readU64(view, at + 104),
    ask_depth: readU64(view, at + 112),
    twin_bid_depth: readU64(view, at + 120),
    twin_ask_depth: readU64(view, at + 128),
    volume: readU64(view, at + 136),
    trades: readU64(view, at + 144),
    events: readU64(view, at + 152),
    injected_qty: readU64(view, at + 160),
    displaced_qty: readU64(view, at + 168),
    spread: view.getUint32(at + 176, true),
    twin_spread: view.getUint32(at + 180, true),
    spread_milli_bps: view.getUint32(at + 184, true),
    imbalance_ppm: view.getInt32(at + 188, true),
    vpin_ppm: view.getUint32(at + 192, true),
    velocity_milli: view.getUint32(at + 196, true),
    velocity_ewma_milli: view.getUint32(at + 200, true),
    drift_milli_bps: view.getInt32(at + 204, true),
    event_rate_milli: view.getUint32(at + 208, true),
    tick_size: view.getUint32(at + 212, true),
    crossed_ms: view.getUint32(at + 216, true),
    regime_score_milli: view.getUint32(at + 220, true),
    regime: view.getUint8(at + 224),
    trading_state: view.getUint8(at + 225),
    storms_active: view.getUint8(at + 226),
    transport: view.getUint8(at + 227),
    conflated: view.getUint32(at + 228, true),
  };
}
/** Writes a TickFrame at byte `at`. */
export function encodeTickFrame(view: DataView, at: number, value: TickFrame): void {
  view.setUint16(at + 0, value.frame_kind, true);
  view.setUint16(at + 2, value.frame_flags, true);
  view.setUint32(at + 4, value.instrument_id, true);
  writeU64(view, at + 8, value.seq);
  writeU64(view, at + 16, value.ts_run_ns);
  writeU64(view, at + 24, value.ts_event_ns);
  writeText(view, at + 32, 8, value.symbol, 32);
  view.setBigUint64(at + 40, value.run_digest, true);
  writeBytes(view, at + 48, 16, value.market_digest);
  writeU64(view, at + 64, value.mid_x2);
  writeU64(view, at + 72, value.microprice_milli);
  writeU64(view, at + 80, value.twin_mid_x2);
  writeU64(view, at + 88, value.best_bid);
  writeU64(view, at + 96, value.best_ask);
  writeU64(view, at + 104, value.bid_depth);
  writeU64(view, at + 112, value.ask_depth);
  writeU64(view, at + 120, value.twin_bid_depth);
  writeU64(view, at + 128, value.twin_ask_depth);
  writeU64(view, at + 136, value.volume);
  writeU64(view, at + 144, value.trades);
  writeU64(view, at + 152, value.events);
  writeU64(view, at + 160, value.injected_qty);
  writeU64(view, at + 168, value.displaced_qty);
  view.setUint32(at + 176, value.spread, true);
  view.setUint32(at + 180, value.twin_spread, true);
  view.setUint32(at + 184, value.spread_milli_bps, true);
  view.setInt32(at + 188, value.imbalance_ppm, true);
  view.setUint32(at + 192, value.vpin_ppm, true);
  view.setUint32(at + 196, value.velocity_milli, true);
  view.setUint32(at + 200, value.velocity_ewma_milli, true);
  view.setInt32(at + 204, value.drift_milli_bps, true);
  view.setUint32(at + 208, value.event_rate_milli, true);
  view.setUint32(at + 212, value.tick_size, true);
  view.setUint32(at + 216, value.crossed_ms, true);
  view.setUint32(at + 220, value.regime_score_milli, true);
  view.setUint8(at + 224, value.regime);
  view.setUint8(at + 225, value.trading_state);
  view.setUint8(at + 226, value.storms_active);
  view.setUint8(at + 227, value.transport);
  view.setUint32(at + 228, value.conflated, true);
}
/** Levels of one instrument; bid_count then ask_count ViewLevels follow, best first. */
export interface BookFrame {
  /** which record follows (enum FrameKind). */
  frame_kind: number;
  /** delivery class and marks (flags FrameFlags). */
  frame_flags: number;
  /** instrument the frame speaks of (id). Null: 0. */
  instrument_id: number;
  /** last sequenced event the frame reflects (sequence). */
  seq: number;
  /** virtual now (ns since venue midnight). */
  ts_run_ns: number;
  /** stamp of the last source event (ns since venue midnight). Null: 0. */
  ts_event_ns: number;
  /** symbol, padded with spaces (text). Null: spaces. */
  symbol: string;
  /** bids that follow (levels). */
  bid_count: number;
  /** asks that follow (levels). */
  ask_count: number;
  /** price increment (1/10000 dollar). */
  tick_size: number;
}
export const BOOK_FRAME_SIZE = 48;
/** Byte offset of every field of BookFrame. */
export const BOOK_FRAME = {
  frame_kind: 0,
  frame_flags: 2,
  instrument_id: 4,
  seq: 8,
  ts_run_ns: 16,
  ts_event_ns: 24,
  symbol: 32,
  bid_count: 40,
  ask_count: 42,
  tick_size: 44,
} as const;
/** Reads a BookFrame at byte `at`. */
export function decodeBookFrame(view: DataView, at = 0): BookFrame {
  return {
    frame_kind: view.getUint16(at + 0, true),
    frame_flags: view.getUint16(at + 2, true),
    instrument_id: view.getUint32(at + 4, true),
    seq: readU64(view, at + 8),
    ts_run_ns: readU64(view, at + 16),
    ts_event_ns: readU64(view, at + 24),
    symbol: readText(view, at + 32, 8),
    bid_count: view.getUint16(at + 40, true),
    ask_count: view.getUint16(at + 42, true),
    tick_size: view.getUint32(at + 44, true),
  };
}
/** Writes a BookFrame at byte `at`. */
export function encodeBookFrame(view: DataView, at: number, value: BookFrame): void {
  view.setUint16(at + 0, value.frame_kind, true);
  view.setUint16(at + 2, value.frame_flags, true);
  view.setUint32(at + 4, value.instrument_id, true);
  writeU64(view, at + 8, value.seq);
  writeU64(view, at + 16, value.ts_run_ns);
  writeU64(view, at + 24, value.ts_event_ns);
  writeText(view, at + 32, 8, value.symbol, 32);
  view.setUint16(at + 40, value.bid_count, true);
  view.setUint16(at + 42, value.ask_count, true);
  view.setUint32(at + 44, value.tick_size, true);
}
/** State of one target's risk gate. */
export interface RiskFrame {
  /** which record follows (enum FrameKind). */
  frame_kind: number;
  /** delivery class and marks (flags FrameFlags). */
  frame_flags: number;
  /** instrument the frame speaks of (id). Null: 0. */
  instrument_id: number;
  /** last sequenced event the frame reflects (sequence). */
  seq: number;
  /** virtual now (ns since venue midnight). */
  ts_run_ns: number;
  /** stamp of the last source event (ns since venue midnight). Null: 0. */
  ts_event_ns: number;
  /** symbol, padded with spaces (text). Null: spaces. */
  symbol: string;
  /** signed position (shares). */
  position: number;
  /** open buy quantity (shares). */
  working_buy: number;
  /** open sell quantity (shares). */
  working_sell: number;
  /** mark-to-market since start of day (1/10000 dollar). */
  pnl: number;
  /** orders asked (orders). */
  checks: number;
  /** orders refused (orders). */
  refused: number;
  /** name of the target, padded with zeros (text). */
  target: string;
  /** armed, tripped or killed (enum RiskState). */
  state: number;
  /** guard that tripped (enum RiskGuard). */
  guard: number;
  /** 0 (none). */
  reserved: number;
  /** feed gaps in the window (gaps). */
  gaps: number;
}
export const RISK_FRAME_SIZE = 128;
/** Byte offset of every field of RiskFrame. */
export const RISK_FRAME = {
  frame_kind: 0,
  frame_flags: 2,
  instrument_id: 4,
  seq: 8,
  ts_run_ns: 16,
  ts_event_ns: 24,
  symbol: 32,
  position: 40,
  working_buy: 48,
  working_sell: 56,
  pnl: 64,
  checks: 72,
  refused: 80,
  target: 88,
  state: 120,
  guard: 121,
  reserved: 122,
  gaps: 124,
} as const;
/** Reads a RiskFrame at byte `at`. */
export function decodeRiskFrame(view: DataView, at = 0): RiskFrame {
  return {
    frame_kind: view.getUint16(at + 0, true),
    frame_flags: view.getUint16(at + 2, true),
    instrument_id: view.getUint32(at + 4, true),
    seq: readU64(view, at + 8),
    ts_run_ns: readU64(view, at + 16),
    ts_event_ns: readU64(view, at + 24),
    symbol: readText(view, at + 32, 8),
    position: readI64(view, at + 40),
    working_buy: readU64(view, at + 48),
    working_sell: readU64(view, at + 56),
    pnl: readI64(view, at + 64),
    checks: readU64(view, at + 72),
    refused: readU64(view, at + 80),
    target: readText(view, at + 88, 32),
    state: view.getUint8(at + 120),
    guard: view.getUint8(at + 121),
    reserved: view.getUint16(at + 122, true),
    gaps: view.getUint32(at + 124, true),
  };
}
/** Writes a RiskFrame at byte `at`. */
export function encodeRiskFrame(view: DataView, at: number, value: RiskFrame): void {
  view.setUint16(at + 0, value.frame_kind, true);
  view.setUint16(at + 2, value.frame_flags, true);
  view.setUint32(at + 4, value.instrument_id, true);
  writeU64(view, at + 8, value.seq);
  writeU64(view, at + 16, value.ts_run_ns);
  writeU64(view, at + 24, value.ts_event_ns);
  writeText(view, at + 32, 8, value.symbol, 32);
  writeI64(view, at + 40, value.position);
  writeU64(view, at + 48, value.working_buy);
  writeU64(view, at + 56, value.working_sell);
  writeI64(view, at + 64, value.pnl);
  writeU64(view, at + 72, value.checks);
  writeU64(view, at + 80, value.refused);
  writeText(view, at + 88, 32, value.target, 0);
  view.setUint8(at + 120, value.state);
  view.setUint8(at + 121, value.guard);
  view.setUint16(at + 122, value.reserved, true);
  view.setUint32(at + 124, value.gaps, true);
}
/** Latency of one stage. */
export interface LatStage {
  /** batches measured (batches). */
  count: number;
  /** median per event (ns). */
  p50_ns: number;
  /** 99th percentile per event (ns). */
  p99_ns: number;
  /** largest (ns). */
  max_ns: number;
  /** stage (enum Stage). */
  stage: number;
  /** 0 (none). */
  reserved: Uint8Array;
}
export const LAT_STAGE_SIZE = 24;
/** Byte offset of every field of LatStage. */
export const LAT_STAGE = {
  count: 0,
  p50_ns: 8,
  p99_ns: 12,
  max_ns: 16,
  stage: 20,
  reserved: 21,
} as const;
/** Reads a LatStage at byte `at`. */
export function decodeLatStage(view: DataView, at = 0): LatStage {
  return {
    count: readU64(view, at + 0),
    p50_ns: view.getUint32(at + 8, true),
    p99_ns: view.getUint32(at + 12, true),
    max_ns: view.getUint32(at + 16, true),
    stage: view.getUint8(at + 20),
    reserved: readBytes(view, at + 21, 3),
  };
}
/** Writes a LatStage at byte `at`. */
export function encodeLatStage(view: DataView, at: number, value: LatStage): void {
  writeU64(view, at + 0, value.count);
  view.setUint32(at + 8, value.p50_ns, true);
  view.setUint32(at + 12, value.p99_ns, true);
  view.setUint32(at + 16, value.max_ns, true);
  view.setUint8(at + 20, value.stage);
  writeBytes(view, at + 21, 3, value.reserved);
}
/** Stage latencies; stage_count LatStages follow. */
export interface LatFrame {
  /** which record follows (enum FrameKind). */
  frame_kind: number;
  /** delivery class and marks (flags FrameFlags). */
  frame_flags: number;
  /** instrument the frame speaks of (id). Null: 0. */
  instrument_id: number;
  /** last sequenced event the frame reflects (sequence). */
  seq: number;
  /** virtual now (ns since venue midnight). */
  ts_run_ns: number;
  /** stamp of the last source event (ns since venue midnight). Null: 0. */
  ts_event_ns: number;
  /** symbol, padded with spaces (text). Null: spaces. */
  symbol: string;
  /** rate of the last wall second (events per wall second). */
  events_per_s: number;
  /** smallest step of the clock (ns). */
  clock_step_ns: number;
  /** cost of reading it, subtracted (ns). */
  clock_cost_ns: number;
  /** stages that follow (stages). */
  stage_count: number;
  /** 0 (none). */
  reserved: number;
}
export const LAT_FRAME_SIZE = 64;
/** Byte offset of every field of LatFrame. */
export const LAT_FRAME = {
  frame_kind: 0,
  frame_flags: 2,
  instrument_id: 4,
  seq: 8,
  ts_run_ns: 16,
  ts_event_ns: 24,
  symbol: 32,
  events_per_s: 40,
  clock_step_ns: 48,
  clock_cost_ns: 52,
  stage_count: 56,
  reserved: 60,
} as const;
/** Reads a LatFrame at byte `at`. */
export function decodeLatFrame(view: DataView, at = 0): LatFrame {
  return {
    frame_kind: view.getUint16(at + 0, true),
    frame_flags: view.getUint16(at + 2, true),
    instrument_id: view.getUint32(at + 4, true),
    seq: readU64(view, at + 8),
    ts_run_ns: readU64(view, at + 16),
    ts_event_ns: readU64(view, at + 24),
    symbol: readText(view, at + 32, 8),
    events_per_s: readU64(view, at + 40),
    clock_step_ns: view.getUint32(at + 48, true),
    clock_cost_ns: view.getUint32(at + 52, true),
    stage_count: view.getUint32(at + 56, true),
    reserved: view.getUint32(at + 60, true),
  };
}
/** Writes a LatFrame at byte `at`. */
export function encodeLatFrame(view: DataView, at: number, value: LatFrame): void {
  view.setUint16(at + 0, value.frame_kind, true);
  view.setUint16(at + 2, value.frame_flags, true);
  view.setUint32(at + 4, value.instrument_id, true);
  writeU64(view, at + 8, value.seq);
  writeU64(view, at + 16, value.ts_run_ns);
  writeU64(view, at + 24, value.ts_event_ns);
  writeText(view, at + 32, 8, value.symbol, 32);
  writeU64(view, at + 40, value.events_per_s);
  view.setUint32(at + 48, value.clock_step_ns, true);
  view.setUint32(at + 52, value.clock_cost_ns, true);
  view.setUint32(at + 56, value.stage_count, true);
  view.setUint32(at + 60, value.reserved, true);
}
/** Everything of one instrument, for a subscriber; record_count Records follow. Kind Events or Snapshot. */
export interface EventsFrame {
  /** which record follows (enum FrameKind). */
  frame_kind: number;
  /** delivery class and marks (flags FrameFlags). */
  frame_flags: number;
  /** instrument the frame speaks of (id). Null: 0. */
  instrument_id: number;
  /** last sequenced event the frame reflects (sequence). */
  seq: number;
  /** virtual now (ns since venue midnight). */
  ts_run_ns: number;
  /** stamp of the last source event (ns since venue midnight). Null: 0. */
  ts_event_ns: number;
  /** symbol, padded with spaces (text). Null: spaces. */
  symbol: string;
  /** seq of the frame before of this instrument: another one means that something was lost; 0 in a snapshot (sequence). Null: 0. */
  prev_seq: number;
  /** Records that follow; in a snapshot bids then asks, best first, first in the queue first (records). */
  record_count: number;
  /** of the same snapshot, in the frames that follow; 0 elsewhere (records). */
  remaining: number;
}
export const EVENTS_FRAME_SIZE = 56;
/** Byte offset of every field of EventsFrame. */
export const EVENTS_FRAME = {
  frame_kind: 0,
  frame_flags: 2,
  instrument_id: 4,
  seq: 8,
  ts_run_ns: 16,
  ts_event_ns: 24,
  symbol: 32,
  prev_seq: 40,
  record_count: 48,
  remaining: 52,
} as const;
/** Reads a EventsFrame at byte `at`. */
export function decodeEventsFrame(view: DataView, at = 0): EventsFrame {
  return {
    frame_kind: view.getUint16(at + 0, true),
    frame_flags: view.getUint16(at + 2, true),
    instrument_id: view.getUint32(at + 4, true),
    seq: readU64(view, at + 8),
    ts_run_ns: readU64(view, at + 16),
    ts_event_ns: readU64(view, at + 24),
    symbol: readText(view, at + 32, 8),
    prev_seq: readU64(view, at + 40),
    record_count: view.getUint32(at + 48, true),
    remaining: view.getUint32(at + 52, true),
  };
}
/** Writes a EventsFrame at byte `at`. */
export function encodeEventsFrame(view: DataView, at: number, value: EventsFrame): void {
  view.setUint16(at + 0, value.frame_kind, true);
  view.setUint16(at + 2, value.frame_flags, true);
  view.setUint32(at + 4, value.instrument_id, true);
  writeU64(view, at + 8, value.seq);
  writeU64(view, at + 16, value.ts_run_ns);
  writeU64(view, at + 24, value.ts_event_ns);
  writeText(view, at + 32, 8, value.symbol, 32);
  writeU64(view, at + 40, value.prev_seq);
  view.setUint32(at + 48, value.record_count, true);
  view.setUint32(at + 52, value.remaining, true);
}
/** One print. */
export interface TradeFrame {
  /** which record follows (enum FrameKind). */
  frame_kind: number;
  /** delivery class and marks (flags FrameFlags). */
  frame_flags: number;
  /** instrument the frame speaks of (id). Null: 0. */
  instrument_id: number;
  /** last sequenced event the frame reflects (sequence). */
  seq: number;
  /** virtual now (ns since venue midnight). */
  ts_run_ns: number;
  /** stamp of the last source event (ns since venue midnight). Null: 0. */
  ts_event_ns: number;
  /** symbol, padded with spaces (text). Null: spaces. */
  symbol: string;
  /** price (1/10000 dollar). */
  price: number;
  /** quantity (shares). */
  qty: number;
  /** 1, 2, ... per instrument: a hole is a dropped print (count). */
  trade_no: number;
  /** side of the resting order; inherit when hidden (enum Side). */
  side: number;
  /** source or storm (enum Channel). */
  channel: number;
  /** modifiers (flags EventFlags). */
  flags: number;
  /** storm whose order took or was filled (id). Null: 0. */
  storm_id: number;
}
export const TRADE_FRAME_SIZE = 72;
/** Byte offset of every field of TradeFrame. */
export const TRADE_FRAME = {
  frame_kind: 0,
  frame_flags: 2,
  instrument_id: 4,
  seq: 8,
  ts_run_ns: 16,
  ts_event_ns: 24,
  symbol: 32,
  price: 40,
  qty: 48,
  trade_no: 56,
  side: 64,
  channel: 65,
  flags: 66,
  storm_id: 68,
} as const;
/** Reads a TradeFrame at byte `at`. */
export function decodeTradeFrame(view: DataView, at = 0): TradeFrame {
  return {
    frame_kind: view.getUint16(at + 0, true),
    frame_flags: view.getUint16(at + 2, true),
    instrument_id: view.getUint32(at + 4, true),
    seq: readU64(view, at + 8),
    ts_run_ns: readU64(view, at + 16),
    ts_event_ns: readU64(view, at + 24),
    symbol: readText(view, at + 32, 8),
    price: readU64(view, at + 40),
    qty: readU64(view, at + 48),
    trade_no: readU64(view, at + 56),
    side: view.getUint8(at + 64),
    channel: view.getUint8(at + 65),
    flags: view.getUint16(at + 66, true),
    storm_id: view.getUint32(at + 68, true),
  };
}
/** Writes a TradeFrame at byte `at`. */
export function encodeTradeFrame(view: DataView, at: number, value: TradeFrame): void {
  view.setUint16(at + 0, value.frame_kind, true);
  view.setUint16(at + 2, value.frame_flags, true);
  view.setUint32(at + 4, value.instrument_id, true);
  writeU64(view, at + 8, value.seq);
  writeU64(view, at + 16, value.ts_run_ns);
  writeU64(view, at + 24, value.ts_event_ns);
  writeText(view, at + 32, 8, value.symbol, 32);
  writeU64(view, at + 40, value.price);
  writeU64(view, at + 48, value.qty);
  writeU64(view, at + 56, value.trade_no);
  view.setUint8(at + 64, value.side);
  view.setUint8(at + 65, value.channel);
  view.setUint16(at + 66, value.flags, true);
  view.setUint32(at + 68, value.storm_id, true);
}
/** A detector raised a flag. */
export interface ChaosFrame {
  /** which record follows (enum FrameKind). */
  frame_kind: number;
  /** delivery class and marks (flags FrameFlags). */
  frame_flags: number;
  /** instrument the frame speaks of (id). Null: 0. */
  instrument_id: number;
  /** last sequenced event the frame reflects (sequence). */
  seq: number;
  /** virtual now (ns since venue midnight). */
  ts_run_ns: number;
  /** stamp of the last source event (ns since venue midnight). Null: 0. */
  ts_event_ns: number;
  /** symbol, padded with spaces (text). Null: spaces. */
  symbol: string;
  /** first moment of the evidence (ns since venue midnight). */
  started_ts_ns: number;
  /** an order involved (id). Null: 0. */
  order_id_first: bigint;
  /** another order involved (id). Null: 0. */
  order_id_last: bigint;
  /** quantity involved (shares). */
  evidence_qty: number;
  /** 1, 2, ... over all detectors (count). */
  flag_no: number;
  /** which detector (enum Detector). */
  detector: number;
  /** 0 (none). */
  reserved: number;
  /** 0 to 1 000 000 (ppm). */
  severity_ppm: number;
  /** storm it is scored a hit against; 0 = false flag (id). Null: 0. */
  truth_storm_id: number;
  /** from the storm's start (ms). Null: 4294967295. */
  time_to_detect_ms: number;
}
export const CHAOS_FRAME_SIZE = 96;
/** Byte offset of every field of ChaosFrame. */
export const CHAOS_FRAME = {
  frame_kind: 0,
  frame_flags: 2,
  instrument_id: 4,
  seq: 8,
  ts_run_ns: 16,
  ts_event_ns: 24,
  symbol: 32,
  started_ts_ns: 40,
  order_id_first: 48,
  order_id_last: 56,
  evidence_qty: 64,
  flag_no: 72,
  detector: 80,
  reserved: 82,
  severity_ppm: 84,
  truth_storm_id: 88,
  time_to_detect_ms: 92,
} as const;
/** Reads a ChaosFrame at byte `at`. */
export function decodeChaosFrame(view: DataView, at = 0): ChaosFrame {
  return {
    frame_kind: view.getUint16(at + 0, true),
    frame_flags: view.getUint16(at + 2, true),
    instrument_id: view.getUint32(at + 4, true),
    seq: readU64(view, at + 8),
    ts_run_ns: readU64(view, at + 16),
    ts_event_ns: readU64(view, at + 24),
    symbol: readText(view, at + 32, 8),
    started_ts_ns: readU64(view, at + 40),
    order_id_first: view.getBigUint64(at + 48, true),
    order_id_last: view.getBigUint64(at + 56, true),
    evidence_qty: readU64(view, at + 64),
    flag_no: readU64(view, at + 72),
    detector: view.getUint16(at + 80, true),
    reserved: view.getUint16(at + 82, true),
    severity_ppm: view.getUint32(at + 84, true),
    truth_storm_id: view.getUint32(at + 88, true),
    time_to_detect_ms: view.getUint32(at + 92, true),
  };
}
/** Writes a ChaosFrame at byte `at`. */
export function encodeChaosFrame(view: DataView, at: number, value: ChaosFrame): void {
  view.setUint16(at + 0, value.frame_kind, true);
  view.setUint16(at + 2, value.frame_flags, true);
  view.setUint32(at + 4, value.instrument_id, true);
  writeU64(view, at + 8, value.seq);
  writeU64(view, at + 16, value.ts_run_ns);
  writeU64(view, at + 24, value.ts_event_ns);
  writeText(view, at + 32, 8, value.symbol, 32);
  writeU64(view, at + 40, value.started_ts_ns);
  view.setBigUint64(at + 48, value.order_id_first, true);
  view.setBigUint64(at + 56, value.order_id_last, true);
  writeU64(view, at + 64, value.evidence_qty);
  writeU64(view, at + 72, value.flag_no);
  view.setUint16(at + 80, value.detector, true);
  view.setUint16(at + 82, value.reserved, true);
  view.setUint32(at + 84, value.severity_ppm, true);
  view.setUint32(at + 88, value.truth_storm_id, true);
  view.setUint32(at + 92, value.time_to_detect_ms, true);
}
/** A storm changed phase, or its progress once a virtual second. */
export interface StormFrame {
  /** which record follows (enum FrameKind). */
  frame_kind: number;
  /** delivery class and marks (flags FrameFlags). */
  frame_flags: number;
  /** instrument the frame speaks of (id). Null: 0. */
  instrument_id: number;
  /** last sequenced event the frame reflects (sequence). */
  seq: number;
  /** virtual now (ns since venue midnight). */
  ts_run_ns: number;
  /** stamp of the last source event (ns since venue midnight). Null: 0. */
  ts_event_ns: number;
  /** symbol, padded with spaces (text). Null: spaces. */
  symbol: string;
  /** seed used (seed). */
  seed: bigint;
  /** start (ns since venue midnight). */
  started_ts_ns: number;
  /** end at the latest (ns since venue midnight). */
  expires_ts_ns: number;
  /** last sequence before the storm (sequence). */
  start_seq: number;
  /** last sequence of the storm's slot at its end (sequence). Null: 0. */
  end_seq: number;
  /** channel-1 events it caused (events). */
  events: number;
  /** taken (shares). */
  taken_qty: number;
  /** withdrawn (shares). */
  withdrawn_qty: number;
  /** own orders placed (shares). */
  placed_qty: number;
  /** displaced, left to return (shares). */
  displaced_qty: number;
  /** number of the storm (id). */
  storm_id: number;
  /** severity (ppm). */
  severity_ppm: number;
  /** duration asked (ms). */
  duration_ms: number;
  /** number of the kind (enum StormKind). */
  kind: number;
  /** running, returning, closed (enum StormPhase). */
  phase: number;
  /** why it ended (enum StormCause). */
  cause: number;
  /** name of the kind, padded with zeros (text). */
  kind_name: string;
  /** severity asked for now, its ramp included (ppm). */
  asked_ppm: number;
  /** effect reached now; 1000000 = what severity 1 does at its height (ppm). Null: 4294967295. */
  realised_ppm: number;
}
export const STORM_FRAME_SIZE = 176;
/** Byte offset of every field of StormFrame. */
export const STORM_FRAME = {
  frame_kind: 0,
  frame_flags: 2,
  instrument_id: 4,
  seq: 8,
  ts_run_ns: 16,
  ts_event_ns: 24,
  symbol: 32,
  seed: 40,
  started_ts_ns: 48,
  expires_ts_ns: 56,
  start_seq: 64,
  end_seq: 72,
  events: 80,
  taken_qty: 88,
  withdrawn_qty: 96,
  placed_qty: 104,
  displaced_qty: 112,
  storm_id: 120,
  severity_ppm: 124,
  duration_ms: 128,
  kind: 132,
  phase: 134,
  cause: 135,
  kind_name: 136,
  asked_ppm: 168,
  realised_ppm: 172,
} as const;
/** Reads a StormFrame at byte `at`. */
export function decodeStormFrame(view: DataView, at = 0): StormFrame {
  return {
    frame_kind: view.getUint16(at + 0, true),
    frame_flags: view.getUint16(at + 2, true),
    instrument_id: view.getUint32(at + 4, true),
    seq: readU64(view, at + 8),
    ts_run_ns: readU64(view, at + 16),
    ts_event_ns: readU64(view, at + 24),
    symbol: readText(view, at + 32, 8),
    seed: view.getBigUint64(at + 40, true),
    started_ts_ns: readU64(view, at + 48),
    expires_ts_ns: readU64(view, at + 56),
    start_seq: readU64(view, at + 64),
    end_seq: readU64(view, at + 72),
    events: readU64(view, at + 80),
    taken_qty: readU64(view, at + 88),
    withdrawn_qty: readU64(view, at + 96),
    placed_qty: readU64(view, at + 104),
    displaced_qty: readU64(view, at + 112),
    storm_id: view.getUint32(at + 120, true),
    severity_ppm: view.getUint32(at + 124, true),
    duration_ms: view.getUint32(at + 128, true),
    kind: view.getUint16(at + 132, true),
    phase: view.getUint8(at + 134),
    cause: view.getUint8(at + 135),
    kind_name: readText(view, at + 136, 32),
    asked_ppm: view.getUint32(at + 168, true),
    realised_ppm: view.getUint32(at + 172, true),
  };
}
/** Writes a StormFrame at byte `at`. */
export function encodeStormFrame(view: DataView, at: number, value: StormFrame): void {
  view.setUint16(at + 0, value.frame_kind, true);
  view.setUint16(at + 2, value.frame_flags, true);
  view.setUint32(at + 4, value.instrument_id, true);
  writeU64(view, at + 8, value.seq);
  writeU64(view, at + 16, value.ts_run_ns);
  writeU64(view, at + 24, value.ts_event_ns);
  writeText(view, at + 32, 8, value.symbol, 32);
  view.setBigUint64(at + 40, value.seed, true);
  writeU64(view, at + 48, value.started_ts_ns);
  writeU64(view, at + 56, value.expires_ts_ns);
  writeU64(view, at + 64, value.start_seq);
  writeU64(view, at + 72, value.end_seq);
  writeU64(view, at + 80, value.events);
  writeU64(view, at + 88, value.taken_qty);
  writeU64(view, at + 96, value.withdrawn_qty);
  writeU64(view, at + 104, value.placed_qty);
  writeU64(view, at + 112, value.displaced_qty);
  view.setUint32(at + 120, value.storm_id, true);
  view.setUint32(at + 124, value.severity_ppm, true);
  view.setUint32(at + 128, value.duration_ms, true);
  view.setUint16(at + 132, value.kind, true);
  view.setUint8(at + 134, value.phase);
  view.setUint8(at + 135, value.cause);
  writeText(view, at + 136, 32, value.kind_name, 0);
  view.setUint32(at + 168, value.asked_ppm, true);
  view.setUint32(at + 172, value.realised_ppm, true);
}
/** The engine is alive; every 200 ms of wall time. */
export interface HeartbeatFrame {
  /** which record follows (enum FrameKind). */
  frame_kind: number;
  /** delivery class and marks (flags FrameFlags). */
  frame_flags: number;
  /** instrument the frame speaks of (id). Null: 0. */
  instrument_id: number;
  /** last sequenced event the frame reflects (sequence). */
  seq: number;
  /** virtual now (ns since venue midnight). */
  ts_run_ns: number;
  /** stamp of the last source event (ns since venue midnight). Null: 0. */
  ts_event_ns: number;
  /** symbol, padded with spaces (text). Null: spaces. */
  symbol: string;
  /** when the engine wrote it (ns since 1970). */
  ts_wall_ns: number;
  /** last sequence on disk (sequence). Null: 0. */
  durable_seq: number;
  /** sequenced since source start (events). */
  events: number;
  /** of them rejected (events). */
  rejected: number;
  /** messages the parser could not read (messages). */
  parse_errors: number;
  /** source time went back (events). */
  ts_regressions: number;
  /** view frames replaced by newer ones (frames). */
  conflated: number;
  /** feed frames lost to overflow (frames). */
  feed_dropped: number;
  /** resting in all books (orders). */
  live_orders: number;
  /** virtual time behind wall time (ns). */
  lag_ns: number;
  /** chain over everything sequenced (XXH3-64 chain). */
  run_digest: bigint;
  /** how far the source is read (bytes or events). */
  source_position: number;
  /** its length (bytes or events). Null: 0. */
  source_length: number;
  /** speed; 0 = as fast as possible (1/1000). */
  speed_milli: number;
  /** instruments with a book (instruments). */
  instruments: number;
  /** storms running (storms). */
  storms_active: number;
  /** source control (enum TransportState). */
  transport: number;
  /** a run is being recorded (bool). */
  run_active: number;
  /** class of what runs (enum RunClass). */
  run_class: number;
  /** what the source is (enum SourceKind). */
  source_kind: number;
}
export const HEARTBEAT_FRAME_SIZE = 160;
/** Byte offset of every field of HeartbeatFrame. */
export const HEARTBEAT_FRAME = {
  frame_kind: 0,
  frame_flags: 2,
  instrument_id: 4,
  seq: 8,
  ts_run_ns: 16,
  ts_event_ns: 24,
  symbol: 32,
  ts_wall_ns: 40,
  durable_seq: 48,
  events: 56,
  rejected: 64,
  parse_errors: 72,
  ts_regressions: 80,
  conflated: 88,
  feed_dropped: 96,
  live_orders: 104,
  lag_ns: 112,
  run_digest: 120,
  source_position: 128,
  source_length: 136,
  speed_milli: 144,
  instruments: 148,
  storms_active: 152,
  transport: 156,
  run_active: 157,
  run_class: 158,
  source_kind: 159,
} as const;
/** Reads a HeartbeatFrame at byte `at`. */
export function decodeHeartbeatFrame(view: DataView, at = 0): HeartbeatFrame {
  return {
    frame_kind: view.getUint16(at + 0, true),
    frame_flags: view.getUint16(at + 2, true),
    instrument_id: view.getUint32(at + 4, true),
    seq: readU64(view, at + 8),
    ts_run_ns: readU64(view, at + 16),
    ts_event_ns: readU64(view, at + 24),
    symbol: readText(view, at + 32, 8),
    ts_wall_ns: readU64(view, at + 40),
    durable_seq: readU64(view, at + 48),
    events: readU64(view, at + 56),
    rejected: readU64(view, at + 64),
    parse_errors: readU64(view, at + 72),
    ts_regressions: readU64(view, at + 80),
    conflated: readU64(view, at + 88),
    feed_dropped: readU64(view, at + 96),
    live_orders: readU64(view, at + 104),
    lag_ns: readU64(view, at + 112),
    run_digest: view.getBigUint64(at + 120, true),
    source_position: readU64(view, at + 128),
    source_length: readU64(view, at + 136),
    speed_milli: view.getUint32(at + 144, true),
    instruments: view.getUint32(at + 148, true),
    storms_active: view.getUint32(at + 152, true),
    transport: view.getUint8(at + 156),
    run_active: view.getUint8(at + 157),
    run_class: view.getUint8(at + 158),
    source_kind: view.getUint8(at + 159),
  };
}
/** Writes a HeartbeatFrame at byte `at`. */
export function encodeHeartbeatFrame(view: DataView, at: number, value: HeartbeatFrame): void {
  view.setUint16(at + 0, value.frame_kind, true);
  view.setUint16(at + 2, value.frame_flags, true);
  view.setUint32(at + 4, value.instrument_id, true);
  writeU64(view, at + 8, value.seq);
  writeU64(view, at + 16, value.ts_run_ns);
  writeU64(view, at + 24, value.ts_event_ns);
  writeText(view, at + 32, 8, value.symbol, 32);
  writeU64(view, at + 40, value.ts_wall_ns);
  writeU64(view, at + 48, value.durable_seq);
  writeU64(view, at + 56, value.events);
  writeU64(view, at + 64, value.rejected);
  writeU64(view, at + 72, value.parse_errors);
  writeU64(view, at + 80, value.ts_regressions);
  writeU64(view, at + 88, value.conflated);
  writeU64(view, at + 96, value.feed_dropped);
  writeU64(view, at + 104, value.live_orders);
  writeU64(view, at + 112, value.lag_ns);
  view.setBigUint64(at + 120, value.run_digest, true);
  writeU64(view, at + 128, value.source_position);
  writeU64(view, at + 136, value.source_length);
  view.setUint32(at + 144, value.speed_milli, true);
  view.setUint32(at + 148, value.instruments, true);
  view.setUint32(at + 152, value.storms_active, true);
  view.setUint8(at + 156, value.transport);
  view.setUint8(at + 157, value.run_active);
  view.setUint8(at + 158, value.run_class);
  view.setUint8(at + 159, value.source_kind);
}
/** Null value of every field that has one, by struct. */
export const NULLS = {
  Event: { price: 0, order_id: 0 },
  Record: { price: 0, order_id: 0, storm_id: 0 },
  IntentAnswer: {  },
  ViewHeader: {  },
  ViewLevel: {  },
  ViewOwnOrder: {  },
  ViewTrade: {  },
  FramePrefix: { instrument_id: 0, ts_event_ns: 0 },
  HeaderFrame: { instrument_id: 0, ts_event_ns: 0, seed: 0 },
  TickFrame: { instrument_id: 0, ts_event_ns: 0, mid_x2: 0, microprice_milli: 0, twin_mid_x2: 0, best_bid: 0, best_ask: 0, spread: 4294967295, twin_spread: 4294967295, spread_milli_bps: 4294967295, imbalance_ppm: -2147483648, vpin_ppm: 4294967295, drift_milli_bps: -2147483648 },
  BookFrame: { instrument_id: 0, ts_event_ns: 0 },
  RiskFrame: { instrument_id: 0, ts_event_ns: 0 },
  LatStage: {  },
  LatFrame: { instrument_id: 0, ts_event_ns: 0 },
  EventsFrame: { instrument_id: 0, ts_event_ns: 0, prev_seq: 0 },
  TradeFrame: { instrument_id: 0, ts_event_ns: 0, storm_id: 0 },
  ChaosFrame: { instrument_id: 0, ts_event_ns: 0, order_id_first: 0, order_id_last: 0, truth_storm_id: 0, time_to_detect_ms: 4294967295 },
  StormFrame: { instrument_id: 0, ts_event_ns: 0, end_seq: 0, realised_ppm: 4294967295 },
  HeartbeatFrame: { instrument_id: 0, ts_event_ns: 0, durable_seq: 0, source_length: 0 },
} as const;
/** Enum of every field that has one, by struct. */
export const FIELD_ENUMS = {
  Event: { type: EventType, side: Side },
  Record: { type: EventType, side: Side, channel: Channel, status: ApplyStatus, role: StormRole },
  IntentAnswer: { result: IntentResult },
  ViewHeader: {  },
  ViewLevel: {  },
  ViewOwnOrder: { side: Side },
  ViewTrade: { side: Side },
  FramePrefix: { frame_kind: FrameKind },
  HeaderFrame: { frame_kind: FrameKind, run_class: RunClass, source_kind: SourceKind },
  TickFrame: { frame_kind: FrameKind, regime: Regime, transport: TransportState },
  BookFrame: { frame_kind: FrameKind },
  RiskFrame: { frame_kind: FrameKind, state: RiskState, guard: RiskGuard },
  LatStage: { stage: Stage },
  LatFrame: { frame_kind: FrameKind },
  EventsFrame: { frame_kind: FrameKind },
  TradeFrame: { frame_kind: FrameKind, side: Side, channel: Channel },
  ChaosFrame: { frame_kind: FrameKind, detector: Detector },
  StormFrame: { frame_kind: FrameKind, kind: StormKind, phase: StormPhase, cause: StormCause },
  HeartbeatFrame: { frame_kind: FrameKind, transport: TransportState, run_class: RunClass, source_kind: SourceKind },
} as const;
/** Kinds of storm that ship, with the ranges of their parameters. */
export const STORM_KINDS = [
  {"name":"PhantomLiquidity","number":1,"imitates":"depth that is shown and pulled before it can trade: the book swells and empties once a second","params":[]},
  {"name":"CancellationStorm","number":2,"imitates":"quote stuffing: a flood of orders that are cancelled within milliseconds","params":[]},
  {"name":"MomentumIgnition","number":3,"imitates":"a burst of trades in the direction of the imbalance with layers behind it, meant to be followed, then let go","params":[{"name":"recovery_half_life_ms","unit":"ms","min":50,"max":60000,"default":800,"doc":"half-life of the returning quantity"}]},
  {"name":"FlashCrash","number":4,"imitates":"a sudden one-sided collapse: bids vanish and are swept, the price slides, then liquidity returns","params":[{"name":"recovery_half_life_ms","unit":"ms","min":50,"max":60000,"default":800,"doc":"half-life of the returning quantity"}]},
  {"name":"LatencyArbProxy","number":5,"imitates":"stale quotes picked off: a print, then the quotes on that side fade; the target learns of it late","params":[{"name":"recovery_half_life_ms","unit":"ms","min":50,"max":60000,"default":800,"doc":"half-life of the returning quantity"}]},
] as const;
