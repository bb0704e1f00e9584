// In: how late virtual time and the engine link were, as the recorder learns it. Out: whether the
// bench itself spoiled a run with a target. Knows no clock: lags and gaps are told to it.

/** Virtual time further behind wall time than this counts a tick as behind. */
const LAG_LIMIT_MS = 50;
/** A run with this share of its ticks behind is inconclusive. */
const BEHIND_SHARE = 0.01;
/** A silence of the link beyond its heartbeat interval longer than this is a stall. */
const STALL_LIMIT_MS = 250;

export type BenchFault =
  | 'bench_lagged'
  | 'link_stalled'
  | 'speed_changed'
  | 'clock_paused'
  | 'engine_down';

export class BenchWatch {
  #lagMs = 0;
  #ticks = 0;
  #behind = 0;
  #stallMsMax = 0;
  readonly #told = new Set<BenchFault>();

  lag(lagMs: number): void {
    this.#lagMs = lagMs;
  }

  /** Time the link was silent beyond what it should be. */
  silence(stallMs: number): void {
    this.#stallMsMax = Math.max(this.#stallMsMax, stallMs);
  }

  fault(fault: BenchFault): void {
    this.#told.add(fault);
  }

  /** Counts a recorded tick and returns the lag it was recorded with. */
  tick(): number {
    this.#ticks++;
    if (this.#lagMs > LAG_LIMIT_MS) this.#behind++;
    return this.#lagMs;
  }

  faults(): BenchFault[] {
    const faults = new Set(this.#told);
    if (this.#behind > 0 && this.#behind >= this.#ticks * BEHIND_SHARE) faults.add('bench_lagged');
    if (this.#stallMsMax > STALL_LIMIT_MS) faults.add('link_stalled');
    return [...faults].sort();
  }

  figures(): { ticks_behind: number; link_stall_ms_max: number } {
    return { ticks_behind: this.#behind, link_stall_ms_max: Math.round(this.#stallMsMax) };
  }
}
