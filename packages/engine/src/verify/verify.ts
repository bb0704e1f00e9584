// In: a run folder, and where its source lies now. Out: a report in three parts: the folder is whole,
// plain books give the run again, the storms give it again. Changes nothing in the folder.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type LogReport, NativeError, readLog, type SourceSpec } from '@wavetank/native';
import { fileDigest, type RunFile, readRunFile } from '@wavetank/recorder';
import { checkIntegrity } from './integrity.ts';
import { recordedLines } from './lines.ts';
import { checkRegenerate } from './regenerate.ts';
import { checkReplay, type VerifyInput } from './replay.ts';
import { type Part, skipped, type VerifyReport } from './report.ts';
import { type LoggedRun, loggedRun, type RunStarted, sourceOf } from './run-log.ts';

export interface VerifyOptions {
  /** Where the source file lies now, if not where the run found it. */
  source?: string;
  /** Files of own storms; a kind that is in none of them is looked for where it lay. */
  storms?: readonly string[];
  progress?: (part: string, done: number, of: number) => void;
}

/** What was asked for cannot be judged: no run, no source, another source. */
export class VerifyError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'VerifyError';
  }
}

export async function verifyRun(dir: string, options: VerifyOptions = {}): Promise<VerifyReport> {
  if (!existsSync(dir)) throw new VerifyError(`${dir}: no such folder`);
  const run = await readRunFile(dir);
  const log = openLog(dir);
  if (run === undefined && log === undefined) {
    throw new VerifyError(`${dir}: no run folder: neither run.yaml nor log`);
  }
  const integrity = log === undefined ? noLog() : await checkIntegrity(dir, log);
  const parts = await executed(dir, run, log, options);
  const all = [integrity, parts.replay, parts.regenerate];
  return {
    run_id: run?.run_id ?? 'unknown',
    dir,
    status: run?.status ?? 'unreadable',
    class: run?.class ?? 'unknown',
    verified: integrity.state === 'ok' && parts.replay.state === 'ok' && all.every(unharmed),
    differs: all.some((part) => part.faults.some((fault) => fault.differs)),
    integrity,
    ...parts,
  };
}

const unharmed = (part: Part): boolean => part.state !== 'failed';

function noLog(): Part {
  const fault = { where: 'log', what: 'the folder holds no log', differs: false };
  return { state: 'failed', faults: [fault], note: 'nothing to compare with' };
}

function openLog(dir: string): LogReport | undefined {
  if (!existsSync(join(dir, 'log'))) return undefined;
  try {
    return readLog(join(dir, 'log'));
  } catch (error) {
    if (error instanceof NativeError && error.code === 'LOG_FAILED') return undefined;
    throw error;
  }
}

type Executed = Pick<VerifyReport, 'replay' | 'regenerate'>;

const neither = (why: string): Executed => ({ replay: skipped(why), regenerate: skipped(why) });

async function executed(
  dir: string,
  run: RunFile | undefined,
  log: LogReport | undefined,
  options: VerifyOptions,
): Promise<Executed> {
  if (run === undefined) return neither('run.yaml cannot be read');
  const logged = log === undefined ? undefined : loggedRun(log);
  if (logged === undefined) return neither('the log does not tell where the run starts');
  if (!hasStop(logged)) return neither('the log does not tell where the run ends');
  if (log?.texts.every(({ kind }) => kind !== 'checkpoint')) {
    return neither('the log holds no checkpoint');
  }
  const source = await findSource(logged.start, options.source);
  const cut = run.status !== 'complete';
  const recorded = await recordedLines(dir);
  const { storms = [], progress = () => {} } = options;
  const input: VerifyInput = { dir, run, logged, source, storms, recorded, cut, progress };
  const replay = checkReplay(input);
  return { replay, regenerate: await checkRegenerate(input) };
}

const hasStop = (logged: LoggedRun): logged is VerifyInput['logged'] => logged.stop !== undefined;

/** The source that the run had, told by its digest. */
export async function findSource(start: RunStarted, path: string | undefined): Promise<SourceSpec> {
  const spec = sourceOf(start, path);
  if (spec.kind !== 'itch') return spec;
  if (!existsSync(spec.path)) {
    throw new VerifyError(`${spec.path}: the source is not there; name it with --source`);
  }
  const { xxh64 } = await fileDigest(spec.path);
  if (xxh64 === start.source.digest) return spec;
  const expected = `expected ${start.source.digest}`;
  throw new VerifyError(`${spec.path}: another file than the run's source: ${xxh64}, ${expected}`);
}
