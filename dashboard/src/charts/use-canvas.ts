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
    let palette = readPalette();
    let drawn = '';
    // Another size of the page may be another size of its type.
    const sizes = new ResizeObserver(() => {
      palette = readPalette();
      element.width = Math.round(element.clientWidth * devicePixelRatio);
      element.height = Math.round(element.clientHeight * devicePixelRatio);
      drawn = '';
    });
    sizes.observe(element);
    const leave = loop.add(hz, () => {
      const { version, sight, window_s } = desk;
      const state = `${version} ${sight.version} ${sight.pointed_s} ${window_s}`;
      if (state === drawn) return;
      drawn = state;
      ctx.clearRect(0, 0, element.width, element.height);
      draw(ctx, desk, palette);
    });
    return () => {
      leave();
      sizes.disconnect();
    };
  }, [desk, theme, hz, draw]);
  return canvas;
}
