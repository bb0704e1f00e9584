// In: what the bridge foresees of a storm. Out: what a person is told of it: figures in words, the row
// under a pointer, and whether it still holds. Knows no React and no DOM.
import { bps, bpsText, countText, dollarText, shortCount, significant } from './format.ts';

const DOLLAR = 10_000;

export interface PreviewPoints {
  after_ms: number[];
  /** 1/10000 dollar; null where a side of the book is empty. */
  mid: (number | null)[];
  mid_without: (number | null)[];
  spread: (number | null)[];
}

export interface Preview {
  kind: string;
  symbol: string;
  severity: number;
  duration_ms: number;
  seed: string;
  at_ms: number;
  at_seq: number;
  until_ms: number;
  cut: 'recovery' | 'events' | 'wall' | 'source_end' | null;
  tick_size: number;
  epoch: number;
  points: PreviewPoints;
  facts: {
    price_move: { price: number; bps: number; after_ms: number } | null;
    widest_spread: { price: number; ticks: number; bps: number; after_ms: number } | null;
    depth_change: { share: number; after_ms: number } | null;
    events: number;
    events_share: number;
    taken_qty: number;
    withdrawn_qty: number;
    placed_qty: number;
    trades: number;
    delivery_stalls: { count: number; total_ms: number };
    calm_after_ms: number | null;
    flags: { detector: string; after_ms: number; count: number }[];
    failure: string | null;
  };
  cost: { stall_ms: number; wall_ms: number };
}

/** What a storm is asked with; the same for a preview. */
export interface StormRequest {
  kind: string;
  severity: number;
  duration_ms: number;
  seed?: string;
  symbol?: string;
  note?: string;
  params?: Record<string, number>;
}

export interface Started {
  id: number;
  seed: string;
  start_seq: number;
  started_at_ms: number;
}

/** A preview and what it was asked with. */
export interface Shown {
  preview: Preview;
  key: string;
  /** Storms under way when it was answered. */
  storms: string;
  /** The storm that was fired with its seed. */
  fired: Started | null;
}

/** Two requests with one key are the same storm; a note changes nothing. */
export function keyOf({ note: _, ...request }: StormRequest): string {
  return JSON.stringify(request);
}

/** The seed of a preview belongs to the storm that was previewed, until that was fired. */
export function seedFor(shown: Shown | null, request: StormRequest): string | undefined {
  if (shown === null || shown.fired !== null || shown.key !== keyOf(request)) return undefined;
  return shown.preview.seed;
}

/** What the desk knows beside a preview. */
export interface Present {
  key: string;
  storms: string;
  epoch: number;
  isMoved: boolean;
}

export interface Standing {
  isDated: boolean;
  words: string;
}

/** Virtual now lies behind the instant that was previewed. */
export const isMoved = (now_s: number, { at_ms }: Preview): boolean =>
  Math.round(now_s * 1000) > at_ms;

export function standingOf(shown: Shown, now: Present): Standing {
  const { preview, fired } = shown;
  const dated = (words: string): Standing => ({ isDated: true, words });
  if (now.epoch !== preview.epoch) return dated('Dated: another source or place was opened.');
  if (fired !== null) {
    const exact = fired.start_seq === preview.at_seq && fired.started_at_ms === preview.at_ms;
    if (exact) return { isDated: false, words: `Fired at this instant as #${fired.id}.` };
    return dated(`Dated: fired later, as #${fired.id}, into another market.`);
  }
  if (now.key !== shown.key) return dated('Dated: a parameter has changed.');
  if (now.isMoved) return dated('Dated: the market moved on. Pause to hold one.');
  if (now.storms !== shown.storms) return dated('Dated: a storm began or ended.');
  return { isDated: false, words: 'Exact: fired now, it does this.' };
}

const CUTS = {
  recovery: 'what it displaces is not back a minute behind its end',
  events: 'more events than a preview plays',
  wall: 'it took longer than ten seconds to compute',
  source_end: 'the source ends',
};

/** Why it ends before everything is back; empty when it does not. */
export function cutWords({ cut, at_ms, until_ms }: Preview): string {
  if (cut === null) return '';
  return `Cut at ${secondsText(until_ms - at_ms)}: ${CUTS[cut]}.`;
}

/** What the target's link does; empty when it does nothing. */
export function stallWords({ facts }: Preview): string {
  const { count, total_ms } = facts.delivery_stalls;
  if (count === 0) return '';
  const times = count === 1 ? 'once' : `${countText(count)} times`;
  return `The link to a target stalls ${times}, ${countText(total_ms)} ms in all.`;
}

export const secondsText = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

const signed = (value: number, text: string): string =>
  `${value < 0 ? '−' : value > 0 ? '+' : ''}${text}`;

export const signedBps = (value: number): string =>
  signed(value, `${significant(Math.abs(value))} bps`);

const percent = (share: number): string => `${significant(Math.abs(share) * 100, 2)} %`;

export interface Fact {
  name: string;
  value: string;
  more: string;
}

/** The figures of a preview, the most asked for first. */
export function factsOf({ facts, cut }: Preview): Fact[] {
  const { price_move: move, widest_spread: spread, depth_change: depth } = facts;
  const { calm_after_ms: calm, flags } = facts;
  const [first, ...others] = flags;
  return [
    {
      name: 'Price move',
      value: move === null ? 'none' : signedBps(move.bps),
      more: move === null ? '' : `at ${secondsText(move.after_ms)}`,
    },
    {
      name: 'Widest spread',
      value: spread === null ? '–' : `${countText(spread.ticks)} ticks`,
      more: spread === null ? '' : `${bpsText(spread.bps)} at ${secondsText(spread.after_ms)}`,
    },
    {
      name: 'Calm again',
      value: calm === null ? '–' : secondsText(calm),
      more: calm === null ? (cut === null ? '' : 'not in sight') : 'everything is back',
    },
    {
      name: 'Detected',
      value: first === undefined ? 'no' : secondsText(first.after_ms),
      more: first === undefined ? '' : [first, ...others].map((f) => f.detector).join(', '),
    },
    {
      name: 'Depth',
      value: depth === null ? 'unchanged' : signed(depth.share, percent(depth.share)),
      more: depth === null ? '' : `at ${secondsText(depth.after_ms)}`,
    },
    {
      name: 'Injected',
      value: `${shortCount(facts.events)} events`,
      more: `${percent(facts.events_share)} of the flow`,
    },
    { name: 'Trades', value: countText(facts.trades), more: 'that it is a side of' },
    {
      name: 'Displaced',
      value: shortCount(facts.taken_qty + facts.withdrawn_qty),
      more: `shares, ${shortCount(facts.taken_qty)} taken`,
    },
  ];
}

/** The figures in a sentence, for whoever does not see them. */
export function summary(preview: Preview): string {
  const facts = factsOf(preview).slice(0, 4);
  return facts.map(({ name, value, more }) => `${name} ${value} ${more}`.trim()).join(', ');
}

/** The row nearest to a moment. */
export function rowAt({ after_ms }: PreviewPoints, moment_ms: number): number {
  let nearest = 0;
  for (let i = 1; i < after_ms.length; i++) {
    const [at, best] = [after_ms[i] ?? 0, after_ms[nearest] ?? 0];
    if (Math.abs(at - moment_ms) < Math.abs(best - moment_ms)) nearest = i;
  }
  return nearest;
}

/** What stands in a row, in words. */
export function rowWords({ points, tick_size }: Preview, row: number): string {
  const price = (value: number | null | undefined): string =>
    value == null ? '–' : dollarText(value / DOLLAR, tick_size);
  const [mid, without, spread] = [points.mid[row], points.mid_without[row], points.spread[row]];
  const apart = mid == null || without == null ? null : bps(mid - without, without);
  return [
    secondsText(points.after_ms[row] ?? 0),
    `mid ${price(mid)}`,
    `without ${price(without)}`,
    ...(apart === null ? [] : [apart === 0 ? '0 bps' : signedBps(apart)]),
    `spread ${spread == null ? '–' : `${countText(spread / tick_size)} ticks`}`,
  ].join(' · ');
}
