// A recorded run as it stood at a place. In: its folder, a place in it. Out: sequence, time and digests
// there, by plain books from source and log. A time is one of the 20 ms instants, the next if it is none.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { TICK_HZ } from '@wavetank/abi';
import { Replay, type ReplayControl, type ReplayDigests, readLog } from '@wavetank/native';
import type { Place } from '../seek/place.ts';
import { planned } from './replay.ts';
import { loggedRun } from './run-log.ts';
import { findSource, VerifyError } from './verify.ts';

const TICK_NS = 1_000_000_000 / TICK_HZ;
/** Events between two looks at the time. */
const COARSE = 1000;

export async function runAt(dir: string, place: Place, source?: string): Promise<ReplayDigests> {
  const log = join(dir, 'log');
  const logged = existsSync(log) ? loggedRun(readLog(log)) : undefined;
  if (logged === undefined) throw new VerifyError(`${dir}: no log that tells where a run starts`);
  const { start, stop, controls, startAt } = logged;
  const { tick_size } = start.timeline;
  const found = await findSource(start, source);
  const plan = controls.map((control, at) => planned(control, at === startAt));
  const open = (all: ReplayControl[]) =>
    new Replay({
      log,
      source: found,
      ...(tick_size === null ? {} : { tick_size }),
      controls: all,
    });
  const end_seq = stop?.end_seq ?? readLog(log).last_seq;
  const seq = 'seq' in place ? place.seq : seqAt(() => open(plan), place.at_ns, end_seq);
  if (seq < start.start_seq || seq > end_seq) {
    throw new VerifyError(`sequence ${seq}: the run goes from ${start.start_seq} to ${end_seq}`);
  }
  const before = plan.filter((control) => control.after_seq <= seq);
  // The last control of a plan is where digests are taken.
  const there = { after_seq: seq, at_ts_run_ns: instantOf(place, stop?.ended_ts_ns), held: true };
  const { end, difference } = arrived(open([...before, there]));
  if (end === null)
    throw new VerifyError(`${dir}: ${difference?.expected ?? 'the run ends before'}`);
  return end;
}

/** The tick instant at or after a time, within the run; none for a sequence. */
function instantOf(place: Place, endedNs = 0): number {
  if ('seq' in place) return 0;
  return Math.min(Math.ceil(place.at_ns / TICK_NS) * TICK_NS, endedNs);
}

function arrived(replay: Replay) {
  while (replay.advance(COARSE * COARSE)) replay.drain();
  return replay.report();
}

/** The last sequence before an instant: found by chunks, then event by event. */
function seqAt(open: () => Replay, atNs: number, endSeq: number): number {
  const near = lastBefore(open(), atNs, COARSE, 0);
  return near === undefined ? endSeq : (lastBefore(open(), atNs, 1, near) ?? endSeq);
}

/** Goes to `from`, then on by `step` events; the sequence before the step that reaches the instant. */
function lastBefore(replay: Replay, atNs: number, step: number, from: number): number | undefined {
  let { seq } = replay.report();
  if (from > seq) replay.advance(from - seq);
  for (;;) {
    const { seq: before, virtual_ms } = replay.report();
    seq = before;
    if (virtual_ms * 1e6 >= atNs) return seq;
    const more = replay.advance(step);
    replay.drain();
    if (replay.report().virtual_ms * 1e6 >= atNs) return seq;
    if (!more) return undefined;
  }
}
