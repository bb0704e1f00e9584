// In: the payload of one telemetry frame. Out: its JSON form, one plain object, as /stream and
// `--wire json` send it. Knows the generated decoders and the null values of the schema; no socket.
//
// `type` names the frame; ids and seeds are decimal strings, digests lower-case hex, flags lists of
// names, enums snake_case names. Storm kinds and detectors keep the names that requests use.
import * as abi from './generated.ts';
import { digestHex, enumName, hashHex, snakeName } from './names.ts';

const NULL_U32 = 0xffff_ffff;
const NULL_I32 = -0x8000_0000;

const orNull = (value: number, none: number): number | null => (value === none ? null : value);
const some = (value: number): number | null => orNull(value, 0);
const idText = (value: bigint): string | null => (value === 0n ? null : value.toString());

function name(variants: Record<string, number>, raw: number): string {
  const found = enumName(variants, raw);
  return found === undefined ? `unknown_${raw}` : snakeName(found);
}

function flagNames(variants: Record<string, number>, raw: number): string[] {
  return Object.keys(variants)
    .filter((key) => (raw & (variants[key] ?? 0)) !== 0)
    .map((key) => key.toLowerCase());
}

function head<T extends string>(type: T, frame: abi.FramePrefix) {
  return {
    type,
    seq: frame.seq,
    symbol: frame.symbol === '' ? null : frame.symbol,
    instrument_id: some(frame.instrument_id),
    ts_run_ns: frame.ts_run_ns,
    ts_event_ns: some(frame.ts_event_ns),
    frame_flags: flagNames(abi.FrameFlags, frame.frame_flags),
  };
}

function header(view: DataView) {
  const frame = abi.decodeHeaderFrame(view);
  const synthetic = frame.source_kind === abi.SourceKind.Synthetic;
  return {
    ...head('header', frame),
    abi_hash: hashHex(frame.abi_hash),
    abi_version: frame.abi_version,
    wire_version: frame.wire_version,
    input_digest: frame.input_digest === 0n ? null : hashHex(frame.input_digest),
    seed: synthetic ? frame.seed.toString() : null,
    engine_pid: frame.engine_pid,
    epoch: frame.epoch,
    instruments: frame.instruments,
    run_class: name(abi.RunClass, frame.run_class),
    source_kind: name(abi.SourceKind, frame.source_kind),
  };
}

function tick(view: DataView) {
  const frame = abi.decodeTickFrame(view);
  return {
    ...head('tick', frame),
    ...tickPrices(frame),
    ...tickFlow(frame),
    run_digest: hashHex(frame.run_digest),
    market_digest: digestHex(frame.market_digest),
    regime: name(abi.Regime, frame.regime),
    regime_score_milli: frame.regime_score_milli,
    trading_state: frame.trading_state === 0 ? null : String.fromCharCode(frame.trading_state),
    transport: name(abi.TransportState, frame.transport),
    storms_active: frame.storms_active,
    conflated: frame.conflated,
  };
}

/** Prices in 1/10000 dollar; mids may end in .5, the microprice in thousandths. */
function tickPrices(frame: abi.TickFrame) {
  return {
    mid: frame.mid_x2 === 0 ? null : frame.mid_x2 / 2,
    microprice: frame.microprice_milli === 0 ? null : frame.microprice_milli / 1000,
    twin_mid: frame.twin_mid_x2 === 0 ? null : frame.twin_mid_x2 / 2,
    best_bid: some(frame.best_bid),
    best_ask: some(frame.best_ask),
    spread: orNull(frame.spread, NULL_U32),
    twin_spread: orNull(frame.twin_spread, NULL_U32),
    spread_milli_bps: orNull(frame.spread_milli_bps, NULL_U32),
    drift_milli_bps: orNull(frame.drift_milli_bps, NULL_I32),
    mid_x2: some(frame.mid_x2),
    microprice_milli: some(frame.microprice_milli),
    twin_mid_x2: some(frame.twin_mid_x2),
    tick_size: frame.tick_size,
  };
}

function tickFlow(frame: abi.TickFrame) {
  return {
    bid_depth: frame.bid_depth,
    ask_depth: frame.ask_depth,
    twin_bid_depth: frame.twin_bid_depth,
    twin_ask_depth: frame.twin_ask_depth,
    imbalance_ppm: orNull(frame.imbalance_ppm, NULL_I32),
    vpin_ppm: orNull(frame.vpin_ppm, NULL_U32),
    velocity_milli: frame.velocity_milli,
    velocity_ewma_milli: frame.velocity_ewma_milli,
    event_rate_milli: frame.event_rate_milli,
    volume: frame.volume,
    trades: frame.trades,
    events: frame.events,
    injected_qty: frame.injected_qty,
    displaced_qty: frame.displaced_qty,
    crossed_ms: frame.crossed_ms,
  };
}

/** Price, quantity, orders, injected quantity. */
export type LevelJson = [number, number, number, number];

function levels(view: DataView, at: number, count: number): LevelJson[] {
  const list: LevelJson[] = [];
  for (let i = 0; i < count; i++) {
    const level = abi.decodeViewLevel(view, at + i * abi.VIEW_LEVEL_SIZE);
    list.push([level.price, level.qty, level.orders, level.injected_qty]);
  }
  return list;
}

function book(view: DataView) {
  const frame = abi.decodeBookFrame(view);
  const asksAt = abi.BOOK_FRAME_SIZE + frame.bid_count * abi.VIEW_LEVEL_SIZE;
  return {
    ...head('book', frame),
    tick_size: frame.tick_size,
    bids: levels(view, abi.BOOK_FRAME_SIZE, frame.bid_count),
    asks: levels(view, asksAt, frame.ask_count),
  };
}

function risk(view: DataView) {
  const frame = abi.decodeRiskFrame(view);
  return {
    ...head('risk', frame),
    target: frame.target,
    state: name(abi.RiskState, frame.state),
    guard: frame.guard === abi.RiskGuard.None ? null : name(abi.RiskGuard, frame.guard),
    position: frame.position,
    working_buy: frame.working_buy,
    working_sell: frame.working_sell,
    pnl: frame.pnl,
    checks: frame.checks,
    refused: frame.refused,
    gaps: frame.gaps,
  };
}

function lat(view: DataView) {
  const frame = abi.decodeLatFrame(view);
  const stages = [];
  for (let i = 0; i < frame.stage_count; i++) {
    const stage = abi.decodeLatStage(view, abi.LAT_FRAME_SIZE + i * abi.LAT_STAGE_SIZE);
    stages.push({
      stage: name(abi.Stage, stage.stage),
      count: stage.count,
      p50_ns: stage.p50_ns,
      p99_ns: stage.p99_ns,
      max_ns: stage.max_ns,
    });
  }
  return {
    ...head('lat', frame),
    events_per_s: frame.events_per_s,
    clock_step_ns: frame.clock_step_ns,
    clock_cost_ns: frame.clock_cost_ns,
    stages,
  };
}

/** Who crossed the spread: the side opposite to the order that rested. */
function aggressor(resting: number): 'buy' | 'sell' | null {
  if (resting === abi.Side.Bid) return 'sell';
  return resting === abi.Side.Ask ? 'buy' : null;
}

function trade(view: DataView) {
  const frame = abi.decodeTradeFrame(view);
  return {
    ...head('trade', frame),
    price: frame.price,
    qty: frame.qty,
    trade_no: frame.trade_no,
    side: name(abi.Side, frame.side),
    aggressor: aggressor(frame.side),
    channel: name(abi.Channel, frame.channel),
    flags: flagNames(abi.EventFlags, frame.flags),
    storm_id: some(frame.storm_id),
  };
}

function chaos(view: DataView) {
  const frame = abi.decodeChaosFrame(view);
  return {
    ...head('chaos', frame),
    flag_no: frame.flag_no,
    detector: enumName(abi.Detector, frame.detector) ?? `unknown_${frame.detector}`,
    severity_ppm: frame.severity_ppm,
    started_ts_ns: frame.started_ts_ns,
    order_id_first: idText(frame.order_id_first),
    order_id_last: idText(frame.order_id_last),
    evidence_qty: frame.evidence_qty,
    truth_storm_id: some(frame.truth_storm_id),
    time_to_detect_ms: orNull(frame.time_to_detect_ms, NULL_U32),
  };
}

function storm(view: DataView) {
  const frame = abi.decodeStormFrame(view);
  return {
    ...head('storm', frame),
    storm_id: frame.storm_id,
    kind: frame.kind_name,
    phase: name(abi.StormPhase, frame.phase),
    cause: frame.cause === abi.StormCause.None ? null : name(abi.StormCause, frame.cause),
    severity_ppm: frame.severity_ppm,
    duration_ms: frame.duration_ms,
    seed: frame.seed.toString(),
    started_ts_ns: frame.started_ts_ns,
    expires_ts_ns: frame.expires_ts_ns,
    start_seq: frame.start_seq,
    end_seq: some(frame.end_seq),
    events: frame.events,
    taken_qty: frame.taken_qty,
    withdrawn_qty: frame.withdrawn_qty,
    placed_qty: frame.placed_qty,
    displaced_qty: frame.displaced_qty,
    asked_ppm: frame.asked_ppm,
    realised_ppm: orNull(frame.realised_ppm, NULL_U32),
  };
}

function heartbeat(view: DataView) {
  const frame = abi.decodeHeartbeatFrame(view);
  return {
    ...head('heartbeat', frame),
    ts_wall_ns: frame.ts_wall_ns,
    durable_seq: some(frame.durable_seq),
    run_digest: hashHex(frame.run_digest),
    events: frame.events,
    rejected: frame.rejected,
    parse_errors: frame.parse_errors,
    ts_regressions: frame.ts_regressions,
    conflated: frame.conflated,
    feed_dropped: frame.feed_dropped,
    live_orders: frame.live_orders,
    lag_ns: frame.lag_ns,
    source_position: frame.source_position,
    source_length: some(frame.source_length),
    speed: frame.speed_milli === 0 ? ('max' as const) : frame.speed_milli / 1000,
    instruments: frame.instruments,
    storms_active: frame.storms_active,
    transport: name(abi.TransportState, frame.transport),
    run_active: frame.run_active !== 0,
    run_class: name(abi.RunClass, frame.run_class),
    source_kind: name(abi.SourceKind, frame.source_kind),
  };
}

export type HeaderJson = ReturnType<typeof header>;
export type TickJson = ReturnType<typeof tick>;
export type BookJson = ReturnType<typeof book>;
export type RiskJson = ReturnType<typeof risk>;
export type LatJson = ReturnType<typeof lat>;
export type TradeJson = ReturnType<typeof trade>;
export type ChaosJson = ReturnType<typeof chaos>;
export type StormJson = ReturnType<typeof storm>;
export type HeartbeatJson = ReturnType<typeof heartbeat>;
export type FrameJson =
  | HeaderJson
  | TickJson
  | BookJson
  | RiskJson
  | LatJson
  | TradeJson
  | ChaosJson
  | StormJson
  | HeartbeatJson;

const FORMS: { [kind: number]: (view: DataView) => FrameJson } = {
  [abi.FrameKind.Header]: header,
  [abi.FrameKind.Tick]: tick,
  [abi.FrameKind.Book]: book,
  [abi.FrameKind.Risk]: risk,
  [abi.FrameKind.Lat]: lat,
  [abi.FrameKind.Trade]: trade,
  [abi.FrameKind.Chaos]: chaos,
  [abi.FrameKind.Storm]: storm,
  [abi.FrameKind.Heartbeat]: heartbeat,
};

/** JSON form of one frame's payload; `undefined` for kinds without one (Control, Answer, unknown). */
export function frameJson(view: DataView): FrameJson | undefined {
  return FORMS[view.getUint16(0, true)]?.(view);
}
