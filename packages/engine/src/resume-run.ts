// In: the folder of a run whose engine died, and how far its record got. Out: the run going on: from its
// last checkpoint before there, the logged controls applied again, what the log holds compared as it
// comes again. Frames that the record lacks are kept for whoever adopts the run.
import { join } from 'node:path';
import { FrameClass, type LogReport, readLog, type SessionConfig } from '@wavetank/native';
import type { SavedStorm } from './checkpoints.ts';
import { EngineError } from './errors.ts';
import type { StormReport } from './native-answers.ts';
import { Retrace } from './retrace.ts';
import type { LibraryKind, StormLibrary } from './storm-library.ts';
import { type StormPlan, startStorm } from './storm-start.ts';
import { Timeline } from './timeline.ts';
import { type LoggedControl, type LoggedRun, loggedRun, sourceOf } from './verify/run-log.ts';

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
  const timeline = await Timeline.resume(configOf(logged), log, at_ts_run_ns, (saved) => {
    code[saved.kind] = saved.code;
    return kindOf(library, saved);
  });
  try {
    timeline.session.recordOn();
    const backlog: Buffer[] = [];
    const retrace = new Retrace(timeline, () => {
      const bytes = timeline.session.drain(FrameClass.Record);
      // The rest was recorded. Of that instant itself the record may lack something.
      if (bytes !== undefined && timeline.session.nowNs() >= at_ts_run_ns) backlog.push(bytes);
    });
    const apply = (control: LoggedControl) => applied(timeline, library, control, code);
    if (!(await retrace.all(after(report, at_ts_run_ns), apply))) throw parted();
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

function configOf(logged: LoggedRun): SessionConfig {
  const { symbols, seed, tick_size } = logged.start.timeline;
  const config = { source: sourceOf(logged.start), symbols, seed };
  return tick_size === null ? config : { ...config, tick_size };
}

/** Controls behind the checkpoint that is chosen for this moment. */
function after(report: LogReport, beforeNs: number): LoggedControl[] {
  const checkpoints = report.texts.filter(({ kind }) => kind === 'checkpoint');
  const before = checkpoints.findLast(
    ({ body }) => (body as { ts_run_ns: number }).ts_run_ns < beforeNs,
  );
  const from = (before ?? checkpoints[0])?.index ?? 0;
  const controls = report.texts.filter(({ kind, index }) => kind === 'control' && index > from);
  return controls.map(({ body }) => body as LoggedControl);
}

function kindOf(library: StormLibrary, saved: Pick<SavedStorm, 'kind' | 'code'>): LibraryKind {
  const kind = library.get(saved.kind);
  if (kind?.code === saved.code) return kind;
  throw new EngineError('RUN_LOST', `the code of ${saved.kind} is not the one that ran`);
}

/** False when the timeline is not where it was. */
function applied(
  timeline: Timeline,
  library: StormLibrary,
  { method, params, after_seq }: LoggedControl,
  code: Record<string, string>,
): boolean {
  if (timeline.session.seq() !== after_seq) return false;
  if (method === 'storm.start') {
    const saved = { kind: String(params.kind), code: String(params.code) };
    const kind = kindOf(library, saved);
    code[saved.kind] = saved.code;
    startStorm(timeline, { ...(params as unknown as StormPlan), kind });
  } else if (method === 'storm.stop') {
    const id = Number(params.id);
    const report = timeline.session.control<StormReport>('storm.stop', { id });
    if (report.phase !== 'running') timeline.storms.drop(id);
  }
  return true;
}
