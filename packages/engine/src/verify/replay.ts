// Part (b). In: a run's log, its source, its lines. Out: the first places where source and log, merged
// by sequence and applied by plain books, do not give the recorded digests, ticks and flags.
import { join } from 'node:path';
import { Replay, type ReplayControl, type ReplayDigests, type SourceSpec } from '@wavetank/native';
import type { RunFile } from '@wavetank/recorder';
import { compareEvents, compareTicks, type Recorded, STORM_KEYS } from './lines.ts';
import { Faults, type Part } from './report.ts';
import { Retold } from './retold.ts';
import type { LoggedControl, LoggedRun, RunStopped } from './run-log.ts';

const CHUNK_EVENTS = 200_000;

export interface VerifyInput {
  dir: string;
  run: RunFile;
  logged: LoggedRun & { stop: RunStopped };
  source: SourceSpec;
  /** Files of own storms that were given. */
  storms: readonly string[];
  recorded: Recorded;
  /** The record may end before the run did. */
  cut: boolean;
  progress: (part: string, done: number, of: number) => void;
}

export function checkReplay(input: VerifyInput): Part {
  const { logged, dir, recorded, cut } = input;
  const faults = new Faults();
  const { tick_size } = logged.start.timeline;
  const replay = new Replay({
    log: join(dir, 'log'),
    source: input.source,
    ...(tick_size === null ? {} : { tick_size }),
    controls: logged.controls.map((control, at) => planned(control, at === logged.startAt)),
  });
  const retold = new Retold(logged.start.symbols);
  for (let more = true; more; ) {
    more = replay.advance(CHUNK_EVENTS);
    retold.take(replay.drain());
    input.progress('replay', replay.report().seq, logged.stop.end_seq);
  }
  const report = replay.report();
  const { difference } = report;
  if (difference !== null) {
    const { ts_ns: ts_run_ns, ...rest } = difference;
    const what = 'source and log do not merge';
    faults.add({ where: 'log', ts_run_ns, what, ...rest, differs: true });
  }
  const [expected, found] = [logged.start.source.digest, report.source_digest];
  if (expected !== found) {
    faults.add({ where: 'source', what: 'another source', expected, found, differs: true });
  }
  compareEnds(input, report.start, report.end, faults);
  const types = ['chaos_flag', 'regime_change'];
  const how = { types, leaveOut: STORM_KEYS, cut: cut || difference !== null };
  compareTicks(recorded, retold, how, faults);
  compareEvents(recorded, retold, how, faults);
  const flags = retold.events.length;
  return faults.part(
    `${report.seq} events, ${report.inserted} of them from the log; ${recorded.ticks.length} ticks and ${flags} flags and regime changes`,
  );
}

/** What analytics hang on: the symbols of runs and of storms. */
export function planned(control: LoggedControl, starts: boolean): ReplayControl {
  const { after_seq, at_ts_run_ns, held, method, params } = control;
  const watch: string[] = [];
  if (method === 'run.start') watch.push(...(params.symbols as string[]));
  if (method === 'storm.start') watch.push(String(params.symbol));
  return { after_seq, at_ts_run_ns, held, watch, starts };
}

type Ends = Pick<ReplayDigests, 'seq' | 'run_digest' | 'market_digest'>;

export function compareEnds(
  { logged, run }: VerifyInput,
  start: Ends | null,
  end: Ends | null,
  faults: Faults,
): void {
  const { start: begun, stop } = logged;
  const logStart = { ...begun, seq: begun.start_seq };
  const logEnd = { ...stop, seq: stop.end_seq };
  const fileEnd = { ...run, seq: run.end_seq };
  if (start !== null) {
    compareEnd('log', 'start', logStart, start, faults);
    compareEnd('run.yaml', 'start', { seq: run.start_seq }, start, faults);
  }
  if (end === null) return;
  compareEnd('log', 'end', logEnd, end, faults);
  compareEnd('run.yaml', 'end', fileEnd, end, faults);
}

function compareEnd(
  where: string,
  which: string,
  expected: { [Key in keyof Ends]?: Ends[Key] | null },
  found: Ends,
  faults: Faults,
): void {
  for (const key of ['seq', 'run_digest', 'market_digest'] as const) {
    const one = expected[key];
    if (one === undefined || one === found[key]) continue;
    const values = { expected: String(one), found: String(found[key]) };
    faults.add({ where, seq: found.seq, what: `${key} at the ${which}`, ...values, differs: true });
  }
}
