import { expect, it } from 'vitest';
import { type RunSummary, stormWords } from './runs.ts';

const run = (status: string, storms: string[]): RunSummary => ({
  run_id: 'r1',
  status,
  verdict: null,
  duration_s: null,
  symbols: ['AAPL'],
  class: 'D0',
  storms,
  delta: null,
});

it.each([
  [run('complete', []), null, 'no storms'],
  [run('complete', ['FlashCrash']), null, '1 storm'],
  [run('aborted', ['FlashCrash', 'FlashCrash']), null, '2 storms'],
  [run('recording', []), { run_id: 'r1', storms_fired: [{}, {}] }, '2 storms so far'],
  [run('recording', []), { run_id: 'r1', storms_fired: [] }, 'no storms so far'],
  // Left behind by another process: what was fired in it is not known here.
  [run('recording', []), { run_id: 'r2', storms_fired: [{}] }, ''],
  [run('recording', []), null, ''],
])('%o beside %o says %s', (listed, live, words) => {
  expect(stormWords(listed, live)).toBe(words);
});
