// In: a tick frame. Out: one row of numbers to draw, NaN where the schema has a null.
// Prices become dollars, ppm and thousandths become plain ratios: display only, never sent back.
import { NULLS, type TickFrame } from '@wavetank/abi';
import { bps } from './format.ts';

export const SERIES = [
  't_s',
  'mid',
  'micro',
  'twin_mid',
  'spread_ticks',
  'twin_spread_ticks',
  'bid_depth',
  'ask_depth',
  'twin_bid_depth',
  'twin_ask_depth',
  'imbalance',
  'vpin',
  'event_rate',
  'velocity',
  'velocity_ewma',
  'regime',
  'spread_bps',
  'twin_spread_bps',
] as const;

export type SeriesName = (typeof SERIES)[number];
export const COLUMN = Object.fromEntries(SERIES.map((name, at) => [name, at])) as Record<
  SeriesName,
  number
>;
export const WIDTH = SERIES.length;

const DOLLAR = 10_000;
const orNaN = (value: number, absent: number): number => (value === absent ? Number.NaN : value);

/** Writes one row at `at` of `out`. */
export function writeRow(tick: TickFrame, out: Float64Array, at: number): void {
  const nulls = NULLS.TickFrame;
  const tickSize = Math.max(1, tick.tick_size);
  out[at] = tick.ts_run_ns / 1e9;
  out[at + 1] = orNaN(tick.mid_x2, 0) / (2 * DOLLAR);
  out[at + 2] = orNaN(tick.microprice_milli, 0) / (1000 * DOLLAR);
  out[at + 3] = orNaN(tick.twin_mid_x2, 0) / (2 * DOLLAR);
  out[at + 4] = orNaN(tick.spread, nulls.spread) / tickSize;
  out[at + 5] = orNaN(tick.twin_spread, nulls.twin_spread) / tickSize;
  out[at + 6] = tick.bid_depth;
  out[at + 7] = tick.ask_depth;
  out[at + 8] = tick.twin_bid_depth;
  out[at + 9] = tick.twin_ask_depth;
  out[at + 10] = orNaN(tick.imbalance_ppm, nulls.imbalance_ppm) / 1e6;
  out[at + 11] = orNaN(tick.vpin_ppm, nulls.vpin_ppm) / 1e6;
  out[at + 12] = tick.event_rate_milli / 1000;
  out[at + 13] = tick.velocity_milli / 1000;
  out[at + 14] = tick.velocity_ewma_milli / 1000;
  out[at + 15] = tick.regime;
  // The wire's thousandths of a basis point are too coarse above $10,000: from prices instead.
  out[at + 16] = bps(orNaN(tick.spread, nulls.spread), orNaN(tick.mid_x2, 0) / 2);
  out[at + 17] = bps(orNaN(tick.twin_spread, nulls.twin_spread), orNaN(tick.twin_mid_x2, 0) / 2);
}
