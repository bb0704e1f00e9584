import { describe, expect, it } from 'vitest';
import { MARKETS, mid, proves, type Subject, storm } from '../test/proof.ts';
import { QUANTUM_MS, type Snapshot } from '../test/tank.ts';

const DURATION = 5000;
const SUBJECT: Subject = {
  kind: 'FlashCrash',
  duration_ms: DURATION,
  after_ms: 2500,
  effect: ({ shots }) => mid(shots[0]) - Math.min(...shots.map(mid)),
  slack: (market) => market.tick,
};
proves(SUBJECT);

const at = (shots: Snapshot[], ms: number): Snapshot | undefined =>
  shots[Math.floor(ms / QUANTUM_MS)];

describe.each(MARKETS)('a full crash at $price', (market) => {
  const full = storm(SUBJECT, market, 1_000_000);
  const start = (full.shots[0]?.twinBid ?? 0) / 2 + (full.shots[0]?.twinAsk ?? 0) / 2;
  const fall = Math.max(start * 0.008, 20 * market.tick);

  it('slides in a line, to the depth it promises', () => {
    const slack = 4 * market.tick + fall / 50;
    for (const part of [0.2, 0.5, 0.8, 1]) {
      const shot = at(full.shots, (part * DURATION) / 2);
      expect(Math.abs(mid(shot) - (start - part * fall))).toBeLessThanOrEqual(slack);
    }
  });

  it('opens the spread and prints on the way', () => {
    const bottom = at(full.shots, DURATION * 0.55);
    expect((bottom?.ask ?? 0) - (bottom?.bid ?? 0)).toBeGreaterThanOrEqual(6 * market.tick);
    expect(full.tank.trades).toBeGreaterThan(0);
  });

  it('stays inside its radius', () => {
    const bid = Math.min(...full.shots.map((shot) => shot.bid));
    const widen = Math.max(start * 0.001, 12 * market.tick);
    const lowest = start - fall - widen - 3 * market.tick;
    expect(bid).toBeGreaterThanOrEqual(Math.max(market.tick, lowest));
  });
});
