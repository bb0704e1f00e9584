// In: the lines a run wrote, ticks.jsonl and events.jsonl. Out: its measures as columns a chart reads,
// its storms and flags. Two runs aligned by virtual time as one table. Knows no page.

export interface RecordedStorm {
  id: number;
  kind: string;
  severity: number;
  from_s: number;
  /** Null: its end was not recorded. */
  to_s: number | null;
}

export interface RecordedFlag {
  t_s: number;
  detector: string;
  hit: boolean;
}

export interface RecordedRun {
  run_id: string;
  symbol: string;
  /** Virtual seconds since venue midnight, one a row. */
  t_s: Float64Array;
  columns: Record<Measure, Float64Array>;
  storms: RecordedStorm[];
  flags: RecordedFlag[];
}

/** Measures of a recorded tick that are read back, and what one unit of the file is worth. */
const MEASURES = {
  mid: 1e-4,
  twin_mid: 1e-4,
  spread_bps: 1,
  bid_depth: 1,
  ask_depth: 1,
  imbalance: 1,
  vpin: 1,
  event_rate: 1,
  injected_qty: 1,
  displaced_qty: 1,
} as const;
export type Measure = keyof typeof MEASURES;
export const MEASURE_NAMES = Object.keys(MEASURES) as Measure[];

type Line = Record<string, unknown>;

/** Lines as they stand on disk; a last one that is torn is left out. */
export function linesOf(text: string): Line[] {
  const found: Line[] = [];
  for (const line of text.split('\n')) {
    if (line === '') continue;
    try {
      found.push(JSON.parse(line) as Line);
    } catch {
      break;
    }
  }
  return found;
}

/** The first of the run's symbols, unless one is named. */
export function recordedRun(
  run_id: string,
  ticks: Line[],
  events: Line[],
  named?: string,
): RecordedRun {
  const symbol = named ?? String(ticks[0]?.symbol ?? '');
  const ours = ticks.filter((line) => line.symbol === symbol);
  const column = (name: string, worth: number): Float64Array =>
    Float64Array.from(ours, (line) => numberOf(line[name]) * worth);
  const columns = Object.fromEntries(
    Object.entries(MEASURES).map(([name, worth]) => [name, column(name, worth)]),
  ) as RecordedRun['columns'];
  const told = events.filter((line) => line.symbol === symbol);
  const storms = stormsOf(told);
  return { run_id, symbol, t_s: column('ts_run_ns', 1e-9), columns, storms, flags: flagsOf(told) };
}

const numberOf = (value: unknown): number => (typeof value === 'number' ? value : Number.NaN);

function stormsOf(events: Line[]): RecordedStorm[] {
  const ends = new Map(
    events
      .filter((line) => line.type === 'storm_stop')
      .map((line) => [line.storm_id, numberOf(line.ts_run_ns) / 1e9]),
  );
  return events
    .filter((line) => line.type === 'storm_start')
    .map((line) => ({
      id: Number(line.storm_id),
      kind: String(line.kind),
      severity: numberOf(line.severity),
      from_s: numberOf(line.started_at_ms) / 1000,
      to_s: ends.get(line.storm_id) ?? null,
    }));
}

function flagsOf(events: Line[]): RecordedFlag[] {
  return events
    .filter((line) => line.type === 'chaos_flag')
    .map((line) => ({
      t_s: numberOf(line.ts_run_ns) / 1e9,
      detector: String(line.detector),
      hit: typeof line.truth_storm_id === 'number' && line.truth_storm_id > 0,
    }));
}

export interface Apart {
  t_s: number;
  /** Of the twin's mid: negative below it. */
  bps: number;
}

/** Where the market stood farthest from its twin, the same market without the storms. */
export function farthest({ t_s, columns }: RecordedRun): Apart | null {
  let found: Apart | null = null;
  for (const [at, mid] of columns.mid.entries()) {
    const twin = columns.twin_mid[at] as number;
    const bps = ((mid - twin) / twin) * 10_000;
    if (Math.abs(bps) > Math.abs(found?.bps ?? 0)) found = { t_s: t_s[at] as number, bps };
  }
  return found;
}

/** Seconds to add to the second run's times: 0 where both lie in the same hours of the venue. */
export function shiftOf(a: RecordedRun, b: RecordedRun): number {
  const [aFrom, aTo] = ends(a);
  const [bFrom, bTo] = ends(b);
  const overlap = Math.min(aTo, bTo) - Math.max(aFrom, bFrom);
  return overlap > 0 ? 0 : aFrom - bFrom;
}

const ends = ({ t_s }: RecordedRun): [number, number] => [t_s[0] ?? 0, t_s.at(-1) ?? 0];

export interface Aligned {
  t_s: number[];
  /** One list a column asked for; null where that run has no tick at that time. */
  columns: (number | null)[][];
}

/** Columns of several runs on one axis of time; `shift_s` is added to the times of each. */
export function aligned(asked: { run: RecordedRun; measure: Measure; shift_s: number }[]): Aligned {
  const maps = asked.map(({ run, measure, shift_s }) => {
    const values = new Map<number, number>();
    const column = run.columns[measure];
    for (const [at, t] of run.t_s.entries()) values.set(milli(t + shift_s), column[at] as number);
    return values;
  });
  const times = [...new Set(maps.flatMap((map) => [...map.keys()]))].sort((a, b) => a - b);
  return {
    t_s: times.map((ms) => ms / 1000),
    columns: maps.map((map) => times.map((ms) => finite(map.get(ms)))),
  };
}

const milli = (seconds: number): number => Math.round(seconds * 1000);
const finite = (value: number | undefined): number | null =>
  value === undefined || Number.isNaN(value) ? null : value;
