// In: rows in order of time. Out: the newest rows as contiguous columns that a chart reads in place.
// Bounded: two windows of memory a column, moved back to the front once it is full. Knows no page.

export class Track {
  readonly capacity: number;
  private readonly columns: Float64Array[];
  private begin = 0;
  private end = 0;

  constructor(capacity: number, width: number) {
    this.capacity = capacity;
    this.columns = Array.from({ length: width }, () => new Float64Array(capacity * 2));
  }

  get length(): number {
    return this.end - this.begin;
  }

  clear(): void {
    this.begin = 0;
    this.end = 0;
  }

  /** Appends the row that starts at `at` of `row`. */
  push(row: Float64Array, at = 0): void {
    if (this.end === this.capacity * 2) this.compact();
    for (let c = 0; c < this.columns.length; c++) {
      (this.columns[c] as Float64Array)[this.end] = row[at + c] as number;
    }
    this.end += 1;
    if (this.end - this.begin > this.capacity) this.begin += 1;
  }

  /** Writes over the row `back` places from the newest (0): for rows still growing. */
  rewrite(back: number, row: Float64Array): void {
    const at = this.end - 1 - back;
    if (at < this.begin) return;
    for (let c = 0; c < this.columns.length; c++) {
      (this.columns[c] as Float64Array)[at] = row[c] as number;
    }
  }

  value(column: number, index: number): number {
    return (this.columns[column] as Float64Array)[this.begin + index] ?? Number.NaN;
  }

  /** A view, not a copy: valid until the next push. */
  window(column: number, from = 0, to = this.length): Float64Array {
    return (this.columns[column] as Float64Array).subarray(this.begin + from, this.begin + to);
  }

  /** First index whose value in the sorted column is not below `target`. */
  lowerBound(column: number, target: number): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.value(column, middle) < target) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private compact(): void {
    for (const column of this.columns) column.copyWithin(0, this.begin, this.end);
    this.end -= this.begin;
    this.begin = 0;
  }
}
