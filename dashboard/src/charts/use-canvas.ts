// In: how a canvas is drawn and how often at most. Out: its ref; it is drawn again when the market, what
// is in sight, the theme or its size changed, fitted to the screen's pixels and empty.
import { type RefObject, useEffect, useRef } from 'react';
import { useAccess } from '../desk-context.ts';
import type { Desk } from '../model/desk.ts';
import { loop } from '../model/loop.ts';
import { type Palette, readPalette } from './palette.ts';

/** `ctx.canvas` is as wide and high as its element in pixels of the screen. */
export type Draw = (ctx: CanvasRenderingContext2D, desk: Desk, palette: Palette) => void;

export function useCanvas(hz: number, draw: Draw): RefObject<HTMLCanvasElement | null> {
  const { desk, theme } = useAccess();
  const canvas = useRef<HTMLCanvasElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: canvases read the theme's colours once
  useEffect(() => {
    const element = canvas.current;
    const ctx = element?.getContext('2d') ?? null;
    if (element === null || ctx === null) return;
    const palette = readPalette();
    let drawn = '';
    return loop.add(hz, () => {
      const { clientWidth, clientHeight } = element;
      const state = `${desk.version} ${desk.sight.version} ${desk.window_s} ${clientWidth} ${clientHeight}`;
      if (state === drawn) return;
      drawn = state;
      fit(element);
      ctx.clearRect(0, 0, element.width, element.height);
      draw(ctx, desk, palette);
    });
  }, [desk, theme, hz, draw]);
  return canvas;
}

function fit(canvas: HTMLCanvasElement): void {
  const width = Math.round(canvas.clientWidth * devicePixelRatio);
  const height = Math.round(canvas.clientHeight * devicePixelRatio);
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
}
