// In: storms as stretches of a plot. Out: shading that never adds up to a wall, names that never meet.
import type { Desk } from '../model/desk.ts';
import { type Canvas, edge, plate, scaled } from './marks.ts';
import type { Palette } from './palette.ts';

/** A storm in canvas pixels: it runs until `calm`, what it displaced returns until `until`. */
export interface StormSpan {
  from: number;
  calm: number;
  until: number;
  words: string;
  /** Where the words have no room. */
  initials: string;
}

/** The storms in sight, oldest first. */
export function stormSpans(c: Canvas, desk: Desk): StormSpan[] {
  const spans: StormSpan[] = [];
  for (const { symbol, kind, severity, id, started_s, returning_s, ended_s } of desk.storms.all) {
    if (symbol !== desk.symbol) continue;
    const from = c.toX(started_s);
    const until = c.toX(ended_s ?? desk.tracks.last_s);
    if (until < c.left || from > c.left + c.width) continue;
    const calm = returning_s === null ? until : c.toX(returning_s);
    spans.push({ from, calm, until, ...namesOf(kind, severity, id) });
  }
  return spans;
}

const RUNNING_ALPHA = 0.16;
const RETURNING_ALPHA = 0.07;

/** Storms over one another are shaded as one: lines and words stay readable. Edges tell them apart. */
export function shadeStorms(c: Canvas, spans: StormSpan[], palette: Palette): void {
  let shaded = c.left;
  for (const { from, calm, until } of spans) {
    shade(c, Math.max(from, shaded), calm, palette.thin('storm', RUNNING_ALPHA));
    shade(c, Math.max(calm, shaded), until, palette.thin('storm', RETURNING_ALPHA));
    edge(c, from, palette.colour('storm'));
    if (calm < until) edge(c, calm, palette.thin('storm', 0.5));
    shaded = Math.max(shaded, calm);
  }
}

function shade(c: Canvas, from: number, until: number, style: string): void {
  if (until <= from) return;
  c.ctx.fillStyle = style;
  c.ctx.fillRect(from, c.top, until - from, c.height);
}

interface NameStyle {
  palette: Palette;
  /** Whole words, whatever their storm's width. */
  full: boolean;
}

const ROWS = 4;

/** Each from its storm's beginning, in the first row that no storm of that time has; else without. */
export function nameStorms(c: Canvas, spans: StormSpan[], { palette, full }: NameStyle): void {
  const { ctx, ratio } = c;
  const high = palette.rem * ratio;
  ctx.font = scaled(palette.font, ratio);
  ctx.textAlign = 'left';
  ctx.textBaseline = 'top';
  /** Where a row's newest storm is over, and where its newest name ends. */
  const over = new Array<number>(ROWS).fill(c.left);
  const said = new Array<number>(ROWS).fill(c.left);
  for (const span of spans) {
    const from = Math.max(span.from, c.left);
    const room = Math.max(span.until - from, c.width * 0.12);
    const text = full || ctx.measureText(span.words).width + 8 < room ? span.words : span.initials;
    const { width } = ctx.measureText(text);
    // A storm that has just begun is named to the left of the plot's edge, not cut off by it.
    const most = c.left + c.width - width - 4 * ratio;
    const x = Math.max(c.left, Math.min(from + 6 * ratio, most));
    const free = over.findIndex((end, row) => end <= from && (said[row] as number) <= x);
    const row = free < 0 ? said.findIndex((end) => end <= x) : free;
    if (row < 0) continue;
    over[row] = span.until;
    said[row] = x + width + 6 * ratio;
    const y = c.top + 3 * ratio + row * high;
    plate(c, x, y - ratio, width, palette);
    ctx.fillStyle = palette.colour('storm');
    ctx.fillText(text, x, y);
  }
}

/** A storm's words, and what stands for them where there is no room. */
export const namesOf = (
  kind: string,
  severity: number,
  id: number,
): Pick<StormSpan, 'words' | 'initials'> => ({
  words: `${kind} ${severity.toFixed(2)} #${id}`,
  initials: `${kind.replace(/[^A-Z]/g, '')} #${id}`,
});
