// What a target is after its file was read: every key has a value. Types and the class table only.
import type { LATENCY_CLASSES, RUNTIMES } from './schema.ts';

export type LatencyClass = (typeof LATENCY_CLASSES)[number];
export type Runtime = (typeof RUNTIMES)[number];

/** Losses that decide a verdict, in money or as a share of the start equity. */
export interface TargetThresholds {
  damaged: number;
  killed: number;
  unit: 'absolute' | 'share';
}

/** Upper bounds; null = not judged. */
export interface Slo {
  offline_ms: number | null;
  answer_ms_p99: number | null;
  reaction_ms: number | null;
  recovery_ms: number | null;
  staleness_ms: number | null;
  tick_to_trade_us_p99: number | null;
}

export interface TargetSpec {
  name: string;
  /** The name was given; otherwise the bot's own is shown. */
  named: boolean;
  /** As it was given. */
  url: string;
  state_url: string;
  health_url: string;
  poll_ms: number;
  currency: string | null;
  thresholds: TargetThresholds;
  latency_class: LatencyClass | null;
  runtime: Runtime | null;
  needs_numa_pinning: boolean;
  expected_p99_tick_to_trade_us: number | null;
  slo: Slo;
  clock: 'wall' | 'feed';
}

export const DEFAULT_POLL_MS = 1000;
export const TARGET_THRESHOLDS: TargetThresholds = { damaged: 10, killed: 100, unit: 'absolute' };

/** Without a class a target must only be there. */
export const NO_CLASS_SLO: Slo = {
  offline_ms: 0,
  answer_ms_p99: null,
  reaction_ms: null,
  recovery_ms: null,
  staleness_ms: null,
  tick_to_trade_us_p99: null,
};

/** Order of columns as in `Slo`. An hft target's tick-to-trade bound is what it promised. */
const CLASS_LIMITS: Readonly<Record<LatencyClass, readonly (number | null)[]>> = {
  hft: [0, 100, 100, 2_000, 100, null],
  mid: [0, 250, 1_000, 10_000, 1_000, 10_000],
  low: [1_000, 1_000, 5_000, 30_000, 5_000, null],
  eod: [60_000, 5_000, null, null, null, null],
  event: [5_000, 1_000, 10_000, 60_000, null, null],
};

export function sloOfClass(latencyClass: LatencyClass | null, promisedUs: number | null): Slo {
  if (latencyClass === null) return NO_CLASS_SLO;
  const [offline = 0, answer = null, reaction = null, recovery = null, stale = null, t2t = null] =
    CLASS_LIMITS[latencyClass];
  return {
    offline_ms: offline,
    answer_ms_p99: answer,
    reaction_ms: reaction,
    recovery_ms: recovery,
    staleness_ms: stale,
    tick_to_trade_us_p99: latencyClass === 'hft' ? promisedUs : t2t,
  };
}
