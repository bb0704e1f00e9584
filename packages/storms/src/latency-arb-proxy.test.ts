import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { proves } from '../test/proof.ts';
import { deliveredAt, delivery, stallsUntil } from './delivery.ts';

proves({
  kind: 'LatencyArbProxy',
  duration_ms: 5000,
  after_ms: 2500,
  effect: ({ shots }) =>
    shots.flatMap((shot) => shot.intents).reduce((sum, intent) => sum + intent.qty, 0),
  slack: () => 0,
});

const MS = 1_000_000;
const SPAN_MS = 60_000;
const START = 34_200_000_000_000;

function delays(seed: bigint, severity_ppm: number): number[] {
  const schedule = delivery(seed, severity_ppm, START);
  const messages = Array.from({ length: SPAN_MS * 2 }, (_, i) => START + (i * MS) / 2);
  return messages.map((ts) => (deliveredAt(schedule, ts) - ts) / MS);
}

describe('delivery', () => {
  it.each([1n, 7n, 99n, 2n ** 63n + 5n])('is late as promised with seed %i', (seed) => {
    const all = delays(seed, 1_000_000);
    const late = all.filter((ms) => ms >= 10).length / all.length;
    expect(late).toBeGreaterThan(0.015);
    expect(late).toBeLessThan(0.04);
    expect(all.filter((ms) => ms === 0).length / all.length).toBeGreaterThan(0.9);
  });

  it('is told in advance, stall by stall', () => {
    const schedule = delivery(7n, 500_000, START);
    const stalls = stallsUntil(schedule, START + SPAN_MS * MS);
    expect(stalls.length).toBeGreaterThan(10);
    for (const [from, to] of stalls) {
      expect(deliveredAt(schedule, from - 1)).toBe(from - 1);
      expect(deliveredAt(schedule, from)).toBe(to);
      expect(deliveredAt(schedule, to - 1)).toBe(to);
      expect(deliveredAt(schedule, to)).toBe(to);
    }
    const held = (ts: number) => stalls.find(([from, to]) => ts >= from && ts < to)?.[1] ?? ts;
    for (let at = 0; at < SPAN_MS; at++) {
      const ts = START + at * MS;
      expect(held(ts)).toBe(deliveredAt(schedule, ts));
    }
  });

  it('grows with severity and is nothing at 0', () => {
    const total = (severity: number) => delays(7n, severity).reduce((sum, ms) => sum + ms, 0);
    expect(total(0)).toBe(0);
    const steps = [0, 250_000, 500_000, 750_000, 1_000_000].map(total);
    for (let i = 1; i < steps.length; i++) expect(steps[i]).toBeGreaterThan(steps[i - 1] ?? 0);
  });

  it('keeps the order, never runs ahead, and forgets nothing of the past', () => {
    const ts = fc.integer({ min: 0, max: 10_000 * MS });
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), ts, ts, (seed, a, b) => {
        const schedule = delivery(seed, 1_000_000, START);
        const [first, second] = [Math.min(a, b), Math.max(a, b)].map((t) => START + t - 500 * MS);
        const [one, two] = [deliveredAt(schedule, first ?? 0), deliveredAt(schedule, second ?? 0)];
        expect(one).toBeLessThanOrEqual(two);
        expect(one).toBeGreaterThanOrEqual(first ?? 0);
      }),
    );
  });
});
