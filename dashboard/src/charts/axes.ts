// In: an axis spec, the palette. Out: uPlot's axes, and the tag of the newest value on one of them.
import type uPlot from 'uplot';
import type { Desk } from '../model/desk.ts';
import { clockText, timeSplits, timeStep } from '../model/venue-time.ts';
import { type Canvas, scaled } from './marks.ts';
import type { Colour, Palette } from './palette.ts';
import { valueSplits } from './range.ts';
import type { AxisSpec } from './spec.ts';

export function timeAxis(palette: Palette): uPlot.Axis {
  /** Half of a time as it is written; nearer to an edge it would be cut, or meet the values beside it. */
  const half = palette.rem * 2;
  return {
    ...common(palette),
    scale: 'x',
    size: Math.round(palette.rem * 1.35),
    gap: 3,
    stroke: palette.colour('muted'),
    splits: (u, _axis, min, max) => {
      const most = Math.max(2, u.bbox.width / devicePixelRatio / (palette.rem * 5));
      return timeSplits(min, max, timeStep(max - min, most));
    },
    values: (u, splits) => {
      const isFine = ((splits[1] ?? 0) - (splits[0] ?? 0)) % 1 !== 0;
      const before = u.axes.length > 2 ? 0 : u.bbox.left / devicePixelRatio;
      const most = u.bbox.width / devicePixelRatio - half;
      return splits.map((value) => {
        const at = u.valToPos(value, 'x');
        const isCut = at + before < half || at > most;
        return isCut || isEmpty(u) ? '' : clockText(value, isFine ? 1 : 0);
      });
    },
  };
}

interface ValueAxis {
  spec: AxisSpec;
  scale: 'y' | 'y2';
  side: 1 | 3;
  desk: Desk;
  palette: Palette;
  /** What the tag on this axis says; NaN without one. */
  tag?: () => number;
}

export function valueAxis({ spec, scale, side, desk, palette, tag }: ValueAxis): uPlot.Axis {
  return {
    ...common(palette),
    scale,
    side,
    size: Math.round(palette.rem * spec.gutter),
    gap: 5,
    stroke: palette.colour(spec.colour ?? 'muted'),
    grid: { show: scale === 'y', stroke: palette.colour('grid'), width: 1 },
    splits: (u, _axis, min, max) =>
      valueSplits(min, max, Math.max(2, Math.floor(u.height / (palette.rem * 3.2)))),
    values: (u, splits) => {
      const isHidden = hiddenBy(tag?.() ?? Number.NaN, u, palette);
      return splits.map((value) => (isEmpty(u) || isHidden(value) ? '' : spec.text(value, desk)));
    },
  };
}

const common = (palette: Palette): uPlot.Axis => ({
  font: palette.font,
  grid: { stroke: palette.colour('grid'), width: 1 },
  ticks: { show: false },
});

/** Before the first point an axis has nothing to say. */
const isEmpty = (u: uPlot): boolean => (u.data[0]?.length ?? 0) === 0;

/** A value that the tag would half cover is left out. */
function hiddenBy(tag: number, u: uPlot, palette: Palette): (value: number) => boolean {
  const scale = u.scales.y as uPlot.Scale;
  const span = (scale.max ?? 1) - (scale.min ?? 0);
  const near = (span * palette.rem * 1.2 * devicePixelRatio) / Math.max(1, u.bbox.height);
  return (value) => Math.abs(value - tag) < near;
}

interface Tag {
  value: number;
  colour: Colour;
  spec: AxisSpec;
  desk: Desk;
  palette: Palette;
}

/** The newest value of the main line, on its axis; nothing where it is NaN. */
export function drawTag(c: Canvas, { value, colour, spec, desk, palette }: Tag): void {
  if (Number.isNaN(value)) return;
  const y = Math.min(Math.max(c.toY(value), c.top), c.top + c.height);
  const height = palette.rem * 1.25 * c.ratio;
  const width = palette.rem * (spec.gutter - 0.2) * c.ratio;
  c.ctx.fillStyle = palette.colour(colour);
  c.ctx.fillRect(c.left + c.width + 1, y - height / 2, width, height);
  c.ctx.fillStyle = palette.colour('plot');
  c.ctx.font = scaled(palette.font, c.ratio);
  c.ctx.textAlign = 'left';
  c.ctx.textBaseline = 'middle';
  c.ctx.fillText(spec.text(value, desk), c.left + c.width + 5 * c.ratio, y + c.ratio);
}
