// Assertions against what was measured. In: gauges by symbol, the figures of the run and its target.
// Out: each assertion with its value and outcome.
import { type Assertion, judgeAssertion, type Outcome, type Value } from './assertion.ts';
import type { Gauge } from './gauge.ts';
import type { MeasureInfo } from './measures.ts';

/** Figures of the run and of its target, by the names of measures.ts. */
export type RunFigures = { [measure: string]: Value | undefined };

export interface Measured {
  /** Of assertions that name none. */
  symbol: string;
  gauges: ReadonlyMap<string, Gauge>;
  run: RunFigures;
}

export interface Judged {
  assertion: Assertion;
  value: Value;
  outcome: Outcome;
}

export const known = (value: number): Value => ({ state: 'known', value });

export function measuredValue(measure: MeasureInfo, symbol: string, measured: Measured): Value {
  if (measure.scope !== 'symbol') {
    return measured.run[measure.name] ?? { state: 'unknown', why: 'not told' };
  }
  const value = measured.gauges.get(symbol)?.figure(measure.name);
  if (value !== undefined) return known(value);
  return { state: 'unknown', why: `nothing of ${symbol} to tell it from` };
}

export function judgeAll(assertions: readonly Assertion[], measured: Measured): Judged[] {
  return assertions.map((assertion) => {
    const symbol = assertion.symbol ?? measured.symbol;
    const value = measuredValue(assertion.measure, symbol, measured);
    return { assertion, value, outcome: judgeAssertion(assertion, value) };
  });
}
