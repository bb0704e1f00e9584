// In: the folders of two runs. Out: what they were started with and how they ended, where that
// differs, and the first sequence at which one market is no longer the other. Changes nothing.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type RunFile, readRunFile } from '@wavetank/recorder';
import { type LoggedStretch, stretchOf } from './compare-logs.ts';
import { type Divergence, divergenceOf } from './divergence.ts';
import { recordedLines } from './lines.ts';
import { type Line, tickKey } from './retold.ts';
import { VerifyError } from './verify.ts';

/** One value that the two runs do not share. */
export interface Unequal {
  key: string;
  a: unknown;
  b: unknown;
}

/** The first instant at which the record of the two says different things. */
export interface TickDifference {
  ts_run_ns: number;
  symbol: string;
  seq: { a: number; b: number };
  keys: string[];
}

/** Ticks that both recorded, and the first of them that differs. */
export interface TickComparison {
  compared: number;
  /** The run digest is the same at one of them at least. */
  chained: boolean;
  first: TickDifference | null;
}

export interface RunComparison {
  a: string;
  b: string;
  same_source: boolean;
  config: Unequal[];
  outcome: Unequal[];
  ticks: TickComparison;
  /** Why a log does not tell its whole run; null when it does. */
  logs: { a: string | null; b: string | null };
  divergence: Divergence | null;
  /** Why there is no divergence, or why it cannot be told to the sequence. */
  note: string;
  /** The market was the same wherever both were recorded, and no log is damaged. */
  same: boolean;
}

const CONFIG = ['class', 'speed', 'symbols', 'seed', 'start_seq', 'started_ts_ns'] as const;
const OUTCOME = [
  'status',
  'stop_cause',
  'verdict',
  'verdict_reasons',
  'end_seq',
  'ended_ts_ns',
  'run_digest',
  'market_digest',
  'tick_samples',
] as const;
const STORM = ['kind', 'symbol', 'started_at_ms', 'severity', 'duration_ms', 'seed'] as const;

export async function compareRuns(dirA: string, dirB: string): Promise<RunComparison> {
  const [a, b] = await Promise.all([opened(dirA), opened(dirB)]);
  const same_source = digestOf(a.run) === digestOf(b.run) && digestOf(a.run) !== undefined;
  const ticks = compareTicks(a.ticks, b.ticks);
  const logs = { a: a.log.fault, b: b.log.fault };
  const whole = logs.a === null && logs.b === null;
  const { divergence, note } = divergenceOf(a.log, b.log, same_source, ticks);
  return {
    a: a.run.run_id,
    b: b.run.run_id,
    same_source,
    config: [...sources(a.run, b.run), ...unequal(CONFIG, a.run, b.run), ...storms(a.run, b.run)],
    outcome: unequal(OUTCOME, a.run, b.run),
    ticks,
    logs,
    divergence,
    note,
    same: same_source && whole && divergence === null && ticks.first === null && ticks.compared > 0,
  };
}

interface Opened {
  run: RunFile;
  log: LoggedStretch;
  ticks: Line[];
}

async function opened(dir: string): Promise<Opened> {
  const run = existsSync(dir) ? await readRunFile(dir) : undefined;
  if (run === undefined) throw new VerifyError(`${dir}: no run folder: no readable run.yaml`);
  const { ticks } = await recordedLines(dir);
  return { run, log: stretchOf(join(dir, 'log'), run), ticks };
}

const digestOf = (run: RunFile): string | undefined => run.inputs[0]?.digest ?? undefined;

function sources(a: RunFile, b: RunFile): Unequal[] {
  const [one, other] = [a.inputs[0] ?? {}, b.inputs[0] ?? {}] as Record<string, unknown>[];
  const keys = [...new Set([...Object.keys(one ?? {}), ...Object.keys(other ?? {})])].sort();
  return unequal(keys, one ?? {}, other ?? {}).map((each) => ({
    ...each,
    key: `source.${each.key}`,
  }));
}

function storms(a: RunFile, b: RunFile): Unequal[] {
  const found: Unequal[] = [];
  for (let at = 0; at < Math.max(a.storms_fired.length, b.storms_fired.length); at++) {
    const [one, other] = [a.storms_fired[at], b.storms_fired[at]];
    const storm = `storm.${at + 1}`;
    if (one === undefined || other === undefined) {
      found.push({ key: storm, a: one?.kind ?? null, b: other?.kind ?? null });
    } else {
      for (const each of unequal(STORM, one, other)) {
        found.push({ ...each, key: `${storm}.${each.key}` });
      }
    }
  }
  const kinds = new Set([...Object.keys(a.storm_code), ...Object.keys(b.storm_code)]);
  for (const each of unequal([...kinds].sort(), a.storm_code, b.storm_code)) {
    if (each.a !== null && each.b !== null) found.push({ ...each, key: `storm_code.${each.key}` });
  }
  return found;
}

function unequal(keys: readonly string[], one: object, other: object): Unequal[] {
  return keys
    .map((key) => ({ key, a: keyed(one, key), b: keyed(other, key) }))
    .filter(({ a, b }) => JSON.stringify(a) !== JSON.stringify(b));
}

const keyed = (from: object, key: string): unknown =>
  (from as Record<string, unknown>)[key] ?? null;

/** Ticks of one instant and symbol, but for the wall clock's part. */
function compareTicks(a: readonly Line[], b: readonly Line[]): TickComparison {
  const others = new Map(b.map((line) => [tickKey(line), line]));
  let compared = 0;
  let chained = false;
  for (const line of a) {
    const other = others.get(tickKey(line));
    if (other === undefined) continue;
    compared++;
    chained ||= line.run_digest === other.run_digest;
    const keys = Object.keys(line).filter(
      (key) => key !== 'wall' && JSON.stringify(line[key]) !== JSON.stringify(other[key]),
    );
    if (keys.length === 0) continue;
    const { ts_run_ns, symbol } = line;
    const seq = { a: Number(line.seq), b: Number(other.seq) };
    return {
      compared,
      chained,
      first: { ts_run_ns: Number(ts_run_ns), symbol: String(symbol), seq, keys },
    };
  }
  return { compared, chained, first: null };
}
