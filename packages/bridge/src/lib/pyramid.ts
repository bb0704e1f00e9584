// In: values at rising virtual times. Out: minimum and maximum per bucket at several widths, the
// finest for the youngest stretch, the widest for a whole day. Memory is fixed at construction.

export const BUCKETS = 1024;
/** Bucket widths, ms of virtual time: 102 s, 6.8 min, 27 min, 1.8 h, 7.3 h, 29 h of reach. */
export const WIDTHS_MS = [100, 400, 1600, 6400, 25_600, 102_400] as const;

interface Level {
  width: number;
  /** Bucket number (time / width) held by each slot; -1 is none. */
  numbers: Float64Array;
  /** measures × 2 values a slot: minimum, maximum. NaN is none. */
  values: Float64Array;
}

export interface Stretch {
  width_ms: number;
  /** Start of each bucket, ms. */
  t_ms: number[];
  /** Per measure: minimum and maximum of each bucket; null where there was no value. */
  min: (number | null)[][];
  max: (number | null)[][];
}

export class Pyramid {
  readonly #measures: number;
  readonly #levels: Level[];
  #firstMs = Number.POSITIVE_INFINITY;
  #lastMs = Number.NEGATIVE_INFINITY;

  constructor(measures: number) {
    this.#measures = measures;
    this.#levels = WIDTHS_MS.map((width) => ({
      width,
      numbers: new Float64Array(BUCKETS).fill(-1),
      values: new Float64Array(BUCKETS * measures * 2).fill(Number.NaN),
    }));
  }

  /** Times of the first and the last value; undefined before there is one. */
  get span(): { from_ms: number; to_ms: number } | undefined {
    if (this.#firstMs > this.#lastMs) return undefined;
    return { from_ms: this.#firstMs, to_ms: this.#lastMs };
  }

  /** NaN is no value. */
  add(at_ms: number, values: ArrayLike<number>): void {
    this.#firstMs = Math.min(this.#firstMs, at_ms);
    this.#lastMs = Math.max(this.#lastMs, at_ms);
    for (const level of this.#levels) this.#addTo(level, at_ms, values);
  }

  #addTo(level: Level, at_ms: number, values: ArrayLike<number>): void {
    const number = Math.floor(at_ms / level.width);
    const slot = number % BUCKETS;
    const at = slot * this.#measures * 2;
    if (level.numbers[slot] !== number) {
      level.numbers[slot] = number;
      level.values.fill(Number.NaN, at, at + this.#measures * 2);
    }
    for (let i = 0; i < this.#measures; i++) {
      const value = values[i] ?? Number.NaN;
      if (Number.isNaN(value)) continue;
      const low = at + i * 2;
      // A comparison with NaN is false: the first value takes both places.
      if (!((level.values[low] ?? Number.NaN) <= value)) level.values[low] = value;
      if (!((level.values[low + 1] ?? Number.NaN) >= value)) level.values[low + 1] = value;
    }
  }

  /** The finest width that reaches back and gives at most `points` buckets; where none does, the widest. */
  read(from_ms: number, to_ms: number, points: number): Stretch {
    const from = Math.max(from_ms, this.#firstMs);
    const to = Math.min(to_ms, this.#lastMs);
    const level = this.#fitting(from, to, points);
    const stretch: Stretch = { width_ms: level.width, t_ms: [], min: [], max: [] };
    for (let i = 0; i < this.#measures; i++) {
      stretch.min.push([]);
      stretch.max.push([]);
    }
    const oldest = Math.floor(this.#lastMs / level.width) - BUCKETS + 1;
    const first = Math.max(Math.floor(from / level.width), oldest, 0);
    for (let number = first; number * level.width <= to; number++) {
      const slot = number % BUCKETS;
      if (level.numbers[slot] === number) this.#copy(level, slot, number, stretch);
    }
    return stretch;
  }

  #fitting(from: number, to: number, points: number): Level {
    const fits = ({ width }: Level): boolean =>
      Math.floor(to / width) - Math.floor(from / width) < points &&
      Math.floor(from / width) > Math.floor(this.#lastMs / width) - BUCKETS;
    const widest = this.#levels.at(-1) as Level;
    return this.#levels.find(fits) ?? widest;
  }

  #copy(level: Level, slot: number, number: number, stretch: Stretch): void {
    stretch.t_ms.push(number * level.width);
    for (let i = 0; i < this.#measures; i++) {
      const at = (slot * this.#measures + i) * 2;
      stretch.min[i]?.push(orNull(level.values[at]));
      stretch.max[i]?.push(orNull(level.values[at + 1]));
    }
  }
}

const orNull = (value: number | undefined): number | null =>
  value === undefined || Number.isNaN(value) ? null : value;
