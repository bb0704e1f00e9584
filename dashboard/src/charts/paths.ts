// In: columns of a track under an uPlot. Out: line paths that break at NaN and cost a pixel, not a point.
// Points that share a pixel column are drawn as that column's entry, extremes and exit.
import type uPlot from 'uplot';

type Line = (x: number, y: number) => void;

interface Pen {
  move: Line;
  line: Line;
}

/** `stepped`: the value holds until the next one, as a quote does. */
export function linePaths(stepped: boolean): uPlot.Series.PathBuilder {
  return (u, si, i0, i1) => {
    const series = u.series[si] as uPlot.Series;
    const xs = u.data[0] as unknown as Float64Array;
    const ys = u.data[si] as unknown as Float64Array;
    const stroke = new Path2D();
    const pen: Pen = {
      move: (x, y) => stroke.moveTo(x, y),
      line: (x, y) => stroke.lineTo(x, y),
    };
    const toX = affine(u.scales.x as uPlot.Scale, u.bbox.left, u.bbox.width);
    const toY = affine(u.scales[series.scale ?? 'y'] as uPlot.Scale, bottom(u), -u.bbox.height);
    trace(
      { xs, ys, from: Math.max(0, i0 - 1), to: Math.min(xs.length - 1, i1 + 1), toX, toY, stepped },
      pen,
    );
    return { stroke, fill: null, clip: null, band: null, gaps: [], flags: 0 };
  };
}

const bottom = (u: uPlot): number => u.bbox.top + u.bbox.height;

export function affine(scale: uPlot.Scale, start: number, length: number): (v: number) => number {
  const min = scale.min ?? 0;
  const factor = length / ((scale.max ?? 1) - min);
  return (value) => start + (value - min) * factor;
}

export interface Trace {
  xs: Float64Array;
  ys: Float64Array;
  from: number;
  to: number;
  toX: (x: number) => number;
  toY: (y: number) => number;
  stepped: boolean;
}

/** Draws one line; exported for its test. */
export function trace(t: Trace, pen: Pen): void {
  let column = Number.NaN;
  let low = 0;
  let high = 0;
  let exit = Number.NaN;
  const closeColumn = (): void => {
    if (low === high) return;
    pen.line(column, low);
    pen.line(column, high);
    pen.line(column, exit);
  };
  for (let i = t.from; i <= t.to; i++) {
    const value = t.ys[i] as number;
    if (Number.isNaN(value)) {
      closeColumn();
      exit = Number.NaN;
      column = Number.NaN;
      low = high = 0;
      continue;
    }
    const x = Math.round(t.toX(t.xs[i] as number));
    const y = t.toY(value);
    if (x === column) {
      low = Math.min(low, y);
      high = Math.max(high, y);
    } else {
      closeColumn();
      if (Number.isNaN(exit)) pen.move(x, y);
      else if (t.stepped) pen.line(x, exit);
      pen.line(x, y);
      column = x;
      low = high = y;
    }
    exit = y;
  }
  closeColumn();
}
