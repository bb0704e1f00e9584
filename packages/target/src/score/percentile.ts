// In: durations. Out: their percentiles, over the newest of them. Bounded.

const KEPT = 4096;

export class Percentile {
  #values: number[] = [];
  #next = 0;

  add(value: number): void {
    this.#values[this.#next] = value;
    this.#next = (this.#next + 1) % KEPT;
  }

  /** Nearest rank; null when nothing was added. */
  of(share: number): number | null {
    const sorted = [...this.#values].sort((a, b) => a - b);
    return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? null;
  }
}
