// What the five kinds promise, on synthetic and recorded markets, in virtual time. The long form, with
// every severity, twenty seeds and more streams, is `pnpm test:long`.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NULLS, StormPhase } from '@wavetank/abi';
import { gateProfiles, gateStream } from '@wavetank/native';
import { afterAll, describe, expect, it } from 'vitest';
import {
  broken,
  falls,
  fireAll,
  KIND_PROMISES,
  leftBehind,
  MARKETS,
  type Market,
  medianEffects,
  onslaught,
  runCalm,
  runStorm,
  syntheticMarket,
  Tank,
} from '../src/tank/index.ts';
import { fixture } from './harness.ts';

const STORM_MS = 5_000;
const KINDS = KIND_PROMISES.map(({ kind }) => kind);
const severities = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];

const recorded = fixture('aapl-2012-06-21-replaces/feed.itch50');
const RECORDED: Market[] =
  recorded === undefined
    ? []
    : [
        {
          name: 'a recorded hour',
          source: { kind: 'itch', path: recorded },
          symbol: 'AAPL',
          warm_ms: 60_000,
        },
      ];

const dir = mkdtempSync(join(tmpdir(), 'wavetank-kinds-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

describe.each([...MARKETS, ...RECORDED])('$name', (market) => {
  it.each(KINDS)('%s at severity 0 is the identity', async (kind) => {
    const calm = await runCalm(market, STORM_MS);
    const nothing = await runStorm(market, { kind, severity: 0, duration_ms: STORM_MS, seed: '7' });
    expect(nothing.run_digest).toBe(calm);
    expect(nothing.report.events).toBe(0);
  });

  it.each(KIND_PROMISES)('$kind stays in its radius and leaves nothing', async (promise) => {
    const request = { kind: promise.kind, severity: 1, duration_ms: STORM_MS, seed: '3' };
    const run = await runStorm(market, request);
    expect(broken(promise, run)).toEqual([]);
    expect(promise.effect(run)).toBeGreaterThan(0);
  });
});

it.each(KIND_PROMISES)('$kind grows with severity', async (promise) => {
  const runs = { market: (seed: string) => syntheticMarket(1_000_000, seed), severities, seeds: 3 };
  const medians = await medianEffects(promise, runs);
  expect(falls(medians)).toBeUndefined();
  expect(medians[0]).toBe(0);
  expect(medians.at(-1)).toBeGreaterThan(medians[5] ?? 0);
});

describe('together', () => {
  it.each([...MARKETS, ...RECORDED])('all five at once on $name', async (market) => {
    const { source, symbol, warm_ms } = market;
    const tank = await Tank.open({ source, symbols: [symbol] });
    tank.forward(warm_ms);
    expect(fireAll(tank, [symbol], { severity: 1 })).toBe(KINDS.length);
    tank.forward(STORM_MS + 1);
    tank.settle(30_000);
    expect(leftBehind(tank)).toEqual([]);
    tank.close();
  });

  it('on one instrument leave every other one alone', async () => {
    const source = { kind: 'synthetic', seed: '3', instruments: 4 } as const;
    const tank = await Tank.open({ source, symbols: ['SYN001', 'SYN003'] });
    tank.forward(5_000);
    tank.forget();
    expect(fireAll(tank, ['SYN003'], { severity: 1 })).toBe(KINDS.length);
    tank.forward(STORM_MS);
    const of = (symbol: string) => tank.ticks.filter((tick) => tick.symbol === symbol);
    expect(of('SYN001').filter((t) => t.mid_x2 !== t.twin_mid_x2)).toEqual([]);
    expect(of('SYN003').some((t) => t.mid_x2 !== t.twin_mid_x2)).toBe(true);
    tank.settle(30_000);
    expect(leftBehind(tank)).toEqual([]);
    tank.close();
  });

  it('through halts', async () => {
    const source = { kind: 'synthetic', seed: '9', instruments: 2, halts_per_hour: 400 } as const;
    const symbols = ['SYN001', 'SYN002'];
    const tank = await Tank.open({ source, symbols });
    tank.forward(5_000);
    let fired = 0;
    for (let round = 0; round < 5; round++) {
      fired += fireAll(tank, symbols, { severity: 1 });
      tank.forward(10_000);
    }
    expect(fired).toBeGreaterThan(10);
    expect(tank.ticks.some((tick) => tick.trading_state !== 0x54)).toBe(true);
    tank.forward(STORM_MS);
    tank.settle(60_000);
    expect(leftBehind(tank)).toEqual([]);
    tank.close();
  });

  it.each(gateProfiles())('on a stream of every message type: %s', async (profile) => {
    const path = join(dir, `${profile}.itch50`);
    writeFileSync(path, gateStream(11, 60_000, profile));
    const calm = await onslaught(path, undefined);
    expect((await onslaught(path, 0)).run_digest).toBe(calm.run_digest);
    const { fired, faults, run_digest } = await onslaught(path, 1);
    expect(faults).toEqual([]);
    expect(fired).toBeGreaterThan(0);
    expect(run_digest).not.toBe(calm.run_digest);
  });
});

it('CancellationStorm leaves one trade in a hundred, at four times the rate or more', async () => {
  for (const market of [syntheticMarket(1_000_000), ...RECORDED]) {
    const request = { kind: 'CancellationStorm', severity: 1, duration_ms: STORM_MS, seed: '7' };
    const { report, ticks, events } = await runStorm(market, request);
    const while_ms = ticks.filter((tick) => tick.ts_run_ns <= report.expires_at_ms * 1e6);
    const trades = (while_ms.at(-1)?.trades ?? 0) - (while_ms[0]?.trades ?? 0);
    // Every order it places is cancelled; the source's own cancels come on top.
    const cancels = report.events / 2;
    expect(cancels / (cancels + trades)).toBeGreaterThanOrEqual(0.99);
    expect(events / (events - report.events)).toBeGreaterThanOrEqual(4);
  }
});

describe('a storm tells how it goes', () => {
  const frames = async (kind: string, params: Record<string, number>) => {
    const request = { kind, severity: 0.5, duration_ms: 8_000, seed: '7', params };
    const run = await runStorm(syntheticMarket(1_000_000), request, { after_ms: 1_000 });
    // The first frame is of the start itself, before any slot.
    return run.frames.filter((frame) => frame.phase === StormPhase.Running).slice(1);
  };
  const PPM = 1_000_000;

  it.each(KINDS)('%s: what it reaches is about what is asked', async (kind) => {
    const told = await frames(kind, {});
    expect(new Set(told.map((frame) => frame.asked_ppm))).toEqual(new Set([PPM / 2]));
    const measured = told
      .map((f) => f.realised_ppm)
      .filter((ppm) => ppm !== NULLS.StormFrame.realised_ppm);
    expect(Math.max(...measured)).toBeGreaterThan(0.35 * PPM);
    expect(Math.max(...measured)).toBeLessThan(0.65 * PPM);
  });

  it.each(KINDS)('%s: a ramp asks for less at first', async (kind) => {
    const asked = (await frames(kind, { ramp_ms: 4_000 })).map((frame) => frame.asked_ppm);
    expect(asked[0]).toBeLessThan(0.2 * PPM);
    expect(asked.at(-1)).toBe(PPM / 2);
    expect(asked).toEqual([...asked].sort((a, b) => a - b));
  });
});
