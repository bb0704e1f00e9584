import { describe, expect, it } from 'vitest';
import { aligned, farthest, linesOf, recordedRun, shiftOf } from './recorded-run.ts';

const tick = (t_s: number, mid: number | null, symbol = 'AAPL') => ({
  ts_run_ns: t_s * 1e9,
  symbol,
  mid,
  twin_mid: 1_000_000,
});
const run = (id: string, ...ticks: object[]) =>
  recordedRun(id, ticks as Record<string, unknown>[], []);

describe('a recorded run', () => {
  it('reads its first symbol in dollars and seconds', () => {
    const read = run('a', tick(10, 1_000_000), tick(10, 5, 'MSFT'), tick(11, null));
    expect(read.symbol).toBe('AAPL');
    expect(Array.from(read.t_s)).toEqual([10, 11]);
    expect(read.columns.mid[0]).toBeCloseTo(100);
    expect(read.columns.mid[1]).toBeNaN();
  });

  it('knows when storms ended and which flags hit one', () => {
    const events = [
      {
        type: 'storm_start',
        symbol: 'AAPL',
        storm_id: 1,
        kind: 'FlashCrash',
        severity: 0.8,
        started_at_ms: 12_000,
      },
      {
        type: 'chaos_flag',
        symbol: 'AAPL',
        ts_run_ns: 13e9,
        detector: 'FlashCrash',
        truth_storm_id: 1,
      },
      {
        type: 'chaos_flag',
        symbol: 'AAPL',
        ts_run_ns: 14e9,
        detector: 'Spoof',
        truth_storm_id: null,
      },
      { type: 'storm_stop', symbol: 'AAPL', storm_id: 1, ts_run_ns: 22e9 },
      {
        type: 'storm_start',
        symbol: 'AAPL',
        storm_id: 2,
        kind: 'FlashCrash',
        severity: 1,
        started_at_ms: 30_000,
      },
    ];
    const read = recordedRun('a', [tick(10, 1)], events);
    expect(read.storms.map(({ from_s, to_s }) => [from_s, to_s])).toEqual([
      [12, 22],
      [30, null],
    ]);
    expect(read.flags.map(({ hit }) => hit)).toEqual([true, false]);
  });

  it('knows where it stood farthest from its twin', () => {
    const read = run(
      'a',
      tick(10, 1_000_000),
      tick(11, 994_000),
      tick(12, null),
      tick(13, 999_000),
    );
    expect(farthest(read)?.t_s).toBe(11);
    expect(farthest(read)?.bps).toBeCloseTo(-60);
    expect(farthest(run('b', tick(10, 1_000_000)))).toBe(null);
  });

  it('leaves out a line that was torn when the run died', () => {
    expect(linesOf('{"a":1}\n{"a":2}\n{"a"')).toEqual([{ a: 1 }, { a: 2 }]);
    expect(linesOf('')).toEqual([]);
  });
});

describe('two runs', () => {
  it('of the same hours stay where they are, others begin together', () => {
    const a = run('a', tick(10, 1), tick(20, 1));
    expect(shiftOf(a, run('b', tick(15, 1), tick(30, 1)))).toBe(0);
    expect(shiftOf(a, run('b', tick(100, 1), tick(110, 1)))).toBe(-90);
  });

  it('stand on one axis, with holes where one has nothing', () => {
    const a = run('a', tick(10, 1_000_000), tick(11, null));
    const b = run('b', tick(110, 2_000_000), tick(112, 3_000_000));
    const both = aligned([
      { run: a, measure: 'mid', shift_s: 0 },
      { run: b, measure: 'mid', shift_s: -100 },
    ]);
    expect(both.t_s).toEqual([10, 11, 12]);
    expect(both.columns).toEqual([
      [100, null, null],
      [200, null, 300],
    ]);
  });
});
