import { expect, it } from 'vitest';
import { matching, type RunSummary, reasonWords, runTime, runWords, stormWords } from './runs.ts';

const run = (status: string, storms: string[]): RunSummary => ({
  run_id: 'r1',
  status,
  verdict: null,
  verdict_reasons: [],
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

it('finds runs by all the words that are typed', () => {
  const one = { ...run('complete', ['FlashCrash', 'FlashCrash']), verdict: 'TARGET_DAMAGED' };
  const first = { ...one, run_id: '2026-11-21T09-12-44-108Z', duration_s: 61.5 };
  const second = { ...first, run_id: '2026-11-20T16-02-51-950Z', storms: [], note: 'Quiet hour' };
  expect(runTime(first.run_id)).toBe('2026-11-21 09:12:44');
  expect(runWords(first)).toBe('AAPL · 1 min · FlashCrash');
  const found = (text: string) => matching([first, second], text).map(({ run_id }) => run_id);
  expect(found('')).toEqual([first.run_id, second.run_id]);
  expect(found('damaged 09:12')).toEqual([first.run_id]);
  expect(found('QUIET')).toEqual([second.run_id]);
  expect(found('flash quiet')).toEqual([]);
});

it('says why a run decides nothing', () => {
  const lagged = { ...run('complete', []), verdict_reasons: ['bench_lagged', 'no_target'] };
  expect([reasonWords(lagged), reasonWords(run('complete', []))]).toEqual([
    'bench lagged, no target',
    '',
  ]);
});
