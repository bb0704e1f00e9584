import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Buckets } from './buckets.ts';
import { COLUMN, WIDTH } from './series.ts';
import { Track } from './track.ts';
import { GRAINS_S, POINTS, Tracks } from './tracks.ts';

function row(t: number, mid: number): Float64Array {
  const values = new Float64Array(WIDTH);
  values[COLUMN.t_s] = t;
  values[COLUMN.mid] = mid;
  return values;
}

describe('a track', () => {
  it('keeps the newest rows, in order, in one piece', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: 60 }), (cap, n) => {
        const track = new Track(cap, 2);
        for (let i = 0; i < n; i++) track.push(Float64Array.of(i, i * 10));
        const expected = Array.from({ length: n }, (_, i) => i).slice(-cap);
        expect(Array.from(track.window(0))).toEqual(expected);
        expect(Array.from(track.window(1))).toEqual(expected.map((i) => i * 10));
      }),
    );
  });

  it('finds the first row of a time', () => {
    const track = new Track(4, 1);
    for (let i = 0; i < 10; i++) track.push(Float64Array.of(i));
    expect([0, 6, 7.5, 9, 99].map((t) => track.lowerBound(0, t))).toEqual([0, 0, 2, 3, 4]);
  });
});

describe('buckets', () => {
  it('keep every extreme in the order in which it came', () => {
    const buckets = new Buckets(10, 2, 1);
    for (const [t, v] of [
      [0.1, 5],
      [0.3, 9],
      [0.8, 2],
      [1.2, 4],
      [1.4, 3],
      [1.6, 7],
    ] as const) {
      buckets.push(Float64Array.of(t, v));
    }
    expect(Array.from(buckets.track.window(0))).toEqual([0.25, 0.75, 1.25, 1.6]);
    expect(Array.from(buckets.track.window(1))).toEqual([9, 2, 3, 7]);
  });

  it('lose no old row while the open bucket grows', () => {
    const buckets = new Buckets(4, 2, 1);
    for (let t = 0; t < 3; t += 0.1) buckets.push(Float64Array.of(t, t));
    expect(buckets.track.length).toBe(4);
    expect(buckets.track.value(0, 0)).toBe(1.25);
  });
});

describe('tracks', () => {
  it('know their oldest instant from the first row on, and when rows were forgotten', () => {
    const tracks = new Tracks();
    expect(tracks.first_s).toBeNaN();
    tracks.push(row(36_003, 1));
    tracks.push(row(36_008, 1));
    expect(tracks.first_s).toBe(36_003);
    for (let day = 1; day <= 2; day++) {
      for (let t = 0; t < 86_400; t += 24) tracks.push(row(36_008 + (day - 1) * 86_400 + t, 1));
    }
    expect(tracks.last_s - tracks.first_s).toBeGreaterThan(86_000);
    expect(tracks.first_s).toBeGreaterThan(100_000);
  });

  it('stay bounded over a simulated day, its end at 50 Hz, and cover each window', () => {
    const tracks = new Tracks();
    const values = row(0, 100);
    for (let t = 0; t < 86_800; t += t < 86_600 ? 1 : 0.02) {
      values[0] = t;
      tracks.push(values);
    }
    for (const window of GRAINS_S) {
      const track = tracks.track(window);
      expect(track.length).toBe(POINTS);
      const t = track.window(COLUMN.t_s);
      expect((t.at(-1) as number) - (t[0] as number)).toBeGreaterThan(window * 0.99);
      for (let i = 1; i < t.length; i++)
        expect(t[i] as number).toBeGreaterThanOrEqual(t[i - 1] as number);
    }
  });

  it('skip an instant sent twice and never go back in time', () => {
    const tracks = new Tracks();
    for (const t of [1, 1, 2, 1.5, 3]) tracks.push(row(t, t));
    expect(Array.from(tracks.track(60).window(COLUMN.t_s))).toEqual([1, 2, 3]);
  });

  it('show a hole as a hole', () => {
    const tracks = new Tracks();
    tracks.push(row(1, 10));
    tracks.gap(5, 'link lost');
    tracks.push(row(5, 11));
    expect(tracks.gaps).toEqual([{ from_s: 1, to_s: 5, label: 'link lost' }]);
    expect(Array.from(tracks.track(60).window(COLUMN.mid))).toEqual([10, Number.NaN, 11]);
    expect(tracks.track(300).window(COLUMN.mid).some(Number.isNaN)).toBe(true);
  });

  it('put history before what is there, holes kept', () => {
    const tracks = new Tracks();
    tracks.push(row(10, 1));
    tracks.gap(12, 'link lost');
    tracks.push(row(12, 2));
    const history = Float64Array.from([...row(5, 7), ...row(6, 8), ...row(11, 9)]);
    tracks.backfill(history, 3);
    expect(Array.from(tracks.track(60).window(COLUMN.t_s))).toEqual([5, 6, 10, 10, 12]);
    expect(Array.from(tracks.track(60).window(COLUMN.mid))).toEqual([7, 8, 1, Number.NaN, 2]);
    expect(tracks.gaps).toHaveLength(1);
  });
});
