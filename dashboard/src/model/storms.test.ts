import { NULLS, type StormFrame, StormPhase } from '@wavetank/abi';
import { expect, it } from 'vitest';
import { Storms } from './storms.ts';

const frame = (t_s: number, value: Partial<StormFrame>): StormFrame =>
  ({
    storm_id: 1,
    kind_name: 'FlashCrash',
    symbol: 'AAPL',
    ts_run_ns: t_s * 1e9,
    started_ts_ns: 0,
    expires_ts_ns: 10e9,
    severity_ppm: 800_000,
    asked_ppm: 800_000,
    realised_ppm: NULLS.StormFrame.realised_ppm,
    seed: 7n,
    phase: StormPhase.Running,
    ...value,
  }) as StormFrame;

it('keeps what a storm was asked and what it reached while it ran', () => {
  const storms = new Storms();
  storms.apply(frame(1, { asked_ppm: 400_000 }));
  storms.apply(frame(2, { realised_ppm: 250_000 }));
  storms.apply(frame(3, { phase: StormPhase.Returning, realised_ppm: 100_000 }));
  expect(storms.all[0]?.course).toEqual([
    { t_s: 1, asked: 0.4, realised: null },
    { t_s: 2, asked: 0.8, realised: 0.25 },
  ]);
});

it('remembers of one storm no more than a bounded course', () => {
  const storms = new Storms();
  for (let t = 0; t < 1000; t++) storms.apply(frame(t, {}));
  expect(storms.all[0]?.course).toHaveLength(200);
  expect(storms.all[0]?.course.at(-1)?.t_s).toBe(999);
});

it('finds the storm before and after an instant, on one symbol', () => {
  const storms = new Storms();
  for (const [storm_id, at_s] of [
    [1, 10],
    [2, 50],
    [3, 90],
  ] as const) {
    storms.apply(frame(at_s, { storm_id, started_ts_ns: at_s * 1e9 }));
  }
  storms.apply(frame(70, { storm_id: 4, symbol: 'MSFT', started_ts_ns: 70e9 }));
  const beside = (at_s: number, direction: -1 | 1) => storms.beside(at_s, direction, 'AAPL')?.id;
  expect([beside(50, -1), beside(50, 1), beside(10, -1), beside(60, 1)]).toEqual([
    1,
    3,
    undefined,
    3,
  ]);
});

it('names the storm of a stretch only where no other can have been', () => {
  const storms = new Storms();
  storms.apply(frame(10, { storm_id: 1, started_ts_ns: 10e9 }));
  storms.apply(frame(20, { storm_id: 1, started_ts_ns: 10e9, phase: StormPhase.Closed }));
  storms.apply(frame(18, { storm_id: 2, started_ts_ns: 18e9 }));
  storms.apply(frame(12, { storm_id: 3, symbol: 'MSFT', started_ts_ns: 12e9 }));
  const only = (from_s: number, to_s: number) => storms.onlyOne('AAPL', from_s, to_s)?.id;
  expect([only(5, 6), only(9, 11), only(18, 19), only(20, 21), only(21, 22)]).toEqual([
    undefined,
    1,
    undefined,
    undefined,
    2,
  ]);
});
