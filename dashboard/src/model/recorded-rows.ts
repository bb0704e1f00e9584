// What happened in a recorded run before the place that was sought in it. In: the lines of its ticks.jsonl
// and events.jsonl. Out: rows for the tracks, one a second, NaN where a line has no such measure; the
// storms that were over.
import { Regime, StormPhase } from '@wavetank/abi';
import { COLUMN, type SeriesName, WIDTH } from './series.ts';
import type { StormMark } from './storms.ts';

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

/** Storms that had closed by then. */
export function recordedStorms(events: Line[], by_s: number): StormMark[] {
  const stops = new Map(
    events.filter(({ type }) => type === 'storm_stop').map((line) => [line.storm_id, line]),
  );
  return events.flatMap((start) => {
    const stop = start.type === 'storm_start' ? stops.get(start.storm_id) : undefined;
    const mark = stop === undefined ? undefined : markOf(start, stop);
    return mark !== undefined && (mark.ended_s ?? by_s) < by_s ? [mark] : [];
  });
}

function markOf(start: Line, stop: Line): StormMark {
  const expires_s = numberOf(start.expires_at_ms) / 1000;
  const ended_s = numberOf(stop.ts_run_ns) / 1e9;
  return {
    id: numberOf(start.storm_id),
    kind: String(start.kind),
    symbol: String(start.symbol),
    severity: numberOf(start.severity),
    course: [],
    seed: String(start.seed),
    started_s: numberOf(start.started_at_ms) / 1000,
    expires_s,
    returning_s: Math.min(expires_s, ended_s),
    ended_s,
    phase: StormPhase.Closed,
    cause: String(stop.cause),
    events: numberOf(stop.events),
    taken_qty: numberOf(stop.taken_qty),
    withdrawn_qty: numberOf(stop.withdrawn_qty),
    placed_qty: numberOf(stop.placed_qty),
    displaced_qty: 0,
  };
}
