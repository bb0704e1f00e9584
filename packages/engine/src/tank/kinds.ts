// What the kinds that ship promise, as measures. In: a run of a storm. Out: its effect, which grows with
// severity, and how far it went beyond its source: the radius that docs/storms.md states.
import type { TickFrame } from '@wavetank/abi';
import { median } from './proofs.ts';
import { type Market, runStorm, type StormRun } from './storm-run.ts';

/** Duration of the storms that are compared: the shortest there is. */
const STORM_MS = 5_000;

/** How far a storm may go at severity 1. */
export interface Radius {
  /** Farthest the mid may stand from where both its start and its source are, 1/10000 dollar. */
  price: (mid: number, tick: number) => number;
  /** Of all events while it runs, the share that it injects; a source counts as 100 a second. */
  injected_share: number;
}

export interface KindPromise {
  kind: string;
  effect: (run: StormRun) => number;
  radius: Radius;
}

const seen = ({ ticks }: StormRun): TickFrame[] =>
  ticks.filter((t) => t.mid_x2 > 0 && t.twin_mid_x2 > 0);

const highest = (run: StormRun, measure: (tick: TickFrame) => number): number =>
  Math.max(0, ...seen(run).map(measure));

const bps = (mid: number, n: number): number => (mid * n) / 10_000;

/** Farthest that the mid stood outside of what lies between its start and its source. */
export function excursion(run: StormRun): number {
  const start_x2 = seen(run)[0]?.twin_mid_x2 ?? 0;
  const beyond = (t: TickFrame): number => {
    const low = Math.min(start_x2, t.twin_mid_x2);
    const high = Math.max(start_x2, t.twin_mid_x2);
    return Math.max(low - t.mid_x2, t.mid_x2 - high) / 2;
  };
  return highest(run, beyond);
}

const SOURCE_RATE_FLOOR = 100;

/** Share of the events while it ran that it injected; a quiet source counts as 100 events a second. */
export function injectedShare({ report, events }: StormRun): number {
  const floor = (report.duration_ms / 1000) * SOURCE_RATE_FLOOR;
  return report.events / (report.events + Math.max(floor, events - report.events));
}

/** The median effect at each severity, over storms that differ in nothing but their seed. */
export async function medianEffects(
  { kind, effect }: KindPromise,
  runs: { market: (seed: string) => Market; severities: readonly number[]; seeds: number },
): Promise<number[]> {
  const medians: number[] = [];
  for (const severity of runs.severities) {
    const effects: number[] = [];
    for (let i = 1; i <= runs.seeds; i++) {
      const seed = String(i);
      const request = { kind, severity, duration_ms: STORM_MS, seed };
      effects.push(effect(await runStorm(runs.market(seed), request, { after_ms: 0 })));
    }
    medians.push(median(effects));
  }
  return medians;
}

/** Where a row of medians falls, as text; undefined when it never does. */
export function falls(medians: readonly number[]): string | undefined {
  const at = medians.findIndex((each, i) => i > 0 && each < (medians[i - 1] ?? 0));
  return at < 0 ? undefined : `falls at step ${at}: ${medians.join(' ')}`;
}

export const KIND_PROMISES: readonly KindPromise[] = [
  {
    kind: 'PhantomLiquidity',
    effect: (run) =>
      highest(run, (t) => t.bid_depth + t.ask_depth - t.twin_bid_depth - t.twin_ask_depth),
    radius: { price: (_mid, tick) => 2 * tick, injected_share: 0.6 },
  },
  {
    kind: 'CancellationStorm',
    effect: (run) => run.report.events,
    radius: { price: (_mid, tick) => 2 * tick, injected_share: 0.95 },
  },
  {
    kind: 'MomentumIgnition',
    effect: (run) => highest(run, (t) => Math.abs(t.mid_x2 - t.twin_mid_x2) / 2),
    radius: {
      price: (mid, tick) => Math.max(bps(mid, 40), 10 * tick) + 5 * tick,
      injected_share: 0.85,
    },
  },
  {
    kind: 'FlashCrash',
    effect: (run) => highest(run, (t) => (t.twin_mid_x2 - t.mid_x2) / 2),
    radius: {
      price: (mid, tick) => Math.max(bps(mid, 80), 20 * tick) + 5 * tick,
      injected_share: 0.95,
    },
  },
  {
    kind: 'LatencyArbProxy',
    effect: (run) => run.report.taken_qty + run.report.withdrawn_qty,
    radius: { price: (_mid, tick) => 6 * tick, injected_share: 0.5 },
  },
];

const SEVERITIES = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];

/** What a run breaks of the radius, the exact end and the clean leave. */
export function broken({ radius }: KindPromise, run: StormRun): string[] {
  const { report, ticks } = run;
  const [first] = ticks;
  const allowed = radius.price((first?.twin_mid_x2 ?? 0) / 2, first?.tick_size ?? 0);
  const faults: string[] = [];
  const far = excursion(run);
  if (far > allowed) faults.push(`the price went ${far} beyond, allowed ${allowed}`);
  const share = injectedShare(run);
  if (share > radius.injected_share)
    faults.push(`${share} injected, allowed ${radius.injected_share}`);
  if (run.failure !== undefined) faults.push(run.failure);
  if (report.ended_at_ms !== report.expires_at_ms) faults.push(`ended at ${report.ended_at_ms}`);
  const last = ticks.at(-1);
  const left = (last?.injected_qty ?? 0) + (last?.displaced_qty ?? 0);
  if (run.market_digest !== run.twin_digest || left > 0) faults.push(`${left} shares left behind`);
  return faults;
}

/** Growth over eleven severities and `seeds` seeds; radius, end and leave for every seed. */
export async function longPromise(
  promise: KindPromise,
  market: Market,
  seeds: number,
): Promise<string[]> {
  const runs = { market: () => market, severities: SEVERITIES, seeds };
  const fall = falls(await medianEffects(promise, runs));
  const faults = fall === undefined ? [] : [`the median ${fall}`];
  for (let i = 1; i <= seeds; i++) {
    const seed = String(i);
    const request = { kind: promise.kind, severity: 1, duration_ms: STORM_MS, seed };
    const run = await runStorm(market, request);
    faults.push(...broken(promise, run).map((fault) => `seed ${seed}: ${fault}`));
  }
  return faults;
}
