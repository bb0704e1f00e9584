// In: a run, or two, as read back. Out: its price, spread and depth under one crosshair, and the PNG of
// what is drawn.
import { useEffect, useRef } from 'react';
import { scaled } from '../charts/marks.ts';
import { readPalette } from '../charts/palette.ts';
import { type Picture, type PlotSpec, RUN_PLOTS, RunPlot } from '../charts/run-plot.ts';
import { useAccess } from '../desk-context.ts';
import css from './run-dialog.module.css';
import 'uplot/dist/uPlot.min.css';

interface RunChartsProps {
  picture: Picture;
  /** Told the canvases that stand, from the price down. */
  drawn: Map<string, HTMLCanvasElement>;
}

export function RunCharts({ picture, drawn }: RunChartsProps) {
  return (
    <div className={css.charts}>
      {RUN_PLOTS.map((spec) => (
        <OneChart key={spec.title} spec={spec} picture={picture} drawn={drawn} />
      ))}
    </div>
  );
}

function OneChart({ spec, picture, drawn }: RunChartsProps & { spec: PlotSpec }) {
  const { theme } = useAccess();
  const host = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: canvases read the theme's colours once
  useEffect(() => {
    const element = host.current;
    if (element === null) return;
    const plot = new RunPlot(element, spec, picture, readPalette());
    const title = `${spec.title}, ${spec.unit} · ${picture.run.symbol} · run ${picture.run.run_id}`;
    drawn.set(title, plot.canvas);
    const sizes = new ResizeObserver(() => {
      const legend = element.querySelector<HTMLElement>('.u-legend')?.offsetHeight ?? 0;
      plot.resize(element.clientWidth, element.clientHeight - legend);
    });
    sizes.observe(element);
    return () => {
      sizes.disconnect();
      drawn.delete(title);
      plot.destroy();
    };
  }, [spec, picture, drawn, theme]);
  return (
    <section aria-label={`${spec.title} of the run`}>
      <h3>
        {spec.title} <small>{spec.unit}</small>
      </h3>
      <div ref={host} className={css.plot} />
    </section>
  );
}

/** All charts one below the other, each under its title, on the page's colour. */
export function stacked(canvases: Map<string, HTMLCanvasElement>): HTMLCanvasElement {
  const palette = readPalette();
  const sheet = document.createElement('canvas');
  const line = Math.round(palette.rem * 1.8 * devicePixelRatio);
  const all = [...canvases.values()];
  sheet.width = Math.max(1, ...all.map((canvas) => canvas.width));
  sheet.height = all.reduce((sum, canvas) => sum + line + canvas.height, 0);
  const ctx = sheet.getContext('2d');
  if (ctx === null) return sheet;
  ctx.fillStyle = palette.colour('plot');
  ctx.fillRect(0, 0, sheet.width, sheet.height);
  ctx.fillStyle = palette.colour('text');
  ctx.font = scaled(palette.font, devicePixelRatio);
  ctx.textBaseline = 'middle';
  let top = 0;
  for (const [title, canvas] of canvases) {
    ctx.fillText(title, line / 2, top + line / 2);
    ctx.drawImage(canvas, 0, top + line);
    top += line + canvas.height;
  }
  return sheet;
}
