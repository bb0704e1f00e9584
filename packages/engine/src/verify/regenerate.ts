// Part (c). In: a run's log and its source. Out: whether the storms, run again from the recorded
// controls at full speed with no viewer, give the same inserted records, digests and lines.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FrameClass, logDifference } from '@wavetank/native';
import { StormFault } from '@wavetank/storms';
import type { SavedStorm } from '../checkpoints.ts';
import type { StormReport } from '../native-answers.ts';
import { Retrace } from '../retrace.ts';
import { type LibraryKind, StormLibrary } from '../storm-library.ts';
import { type StormPlan, startStorm } from '../storm-start.ts';
import { Timeline } from '../timeline.ts';
import { compareEvents, compareTicks } from './lines.ts';
import { compareEnds, type VerifyInput } from './replay.ts';
import { Faults, type Part, skipped } from './report.ts';
import { Retold } from './retold.ts';
import { configOf, type LoggedControl } from './run-log.ts';

const TYPES = ['storm_start', 'storm_stop', 'chaos_flag', 'regime_change'];

/** Runs the timeline of a run again. */
class Rerun {
  readonly retold: Retold;
  readonly #input: VerifyInput;
  readonly #timeline: Timeline;
  readonly #folder: string;
  readonly #library: StormLibrary;
  #recording = false;
  #runs = 0;

  constructor(input: VerifyInput, timeline: Timeline, folder: string, library: StormLibrary) {
    this.#input = input;
    this.#library = library;
    this.#timeline = timeline;
    this.#folder = folder;
    this.retold = new Retold(input.logged.start.symbols);
  }

  /** Applies every control at its place; the first that finds another place ends the run. */
  async all(faults: Faults): Promise<void> {
    const { controls, start, stop } = this.#input.logged;
    const retrace = new Retrace(this.#timeline, () => {
      this.#drain();
      this.#input.progress('regenerate', this.#timeline.session.seq(), stop.end_seq);
    });
    const apply = (control: LoggedControl, at: number) => this.#apply(control, at, faults);
    await retrace.all(controls, start.started_ts_ns, apply);
  }

  #drain(): void {
    for (const frames of [FrameClass.Record, FrameClass.View]) {
      const bytes = this.#timeline.session.drain(frames);
      if (this.#recording && frames === FrameClass.Record) this.retold.take(bytes);
    }
  }

  /** False when the run is not where it was. */
  #apply(control: LoggedControl, at: number, faults: Faults): boolean {
    const { seq, ts_run_ns } = this.#timeline.status();
    if (seq !== control.after_seq) {
      const expected = `sequence ${control.after_seq}`;
      const what = `${control.method} at another place`;
      const found = `sequence ${seq}`;
      faults.add({ where: 'log', seq, ts_run_ns, what, expected, found, differs: true });
      return false;
    }
    this.#drain();
    if (control.method === 'storm.start') this.#start(control);
    else if (control.method === 'storm.stop') this.#stop(control);
    else if (control.method === 'run.start') this.#runStart(control, at, faults);
    else if (control.method === 'run.stop') this.#runStop(control, at, faults);
    return true;
  }

  #start({ params }: LoggedControl): void {
    const kind = this.#library.get(String(params.kind));
    if (kind === undefined) throw new Error(`no kind ${params.kind}`);
    startStorm(this.#timeline, { ...(params as unknown as StormPlan), kind });
  }

  #stop({ params }: LoggedControl): void {
    const id = Number(params.id);
    const report = this.#timeline.session.control<StormReport>('storm.stop', { id });
    if (report.phase !== 'running') this.#timeline.storms.drop(id);
  }

  #runStart({ params }: LoggedControl, at: number, faults: Faults): void {
    const ours = at === this.#input.logged.startAt;
    const run_id = String(params.run_id);
    const dir = join(this.#folder, ours ? 'run' : `before-${++this.#runs}`);
    this.#timeline.session.control('run.start', { run_id, dir, symbols: params.symbols });
    this.#recording = ours;
    if (ours) this.#compareEnd(true, faults);
  }

  #runStop({ after_seq, at_ts_run_ns }: LoggedControl, at: number, faults: Faults): void {
    if (at === this.#input.logged.controls.length - 1) {
      this.#compareEnd(false, faults);
      this.retold.end(after_seq, at_ts_run_ns);
    }
    this.#recording = false;
    this.#timeline.session.control('run.stop');
    this.#timeline.session.control('run.seal', { digests: {} });
  }

  #compareEnd(start: boolean, faults: Faults): void {
    const { seq, run_digest, market_digest } = this.#timeline.status();
    const found = { seq, run_digest, market_digest };
    compareEnds(this.#input, start ? found : null, start ? null : found, faults);
  }
}

export async function checkRegenerate(input: VerifyInput): Promise<Part> {
  const library = libraryOf(input);
  if (typeof library === 'string') return skipped(library);
  const log = join(input.dir, 'log');
  let timeline: Timeline;
  try {
    const found = (saved: SavedStorm) => savedKind(library, saved, input.storms);
    const config = configOf(input.logged.start, input.source);
    timeline = await Timeline.resume(config, log, null, found);
  } catch (why) {
    if (!(why instanceof OtherCode)) throw why;
    return skipped(why.message);
  }
  const folder = mkdtempSync(join(tmpdir(), 'wavetank-verify-'));
  const faults = new Faults();
  const inFlight = timeline.storms.count;
  try {
    const rerun = new Rerun(input, timeline, folder, library);
    await rerun.all(faults);
    compareLogs(input.dir, folder, faults);
    const how = { types: TYPES, leaveOut: [], cut: input.cut };
    compareTicks(input.recorded, rerun.retold, how, faults);
    compareEvents(input.recorded, rerun.retold, how, faults);
    const started = input.logged.controls.filter((c) => c.method === 'storm.start').length;
    const storms = inFlight + started;
    return faults.part(
      `${storms} ${storms === 1 ? 'storm' : 'storms'} run again; every inserted record, tick and event compared`,
    );
  } finally {
    timeline.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function compareLogs(dir: string, folder: string, faults: Faults): void {
  const difference = logDifference(join(dir, 'log'), join(folder, 'run', 'log'));
  if (difference === undefined) return;
  const { seq, ts_ns: ts_run_ns, expected, found } = difference;
  const what = 'an inserted record';
  faults.add({ where: 'log', seq, ts_run_ns, what, expected, found, differs: true });
}

/** The kinds of this run with the code they had, or why they are not here. */
function libraryOf({ logged, storms }: VerifyInput): StormLibrary | string {
  const library = new StormLibrary();
  for (const { method, params } of logged.controls) {
    if (method !== 'storm.start') continue;
    const kind = kindOf(library, params, storms);
    if (typeof kind === 'string') return kind;
    if (kind.code !== params.code) return otherCode(params, kind);
  }
  return library;
}

/** The code of a storm is not here, or is another one. */
class OtherCode extends Error {}

const otherCode = (was: { kind?: unknown; code?: unknown }, is: LibraryKind) =>
  `the code of ${was.kind} was ${was.code ?? 'not recorded'} and is ${is.code}`;

/** The kind of a storm that ran when the run began. */
function savedKind(
  library: StormLibrary,
  saved: SavedStorm,
  given: readonly string[],
): LibraryKind {
  const kind = kindOf(library, { ...saved }, given);
  if (typeof kind === 'string') throw new OtherCode(kind);
  if (kind.code !== saved.code) throw new OtherCode(otherCode(saved, kind));
  return kind;
}

/** A kind that ships, or that of a file: one that is given, else where it lay when it was recorded. */
function kindOf(
  library: StormLibrary,
  { kind, module }: LoggedControl['params'],
  given: readonly string[],
): LibraryKind | string {
  const name = String(kind);
  const found = library.get(name);
  if (found !== undefined) return found;
  let why = `${name} is not here`;
  for (const file of [...given, ...(typeof module === 'string' ? [module] : [])]) {
    try {
      library.add(file);
    } catch (fault) {
      if (!(fault instanceof StormFault)) throw fault;
      why = `${name} is not here: ${fault.message}`;
    }
  }
  return library.get(name) ?? why;
}
