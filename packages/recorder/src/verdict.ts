// In: a target's equity at both ends of a run, thresholds, and what made the bench itself
// unreliable, and the service levels it broke. Out: the verdict and the reasons behind it. Knows no file and no clock.

export const VERDICTS = [
  'INCONCLUSIVE',
  'TARGET_UNKNOWN',
  'TARGET_KILLED',
  'TARGET_DAMAGED',
  'TARGET_DEGRADED',
  'TARGET_INTACT',
] as const;

export type Verdict = (typeof VERDICTS)[number];

export interface Thresholds {
  /** A loss of more than this damages. */
  damaged: number;
  /** A loss of more than this kills. */
  killed: number;
  /** Whether the two are money in the account's currency or a share of the start equity. */
  unit: 'absolute' | 'share';
}

export const DEFAULT_THRESHOLDS: Thresholds = { damaged: 10, killed: 100, unit: 'absolute' };

export interface Judged {
  /** Whether a target took part; without one nothing can be inconclusive, only unknown. */
  target: boolean;
  start_equity: number | null;
  end_equity: number | null;
  thresholds: Thresholds;
  /** Which of its service levels the target broke, as stable words. */
  slo_breaches: readonly string[];
  /** What the bench did wrong during the run, as stable words. */
  bench_faults: readonly string[];
}

export interface Judgement {
  verdict: Verdict;
  delta: number | null;
  reasons: string[];
}

const known = (equity: number | null): equity is number =>
  equity !== null && Number.isFinite(equity);

export function judge(run: Judged): Judgement {
  const { start_equity: start, end_equity: end } = run;
  const delta = known(start) && known(end) ? round(end - start) : null;
  if (run.target && run.bench_faults.length > 0) {
    return { verdict: 'INCONCLUSIVE', delta, reasons: [...run.bench_faults] };
  }
  if (!known(start) || delta === null) {
    const reason = run.target ? missingEnds(start, end) : 'no_target';
    return { verdict: 'TARGET_UNKNOWN', delta, reasons: [reason] };
  }
  const verdict = byLoss(delta, start, run.thresholds);
  if (verdict !== 'TARGET_INTACT' || run.slo_breaches.length === 0) {
    return { verdict, delta, reasons: [] };
  }
  return { verdict: 'TARGET_DEGRADED', delta, reasons: [...run.slo_breaches] };
}

function missingEnds(start: number | null, end: number | null): string {
  if (!known(start)) return known(end) ? 'start_equity_unknown' : 'equity_unknown';
  return 'end_equity_unknown';
}

function byLoss(delta: number, start: number, thresholds: Thresholds): Verdict {
  const scale = thresholds.unit === 'share' ? Math.abs(start) : 1;
  if (delta < -thresholds.killed * scale) return 'TARGET_KILLED';
  if (delta < -thresholds.damaged * scale) return 'TARGET_DAMAGED';
  return 'TARGET_INTACT';
}

/** Equity is money: differences of binary fractions are cut back to 10⁻⁶. */
export const round = (value: number): number => Math.round(value * 1e6) / 1e6;
