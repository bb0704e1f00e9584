// In: rows in order of time. Out: for some columns the trailing mean ± 2σ, as two columns more a row.
// Weights fall by 1/e in thirty virtual seconds, so memory is one mean and one variance a column.
import { COLUMN, type SeriesName, WIDTH } from './series.ts';

export const BANDED = [
  'mid',
  'spread_ticks',
  'spread_bps',
  'bid_depth',
  'ask_depth',
  'imbalance',
  'vpin',
  'event_rate',
] as const satisfies SeriesName[];
export type Banded = (typeof BANDED)[number];

/** Width of a row with its bands. */
export const BANDED_WIDTH = WIDTH + 2 * BANDED.length;
/** Column of a band's lower edge; its upper edge is the next. */
export const bandColumn = (name: Banded): number => WIDTH + 2 * BANDED.indexOf(name);

export const MEMORY_S = 30;
/** A band of less than this says nothing yet. */
const LEAST_S = 5;
const SIGMAS = 2;

export class Bands {
  private readonly means = new Float64Array(BANDED.length);
  private readonly variances = new Float64Array(BANDED.length);
  private readonly begun = new Float64Array(BANDED.length);
  private last = Number.NaN;

  constructor() {
    this.clear();
  }

  clear(): void {
    this.begun.fill(Number.NaN);
    this.last = Number.NaN;
  }

  /** Writes the edges behind the columns of `row`; NaN while a column has no past. */
  extend(row: Float64Array): void {
    const t = row[COLUMN.t_s] as number;
    const share = 1 - Math.exp(-Math.max(0, t - this.last) / MEMORY_S);
    BANDED.forEach((name, at) => {
      const value = row[COLUMN[name]] as number;
      if (!Number.isNaN(value)) this.absorb(at, value, t, share);
      const isReady = t - (this.begun[at] as number) >= LEAST_S;
      const reach = isReady ? SIGMAS * Math.sqrt(this.variances[at] as number) : Number.NaN;
      row[WIDTH + 2 * at] = (this.means[at] as number) - reach;
      row[WIDTH + 2 * at + 1] = (this.means[at] as number) + reach;
    });
    this.last = t;
  }

  private absorb(at: number, value: number, t: number, share: number): void {
    if (Number.isNaN(this.begun[at] as number)) {
      this.begun[at] = t;
      this.means[at] = value;
      this.variances[at] = 0;
      return;
    }
    const off = value - (this.means[at] as number);
    this.means[at] = (this.means[at] as number) + share * off;
    this.variances[at] = (1 - share) * ((this.variances[at] as number) + share * off * off);
  }
}
