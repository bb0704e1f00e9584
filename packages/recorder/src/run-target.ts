// What run.yaml holds of a target, and its part of the verdict. In: a target as it ended, and what the
// bench did wrong. Out: its own verdict, and of several the worst. Knows no file and no clock.
import {
  DEFAULT_THRESHOLDS,
  type Judgement,
  judge,
  type Thresholds,
  type Verdict,
} from './verdict.ts';

/** A service level that was broken: what was promised, what was measured, in which storm. */
export interface RunBreach {
  slo: string;
  limit: number;
  measured: number;
  storm_id: number | null;
}

/** What a run did to a target; see docs/run-format.md. */
export interface RunScore {
  polls: number;
  polls_failed: number;
  max_drawdown: number | null;
  answer_ms_p50: number | null;
  answer_ms_p99: number | null;
  outages: number;
  offline_ms_max: number;
  staleness_ms_max: number | null;
  tick_to_trade_us_p99: number | null;
  storms: {
    storm_id: number;
    pnl_delta: number | null;
    reaction_ms: number | null;
    reaction: string | null;
    recovery_ms: number | null;
    steady_band: number | null;
  }[];
  slo: { [name in string]: number | null };
  slo_breaches: RunBreach[];
}

export interface RunTarget {
  bot: string | null;
  url: string | null;
  currency: string | null;
  latency_class: string | null;
  clock: string;
  start_equity: number | null;
  end_equity: number | null;
  delta: number | null;
  total_trades: number | null;
  wins: number | null;
  losses: number | null;
  win_rate: number | null;
  /** Times it could not be reached during the run. */
  outages: number;
  thresholds: Thresholds;
  verdict: Verdict | null;
  verdict_reasons: string[];
  /** Null while the run goes on, and for a run that nobody could finish. */
  score: RunScore | null;
}

/** What stands there when nobody takes part. */
export const noTarget = (): RunTarget => ({
  bot: null,
  url: null,
  currency: null,
  latency_class: null,
  clock: 'wall',
  start_equity: null,
  end_equity: null,
  delta: null,
  total_trades: null,
  wins: null,
  losses: null,
  win_rate: null,
  outages: 0,
  thresholds: DEFAULT_THRESHOLDS,
  verdict: null,
  verdict_reasons: [],
  score: null,
});

const WORST_FIRST: readonly Verdict[] = [
  'INCONCLUSIVE',
  'TARGET_KILLED',
  'TARGET_DAMAGED',
  'TARGET_UNKNOWN',
  'TARGET_DEGRADED',
  'TARGET_INTACT',
];

/** Judges each target; the run's verdict is the worst of them, its reasons name whose they are. */
export function judgeTargets(
  targets: readonly RunTarget[],
  bench_faults: readonly string[],
): Pick<Judgement, 'verdict' | 'reasons'> {
  if (targets.length === 0) return { verdict: 'TARGET_UNKNOWN', reasons: ['no_target'] };
  for (const target of targets) judgeOne(target, bench_faults);
  const verdict = WORST_FIRST.find((one) => targets.some((target) => target.verdict === one));
  const worst = targets.filter((target) => target.verdict === verdict);
  const named = (target: RunTarget, reason: string): string =>
    targets.length === 1 || bench_faults.includes(reason) ? reason : `${target.bot}: ${reason}`;
  const reasons = worst.flatMap((target) =>
    target.verdict_reasons.map((reason) => named(target, reason)),
  );
  return { verdict: verdict ?? 'TARGET_UNKNOWN', reasons: [...new Set(reasons)] };
}

function judgeOne(target: RunTarget, bench_faults: readonly string[]): void {
  const { verdict, delta, reasons } = judge({
    target: true,
    start_equity: target.start_equity,
    end_equity: target.end_equity,
    thresholds: target.thresholds,
    slo_breaches: [...new Set(target.score?.slo_breaches.map(breachWord) ?? [])],
    bench_faults,
  });
  Object.assign(target, { verdict, delta, verdict_reasons: reasons });
}

const breachWord = ({ slo }: RunBreach): string =>
  slo === 'offline_ms' ? 'unreachable' : `slo_${slo}`;
