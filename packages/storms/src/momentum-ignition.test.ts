import { IntentOp } from '@wavetank/abi';
import { describe, expect, it } from 'vitest';
import { MARKETS, mid, proves, type Subject, storm } from '../test/proof.ts';
import { QUANTUM_MS } from '../test/tank.ts';

const DURATION = 5000;
const SUBJECT: Subject = {
  kind: 'MomentumIgnition',
  duration_ms: DURATION,
  after_ms: 2500,
  effect: ({ shots }) => Math.max(...shots.map((shot) => Math.abs(mid(shot) - mid(shots[0])))),
  slack: (market) => market.tick,
};
proves(SUBJECT);

describe.each(MARKETS)('a full push at $price', (market) => {
  const { tank, shots } = storm(SUBJECT, market, 1_000_000);
  const start = (shots[0]?.twinBid ?? 0) / 2 + (shots[0]?.twinAsk ?? 0) / 2;
  const push = Math.max(start * 0.004, 10 * market.tick);

  it('pushes as far as it promises, in one direction, by trading', () => {
    const top = shots[Math.floor((DURATION * 0.58) / QUANTUM_MS)];
    expect(Math.abs(Math.abs(mid(top) - start) - push)).toBeLessThanOrEqual(
      4 * market.tick + push / 50,
    );
    const takes = shots.flatMap((shot) => shot.intents).filter((i) => i.op === IntentOp.Take);
    expect(new Set(takes.map((intent) => intent.side)).size).toBe(1);
    expect(tank.trades).toBeGreaterThan(20);
  });

  it('stays inside its radius', () => {
    const farthest = Math.max(...shots.map((shot) => Math.abs(mid(shot) - start)));
    expect(farthest).toBeLessThanOrEqual(push + 8 * market.tick);
  });
});
