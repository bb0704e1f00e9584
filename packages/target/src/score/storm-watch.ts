// One storm as one target lived through it. In: polls since it started, steps of equity since it
// ended. Out: when the target first reacted, and when its equity was steady again. A poll sees what
// happened since the poll before: a time is known to lie between the two.
import type { Poll } from '../poller.ts';
import type { TargetState } from '../target-state.ts';

export type Reaction = 'signal' | 'position' | 'orders' | 'quoting';

export interface StormScore {
  storm_id: number;
  pnl_delta: number | null;
  /** Storm start to the first reaction, by the poll that saw it or the stamp of the signal. */
  reaction_ms: number | null;
  reaction: Reaction | null;
  /** Storm end until equity moved no more than it had moved before the storm. */
  recovery_ms: number | null;
  /** How much equity moved from poll to poll before the storm, at most. */
  steady_band: number | null;
}

const NS_PER_MS = 1e6;
/** Before a storm, this much makes the band, of at least so many steps. */
const BAND_NS = 30e9;
const BAND_STEPS_MIN = 5;
/** Steps inside the band, one after the other, that make it steady. */
const STEADY_STEPS = 3;
/** A cent: below it nothing moves. */
const BAND_MIN = 0.01;

export class StormWatch {
  readonly id: number;
  readonly #startNs: number;
  readonly #before: TargetState | undefined;
  readonly #band: number | null;
  #last: TargetState | undefined;
  #endNs: number | null = null;
  #reaction: Reaction | null = null;
  #reactionMs: number | null = null;
  #reactionAtLeastMs: number | null = null;
  #steadySince: number | null = null;
  #steady = 0;
  #recoveryMs: number | null = null;
  #equityStart: number | null = null;
  #equityEnd: number | null = null;

  constructor(
    id: number,
    startNs: number,
    before: Poll | undefined,
    steps: readonly { ts_run_ns: number; step: number }[],
  ) {
    this.id = id;
    this.#startNs = startNs;
    this.#before = before?.online ? before.state : undefined;
    this.#last = this.#before;
    this.#band = bandOf(steps.filter(({ ts_run_ns }) => ts_run_ns >= startNs - BAND_NS));
  }

  observe(poll: Poll, ts_run_ns: number, polledBeforeNs: number | undefined): void {
    if (!poll.online) return;
    const { state } = poll;
    if (this.#endNs === null && this.#reaction === null)
      this.#look(state, ts_run_ns, polledBeforeNs);
    this.#last = state;
  }

  #look(state: TargetState, ts_run_ns: number, polledBeforeNs: number | undefined): void {
    const reaction = this.#last === undefined ? null : reactionOf(this.#last, state);
    if (reaction === null) return;
    const stamped = reaction === 'signal' ? state.last_signal_ts_run_ns : null;
    const at = stamped !== null && stamped >= this.#startNs ? stamped : null;
    this.#reaction = reaction;
    this.#reactionMs = ms(Math.max(0, (at ?? ts_run_ns) - this.#startNs));
    this.#reactionAtLeastMs = ms(Math.max(0, (at ?? polledBeforeNs ?? 0) - this.#startNs));
  }

  /** Equity moved by `step` since the poll before. */
  step(step: number, ts_run_ns: number): void {
    if (this.#endNs === null || this.#band === null || this.#recoveryMs !== null) return;
    if (step > this.#band) {
      this.#steady = 0;
      return;
    }
    if (this.#steady++ === 0) this.#steadySince = ts_run_ns;
    if (this.#steady < STEADY_STEPS) return;
    this.#recoveryMs = ms(Math.max(0, (this.#steadySince ?? ts_run_ns) - this.#endNs));
  }

  ended(endNs: number): void {
    this.#endNs ??= endNs;
  }

  /** What polls that the storm's ends forced have found. */
  equity(end: 'start' | 'stop', equity: number | null): void {
    if (end === 'start') this.#equityStart = equity;
    else this.#equityEnd = equity;
  }

  get reactionAtLeastMs(): number | null {
    return this.#reactionAtLeastMs;
  }

  /** Not recovered yet: it takes at least until now. */
  recoveryAtLeastMs(nowNs: number): number | null {
    if (this.#band === null || this.#endNs === null) return null;
    return this.#recoveryMs ?? ms(nowNs - this.#endNs);
  }

  /** `equity`: what is known last, for a storm that only the run's end stopped. */
  score(equity: number | null): StormScore {
    const end = this.#endNs === null ? equity : this.#equityEnd;
    const start = this.#equityStart;
    return {
      storm_id: this.id,
      pnl_delta: start === null || end === null ? null : Math.round((end - start) * 1e6) / 1e6,
      reaction_ms: this.#reactionMs,
      reaction: this.#reaction,
      recovery_ms: this.#recoveryMs,
      steady_band: this.#band,
    };
  }
}

/** Three standard deviations above the mean step; null when there are too few. */
function bandOf(steps: readonly { step: number }[]): number | null {
  if (steps.length < BAND_STEPS_MIN) return null;
  const mean = steps.reduce((sum, { step }) => sum + step, 0) / steps.length;
  const square = steps.reduce((sum, { step }) => sum + (step - mean) ** 2, 0) / steps.length;
  return Math.max(BAND_MIN, Math.round((mean + 3 * Math.sqrt(square)) * 1e6) / 1e6);
}

function reactionOf(before: TargetState, now: TargetState): Reaction | null {
  if (now.last_signal !== null && now.last_signal !== before.last_signal) return 'signal';
  if (before.quoting === true && now.quoting === false) return 'quoting';
  if (gone(before.open_orders, now.open_orders)) return 'orders';
  return gone(before.position, now.position) ? 'position' : null;
}

/** A market maker's orders and position change all the time; all of them gone is an act. */
const gone = (before: number | null, now: number | null): boolean =>
  before !== null && before !== 0 && now === 0;

const ms = (ns: number): number => Math.round(ns / 1000) / (NS_PER_MS / 1000);
