// In: the folder of a run whose engine died, and how far its record got. Out: the run going on: from its
// last checkpoint before there, the logged controls applied again, what the log holds compared as it
// comes again. Frames that the record lacks are kept for whoever adopts the run.
import { join } from 'node:path';
import { FrameClass, type LogReport, readLog } from '@wavetank/native';
import { EngineError } from './errors.ts';
import { applyLogged, loggedKind } from './logged-storm.ts';
import { Retrace } from './retrace.ts';
import type { StormLibrary } from './storm-library.ts';
import { startStorm } from './storm-start.ts';
import { Timeline } from './timeline.ts';
import {
  checkpointBefore,
  configOf,
  controlsBehind,
  type LoggedControl,
  type LoggedRun,
  loggedRun,
} from './verify/run-log.ts';

const STEP_NS = 10_000_000;

/** What a dead engine's run goes on with. */
export interface ResumeOptions {
  dir: string;
  /** Virtual time up to which the record is whole. */
  at_ts_run_ns: number;
  /** Of the timeline, as viewers know it. */
  epoch: number;
  class: 'D0' | 'D1';
  playing: boolean;
}

export interface ResumedRun {
  timeline: Timeline;
  runId: string;
  /** Code digests of the kinds that the run saw. */
  code: Record<string, string>;
  /** Frames of the record class from `at_ts_run_ns` on, and maybe some before. */
  backlog: Buffer[];
}

export async function resumeRun(
  { dir, at_ts_run_ns }: ResumeOptions,
  library: StormLibrary,
): Promise<ResumedRun> {
  const log = join(dir, 'log');
  const report = readLog(log);
  const logged = goingOn(report);
  const code: Record<string, string> = {};
  const checkpoint = checkpointBefore(report, at_ts_run_ns);
  if (checkpoint === undefined) throw new EngineError('RUN_LOST', 'the log holds no checkpoint');
  const config = configOf(logged.start);
  const timeline = await Timeline.resume(config, log, at_ts_run_ns, (saved) => {
    code[saved.kind] = saved.code;
    return loggedKind(library, saved);
  });
  try {
    timeline.session.recordOn();
    const backlog: Buffer[] = [];
    const retrace = new Retrace(timeline, () => {
      const bytes = timeline.session.drain(FrameClass.Record);
      // The rest was recorded. Of that instant itself the record may lack something.
      if (bytes !== undefined && timeline.session.nowNs() >= at_ts_run_ns) backlog.push(bytes);
    });
    const apply = (control: LoggedControl) => {
      const { method, params } = control;
      if (method === 'storm.start') code[String(params.kind)] = String(params.code);
      // A kill or a fill behind the checkpoint is no state of it.
      if (method.startsWith('risk.')) {
        const again = { verb: method.slice('risk.'.length), asked: params.asked };
        timeline.session.control('risk.again', again);
      }
      return applyLogged(timeline, library, control, startStorm);
    };
    const controls = controlsBehind(report, checkpoint);
    if (!(await retrace.all(controls, checkpoint.ts_run_ns, apply))) throw parted();
    retrace.through(at_ts_run_ns);
    // What the log holds beyond the record comes again too, before anything new is written.
    while (timeline.session.seq() < report.last_seq) {
      retrace.through(timeline.session.nowNs() + STEP_NS);
    }
    return { timeline, runId: logged.start.run_id, code, backlog };
  } catch (error) {
    timeline.close();
    throw error;
  }
}

function goingOn(report: LogReport): LoggedRun {
  const logged = loggedRun(report);
  if (logged !== undefined && logged.stop === undefined) return logged;
  const why = logged === undefined ? 'the log does not tell where it starts' : 'it had ended';
  throw new EngineError('RUN_LOST', `the run cannot go on: ${why}`);
}

const parted = () => new EngineError('RUN_LOST', 'the run does not come again as it was');
