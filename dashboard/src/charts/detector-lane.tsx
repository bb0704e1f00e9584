// In: storms as they truly were, flags as detectors raised them. Out: a lane on the price's time axis:
// each storm's interval with its intensity and what became of it, a mark for each flag, and the counts.
import { useDesk } from '../desk-context.ts';
import type { Desk } from '../model/desk.ts';
import { flagFacts } from '../model/facts.ts';
import { isPlayed } from '../model/played.ts';
import { type ScoredStorm, type Scores, score, scoreWords } from '../model/scoring.ts';
import type { Intensity } from '../model/storms.ts';
import { Facts } from '../panels/facts.tsx';
import css from './detector-lane.module.css';
import { drawCrosshair, scaled } from './marks.ts';
import type { Colour, Palette } from './palette.ts';
import { SPEC_AHEAD } from './spec.ts';
import { useCanvas } from './use-canvas.ts';

const DRAW_HZ = 10;

/** A place of a recorded run that was sought brings its storms, not the flags from before. */
const scoresOf = (desk: Desk): Scores => {
  const from_s = isPlayed(desk) ? desk.since_s : Number.NEGATIVE_INFINITY;
  return score(desk.flags, desk.storms.all, desk.symbol, from_s);
};

function countsOf(desk: Desk): Omit<Scores, 'storms'> {
  const { storms: _storms, ...counts } = scoresOf(desk);
  return counts;
}

export function DetectorLane() {
  const canvas = useCanvas(DRAW_HZ, drawLane);
  const words = useDesk((shown) => scoreWords(scoresOf(shown)));
  const { hit, missed, false_flags } = useDesk(countsOf);
  const listed = useDesk((shown) => scoresOf(shown).storms.map(stormSays).join(', '));
  return (
    <section className={css.lane} aria-label="Detectors against true storms">
      <canvas ref={canvas} role="img" aria-label={listed === '' ? 'No storm yet' : listed} />
      <Facts read={flagFacts} />
      <span className="visually-hidden">{words}</span>
      <span
        className={css.counts}
        title={`${words}: storms found, storms missed, flags without one`}
        aria-hidden
      >
        <span>{hit} hit</span>
        <span>{missed} miss</span>
        <span>{false_flags} false</span>
      </span>
    </section>
  );
}

function stormSays({ storm, found, after_ms }: ScoredStorm): string {
  const when = after_ms === null ? '' : ` after ${(after_ms / 1000).toFixed(2)} s`;
  return `#${storm.id} ${storm.kind} ${found}${when}`;
}

/** What became of a storm is told by its outline and its words, not by colour alone. */
const TONES: Record<ScoredStorm['found'], Colour> = {
  hit: 'good',
  missed: 'danger',
  pending: 'muted',
  unseen: 'muted',
};

function drawLane(ctx: CanvasRenderingContext2D, desk: Desk, palette: Palette): void {
  const ratio = devicePixelRatio;
  const { width, height } = ctx.canvas;
  ctx.font = scaled(palette.font, ratio);
  const { from_s, to_s } = desk.span;
  const factor = width / ((to_s - from_s) * (1 + SPEC_AHEAD));
  const toX = (t: number): number => (t - from_s) * factor;
  const { storms } = scoresOf(desk);
  for (const [at, scored] of storms.entries()) {
    const left = toX(scored.storm.started_s);
    const right = toX(scored.storm.ended_s ?? desk.tracks.last_s);
    if (right < 0 || left > width) continue;
    // Words end where the next storm's begin.
    const next = storms[at + 1];
    const until = next === undefined ? right : Math.min(right, toX(next.storm.started_s));
    interval(ctx, { scored, left, right, height, ratio }, palette);
    intensity(ctx, scored.storm.course, { toX, height, ratio }, palette);
    label(ctx, { scored, left, right: until, height, ratio }, palette);
  }
  for (const flag of desk.flags) {
    const x = toX(flag.ts_run_ns / 1e9);
    if (flag.symbol !== desk.symbol || x < 0 || x > width) continue;
    mark(ctx, { x, height, ratio, isHit: flag.truth_storm_id !== 0 }, palette);
  }
  drawCrosshair(ctx, desk, palette, toX);
}

interface Interval {
  scored: ScoredStorm;
  left: number;
  right: number;
  height: number;
  ratio: number;
}

function interval(ctx: CanvasRenderingContext2D, i: Interval, palette: Palette): void {
  const tone = palette.colour(TONES[i.scored.found]);
  const width = Math.max(2 * i.ratio, i.right - i.left);
  ctx.fillStyle = palette.thin('storm', 0.18);
  ctx.fillRect(i.left, 0, width, i.height);
  ctx.fillStyle = tone;
  ctx.fillRect(i.left, 0, width, 2 * i.ratio);
}

interface Lane {
  toX: (t: number) => number;
  height: number;
  ratio: number;
}

/** What was reached is filled, what was asked is a line over it. */
function intensity(
  ctx: CanvasRenderingContext2D,
  course: Intensity[],
  { toX, height, ratio }: Lane,
  palette: Palette,
): void {
  const first = course[0];
  const last = course.at(-1);
  if (first === undefined || last === undefined) return;
  const toY = (value: number): number => height - Math.min(1, value) * (height - 3 * ratio);
  ctx.fillStyle = palette.thin('storm', 0.4);
  ctx.beginPath();
  ctx.moveTo(toX(first.t_s), height);
  for (const { t_s, realised } of course) ctx.lineTo(toX(t_s), toY(realised ?? 0));
  ctx.lineTo(toX(last.t_s), height);
  ctx.fill();
  ctx.strokeStyle = palette.colour('storm');
  ctx.lineWidth = ratio;
  ctx.beginPath();
  for (const { t_s, asked } of course) ctx.lineTo(toX(t_s), toY(asked));
  ctx.stroke();
}

function label(ctx: CanvasRenderingContext2D, i: Interval, palette: Palette): void {
  ctx.textBaseline = 'middle';
  ctx.textAlign = 'left';
  const words = stormSays(i.scored);
  const short = `#${i.scored.storm.id} ${i.scored.found}`;
  const left = Math.max(0, i.left) + 5 * i.ratio;
  const room = i.right - left - 5 * i.ratio;
  const text = [words, short].find((one) => ctx.measureText(one).width <= room);
  if (text === undefined) return;
  ctx.fillStyle = palette.thin('plot', 0.6);
  ctx.fillRect(
    left - 2 * i.ratio,
    3 * i.ratio,
    ctx.measureText(text).width + 4 * i.ratio,
    i.height,
  );
  ctx.fillStyle = palette.colour('text');
  ctx.fillText(text, left, i.height * 0.5);
}

interface FlagMark {
  x: number;
  height: number;
  ratio: number;
  isHit: boolean;
}

/** A hit is a triangle, a false flag a cross. */
function mark(ctx: CanvasRenderingContext2D, { x, height, ratio, isHit }: FlagMark, p: Palette) {
  const size = 3 * ratio;
  ctx.beginPath();
  if (isHit) {
    ctx.fillStyle = p.colour('flag');
    ctx.moveTo(x - size, height);
    ctx.lineTo(x + size, height);
    ctx.lineTo(x, height - 2 * size);
    ctx.fill();
    return;
  }
  ctx.strokeStyle = p.colour('danger');
  ctx.lineWidth = 1.5 * ratio;
  const middle = height / 2;
  ctx.moveTo(x - size, middle - size);
  ctx.lineTo(x + size, middle + size);
  ctx.moveTo(x - size, middle + size);
  ctx.lineTo(x + size, middle - size);
  ctx.stroke();
}
