// In: a storm that was asked for and judged. Out: the storm running, or an error and nothing changed: its
// code makes its first state before the market hears of it.
import { judgedInit, rampedStalls } from '@wavetank/storms';
import type { StormReport } from './native-answers.ts';
import type { LibraryKind } from './storm-library.ts';
import type { Timeline } from './timeline.ts';

const NS_PER_MS = 1_000_000;

export interface StormPlan {
  kind: LibraryKind;
  severity_ppm: number;
  duration_ms: number;
  /** Undefined: a function of the run's seed. */
  seed: string | undefined;
  symbol: string;
  params: Record<string, number>;
}

/** Starts a storm at the quantum end that is held, or at the last one while time stands. */
export function startStorm(timeline: Timeline, plan: StormPlan): StormReport {
  const { kind, severity_ppm, duration_ms, symbol, params } = plan;
  const { session } = timeline;
  const seed = plan.seed ?? session.control<{ seed: string }>('storm.seed').seed;
  const state = judgedInit(kind.module, { severity_ppm, duration_ms, params }, BigInt(seed));
  const report = session.control<StormReport>('storm.start', {
    kind: kind.info.number,
    kind_name: kind.info.name,
    severity_ppm,
    duration_ms,
    seed,
    symbol,
    recovery_half_life_ms: params.recovery_half_life_ms ?? null,
  });
  timeline.storms.add(report.id, kind.module, state);
  return report;
}

/** What a person said of a storm. */
export interface Said {
  note?: string | null | undefined;
  who?: string | null | undefined;
}

/** Starts a storm, for all to see. */
export function beginStorm(timeline: Timeline, plan: StormPlan & Said): StormReport {
  const report = startStorm(timeline, plan);
  const { severity_ppm, params, note = null, who = null } = plan;
  const { code, file: module } = plan.kind;
  const said = { note, who, params };
  timeline.note('storm.start', { ...startAnswer(report), severity_ppm, ...said, code, module });
  timeline.notice('storm_started', { ...report, ...said, stalls_ns: stallsOf(plan, report) });
  return report;
}

/** What who started a storm is told of it. */
export function startAnswer(report: StormReport) {
  const { id, started_at_ms, expires_at_ms, start_seq, seed, severity, kind, symbol } = report;
  const { duration_ms } = report;
  return {
    mode: 'storm',
    id,
    started_at_ms,
    expires_at_ms,
    start_seq,
    seed,
    severity,
    duration_ms,
    kind,
    symbol,
  };
}

/** When the link to a target stalls: known in full as the storm starts, so that a bridge can keep it. */
export function stallsOf(
  plan: Pick<StormPlan, 'kind' | 'severity_ppm' | 'params'>,
  report: StormReport,
): [number, number][] {
  const scaled = { severity_ppm: plan.severity_ppm, ramp_ms: plan.params.ramp_ms ?? 0 };
  const { seed, started_at_ms, expires_at_ms } = report;
  const time: [number, number] = [started_at_ms * NS_PER_MS, expires_at_ms * NS_PER_MS];
  return rampedStalls(plan.kind.module, scaled, BigInt(seed), time);
}
