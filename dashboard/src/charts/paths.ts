// In: columns of a track under an uPlot. Out: line paths that break at NaN and cost a pixel, not a point.
// Points that share a pixel column are drawn as that column's entry, extremes and exit.
import type uPlot from 'uplot';

/** What a line is drawn with: a Path2D, or a test. */
export type Pen = Pick<Path2D, 'moveTo' | 'lineTo'>;

/** Place of a value: `start + (value - min) * factor`. */
export interface Axis {
  start: number;
  min: number;
  factor: number;
}

/** `stepped`: the value holds until the next one, as a quote does. */
export function linePaths(stepped: boolean): uPlot.Series.PathBuilder {
  return (u, si, i0, i1) => {
    const series = u.series[si] as uPlot.Series;
    const xs = u.data[0] as unknown as Float64Array;
    const ys = u.data[si] as unknown as Float64Array;
    const stroke = new Path2D();
    const { left, top, width, height } = u.bbox;
    const x = axisOf(u.scales.x as uPlot.Scale, left, width);
    const y = axisOf(u.scales[series.scale ?? 'y'] as uPlot.Scale, top + height, -height);
    const from = Math.max(0, i0 - 1);
    const to = Math.min(xs.length - 1, i1 + 1);
    trace({ xs, ys, from, to, x, y, stepped }, stroke);
    return { stroke, fill: null, clip: null, band: null, gaps: [], flags: 0 };
  };
}

export function axisOf(scale: uPlot.Scale, start: number, length: number): Axis {
  const min = scale.min ?? 0;
  return { start, min, factor: length / ((scale.max ?? 1) - min) };
}

export function affine(scale: uPlot.Scale, start: number, length: number): (v: number) => number {
  const { min, factor } = axisOf(scale, start, length);
  return (value) => start + (value - min) * factor;
}

export interface Trace {
  xs: Float64Array;
  ys: Float64Array;
  from: number;
  to: number;
  x: Axis;
  y: Axis;
  stepped: boolean;
}

/** Draws one line; exported for its test. Calls nothing for a point but the pen: it is the hot loop. */
export function trace({ xs, ys, from, to, x: ax, y: ay, stepped }: Trace, pen: Pen): void {
  let column = Number.NaN;
  let low = 0;
  let high = 0;
  let exit = Number.NaN;
  for (let i = from; i <= to; i++) {
    const y = ay.start + ((ys[i] as number) - ay.min) * ay.factor;
    const x = Math.round(ax.start + ((xs[i] as number) - ax.min) * ax.factor);
    if (x === column && !Number.isNaN(y)) {
      if (y < low) low = y;
      if (y > high) high = y;
      exit = y;
      continue;
    }
    if (low !== high) closeColumn(pen, column, low, high, exit);
    if (Number.isNaN(y)) {
      exit = column = Number.NaN;
      low = high = 0;
      continue;
    }
    if (Number.isNaN(exit)) pen.moveTo(x, y);
    else if (stepped) pen.lineTo(x, exit);
    pen.lineTo(x, y);
    column = x;
    low = high = exit = y;
  }
  if (low !== high) closeColumn(pen, column, low, high, exit);
}

function closeColumn(pen: Pen, x: number, low: number, high: number, exit: number): void {
  pen.lineTo(x, low);
  pen.lineTo(x, high);
  pen.lineTo(x, exit);
}
