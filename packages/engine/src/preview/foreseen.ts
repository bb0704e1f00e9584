// In: two courses of one market over the same span. Out: what a person is told of them: figures, and
// columns thinned so that the greatest deviation stays. Every point is a tick that will be shown.
import { type ChaosFrame, Detector, enumName, NULLS, type TickFrame } from '@wavetank/abi';
import type { Ahead } from './look-ahead.ts';
import type { Foreseen, PreviewFacts, PreviewFlag, PreviewPoints } from './preview.ts';

const POINTS_MAX = 200;
const NS_PER_MS = 1_000_000;

/** A tick of each market at one instant. */
interface Pair {
  after_ms: number;
  stormed: TickFrame;
  calm: TickFrame;
}

export function foreseen(ahead: Ahead): Foreseen {
  const { started, until_ms, run_digest, market_digest, cut } = ahead;
  const { kind, symbol, severity, duration_ms, seed, expires_at_ms } = started;
  const pairs = pairsOf(ahead);
  return {
    kind,
    symbol,
    severity,
    duration_ms,
    seed,
    at_ms: started.started_at_ms,
    at_seq: started.start_seq,
    expires_at_ms,
    until_ms,
    run_digest,
    market_digest,
    cut,
    tick_size: pairs[0]?.stormed.tick_size ?? 0,
    points: pointsOf(pairs),
    facts: factsOf(ahead, pairs),
  };
}

function pairsOf({ stormed, calm, started }: Ahead): Pair[] {
  const calmAt = new Map(calm.ticks.map((tick) => [tick.ts_run_ns, tick]));
  return stormed.ticks.flatMap((tick) => {
    const beside = calmAt.get(tick.ts_run_ns);
    const after_ms = tick.ts_run_ns / NS_PER_MS - started.started_at_ms;
    return beside === undefined ? [] : [{ after_ms, stormed: tick, calm: beside }];
  });
}

const mid = ({ mid_x2 }: TickFrame): number | null => (mid_x2 > 0 ? mid_x2 / 2 : null);

const spread = (tick: TickFrame): number | null =>
  tick.spread === NULLS.TickFrame.spread ? null : tick.spread;

/** How far the mid stands from the market without the storm; 0 where there is none. */
function moved({ stormed, calm }: Pair): number {
  return stormed.mid_x2 > 0 && calm.mid_x2 > 0 ? (stormed.mid_x2 - calm.mid_x2) / 2 : 0;
}

function most(pairs: readonly Pair[], measure: (pair: Pair) => number): Pair | undefined {
  let found: Pair | undefined;
  for (const pair of pairs) {
    if (found === undefined || measure(pair) > measure(found)) found = pair;
  }
  return found;
}

const deviation = (pair: Pair): number => Math.abs(moved(pair));

function pointsOf(pairs: readonly Pair[]): PreviewPoints {
  const stride = Math.max(1, Math.ceil(pairs.length / POINTS_MAX));
  const kept: Pair[] = [];
  for (let at = 0; at < pairs.length; at += stride) {
    const farthest = most(pairs.slice(at, at + stride), deviation);
    if (farthest !== undefined) kept.push(farthest);
  }
  return {
    after_ms: kept.map(({ after_ms }) => after_ms),
    mid: kept.map(({ stormed }) => mid(stormed)),
    mid_without: kept.map(({ calm }) => mid(calm)),
    spread: kept.map(({ stormed }) => spread(stormed)),
  };
}

function factsOf(ahead: Ahead, pairs: readonly Pair[]): PreviewFacts {
  const { report, started, closed_ms, trades, failure } = ahead;
  const { events, taken_qty, withdrawn_qty, placed_qty } = report;
  return {
    price_move: priceMove(pairs),
    widest_spread: widestSpread(pairs),
    depth_change: depthChange(pairs),
    events,
    events_share: eventsShare(ahead, pairs),
    taken_qty,
    withdrawn_qty,
    placed_qty,
    trades,
    delivery_stalls: stalls(ahead),
    calm_after_ms: closed_ms === null ? null : closed_ms - started.started_at_ms,
    flags: flagsOf(ahead),
    failure,
  };
}

function priceMove(pairs: readonly Pair[]): PreviewFacts['price_move'] {
  const pair = most(pairs, deviation);
  if (pair === undefined || moved(pair) === 0) return null;
  const price = moved(pair);
  const bps = (price / (pair.calm.mid_x2 / 2)) * 10_000;
  return { price, bps: rounded(bps), after_ms: pair.after_ms };
}

function widestSpread(pairs: readonly Pair[]): PreviewFacts['widest_spread'] {
  const pair = most(pairs, ({ stormed }) => spread(stormed) ?? -1);
  const price = pair === undefined ? null : spread(pair.stormed);
  if (pair === undefined || price === null) return null;
  const { mid_x2, tick_size } = pair.stormed;
  const bps = rounded((price / (mid_x2 / 2)) * 10_000);
  return { price, ticks: rounded(price / tick_size), bps, after_ms: pair.after_ms };
}

/** What the storm adds to the depth, or takes of it, as a share of what there is without it. */
function deepened({ stormed, calm }: Pair): number {
  const usual = calm.bid_depth + calm.ask_depth;
  return usual === 0 ? 0 : (stormed.bid_depth + stormed.ask_depth) / usual - 1;
}

function depthChange(pairs: readonly Pair[]): PreviewFacts['depth_change'] {
  const pair = most(pairs, (each) => Math.abs(deepened(each)));
  if (pair === undefined || deepened(pair) === 0) return null;
  return { share: rounded(deepened(pair)), after_ms: pair.after_ms };
}

/** The source's own events are counted from the first tick on, 20 ms behind the start at most. */
function eventsShare({ report }: Ahead, pairs: readonly Pair[]): number {
  const while_runs = pairs.filter(({ after_ms }) => after_ms <= report.duration_ms);
  const first = while_runs[0]?.calm.events ?? 0;
  const own = (while_runs.at(-1)?.calm.events ?? first) - first;
  const all = report.events + own;
  return all === 0 ? 0 : rounded(report.events / all);
}

function stalls({ stalls_ns }: Ahead): PreviewFacts['delivery_stalls'] {
  const total_ns = stalls_ns.reduce((sum, [from, until]) => sum + until - from, 0);
  return { count: stalls_ns.length, total_ms: rounded(total_ns / NS_PER_MS) };
}

const rounded = (value: number): number => Math.round(value * 1000) / 1000;

const instant = ({ detector, ts_run_ns }: ChaosFrame): string => `${detector} ${ts_run_ns}`;

function flagsOf({ stormed, calm, started }: Ahead): PreviewFlag[] {
  const anyway = new Set(calm.flags.map(instant));
  const found = new Map<number, PreviewFlag>();
  for (const flag of stormed.flags) {
    if (anyway.has(instant(flag))) continue;
    const known = found.get(flag.detector);
    if (known !== undefined) known.count++;
    else {
      const detector = enumName(Detector, flag.detector) ?? String(flag.detector);
      const after_ms = flag.ts_run_ns / NS_PER_MS - started.started_at_ms;
      found.set(flag.detector, { detector, after_ms, count: 1 });
    }
  }
  return [...found.values()];
}
