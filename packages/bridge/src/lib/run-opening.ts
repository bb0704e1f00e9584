// In: a request to record, the state of engine and target. Out: a run that is open, or a refusal that
// leaves nothing behind, neither in the folder nor in the engine.
import { rm } from 'node:fs/promises';
import type { HeartbeatFrame } from '@wavetank/abi';
import {
  createRunFolder,
  type RunFolder,
  type RunTarget,
  RunWriter,
  type Thresholds,
} from '@wavetank/recorder';
import type { TargetPoller } from '@wavetank/target';
import type { FastifyBaseLogger } from 'fastify';
import { REAL_TIME_MILLI } from './bench-notes.ts';
import type { Engine } from './engine.ts';
import { ApiError } from './problem.ts';
import { environment, noTarget, openingOf, targetAtStart } from './run-facts.ts';

export interface RunRequest {
  symbols?: string[];
  who?: string;
  note?: string;
}

export interface RecordingOptions {
  runsDir: string;
  engine: () => Engine;
  heartbeat: () => HeartbeatFrame | undefined;
  poller: TargetPoller;
  /** The target was named; otherwise it takes part when the default address answers. */
  targetNamed: boolean;
  /** Nothing takes part. */
  alone: boolean;
  thresholds: Thresholds;
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
  begin: (writer: RunWriter) => void,
): Promise<RunWriter> {
  const target = await judgeTarget(options);
  const folder = await makeFolder(options);
  const writer = await askEngine(options, { folder, request, target, begin });
  await writer.announce();
  await writer.flush();
  return writer;
}

async function judgeTarget(options: RecordingOptions): Promise<RunTarget> {
  const { poller, targetNamed, alone, thresholds, heartbeat } = options;
  if (heartbeat() === undefined) throw new ApiError('ENGINE_DOWN', 'no heartbeat of an engine');
  const absent = async () => !targetNamed && !(await poller.health()).online;
  if (alone || (await absent())) return noTarget(thresholds);
  needRealTime(heartbeat());
  return targetAtStart(poller.url, await poller.pollFresh(), thresholds);
}

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
  target: RunTarget;
  begin: (writer: RunWriter) => void;
}

async function askEngine(options: RecordingOptions, asked: Asked): Promise<RunWriter> {
  const { engine, now } = options;
  const { folder, request, target, begin } = asked;
  const { run_id, dir } = folder;
  const lines = await RunWriter.prepare(dir);
  const opened: { writer?: RunWriter } = {};
  const onAnswer = (told: Told): void => {
    const { who = null, note = null } = request;
    const mine = { run_id, who, note, target, environment: environment(engine().status.pid) };
    opened.writer = RunWriter.start(dir, lines, { ...openingOf(told), ...mine }, now);
    begin(opened.writer);
  };
  try {
    const named = target.bot === null ? 'D0' : 'D1';
    const params = { ...request, run_id, dir, class: named };
    await engine().request('run.start', params, { timeout_ms: RUN_TIMEOUT_MS, onAnswer });
    if (opened.writer === undefined) throw new ApiError('ENGINE_ANSWER', 'run.start: no answer');
    return opened.writer;
  } catch (cause) {
    if (cause instanceof ApiError && LATE.has(cause.code)) takeBack(options);
    await Promise.allSettled(lines.map((line) => line.close()));
    await rm(dir, { recursive: true, force: true });
    throw cause;
  }
}

/** The engine may record a run that nobody here knows: it is told to end it. */
function takeBack({ engine, log }: RecordingOptions): void {
  engine()
    .request('run.stop', { cause: 'bridge_failed' })
    .catch((cause) => log.warn(cause, 'a run without a folder could not be ended'));
}
