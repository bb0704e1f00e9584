// The table of verdicts.
import { describe, expect, it } from 'vitest';
import { BenchWatch } from './bench-watch.ts';
import { DEFAULT_THRESHOLDS, judge, type Thresholds } from './verdict.ts';

const share: Thresholds = { damaged: 0.01, killed: 0.1, unit: 'share' };

describe('judge', () => {
  it.each([
    ['no target', false, null, null, DEFAULT_THRESHOLDS, 'TARGET_UNKNOWN', null],
    ['never up', true, null, null, DEFAULT_THRESHOLDS, 'TARGET_UNKNOWN', null],
    ['up only at the end', true, null, 900, DEFAULT_THRESHOLDS, 'TARGET_UNKNOWN', null],
    ['dead at stop', true, 1000, null, DEFAULT_THRESHOLDS, 'TARGET_UNKNOWN', null],
    ['not a number', true, 1000, Number.NaN, DEFAULT_THRESHOLDS, 'TARGET_UNKNOWN', null],
    ['a gain', true, 1000, 1200, DEFAULT_THRESHOLDS, 'TARGET_INTACT', 200],
    ['a loss of exactly 10', true, 1000, 990, DEFAULT_THRESHOLDS, 'TARGET_INTACT', -10],
    ['a loss past 10', true, 1000, 989.99, DEFAULT_THRESHOLDS, 'TARGET_DAMAGED', -10.01],
    ['a loss of exactly 100', true, 1000, 900, DEFAULT_THRESHOLDS, 'TARGET_DAMAGED', -100],
    ['a loss past 100', true, 1000, 899, DEFAULT_THRESHOLDS, 'TARGET_KILLED', -101],
    ['a share of equity', true, 100_000, 98_900, share, 'TARGET_DAMAGED', -1100],
    ['a large share', true, 100_000, 89_000, share, 'TARGET_KILLED', -11_000],
  ] as const)('%s', (_what, target, start_equity, end_equity, thresholds, verdict, delta) => {
    const judged = judge({
      target,
      start_equity,
      end_equity,
      thresholds,
      slo_breaches: [],
      bench_faults: [],
    });
    expect([judged.verdict, judged.delta]).toEqual([verdict, delta]);
  });

  it('is inconclusive before all when the bench was at fault, with a target only', () => {
    const money = { start_equity: 10, end_equity: -999, thresholds: DEFAULT_THRESHOLDS };
    const run = { ...money, slo_breaches: ['unreachable'] };
    const bench_faults = ['bench_lagged'];
    expect(judge({ ...run, target: true, bench_faults })).toEqual({
      verdict: 'INCONCLUSIVE',
      delta: -1009,
      reasons: ['bench_lagged'],
    });
    const alone = { ...run, start_equity: null, end_equity: null, target: false, bench_faults };
    expect(judge(alone).verdict).toBe('TARGET_UNKNOWN');
  });
});

describe('judge, of a target that broke its service level', () => {
  it.each([
    ['an intact one is degraded', 1000, 1000, 'TARGET_DEGRADED', ['unreachable']],
    ['a damaged one is damaged', 1000, 950, 'TARGET_DAMAGED', []],
    ['a killed one is killed', 1000, 800, 'TARGET_KILLED', []],
    ['an unknown one is unknown', 1000, null, 'TARGET_UNKNOWN', ['end_equity_unknown']],
  ] as const)('%s', (_what, start_equity, end_equity, verdict, reasons) => {
    const base = { target: true, thresholds: DEFAULT_THRESHOLDS, bench_faults: [] };
    const slo_breaches = ['unreachable'];
    const judged = judge({ ...base, start_equity, end_equity, slo_breaches });
    expect(judged).toMatchObject({ verdict, reasons });
  });
});

describe('BenchWatch', () => {
  const watch = (behind: number, ticks: number): string[] => {
    const bench = new BenchWatch();
    for (let i = 0; i < ticks; i++) {
      bench.lag(i < behind ? 51 : 50);
      bench.tick();
    }
    return bench.faults();
  };

  it('lags from one tick in a hundred', () => {
    expect(watch(0, 100)).toEqual([]);
    expect(watch(1, 101)).toEqual([]);
    expect(watch(1, 100)).toEqual(['bench_lagged']);
  });

  it('stalls beyond 250 ms of silence', () => {
    const bench = new BenchWatch();
    bench.silence(250);
    expect(bench.faults()).toEqual([]);
    bench.silence(251);
    bench.fault('speed_changed');
    expect(bench.faults()).toEqual(['link_stalled', 'speed_changed']);
  });
});
