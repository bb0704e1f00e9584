// In: the regime column of the track. Out: a strip of named stretches under the price's time axis.
import { enumName, Regime } from '@wavetank/abi';
import { useEffect, useRef } from 'react';
import { useAccess } from '../desk-context.ts';
import type { Desk } from '../model/desk.ts';
import { loop } from '../model/loop.ts';
import { COLUMN } from '../model/series.ts';
import { scaled } from './marks.ts';
import { type Colour, type Palette, readPalette } from './palette.ts';
import css from './regime-strip.module.css';
import { SPEC_AHEAD } from './spec.ts';

const DRAW_HZ = 10;

export function RegimeStrip() {
  const { desk, theme } = useAccess();
  const canvas = useRef<HTMLCanvasElement>(null);
  const now = useRef<HTMLSpanElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: canvases read the theme's colours once
  useEffect(() => {
    const element = canvas.current;
    if (element === null) return;
    const palette = readPalette();
    return loop.add(DRAW_HZ, () => {
      drawStrip(element, desk, palette);
      const name = enumName(Regime, desk.tick?.regime ?? Regime.Unknown) ?? 'Unknown';
      if (now.current !== null && now.current.textContent !== name) now.current.textContent = name;
    });
  }, [desk, theme]);
  return (
    <section className={css.strip} aria-label="Market regime over time; the newest on the right">
      <canvas ref={canvas} />
      <span ref={now} className={css.now} aria-live="polite" />
    </section>
  );
}

function drawStrip(canvas: HTMLCanvasElement, desk: Desk, palette: Palette): void {
  const ratio = devicePixelRatio;
  const width = Math.round(canvas.clientWidth * ratio);
  const height = Math.round(canvas.clientHeight * ratio);
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  const ctx = canvas.getContext('2d');
  if (ctx === null) return;
  ctx.clearRect(0, 0, width, height);
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
