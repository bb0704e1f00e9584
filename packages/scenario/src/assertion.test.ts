import { describe, expect, it } from 'vitest';
import {
  judgeAssertion,
  type Outcome,
  parseAssertion,
  type Value,
  valueText,
} from './assertion.ts';
import { MEASURES, measureOf, nearestMeasure } from './measures.ts';

const known = (value: number): Value => ({ state: 'known', value });
const at_least = (value: number): Value => ({ state: 'at_least', value, why: 'time ran out' });
const unknown: Value = { state: 'unknown', why: 'nobody told' };

it.each([
  ['spread_bps_p50 < 5', undefined, '<', 5],
  ['  twin.mid_end@SYN002>=1e3 ', 'SYN002', '>=', 1000],
  ['mid_bps_vs_twin_min@BRK.B != -0.5', 'BRK.B', '!=', -0.5],
  ['regime_max <= Volatile', undefined, '<=', 2],
  ['target.verdict == TARGET_INTACT', undefined, '==', 0],
])('reads %j', (text, symbol, op, bound) => {
  expect(parseAssertion(text)).toMatchObject({ text: text.trim(), symbol, op, bound });
});

it.each([
  ['', 'expected <measure>'],
  ['crossed_ms', 'expected <measure>'],
  ['crossed_ms = 3', 'expected <measure>'],
  ['crossed_ms < 3 ms', 'expected <measure>'],
  ['crossed_ms < three', 'three is no number; crossed_ms is in ms'],
  ['crossed_ms < Infinity', 'no number'],
  ['toString < 3', 'no measure toString'],
  ['twin.crossed_ms < 3', 'no measure twin.crossed_ms'],
  ['recovery_ms@AAPL < 3', 'is of the run'],
  ['regime_max < 3', 'no regime 3; one of Unknown, Calm'],
])('refuses %j', (text, said) => {
  expect(() => parseAssertion(text)).toThrow(said);
});

describe('outcomes', () => {
  const table: [string, Value, Outcome][] = [
    ['crossed_ms < 3', known(2), 'holds'],
    ['crossed_ms < 3', known(3), 'fails'],
    ['crossed_ms <= 3', known(3), 'holds'],
    ['crossed_ms > 3', known(3), 'fails'],
    ['crossed_ms >= 3', known(3), 'holds'],
    ['crossed_ms == 3', known(3), 'holds'],
    ['crossed_ms != 3', known(3), 'fails'],
    ['crossed_ms < 3', unknown, 'unknown'],
    ['recovery_ms < 3', at_least(2), 'unknown'],
    ['recovery_ms < 3', at_least(3), 'fails'],
    ['recovery_ms <= 3', at_least(3), 'unknown'],
    ['recovery_ms <= 3', at_least(4), 'fails'],
    ['recovery_ms > 3', at_least(4), 'holds'],
    ['recovery_ms > 3', at_least(3), 'unknown'],
    ['recovery_ms >= 3', at_least(3), 'holds'],
    ['recovery_ms == 3', at_least(3), 'unknown'],
    ['recovery_ms == 3', at_least(4), 'fails'],
    ['recovery_ms != 3', at_least(4), 'holds'],
  ];
  it.each(table)('%s of %j: %s', (text, value, outcome) => {
    expect(judgeAssertion(parseAssertion(text), value)).toBe(outcome);
  });
});

it('shows values in the words of their measure', () => {
  const shown = (name: string, value: Value) => {
    const measure = measureOf(name);
    return measure === undefined ? '' : valueText(measure, value);
  };
  expect(shown('regime_max', known(4))).toBe('Crisis');
  expect(shown('recovery_ms', at_least(1.23456))).toBe('≥ 1.235');
  expect(shown('recovery_ms', unknown)).toBe('unknown');
});

it('names each measure once, with a unit and a meaning', () => {
  const names = MEASURES.map((measure) => measure.name);
  expect(new Set(names).size).toBe(names.length);
  for (const { unit, doc } of MEASURES) expect([unit, doc]).not.toContain('');
  expect(nearestMeasure('recovry')).toBe('recovery_ms');
  expect(nearestMeasure('FLAGS.flashcrash')).toBe('flags.FlashCrash');
});
