// In: the tape. Out: prints as points on the price plot, by aggressor, storm prints ringed.
// One path a class and one point a pixel, so a burst costs no more than a quiet minute.

import { Channel } from '@wavetank/abi';
import type { Desk } from '../model/desk.ts';
import { type Aggressor, aggressorOf } from '../model/tape.ts';
import type { Canvas } from './marks.ts';
import type { Colour, Palette } from './palette.ts';

const COLOURS: Record<Aggressor, Colour> = {
  buy: 'buy',
  sell: 'sell',
  hidden: 'muted',
  cross: 'mid',
};

/** Rings closer than this would hide what they ring. */
const RING_APART = 9;

export function drawPrints(c: Canvas, desk: Desk, palette: Palette): void {
  const paths: Record<Aggressor, Path2D> = {
    buy: new Path2D(),
    sell: new Path2D(),
    hidden: new Path2D(),
    cross: new Path2D(),
  };
  const rings = new Path2D();
  let lastX = Number.NaN;
  let lastY = Number.NaN;
  let ringX = Number.POSITIVE_INFINITY;
  for (let back = 0; back < desk.tape.length; back++) {
    const x = Math.round(c.toX(desk.tape.field(back, 0) / 1e9));
    if (x < c.left) break;
    const y = Math.round(c.toY(desk.tape.field(back, 1) / 10_000));
    if (x === lastX && y === lastY) continue;
    lastX = x;
    lastY = y;
    const aggressor = aggressorOf(desk.tape.field(back, 4), desk.tape.field(back, 6));
    const size = sizeOf(desk.tape.field(back, 2)) * c.ratio;
    mark(paths[aggressor], aggressor, x, y, size);
    const isStorm = desk.tape.field(back, 5) === Channel.Storm;
    if (isStorm && Math.abs(x - ringX) > RING_APART * c.ratio) {
      ring(rings, x, y, size + 2 * c.ratio);
      ringX = x;
    }
  }
  for (const aggressor of ['hidden', 'cross', 'sell', 'buy'] as const) {
    c.ctx.fillStyle = palette.colour(COLOURS[aggressor]);
    c.ctx.fill(paths[aggressor]);
  }
  c.ctx.strokeStyle = palette.colour('storm');
  c.ctx.lineWidth = c.ratio;
  c.ctx.stroke(rings);
}

/** Half the height in pixels: grows with the logarithm of the size. */
const sizeOf = (qty: number): number => Math.min(4.5, 1.4 + 0.4 * Math.log2(1 + qty / 50));

/** Left open: a fill closes it. */
function mark(path: Path2D, aggressor: Aggressor, x: number, y: number, s: number): void {
  if (aggressor === 'hidden' || aggressor === 'cross') {
    path.moveTo(x, y - s);
    path.lineTo(x + s, y);
    path.lineTo(x, y + s);
    path.lineTo(x - s, y);
  } else {
    const tip = aggressor === 'buy' ? -s : s;
    path.moveTo(x - s, y - tip);
    path.lineTo(x + s, y - tip);
    path.lineTo(x, y + tip);
  }
}

function ring(path: Path2D, x: number, y: number, s: number): void {
  path.moveTo(x + s, y);
  path.arc(x, y, s, 0, 2 * Math.PI);
}
