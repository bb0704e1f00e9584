// In: one recorded Tick frame, the storms that act on its instrument, and the wall clock. Out: its
// line of ticks.jsonl. Everything outside `wall` is a pure function of the frames, so a second
// execution gives the same lines.
import { digestHex, enumName, hashHex, Regime, snakeName, type TickFrame } from '@wavetank/abi';

const NULL_U32 = 0xffff_ffff;
const NULL_I32 = -0x8000_0000;

export interface Wall {
  /** ISO 8601, when the line was written. */
  at: string;
  /** How far virtual time was behind wall time, ms. */
  lag_ms?: number;
}

const unless = (value: number, none: number, scale: number): number | null =>
  value === none ? null : value / scale;

export const regimeName = (raw: number): string => snakeName(enumName(Regime, raw) ?? 'Unknown');

/** Prices in 1/10000 dollar, shares, imbalance and vpin as fractions, rates per second. */
export function tickLine(frame: TickFrame, storms: readonly string[], wall: Wall) {
  return {
    seq: frame.seq,
    ts_run_ns: frame.ts_run_ns,
    symbol: frame.symbol,
    run_digest: hashHex(frame.run_digest),
    market_digest: digestHex(frame.market_digest),
    mid: unless(frame.mid_x2, 0, 2),
    twin_mid: unless(frame.twin_mid_x2, 0, 2),
    microprice: unless(frame.microprice_milli, 0, 1000),
    best_bid: unless(frame.best_bid, 0, 1),
    best_ask: unless(frame.best_ask, 0, 1),
    spread: unless(frame.spread, NULL_U32, 1),
    spread_bps: unless(frame.spread_milli_bps, NULL_U32, 1000),
    depth: frame.bid_depth + frame.ask_depth,
    bid_depth: frame.bid_depth,
    ask_depth: frame.ask_depth,
    imbalance: unless(frame.imbalance_ppm, NULL_I32, 1e6),
    vpin: unless(frame.vpin_ppm, NULL_U32, 1e6),
    velocity: frame.velocity_milli / 1000,
    event_rate: frame.event_rate_milli / 1000,
    drift_bps: unless(frame.drift_milli_bps, NULL_I32, 1000),
    volume: frame.volume,
    trades: frame.trades,
    events: frame.events,
    crossed_ms: frame.crossed_ms,
    injected_qty: frame.injected_qty,
    displaced_qty: frame.displaced_qty,
    regime: regimeName(frame.regime),
    regime_score: frame.regime_score_milli / 1000,
    storm_active: frame.storms_active > 0,
    storm_kind: storms.length === 0 ? null : storms.join('+'),
    wall,
  };
}

export type TickLine = ReturnType<typeof tickLine>;
