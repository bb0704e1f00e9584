// In: the texts of a run's log. Out: the run as the log tells it: how its source was opened, where it
// starts and ends, every control with its place. Judges nothing.
import type { LogReport, ReplayDigests, SessionConfig, SourceSpec } from '@wavetank/native';
import type { SourceAnswer } from '../native-answers.ts';

/** A control that took effect. */
export interface LoggedControl {
  after_seq: number;
  at_ts_run_ns: number;
  held: boolean;
  method: string;
  params: Record<string, unknown>;
}

/** How the timeline began. */
export interface LoggedTimeline {
  symbols: string[];
  seed: string;
  tick_size: number | null;
  framing: 'auto' | 'binaryfile' | 'raw' | null;
}

export interface RunStarted {
  run_id: string;
  start_seq: number;
  started_ts_ns: number;
  symbols: string[];
  run_digest: string;
  market_digest: string;
  source: SourceAnswer;
  timeline: LoggedTimeline;
}

export type RunStopped = Pick<ReplayDigests, 'run_digest' | 'market_digest' | 'twin_digest'> & {
  end_seq: number;
  ended_ts_ns: number;
};

export interface Seal {
  run_id: string;
  digests: Record<string, { bytes: number; xxh64: string }>;
}

export interface LoggedRun {
  /** In order, from the run's start. */
  controls: LoggedControl[];
  /** Place of the run's start among them. */
  startAt: number;
  start: RunStarted;
  /** None when the engine died. */
  stop: RunStopped | undefined;
}

/** The seal, when the log has one. */
export function sealOf(log: LogReport): Seal | undefined {
  const body = log.texts.find((text) => text.kind === 'seal')?.body as Partial<Seal> | null;
  if (body === undefined || body === null) return undefined;
  return { run_id: String(body.run_id), digests: body.digests ?? {} };
}

/** Undefined when the log does not tell where its run starts. */
export function loggedRun(log: LogReport): LoggedRun | undefined {
  const controls = log.texts
    .filter((text) => text.kind === 'control' && text.body !== null)
    .map((text) => text.body as LoggedControl);
  const startAt = controls.findLastIndex((control) => control.method === 'run.start');
  const start = controls[startAt]?.params as unknown as RunStarted | undefined;
  if (start?.timeline === undefined) return undefined;
  const last = controls.at(-1);
  const stop = last?.method === 'run.stop' ? (last.params as unknown as RunStopped) : undefined;
  return { controls, startAt, start, stop };
}

/** A checkpoint in a run's log. */
export interface LoggedCheckpoint {
  index: number;
  seq: number;
  ts_run_ns: number;
}

/** The last one before a virtual time, else the first: the one that a resume chooses. */
export function checkpointBefore(log: LogReport, beforeNs: number): LoggedCheckpoint | undefined {
  const checkpoints = log.texts
    .filter(({ kind }) => kind === 'checkpoint')
    .map(({ index, seq, body }) => ({
      index,
      seq,
      ts_run_ns: (body as LoggedCheckpoint).ts_run_ns,
    }));
  return checkpoints.findLast(({ ts_run_ns }) => ts_run_ns < beforeNs) ?? checkpoints[0];
}

/** Controls that took effect behind a checkpoint. */
export function controlsBehind(log: LogReport, { index: from }: LoggedCheckpoint): LoggedControl[] {
  const controls = log.texts.filter(({ kind, index }) => kind === 'control' && index > from);
  return controls.map(({ body }) => body as LoggedControl);
}

/** What the run's session was opened with. */
export function configOf(start: RunStarted, source: SourceSpec = sourceOf(start)): SessionConfig {
  const { symbols, seed, tick_size } = start.timeline;
  return { source, symbols, seed, ...(tick_size === null ? {} : { tick_size }) };
}

/** The source as a session opens it; a file may lie elsewhere now. */
export function sourceOf({ source, timeline }: RunStarted, path?: string): SourceSpec {
  if (source.kind === 'synthetic') {
    const { digest: _, path: __, ...synthetic } = source;
    return synthetic as SourceSpec;
  }
  const framing = timeline.framing ?? 'auto';
  return { kind: 'itch', path: path ?? source.path ?? '', framing };
}
