// In: a preview, a canvas as large as its element in pixels of the screen, the row under the pointer. Out:
// the mid with the storm over the mid without it, seconds from firing, the storm's time shaded.
import { tickDecimals } from '../model/format.ts';
import type { Preview } from '../model/preview.ts';
import { timeSplits, timeStep } from '../model/venue-time.ts';
import { type Canvas, inPlot, scaled } from './marks.ts';
import type { Colour, Palette } from './palette.ts';
import { roundUp, valueSplits } from './range.ts';

const DOLLAR = 10_000;
/** In rem: the price axis on the right, the time axis below. */
const AXIS_WIDTH = 4.6;
const AXIS_HEIGHT = 1.5;
/** A market that hardly moves is drawn over this many ticks at least. */
const TICKS_LEAST = 8;

export interface PreviewPicture {
  preview: Preview;
  palette: Palette;
  /** Row under the pointer. */
  row: number | null;
  /** Virtual ms since the storm was fired, while it does what is drawn. */
  now_ms: number | null;
}

interface Scale {
  from_s: number;
  to_s: number;
  low: number;
  high: number;
}

export function drawPreview(ctx: CanvasRenderingContext2D, picture: PreviewPicture): void {
  const { preview, palette, row, now_ms } = picture;
  const scale = scaleOf(preview);
  const c = area(ctx, palette, scale);
  ctx.font = scaled(palette.font, c.ratio);
  axes(c, scale, picture);
  inPlot(c, () => {
    shade(c, preview, palette);
    line(c, preview, preview.points.mid_without, palette.colour('twin'), [3, 3]);
    line(c, preview, preview.points.mid, palette.colour('mid'));
    flags(c, preview, palette);
    if (now_ms !== null) passed(c, now_ms, palette);
  });
  if (row !== null) pointed(c, preview, row, palette);
}

/** The moment, in ms from firing, at a place of the element. */
export function momentAt(canvas: HTMLCanvasElement, client_x: number, preview: Preview): number {
  const { left, width } = canvas.getBoundingClientRect();
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  const plot = Math.max(1, width - AXIS_WIDTH * rem);
  return ((client_x - left) / plot) * (preview.until_ms - preview.at_ms);
}

function scaleOf({ points, at_ms, until_ms, tick_size }: Preview): Scale {
  const prices = [...points.mid, ...points.mid_without].filter((price) => price !== null);
  const [least, most] = [Math.min(...prices), Math.max(...prices)];
  const middle = (least + most) / 2;
  const half = Math.max((TICKS_LEAST * tick_size) / 2, ((most - least) / 2) * 1.15);
  const isEmpty = prices.length === 0;
  const [low, high] = isEmpty ? [0, DOLLAR] : [middle - half, middle + half];
  return { from_s: 0, to_s: Math.max(0.001, (until_ms - at_ms) / 1000), low, high };
}

function area(ctx: CanvasRenderingContext2D, palette: Palette, scale: Scale): Canvas {
  const ratio = devicePixelRatio;
  const width = ctx.canvas.width - AXIS_WIDTH * palette.rem * ratio;
  const height = ctx.canvas.height - AXIS_HEIGHT * palette.rem * ratio;
  return {
    ctx,
    left: 0,
    top: 0,
    width,
    height,
    ratio,
    toX: (s) => ((s - scale.from_s) / (scale.to_s - scale.from_s)) * width,
    toY: (price) => height - ((price - scale.low) / (scale.high - scale.low)) * height,
  };
}

function axes(c: Canvas, scale: Scale, { preview, palette }: PreviewPicture): void {
  const { ctx, ratio } = c;
  const rem = palette.rem * ratio;
  ctx.strokeStyle = palette.colour('grid');
  ctx.fillStyle = palette.colour('muted');
  ctx.lineWidth = ratio;
  ctx.textBaseline = 'middle';
  ctx.textAlign = 'left';
  const splits = valueSplits(scale.low, scale.high, Math.max(2, Math.floor(c.height / (2 * rem))));
  const step = roundUp((splits[1] ?? 0) - (splits[0] ?? 0));
  const decimals = step % 100 === 0 ? 2 : Math.max(3, tickDecimals(preview.tick_size));
  for (const price of splits) {
    const y = Math.round(c.toY(price)) + 0.5;
    stroke(ctx, [0, y], [c.width, y]);
    // A name at an edge would be cut.
    const beside = Math.max(0.5 * rem, Math.min(c.height - 0.3 * rem, y));
    ctx.fillText((price / DOLLAR).toFixed(decimals), c.width + 0.4 * rem, beside);
  }
  ctx.textBaseline = 'bottom';
  const seconds = timeStep(scale.to_s, Math.max(2, Math.floor(c.width / (4 * rem))));
  for (const s of timeSplits(0, scale.to_s, seconds)) {
    const x = Math.round(c.toX(s)) + 0.5;
    stroke(ctx, [x, 0], [x, c.height]);
    ctx.textAlign = s === 0 ? 'left' : 'center';
    if (x < c.width - rem) ctx.fillText(`${s} s`, x, ctx.canvas.height);
  }
}

/** The storm's own time, and fainter the time that what it displaced takes to return. */
function shade(c: Canvas, { duration_ms, facts }: Preview, palette: Palette): void {
  const end = c.toX(duration_ms / 1000);
  const calm = facts.calm_after_ms === null ? c.width : c.toX(facts.calm_after_ms / 1000);
  c.ctx.fillStyle = palette.thin('storm', 0.16);
  c.ctx.fillRect(0, 0, Math.min(end, c.width), c.height);
  c.ctx.fillStyle = palette.thin('storm', 0.07);
  if (calm > end) c.ctx.fillRect(end, 0, calm - end, c.height);
  c.ctx.strokeStyle = palette.thin('storm', 0.5);
  stroke(c.ctx, [Math.round(end) + 0.5, 0], [Math.round(end) + 0.5, c.height]);
}

function line(
  c: Canvas,
  { points }: Preview,
  prices: (number | null)[],
  colour: string,
  dash: number[] = [],
): void {
  const { ctx, ratio } = c;
  ctx.strokeStyle = colour;
  ctx.lineWidth = (dash.length > 0 ? 1.25 : 1.5) * ratio;
  ctx.setLineDash(dash.map((length) => length * ratio));
  ctx.beginPath();
  let isDown = false;
  for (const [i, price] of prices.entries()) {
    if (price === null) isDown = false;
    else {
      const [x, y] = [c.toX((points.after_ms[i] ?? 0) / 1000), c.toY(price)];
      if (isDown) ctx.lineTo(x, y);
      else ctx.moveTo(x, y);
      isDown = true;
    }
  }
  ctx.stroke();
  ctx.setLineDash([]);
}

function flags(c: Canvas, { facts }: Preview, palette: Palette): void {
  const { ctx, ratio } = c;
  ctx.fillStyle = palette.colour('flag');
  const size = 4 * ratio;
  for (const flag of facts.flags) {
    const x = c.toX(flag.after_ms / 1000);
    ctx.beginPath();
    ctx.moveTo(x - size, c.height);
    ctx.lineTo(x + size, c.height);
    ctx.lineTo(x, c.height - 2 * size);
    ctx.fill();
  }
}

/** What has happened is dimmed, as behind the hand of a clock. */
function passed(c: Canvas, now_ms: number, palette: Palette): void {
  const x = Math.round(c.toX(now_ms / 1000)) + 0.5;
  c.ctx.fillStyle = palette.thin('plot', 0.45);
  c.ctx.fillRect(0, 0, Math.min(x, c.width), c.height);
  c.ctx.strokeStyle = palette.colour('good');
  c.ctx.lineWidth = 2 * c.ratio;
  stroke(c.ctx, [x, 0], [x, c.height]);
}

function pointed(c: Canvas, { points }: Preview, row: number, palette: Palette): void {
  const { ctx, ratio } = c;
  const x = Math.round(c.toX((points.after_ms[row] ?? 0) / 1000)) + 0.5;
  ctx.strokeStyle = palette.colour('muted');
  ctx.lineWidth = ratio;
  stroke(ctx, [x, 0], [x, c.height]);
  const dots: [number | null | undefined, Colour][] = [
    [points.mid_without[row], 'twin'],
    [points.mid[row], 'mid'],
  ];
  for (const [price, colour] of dots) {
    if (price == null) continue;
    ctx.fillStyle = palette.colour(colour);
    ctx.beginPath();
    ctx.arc(x, c.toY(price), 3 * ratio, 0, 2 * Math.PI);
    ctx.fill();
  }
}

type Spot = [x: number, y: number];

function stroke(ctx: CanvasRenderingContext2D, from: Spot, to: Spot): void {
  ctx.beginPath();
  ctx.moveTo(...from);
  ctx.lineTo(...to);
  ctx.stroke();
}
