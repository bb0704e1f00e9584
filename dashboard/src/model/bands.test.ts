import { describe, expect, it } from 'vitest';
import { BANDED_WIDTH, Bands, bandColumn } from './bands.ts';
import { COLUMN } from './series.ts';

/** Edges of the mid's band after values that come `every_s`. */
function bandOf(values: number[], every_s: number): [number, number] {
  const bands = new Bands();
  const row = new Float64Array(BANDED_WIDTH);
  values.forEach((value, at) => {
    row[COLUMN.t_s] = 1000 + at * every_s;
    row[COLUMN.mid] = value;
    bands.extend(row);
  });
  const at = bandColumn('mid');
  return [row[at] as number, row[at + 1] as number];
}

const noise = (length: number): number[] =>
  Array.from({ length }, (_, at) => 100 + (at % 2 === 0 ? 1 : -1));

describe('a trailing band', () => {
  it('is two standard deviations about the mean', () => {
    const [low, high] = bandOf(noise(20_001), 0.02);
    expect(low).toBeCloseTo(98, 1);
    expect(high).toBeCloseTo(102, 1);
  });

  it('does not depend on how often rows come', () => {
    const [low, high] = bandOf(noise(401), 1);
    expect(low).toBeCloseTo(98, 0);
    expect(high).toBeCloseTo(102, 0);
  });

  it('says nothing in its first seconds, nor of what was never seen', () => {
    expect(bandOf([100, 101], 1)).toEqual([Number.NaN, Number.NaN]);
    expect(bandOf(Array(900).fill(Number.NaN), 1)).toEqual([Number.NaN, Number.NaN]);
  });

  it('forgets: a level that came to stay is the new middle', () => {
    const values = [...Array(100).fill(100), ...Array(300).fill(50)];
    const [low, high] = bandOf(values, 1);
    expect((low + high) / 2).toBeCloseTo(50, 1);
  });
});
