// In: a request to record, the state of engine and target. Out: a run that is open, or a refusal that
// leaves nothing behind, neither in the folder nor in the engine.
import { rm } from 'node:fs/promises';
import type { HeartbeatFrame } from '@wavetank/abi';
import { createRunFolder, type RunFolder, RunWriter } from '@wavetank/recorder';
import type { FastifyBaseLogger } from 'fastify';
import { REAL_TIME_MILLI } from './bench-notes.ts';
import type { Engine } from './engine.ts';
import { ApiError } from './problem.ts';
import { environment, openingOf, targetAtStart } from './run-facts.ts';
import { ScoredTarget } from './scored-target.ts';
import type { Targets } from './targets.ts';

export interface RunRequest {
  symbols?: string[];
  who?: string;
  note?: string;
}

export interface RecordingOptions {
  runsDir: string;
  engine: () => Engine;
  heartbeat: () => HeartbeatFrame | undefined;
  /** Of the timeline that viewers see. */
  epoch: () => number;
  targets: Targets;
  /** Virtual time of the newest frame. */
  virtualNow: () => number;
  /** The target was named; otherwise it takes part when the default address answers. */
  targetNamed: boolean;
  /** Nothing takes part. */
  alone: boolean;
  now: () => number;
  log: FastifyBaseLogger;
}

type Told = { [key: string]: unknown };

/** Engine work that may take longer than a plain answer: a checkpoint, a digest of a file. */
export const RUN_TIMEOUT_MS = 60_000;
/** Refusals after which the engine may have started the run all the same. */
const LATE: ReadonlySet<string> = new Set(['ENGINE_TIMEOUT', 'ENGINE_ANSWER']);

/** Refuses a speed that a target, living in wall time, cannot share. */
export function needRealTime(beat: HeartbeatFrame | undefined): void {
  if (beat === undefined) throw new ApiError('ENGINE_DOWN', 'no heartbeat of an engine');
  if (beat.speed_milli === REAL_TIME_MILLI) return;
  const speed = beat.speed_milli === 0 ? 'max' : beat.speed_milli / 1000;
  throw new ApiError('TARGET_NEEDS_REAL_TIME', `speed is ${speed}, the target lives at 1`);
}

/** `begin` is called in order with the frames: those that follow are the run's. */
export async function openRun(
  options: RecordingOptions,
  request: RunRequest,
  begin: (writer: RunWriter, targets: readonly ScoredTarget[]) => void,
): Promise<RunWriter> {
  const targets = await judgeTargets(options);
  const folder = await makeFolder(options);
  const writer = await askEngine(options, { folder, request, targets, begin });
  try {
    await writer.announce();
    await writer.flush();
  } catch (cause) {
    throw new ApiError('RUN_STORAGE', (cause as Error).message);
  }
  return writer;
}

async function judgeTargets(options: RecordingOptions): Promise<ScoredTarget[]> {
  const { targets, targetNamed, alone, heartbeat } = options;
  if (heartbeat() === undefined) throw new ApiError('ENGINE_DOWN', 'no heartbeat of an engine');
  const absent = async () => !targetNamed && !(await targets.first.poller.health()).online;
  if (alone || (await absent())) return [];
  if (liveInWallTime(targets)) needRealTime(heartbeat());
  return Promise.all(
    targets.all.map(
      async (target) =>
        new ScoredTarget(target, targetAtStart(target, await target.poller.pollFresh())),
    ),
  );
}

/** Some target keeps the wall's time, not that of /feed. */
export const liveInWallTime = ({ all }: Targets): boolean =>
  all.some(({ spec }) => spec.clock === 'wall');

async function makeFolder({ runsDir, now }: RecordingOptions): Promise<RunFolder> {
  try {
    return await createRunFolder(runsDir, now());
  } catch (cause) {
    throw new ApiError('RUN_STORAGE', (cause as Error).message);
  }
}

interface Asked {
  folder: RunFolder;
  request: RunRequest;
  targets: readonly ScoredTarget[];
  begin: (writer: RunWriter, targets: readonly ScoredTarget[]) => void;
}

async function askEngine(options: RecordingOptions, asked: Asked): Promise<RunWriter> {
  const { engine, now } = options;
  const { folder, request, targets, begin } = asked;
  const { run_id, dir } = folder;
  const lines = await RunWriter.prepare(dir);
  const opened: { writer?: RunWriter } = {};
  const onAnswer = (told: Told): void => {
    const { who = null, note = null } = request;
    const mine = {
      run_id,
      who,
      note,
      targets: targets.map(({ run }) => run),
      environment: environment(engine().status.pid),
    };
    opened.writer = RunWriter.start(dir, lines, { ...openingOf(told), ...mine }, now);
    begin(opened.writer, targets);
  };
  try {
    const named = targets.length === 0 ? 'D0' : 'D1';
    const params = { ...request, run_id, dir, class: named };
    await engine().request('run.start', params, { timeout_ms: RUN_TIMEOUT_MS, onAnswer });
    if (opened.writer === undefined) throw new ApiError('ENGINE_ANSWER', 'run.start: no answer');
    return opened.writer;
  } catch (cause) {
    if (cause instanceof ApiError && LATE.has(cause.code)) void takeBack(options);
    await Promise.allSettled(lines.map((line) => line.close()));
    await rm(dir, { recursive: true, force: true });
    throw cause;
  }
}

/** The engine records a run that nobody here knows: it is told to end it, and to let it go. */
export async function takeBack({ engine, log }: RecordingOptions): Promise<void> {
  try {
    await engine().request('run.stop', { cause: 'bridge_failed' }, { timeout_ms: RUN_TIMEOUT_MS });
    await engine().request('run.seal', { digests: {} }, { timeout_ms: RUN_TIMEOUT_MS });
  } catch (cause) {
    log.warn(cause, 'a run that nobody knows could not be ended');
  }
}
