// The pyramid against a plain list of all values: same extremes per bucket, at every width.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BUCKETS, Pyramid, WIDTHS_MS } from './pyramid.ts';

interface Point {
  at: number;
  value: number;
}

const steps = fc.array(
  fc.record({ gap: fc.integer({ min: 0, max: 300 }), value: fc.integer({ min: -50, max: 50 }) }),
  { minLength: 1, maxLength: 300 },
);

function points(gaps: { gap: number; value: number }[], start: number): Point[] {
  let at = start;
  return gaps.map(({ gap, value }) => {
    at += gap;
    return { at, value };
  });
}

function plain(all: Point[], from: number, to: number, width: number) {
  const buckets = new Map<number, number[]>();
  for (const { at, value } of all) {
    const t = Math.floor(at / width) * width;
    if (t + width <= from || t > to) continue;
    buckets.set(t, [...(buckets.get(t) ?? []), value]);
  }
  return [...buckets].map(([t, values]) => [t, Math.min(...values), Math.max(...values)]);
}

describe('Pyramid', () => {
  it('gives the extremes of each bucket of the width it chose', () => {
    const asked = fc.integer({ min: 1, max: 1024 });
    const cut = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(steps, asked, cut, cut, (gaps, count, a, b) => {
        const all = points(gaps, 34_200_000);
        const pyramid = new Pyramid(1);
        for (const { at, value } of all) pyramid.add(at, [value]);
        const first = (all[0] as Point).at;
        const last = (all.at(-1) as Point).at;
        const from = Math.floor(first + Math.min(a, b) * (last - first));
        const to = Math.ceil(first + Math.max(a, b) * (last - first));
        const { width_ms, t_ms, min, max } = pyramid.read(from, to, count);
        const widest = WIDTHS_MS.at(-1) as number;
        const fewest = Math.floor(to / widest) - Math.floor(from / widest) + 1;
        expect(t_ms.length).toBeLessThanOrEqual(Math.max(count, fewest));
        const got = t_ms.map((t, i) => [t, min[0]?.[i], max[0]?.[i]]);
        expect(got).toEqual(plain(all, from, to, width_ms));
      }),
    );
  });

  it('reaches back as far as its widest level and not further', () => {
    const pyramid = new Pyramid(1);
    const widest = WIDTHS_MS.at(-1) as number;
    const day = widest * BUCKETS;
    for (let at = 0; at < 2 * day; at += widest / 2) pyramid.add(at, [at]);
    const { t_ms, width_ms } = pyramid.read(0, 2 * day, 4096);
    expect(width_ms).toBe(widest);
    expect(t_ms.length).toBe(BUCKETS);
    expect(t_ms[0]).toBe(day);
  });

  it('takes the finest width that holds what is asked', () => {
    const pyramid = new Pyramid(1);
    for (let at = 0; at <= 3_600_000; at += 20) pyramid.add(at, [1]);
    const width = (from: number, count: number) => pyramid.read(from, 3_600_000, count).width_ms;
    expect(width(3_590_000, 1000)).toBe(100);
    expect(width(3_590_000, 30)).toBe(400);
    expect(width(3_400_000, 1000)).toBe(400);
    expect(width(0, 1000)).toBe(6400);
  });

  it('keeps measures apart and leaves holes where there was no value', () => {
    const pyramid = new Pyramid(2);
    pyramid.add(1000, [Number.NaN, 5]);
    pyramid.add(1020, [Number.NaN, 7]);
    pyramid.add(2000, [1, Number.NaN]);
    const { t_ms, min, max } = pyramid.read(0, 5000, 100);
    expect(t_ms).toEqual([1000, 2000]);
    expect(min).toEqual([
      [null, 1],
      [5, null],
    ]);
    expect(max).toEqual([
      [null, 1],
      [7, null],
    ]);
  });

  it('is empty before its first value', () => {
    const pyramid = new Pyramid(1);
    expect(pyramid.span).toBeUndefined();
    expect(pyramid.read(0, 1000, 10).t_ms).toEqual([]);
  });
});
