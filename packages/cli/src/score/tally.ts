// In: the outcomes of all trials. Out: the score, as printed by --json: one row a detector, and the
// regime. Rates over nothing are null.
import { Detector } from '@wavetank/abi';
import { CRASH_SEVERITY } from './plan.ts';
import type { Outcome } from './trial.ts';

/** From here up a storm has to be seen. */
export const SEVERE = 0.5;

/** Storm kinds that a detector must see; the rule by which the session scores its flags. */
const SEES: Record<string, string[]> = {
  Spoof: ['PhantomLiquidity', 'MomentumIgnition'],
  QuoteStuff: ['CancellationStorm'],
};

export interface SeverityRow {
  severity: number;
  storms: number;
  recall: number;
  time_to_detect_ms_p50: number | null;
}

export interface CleanRow {
  minutes: number;
  flags: number;
  flags_per_minute: number;
  share_of_events: number;
}

export interface KindRow {
  kind: string;
  /** Flags that hit over all flags, on markets with storms. */
  precision: number | null;
  /** Storms of severity 0.5 and more that were seen. */
  recall: number | null;
  time_to_detect_ms_p50: number | null;
  time_to_detect_ms_p90: number | null;
  storms: number;
  flags: number;
  false_flags: number;
  by_severity: SeverityRow[];
  clean_synthetic: CleanRow | null;
  clean_recorded: CleanRow | null;
}

export interface RegimeRow {
  /** Seconds that were calm, of those with a regime, on clean markets: the least of them. */
  calm_synthetic_share: number | null;
  calm_recorded_share: number | null;
  crash_severity: number;
  crashes: number;
  /** The slowest; null: one never reached it. */
  crisis_ms_max: number | null;
  crisis_ms_p50: number | null;
  /** Crashes after which the regime was back within one level of where it was. */
  back_share: number | null;
}

export interface Score {
  kinds: KindRow[];
  regime: RegimeRow;
  markets: number;
  storms: number;
  virtual_hours: number;
  events: number;
}

export function tally(outcomes: Outcome[]): Score {
  const sum = (of: (outcome: Outcome) => number): number =>
    outcomes.reduce((total, outcome) => total + of(outcome), 0);
  return {
    kinds: Object.keys(Detector).map((kind) => kindRow(kind, outcomes)),
    regime: regimeRow(outcomes),
    markets: outcomes.length,
    storms: sum((outcome) => outcome.storms.length),
    virtual_hours: sum((outcome) => outcome.seconds) / 3_600,
    events: sum((outcome) => outcome.events),
  };
}

/** What would be if this detector never said anything. */
export function muted(outcome: Outcome, detector: string | undefined): Outcome {
  if (detector === undefined) return outcome;
  const storms = outcome.storms.map((storm) => {
    const { [detector]: _, ...seen_ms } = storm.seen_ms;
    return { ...storm, seen_ms };
  });
  return { ...outcome, storms, flags: outcome.flags.filter((flag) => flag.by !== detector) };
}

function kindRow(kind: string, outcomes: Outcome[]): KindRow {
  const kinds = SEES[kind] ?? [kind];
  const stormed = outcomes.filter(({ trial }) => trial.purpose === 'stormed');
  const clean = outcomes.filter(({ trial }) => trial.purpose === 'clean');
  const storms = stormed.flatMap((o) => o.storms).filter((s) => kinds.includes(s.kind));
  const seen = (of: typeof storms): number[] => of.flatMap((s) => s.seen_ms[kind] ?? []);
  const severe = storms.filter((storm) => storm.severity >= SEVERE);
  const said = stormed.flatMap((outcome) => outcome.flags).filter((flag) => flag.by === kind);
  const [flags, false_flags] = [said.length, said.filter((flag) => !flag.hit).length];
  return {
    kind,
    precision: ratio(flags - false_flags, flags),
    recall: ratio(seen(severe).length, severe.length),
    time_to_detect_ms_p50: quantile(seen(severe), 0.5),
    time_to_detect_ms_p90: quantile(seen(severe), 0.9),
    storms: storms.length,
    flags,
    false_flags,
    by_severity: severities(storms).map((severity) => {
      const of = storms.filter((storm) => storm.severity === severity);
      const recall = ratio(seen(of).length, of.length) ?? 0;
      return {
        severity,
        storms: of.length,
        recall,
        time_to_detect_ms_p50: quantile(seen(of), 0.5),
      };
    }),
    clean_synthetic: cleanRow(
      kind,
      clean.filter((o) => !o.trial.recorded),
    ),
    clean_recorded: cleanRow(
      kind,
      clean.filter((o) => o.trial.recorded),
    ),
  };
}

const severities = (storms: { severity: number }[]): number[] =>
  [...new Set(storms.map((storm) => storm.severity))].sort((a, b) => a - b);

function cleanRow(kind: string, outcomes: Outcome[]): CleanRow | null {
  if (outcomes.length === 0) return null;
  const sum = (of: (outcome: Outcome) => number): number =>
    outcomes.reduce((total, outcome) => total + of(outcome), 0);
  const flags = sum((outcome) => outcome.flags.filter((flag) => flag.by === kind).length);
  const minutes = sum((outcome) => outcome.seconds) / 60;
  const share_of_events =
    flags /
    Math.max(
      1,
      sum((outcome) => outcome.events),
    );
  return { minutes, flags, flags_per_minute: flags / minutes, share_of_events };
}

function regimeRow(outcomes: Outcome[]): RegimeRow {
  const calm = (recorded: boolean): number | null => {
    const clean = outcomes.filter((o) => o.trial.purpose === 'clean' && o.known_s > 0);
    const shares = clean
      .filter((o) => o.trial.recorded === recorded)
      .map((o) => o.calm_s / o.known_s);
    return shares.length === 0 ? null : Math.min(...shares);
  };
  const crashes = outcomes.flatMap((outcome) => outcome.crash ?? []);
  const times = crashes.map((crash) => crash.crisis_ms ?? Number.POSITIVE_INFINITY);
  const back = crashes.filter((crash) => Math.abs(crash.after - crash.before) <= 1);
  const finite = (value: number | null): number | null =>
    value === null || Number.isFinite(value) ? value : null;
  return {
    calm_synthetic_share: calm(false),
    calm_recorded_share: calm(true),
    crash_severity: CRASH_SEVERITY,
    crashes: crashes.length,
    crisis_ms_max: finite(quantile(times, 1)),
    crisis_ms_p50: finite(quantile(times, 0.5)),
    back_share: ratio(back.length, crashes.length),
  };
}

const ratio = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

/** The smallest value that is not below this share of all. */
function quantile(values: number[], share: number): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null;
}
