// In: the folder of a recorded run, and the kinds of storm that are here. Out: what its log says, judged
// before anything is opened: whole, with a start, a stop and a checkpoint, every storm with its code.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type LogReport, readLog } from '@wavetank/native';
import { EngineError } from '../errors.ts';
import { loggedKind } from '../logged-storm.ts';
import type { StormLibrary } from '../storm-library.ts';
import {
  checkpointBefore,
  type LoggedRun,
  loggedRun,
  type RunStarted,
  type RunStopped,
} from '../verify/run-log.ts';

export interface Recorded {
  /** Folder of the log. */
  log: string;
  report: LogReport;
  start: RunStarted;
  stop: RunStopped;
}

export function readRecorded(dir: string, library: StormLibrary): Recorded {
  const log = join(dir, 'log');
  if (!existsSync(log)) throw unplayable(`${dir} holds no log`);
  const report = readLog(log);
  if (report.state !== 'sealed' && report.state !== 'unsealed') throw unplayable(report.why);
  const logged = loggedRun(report);
  if (logged === undefined) throw unplayable('the log does not tell where the run starts');
  const { start, stop } = logged;
  if (stop === undefined) throw unplayable('the log does not tell where the run ends');
  if (checkpointBefore(report, 0) === undefined) throw unplayable('the log holds no checkpoint');
  judgeStorms(logged, library);
  return { log, report, start, stop };
}

const unplayable = (why: string) => new EngineError('RUN_UNPLAYABLE', why);

/** Storms that ran when the run began are judged as their checkpoint is read. */
function judgeStorms({ controls }: LoggedRun, library: StormLibrary): void {
  for (const { method, params } of controls) {
    if (method === 'storm.start') loggedKind(library, params);
  }
}
