import { expect, it } from 'vitest';
import { HeatRing } from '../model/heat.ts';
import { alphaOf, restingText } from './heat-layer.ts';

it('draws nothing for nothing, a wall strongest, and keeps their order', () => {
  const sizes = [0, 1, 10, 100, 1000, 5000, 8192];
  const alphas = sizes.map((size) => alphaOf(size, 8192));
  expect(alphas[0]).toBe(0);
  expect(alphas).toEqual([...alphas].sort((a, b) => a - b));
  // The price stays readable over it.
  expect(Math.max(...alphas)).toBeLessThan(255 * 0.7);
  expect(alphaOf(1e9, 8192)).toBe(alphaOf(8192, 8192));
});

it('says what rests at a place, and which storm placed it where only one can have', () => {
  const ring = new HeatRing(1);
  const levels = Float64Array.from([5_853_000, 1200, 400, 3, 5_854_000, 50, 0, 1]);
  const book = { bids: 1, asks: 1, tick_size: 100, ts_run_ns: 5e9, symbol: 'AAPL', levels };
  ring.push(book, false);
  const at = (price: number, storm?: number): string =>
    restingText(ring, { t_s: 5.5, price, tick_size: 100, storm });
  expect(at(5_853_000, 7)).toBe('585.30: bid 1,200 in 3, 400 by storm #7');
  expect(at(5_853_000)).toBe('585.30: bid 1,200 in 3, 400 by storms');
  expect(at(5_854_000, 7)).toBe('585.40: ask 50 in 1');
  expect(at(5_860_000, 7)).toBe('');
});
