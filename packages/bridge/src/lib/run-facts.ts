// In: what the engine answered and what a poll found. Out: the parts of a run's record, each null
// where it was not told. Knows no file and no socket.
import { cpus, totalmem } from 'node:os';
import {
  decodeLatFrame,
  decodeLatStage,
  enumName,
  LAT_FRAME_SIZE,
  LAT_STAGE_SIZE,
  Stage,
  snakeName,
} from '@wavetank/abi';
import {
  noTarget,
  type RunEnding,
  type RunFile,
  type RunOpening,
  type RunTarget,
} from '@wavetank/recorder';
import type { Poll } from '@wavetank/target';
import type { Frame } from './frame.ts';
import { ApiError } from './problem.ts';
import type { Target } from './targets.ts';

type Told = { [key: string]: unknown };

const text = (value: unknown): string | null =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : null;
const count = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) ? value : null;
const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];

/** The engine's part of an opening. Without a sequence there is no run. */
export function openingOf(
  told: Told,
): Pick<
  RunOpening,
  'class' | 'speed' | 'symbols' | 'seed' | 'start_seq' | 'started_ts_ns' | 'inputs'
> {
  const start_seq = count(told.start_seq);
  const started_ts_ns = count(told.started_ts_ns);
  if (start_seq === null || started_ts_ns === null) {
    throw new ApiError('ENGINE_ANSWER', 'run.start: no start_seq or started_ts_ns');
  }
  const source = (told.source ?? {}) as Told;
  const seed = text(source.seed);
  const input = { ...source, kind: text(source.kind) ?? 'unknown', path: text(source.path) };
  return {
    class: text(told.class) ?? 'D0',
    speed: count(told.speed) ?? text(told.speed),
    symbols: texts(told.symbols),
    seed,
    start_seq,
    started_ts_ns,
    inputs: [{ ...input, digest: text(source.digest), seed }],
  };
}

/** The engine's part of an ending, from its answer or its notice. */
export function endingOf(
  told: Told,
  how: Pick<RunEnding, 'status' | 'cause' | 'engine_down'>,
  lat: Frame | undefined,
): RunEnding {
  return {
    ...how,
    end_seq: count(told.end_seq),
    ended_ts_ns: count(told.ended_ts_ns),
    run_digest: text(told.run_digest),
    market_digest: text(told.market_digest),
    storm_code: textMap(told.storm_code),
    latencies: lat === undefined ? [] : latencies(lat),
  };
}

function textMap(value: unknown): { [key: string]: string } {
  if (typeof value !== 'object' || value === null) return {};
  const entries = Object.entries(value).filter(([, one]) => typeof one === 'string');
  return Object.fromEntries(entries) as { [key: string]: string };
}

function latencies(lat: Frame): RunFile['latencies'] {
  const { stage_count } = decodeLatFrame(lat.payload);
  return Array.from({ length: stage_count }, (_, i) => {
    const stage = decodeLatStage(lat.payload, LAT_FRAME_SIZE + i * LAT_STAGE_SIZE);
    const { count: batches, p50_ns, p99_ns, max_ns } = stage;
    const name = snakeName(enumName(Stage, stage.stage) ?? `stage_${stage.stage}`);
    return { stage: name, batches, p50_ns, p99_ns, max_ns };
  });
}

export const equityOf = (poll: Poll): number | null => (poll.online ? poll.state.equity : null);

/** A target that does not answer still has a name: its file's, or its address. */
export function targetAtStart({ spec, poller }: Target, poll: Poll): RunTarget {
  const told = poll.online ? poll.state : null;
  const { thresholds, latency_class, clock } = spec;
  return {
    ...noTarget(),
    bot: spec.named ? spec.name : (told?.bot ?? poller.url.host),
    url: poller.url.href,
    currency: told?.currency ?? spec.currency,
    latency_class,
    clock,
    thresholds,
    start_equity: equityOf(poll),
  };
}

/** Counters are those of the end; a win rate needs trades that closed. */
export function settleTarget(target: RunTarget, poll: Poll): void {
  target.end_equity = equityOf(poll);
  if (!poll.online) return;
  const { total_trades, wins, losses, currency } = poll.state;
  const closed = (wins ?? 0) + (losses ?? 0);
  const win_rate = wins === null || losses === null || closed === 0 ? null : wins / closed;
  Object.assign(target, { total_trades, wins, losses, win_rate });
  target.currency ??= currency;
}

export function environment(engine_pid: number | null): { [key: string]: unknown } {
  const processors = cpus();
  return {
    node: process.version,
    platform: process.platform,
    arch: process.arch,
    cpu: processors[0]?.model.trim() ?? null,
    cpus: processors.length,
    memory_mb: Math.round(totalmem() / 2 ** 20),
    bridge_pid: process.pid,
    engine_pid,
  };
}
