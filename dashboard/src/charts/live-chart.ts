// In: a spec, a host element, the desk. Out: one uPlot that reads the desk's track in place.
// Draws when the loop says so; shows values under the crosshair that all charts share.
import uPlot from 'uplot';
import type { Desk } from '../model/desk.ts';
import { COLUMN } from '../model/series.ts';
import { clockText, timeSplits, timeStep, ZONE } from '../model/venue-time.ts';
import { canvasOf, drawFlags, drawGaps, drawStorms, inPlot, scaled } from './marks.ts';
import type { Palette } from './palette.ts';
import { linePaths } from './paths.ts';
import { drawPrints } from './prints.ts';
import { SteadyRange, valueSplits } from './range.ts';
import type { AxisSpec, ChartSpec, LineSpec, Row } from './spec.ts';

/** Where the React shell wants the values of the lines and the time written. */
export interface Readouts {
  values: (HTMLElement | null)[];
  time: HTMLElement | null;
  note: HTMLElement | null;
  unit: HTMLElement | null;
}

const CROSSHAIR = 'desk';
const READOUT_EVERY_MS = 200;
/** Empty room right of the newest point, as a share of the window. */
const AHEAD = 0.015;

export class LiveChart {
  private readonly plot: uPlot;
  private readonly spec: ChartSpec;
  private readonly desk: Desk;
  private readonly palette: Palette;
  private readonly readouts: Readouts;
  private readonly right = new SteadyRange();
  private readonly left = new SteadyRange();
  private columns: string;
  private symbol: string;
  private readAt = 0;
  /** Row of the track that the plot's first point is. */
  private first = 0;
  /** Newest value of the main line, shown on its axis. */
  private newest = Number.NaN;

  constructor(spec: ChartSpec, host: HTMLElement, desk: Desk, palette: Palette, out: Readouts) {
    this.spec = spec;
    this.desk = desk;
    this.palette = palette;
    this.readouts = out;
    this.columns = this.columnKey();
    this.symbol = desk.symbol;
    this.plot = new uPlot(this.options(host), this.emptyData(), host);
  }

  destroy(): void {
    this.plot.destroy();
  }

  resize(width: number, height: number): void {
    if (width > 40 && height > 20) this.plot.setSize({ width, height });
  }

  draw(now: number): void {
    const { desk, plot } = this;
    this.renewRanges();
    const track = desk.tracks.track(desk.window_s);
    const until = Math.max(desk.tracks.last_s, desk.window_s);
    const from = until - desk.window_s;
    this.first = Math.max(0, track.lowerBound(COLUMN.t_s, from) - 1);
    const columns = [COLUMN.t_s, ...this.spec.lines.map((line) => COLUMN[line.column(desk)])];
    const data = columns.map((column) => track.window(column, this.first));
    this.newest = data.at(-1)?.at(-1) ?? Number.NaN;
    plot.batch(() => {
      plot.setData(data as unknown as uPlot.AlignedData, false);
      plot.setScale('x', { min: from, max: until + desk.window_s * AHEAD });
      this.scale('y', data, now);
      if (this.spec.left !== undefined) this.scale('y2', data, now);
    });
    if (now - this.readAt >= READOUT_EVERY_MS) this.read(now);
  }

  private scale(key: 'y' | 'y2', data: Float64Array[], now: number): void {
    const axis = (key === 'y' ? this.spec.right : this.spec.left) as AxisSpec;
    let lo = Number.POSITIVE_INFINITY;
    let hi = Number.NEGATIVE_INFINITY;
    this.spec.lines.forEach((line, at) => {
      if ((line.left === true) !== (key === 'y2')) return;
      for (const value of data[at + 1] as Float64Array) {
        if (value < lo) lo = value;
        if (value > hi) hi = value;
      }
    });
    const range = key === 'y' ? this.right : this.left;
    const [min, max] = range.update(axis.range(this.desk), lo, hi, now);
    this.plot.setScale(key, { min, max });
  }

  /** Another instrument or another unit: the old limits mean nothing. */
  private renewRanges(): void {
    const key = this.columnKey();
    if (key === this.columns && this.symbol === this.desk.symbol) return;
    this.columns = key;
    this.symbol = this.desk.symbol;
    this.right.clear();
    this.left.clear();
  }

  private columnKey(): string {
    return this.spec.lines.map((line) => line.column(this.desk)).join();
  }

  /** Writes the values under the crosshair, or the newest ones. */
  private read(now: number): void {
    this.readAt = now;
    const { plot, desk, readouts } = this;
    const xs = plot.data[0] as unknown as Float64Array;
    const under = plot.cursor.idx;
    const at = under ?? xs.length - 1;
    const track = desk.tracks.track(desk.window_s);
    const row: Row = (name) => track.value(COLUMN[name], this.first + at);
    this.spec.lines.forEach((line, i) => {
      const value = (plot.data[i + 1] as unknown as Float64Array)[at] ?? Number.NaN;
      write(readouts.values[i], line.text(value, desk, row));
    });
    const isUnder = under !== null && under !== undefined;
    write(readouts.time, isUnder ? `${clockText(xs[at] ?? Number.NaN, 2)} ${ZONE}` : '');
    write(readouts.unit, this.spec.right.unit(desk));
    const main = plot.data[plot.data.length - 1] as unknown as Float64Array;
    write(readouts.note, main.some((value) => !Number.isNaN(value)) ? '' : this.spec.empty(desk));
  }

  private options(host: HTMLElement): uPlot.Options {
    const { spec, palette, desk } = this;
    return {
      width: Math.max(60, host.clientWidth),
      height: Math.max(40, host.clientHeight),
      padding: [Math.round(palette.rem * 0.4), 0, 0, spec.left ? 0 : Math.round(palette.rem * 0.6)],
      legend: { show: false },
      scales: { x: { time: false, auto: false }, y: { auto: false }, y2: { auto: false } },
      axes: [
        this.timeAxis(),
        this.valueAxis(spec.right, 'y', 1),
        ...(spec.left ? [this.valueAxis(spec.left, 'y2', 3)] : []),
      ],
      series: [{}, ...spec.lines.map((line) => this.series(line))],
      cursor: {
        y: false,
        drag: { x: false, y: false, setScale: false },
        sync: { key: CROSSHAIR, scales: ['x', null] },
        points: { size: 6, width: 1.5 },
        dataIdx: (u, si, at) =>
          (si > 0 && Number.isNaN((u.data[si] ?? [])[at]) ? null : at) as number,
      },
      hooks: {
        drawClear: [
          (u) => {
            const c = canvasOf(u);
            inPlot(c, () => {
              drawGaps(c, desk, palette);
              drawStorms(c, desk, palette, spec.isPrice === true);
              if (spec.isPrice) drawPrints(c, desk, palette);
            });
          },
        ],
        draw: [
          (u) => {
            const c = canvasOf(u);
            inPlot(c, () => drawFlags(c, desk, palette, spec.isPrice === true));
            this.tag(u);
          },
        ],
        setCursor: [() => this.read(performance.now())],
      },
    };
  }

  private series(line: LineSpec): uPlot.Series {
    return {
      scale: line.left ? 'y2' : 'y',
      stroke: this.palette.thin(line.colour, line.alpha ?? 1),
      width: line.width,
      ...(line.dash === undefined ? {} : { dash: line.dash }),
      paths: linePaths(line.stepped === true),
      points: { show: false },
      auto: false,
    };
  }

  private timeAxis(): uPlot.Axis {
    const { palette, desk } = this;
    return {
      scale: 'x',
      size: Math.round(palette.rem * 1.35),
      gap: 3,
      font: palette.font,
      stroke: palette.colour('muted'),
      grid: { stroke: palette.colour('grid'), width: 1 },
      ticks: { show: false },
      splits: (u, _axis, min, max) => {
        const most = Math.max(2, Math.floor(u.width / (palette.rem * 6.5)));
        return timeSplits(min, max, timeStep(desk.window_s, most));
      },
      values: (_u, splits) => splits.map((value) => clockText(value)),
    };
  }

  private valueAxis(spec: AxisSpec, scale: 'y' | 'y2', side: 1 | 3): uPlot.Axis {
    const { palette, desk } = this;
    return {
      scale,
      side,
      size: Math.round(palette.rem * spec.gutter),
      gap: 5,
      font: palette.font,
      stroke: palette.colour(spec.colour ?? 'muted'),
      grid: { show: scale === 'y', stroke: palette.colour('grid'), width: 1 },
      ticks: { show: false },
      splits: (u, _axis, min, max) => {
        return valueSplits(min, max, Math.max(2, Math.floor(u.height / (palette.rem * 3.2))));
      },
      values: (u, splits) => {
        const isHidden = this.hiddenByTag(u);
        return splits.map((value) => (isHidden(value) ? '' : spec.text(value, desk)));
      },
    };
  }

  /** An axis value that the tag of the newest value would half cover is left out. */
  private hiddenByTag(u: uPlot): (value: number) => boolean {
    const scale = u.scales.y as uPlot.Scale;
    const span = (scale.max ?? 1) - (scale.min ?? 0);
    const near = (span * this.palette.rem * 1.2 * devicePixelRatio) / Math.max(1, u.bbox.height);
    return (value) => this.hasTag && Math.abs(value - this.newest) < near;
  }

  private get hasTag(): boolean {
    return this.spec.lines.length <= 3 && this.spec.left === undefined;
  }

  /** The newest value of the main line, on its axis. */
  private tag(u: uPlot): void {
    if (!this.hasTag || Number.isNaN(this.newest)) return;
    const value = this.newest;
    const line = this.spec.lines.at(-1) as LineSpec;
    const c = canvasOf(u);
    const y = Math.min(Math.max(c.toY(value), c.top), c.top + c.height);
    const height = this.palette.rem * 1.25 * c.ratio;
    c.ctx.fillStyle = this.palette.colour(line.colour);
    c.ctx.fillRect(
      c.left + c.width + 1,
      y - height / 2,
      this.palette.rem * (this.spec.right.gutter - 0.2) * c.ratio,
      height,
    );
    c.ctx.fillStyle = this.palette.colour('plot');
    c.ctx.font = scaled(this.palette.font, c.ratio);
    c.ctx.textAlign = 'left';
    c.ctx.textBaseline = 'middle';
    c.ctx.fillText(
      this.spec.right.text(value, this.desk),
      c.left + c.width + 5 * c.ratio,
      y + c.ratio,
    );
  }

  private emptyData(): uPlot.AlignedData {
    const none = [new Float64Array(0), ...this.spec.lines.map(() => new Float64Array(0))];
    return none as unknown as uPlot.AlignedData;
  }
}

function write(element: HTMLElement | null | undefined, text: string): void {
  if (element && element.textContent !== text) element.textContent = text;
}
