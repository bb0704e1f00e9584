// run.yaml: its shape, and reading and writing it as a whole. A write goes to a second name and is
// renamed when it is on disk, so a reader sees the old file or the new one.
import { open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import type { FileDigest } from './digest.ts';
import type { RunTarget } from './run-target.ts';
import type { StormFired } from './storm-ledger.ts';
import type { Verdict } from './verdict.ts';

/** `recording` until the run is closed; a folder left so belongs to a process that died. */
export type RunStatus = 'recording' | 'complete' | 'aborted';

export interface RunSource {
  kind: string;
  path: string | null;
  digest: string | null;
  seed: string | null;
  [key: string]: unknown;
}

export interface RunFile {
  run_id: string;
  status: RunStatus;
  verdict: Verdict | null;
  verdict_reasons: string[];
  stop_cause: string | null;
  started_at: string;
  ended_at: string | null;
  duration_s: number | null;
  who: string | null;
  note: string | null;
  class: string;
  /** When it started: a factor, or `max`. */
  speed: number | string | null;
  symbols: string[];
  seed: string | null;
  start_seq: number;
  end_seq: number | null;
  started_ts_ns: number;
  ended_ts_ns: number | null;
  run_digest: string | null;
  market_digest: string | null;
  tick_samples: number;
  storms_fired: StormFired[];
  /** The first of them; all null where there is none. */
  target: RunTarget;
  targets: RunTarget[];
  inputs: RunSource[];
  storm_code: { [kind: string]: string };
  latencies: { [stage: string]: number | string }[];
  bench: { ticks_behind: number; link_stall_ms_max: number };
  environment: { [key: string]: unknown };
  artefacts: { [file: string]: FileDigest };
}

export const RUN_FILE = 'run.yaml';
export const EVENTS_FILE = 'events.jsonl';
export const TICKS_FILE = 'ticks.jsonl';

export async function writeRunFile(dir: string, run: RunFile): Promise<void> {
  const path = join(dir, RUN_FILE);
  const next = `${path}.next`;
  const file = await open(next, 'w');
  try {
    await file.writeFile(stringify(run, { lineWidth: 0, aliasDuplicateObjects: false }));
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(next, path);
  await syncFolder(dir);
}

async function syncFolder(dir: string): Promise<void> {
  const folder = await open(dir, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** The parsed file; `undefined` when it is missing or is no run file. */
export async function readRunFile(dir: string): Promise<RunFile | undefined> {
  let text: string;
  try {
    text = await readFile(join(dir, RUN_FILE), 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw cause;
  }
  try {
    const value: unknown = parse(text, { maxAliasCount: 0 });
    return looksLikeRun(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function looksLikeRun(value: unknown): value is RunFile {
  if (typeof value !== 'object' || value === null) return false;
  const { run_id, status, storms_fired } = value as Partial<RunFile>;
  if (typeof run_id !== 'string' || typeof status !== 'string') return false;
  return Array.isArray(storms_fired) && storms_fired.every((storm) => storm instanceof Object);
}
