import { describe, expect, it } from 'vitest';
import { WatchSet } from './watch-set.ts';

/** A set told to a market that has these symbols, and what it was told last. */
function watching(...has: string[]) {
  const market = { has, told: [] as string[] };
  const set = new WatchSet(async (symbols) => {
    const unknown = symbols.find((symbol) => !market.has.includes(symbol));
    if (unknown !== undefined) throw new Error(unknown);
    market.told = symbols;
  });
  return { set, market };
}

describe('WatchSet', () => {
  it('leaves out what another market does not have, and lets others come', async () => {
    const { set, market } = watching('A', 'B');
    await set.add(['A', 'B']);
    market.has = ['B', 'C'];
    await set.begin();
    expect(market.told).toEqual(['B']);
    await set.add(['C']);
    expect(market.told).toEqual(['B', 'C']);
    await expect(set.add(['A'])).rejects.toThrow('A');
    expect(set.symbols).toEqual(['A', 'B', 'C']);
  });

  it('asks again for what comes late', async () => {
    const { set, market } = watching('A', 'B');
    await set.add(['A', 'B']);
    market.has = [];
    await set.begin();
    market.has = ['B', 'A'];
    await set.retry();
    expect(market.told).toEqual(['A', 'B']);
  });

  it('forgets what was absent with the last who followed it', async () => {
    const { set, market } = watching('A');
    await set.add(['A']);
    market.has = [];
    await set.begin();
    await set.remove(['A']);
    market.has = ['A'];
    market.told = [];
    await set.retry();
    expect([set.symbols, market.told]).toEqual([[], []]);
  });
});
