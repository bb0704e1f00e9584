// What a scenario's run came to. In: outcomes, storms, measures, facts of the run. Out: one object, the
// report as JSON; the result and its exit code. Other forms are written from this one alone.
import { type Outcome, type Value, valueText } from './assertion.ts';
import { type Judged, type Measured, measuredValue } from './judge.ts';
import { MEASURES, measureOf, TWINNED } from './measures.ts';
import type { Scenario } from './scenario.ts';
import type { TrackedStorm } from './storm-track.ts';

/** Exit codes of `wavetank run`. 2, a file that is refused, has no report. */
export const RESULT_EXIT = {
  pass: 0,
  fail: 1,
  steady_state_not_met: 3,
  aborted: 4,
  inconclusive: 5,
  digest_mismatch: 6,
} as const;

export type Result = keyof typeof RESULT_EXIT;

/** How the run ended, before anything is judged. */
export interface Ending {
  /** `complete` unless it was cut short, and by what. */
  cause: 'complete' | 'steady_state' | 'abort_if' | 'aborted';
  /** Why an aborted run ended, or which condition ended it. */
  reason: string | null;
  /** What makes the run say nothing: a bench that lagged, a storm that could not start. */
  doubts: readonly string[];
}

/** The run as its folder tells it. */
export interface RunFacts {
  run_id: string;
  dir: string;
  class: string;
  source: string;
  started_at_ms: number;
  ended_at_ms: number;
  end_seq: number;
  run_digest: string;
  market_digest: string;
  verdict: string | null;
}

export interface AssertionReport {
  list: 'steady_state' | 'expect' | 'abort_if';
  text: string;
  outcome: Outcome;
  value: number | null;
  shown: string;
  unit: string;
  why: string | null;
}

export interface TwinRow {
  symbol: string;
  measure: string;
  unit: string;
  market: number | null;
  twin: number | null;
}

export interface ScenarioReport {
  name: string;
  file: string;
  result: Result;
  exit: number;
  reasons: string[];
  /** The line that runs it again. */
  repeat: string;
  seed: string;
  expected_run_digest: string | null;
  run: RunFacts;
  storms: TrackedStorm[];
  assertions: AssertionReport[];
  twin: TwinRow[];
  /** Every measure that has a value, by symbol; what is not of an instrument under `run`. */
  measures: { [symbol: string]: { [measure: string]: number } };
}

export interface ReportInput {
  scenario: Scenario;
  file: string;
  repeat: string;
  expected_run_digest: string | null;
  ending: Ending;
  run: RunFacts;
  storms: readonly TrackedStorm[];
  steady_state: readonly Judged[];
  expect: readonly Judged[];
  abort_if: readonly Judged[];
  measured: Measured;
}

export function reportOf(input: ReportInput): ScenarioReport {
  const { scenario, file, repeat, expected_run_digest, run, measured } = input;
  const [result, reasons] = resultOf(input);
  const rows = (list: AssertionReport['list']) => input[list].map((one) => assertionRow(list, one));
  return {
    name: scenario.name,
    file,
    result,
    exit: RESULT_EXIT[result],
    reasons,
    repeat,
    seed: scenario.seed,
    expected_run_digest,
    run,
    storms: [...input.storms],
    assertions: [...rows('steady_state'), ...rows('expect'), ...rows('abort_if')],
    twin: scenario.symbols.flatMap((symbol) => twinRows(symbol, measured)),
    measures: allMeasures(scenario, measured),
  };
}

/** The first that applies; what ended the run comes before what it measured. */
function resultOf(input: ReportInput): [Result, string[]] {
  const { ending, expected_run_digest: expected, run } = input;
  const reason = ending.reason === null ? [] : [ending.reason];
  if (ending.cause === 'aborted' || ending.cause === 'abort_if') return ['aborted', reason];
  if (ending.cause === 'steady_state') {
    return ['steady_state_not_met', unmet(input.steady_state)];
  }
  if (expected !== null && expected !== run.run_digest) {
    return ['digest_mismatch', [`run digest ${run.run_digest}, expected ${expected}`]];
  }
  if (ending.doubts.length > 0) return ['inconclusive', [...ending.doubts]];
  const failed = input.expect.filter(({ outcome }) => outcome === 'fails');
  if (failed.length > 0) return ['fail', unmet(failed)];
  const open = unmet(input.expect);
  return open.length > 0 ? ['inconclusive', open] : ['pass', []];
}

const unmet = (list: readonly Judged[]): string[] =>
  list.filter(({ outcome }) => outcome !== 'holds').map(sentence);

function sentence({ assertion, value, outcome }: Judged): string {
  const why = value.state === 'known' ? '' : `: ${value.why}`;
  const shown = valueText(assertion.measure, value);
  const verb = outcome === 'fails' ? 'does not hold' : 'cannot be judged';
  return `${assertion.text} ${verb}: it is ${shown}${why}`;
}

function assertionRow(list: AssertionReport['list'], judged: Judged): AssertionReport {
  const { assertion, value, outcome } = judged;
  return {
    list,
    text: assertion.text,
    outcome,
    value: value.state === 'unknown' ? null : value.value,
    shown: valueText(assertion.measure, value),
    unit: assertion.measure.unit,
    why: value.state === 'known' ? null : value.why,
  };
}

const numberOf = (value: Value): number | null => (value.state === 'known' ? value.value : null);

function twinRows(symbol: string, measured: Measured): TwinRow[] {
  return TWINNED.map((measure) => {
    const twin = measureOf(`twin.${measure.name}`) ?? measure;
    return {
      symbol,
      measure: measure.name,
      unit: measure.unit,
      market: numberOf(measuredValue(measure, symbol, measured)),
      twin: numberOf(measuredValue(twin, symbol, measured)),
    };
  });
}

function allMeasures(scenario: Scenario, measured: Measured): ScenarioReport['measures'] {
  const table: ScenarioReport['measures'] = {};
  const add = (under: string, name: string, value: number | null) => {
    if (value === null) return;
    table[under] ??= {};
    table[under][name] = value;
  };
  for (const measure of MEASURES) {
    const under = measure.scope === 'symbol' ? scenario.symbols : ['run'];
    for (const symbol of under)
      add(symbol, measure.name, numberOf(measuredValue(measure, symbol, measured)));
  }
  return table;
}
