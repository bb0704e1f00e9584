import { expect, it } from 'vitest';
import { COLUMN, type SeriesName, WIDTH } from '../model/series.ts';
import { join, type Stretch } from './history.ts';

function stretch(bucket_ms: number, t_ms: number[], mid: number[], epoch = 2): Stretch {
  const ends = { min: mid, max: mid.map((value) => value + 100) };
  const spread = { min: mid.map(() => 100), max: mid.map(() => 300) };
  return { symbol: 'AAPL', bucket_ms, epoch, t_ms, measures: { mid: ends, spread } };
}

function column(past: { rows: Float64Array; count: number }, name: SeriesName): number[] {
  return Array.from(
    { length: past.count },
    (_, r) => past.rows[r * WIDTH + COLUMN[name]] as number,
  );
}

const LINE = { epoch: 2, tick_size: 100 };

it('keeps both ends of each bucket, in display units', () => {
  const past = join([stretch(100, [1000], [5_000_000])], LINE);
  expect(column(past, 't_s')).toEqual([1.025, 1.075]);
  expect(column(past, 'mid')).toEqual([500, 500.01]);
  expect(column(past, 'spread_ticks')).toEqual([1, 3]);
  expect(column(past, 'vpin')).toEqual([Number.NaN, Number.NaN]);
});

it('prefers the finer stretch where two overlap, in order of time', () => {
  const fine = stretch(100, [9000, 9100], [10_000, 20_000]);
  const coarse = stretch(1000, [7000, 8000, 9000], [30_000, 40_000, 50_000]);
  const past = join([fine, coarse], LINE);
  expect(column(past, 't_s')).toEqual([7.25, 7.75, 8.25, 8.75, 9.025, 9.075, 9.125, 9.175]);
});

it('forgets another timeline', () => {
  expect(join([stretch(100, [1000], [1], 1)], LINE).count).toBe(0);
});
