// In: the bytes of a view as the native session lays them out (ViewHeader, bids, asks, own orders,
// trades) and the answers to the last intents. Out: fields read in place, nothing copied.
// Knows no storm.
import {
  INTENT_ANSWER,
  INTENT_ANSWER_SIZE,
  readU64,
  VIEW_HEADER,
  VIEW_HEADER_SIZE,
  VIEW_LEVEL,
  VIEW_LEVEL_SIZE,
  VIEW_OWN_ORDER,
  VIEW_OWN_ORDER_SIZE,
  VIEW_TRADE,
  VIEW_TRADE_SIZE,
} from '@wavetank/abi';

const TRADING = 0x54;
const EMPTY = new DataView(new ArrayBuffer(0));
const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Records of one struct in a row. */
class Rows {
  protected data: DataView = EMPTY;
  protected at = 0;
  private readonly size: number;
  /** How many. */
  count = 0;

  constructor(size: number) {
    this.size = size;
  }

  /** Places the rows; returns the byte behind them. */
  place(data: DataView, at: number, count: number): number {
    const end = at + count * this.size;
    if (end > data.byteLength)
      throw new RangeError(`view of ${data.byteLength} bytes, need ${end}`);
    this.data = data;
    this.at = at;
    this.count = count;
    return end;
  }

  protected u64(index: number, field: number): number {
    return readU64(this.data, this.at + index * this.size + field);
  }

  protected u32(index: number, field: number): number {
    return this.data.getUint32(this.at + index * this.size + field, true);
  }
}

/** Levels of one side, best first. */
export class LevelRows extends Rows {
  constructor() {
    super(VIEW_LEVEL_SIZE);
  }
  /** 1/10000 dollar. */
  price(index: number): number {
    return this.u64(index, VIEW_LEVEL.price);
  }
  /** Shares resting, injected included. */
  qty(index: number): number {
    return this.u64(index, VIEW_LEVEL.qty);
  }
  /** Of them shares of storms' own orders. */
  injectedQty(index: number): number {
    return this.u64(index, VIEW_LEVEL.injected_qty);
  }
  /** Of them shares of source orders. */
  sourceQty(index: number): number {
    return this.qty(index) - this.injectedQty(index);
  }
  orders(index: number): number {
    return this.u32(index, VIEW_LEVEL.orders);
  }
}

/** The storm's own orders that rest, or were filled or removed since its last call. */
export class OwnRows extends Rows {
  constructor() {
    super(VIEW_OWN_ORDER_SIZE);
  }
  handle(index: number): number {
    return this.u32(index, VIEW_OWN_ORDER.handle);
  }
  side(index: number): number {
    return this.u32(index, VIEW_OWN_ORDER.side);
  }
  price(index: number): number {
    return this.u64(index, VIEW_OWN_ORDER.price);
  }
  /** Shares resting now; 0 = gone. */
  qty(index: number): number {
    return this.u64(index, VIEW_OWN_ORDER.qty);
  }
  /** Shares filled since the last call. */
  filledQty(index: number): number {
    return this.u64(index, VIEW_OWN_ORDER.filled_qty);
  }
}

/** Trades of the quantum. */
export class TradeRows extends Rows {
  constructor() {
    super(VIEW_TRADE_SIZE);
  }
  price(index: number): number {
    return this.u64(index, VIEW_TRADE.price);
  }
  qty(index: number): number {
    return this.u64(index, VIEW_TRADE.qty);
  }
  /** Side of the resting order; 2 when hidden. */
  side(index: number): number {
    return this.u32(index, VIEW_TRADE.side);
  }
  flags(index: number): number {
    return this.u32(index, VIEW_TRADE.flags);
  }
}

/** Answers to the intents of the last call, in their order. */
export class AnswerRows extends Rows {
  constructor() {
    super(INTENT_ANSWER_SIZE);
  }
  doneQty(index: number): number {
    return this.u64(index, INTENT_ANSWER.done_qty);
  }
  /** IntentResult. */
  result(index: number): number {
    return this.u32(index, INTENT_ANSWER.result);
  }
}

/** What a storm sees at a quantum end. One object serves every call: `load` moves it on. */
export class StormView {
  readonly bids = new LevelRows();
  readonly asks = new LevelRows();
  readonly own = new OwnRows();
  readonly trades = new TradeRows();
  readonly answers = new AnswerRows();
  private header: DataView = EMPTY;

  /** Reads `bytes` from now on; `answers` are IntentAnswers, none before the first call. */
  load(bytes: Uint8Array, answers?: Uint8Array): this {
    const data = viewOf(bytes);
    this.header = data;
    const count = (field: number): number => data.getUint32(field, true);
    let at = this.bids.place(data, VIEW_HEADER_SIZE, count(VIEW_HEADER.bid_count));
    at = this.asks.place(data, at, count(VIEW_HEADER.ask_count));
    at = this.own.place(data, at, count(VIEW_HEADER.own_count));
    this.trades.place(data, at, count(VIEW_HEADER.trade_count));
    const told = answers === undefined ? EMPTY : viewOf(answers);
    this.answers.place(told, 0, Math.floor(told.byteLength / INTENT_ANSWER_SIZE));
    return this;
  }

  /** Quantum end T, ns since venue midnight. */
  get tsNs(): number {
    return readU64(this.header, VIEW_HEADER.ts_ns);
  }
  get instrumentId(): number {
    return this.header.getUint32(VIEW_HEADER.instrument_id, true);
  }
  /** Price increment, 1/10000 dollar. */
  get tickSize(): number {
    return this.header.getUint32(VIEW_HEADER.tick_size, true);
  }
  /** ITCH state byte; 0 before any status message. */
  get tradingState(): number {
    return this.header.getUint32(VIEW_HEADER.trading_state, true);
  }
  /** Trading, which is assumed while nothing else was said. */
  get trading(): boolean {
    return this.tradingState === TRADING || this.tradingState === 0;
  }
  /** Trades of the quantum that did not fit. */
  get tradesOmitted(): number {
    return this.header.getUint32(VIEW_HEADER.trades_omitted, true);
  }
  /** Median event rate before the start, events per 1000 s. */
  get baselineRateMilli(): number {
    return readU64(this.header, VIEW_HEADER.baseline_rate_milli);
  }
  /** Median ten-level depth before the start, shares. */
  get baselineBidDepth(): number {
    return readU64(this.header, VIEW_HEADER.baseline_bid_depth);
  }
  get baselineAskDepth(): number {
    return readU64(this.header, VIEW_HEADER.baseline_ask_depth);
  }
  /** Median spread before the start, 1/10000 dollar. */
  get baselineSpread(): number {
    return readU64(this.header, VIEW_HEADER.baseline_spread);
  }
  /** Shares this storm displaced that have not returned. */
  get displacedBid(): number {
    return readU64(this.header, VIEW_HEADER.displaced_bid);
  }
  get displacedAsk(): number {
    return readU64(this.header, VIEW_HEADER.displaced_ask);
  }
}
