// In: what history holds and what the charts show. Out: a strip over all of it, with the stretch in
// sight to drag, and the way back to the newest instant. Keys: arrows, Home, End, + and −.
import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { useCanvas } from '../charts/use-canvas.ts';
import { useAccess, useDesk } from '../desk-context.ts';
import type { Desk } from '../model/desk.ts';
import { clockText, durationText, ZONE } from '../model/venue-time.ts';
import { Live } from './live.tsx';
import css from './scrubber.module.css';
import { drawScrubber, timeAt } from './scrubber-plot.ts';
import { WindowPicker } from './window-picker.tsx';

const DRAW_HZ = 4;

const spanWords = ({ span, sight, past }: Desk): string => {
  if (past.to_s === Number.NEGATIVE_INFINITY) return 'no history yet';
  const length = durationText(span.to_s - span.from_s);
  if (!sight.isBack && past.from_s >= span.from_s) {
    return `all ${durationText(past.to_s - past.from_s)}`;
  }
  if (!sight.isBack) return `newest ${length} of ${durationText(past.to_s - past.from_s)}`;
  return `${clockText(span.from_s)}–${clockText(span.to_s)} ${ZONE}, ${length}`;
};

export function Scrubber() {
  const { desk } = useAccess();
  const isBack = useDesk((shown) => shown.sight.isBack);
  const hasStorms = useDesk((shown) => shown.storms.all.some((one) => one.symbol === shown.symbol));
  return (
    <section className={`${css.scrubber} ${isBack ? css.back : ''}`} aria-label="History">
      <span className={css.words}>
        <Live read={spanWords} />
      </span>
      <WindowPicker />
      <Strip desk={desk} />
      <span className={css.jumps}>
        <button
          type="button"
          disabled={!hasStorms}
          title="Jump to the storm before, key ["
          aria-label="Jump to the storm before"
          onClick={() => desk.showStorm(-1)}
        >
          ‹
        </button>
        storm
        <button
          type="button"
          disabled={!hasStorms}
          title="Jump to the storm after, key ]"
          aria-label="Jump to the storm after"
          onClick={() => desk.showStorm(1)}
        >
          ›
        </button>
      </span>
      <button type="button" disabled={!isBack} onClick={() => desk.sight.live()}>
        Live
      </button>
    </section>
  );
}

function Strip({ desk }: { desk: Desk }) {
  const canvas = useCanvas(DRAW_HZ, drawScrubber);
  /** Seconds between the middle of the stretch and the pointer that holds it. */
  const held = useRef<number | null>(null);
  const span = useDesk((shown) => shown.span);
  const past = useDesk((shown) => shown.past);

  const move = (event: PointerEvent<HTMLCanvasElement>): void => {
    if (held.current === null) return;
    const half = (desk.span.to_s - desk.span.from_s) / 2;
    const middle = timeAt(event.currentTarget, event.clientX, desk.past) + held.current;
    desk.sight.show({ from_s: middle - half, to_s: middle + half }, desk.past);
  };
  const grab = (event: PointerEvent<HTMLCanvasElement>): void => {
    event.currentTarget.setPointerCapture(event.pointerId);
    const at = timeAt(event.currentTarget, event.clientX, desk.past);
    const { from_s, to_s } = desk.span;
    const isInside = at >= from_s && at <= to_s;
    held.current = isInside ? (from_s + to_s) / 2 - at : 0;
    if (!isInside) move(event);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!steer(desk, event.key)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <canvas
      ref={canvas}
      role="slider"
      tabIndex={0}
      aria-label="Stretch of history in the charts"
      aria-valuemin={Math.floor(Math.max(0, past.from_s))}
      aria-valuemax={Math.floor(Math.max(0, past.to_s))}
      aria-valuenow={Math.floor(Math.max(0, span.to_s))}
      aria-valuetext={`up to ${clockText(span.to_s)} ${ZONE}`}
      onPointerDown={grab}
      onPointerMove={move}
      onPointerUp={() => {
        held.current = null;
      }}
      onDoubleClick={() => desk.sight.live()}
      onKeyDown={onKeyDown}
    />
  );
}

/** True when the key means something here. */
export function steer(desk: Desk, key: string): boolean {
  const { sight, span, past } = desk;
  const middle = (span.from_s + span.to_s) / 2;
  if (key === 'ArrowLeft') sight.pan(-0.25, span, past);
  else if (key === 'ArrowRight') sight.pan(0.25, span, past);
  else if (key === '+' || key === '=') sight.zoom(0.5, middle, span, past);
  else if (key === '-') sight.zoom(2, middle, span, past);
  else if (key === 'Home') sight.pan(-1e6, span, past);
  else if (key === 'End') sight.live();
  else return false;
  return true;
}
