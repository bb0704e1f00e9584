// In: rows in order of time, one step width. Out: a track with two rows a step that keep every extreme.
// The two rows hold each column's least and greatest value in the order in which they came,
// so a spike of one tick stays visible at any zoom. A row of NaN breaks the line.
import { Track } from './track.ts';

export class Buckets {
  readonly track: Track;
  readonly step_s: number;
  private readonly width: number;
  private readonly least: Float64Array;
  private readonly greatest: Float64Array;
  /** 1 where the greatest value came after the least. */
  private readonly rising: Uint8Array;
  private readonly row: Float64Array;
  private bucket = Number.NaN;
  /** True while the two newest rows belong to the open bucket. */
  private growing = false;

  constructor(capacity: number, width: number, step_s: number) {
    this.track = new Track(capacity, width);
    this.step_s = step_s;
    this.width = width;
    this.least = new Float64Array(width);
    this.greatest = new Float64Array(width);
    this.rising = new Uint8Array(width);
    this.row = new Float64Array(width);
  }

  clear(): void {
    this.track.clear();
    this.bucket = Number.NaN;
    this.growing = false;
  }

  push(values: Float64Array, at = 0): void {
    const t = values[at] as number;
    const bucket = Math.floor(t / this.step_s);
    if (bucket !== this.bucket) this.open(bucket);
    this.absorb(values, at);
    this.emit(t);
  }

  /** A hole in time: the line ends here and starts anew with the next row. */
  breakAt(t: number): void {
    this.bucket = Number.NaN;
    this.growing = false;
    this.row.fill(Number.NaN);
    this.row[0] = t;
    this.track.push(this.row);
  }

  private open(bucket: number): void {
    this.bucket = bucket;
    this.growing = false;
    this.least.fill(Number.NaN);
    this.greatest.fill(Number.NaN);
    this.rising.fill(0);
  }

  private absorb(values: Float64Array, at: number): void {
    for (let c = 1; c < this.width; c++) {
      const value = values[at + c] as number;
      if (Number.isNaN(value)) continue;
      if (!(value >= (this.least[c] as number))) {
        this.least[c] = value;
        this.rising[c] = 0;
      }
      if (!(value <= (this.greatest[c] as number))) {
        this.greatest[c] = value;
        this.rising[c] = 1;
      }
    }
  }

  private emit(t: number): void {
    const start = this.bucket * this.step_s;
    this.emitRow(1, Math.min(t, start + 0.25 * this.step_s), this.least, this.greatest);
    this.emitRow(0, Math.min(t, start + 0.75 * this.step_s), this.greatest, this.least);
    this.growing = true;
  }

  private emitRow(back: number, t: number, ifRising: Float64Array, ifFalling: Float64Array): void {
    this.row[0] = t;
    for (let c = 1; c < this.width; c++) {
      this.row[c] = (this.rising[c] === 1 ? ifRising[c] : ifFalling[c]) as number;
    }
    if (this.growing) this.track.rewrite(back, this.row);
    else this.track.push(this.row);
  }
}
