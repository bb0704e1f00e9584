import { describe, expect, it } from 'vitest';
import { axisCount, bps, bpsText, nsText, priceText, shortCount, tickDecimals } from './format.ts';
import { clockText, countdown, instantOf, timeSplits, timeStep } from './venue-time.ts';

describe('spreads', () => {
  it.each([
    ['a penny at $1', 100, 10_000, '100 bps'],
    ['a tenth of a mil at $1', 1, 10_000, '1.00 bps'],
    ['a penny at $585', 100, 5_850_000, '0.171 bps'],
    ['a penny at $10,000', 100, 100_000_000, '0.0100 bps'],
    ['a penny at $600,000', 100, 6_000_000_000, '0.000167 bps'],
    ['locked', 0, 10_000, '0 bps'],
    ['no mid', 100, Number.NaN, '–'],
  ])('%s', (_what, spread, mid, text) => {
    expect(bpsText(bps(spread, mid))).toBe(text);
  });
});

it('prices follow the tick', () => {
  expect([100, 1, 10, 50, 10_000, 1000].map(tickDecimals)).toEqual([2, 4, 3, 3, 2, 2]);
  expect(priceText(5_853_400, 100)).toBe('585.34');
  expect(priceText(0, 100)).toBe('–');
});

it('counts and durations stay narrow', () => {
  expect([999, 9_999, 12_345, 1_234_567, 12_345_678].map(shortCount)).toEqual([
    '999',
    '9,999',
    '12.3k',
    '1.23M',
    '12.3M',
  ]);
  expect([20_000, 2_500, 12_500].map(axisCount)).toEqual(['20k', '2,500', '12.5k']);
  expect([7, 1_250, 999_999, 3.4e6, 1.2e9].map(nsText)).toEqual([
    '7 ns',
    '1.25 µs',
    '1.00 ms',
    '3.40 ms',
    '1.20 s',
  ]);
});

describe('venue time', () => {
  it('is text with leading zeros', () => {
    expect(clockText(34_200)).toBe('09:30:00');
    expect(clockText(34_200.1256, 3)).toBe('09:30:00.125');
    expect(clockText(0.02, 2)).toBe('00:00:00.02');
    expect(clockText(Number.NaN)).toBe('--:--:--');
  });

  it('names fixed instants on an axis', () => {
    expect(timeStep(60, 5)).toBe(15);
    expect(timeStep(7200, 6)).toBe(1800);
    expect(timeSplits(34_190.5, 34_231, 15)).toEqual([34_200, 34_215, 34_230]);
  });

  it('counts down', () => {
    expect([12_340, 61_000, -5].map(countdown)).toEqual(['12.3 s', '1:01', '0.0 s']);
  });
});

it('reads a time of the venue as a person types it, or not at all', () => {
  const typed = ['9:31', '09:31:00.5', ' 16:00:00 ', '24:00', '9:61', '9', 'now', '9:31:60'];
  expect(typed.map(instantOf)).toEqual([34_260, 34_260.5, 57_600, null, null, null, null, null]);
});
