// In: one recorded run, or two on one axis, and which measure. Out: an uPlot with axes, units, a shared
// crosshair, storms shaded, flags and the first divergence marked. Static: it is read, not live.
import uPlot from 'uplot';
import { shortCount, significant } from '../model/format.ts';
import {
  aligned,
  type Measure,
  type RecordedRun,
  type RecordedStorm,
} from '../model/recorded-run.ts';
import { clockText, timeSplits, timeStep, ZONE } from '../model/venue-time.ts';
import { type Canvas, canvasOf, inPlot } from './marks.ts';
import type { Colour, Palette } from './palette.ts';
import { nameStorms, namesOf, type StormSpan, shadeStorms } from './storm-marks.ts';

export interface Picture {
  run: RecordedRun;
  /** Another run over it, and the seconds its times are moved by. */
  other: { run: RecordedRun; shift_s: number } | null;
  /** Where the two part, on the axis of `run`. */
  divergence_s: number | null;
}

export interface PlotSpec {
  title: string;
  unit: string;
  lines: { measure: Measure; label: string; colour: Colour }[];
  text: (value: number) => string;
}

const dollars = (value: number): string => value.toFixed(value < 1 ? 4 : 2);

/** The measures of a run that are drawn, from the price down. */
export const RUN_PLOTS: PlotSpec[] = [
  {
    title: 'Price',
    unit: '$',
    lines: [
      { measure: 'twin_mid', label: 'twin', colour: 'twin' },
      { measure: 'mid', label: 'mid', colour: 'mid' },
    ],
    text: dollars,
  },
  {
    title: 'Spread',
    unit: 'bps',
    lines: [{ measure: 'spread_bps', label: 'spread', colour: 'mid' }],
    text: (value) => significant(value, 2),
  },
  {
    title: 'Depth, ten levels',
    unit: 'shares',
    lines: [
      { measure: 'bid_depth', label: 'bid', colour: 'buy' },
      { measure: 'ask_depth', label: 'ask', colour: 'sell' },
    ],
    text: shortCount,
  },
];

/** The other run's twin would only say again what this one's does, or what another source was. */
const ghostsOf = (spec: PlotSpec): PlotSpec['lines'] =>
  spec.lines.filter(({ measure }) => measure !== 'twin_mid');

const CROSSHAIR = 'run';

export class RunPlot {
  private readonly plot: uPlot;
  private readonly picture: Picture;
  private readonly palette: Palette;

  constructor(host: HTMLElement, spec: PlotSpec, picture: Picture, palette: Palette) {
    this.picture = picture;
    this.palette = palette;
    const { run, other } = picture;
    const asked = [
      ...(other === null ? [] : ghostsOf(spec).map(({ measure }) => ({ measure, ...other }))),
      ...spec.lines.map(({ measure }) => ({ measure, run, shift_s: 0 })),
    ];
    const { t_s, columns } = aligned(asked);
    this.plot = new uPlot(this.options(host, spec), [t_s, ...columns], host);
  }

  get canvas(): HTMLCanvasElement {
    return this.plot.ctx.canvas;
  }

  destroy(): void {
    this.plot.destroy();
  }

  resize(width: number, height: number): void {
    if (width > 40 && height > 20) this.plot.setSize({ width, height });
  }

  private options(host: HTMLElement, spec: PlotSpec): uPlot.Options {
    const { palette, picture } = this;
    const isTwo = picture.other !== null;
    const value = (_u: uPlot, shown: number | null): string =>
      shown === null ? '–' : spec.text(shown);
    const points = { show: false };
    const ghosts = ghostsOf(spec).map(({ label, colour }) => ({
      label: `${label}, other run`,
      stroke: palette.colour(colour === 'mid' ? 'micro' : colour),
      ...(colour === 'mid' ? {} : { dash: [5, 3] }),
      width: 1,
      value,
      points,
    }));
    const lines = spec.lines.map(({ label, colour }) => ({
      label,
      stroke: palette.colour(colour),
      width: colour === 'twin' ? 1 : 1.5,
      ...(colour === 'twin' ? { dash: [3, 3] } : {}),
      value,
      points,
    }));
    return {
      width: Math.max(60, host.clientWidth),
      height: Math.max(40, host.clientHeight),
      legend: { live: true, markers: { width: 2, dash: dashOf } },
      cursor: { y: false, sync: { key: CROSSHAIR }, drag: { x: true, y: false } },
      scales: { x: { time: false } },
      axes: [this.timeAxis(), this.valueAxis(spec)],
      series: [
        { label: ZONE, value: (_u, value) => (value === null ? '–' : clockText(value)) },
        ...(isTwo ? ghosts : []),
        ...lines,
      ],
      hooks: { drawClear: [(u) => this.mark(u)], draw: [(u) => this.name(u)] },
    };
  }

  private timeAxis(): uPlot.Axis {
    const { palette } = this;
    return {
      font: palette.font,
      size: Math.round(palette.rem * 1.5),
      stroke: palette.colour('muted'),
      grid: { stroke: palette.colour('grid'), width: 1 },
      ticks: { show: false },
      splits: (u, _axis, min, max) => {
        const most = Math.max(2, Math.floor(u.width / (palette.rem * 7)));
        return timeSplits(min, max, timeStep(max - min, most));
      },
      values: (_u, splits) => splits.map((value) => clockText(value)),
    };
  }

  private valueAxis(spec: PlotSpec): uPlot.Axis {
    const { palette } = this;
    return {
      side: 1,
      size: Math.round(palette.rem * 5),
      font: palette.font,
      stroke: palette.colour('muted'),
      grid: { stroke: palette.colour('grid'), width: 1 },
      ticks: { show: false },
      values: (_u, splits) => splits.map((value) => spec.text(value)),
    };
  }

  private name(u: uPlot): void {
    const c = canvasOf(u);
    const { palette, picture } = this;
    inPlot(c, () => nameStorms(c, spansOf(c, picture.run), { palette, full: false }));
  }

  private mark(u: uPlot): void {
    const { palette, picture } = this;
    const c = canvasOf(u);
    inPlot(c, () => {
      shadeStorms(c, spansOf(c, picture.run), palette);
      c.ctx.fillStyle = palette.colour('flag');
      for (const flag of picture.run.flags) {
        c.ctx.fillRect(
          c.toX(flag.t_s) - c.ratio,
          c.top + c.height - 5 * c.ratio,
          2 * c.ratio,
          5 * c.ratio,
        );
      }
      if (picture.divergence_s === null) return;
      c.ctx.fillStyle = palette.colour('danger');
      c.ctx.fillRect(c.toX(picture.divergence_s), c.top, 2 * c.ratio, c.height);
    });
  }
}

const spansOf = (c: Canvas, run: RecordedRun): StormSpan[] =>
  run.storms.map((storm) => spanOf(c, storm));

/** The key of a dashed line is dashed too. */
const dashOf = (u: uPlot, at: number): string =>
  u.series[at]?.dash === undefined ? 'solid' : 'dashed';

/** A run on disk says when a storm was over, not when it began to return. */
function spanOf(c: Canvas, { id, kind, severity, from_s, to_s }: RecordedStorm): StormSpan {
  const from = c.toX(from_s);
  const until = to_s === null ? c.left + c.width : Math.max(from + 1, c.toX(to_s));
  return { from, calm: until, until, ...namesOf(kind, severity, id) };
}
