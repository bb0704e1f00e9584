import { expect, it } from 'vitest';
import { outcomeWords, type PlayedRun } from './played.ts';

const run = (outcome: PlayedRun['outcome']): PlayedRun => ({
  run_id: '2026-11-21T09-12-44-108Z',
  symbols: ['AAPL'],
  from_ms: 1,
  to_ms: 2,
  outcome,
});

it('says how a played run ended, and nothing before', () => {
  expect(outcomeWords(run(null))).toBe('');
  expect(outcomeWords(run({ same: true, difference: null }))).toMatch(/^ended as recorded/);
  const difference = { what: 'run digest at the stop', expected: 'aa', found: 'bb' };
  expect(outcomeWords(run({ same: false, difference }))).toBe(
    'differs from the record: run digest at the stop: recorded aa, played bb',
  );
});
