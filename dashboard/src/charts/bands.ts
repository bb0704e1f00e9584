// In: the two edges of a trailing band as columns, the geometry of a plot. Out: the band, filled.
// One point a pixel column; a hole in the data is a hole in the band.
import type { Canvas } from './marks.ts';

export interface BandPoints {
  xs: Float64Array;
  low: Float64Array;
  high: Float64Array;
}

export function fillBand(c: Canvas, { xs, low, high }: BandPoints, style: string): void {
  c.ctx.fillStyle = style;
  let from = 0;
  while (from < xs.length) {
    if (Number.isNaN(low[from] as number)) {
      from += 1;
      continue;
    }
    let to = from;
    while (to < xs.length && !Number.isNaN(low[to] as number)) to += 1;
    c.ctx.beginPath();
    edge(c, xs, high, from, to, 1);
    edge(c, xs, low, to - 1, from - 1, -1);
    c.ctx.fill();
    from = to;
  }
}

function edge(
  c: Canvas,
  xs: Float64Array,
  ys: Float64Array,
  from: number,
  end: number,
  by: number,
): void {
  let before = Number.NaN;
  for (let i = from; i !== end; i += by) {
    const x = Math.round(c.toX(xs[i] as number));
    if (x === before) continue;
    c.ctx.lineTo(x, c.toY(ys[i] as number));
    before = x;
  }
}
