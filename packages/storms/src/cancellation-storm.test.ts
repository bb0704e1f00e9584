import { IntentOp } from '@wavetank/abi';
import { expect, it } from 'vitest';
import { MARKETS, proves, type Subject, storm } from '../test/proof.ts';

const DURATION = 5000;
const SUBJECT: Subject = {
  kind: 'CancellationStorm',
  duration_ms: DURATION,
  after_ms: 20,
  effect: ({ shots }) => shots.reduce((sum, shot) => sum + shot.intents.length, 0),
  slack: () => 0,
};
proves(SUBJECT);

it.each(MARKETS)('adds three times the median rate at $price', (market) => {
  const { tank, shots } = storm(SUBJECT, market, 1_000_000);
  const asked = shots.flatMap((shot) => shot.intents);
  const expected = (3 * 3000 * DURATION) / 1000;
  expect(Math.abs(asked.length - expected)).toBeLessThan(expected / 20);
  const cancels = asked.filter((intent) => intent.op === IntentOp.CancelOwn).length;
  expect(cancels / (cancels + tank.trades)).toBeGreaterThanOrEqual(0.99);
  const moved = shots.filter((shot) => shot.bid !== shot.twinBid || shot.ask !== shot.twinAsk);
  expect(moved.length).toBeLessThan(shots.length / 20);
});
