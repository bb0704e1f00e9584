// In: a chart spec. Out: its frame on the page: title, units, values of each line, the plot.
// React renders the frame once; the loop draws the plot and writes the values.
import { useEffect, useRef } from 'react';
import { useAccess, useDesk } from '../desk-context.ts';
import { tickFacts } from '../model/facts.ts';
import { loop } from '../model/loop.ts';
import { Facts } from '../panels/facts.tsx';
import css from './chart.module.css';
import { LiveChart, type Readouts } from './live-chart.ts';
import { readPalette } from './palette.ts';
import type { ChartSpec } from './spec.ts';
import 'uplot/dist/uPlot.min.css';

const DRAW_HZ = 20;
const CALM_HZ = 4;

function drawRate(): number {
  return matchMedia('(prefers-reduced-motion: reduce)').matches ? CALM_HZ : DRAW_HZ;
}

export function Chart({ spec, className }: { spec: ChartSpec; className?: string | undefined }) {
  const { desk, theme } = useAccess();
  const host = useRef<HTMLDivElement>(null);
  const out = useRef<Readouts>({ values: [], time: null, cell: null, note: null, unit: null });

  // biome-ignore lint/correctness/useExhaustiveDependencies: canvases read the theme's colours once
  useEffect(() => {
    const element = host.current;
    if (element === null) return;
    let palette = readPalette();
    let chart = new LiveChart(spec, element, desk, palette, out.current);
    let version = -1;
    let sight = '';
    const leave = loop.add(drawRate(), (now) => {
      const shown = `${desk.window_s} ${desk.sight.version} ${desk.isHeatShown}`;
      // What lies behind stands still, whatever comes.
      const isStill = version === desk.version || desk.sight.isBack || !chart.isBehind(now);
      if (shown === sight && isStill) return;
      version = desk.version;
      sight = shown;
      chart.draw(now);
    });
    const sizes = new ResizeObserver(() => {
      const fresh = readPalette();
      // Axes keep the type size they were made with: another size needs another plot.
      if (fresh.rem !== palette.rem) {
        palette = fresh;
        chart.destroy();
        chart = new LiveChart(spec, element, desk, palette, out.current);
      } else chart.resize(element.clientWidth, element.clientHeight);
      sight = '';
    });
    sizes.observe(element);
    return () => {
      leave();
      sizes.disconnect();
      chart.destroy();
    };
  }, [desk, spec, theme]);

  return (
    <section
      className={`${css.chart} ${className ?? ''}`}
      aria-label={`${spec.title}: ${spec.about}`}
    >
      <header className={css.head}>
        <h2 className={css.title}>{spec.title}</h2>
        <span
          className={css.unit}
          ref={(element) => {
            out.current.unit = element;
          }}
        />
        {spec.lines.map((line, at) => (
          <span
            key={`${line.label}${line.colour}`}
            className={css.line}
            hidden={isSilent(spec, at)}
          >
            {line.label !== '' && <Swatch colour={line.colour} dashed={line.dash !== undefined} />}
            {line.label}{' '}
            <b
              ref={(element) => {
                out.current.values[at] = element;
              }}
            />
          </span>
        ))}
        {spec.isPrice && <PrintKey />}
        {spec.isPrice && <HeatToggle />}
        {spec.isPrice && (
          <span
            className={css.cell}
            ref={(element) => {
              out.current.cell = element;
            }}
          />
        )}
        {spec.isPrice && (
          <span
            className={css.time}
            ref={(element) => {
              out.current.time = element;
            }}
          />
        )}
        <Facts read={tickFacts} />
      </header>
      <div className={css.plot}>
        <div className={css.host} ref={host} />
        <div
          className={css.note}
          ref={(element) => {
            out.current.note = element;
          }}
        />
      </div>
    </section>
  );
}

/** Ghosts of lines that have a name of their own need no second one. */
function isSilent(spec: ChartSpec, at: number): boolean {
  const line = spec.lines[at];
  return line !== undefined && line.label === '' && line.dash !== undefined;
}

function Swatch({ colour, dashed }: { colour: string; dashed: boolean }) {
  return (
    <i
      className={`${css.swatch} ${dashed ? css.dashed : ''}`}
      style={{ borderTopColor: `var(--${colour})` }}
    />
  );
}

function HeatToggle() {
  const { desk, publisher } = useAccess();
  const isShown = useDesk((shown) => shown.isHeatShown);
  return (
    <button
      type="button"
      className={css.toggle}
      aria-pressed={isShown}
      aria-label="Depth map"
      title="Resting size over time and price since this page opened; hatched: placed by storms"
      onClick={() => {
        desk.isHeatShown = !isShown;
        publisher.changed();
      }}
    >
      <i className={css.bids} />
      <i className={css.asks} />
      <i className={css.hatched} /> depth
    </button>
  );
}

function PrintKey() {
  return (
    <span className={css.marks}>
      <span className={css.buy}>▲ buy</span>
      <span className={css.sell}>▼ sell</span>
      <span>◆ hidden</span>
      <span className={css.ring}>◯ storm</span>
    </span>
  );
}
