// What a live chart is made of. Types only; the six charts are in specs.ts.
import type { Banded } from '../model/bands.ts';
import type { Desk } from '../model/desk.ts';
import type { SeriesName } from '../model/series.ts';
import type { Colour } from './palette.ts';
import type { RangeRule } from './range.ts';

/** Empty room right of the newest point, as a share of what is in sight. */
export const SPEC_AHEAD = 0.015;

export type Row = (name: SeriesName) => number;

export interface LineSpec {
  label: string;
  colour: Colour;
  /** A line may change its unit with the instrument. */
  column: (desk: Desk) => SeriesName;
  /** `row` reads another column at the same instant. */
  text: (value: number, desk: Desk, row: Row) => string;
  width: number;
  dash?: number[];
  alpha?: number;
  stepped?: boolean;
  /** Drawn against the axis on the left instead of the one on the right. */
  left?: boolean;
}

/** The trailing mean ± 2σ of a column, behind the lines of the right axis. */
export interface BandSpec {
  colour: Colour;
  column: (desk: Desk) => Banded;
}

export interface AxisSpec {
  unit: (desk: Desk) => string;
  text: (value: number, desk: Desk) => string;
  range: (desk: Desk) => RangeRule;
  /** Width of the axis in rem. */
  gutter: number;
  /** Colour of its values, where two axes must be told apart. */
  colour?: Colour;
}

export interface ChartSpec {
  id: string;
  title: string;
  /** One sentence for people who cannot see the plot. */
  about: string;
  lines: LineSpec[];
  bands: BandSpec[];
  right: AxisSpec;
  left?: AxisSpec;
  /** Shown in the plot while its first line has no value in sight. */
  empty: (desk: Desk) => string;
  /** Prints as points, and the words of storms and flags in full. */
  isPrice?: boolean;
}
