// In: the death of an engine that was recording, and what was last known of it. Out: the words with which
// the next engine goes on with the run, or that it is given up: at a second death soon after, or when
// nobody comes back in time. Knows no frame and no file.
import { type HeartbeatFrame, TransportState } from '@wavetank/abi';

/** A second death within this time ends the run. */
const TWICE_MS = 60_000;
/** An engine that resumes a run is back by then. */
const BACK_MS = 30_000;

export interface LostRun {
  run_id: string;
  dir: string;
  class: string;
  /** Virtual time up to which the record is whole. */
  at_ts_run_ns: number;
  epoch: number;
  heartbeat: HeartbeatFrame | undefined;
}

export class LostEngine {
  readonly #now: () => number;
  #diedMs = Number.NEGATIVE_INFINITY;
  #run: LostRun | undefined;
  #told: string | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** The run that waits for another engine. */
  get waits(): string | undefined {
    return this.#run?.run_id;
  }

  /** The run that the engine which was started last goes on with, whatever became of it here. */
  get told(): string | undefined {
    return this.#told;
  }

  /** True when the run may wait; `late` is called when nobody came. */
  wait(run: LostRun, late: () => void): boolean {
    const twice = this.#now() - this.#diedMs < TWICE_MS;
    this.#diedMs = this.#now();
    this.forget();
    if (twice) return false;
    this.#run = run;
    this.#timer = setTimeout(late, BACK_MS);
    return true;
  }

  /** What an engine that is started now is told. */
  words(): string[] {
    this.#told = this.#run?.run_id;
    if (this.#run === undefined) return [];
    const { run_id: _, heartbeat, ...resume } = this.#run;
    const playing = heartbeat?.transport !== TransportState.Paused;
    const words = ['--resume', JSON.stringify({ ...resume, playing })];
    const speed = heartbeat?.speed_milli;
    if (speed === undefined) return words;
    return [...words, '--speed', speed === 0 ? 'max' : String(speed / 1000)];
  }

  forget(): void {
    clearTimeout(this.#timer);
    this.#run = undefined;
  }

  /** The run is ours again, or over for both. */
  settled(): void {
    this.forget();
    this.#told = undefined;
  }
}
