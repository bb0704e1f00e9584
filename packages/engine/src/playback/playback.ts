// A recorded run, played again. In: its folder. Out: timelines that begin at one of its checkpoints with
// the storms of its log dated behind it, and places of the run found and reached. Each timeline stands
// where the run was stopped, and says whether it is the run to the bit.
import { QUANTUM_NS } from '@wavetank/abi';
import { StopReason } from '@wavetank/native';
import { ControlQueue } from '../control-queue.ts';
import { EngineError } from '../errors.ts';
import { applyLogged, loggedKind } from '../logged-storm.ts';
import { dateControls } from '../retrace.ts';
import { discard } from '../seek/index-builder.ts';
import type { Place } from '../seek/place.ts';
import type { Ways } from '../seek/ways.ts';
import type { StormLibrary } from '../storm-library.ts';
import { beginStorm } from '../storm-start.ts';
import { Timeline } from '../timeline.ts';
import {
  checkpointBefore,
  configOf,
  controlsBehind,
  type LoggedCheckpoint,
  type LoggedControl,
} from '../verify/run-log.ts';
import { type Recorded, readRecorded } from './recorded.ts';

const SECOND_NS = 1_000_000_000;
/** Events a slice, and slices between two turns of the process. */
const WORK = 20_000;
const SLICES = 64;

/** Where what was played and what was recorded part. */
export interface Parted {
  what: string;
  expected: string;
  found: string;
}

/** A timeline of the run, with the storms that are still to come. */
export interface Played {
  playback: Playback;
  timeline: Timeline;
  queue: ControlQueue;
  /** How it ended; undefined before. */
  outcome: { same: boolean; difference: Parted | null } | undefined;
}

/** What `replay.status` says of it; times are virtual. */
export interface PlaybackFacts {
  run_id: string;
  symbols: string[];
  from_ms: number;
  to_ms: number;
  from_seq: number;
  to_seq: number;
}

export class Playback implements Ways {
  readonly #run: Recorded;
  readonly #library: StormLibrary;
  /** Told when a timeline has come to its end. */
  readonly #over: (played: Played) => void;
  #slices = 0;

  constructor(dir: string, library: StormLibrary, over: (played: Played) => void) {
    this.#run = readRecorded(dir, library);
    this.#library = library;
    this.#over = over;
  }

  get facts(): PlaybackFacts {
    const { start, stop } = this.#run;
    return {
      run_id: start.run_id,
      symbols: start.symbols,
      from_ms: start.started_ts_ns / 1e6,
      to_ms: stop.ended_ts_ns / 1e6,
      from_seq: start.start_seq,
      to_seq: stop.end_seq,
    };
  }

  /** At the run's last checkpoint before a virtual time, else at its first. */
  async enter(beforeNs = 0): Promise<Played> {
    const { log, report, start } = this.#run;
    const checkpoint = checkpointBefore(report, beforeNs) as LoggedCheckpoint;
    const timeline = await Timeline.resume(configOf(start), log, beforeNs, (saved) =>
      loggedKind(this.#library, saved),
    );
    const queue = new ControlQueue();
    const played: Played = { playback: this, timeline, queue, outcome: undefined };
    const controls = controlsBehind(report, checkpoint).filter(isActed);
    const acted = dateControls(queue, controls, checkpoint.ts_run_ns, (control) =>
      this.#act(played, control),
    );
    // Refused where another source is opened before their time.
    for (const each of acted) each.catch(() => {});
    timeline.applyHeld(queue);
    return played;
  }

  #act(played: Played, control: LoggedControl): void {
    try {
      if (control.method === 'run.stop') {
        this.#end(played, this.#partedAtStop(played));
        return;
      }
      if (applyLogged(played.timeline, this.#library, control, beginStorm)) return;
      const found = `sequence ${played.timeline.session.seq()}`;
      const expected = `sequence ${control.after_seq}`;
      this.#end(played, { what: `${control.method} at another place`, expected, found });
    } catch (error) {
      const what = `${control.method} of the log`;
      this.#end(played, { what, expected: 'taken', found: String(error) });
    }
  }

  #partedAtStop({ timeline }: Played): Parted | null {
    const { end_seq, run_digest, market_digest, twin_digest } = this.#run.stop;
    const is = timeline.status();
    const pairs: [string, string | number, string | number][] = [
      ['sequence', end_seq, is.seq],
      ['run digest', run_digest, is.run_digest],
      ['market digest', market_digest, is.market_digest],
      ['source digest', twin_digest, is.twin_digest],
    ];
    const other = pairs.find(([, expected, found]) => expected !== found);
    if (other === undefined) return null;
    const [what, expected, found] = other;
    return { what: `${what} at the stop`, expected: String(expected), found: String(found) };
  }

  #end(played: Played, difference: Parted | null): void {
    const { timeline } = played;
    if (timeline.ended) return;
    timeline.ended = true;
    played.outcome = { same: difference === null, difference };
    const { run_id } = this.#run.start;
    const { seq, run_digest, ts_run_ns } = timeline.status();
    timeline.notice('run_played', { run_id, ...played.outcome, seq, run_digest, ts_run_ns });
    this.#over(played);
  }

  async timeOf(place: Place): Promise<number> {
    const { start, stop } = this.#run;
    if ('seq' in place) {
      const { seq } = place;
      if (seq >= start.start_seq && seq <= stop.end_seq) return (await this.#find(seq)).at_ns;
      throw outside(`sequence ${seq}`, `${start.start_seq} to ${stop.end_seq}`);
    }
    const { at_ns } = place;
    if (at_ns >= start.started_ts_ns && at_ns <= stop.ended_ts_ns) return at_ns;
    const { from_ms, to_ms } = this.facts;
    const ends = `${clock(start.started_ts_ns)} to ${clock(stop.ended_ts_ns)}`;
    throw outside(clock(at_ns), `${ends} (${from_ms} to ${to_ms} ms)`);
  }

  async before({ session }: Timeline, count: number): Promise<number> {
    const seq = session.seq() - count + 1;
    return seq > this.#run.start.start_seq ? (await this.#find(seq)).before_ns : 0;
  }

  /** Before the run's start lies nothing: its start. */
  async land(atNs: number, shownNs: number): Promise<Played> {
    const quietNs = Math.max(atNs, this.#run.start.started_ts_ns) - shownNs;
    const played = await this.enter(quietNs + 1);
    await this.#quietly(played, quietNs);
    return played;
  }

  /** The quantum end that has a sequence behind it, and that of the event before. */
  async #find(seq: number): Promise<{ at_ns: number; before_ns: number }> {
    const checkpoints = this.#run.report.texts.filter(({ kind }) => kind === 'checkpoint');
    const near = checkpoints.findLast((each) => each.seq < seq)?.body as LoggedCheckpoint;
    // By seconds to the one in which the event before came, from there by quanta.
    const coarse = await this.#walk(seq, near?.ts_run_ns ?? 0, SECOND_NS);
    return this.#walk(seq, coarse.before_ns, QUANTUM_NS);
  }

  /** Walks until a sequence is behind; to a step, when it was and when the event before came. */
  async #walk(seq: number, fromNs: number, stepNs: number) {
    const played = await this.enter(fromNs + 1);
    const { session } = played.timeline;
    await this.#quietly(played, fromNs);
    let [last, before_ns] = [session.seq(), fromNs];
    while (last < seq && !played.timeline.ended) {
      await this.#quietly(played, session.nowNs() + stepNs);
      const now = session.seq();
      if (now > last && now < seq) before_ns = session.nowNs() - stepNs + QUANTUM_NS;
      last = now;
    }
    const at_ns = session.nowNs();
    played.timeline.close();
    return { at_ns, before_ns };
  }

  /** Runs to a virtual time in slices, seen by nobody; closed where the run does not come again. */
  async #quietly(played: Played, untilNs: number): Promise<void> {
    const { timeline, queue } = played;
    while (!timeline.ended) {
      const reason = timeline.advance(untilNs, WORK, queue);
      discard(timeline.session);
      if (++this.#slices % SLICES === 0) await new Promise((resume) => setImmediate(resume));
      if (reason === StopReason.Until || reason === StopReason.Ended) break;
    }
    if (!played.outcome?.difference) return;
    const { what, expected, found } = played.outcome.difference;
    timeline.close();
    const detail = `it does not come again as it was: ${what}: expected ${expected}, found ${found}`;
    throw new EngineError('RUN_UNPLAYABLE', detail);
  }
}

/** Controls that act on the market, and the end. */
const isActed = ({ method }: LoggedControl): boolean =>
  method === 'storm.start' || method === 'storm.stop' || method === 'run.stop';

const clock = (ns: number): string => new Date(ns / 1e6).toISOString().slice(11, 23);

const outside = (place: string, range: string) =>
  new EngineError('SEEK_OUTSIDE', `${place}: the run goes from ${range}`);
