// The values of one quantity over time. In: numbers. Out: first, last, least, largest and quantiles.
// Equal values are counted, not kept.

export class Series {
  readonly #counts = new Map<number, number>();
  #n = 0;
  first: number | undefined;
  last: number | undefined;
  min: number | undefined;
  max: number | undefined;

  add(value: number | undefined): void {
    if (value === undefined) return;
    this.#n++;
    this.#counts.set(value, (this.#counts.get(value) ?? 0) + 1);
    this.first ??= value;
    this.last = value;
    this.min = Math.min(value, this.min ?? value);
    this.max = Math.max(value, this.max ?? value);
  }

  /** The least value that at least this share of all does not exceed. */
  quantile(share: number): number | undefined {
    let left = Math.ceil(share * this.#n);
    for (const value of [...this.#counts.keys()].sort((a, b) => a - b)) {
      left -= this.#counts.get(value) ?? 0;
      if (left <= 0) return value;
    }
    return undefined;
  }
}
