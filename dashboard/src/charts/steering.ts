// In: wheel, fingers and drags over a chart. Out: the stretch of time that all charts show, and the
// instant under the pointer.
import type uPlot from 'uplot';
import type { Desk } from '../model/desk.ts';
import { clamp } from '../model/sight.ts';
import { onPinch } from './pinch.ts';

/** A drag shorter than this is a click. */
export const DRAG_PX = 8;
/** One notch of a wheel, 100, zooms by a quarter. */
const ZOOM_BASE = 1.0022;
const WHEEL_MOST = 240;
/** Where uPlot hides its crosshair. */
const NOWHERE = -10;

/** What it returns is called after each drawing: time may have moved under a pointer at rest. */
export function steer(plot: uPlot, desk: Desk): () => void {
  const { over } = plot;
  const { sight } = desk;
  const timeAt = (x: number): number => plot.posToVal(x, 'x');
  let pointer: number | null = null;
  let wasAimed = false;
  const repoint = (): void => {
    if (pointer !== null && !sight.isAimed) sight.point(timeAt(pointer));
    if (!sight.isAimed && !wasAimed) return;
    wasAimed = sight.isAimed;
    // What a key points at is an instant: it goes with the plot, and off it.
    const at = sight.isAimed ? plot.valToPos(sight.pointed_s ?? Number.NaN, 'x') : NOWHERE;
    const left = at >= 0 && at <= over.clientWidth ? at : NOWHERE;
    plot.setCursor({ left, top: Math.min(left, 0) });
  };
  const turn = (event: WheelEvent): void => {
    event.preventDefault();
    const { deltaX, deltaY, offsetX } = event;
    const isSideways = event.shiftKey || Math.abs(deltaX) > Math.abs(deltaY);
    const turned = clamp(isSideways ? deltaX || deltaY : deltaY, -WHEEL_MOST, WHEEL_MOST);
    const at_s = Math.min(timeAt(offsetX), desk.span.to_s);
    if (isSideways) sight.pan(turned / 1000, desk.span, desk.past);
    else sight.zoom(ZOOM_BASE ** turned, at_s, desk.span, desk.past);
  };
  over.addEventListener('wheel', turn, { passive: false });
  over.addEventListener('pointermove', ({ offsetX }) => {
    pointer = offsetX;
    sight.isAimed = false;
    repoint();
  });
  over.addEventListener('pointerleave', () => {
    pointer = null;
    sight.point(null);
  });
  onPinch(over, ({ factor, share, x }) => {
    const at_s = Math.min(timeAt(x), desk.span.to_s);
    if (factor !== 1) sight.zoom(factor, at_s, desk.span, desk.past);
    if (share !== 0) sight.pan(share, desk.span, desk.past);
  });
  return repoint;
}

/** A stretch was dragged over one of the charts. */
export function showSelected(u: uPlot, desk: Desk): void {
  const { left, width } = u.select;
  if (width < DRAG_PX) return;
  u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
  const from_s = u.posToVal(left, 'x');
  desk.sight.show({ from_s, to_s: u.posToVal(left + width, 'x') }, desk.past);
}
