// In: bytes of one connection, whole wire frames or pieces of them. Out: batches for the page.
// Knows the generated decoders. A frame it cannot read is an error, never a guess.
import {
  ABI_HASH,
  BOOK_FRAME_SIZE,
  type ChaosFrame,
  decodeBookFrame,
  decodeChaosFrame,
  decodeFramePrefix,
  decodeHeaderFrame,
  decodeHeartbeatFrame,
  decodeLatFrame,
  decodeLatStage,
  decodeMessage,
  decodeRiskFrame,
  decodeStormFrame,
  decodeTickFrame,
  decodeTradeFrame,
  FRAME_PREFIX,
  FRAME_PREFIX_SIZE,
  FrameFlags,
  FrameKind,
  FrameSplitter,
  type HeaderFrame,
  type HeartbeatFrame,
  hashHex,
  LAT_FRAME_SIZE,
  LAT_STAGE_SIZE,
  type LatFrame,
  type LatStage,
  payloadKind,
  type RiskFrame,
  readU64,
  type StormFrame,
  type TickFrame,
  VIEW_LEVEL,
  VIEW_LEVEL_SIZE,
} from '@wavetank/abi';
import { WIDTH, writeRow } from '../model/series.ts';
import { TRADE_WIDTH } from '../model/tape.ts';

/** Rows of levels: price, qty, injected_qty, orders; bids best first, then asks best first. */
export interface BookRows {
  bids: number;
  asks: number;
  tick_size: number;
  ts_run_ns: number;
  symbol: string;
  levels: Float64Array;
}
export const LEVEL_WIDTH = 4;

export interface Latency extends LatFrame {
  stages: LatStage[];
}

export interface Batch {
  header: HeaderFrame | null;
  heartbeat: HeartbeatFrame | null;
  tick: TickFrame | null;
  tick_rows: Float64Array;
  tick_count: number;
  book: BookRows | null;
  trade_rows: Float64Array;
  trade_count: number;
  lat: Latency | null;
  risks: RiskFrame[];
  storms: StormFrame[];
  flags: ChaosFrame[];
  /** What the bridge alone knows, in its own words. */
  notices: Notice[];
  /** Classes of frames the engine says it lost before one of these. */
  gaps: number;
  bytes: number;
  frames: number;
}

export interface Notice {
  notice: string;
  [key: string]: unknown;
}

/** A frame this page cannot read: the engine was built from another schema, or bytes were lost. */
export class FrameError extends Error {
  readonly code: 'FRAME_ABI' | 'FRAME_TORN' | 'FRAME_KIND';
  constructor(code: FrameError['code'], message: string) {
    super(message);
    this.name = 'FrameError';
    this.code = code;
  }
}

const FIRST_ROWS = 16;

/** Frames that belong to one instrument; the others reach every page. */
const OF_ONE: ReadonlySet<number> = new Set([FrameKind.Tick, FrameKind.Book, FrameKind.Trade]);
const UNKNOWN = -1;

/** Collects the frames of one connection until the page takes them; what it hands out is the page's. */
export class BatchWriter {
  private readonly splitter = new FrameSplitter();
  private batch = emptyBatch();
  private followed: string;
  private instrument = UNKNOWN;

  /** `symbol`: the one to keep; empty: the one of the first tick. */
  constructor(symbol: string) {
    this.followed = symbol;
  }

  get symbol(): string {
    return this.followed;
  }

  get isEmpty(): boolean {
    return this.batch.frames === 0;
  }

  take(): Batch {
    const taken = this.batch;
    this.batch = emptyBatch();
    return taken;
  }

  push(bytes: Uint8Array): void {
    this.batch.bytes += bytes.byteLength;
    this.splitter.push(bytes, (payload) => this.frame(payload));
  }

  private frame(view: DataView): void {
    const kind = payloadKind(view);
    this.batch.frames += 1;
    if (kind === FrameKind.Control) return;
    if (kind === FrameKind.Answer) return void this.batch.notices.push(noticeOf(view));
    if (view.byteLength < FRAME_PREFIX_SIZE) throw torn(view);
    const read = READERS[kind];
    if (read === undefined) throw new FrameError('FRAME_KIND', `unknown frame kind ${kind}`);
    if (OF_ONE.has(kind) && !this.isOurs(view, kind)) return;
    if (view.getUint16(FRAME_PREFIX.frame_flags, true) & FrameFlags.GAP) this.batch.gaps += 1;
    try {
      read(this.batch, view);
    } catch (cause) {
      if (cause instanceof RangeError) throw torn(view);
      throw cause;
    }
  }

  private isOurs(view: DataView, kind: number): boolean {
    const instrument = view.getUint32(FRAME_PREFIX.instrument_id, true);
    if (this.instrument !== UNKNOWN) return instrument === this.instrument;
    const { symbol } = decodeFramePrefix(view);
    if (this.followed === '' && kind === FrameKind.Tick) this.followed = symbol;
    if (symbol !== this.followed) return false;
    this.instrument = instrument;
    return true;
  }
}

type Reader = (batch: Batch, view: DataView) => void;

const READERS: Record<number, Reader> = {
  [FrameKind.Header]: (batch, view) => {
    const header = decodeHeaderFrame(view);
    if (header.abi_hash !== ABI_HASH) {
      const theirs = hashHex(header.abi_hash);
      const message = `the engine has ABI ${theirs}, this page ${hashHex(ABI_HASH)}: rebuild`;
      throw new FrameError('FRAME_ABI', message);
    }
    // What came before belongs to another timeline.
    const { bytes, frames } = batch;
    Object.assign(batch, emptyBatch(), { header, bytes, frames });
  },
  [FrameKind.Tick]: (batch, view) => {
    const tick = decodeTickFrame(view);
    batch.tick_rows = room(batch.tick_rows, batch.tick_count, WIDTH);
    writeRow(tick, batch.tick_rows, batch.tick_count * WIDTH);
    batch.tick_count += 1;
    batch.tick = tick;
  },
  [FrameKind.Book]: (batch, view) => {
    batch.book = readBook(view);
  },
  [FrameKind.Trade]: (batch, view) => {
    const trade = decodeTradeFrame(view);
    batch.trade_rows = room(batch.trade_rows, batch.trade_count, TRADE_WIDTH);
    const { ts_run_ns, price, qty, trade_no, side, channel, flags, storm_id } = trade;
    const row = [ts_run_ns, price, qty, trade_no, side, channel, flags, storm_id];
    batch.trade_rows.set(row, batch.trade_count * TRADE_WIDTH);
    batch.trade_count += 1;
  },
  [FrameKind.Lat]: (batch, view) => {
    const frame = decodeLatFrame(view);
    const stages: LatStage[] = [];
    for (let i = 0; i < frame.stage_count; i++) {
      stages.push(decodeLatStage(view, LAT_FRAME_SIZE + i * LAT_STAGE_SIZE));
    }
    batch.lat = { ...frame, stages };
  },
  [FrameKind.Risk]: (batch, view) => batch.risks.push(decodeRiskFrame(view)),
  [FrameKind.Storm]: (batch, view) => batch.storms.push(decodeStormFrame(view)),
  [FrameKind.Chaos]: (batch, view) => batch.flags.push(decodeChaosFrame(view)),
  [FrameKind.Heartbeat]: (batch, view) => {
    batch.heartbeat = decodeHeartbeatFrame(view);
  },
};

function noticeOf(view: DataView): Notice {
  const { notice, ...rest } = decodeMessage(view).body as { notice?: unknown };
  return { notice: String(notice), ...rest };
}

function readBook(view: DataView): BookRows {
  const frame = decodeBookFrame(view);
  const count = frame.bid_count + frame.ask_count;
  const levels = new Float64Array(count * LEVEL_WIDTH);
  for (let i = 0; i < count; i++) {
    const from = BOOK_FRAME_SIZE + i * VIEW_LEVEL_SIZE;
    levels[i * LEVEL_WIDTH] = readU64(view, from + VIEW_LEVEL.price);
    levels[i * LEVEL_WIDTH + 1] = readU64(view, from + VIEW_LEVEL.qty);
    levels[i * LEVEL_WIDTH + 2] = readU64(view, from + VIEW_LEVEL.injected_qty);
    levels[i * LEVEL_WIDTH + 3] = view.getUint32(from + VIEW_LEVEL.orders, true);
  }
  const { bid_count: bids, ask_count: asks, tick_size, ts_run_ns, symbol } = frame;
  return { bids, asks, tick_size, ts_run_ns, symbol, levels };
}

function room(rows: Float64Array, count: number, width: number): Float64Array {
  if ((count + 1) * width <= rows.length) return rows;
  const larger = new Float64Array(Math.max(FIRST_ROWS, count * 2) * width);
  larger.set(rows);
  return larger;
}

function torn(view: DataView): FrameError {
  const kind = payloadKind(view);
  return new FrameError(
    'FRAME_TORN',
    `frame of kind ${kind} is cut off at ${view.byteLength} bytes`,
  );
}

function emptyBatch(): Batch {
  return {
    header: null,
    heartbeat: null,
    tick: null,
    tick_rows: new Float64Array(0),
    tick_count: 0,
    book: null,
    trade_rows: new Float64Array(0),
    trade_count: 0,
    lat: null,
    risks: [],
    storms: [],
    flags: [],
    notices: [],
    gaps: 0,
    bytes: 0,
    frames: 0,
  };
}
