// In: storms, gaps and detector flags in venue time. Out: shading, hatching and ticks on a plot.
// Every time axis shows them, so a storm always leaves its trace. Knows no series.
import { type ChaosFrame, Detector, enumName } from '@wavetank/abi';
import type uPlot from 'uplot';
import type { Desk } from '../model/desk.ts';
import type { Palette } from './palette.ts';
import { affine } from './paths.ts';

export interface Canvas {
  ctx: CanvasRenderingContext2D;
  /** Canvas pixels of the plotting area. */
  left: number;
  top: number;
  width: number;
  height: number;
  ratio: number;
  toX: (seconds: number) => number;
  toY: (value: number) => number;
}

export function canvasOf(u: uPlot): Canvas {
  const { left, top, width, height } = u.bbox;
  return {
    ctx: u.ctx,
    left,
    top,
    width,
    height,
    ratio: devicePixelRatio,
    toX: affine(u.scales.x as uPlot.Scale, left, width),
    toY: affine(u.scales.y as uPlot.Scale, top + height, -height),
  };
}

/** Runs `draw` clipped to the plotting area. */
export function inPlot(c: Canvas, draw: () => void): void {
  c.ctx.save();
  c.ctx.beginPath();
  c.ctx.rect(c.left, c.top, c.width, c.height);
  c.ctx.clip();
  draw();
  c.ctx.restore();
}

/** A moment without the stream must not pass for a line of the grid. */
const GAP_LEAST_PX = 4;

export function drawGaps(c: Canvas, desk: Desk, palette: Palette): void {
  for (const gap of desk.tracks.gaps) {
    const from = c.toX(gap.from_s);
    const until = Math.max(c.toX(gap.to_s), from + GAP_LEAST_PX * c.ratio);
    if (until < c.left || from > c.left + c.width) continue;
    hatch(c, from, until, palette.colour('gap'));
    edge(c, from, palette.colour('muted'));
    edge(c, until, palette.colour('muted'));
  }
}

/** Left of the gap, or right of the plot's edge; over the rows of the flags. */
export function nameGaps(c: Canvas, desk: Desk, palette: Palette): void {
  c.ctx.font = scaled(palette.font, c.ratio);
  c.ctx.textAlign = 'left';
  c.ctx.textBaseline = 'top';
  const top = c.top + c.height - (1 + FLAG_ROWS) * palette.rem * c.ratio - 3 * c.ratio;
  for (const { from_s, label } of desk.tracks.gaps) {
    const from = c.toX(from_s);
    if (from < c.left || from > c.left + c.width) continue;
    const { width } = c.ctx.measureText(label);
    const left = Math.max(c.left, from - 6 * c.ratio - width);
    plate(c, left, top, width, palette);
    c.ctx.fillStyle = palette.colour('muted');
    c.ctx.fillText(label, left, top + c.ratio);
  }
}

/** Rows of words over the plot's bottom. */
const FLAG_ROWS = 3;

export function drawFlags(c: Canvas, desk: Desk, palette: Palette, full: boolean): void {
  const size = 4 * c.ratio;
  let labelled = '';
  /** Right end of the newest label of each row, from the plot's bottom up. */
  const rows = new Array<number>(FLAG_ROWS).fill(c.left);
  for (const flag of desk.flags) {
    if (flag.symbol !== desk.symbol) continue;
    const x = Math.round(c.toX(flag.ts_run_ns / 1e9));
    if (x < c.left || x > c.left + c.width) continue;
    if (full) edge(c, x, palette.thin('flag', 0.4), [2 * c.ratio, 4 * c.ratio]);
    c.ctx.fillStyle = palette.colour('flag');
    triangle(c.ctx, x, c.top + c.height, size);
    const words = flagWords(flag);
    if (full && words !== labelled) flagLabel(c, words, x, { palette, rows });
    labelled = words;
  }
}

function flagWords(flag: ChaosFrame): string {
  const name = enumName(Detector, flag.detector) ?? `detector ${flag.detector}`;
  const hit = flag.truth_storm_id === 0 ? 'false flag' : `hit #${flag.truth_storm_id}`;
  return `${name} · ${hit}`;
}

interface FlagRows {
  palette: Palette;
  rows: number[];
}

/** Left of its mark, or right of it at the plot's edge, in the lowest row with room; else not at all. */
function flagLabel(c: Canvas, words: string, x: number, { palette, rows }: FlagRows): void {
  c.ctx.font = scaled(palette.font, c.ratio);
  c.ctx.textBaseline = 'bottom';
  c.ctx.textAlign = 'left';
  const { width } = c.ctx.measureText(words);
  const gap = 7 * c.ratio;
  const left = x - c.left < width + 2 * gap ? x + gap : x - gap - width;
  const row = rows.findIndex((end) => end <= left);
  if (row < 0) return;
  rows[row] = left + width + gap;
  const bottom = c.top + c.height - (2 + row * palette.rem) * c.ratio;
  plate(c, left, bottom - palette.rem * c.ratio, width, palette);
  c.ctx.fillStyle = palette.colour('flag');
  c.ctx.fillText(words, left, bottom);
}

const PLATE_ALPHA = 0.7;

/** Behind words of one line, so that no line of the plot runs through them. */
export function plate(c: Canvas, x: number, top: number, width: number, palette: Palette): void {
  c.ctx.fillStyle = palette.thin('plot', PLATE_ALPHA);
  c.ctx.fillRect(x - 2 * c.ratio, top, width + 4 * c.ratio, palette.rem * c.ratio);
}

function triangle(ctx: CanvasRenderingContext2D, x: number, y: number, size: number): void {
  ctx.beginPath();
  ctx.moveTo(x - size, y);
  ctx.lineTo(x + size, y);
  ctx.lineTo(x, y - 2 * size);
  ctx.fill();
}

export function edge(c: Canvas, x: number, style: string, dash: number[] = []): void {
  c.ctx.strokeStyle = style;
  c.ctx.lineWidth = c.ratio;
  c.ctx.setLineDash(dash);
  c.ctx.beginPath();
  c.ctx.moveTo(Math.round(x) + 0.5, c.top);
  c.ctx.lineTo(Math.round(x) + 0.5, c.top + c.height);
  c.ctx.stroke();
  c.ctx.setLineDash([]);
}

function hatch(c: Canvas, from: number, until: number, style: string): void {
  const step = 7 * c.ratio;
  c.ctx.save();
  c.ctx.beginPath();
  c.ctx.rect(from, c.top, until - from, c.height);
  c.ctx.clip();
  c.ctx.strokeStyle = style;
  c.ctx.lineWidth = c.ratio;
  c.ctx.beginPath();
  for (let x = from - c.height; x < until; x += step) {
    c.ctx.moveTo(x, c.top + c.height);
    c.ctx.lineTo(x + c.height, c.top);
  }
  c.ctx.stroke();
  c.ctx.restore();
}

const fonts = new Map<string, string>();

/** The instant under the pointer, on a strip without a chart. */
export function drawCrosshair(
  ctx: CanvasRenderingContext2D,
  desk: Desk,
  palette: Palette,
  toX: (seconds: number) => number,
): void {
  if (desk.sight.pointed_s === null) return;
  const x = Math.round(toX(desk.sight.pointed_s)) - 0.5;
  ctx.strokeStyle = palette.colour('text');
  ctx.lineWidth = devicePixelRatio;
  ctx.setLineDash([3, 3]);
  ctx.beginPath();
  ctx.moveTo(x, 0);
  ctx.lineTo(x, ctx.canvas.height);
  ctx.stroke();
  ctx.setLineDash([]);
}

/** A CSS font in canvas pixels: one string a font and ratio, which the canvas has parsed before. */
export function scaled(font: string, ratio: number): string {
  const key = `${ratio} ${font}`;
  const known = fonts.get(key);
  if (known !== undefined) return known;
  const made = font.replace(/^([\d.]+)px/, (_all, size) => `${Number(size) * ratio}px`);
  fonts.set(key, made);
  return made;
}
