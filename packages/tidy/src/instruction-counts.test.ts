// More than the limit fails, less passes and says so; what is missing on either side fails.
import { expect, it } from 'vitest';
import { judge } from './instruction-counts.ts';

it.each([
  [1000, 1030, 1, 0, '+3.0 %'],
  [1000, 1031, 0, 1, '+3.1 % of 1000, more than 3 %'],
  [1000, 1000, 1, 0, '+0.0 %'],
  [1000, 900, 1, 0, '−10.0 % of 1000: record anew'],
])('%s before, %s now', (before, now, passed, failed, words) => {
  const verdict = judge({ decode: now }, { decode: before }, 0.03);
  expect([verdict.passed.length, verdict.failed.length]).toEqual([passed, failed]);
  expect([...verdict.passed, ...verdict.failed].join()).toContain(words);
});

it('a workload must be on both sides', () => {
  expect(judge({ a: 1 }, { b: 1 }, 0.03)).toEqual({
    passed: [],
    failed: ['a: 1 instructions, none on record', 'b: on record, not counted'],
  });
});
