import { expect, it } from 'vitest';
import { roundUp, SteadyRange, valueSplits } from './range.ts';

const zero = { kind: 'from_zero', least: 4 } as const;
const around = { kind: 'around', least: 0.1 } as const;

it('rounds to 1, 2, 5', () => {
  expect([0.011, 1, 1.2, 3, 5, 7, 4200].map(roundUp)).toEqual([0.02, 1, 2, 5, 5, 10, 5000]);
});

it('widens at once and narrows late', () => {
  const range = new SteadyRange();
  expect(range.update(zero, 1, 3, 0)).toEqual([0, 4]);
  expect(range.update(zero, 1, 90, 10)).toEqual([0, 150]);
  expect(range.update(zero, 1, 3, 100)).toEqual([0, 150]);
  expect(range.update(zero, 1, 3, 2000)).toEqual([0, 150]);
  expect(range.update(zero, 1, 3, 2700)).toEqual([0, 4]);
});

it('stands still while the data moves inside', () => {
  const range = new SteadyRange();
  const first = range.update(around, 585.31, 585.41, 0);
  for (let i = 0; i < 50; i++) {
    const shift = (i % 5) / 100;
    expect(range.update(around, 585.31 + shift, 585.37 + shift, i * 20)).toEqual(first);
  }
});

it('survives a spell without data', () => {
  const range = new SteadyRange();
  const held = range.update(around, 10, 11, 0);
  expect(range.update(around, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 5)).toEqual(held);
});

it('names round values only', () => {
  expect(valueSplits(0, 150, 4)).toEqual([0, 50, 100, 150]);
  expect(valueSplits(-1, 1, 4)).toEqual([-1, -0.5, 0, 0.5, 1]);
});
