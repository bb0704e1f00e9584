// In: a timeline that stands before some recorded controls. Out: each dated to the place where it took
// effect, and virtual time run through them. What applying means is the caller's.
import { StopReason } from '@wavetank/native';
import { ControlQueue } from './control-queue.ts';
import type { Timeline } from './timeline.ts';
import type { LoggedControl } from './verify/run-log.ts';

const WORK = 500_000;

/**
 * Dates recorded controls on a timeline that was resumed at `fromNs`. The quantum that ends there may
 * still be held: what took effect in it waits for nothing else.
 */
export function dateControls(
  queue: ControlQueue,
  controls: readonly LoggedControl[],
  fromNs: number,
  apply: (control: LoggedControl, at: number) => void,
): Promise<void>[] {
  return controls.map((control, at) => {
    const { at_ts_run_ns: ns, held: closed } = control;
    const act = () => apply(control, at);
    return ns <= fromNs && !closed ? queue.at(act) : queue.atNs(ns, act, closed);
  });
}

export class Retrace {
  readonly #timeline: Timeline;
  readonly #drain: () => void;
  readonly #queue = new ControlQueue();

  /** `drain` is called whenever frames may wait. */
  constructor(timeline: Timeline, drain: () => void) {
    this.#timeline = timeline;
    this.#drain = drain;
  }

  /** Applies every control at its place; false once `apply` says that it is another one. */
  async all(
    controls: readonly LoggedControl[],
    fromNs: number,
    apply: (control: LoggedControl, at: number) => boolean,
  ): Promise<boolean> {
    let isSame = true;
    const applied = dateControls(this.#queue, controls, fromNs, (control, at) => {
      isSame &&= apply(control, at);
    });
    const all = Promise.all(applied);
    // Who fails here fails below, unless another place was found before.
    all.catch(() => {});
    for (const { at_ts_run_ns } of controls) {
      this.through(at_ts_run_ns);
      if (!isSame) return false;
    }
    await all;
    return isSame;
  }

  /** Runs to a virtual time as fast as possible. */
  through(untilNs: number): void {
    for (;;) {
      const reason = this.#timeline.advance(untilNs, WORK, this.#queue);
      this.#drain();
      if (reason === StopReason.Until || reason === StopReason.Ended) return;
    }
  }
}
