// In: rows of ticks, holes, history. Out: for each time window the track that fits it on a screen, bands
// included.
// Five tracks of 3,600 rows cover a minute to a day; memory never grows. Knows no chart.
import { BANDED_WIDTH, Bands } from './bands.ts';
import { Buckets } from './buckets.ts';
import { COLUMN, WIDTH } from './series.ts';
import { Track } from './track.ts';

export const POINTS = 3600;
/** Time windows a person can choose, in virtual seconds. */
export const WINDOWS_S = [60, 300, 1800, 7200] as const;
export type WindowS = (typeof WINDOWS_S)[number];
/** What is kept: the windows, and a whole day for looking further back. */
export const GRAINS_S = [...WINDOWS_S, 86_400] as const;
export type GrainS = (typeof GRAINS_S)[number];
export const LONGEST_S: GrainS = GRAINS_S[GRAINS_S.length - 1] as GrainS;

export interface Gap {
  from_s: number;
  to_s: number;
  label: string;
}

const GAPS_MOST = 64;
const RAW_WINDOW_S = GRAINS_S[0];

export class Tracks {
  readonly gaps: Gap[] = [];
  private readonly raw = new Track(POINTS, BANDED_WIDTH);
  private readonly coarse = GRAINS_S.slice(1).map(
    (window) => new Buckets(POINTS, BANDED_WIDTH, (2 * window) / POINTS),
  );
  private readonly bands = new Bands();
  private readonly row = new Float64Array(BANDED_WIDTH);
  private last = Number.NEGATIVE_INFINITY;
  private first = Number.NaN;

  /** Virtual seconds of the oldest row that is kept; NaN before the first. */
  get first_s(): number {
    const longest = this.track(LONGEST_S);
    // The rows of a step stand somewhere inside it: they tell only what was forgotten.
    return longest.length < longest.capacity ? this.first : longest.value(COLUMN.t_s, 0);
  }

  /** Virtual seconds of the newest row; -Infinity before the first. */
  get last_s(): number {
    return this.last;
  }

  clear(): void {
    this.raw.clear();
    for (const buckets of this.coarse) buckets.clear();
    this.bands.clear();
    this.gaps.length = 0;
    this.last = Number.NEGATIVE_INFINITY;
    this.first = Number.NaN;
  }

  /** Rows that repeat an instant (a tick sent in two classes) are skipped. */
  push(row: Float64Array, at = 0): void {
    const t = row[at] as number;
    if (t <= this.last) return;
    this.last = t;
    if (Number.isNaN(this.first)) this.first = t;
    for (let c = 0; c < WIDTH; c++) this.row[c] = row[at + c] as number;
    this.bands.extend(this.row);
    this.raw.push(this.row);
    for (const buckets of this.coarse) buckets.push(this.row);
  }

  /** Marks that nothing was seen between the newest row and `to_s`. */
  gap(to_s: number, label: string): void {
    if (this.last === Number.NEGATIVE_INFINITY || to_s <= this.last) return;
    this.gaps.push({ from_s: this.last, to_s, label });
    if (this.gaps.length > GAPS_MOST) this.gaps.shift();
    this.breakAt(this.last);
  }

  /** Puts older rows before what is there: what happened before this page was open. */
  backfill(rows: Float64Array, count: number): void {
    const seen = this.copyRaw();
    const gaps = this.gaps.slice();
    const first = seen.length > 0 ? (seen[0] as number) : Number.POSITIVE_INFINITY;
    this.clear();
    for (let r = 0; r < count; r++) {
      if ((rows[r * WIDTH] as number) < first) this.push(rows, r * WIDTH);
    }
    for (let at = 0; at < seen.length; at += WIDTH) {
      const isBreak = Number.isNaN(seen[at + COLUMN.regime] as number);
      if (isBreak) this.breakAt(seen[at] as number);
      else this.push(seen, at);
    }
    this.gaps.push(...gaps);
  }

  /** The finest track that covers the window. */
  track(window_s: GrainS): Track {
    if (window_s === RAW_WINDOW_S) return this.raw;
    const at = GRAINS_S.indexOf(window_s) - 1;
    return (this.coarse[at] as Buckets).track;
  }

  private breakAt(t: number): void {
    this.row.fill(Number.NaN);
    this.row[0] = t;
    this.raw.push(this.row);
    for (const buckets of this.coarse) buckets.breakAt(t);
  }

  private copyRaw(): Float64Array {
    const out = new Float64Array(this.raw.length * WIDTH);
    for (let c = 0; c < WIDTH; c++) {
      const column = this.raw.window(c);
      for (let r = 0; r < column.length; r++) out[r * WIDTH + c] = column[r] as number;
    }
    return out;
  }
}
