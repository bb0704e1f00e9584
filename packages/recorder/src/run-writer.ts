// In: the frames of a running recording and facts about its target. Out: a run folder whose lines
// are on disk when `flush` resolves, and at the end its run.yaml. Works without target or viewer.
// Knows no socket; the wall clock is passed in.
import { join } from 'node:path';
import type { ChaosFrame, RiskFrame, StormFrame, TickFrame } from '@wavetank/abi';
import { RiskState } from '@wavetank/abi';
import { BenchWatch } from './bench-watch.ts';
import { claimClosing, releaseClosing } from './claim.ts';
import { type FileDigest, fileDigest } from './digest.ts';
import { breakerTrip, chaosFlag, type EventFacts, type Place } from './events.ts';
import { LineWriter } from './line-writer.ts';
import {
  EVENTS_FILE,
  RUN_FILE,
  type RunFile,
  readRunFile,
  TICKS_FILE,
  writeRunFile,
} from './run-file.ts';
import { finishRun, openRun, type RunOpening } from './run-shape.ts';
import { StormLedger } from './storm-ledger.ts';
import { regimeName, tickLine } from './tick-line.ts';

/** What the engine told when it stopped; after its death, what was last seen. */
export type RunEnding = Pick<
  RunFile,
  'end_seq' | 'ended_ts_ns' | 'run_digest' | 'market_digest' | 'storm_code' | 'latencies'
> & {
  status: 'complete' | 'aborted';
  cause: string;
  /** Why the engine went, when it did. */
  engine_down?: string;
};

export type SealDigests = { [file: string]: FileDigest };

export class RunWriter {
  readonly dir: string;
  readonly run: RunFile;
  readonly bench = new BenchWatch();
  readonly storms = new StormLedger();
  readonly #now: () => number;
  readonly #events: LineWriter;
  readonly #ticks: LineWriter;
  readonly #regimes = new Map<string, number>();
  readonly #gates = new Map<string, number>();
  /** What an engine that goes on after another's death may tell again: ticks by time, flags by number. */
  readonly #ticked = new Map<string, number>();
  readonly #flagged = new Map<string, number>();
  #place: Place;
  #announced: Promise<void> | undefined;
  #owned = true;

  private constructor(
    dir: string,
    run: RunFile,
    lines: [LineWriter, LineWriter],
    now: () => number,
  ) {
    this.dir = dir;
    this.run = run;
    [this.#events, this.#ticks] = lines;
    this.#now = now;
    this.#place = { seq: run.start_seq, ts_run_ns: run.started_ts_ns };
  }

  /** Files first, engine second: they exist before the run does, so nothing is lost between. */
  static async prepare(dir: string): Promise<[LineWriter, LineWriter]> {
    const events = await LineWriter.create(join(dir, EVENTS_FILE));
    try {
      return [events, await LineWriter.create(join(dir, TICKS_FILE))];
    } catch (cause) {
      await events.close();
      throw cause;
    }
  }

  static start(
    dir: string,
    lines: [LineWriter, LineWriter],
    opening: RunOpening,
    now: () => number,
  ): RunWriter {
    const writer = new RunWriter(dir, openRun(opening, now()), lines, now);
    const { run_id, symbols, who, note, inputs } = opening;
    writer.event({
      type: 'run_start',
      seq: opening.start_seq,
      ts_run_ns: opening.started_ts_ns,
      run_id,
      symbols,
      class: opening.class,
      who,
      note,
      inputs,
    });
    return writer;
  }

  /** Writes run.yaml as `recording`: a death from here on leaves a folder that says so. */
  announce(): Promise<void> {
    this.#announced ??= writeRunFile(this.dir, this.run);
    return this.#announced;
  }

  /** True when nothing waits for the disk. */
  get idle(): boolean {
    return this.#events.idle && this.#ticks.idle;
  }

  /** Resolves when all that was recorded before the call is on disk. */
  async flush(): Promise<void> {
    await Promise.all([this.#events.flush(), this.#ticks.flush()]);
  }

  event(facts: EventFacts): void {
    this.#events.append({ ...facts, wall: { at: new Date(this.#now()).toISOString() } });
  }

  /** An event of the world outside the market: it bears the place of the last frame. */
  outside(type: EventFacts['type'], facts: { [key: string]: unknown }): void {
    this.event({ type, ...this.#place, ...facts });
  }

  tick(frame: TickFrame): void {
    if (!this.run.symbols.includes(frame.symbol)) return;
    if (!isNew(this.#ticked, frame.symbol, frame.ts_run_ns)) return;
    this.#move(frame);
    this.#regime(frame);
    const lag_ms = this.bench.tick();
    const wall = { at: new Date(this.#now()).toISOString(), lag_ms };
    this.#ticks.append(tickLine(frame, this.storms.kindsOn(frame.symbol), wall));
    this.run.tick_samples++;
  }

  /** Virtual time up to which ticks are recorded. */
  get recordedNs(): number {
    return Math.max(this.run.started_ts_ns, ...this.#ticked.values());
  }

  #regime(frame: TickFrame): void {
    const before = this.#regimes.get(frame.symbol);
    this.#regimes.set(frame.symbol, frame.regime);
    if (before === undefined || before === frame.regime) return;
    this.event({
      type: 'regime_change',
      ...place(frame),
      from: regimeName(before),
      to: regimeName(frame.regime),
      score: frame.regime_score_milli / 1000,
    });
  }

  storm(frame: StormFrame, note: string | null): EventFacts[] {
    this.#move(frame);
    const facts = this.storms.take(frame, note);
    for (const fact of facts) this.event(fact);
    return facts;
  }

  chaos(frame: ChaosFrame): void {
    if (!isNew(this.#flagged, frame.symbol, frame.flag_no)) return;
    this.#move(frame);
    this.event(chaosFlag(frame));
  }

  risk(frame: RiskFrame): void {
    this.#move(frame);
    const before = this.#gates.get(frame.target) ?? RiskState.Armed;
    this.#gates.set(frame.target, frame.state);
    if (before !== frame.state && frame.state !== RiskState.Armed) this.event(breakerTrip(frame));
  }

  #move(frame: Place): void {
    this.#place = { seq: frame.seq, ts_run_ns: frame.ts_run_ns };
  }

  /**
   * Records the end at once, in order with the frames; `close` then finishes the folder. Somebody
   * else may have closed it already: then nothing is written any more.
   */
  stop(ending: RunEnding): void {
    this.#owned = mayClose(this.dir);
    if (!this.#owned) return;
    const { cause, status, engine_down: reason, ...told } = ending;
    if (reason !== undefined) this.outside('engine_down', { reason });
    const seq = ending.end_seq ?? this.#place.seq;
    const ts_run_ns = ending.ended_ts_ns ?? this.#place.ts_run_ns;
    for (const fact of this.storms.closeAll({ seq, ts_run_ns, cause: 'run_stop' }))
      this.event(fact);
    const { run_digest, market_digest } = ending;
    const facts = { run_id: this.run.run_id, cause, status, run_digest, market_digest };
    this.event({ type: 'run_stop', seq, ts_run_ns, ...facts });
    Object.assign(this.run, told, {
      status,
      stop_cause: cause,
      end_seq: seq,
      ended_ts_ns: ts_run_ns,
      ended_at: new Date(this.#now()).toISOString(),
      duration_s: Math.max(0, ts_run_ns - this.run.started_ts_ns) / 1e9,
    });
  }

  /** Somebody else closes the run: its file says how it ended. */
  async #yield(): Promise<undefined> {
    await this.abandon();
    Object.assign(this.run, await readClosed(this.dir));
  }

  /** Closes the files and leaves the folder as it is, open. */
  async abandon(): Promise<void> {
    await Promise.allSettled([this.#events.close(), this.#ticks.close()]);
  }

  /** Judges, writes run.yaml, and returns the digests that the log's last record seals, if any. */
  async close(): Promise<SealDigests | undefined> {
    await this.#announced?.catch(() => {});
    if (!this.#owned) return this.#yield();
    const closed = await Promise.allSettled([this.#events.close(), this.#ticks.close()]);
    if (closed.some(({ status }) => status === 'rejected')) {
      // Lines are missing: whatever the market did, this record of it is not complete.
      Object.assign(this.run, { status: 'aborted', stop_cause: 'disk_failed' });
    }
    finishRun(this.run, this.storms, this.bench);
    this.run.artefacts = await lineDigests(this.dir);
    await writeRunFile(this.dir, this.run);
    releaseClosing(this.dir);
    return { [RUN_FILE]: await fileDigest(join(this.dir, RUN_FILE)), ...this.run.artefacts };
  }
}

/** A disk that takes no claim takes no rival's either. */
function mayClose(dir: string): boolean {
  try {
    return claimClosing(dir);
  } catch {
    return true;
  }
}

const CLOSED_WITHIN_MS = 10_000;
const LOOK_EVERY_MS = 20;

async function readClosed(dir: string): Promise<RunFile | undefined> {
  for (let waited = 0; waited < CLOSED_WITHIN_MS; waited += LOOK_EVERY_MS) {
    const run = await readRunFile(dir);
    if (run !== undefined && run.status !== 'recording') return run;
    await new Promise((resume) => setTimeout(resume, LOOK_EVERY_MS));
  }
  return undefined;
}

export async function lineDigests(dir: string): Promise<SealDigests> {
  return {
    [EVENTS_FILE]: await fileDigest(join(dir, EVENTS_FILE)),
    [TICKS_FILE]: await fileDigest(join(dir, TICKS_FILE)),
  };
}

const place = (frame: Place): Place => ({
  seq: frame.seq,
  ts_run_ns: frame.ts_run_ns,
  ...(frame.symbol === undefined ? {} : { symbol: frame.symbol }),
});

/** True when this one ascends; it is then the last. */
function isNew(last: Map<string, number>, key: string, value: number): boolean {
  if (value <= (last.get(key) ?? -1)) return false;
  last.set(key, value);
  return true;
}
