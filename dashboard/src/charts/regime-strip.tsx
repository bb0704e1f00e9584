// In: the regime column of the track. Out: a strip of named stretches under the price's time axis.
import { enumName, Regime } from '@wavetank/abi';
import { useDesk } from '../desk-context.ts';
import type { Desk } from '../model/desk.ts';
import { tickFacts } from '../model/facts.ts';
import { COLUMN } from '../model/series.ts';
import { Facts } from '../panels/facts.tsx';
import { drawCrosshair, scaled } from './marks.ts';
import type { Colour, Palette } from './palette.ts';
import css from './regime-strip.module.css';
import { SPEC_AHEAD } from './spec.ts';
import { useCanvas } from './use-canvas.ts';

const DRAW_HZ = 10;

export function RegimeStrip() {
  const canvas = useCanvas(DRAW_HZ, drawStrip);
  const now = useDesk(({ tick }) => enumName(Regime, tick?.regime ?? Regime.Unknown) ?? 'Unknown');
  return (
    <section className={css.strip} aria-label="Market regime over time; the newest on the right">
      <canvas ref={canvas} />
      <Facts read={tickFacts} />
      <span className={css.now} aria-live="polite">
        {now}
      </span>
    </section>
  );
}

function drawStrip(ctx: CanvasRenderingContext2D, desk: Desk, palette: Palette): void {
  const ratio = devicePixelRatio;
  const { width, height } = ctx.canvas;
  ctx.font = scaled(palette.font, ratio);
  ctx.textBaseline = 'middle';
  const { track } = desk;
  const times = track.window(COLUMN.t_s);
  const regimes = track.window(COLUMN.regime);
  const { from_s: from, to_s: until } = desk.span;
  const toX = (t: number): number => ((t - from) / ((until - from) * (1 + SPEC_AHEAD))) * width;
  let at = track.lowerBound(COLUMN.t_s, from);
  while (at < times.length && (times[at] as number) < until) {
    const regime = regimes[at] as number;
    const begin = at;
    while (at < times.length && Object.is(regimes[at], regime)) at += 1;
    const end = at < times.length ? (times[at] as number) : until;
    if (Number.isNaN(regime)) continue;
    stretch(
      ctx,
      { regime, left: toX(times[begin] as number), right: toX(end), height, ratio },
      palette,
    );
  }
  drawCrosshair(ctx, desk, palette, toX);
}

interface Stretch {
  regime: number;
  left: number;
  right: number;
  height: number;
  ratio: number;
}

function stretch(ctx: CanvasRenderingContext2D, s: Stretch, palette: Palette): void {
  const left = Math.max(0, s.left);
  ctx.fillStyle = palette.colour(`regime-${s.regime}` as Colour);
  ctx.fillRect(left, 0, Math.max(1, s.right - left), s.height);
  const name = enumName(Regime, s.regime) ?? '';
  if (ctx.measureText(name).width + 10 * s.ratio > s.right - left) return;
  ctx.fillStyle = palette.colour('text');
  ctx.fillText(name, left + 5 * s.ratio, s.height / 2 + s.ratio * 0.5);
}
