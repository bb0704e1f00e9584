// In: a timeline that stands before some recorded controls. Out: virtual time run through them, each
// applied at the quantum end where it took effect. What applying means is the caller's.
import { QUANTUM_NS } from '@wavetank/abi';
import { StopReason } from '@wavetank/native';
import { ControlQueue } from './control-queue.ts';
import type { Timeline } from './timeline.ts';
import type { LoggedControl } from './verify/run-log.ts';

const WORK = 500_000;

export class Retrace {
  readonly #timeline: Timeline;
  readonly #drain: () => void;
  readonly #controls = new ControlQueue();

  /** `drain` is called whenever frames may wait. */
  constructor(timeline: Timeline, drain: () => void) {
    this.#timeline = timeline;
    this.#drain = drain;
  }

  /** Applies every control at its place; false once `apply` says that it is another one. */
  async all(
    controls: readonly LoggedControl[],
    apply: (control: LoggedControl, at: number) => boolean,
  ): Promise<boolean> {
    for (let at = 0; at < controls.length; ) {
      const together = togetherFrom(controls, at);
      const [first] = together;
      if (first === undefined) break;
      this.through(first.held ? first.at_ts_run_ns : first.at_ts_run_ns - QUANTUM_NS);
      const applied = together.map((control, i) => this.#controls.at(() => apply(control, at + i)));
      if (first.held) this.#timeline.applyHeld(this.#controls);
      else this.through(first.at_ts_run_ns);
      if ((await Promise.all(applied)).includes(false)) return false;
      at += together.length;
    }
    return true;
  }

  /** Runs to a virtual time as fast as possible. */
  through(untilNs: number): void {
    if (this.#timeline.session.nowNs() >= untilNs) return;
    for (;;) {
      const reason = this.#timeline.advance(untilNs, WORK, this.#controls);
      this.#drain();
      if (reason === StopReason.Until || reason === StopReason.Ended) return;
    }
  }
}

/** Controls that took effect at one instant from here on, on one side of its end. */
function togetherFrom(controls: readonly LoggedControl[], from: number): LoggedControl[] {
  const first = controls[from];
  const other = controls.findIndex(
    (c, at) => at > from && (c.at_ts_run_ns !== first?.at_ts_run_ns || c.held !== first.held),
  );
  return controls.slice(from, other < 0 ? undefined : other);
}
