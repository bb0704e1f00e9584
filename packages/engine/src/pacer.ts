// In: wall readings and the virtual time reached. Out: how far virtual time should be, how far it is
// behind, and how much work one advance may do. Only paces: nothing here reaches the session's results.

/** Speed factor, or as fast as the machine goes. */
export type Speed = number | 'max';

export const SPEED_MIN = 0.1;
export const SPEED_MAX = 1000;

const NS_PER_MS = 1_000_000;
const BUDGET_MS = 4;
const WORK_MIN = 256;
const WORK_MAX = 1_000_000;

/** Virtual time against wall time since an anchor. */
export class Pacer {
  #speed: Speed;
  #anchorNs = 0;
  #anchorMs = 0;
  #nsPerWork = 1_000;

  constructor(speed: Speed) {
    this.#speed = speed;
  }

  get speed(): Speed {
    return this.#speed;
  }

  /** From here on virtual time runs at `speed` from `nowNs`. */
  rebase(nowNs: number, wallMs: number, speed: Speed = this.#speed): void {
    this.#speed = speed;
    this.#anchorNs = nowNs;
    this.#anchorMs = wallMs;
  }

  /** Where virtual time should be. */
  dueNs(wallMs: number): number {
    if (this.#speed === 'max') return Number.MAX_SAFE_INTEGER;
    return this.#anchorNs + (wallMs - this.#anchorMs) * NS_PER_MS * this.#speed;
  }

  /** Wall time by which virtual time is late, ns. */
  lagNs(nowNs: number, wallMs: number): number {
    if (this.#speed === 'max') return 0;
    return Math.max(0, Math.round((this.dueNs(wallMs) - nowNs) / this.#speed));
  }

  /** Wall time until virtual time is due to reach `ns`, ms. */
  waitMs(ns: number, wallMs: number): number {
    if (this.#speed === 'max') return 0;
    return (ns - this.dueNs(wallMs)) / NS_PER_MS / this.#speed;
  }

  /** Events that one advance may process to stay within its share of wall time. */
  work(): number {
    const work = (BUDGET_MS * NS_PER_MS) / this.#nsPerWork;
    return Math.round(Math.min(WORK_MAX, Math.max(WORK_MIN, work)));
  }

  /** An advance that used its whole budget took this long. */
  measured(work: number, elapsedMs: number): void {
    const each = (elapsedMs * NS_PER_MS) / work;
    // Slower counts at once, faster gradually: one slow advance is worse than ten short ones.
    this.#nsPerWork = Math.max(
      1,
      each > this.#nsPerWork ? each : 0.9 * this.#nsPerWork + 0.1 * each,
    );
  }
}

/** A speed from a request; undefined when it is none. */
export function parseSpeed(value: unknown): Speed | undefined {
  if (value === 'max') return 'max';
  const speed = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof speed !== 'number' || !(speed >= SPEED_MIN && speed <= SPEED_MAX)) return undefined;
  return speed;
}
