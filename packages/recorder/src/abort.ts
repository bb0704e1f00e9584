// In: the folder of a run whose recorder died, and what is known of its end. Out: the folder closed
// as aborted: torn lines cut, open storms stopped, run.yaml written, digests to seal. The engine
// calls it at bridge death, the bridge for folders that it finds left behind.
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { claimClosing, releaseClosing } from './claim.ts';
import { fileDigest } from './digest.ts';
import type { EventLine } from './events.ts';
import { cutTornLine, readLines } from './line-reader.ts';
import {
  EVENTS_FILE,
  RUN_FILE,
  type RunFile,
  readRunFile,
  TICKS_FILE,
  writeRunFile,
} from './run-file.ts';
import { judgeTargets } from './run-target.ts';
import { lineDigests, type SealDigests } from './run-writer.ts';
import type { StormFired } from './storm-ledger.ts';

export interface AbortFacts {
  /** Why, as a stable word: `bridge_death`, `process_death`, … */
  cause: string;
  /** Wall clock now, ms since 1970. */
  wall_ms: number;
  /** Place and digests at the end where the caller knows them better than the files do. */
  end_seq?: number;
  ended_ts_ns?: number;
  run_digest?: string;
  market_digest?: string;
  storm_code?: { [kind: string]: string };
}

/** `undefined` when the folder is no open run, or is being closed: nothing is changed then. */
export async function closeAborted(
  dir: string,
  facts: AbortFacts,
): Promise<SealDigests | undefined> {
  const run = await readRunFile(dir);
  if (run?.status !== 'recording' || !claimClosing(dir)) return undefined;
  try {
    return await close(dir, run, facts);
  } finally {
    releaseClosing(dir);
  }
}

async function close(dir: string, run: RunFile, facts: AbortFacts): Promise<SealDigests> {
  const read = await readBack(dir);
  settle(run, read, facts);
  await appendClosing(dir, run, read, facts);
  run.artefacts = await lineDigests(dir);
  await writeRunFile(dir, run);
  return { [RUN_FILE]: await fileDigest(join(dir, RUN_FILE)), ...run.artefacts };
}

interface ReadBack {
  storms: Map<number, StormFired>;
  ticks: number;
  last: { seq: number; ts_run_ns: number; run_digest: string | null; market_digest: string | null };
  stopped: boolean;
}

async function readBack(dir: string): Promise<ReadBack> {
  const read: ReadBack = {
    storms: new Map(),
    ticks: 0,
    last: { seq: 0, ts_run_ns: 0, run_digest: null, market_digest: null },
    stopped: false,
  };
  const events = join(dir, EVENTS_FILE);
  const ticks = join(dir, TICKS_FILE);
  await cutTornLine(events, await readLines(events, (line) => takeEvent(read, line as EventLine)));
  await cutTornLine(
    ticks,
    await readLines(ticks, (line) => {
      read.ticks++;
      Object.assign(read.last, {
        ...later(read, line as EventLine),
        run_digest: line.run_digest,
        market_digest: line.market_digest,
      });
    }),
  );
  return read;
}

/** Time passes without a sequence, too. A line that tells neither is passed over. */
function later({ last }: ReadBack, line: EventLine): { seq: number; ts_run_ns: number } {
  return {
    seq: Math.max(last.seq, told(line.seq)),
    ts_run_ns: Math.max(last.ts_run_ns, told(line.ts_run_ns)),
  };
}

const told = (value: unknown): number => (typeof value === 'number' ? value : 0);

function takeEvent(read: ReadBack, line: EventLine): void {
  Object.assign(read.last, later(read, line));
  if (line.type === 'run_stop') read.stopped = true;
  if (line.type === 'storm_start') {
    const id = Number(line.storm_id);
    read.storms.set(id, {
      id,
      kind: String(line.kind),
      symbol: String(line.symbol),
      started_at_ms: Number(line.started_at_ms),
      severity: Number(line.severity),
      duration_ms: Number(line.duration_ms),
      seed: String(line.seed),
      note: typeof line.note === 'string' ? line.note : null,
      cause: null,
      start_seq: line.seq,
      end_seq: null,
      ended_at_ms: null,
      target_pnl_delta: null,
    });
  }
  const storm = line.type === 'storm_stop' ? read.storms.get(Number(line.storm_id)) : undefined;
  if (storm !== undefined) {
    storm.cause = String(line.cause);
    storm.end_seq = line.seq;
    storm.ended_at_ms = line.ts_run_ns / 1e6;
  }
}

function settle(run: RunFile, read: ReadBack, facts: AbortFacts): void {
  run.status = 'aborted';
  run.stop_cause = facts.cause;
  run.ended_at = new Date(facts.wall_ms).toISOString();
  run.end_seq = facts.end_seq ?? Math.max(read.last.seq, run.start_seq);
  run.ended_ts_ns = facts.ended_ts_ns ?? Math.max(read.last.ts_run_ns, run.started_ts_ns);
  run.duration_s = Math.max(0, run.ended_ts_ns - run.started_ts_ns) / 1e9;
  run.run_digest = facts.run_digest ?? read.last.run_digest;
  run.market_digest = facts.market_digest ?? read.last.market_digest;
  run.storm_code = facts.storm_code ?? run.storm_code;
  run.tick_samples = read.ticks;
  run.target = run.targets?.[0] ?? run.target;
  const judgement = judgeTargets(run.targets ?? [], []);
  run.verdict = judgement.verdict;
  run.verdict_reasons = judgement.reasons;
}

/** Appends what the dead recorder could not: a stop for each open storm, then one for the run. */
async function appendClosing(
  dir: string,
  run: RunFile,
  read: ReadBack,
  facts: AbortFacts,
): Promise<void> {
  const at = { seq: run.end_seq ?? 0, ts_run_ns: run.ended_ts_ns ?? 0 };
  const wall = { at: new Date(facts.wall_ms).toISOString() };
  const lines: object[] = [];
  for (const storm of read.storms.values()) {
    if (storm.cause !== null) continue;
    storm.cause = 'run_stop';
    storm.end_seq = at.seq;
    storm.ended_at_ms = at.ts_run_ns / 1e6;
    const { id: storm_id, kind, symbol, start_seq } = storm;
    const stop = { symbol, storm_id, kind, cause: 'run_stop', start_seq, end_seq: at.seq };
    lines.push({ type: 'storm_stop', ...at, ...stop });
  }
  run.storms_fired = [...read.storms.values()];
  if (!read.stopped) {
    const { run_id, run_digest, market_digest } = run;
    const stop = { run_id, cause: facts.cause, status: 'aborted', run_digest, market_digest };
    lines.push({ type: 'run_stop', ...at, ...stop, wall });
  }
  const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
  await appendFile(join(dir, EVENTS_FILE), text, { flush: true });
  await appendFile(join(dir, TICKS_FILE), '', { flush: true });
}
