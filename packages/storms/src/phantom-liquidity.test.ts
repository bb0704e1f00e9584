import { describe, expect, it } from 'vitest';
import { MARKETS, mid, proves, type Subject, storm } from '../test/proof.ts';
import { BASE_DEPTH, type Snapshot } from '../test/tank.ts';

const extra = ({ depth, twinDepth }: Snapshot): number =>
  depth[0] + depth[1] - twinDepth[0] - twinDepth[1];
const SUBJECT: Subject = {
  kind: 'PhantomLiquidity',
  duration_ms: 5000,
  after_ms: 20,
  effect: ({ shots }) => Math.max(...shots.map(extra)),
  slack: (market) => BASE_DEPTH * market.size * 0.05,
};
proves(SUBJECT);

describe.each(MARKETS)('a full tide at $price', (market) => {
  const { tank, shots } = storm(SUBJECT, market, 1_000_000);
  const base = 2 * BASE_DEPTH * market.size;

  it('moves the depth between once and 1.8 times, once a second', () => {
    for (let second = 1; second < 4; second++) {
      const of = shots.filter((shot) => Math.floor(shot.ms / 1000) === second);
      const swell = of.map((shot) => extra(shot) / base);
      expect(Math.max(...swell)).toBeGreaterThan(0.65);
      expect(Math.max(...swell)).toBeLessThan(0.95);
      expect(Math.min(...swell)).toBeLessThan(0.05);
      const crest = of[swell.indexOf(Math.max(...swell))];
      expect(Math.abs(((crest?.ms ?? 0) % 1000) - 500)).toBeLessThan(150);
    }
  });

  it('leaves the touch alone and hardly ever trades', () => {
    const moved = shots.filter((shot) => shot.bid !== shot.twinBid || shot.ask !== shot.twinAsk);
    expect(moved.length).toBeLessThan(shots.length / 20);
    const adds = shots.flatMap((shot) => shot.intents).length;
    expect(tank.trades).toBeLessThan(adds / 20);
    const start = mid(shots[0]);
    expect(Math.max(...shots.map((shot) => Math.abs(mid(shot) - start)))).toBeLessThan(
      20 * market.tick,
    );
  });
});
