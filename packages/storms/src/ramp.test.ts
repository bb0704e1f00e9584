import { describe, expect, it } from 'vitest';
import { MARKETS, mid } from '../test/proof.ts';
import { QUANTUM_MS, type Snapshot, Tank } from '../test/tank.ts';
import { rampedPpm, rampedStalls } from './ramp.ts';
import { type AnyStorm, stormModule, stormNames } from './registry.ts';

const DURATION = 5000;
const RAMP = 2000;
const FULL = 1_000_000;

const module = (name: string): AnyStorm => {
  const found = stormModule(name);
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
};

function run(name: string, ramp_ms: number, severity_ppm = FULL): Snapshot[] {
  return new Tank(market).run(module(name), severity_ppm, DURATION, 2500, ramp_ms);
}

const market = MARKETS[1] ?? { price: 1_000_000, tick: 100, size: 100, seed: 4 };
const intents = (shots: Snapshot[], from: number, to: number): number =>
  shots
    .filter(({ ms }) => ms >= from && ms < to)
    .reduce((sum, shot) => sum + shot.intents.length, 0);

it('grows in a line', () => {
  expect([0, 500, 1000, 2000, 9000].map((ms) => rampedPpm(800_000, ms, 2000))).toEqual([
    0, 200_000, 400_000, 800_000, 800_000,
  ]);
});

describe.each(stormNames())('%s under a ramp', (name) => {
  it('asks for nothing at first, and ends as it would', () => {
    const shots = run(name, RAMP);
    expect(shots[0]?.intents).toEqual([]);
    expect(intents(shots, 0, DURATION)).toBeGreaterThan(0);
    const last = shots.at(-1);
    expect([last?.bid, last?.ask]).toEqual([last?.twinBid, last?.twinAsk]);
  });

  it('is itself without one, and nothing at severity 0', () => {
    expect(run(name, 0)).toEqual(run(name, 0));
    expect(intents(run(name, RAMP, 0), 0, DURATION)).toBe(0);
  });
});

it('a crash under a ramp falls behind one without, and reaches its bottom', () => {
  const [plain, slow] = [run('FlashCrash', 0), run('FlashCrash', RAMP)];
  const fall = (shots: Snapshot[], ms: number) => {
    const shot = shots[ms / QUANTUM_MS];
    return ((shot?.twinBid ?? 0) + (shot?.twinAsk ?? 0)) / 2 - mid(shot);
  };
  expect(fall(slow, 800)).toBeLessThan(fall(plain, 800) * 0.7);
  expect(fall(slow, 2700)).toBeGreaterThan(fall(plain, 2700) * 0.95);
});

it('a flood under a ramp is thinner until the ramp ends', () => {
  const [plain, slow] = [run('CancellationStorm', 0), run('CancellationStorm', RAMP)];
  expect(intents(slow, 0, RAMP)).toBeLessThan(intents(plain, 0, RAMP) * 0.7);
  expect(intents(slow, RAMP, DURATION)).toBeGreaterThan(intents(plain, RAMP, DURATION) * 0.95);
});

it('stalls under a ramp are some of those without', () => {
  const storm = module('LatencyArbProxy');
  const time: [number, number] = [1e9, 101e9];
  const stalls = (ramp_ms: number) =>
    rampedStalls(storm, { severity_ppm: FULL, ramp_ms }, 7n, time);
  const plain = stalls(0);
  const slow = stalls(100_000);
  expect(plain).toEqual(storm.stalls?.(FULL, 7n, ...time));
  expect(plain).toEqual(expect.arrayContaining(slow));
  expect(slow.length).toBeGreaterThan(plain.length * 0.25);
  expect(slow.length).toBeLessThan(plain.length * 0.75);
});
