// What every kind must prove in the tank. In: a kind and a measure of its effect. Out: a described
// suite: identity at severity 0, growth, an exact end, whole numbers, repetition.
import { describe, expect, it } from 'vitest';
import { stormModule } from '../src/registry.ts';
import { type Snapshot, Tank, type TankOptions } from './tank.ts';

/** From a dollar to ten thousand, with sizes that go with them. */
export const MARKETS: readonly TankOptions[] = [
  { price: 10_000, tick: 100, size: 300, seed: 3 },
  { price: 1_000_000, tick: 100, size: 100, seed: 4 },
  { price: 100_000_000, tick: 100, size: 5, seed: 5 },
];

export interface Outcome {
  tank: Tank;
  shots: Snapshot[];
}

export interface Subject {
  kind: string;
  duration_ms: number;
  after_ms: number;
  /** Grows with severity; by this much it may fall from one step to the next. */
  effect(outcome: Outcome, market: TankOptions): number;
  slack(market: TankOptions): number;
}

export function storm(subject: Subject, market: TankOptions, severity_ppm: number): Outcome {
  const module = stormModule(subject.kind);
  if (module === undefined) throw new Error(`no ${subject.kind}`);
  const tank = new Tank(market);
  return { tank, shots: tank.run(module, severity_ppm, subject.duration_ms, subject.after_ms) };
}

export const mid = (shot: Snapshot | undefined): number =>
  ((shot?.bid ?? 0) + (shot?.ask ?? 0)) / 2;

function wholeNumbers(shots: Snapshot[]): void {
  const whole = (n: number): boolean => Number.isSafeInteger(n) && n >= 0;
  for (const { state, intents } of shots) {
    const plain = !/[.]|e[+-]|null|true|false/.test(JSON.stringify(state));
    const legal = intents.every((i) => whole(i.price) && whole(i.qty) && whole(i.handle));
    if (!plain || !legal || intents.length > 4096) expect({ state, intents }).toBeUndefined();
  }
  const last = shots.at(-1)?.state;
  expect(JSON.parse(JSON.stringify(last))).toEqual(last);
  expect(JSON.stringify(last).length).toBeLessThan(65_536);
}

export function proves(subject: Subject): void {
  describe.each(MARKETS)(`${subject.kind} at $price`, (market) => {
    const full = storm(subject, market, 1_000_000);

    it('keeps two sides and never crosses', () => {
      expect(full.shots.filter((shot) => shot.ask <= shot.bid || shot.bid === 0)).toEqual([]);
    });

    it('leaves nothing behind', () => {
      const last = full.shots.at(-1);
      expect([last?.bid, last?.ask]).toEqual([last?.twinBid, last?.twinAsk]);
      expect(full.tank.orders.some((order) => order.own || order.displaced > 0)).toBe(false);
    });

    it('grows with severity and is nothing at 0', () => {
      const steps = [150_000, 500_000, 1_000_000];
      const effects = steps.map((severity) =>
        severity === 1_000_000
          ? subject.effect(full, market)
          : subject.effect(storm(subject, market, severity), market),
      );
      for (let i = 1; i < effects.length; i++) {
        const floor = (effects[i - 1] ?? 0) - subject.slack(market);
        expect(effects[i]).toBeGreaterThanOrEqual(floor);
      }
      expect(effects[2]).toBeGreaterThan((effects[0] ?? 0) + subject.slack(market));
      const calm = storm(subject, market, 0);
      expect(calm.shots.every((shot) => shot.intents.length === 0)).toBe(true);
    });

    it('keeps whole numbers in a small plain state', () => wholeNumbers(full.shots));
  });

  it(`${subject.kind} repeats itself, and another seed does not`, () => {
    const [, market] = MARKETS;
    if (market === undefined) throw new Error('no market');
    const shots = storm(subject, market, 700_000).shots;
    expect(storm(subject, market, 700_000).shots).toEqual(shots);
    expect(storm(subject, { ...market, seed: 8 }, 700_000).shots).not.toEqual(shots);
  });
}
