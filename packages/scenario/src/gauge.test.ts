import {
  CHAOS_FRAME_SIZE,
  type ChaosFrame,
  decodeChaosFrame,
  decodeStormFrame,
  STORM_FRAME_SIZE,
  StormPhase,
} from '@wavetank/abi';
import { expect, it } from 'vitest';
import { tick } from '../test/kinds.ts';
import { Gauge } from './gauge.ts';
import { MEASURES } from './measures.ts';
import { Series } from './series.ts';
import { StormTrack } from './storm-track.ts';

it('counts quantiles without keeping values', () => {
  const series = new Series();
  for (const value of [5, 1, 1, 3, undefined, 9]) series.add(value);
  expect([series.first, series.last, series.min, series.max]).toEqual([5, 9, 1, 9]);
  expect([0, 0.4, 0.5, 0.8, 0.99].map((q) => series.quantile(q))).toEqual([1, 1, 3, 5, 9]);
  expect(new Series().quantile(0.5)).toBeUndefined();
});

const book = (mid: number, twin: number, spread: number, depth: number) => ({
  mid_x2: 2 * mid,
  twin_mid_x2: 2 * twin,
  spread,
  twin_spread: 100,
  bid_depth: depth,
  ask_depth: 100,
  twin_bid_depth: 100,
  twin_ask_depth: 100,
});

function crash(): Gauge {
  const gauge = new Gauge();
  gauge.begin(tick({ events: 1000, crossed_ms: 7, volume: 50 }));
  gauge.tick(
    tick({ ...book(1_000_000, 1_000_000, 100, 100), events: 1010, crossed_ms: 7, regime: 1 }),
  );
  gauge.tick(
    tick({ ...book(990_000, 1_000_000, 990, 20), events: 1100, crossed_ms: 7, regime: 4 }),
  );
  gauge.tick(
    tick({ ...book(1_000_100, 1_000_100, 100, 300), events: 1200, crossed_ms: 9, volume: 80 }),
  );
  gauge.injected(50);
  return gauge;
}

it.each([
  ['spread_bps_p50', 1],
  ['spread_bps_max', 10],
  ['twin.spread_bps_max', 1],
  ['mid_start', 1_000_000],
  ['mid_end', 1_000_100],
  ['mid_min', 990_000],
  ['twin.mid_min', 1_000_000],
  ['mid_fall_bps', 100],
  ['mid_rise_bps', 1],
  ['depth_min', 120],
  ['twin.depth_min', 200],
  ['bid_depth_min', 20],
  ['mid_bps_vs_twin_end', 0],
  ['mid_bps_vs_twin_min', -100],
  ['mid_bps_vs_twin_max', 0],
  ['depth_vs_twin_min', 0.6],
  ['depth_vs_twin_max', 2],
  ['crossed_ms', 2],
  ['events', 200],
  ['volume', 30],
  ['injected_share', 0.25],
  ['regime_max', 4],
  ['vpin_max', undefined],
  ['flags', 0],
])('measures %s', (name, value) => {
  expect(crash().figure(name)).toBe(value);
});

it('has a figure, known or not, for every measure of an instrument', () => {
  const gauge = crash();
  for (const { name, scope } of MEASURES.filter((one) => one.scope === 'symbol')) {
    expect([name, scope, typeof gauge.figure(name)]).toEqual([
      name,
      'symbol',
      expect.stringMatching(/number|undefined/),
    ]);
  }
});

const flag = (values: Partial<ChaosFrame>): ChaosFrame => ({
  ...decodeChaosFrame(new DataView(new ArrayBuffer(CHAOS_FRAME_SIZE))),
  ...values,
});

it('counts flags, true and false, and the first that was true', () => {
  const gauge = new Gauge();
  gauge.flag(flag({ detector: 4, truth_storm_id: 1, time_to_detect_ms: 900 }));
  gauge.flag(flag({ detector: 4, truth_storm_id: 2, time_to_detect_ms: 400 }));
  gauge.flag(flag({ detector: 7, truth_storm_id: 0, time_to_detect_ms: 0xffff_ffff }));
  const figures = [
    'flags',
    'false_flags',
    'flags.FlashCrash',
    'detect_ms.FlashCrash',
    'flags.Spoof',
  ];
  expect(figures.map((name) => gauge.figure(name))).toEqual([3, 1, 2, 400, 1]);
  expect(gauge.figure('detect_ms.Spoof')).toBeUndefined();
});

it('knows a recovery when every storm is closed, and a bound before', () => {
  const track = new StormTrack();
  const frame = (storm_id: number, phase: number, ms: number) =>
    track.take({
      ...decodeStormFrame(new DataView(new ArrayBuffer(STORM_FRAME_SIZE))),
      storm_id,
      phase,
      ts_run_ns: ms * 1e6,
      symbol: 'A',
      events: 10,
    });
  expect(track.recovery(0)).toMatchObject({ state: 'unknown' });
  frame(1, StormPhase.Running, 10);
  expect(track.recovery(15)).toMatchObject({ state: 'unknown' });
  frame(1, StormPhase.Returning, 20);
  frame(2, StormPhase.Running, 21);
  frame(2, StormPhase.Closed, 30);
  expect(track.recovery(100)).toMatchObject({ state: 'at_least', value: 70 });
  frame(1, StormPhase.Returning, 99);
  frame(1, StormPhase.Closed, 130);
  expect([track.calm, track.recovery(500)]).toEqual([true, { state: 'known', value: 100 }]);
  expect([track.injected('A'), track.injected('B')]).toEqual([20, 0]);
});
