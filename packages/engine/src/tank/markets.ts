// Synthetic markets that storms are tried on: from a dollar to ten thousand.
import type { Market } from './storm-run.ts';
import { SYNTHETIC_SYMBOL } from './tank.ts';

const WARM_MS = 3_000;

/** `price` in 1/10000 dollar. */
export const syntheticMarket = (price: number, seed = '5'): Market => ({
  name: `synthetic at $${price / 10_000}`,
  source: { kind: 'synthetic', seed, instruments: 1, base_price: price },
  symbol: SYNTHETIC_SYMBOL,
  warm_ms: WARM_MS,
});

export const MARKETS: readonly Market[] = [10_000, 1_000_000, 100_000_000].map((price) =>
  syntheticMarket(price),
);
