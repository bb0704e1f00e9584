// In: a run's lines as they were recorded and as an execution tells them again. Out: the faults, the
// first difference first. Values under `wall` and words of people are nobody's to repeat.
import { join } from 'node:path';
import { EVENTS_FILE, readLines, TICKS_FILE } from '@wavetank/recorder';
import type { Faults } from './report.ts';
import { type Line, type Retold, tickKey } from './retold.ts';

/** What only storms know: plain books cannot tell it again. */
export const STORM_KEYS: readonly string[] = [
  'storm_active',
  'storm_kind',
  'truth_storm_id',
  'time_to_detect_ms',
];
const UNTOLD: readonly string[] = ['wall', 'note'];

export interface Recorded {
  ticks: Line[];
  events: Line[];
}

export async function recordedLines(dir: string): Promise<Recorded> {
  const recorded: Recorded = { ticks: [], events: [] };
  await readLines(join(dir, TICKS_FILE), (line) => recorded.ticks.push(line));
  await readLines(join(dir, EVENTS_FILE), (line) => recorded.events.push(line));
  return recorded;
}

export interface Comparison {
  /** Types of events that were told again. */
  types: readonly string[];
  /** Keys that were not. */
  leaveOut: readonly string[];
  /** The record may end before the run did: its writer died. */
  cut: boolean;
}

export function compareTicks(
  recorded: Recorded,
  retold: Retold,
  how: Comparison,
  faults: Faults,
): void {
  const left = new Map(retold.ticks);
  for (const [at, line] of recorded.ticks.entries()) {
    const where = `${TICKS_FILE}:${at + 1}`;
    const found = left.get(tickKey(line));
    left.delete(tickKey(line));
    if (found === undefined) faults.add(missing(where, 'a tick that is not executed again', line));
    else compareLine(where, line, found, how, faults);
  }
  const end = Number(recorded.ticks.at(-1)?.ts_run_ns ?? 0);
  for (const line of left.values()) {
    if (how.cut && Number(line.ts_run_ns) >= end) continue;
    faults.add(missing(TICKS_FILE, 'a tick is missing in the record', line));
  }
}

export function compareEvents(
  recorded: Recorded,
  retold: Retold,
  how: Comparison,
  faults: Faults,
): void {
  const ours = (lines: readonly Line[]) =>
    lines
      .map((line, at) => ({ line, where: `${EVENTS_FILE}:${at + 1}` }))
      .filter(({ line }) => how.types.includes(String(line.type)))
      .sort((a, b) => compareText(order(a.line), order(b.line)));
  const expected = ours(recorded.events);
  const found = ours(retold.events);
  for (let at = 0; at < Math.max(expected.length, found.length); at++) {
    const [one, other] = [expected[at], found[at]];
    if (one === undefined) {
      if (how.cut) return;
      if (other !== undefined) {
        faults.add(
          missing(EVENTS_FILE, `a ${other.line.type} is missing in the record`, other.line),
        );
      }
      return;
    }
    if (other === undefined || order(one.line) !== order(other.line)) {
      faults.add(missing(one.where, `a ${one.line.type} that is not executed again`, one.line));
      return;
    }
    compareLine(one.where, one.line, other.line, how, faults);
  }
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Lines of one instant have no order between instruments. */
const order = ({ ts_run_ns, symbol, type, detector, storm_id, flag_no }: Line): string =>
  [String(ts_run_ns).padStart(16, '0'), symbol, type, storm_id, detector, flag_no].join(' ');

function compareLine(
  where: string,
  expected: Line,
  found: Line,
  how: Comparison,
  faults: Faults,
): void {
  // Whoever closed the folder after a death knew less of a storm than its last frame.
  const closing = how.cut && expected.cause === 'run_stop';
  const keys = new Set([...Object.keys(expected), ...(closing ? [] : Object.keys(found))]);
  for (const key of keys) {
    if (UNTOLD.includes(key) || how.leaveOut.includes(key)) continue;
    const [one, other] = [JSON.stringify(expected[key]), JSON.stringify(found[key])];
    if (one === other) continue;
    const place = { seq: Number(found.seq), ts_run_ns: Number(found.ts_run_ns) };
    const values = { expected: one ?? 'nothing', found: other ?? 'nothing' };
    faults.add({ where, ...place, what: key, ...values, differs: true });
    return;
  }
}

const missing = (where: string, what: string, line: Line) => ({
  where,
  seq: Number(line.seq),
  ts_run_ns: Number(line.ts_run_ns),
  what,
  differs: true,
});
