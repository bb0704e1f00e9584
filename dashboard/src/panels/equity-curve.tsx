// In: equities as they were polled. Out: their curve, with holes where the target was away.
import { useEffect, useRef } from 'react';
import type { Equity } from '../model/equity.ts';
import css from './target-panel.module.css';

export function EquityCurve({ equity }: { equity: Equity }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const newest = equity.points.at(-1)?.at_ms;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new point is what asks for a new curve
  useEffect(() => {
    if (canvas.current !== null) drawCurve(canvas.current, equity);
  }, [equity, newest]);
  return (
    <canvas ref={canvas} className={css.curve} role="img" aria-label="Equity of the last minutes" />
  );
}

function drawCurve(canvas: HTMLCanvasElement, { points }: Equity): void {
  const ratio = devicePixelRatio;
  const width = Math.round(canvas.clientWidth * ratio);
  const height = Math.round(canvas.clientHeight * ratio);
  Object.assign(canvas, { width, height });
  const ctx = canvas.getContext('2d');
  const known = points.map((point) => point.equity).filter((value) => !Number.isNaN(value));
  if (ctx === null || known.length === 0) return;
  const low = Math.min(...known);
  const span = Math.max(...known) - low || 1;
  const style = getComputedStyle(canvas);
  ctx.strokeStyle = style.getPropertyValue('--mid');
  ctx.lineWidth = 1.25 * ratio;
  ctx.beginPath();
  let isDown = false;
  points.forEach((point, i) => {
    const x = (i / Math.max(1, points.length - 1)) * (width - 2) + 1;
    const y = height - 4 - ((point.equity - low) / span) * (height - 8);
    if (Number.isNaN(point.equity)) isDown = false;
    else if (isDown) ctx.lineTo(x, y);
    else ctx.moveTo(x, y);
    isDown = !Number.isNaN(point.equity);
  });
  ctx.stroke();
}
