// What a run did to a target, from polls that are written down here.
import { describe, expect, it } from 'vitest';
import { readState } from '../index.ts';
import type { Poll } from '../poller.ts';
import { sloOfClass } from '../spec/target-spec.ts';
import { TargetScore } from './target-score.ts';

const SECOND = 1e9;

function online(second: number, fields: { [name: string]: unknown }): Poll {
  const state = readState({ equity: 1000, ...fields } as never);
  if (state === undefined) throw new Error('not a state');
  return { online: true, at_wall_ms: second * 1000, took_ms: 5, state, json: null };
}

const away = (second: number): Poll => ({
  online: false,
  at_wall_ms: second * 1000,
  code: 'TARGET_TIMEOUT',
  reason: 'none',
});

/** Ten calm seconds, each a cent up or down; then what is given, a second apart. */
function lived(polls: readonly ((second: number) => Poll)[], before = {}) {
  const score = new TargetScore(sloOfClass('mid', null));
  for (let s = 0; s < 10; s++)
    score.observe(online(s, { equity: 1000 + (s % 2) / 100, ...before }), s * SECOND);
  score.stormStarted(1, 9.5 * SECOND);
  polls.forEach((make, i) => {
    const s = 10 + i;
    if (s === 13) score.stormEnded(1, 12.5 * SECOND);
    score.observe(make(s), s * SECOND);
  });
  return score.report((10 + polls.length) * SECOND);
}

const equity = (value: number) => (second: number) => online(second, { equity: value });

describe('TargetScore', () => {
  it('measures drawdown, and the time until equity is steady again', () => {
    const path = [1000, 980, 960, 950, 955, 955, 955.01, 955, 955].map(equity);
    expect(lived(path)).toMatchObject({
      max_drawdown: 50.01,
      storms: [{ recovery_ms: 2500, steady_band: 0.01, reaction_ms: null }],
      slo_breaches: [],
    });
  });

  it('calls it a breach when equity never is', () => {
    const path = Array.from({ length: 15 }, (_, i) => equity(1000 - i * 10));
    expect(lived(path)).toMatchObject({
      storms: [{ recovery_ms: null }],
      slo_breaches: [{ slo: 'recovery_ms', limit: 10_000, measured: 12_500, storm_id: 1 }],
    });
  });

  it.each<[string, { [name: string]: unknown }, { [name: string]: unknown }]>([
    ['signal', { signals: ['a'] }, { signals: ['b'] }],
    ['position', { position: -200 }, { position: 0 }],
    ['orders', { open_orders: 4 }, { open_orders: 0 }],
    ['quoting', { quoting: true }, { quoting: false }],
  ])('sees a reaction by %s, between two polls', (reaction, before, after) => {
    const calm = (s: number): Poll => online(s, before);
    const acted = (s: number): Poll => online(s, after);
    const report = lived([calm, calm, acted], before);
    expect(report.storms).toMatchObject([{ reaction, reaction_ms: 2500 }]);
    // Between 1.5 s and 2.5 s: certainly later than a second.
    expect(report.slo_breaches).toMatchObject([{ slo: 'reaction_ms', measured: 1500 }]);
  });

  it('takes a signal by its own stamp', () => {
    const at = 9.75 * SECOND;
    const calm = (s: number): Poll => online(s, { signals: [] });
    const acted = (s: number): Poll => online(s, { signals: [{ ts_run_ns: at }] });
    const report = lived([calm, calm, acted]);
    expect(report.storms).toMatchObject([{ reaction: 'signal', reaction_ms: 250 }]);
    expect(report.slo_breaches).toEqual([]);
  });

  it('counts outages and their length, and the age of what it has seen', () => {
    const stale = (s: number): Poll => online(s, { as_of_ts_run_ns: (s - 4) * SECOND });
    expect(lived([away, away, stale])).toMatchObject({
      polls: 13,
      polls_failed: 2,
      outages: 1,
      offline_ms_max: 2000,
      staleness_ms_max: 4000,
      slo_breaches: [
        { slo: 'offline_ms', limit: 0, measured: 2000 },
        { slo: 'staleness_ms', limit: 1000, measured: 4000 },
      ],
    });
  });
});
