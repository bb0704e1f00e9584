import { expect, it } from 'vitest';
import { bandsOf, bandText, levelWords, stormWords, type Target } from './targets.ts';

const target: Target = {
  name: 'mm-1',
  url: 'http://127.0.0.1:3001/',
  online: true,
  reason: null,
  latency_class: 'mid',
  clock: 'wall',
  slo: {
    offline_ms: 0,
    answer_ms_p99: 250,
    reaction_ms: 1000,
    recovery_ms: null,
    staleness_ms: null,
    tick_to_trade_us_p99: null,
  },
  state: null,
  score: {
    max_drawdown: 12,
    answer_ms_p50: 2,
    answer_ms_p99: 310,
    outages: 0,
    offline_ms_max: 0,
    staleness_ms_max: null,
    tick_to_trade_us_p99: null,
    storms: [],
    slo_breaches: [{ slo: 'answer_ms_p99', limit: 250, measured: 310, storm_id: null }],
  },
};

it('judges only the levels that the class has', () => {
  expect(bandsOf(target).map((band) => [band.title, bandText(band), band.isBroken])).toEqual([
    ['away', '0 of 0 ms', false],
    ['answer p99', '310 of 250 ms', true],
    ['reaction', '– of 1.00 s', false],
  ]);
});

it('names what is broken, and counts what is kept', () => {
  expect(levelWords(target)).toBe('✗ answer p99 310 of 250 ms');
  const kept = { ...target, score: target.score && { ...target.score, slo_breaches: [] } };
  expect(levelWords(kept)).toBe('✓ 2 levels kept, 1 unmeasured');
  expect(levelWords({ ...target, score: null })).toBe('3 levels, none measured yet');
});

it('says what a storm did to a target, and what was not seen', () => {
  const storm = { storm_id: 3, pnl_delta: -173.81, recovery_ms: 8000 };
  expect(stormWords({ ...storm, reaction_ms: 620, reaction: 'orders' })).toBe(
    '#3 −173.81, reacted after 620 ms by its orders, steady after 8.00 s',
  );
  expect(
    stormWords({
      storm_id: 1,
      pnl_delta: null,
      reaction_ms: null,
      reaction: null,
      recovery_ms: null,
    }),
  ).toBe('#1 delta unknown, no reaction seen');
});
