import { type ChaosFrame, StormPhase } from '@wavetank/abi';
import { expect, it } from 'vitest';
import { score, scoreWords } from './scoring.ts';
import type { StormMark } from './storms.ts';

const storm = (id: number, phase: number, symbol = 'AAPL'): StormMark =>
  ({ id, phase, symbol, started_s: id * 10 }) as StormMark;
const flag = (truth_storm_id: number, after = 0xffffffff, symbol = 'AAPL'): ChaosFrame =>
  ({ truth_storm_id, time_to_detect_ms: after, symbol }) as ChaosFrame;

const { Running, Returning, Closed } = StormPhase;

it.each([
  ['nothing', [], [], '0 hit · 0 missed · 0 false'],
  ['a storm found', [flag(1, 640), flag(1, 900)], [storm(1, Closed)], '1 hit · 0 missed · 0 false'],
  ['a storm closed unseen', [], [storm(1, Closed)], '0 hit · 1 missed · 0 false'],
  ['one still to be found', [], [storm(1, Running)], '0 hit · 0 missed · 0 false · 1 open'],
  ['returning is not over', [], [storm(1, Returning)], '0 hit · 0 missed · 0 false · 1 open'],
  ['a flag out of the blue', [flag(0)], [], '0 hit · 0 missed · 1 false'],
  [
    'another symbol',
    [flag(0, 1, 'MSFT')],
    [storm(1, Closed, 'MSFT')],
    '0 hit · 0 missed · 0 false',
  ],
])('%s', (_name, flags, storms, words) => {
  expect(scoreWords(score(flags, storms, 'AAPL'))).toBe(words);
});

it('tells how soon the first flag came', () => {
  const { storms } = score([flag(1, 640), flag(1, 10)], [storm(1, Closed)], 'AAPL');
  expect(storms[0]?.after_ms).toBe(640);
});

it('calls no storm missed whose beginning was not seen', () => {
  const storms = [storm(1, Closed), storm(2, Closed), storm(3, Running)];
  const found = score([], storms, 'AAPL', 15).storms.map((one) => one.found);
  expect(found).toEqual(['unseen', 'missed', 'pending']);
});
