// In: the finest track that holds all of history and the storms. Out: the mid over all of history on a small canvas, storms
// shaded, what is not in sight dimmed. And the instant under a pointer.
import type { Palette } from '../charts/palette.ts';
import type { Desk } from '../model/desk.ts';
import { COLUMN } from '../model/series.ts';
import { clamp, type Span, windowFor } from '../model/sight.ts';

export function timeAt(canvas: HTMLCanvasElement, client_x: number, past: Span): number {
  const { left, width } = canvas.getBoundingClientRect();
  const share = clamp((client_x - left) / Math.max(1, width), 0, 1);
  return past.from_s + share * (past.to_s - past.from_s);
}

export function drawScrubber(ctx: CanvasRenderingContext2D, desk: Desk, palette: Palette): void {
  const { width, height } = ctx.canvas;
  const { past, span } = desk;
  const length = past.to_s - past.from_s;
  if (!(length > 0)) return;
  const toX = (t: number): number => clamp((t - past.from_s) / length, 0, 1) * width;
  ctx.fillStyle = palette.thin('storm', 0.35);
  // As on the charts, storms over one another are shaded as one.
  let shaded = 0;
  for (const storm of desk.storms.all) {
    if (storm.symbol !== desk.symbol) continue;
    const from = Math.max(shaded, toX(storm.started_s));
    const until = Math.max(toX(storm.started_s) + 2, toX(storm.ended_s ?? past.to_s));
    if (until > from) ctx.fillRect(from, 0, until - from, height);
    shaded = Math.max(shaded, until);
  }
  line(ctx, desk, toX, palette);
  ctx.fillStyle = palette.thin('plot', 0.65);
  ctx.fillRect(0, 0, toX(span.from_s), height);
  ctx.fillRect(toX(span.to_s), 0, width, height);
  ctx.strokeStyle = palette.colour('text');
  ctx.lineWidth = 2 * devicePixelRatio;
  const from = toX(span.from_s);
  ctx.strokeRect(from + 1, 1, Math.max(3, toX(span.to_s) - from - 2), height - 2);
}

function line(
  ctx: CanvasRenderingContext2D,
  desk: Desk,
  toX: (t: number) => number,
  palette: Palette,
): void {
  const track = desk.tracks.track(windowFor(desk.past.from_s, desk.past.to_s));
  const [times, mids] = [track.window(COLUMN.t_s), track.window(COLUMN.mid)];
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const mid of mids) {
    if (mid < low) low = mid;
    if (mid > high) high = mid;
  }
  const { height } = ctx.canvas;
  const factor = (height * 0.7) / (high - low || 1);
  ctx.strokeStyle = palette.colour('muted');
  ctx.lineWidth = devicePixelRatio;
  ctx.beginPath();
  let isDown = false;
  for (let i = 0; i < mids.length; i++) {
    const mid = mids[i] as number;
    if (Number.isNaN(mid)) isDown = false;
    else {
      const y = height * 0.85 - (mid - low) * factor;
      if (isDown) ctx.lineTo(toX(times[i] as number), y);
      else ctx.moveTo(toX(times[i] as number), y);
      isDown = true;
    }
  }
  ctx.stroke();
}
