import { expect, it } from 'vitest';
import { alphaOf } from './heat-layer.ts';

it('draws nothing for nothing, a wall strongest, and keeps their order', () => {
  const sizes = [0, 1, 10, 100, 1000, 5000, 8192];
  const alphas = sizes.map((size) => alphaOf(size, 8192));
  expect(alphas[0]).toBe(0);
  expect(alphas).toEqual([...alphas].sort((a, b) => a - b));
  // The price stays readable over it.
  expect(Math.max(...alphas)).toBeLessThan(255 * 0.7);
  expect(alphaOf(1e9, 8192)).toBe(alphaOf(8192, 8192));
});
