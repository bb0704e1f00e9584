// In: a spec, a host element, the desk. Out: one uPlot that reads the desk's track in place.
// Draws when the loop says so; shows values under the crosshair that all charts share.
import uPlot from 'uplot';
import { bandColumn } from '../model/bands.ts';
import type { Desk } from '../model/desk.ts';
import { COLUMN } from '../model/series.ts';
import { clockText, ZONE } from '../model/venue-time.ts';
import { drawTag, timeAxis, valueAxis } from './axes.ts';
import { fillBand } from './bands.ts';
import { HeatLayer, restingText } from './heat-layer.ts';
import { type Canvas, canvasOf, drawFlags, drawGaps, inPlot, nameGaps } from './marks.ts';
import type { Palette } from './palette.ts';
import { linePaths } from './paths.ts';
import { drawPrints } from './prints.ts';
import { SteadyRange } from './range.ts';
import { type AxisSpec, type ChartSpec, type LineSpec, type Row, SPEC_AHEAD } from './spec.ts';
import { DRAG_PX, showSelected, steer } from './steering.ts';
import { nameStorms, type StormSpan, shadeStorms, stormSpans } from './storm-marks.ts';

/** Where the React shell wants the values of the lines and the time written. */
export interface Readouts {
  values: (HTMLElement | null)[];
  time: HTMLElement | null;
  /** What rests at the crosshair's price and instant; on the price alone. */
  cell: HTMLElement | null;
  note: HTMLElement | null;
  unit: HTMLElement | null;
}

const CROSSHAIR = 'desk';
const READOUT_EVERY_MS = 200;
/** A chart that moved by less than a pixel is drawn no sooner. */
const STILL_MS = 200;
/** What is usual recedes behind what is. */
const BAND_ALPHA = 0.09;

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
  private readAt = Number.NEGATIVE_INFINITY;
  private drawnAt = Number.NEGATIVE_INFINITY;
  private drawnTo_s = Number.NaN;
  /** Row of the track that the plot's first point is. */
  private first = 0;
  private end = 0;
  /** Newest value of the main line, shown on its axis. */
  private newest = Number.NaN;
  /** The storms of this drawing: shaded under its lines, named over them. */
  private storms: StormSpan[] = [];
  /** Pixels of the plot from its top to the pointer. */
  private pointerY = Number.NaN;
  /** Only behind the price. */
  private readonly heat: HeatLayer | null = null;
  private readonly repoint: () => void;

  constructor(spec: ChartSpec, host: HTMLElement, desk: Desk, palette: Palette, out: Readouts) {
    this.spec = spec;
    this.desk = desk;
    this.palette = palette;
    this.readouts = out;
    this.columns = this.columnKey();
    this.symbol = desk.symbol;
    this.plot = new uPlot(this.options(host), this.emptyData(), host);
    if (spec.isPrice) {
      this.heat = new HeatLayer(palette);
      this.plot.root.prepend(this.heat.canvas);
    }
    this.repoint = steer(this.plot, desk);
    this.plot.over.addEventListener('pointermove', ({ offsetY }) => {
      this.pointerY = offsetY;
    });
    this.plot.over.addEventListener('pointerleave', () => {
      this.pointerY = Number.NaN;
    });
  }

  destroy(): void {
    this.plot.destroy();
  }

  resize(width: number, height: number): void {
    if (width > 40 && height > 20) this.plot.setSize({ width, height });
  }

  /** Time moved the plot by a pixel since it was drawn, or it has stood long enough. */
  isBehind(now: number): boolean {
    const { from_s, to_s } = this.desk.span;
    const moved = ((to_s - this.drawnTo_s) / (to_s - from_s)) * this.plot.bbox.width;
    return moved >= 1 || now - this.drawnAt >= STILL_MS;
  }

  draw(now: number): void {
    const { desk, plot } = this;
    this.drawnAt = now;
    this.drawnTo_s = desk.span.to_s;
    this.renewRanges();
    const { track } = desk;
    const { from_s: from, to_s: until } = desk.span;
    this.first = Math.max(0, track.lowerBound(COLUMN.t_s, from) - 1);
    // One point beyond either edge, so that lines reach it.
    this.end = Math.min(track.length, track.lowerBound(COLUMN.t_s, until) + 1);
    const columns = [COLUMN.t_s, ...this.spec.lines.map((line) => COLUMN[line.column(desk)])];
    const data = columns.map((column) => track.window(column, this.first, this.end));
    this.newest = data.at(-1)?.at(-1) ?? Number.NaN;
    plot.batch(() => {
      plot.setData(data as unknown as uPlot.AlignedData, false);
      plot.setScale('x', { min: from, max: until + (until - from) * SPEC_AHEAD });
      this.scale('y', data, now);
      if (this.spec.left !== undefined) this.scale('y2', data, now);
    });
    this.repoint();
    // What lies behind is drawn once and stands: nothing later would write its figures.
    if (!desk.sight.isBack && now - this.readAt < READOUT_EVERY_MS) return;
    this.readAt = now;
    this.read();
  }

  private scale(key: 'y' | 'y2', data: Float64Array[], now: number): void {
    const axis = (key === 'y' ? this.spec.right : this.spec.left) as AxisSpec;
    let lo = Number.POSITIVE_INFINITY;
    let hi = Number.NEGATIVE_INFINITY;
    this.spec.lines.forEach((line, at) => {
      if ((line.left === true) !== (key === 'y2')) return;
      const values = data[at + 1] as Float64Array;
      for (let i = 0; i < values.length; i++) {
        const value = values[i] as number;
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
  private read(): void {
    const { plot, desk, readouts } = this;
    const xs = plot.data[0] as unknown as Float64Array;
    const under = plot.cursor.idx;
    const at = under ?? xs.length - 1;
    const row: Row = (name) => desk.track.value(COLUMN[name], this.first + at);
    this.spec.lines.forEach((line, i) => {
      const value = (plot.data[i + 1] as unknown as Float64Array)[at] ?? Number.NaN;
      write(readouts.values[i], line.text(value, desk, row));
    });
    const isUnder = under !== null && under !== undefined;
    write(readouts.time, isUnder ? `${clockText(xs[at] ?? Number.NaN, 2)} ${ZONE}` : '');
    write(readouts.cell, isUnder ? this.cellText(xs[at] ?? Number.NaN) : '');
    write(readouts.unit, this.spec.right.unit(desk));
    const main = plot.data[plot.data.length - 1] as unknown as Float64Array;
    write(readouts.note, main.some((value) => !Number.isNaN(value)) ? '' : this.spec.empty(desk));
  }

  /** What rested where the pointer is, as the depth map shows it. */
  private cellText(t_s: number): string {
    const { desk } = this;
    if (this.heat === null || !desk.isHeatShown || Number.isNaN(this.pointerY)) return '';
    const tick_size = desk.book?.tick_size ?? 100;
    const pointed = this.plot.posToVal(this.pointerY, 'y');
    const price = Math.round((pointed * 10_000) / tick_size) * tick_size;
    const ring = desk.heat.ring(desk.grain_s);
    const from_s = Math.floor(t_s / ring.step_s) * ring.step_s;
    const storm = desk.storms.onlyOne(desk.symbol, from_s, from_s + ring.step_s);
    return restingText(ring, { t_s, price, tick_size, storm: storm?.id });
  }

  private drawBands(c: Canvas): void {
    const { track } = this.desk;
    const column = (at: number): Float64Array => track.window(at, this.first, this.end);
    for (const band of this.spec.bands) {
      const at = bandColumn(band.column(this.desk));
      const points = { xs: column(COLUMN.t_s), low: column(at), high: column(at + 1) };
      fillBand(c, points, this.palette.thin(band.colour, BAND_ALPHA));
    }
  }

  private drawHeat(c: Canvas): void {
    if (this.heat === null) return;
    const { desk } = this;
    const { min, max } = this.plot.scales.y as uPlot.Scale;
    if (!desk.isHeatShown || min == null || max == null) this.heat.clear();
    else {
      const ring = desk.heat.ring(desk.grain_s);
      this.heat.draw(c, ring, [min, max], desk.book?.tick_size ?? 100);
    }
  }

  private readonly toLive = (): null => {
    this.desk.sight.live();
    return null;
  };

  private options(host: HTMLElement): uPlot.Options {
    const { spec, palette, desk } = this;
    return {
      width: Math.max(60, host.clientWidth),
      height: Math.max(40, host.clientHeight),
      padding: [Math.round(palette.rem * 0.5), 0, 0, spec.left ? 0 : Math.round(palette.rem * 0.6)],
      legend: { show: false },
      scales: { x: { time: false, auto: false }, y: { auto: false }, y2: { auto: false } },
      axes: [
        timeAxis(palette),
        valueAxis({ spec: spec.right, scale: 'y', side: 1, desk, palette, tag: this.tag }),
        ...(spec.left === undefined
          ? []
          : [valueAxis({ spec: spec.left, scale: 'y2', side: 3, desk, palette })]),
      ],
      series: [{}, ...spec.lines.map((line) => this.series(line))],
      cursor: {
        y: false,
        drag: { x: true, y: false, setScale: false, dist: DRAG_PX },
        bind: { dblclick: () => this.toLive },
        sync: { key: CROSSHAIR, scales: ['x', null] },
        points: { size: 6, width: 1.5 },
        dataIdx: (u, si, at) =>
          (si > 0 && Number.isNaN((u.data[si] ?? [])[at]) ? null : at) as number,
      },
      hooks: {
        drawClear: [
          (u) => {
            const c = canvasOf(u);
            this.drawHeat(c);
            inPlot(c, () => {
              this.drawBands(c);
              drawGaps(c, desk, palette);
              this.storms = stormSpans(c, desk);
              shadeStorms(c, this.storms, palette);
              if (spec.isPrice) drawPrints(c, desk, palette);
            });
          },
        ],
        draw: [
          (u) => {
            const c = canvasOf(u);
            const full = spec.isPrice === true;
            inPlot(c, () => {
              drawFlags(c, desk, palette, full);
              if (full) nameGaps(c, desk, palette);
              nameStorms(c, this.storms, { palette, full });
            });
            const line = spec.lines.at(-1) as LineSpec;
            drawTag(c, { value: this.tag(), colour: line.colour, spec: spec.right, desk, palette });
          },
        ],
        setCursor: [() => this.read()],
        setSelect: [(u) => showSelected(u, desk)],
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

  /** Newest value of the main line where its axis has room to say it; else NaN. */
  private readonly tag = (): number => {
    const hasTag = this.spec.lines.length <= 3 && this.spec.left === undefined;
    return hasTag ? this.newest : Number.NaN;
  };

  private emptyData(): uPlot.AlignedData {
    const none = [new Float64Array(0), ...this.spec.lines.map(() => new Float64Array(0))];
    return none as unknown as uPlot.AlignedData;
  }
}

function write(element: HTMLElement | null | undefined, text: string): void {
  if (element && element.textContent !== text) element.textContent = text;
}
