import { describe, expect, it } from 'vitest';
import { QUANTUM_MS, type Snapshot, Tank } from '../test/tank.ts';
import { stormModule } from './registry.ts';

const MARKETS = [
  { price: 10_000, tick: 100, size: 300, seed: 3 },
  { price: 1_000_000, tick: 100, size: 100, seed: 4 },
  { price: 100_000_000, tick: 100, size: 5, seed: 5 },
];
const DURATION = 5000;
const AFTER = 4000;

function crash(market: (typeof MARKETS)[number], severity_ppm: number) {
  const storm = stormModule('FlashCrash');
  if (storm === undefined) throw new Error('no FlashCrash');
  const tank = new Tank(market);
  return { tank, shots: tank.run(storm, severity_ppm, DURATION, AFTER) };
}

const mid = (shot: Snapshot | undefined): number => ((shot?.bid ?? 0) + (shot?.ask ?? 0)) / 2;
const at = (shots: Snapshot[], ms: number): Snapshot | undefined =>
  shots[Math.floor(ms / QUANTUM_MS)];
const lowest = (shots: Snapshot[]): number => Math.min(...shots.map(mid));
const drop = (shots: Snapshot[]): number => mid(shots[0]) - lowest(shots);

describe.each(MARKETS)('at $price', (market) => {
  const full = crash(market, 1_000_000);
  const start = (full.shots[0]?.twinBid ?? 0) / 2 + (full.shots[0]?.twinAsk ?? 0) / 2;
  const fall = Math.max(start * 0.008, 20 * market.tick);

  it('slides in a line, to the depth it promises', () => {
    const slack = 4 * market.tick + fall / 50;
    for (const part of [0.2, 0.5, 0.8, 1]) {
      const shot = at(full.shots, (part * DURATION) / 2);
      expect(Math.abs(mid(shot) - (start - part * fall))).toBeLessThanOrEqual(slack);
    }
  });

  it('opens the spread, keeps two sides and never crosses', () => {
    const bottom = at(full.shots, DURATION * 0.55);
    expect((bottom?.ask ?? 0) - (bottom?.bid ?? 0)).toBeGreaterThanOrEqual(6 * market.tick);
    for (const shot of full.shots) expect(shot.ask > shot.bid && shot.bid > 0).toBe(true);
  });

  it('stays inside its radius', () => {
    const bid = Math.min(...full.shots.map((shot) => shot.bid));
    const widen = Math.max(start * 0.001, 12 * market.tick);
    expect(bid).toBeGreaterThanOrEqual(
      Math.max(market.tick, start - fall - widen - 3 * market.tick),
    );
  });

  it('leaves nothing behind', () => {
    const last = full.shots.at(-1);
    expect([last?.bid, last?.ask]).toEqual([last?.twinBid, last?.twinAsk]);
    expect(full.tank.orders.some((order) => order.own || order.displaced > 0)).toBe(false);
    expect(full.tank.trades).toBeGreaterThan(0);
  });

  it('grows with severity and is nothing at 0', () => {
    const drops = Array.from({ length: 11 }, (_, i) => drop(crash(market, i * 100_000).shots));
    for (let i = 1; i < drops.length; i++) {
      expect(drops[i]).toBeGreaterThanOrEqual((drops[i - 1] ?? 0) - market.tick);
    }
    expect(drops[10]).toBeGreaterThan((drops[3] ?? 0) + 5 * market.tick);
    expect(crash(market, 0).shots.every((shot) => shot.intents.length === 0)).toBe(true);
  });

  it('keeps whole numbers in a small plain state', () => {
    for (const { state, intents } of full.shots) {
      expect(JSON.parse(JSON.stringify(state))).toEqual(state);
      expect(JSON.stringify(state)).not.toMatch(/[.]|e[+-]|null|true|false/);
      for (const { price, qty, handle } of intents) {
        expect([price, qty, handle].every(Number.isSafeInteger)).toBe(true);
      }
    }
    expect(JSON.stringify(full.shots.at(-1)?.state).length).toBeLessThan(1000);
  });
});

it('repeats itself, and another seed does not', () => {
  const [first, , third] = MARKETS;
  if (first === undefined || third === undefined) throw new Error('no market');
  expect(crash(first, 700_000).shots).toEqual(crash(first, 700_000).shots);
  const other = crash({ ...first, seed: 8 }, 700_000).shots;
  expect(other).not.toEqual(crash(first, 700_000).shots);
});
