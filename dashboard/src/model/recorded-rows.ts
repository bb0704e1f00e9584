// In: the lines of a run's ticks.jsonl. Out: rows for the tracks, one a second, NaN where a line has no
// such measure: what happened in a recorded run before the place that was sought in it.
import { Regime } from '@wavetank/abi';
import { COLUMN, type SeriesName, WIDTH } from './series.ts';

type Line = Record<string, unknown>;

/** Columns by the measure of a line, and what one unit of it is worth. */
const SOURCES: Partial<Record<SeriesName, [measure: string, divisor: number]>> = {
  t_s: ['ts_run_ns', 1e9],
  mid: ['mid', 10_000],
  micro: ['microprice', 10_000],
  twin_mid: ['twin_mid', 10_000],
  bid_depth: ['bid_depth', 1],
  ask_depth: ['ask_depth', 1],
  imbalance: ['imbalance', 1],
  vpin: ['vpin', 1],
  event_rate: ['event_rate', 1],
  velocity: ['velocity', 1],
  spread_bps: ['spread_bps', 1],
};

const REGIMES = new Map(
  Object.entries(Regime).map(([name, value]) => [name.toLowerCase(), value as number]),
);

const numberOf = (value: unknown): number => (typeof value === 'number' ? value : Number.NaN);

export function recordedRows(lines: Line[], symbol: string, tick_size: number): Float64Array {
  const ours = lines.filter((line) => line.symbol === symbol);
  const rows = new Float64Array(ours.length * WIDTH).fill(Number.NaN);
  ours.forEach((line, at) => {
    const base = at * WIDTH;
    for (const [name, [measure, divisor]] of Object.entries(SOURCES)) {
      rows[base + COLUMN[name as SeriesName]] = numberOf(line[measure]) / divisor;
    }
    rows[base + COLUMN.spread_ticks] = numberOf(line.spread) / tick_size;
    rows[base + COLUMN.regime] = REGIMES.get(String(line.regime)) ?? Regime.Unknown;
  });
  return rows;
}
