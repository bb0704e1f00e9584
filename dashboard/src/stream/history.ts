// In: what the bridge kept of a symbol's past. Out: rows for the tracks, oldest first.
// Each bucket becomes two rows, its least values and its greatest, so no extreme is lost.
import { bps } from '../model/format.ts';
import { COLUMN, type SeriesName, WIDTH } from '../model/series.ts';
import { GRAINS_S } from '../model/tracks.ts';
import { get } from './rest.ts';

type Ends = { min: (number | null)[]; max: (number | null)[] };

/** The answer of GET /history; times are virtual ms since venue midnight. */
export interface Stretch {
  symbol: string;
  bucket_ms: number;
  /** Timeline, as the header names it. */
  epoch: number;
  t_ms: number[];
  measures: { [measure: string]: Ends };
}

export interface Past {
  rows: Float64Array;
  count: number;
}

const POINTS = 1000;
const DOLLAR = 10_000;

/** Each window at its own resolution; of two that overlap the finer one is kept. */
export async function fetchPast(symbol: string, now_s: number, line: Timeline): Promise<Past> {
  const stretches = await Promise.all(
    GRAINS_S.map((grain) => {
      const from = Math.max(0, Math.floor((now_s - grain) * 1000));
      const query = new URLSearchParams({
        symbol,
        from: String(from),
        to: String(Math.ceil(now_s * 1000)),
        points: String(POINTS),
        measures: MEASURES.join(),
      });
      return get<Stretch>(`/history?${query}`);
    }),
  );
  return join(stretches, line);
}

export interface Timeline {
  epoch: number;
  tick_size: number;
}

/** `stretches` from the finest to the coarsest; those of another timeline are left out. */
export function join(stretches: Stretch[], { epoch, tick_size }: Timeline): Past {
  const ours = stretches.filter((stretch) => stretch.epoch === epoch);
  const rows = new Float64Array(ours.reduce((sum, s) => sum + s.t_ms.length, 0) * 2 * WIDTH);
  let count = 0;
  let until = Number.POSITIVE_INFINITY;
  const starts = ours.map((stretch) => {
    const before = until;
    until = Math.min(until, stretch.t_ms[0] ?? until);
    return before;
  });
  for (let s = ours.length - 1; s >= 0; s--) {
    const stretch = ours[s] as Stretch;
    stretch.t_ms.forEach((t, i) => {
      if (t + stretch.bucket_ms > (starts[s] as number)) return;
      writeEnd(stretch, { i, end: 'min', at: 0.25, tick_size }, rows, count++ * WIDTH);
      writeEnd(stretch, { i, end: 'max', at: 0.75, tick_size }, rows, count++ * WIDTH);
    });
  }
  return { rows, count };
}

/** Columns by the measure they come from, and what one unit of it is worth. */
const SOURCES: Partial<Record<SeriesName, [measure: string, divisor: number]>> = {
  mid: ['mid', DOLLAR],
  micro: ['microprice', DOLLAR],
  twin_mid: ['twin_mid', DOLLAR],
  bid_depth: ['bid_depth', 1],
  ask_depth: ['ask_depth', 1],
  twin_bid_depth: ['twin_bid_depth', 1],
  twin_ask_depth: ['twin_ask_depth', 1],
  imbalance: ['imbalance_ppm', 1e6],
  vpin: ['vpin_ppm', 1e6],
  event_rate: ['event_rate_milli', 1000],
  velocity: ['velocity_milli', 1000],
  velocity_ewma: ['velocity_ewma_milli', 1000],
  regime: ['regime', 1],
};

const MEASURES = [...Object.values(SOURCES).map(([measure]) => measure), 'spread', 'twin_spread'];

interface Place {
  i: number;
  end: 'min' | 'max';
  /** Share of the bucket's width. */
  at: number;
  tick_size: number;
}

function writeEnd(stretch: Stretch, place: Place, out: Float64Array, base: number): void {
  const value = (measure: string): number =>
    stretch.measures[measure]?.[place.end][place.i] ?? Number.NaN;
  out[base] = ((stretch.t_ms[place.i] as number) + place.at * stretch.bucket_ms) / 1000;
  for (const [name, [measure, divisor]] of Object.entries(SOURCES)) {
    out[base + COLUMN[name as SeriesName]] = value(measure) / divisor;
  }
  const spread = value('spread');
  const twin_spread = value('twin_spread');
  out[base + COLUMN.spread_ticks] = spread / place.tick_size;
  out[base + COLUMN.twin_spread_ticks] = twin_spread / place.tick_size;
  out[base + COLUMN.spread_bps] = bps(spread, value('mid'));
  out[base + COLUMN.twin_spread_bps] = bps(twin_spread, value('twin_mid'));
  if (Number.isNaN(out[base + COLUMN.regime] as number)) out[base + COLUMN.regime] = 0;
}
