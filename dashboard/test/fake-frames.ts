// In: values of a fake market. Out: wire frames built with the generated encoders.
import * as abi from '@wavetank/abi';

export interface Stamp {
  seq: number;
  ts_run_ns: number;
  symbol: string;
}

interface Layout<T> {
  size: number;
  kind: number;
  decode: (view: DataView) => T;
  encode: (view: DataView, at: number, value: T) => void;
}

/** A frame whose unnamed fields are zero; `tail` bytes follow it. */
function frame<T extends object>(
  layout: Layout<T>,
  stamp: Stamp,
  value: Partial<T>,
  tail = 0,
): DataView {
  const view = new DataView(new ArrayBuffer(layout.size + tail));
  const zero = layout.decode(view);
  const prefix = { frame_kind: layout.kind, instrument_id: 1, ts_event_ns: stamp.ts_run_ns };
  layout.encode(view, 0, { ...zero, ...prefix, ...stamp, ...value });
  return view;
}

const wire = (view: DataView): Uint8Array => abi.wireFrame(new Uint8Array(view.buffer));

const HEADER: Layout<abi.HeaderFrame> = {
  size: abi.HEADER_FRAME_SIZE,
  kind: abi.FrameKind.Header,
  decode: abi.decodeHeaderFrame,
  encode: abi.encodeHeaderFrame,
};
const TICK: Layout<abi.TickFrame> = {
  size: abi.TICK_FRAME_SIZE,
  kind: abi.FrameKind.Tick,
  decode: abi.decodeTickFrame,
  encode: abi.encodeTickFrame,
};
const TRADE: Layout<abi.TradeFrame> = {
  size: abi.TRADE_FRAME_SIZE,
  kind: abi.FrameKind.Trade,
  decode: abi.decodeTradeFrame,
  encode: abi.encodeTradeFrame,
};
const HEARTBEAT: Layout<abi.HeartbeatFrame> = {
  size: abi.HEARTBEAT_FRAME_SIZE,
  kind: abi.FrameKind.Heartbeat,
  decode: abi.decodeHeartbeatFrame,
  encode: abi.encodeHeartbeatFrame,
};
const STORM: Layout<abi.StormFrame> = {
  size: abi.STORM_FRAME_SIZE,
  kind: abi.FrameKind.Storm,
  decode: abi.decodeStormFrame,
  encode: abi.encodeStormFrame,
};
const CHAOS: Layout<abi.ChaosFrame> = {
  size: abi.CHAOS_FRAME_SIZE,
  kind: abi.FrameKind.Chaos,
  decode: abi.decodeChaosFrame,
  encode: abi.encodeChaosFrame,
};
const RISK: Layout<abi.RiskFrame> = {
  size: abi.RISK_FRAME_SIZE,
  kind: abi.FrameKind.Risk,
  decode: abi.decodeRiskFrame,
  encode: abi.encodeRiskFrame,
};
const LAT: Layout<abi.LatFrame> = {
  size: abi.LAT_FRAME_SIZE,
  kind: abi.FrameKind.Lat,
  decode: abi.decodeLatFrame,
  encode: abi.encodeLatFrame,
};
const BOOK: Layout<abi.BookFrame> = {
  size: abi.BOOK_FRAME_SIZE,
  kind: abi.FrameKind.Book,
  decode: abi.decodeBookFrame,
  encode: abi.encodeBookFrame,
};

const simple =
  <T extends object>(layout: Layout<T>) =>
  (stamp: Stamp, value: Partial<T>): Uint8Array =>
    wire(frame(layout, stamp, value));

export const tickFrame = simple(TICK);
export const tradeFrame = simple(TRADE);
export const heartbeatFrame = simple(HEARTBEAT);
export const stormFrame = simple(STORM);
export const chaosFrame = simple(CHAOS);
export const riskFrame = simple(RISK);

export const headerFrame = (stamp: Stamp, value: Partial<abi.HeaderFrame>): Uint8Array =>
  wire(
    frame(HEADER, stamp, {
      abi_hash: abi.ABI_HASH,
      abi_version: abi.ABI_VERSION,
      wire_version: abi.WIRE_VERSION,
      ...value,
    }),
  );

export interface FakeLevel {
  price: number;
  qty: number;
  injected_qty: number;
  orders: number;
}

export function bookFrame(stamp: Stamp, bids: FakeLevel[], asks: FakeLevel[]): Uint8Array {
  const levels = [...bids, ...asks];
  const head = { bid_count: bids.length, ask_count: asks.length, tick_size: 100 };
  const view = frame(BOOK, stamp, head, levels.length * abi.VIEW_LEVEL_SIZE);
  levels.forEach((level, i) => {
    const at = abi.BOOK_FRAME_SIZE + i * abi.VIEW_LEVEL_SIZE;
    abi.encodeViewLevel(view, at, { ...level, reserved: 0 });
  });
  return wire(view);
}

export function latFrame(stamp: Stamp, events_per_s: number): Uint8Array {
  const stages = Object.values(abi.Stage);
  const head = { events_per_s, clock_step_ns: 27, clock_cost_ns: 21, stage_count: stages.length };
  const view = frame(LAT, stamp, head, stages.length * abi.LAT_STAGE_SIZE);
  stages.forEach((stage, i) => {
    const at = abi.LAT_FRAME_SIZE + i * abi.LAT_STAGE_SIZE;
    const p50_ns = 9 * stage * stage;
    const measured = { count: 48_213, p50_ns, p99_ns: p50_ns * 7, max_ns: p50_ns * 900 };
    abi.encodeLatStage(view, at, { ...measured, stage, reserved: new Uint8Array(3) });
  });
  return wire(view);
}
