import { describe, expect, it } from 'vitest';
import { FeedHub } from './feed-hub.ts';

/** A hub over an engine that knows these symbols, and refuses any list with another one in it. */
function hub(...has: string[]) {
  const told: string[][] = [];
  const again: string[][] = [];
  const feed = new FeedHub({
    subscribe: async (symbols, anew) => {
      told.push(symbols);
      again.push(anew);
      await new Promise((resume) => setImmediate(resume));
      const unknown = symbols.find((symbol) => !has.includes(symbol));
      if (unknown !== undefined) throw new Error(unknown);
    },
    hold: async () => {},
  });
  return { feed, told, again };
}

describe('FeedHub', () => {
  it('lets nobody in or out by what another one asked for', async () => {
    const { feed, told } = hub('A', 'B');
    const asked = [['NO'], ['A'], ['NO'], ['B']].map((symbols) => feed.want(symbols));
    const settled = await Promise.allSettled(asked);
    expect(settled.map(({ status }) => status === 'fulfilled')).toEqual([false, true, false, true]);
    expect(feed.symbols).toEqual(['A', 'B']);
    expect(told).toEqual([['NO'], ['A'], ['A', 'NO'], ['A', 'B']]);
  });

  it('lets a symbol go with the last who wanted it', async () => {
    const { feed, told, again } = hub('A', 'B');
    await feed.want(['A', 'B']);
    await feed.want(['A']);
    feed.release(['A', 'B']);
    await feed.want(['A', 'B']);
    expect([feed.symbols, told.at(-1)]).toEqual([
      ['A', 'B'],
      ['A', 'B'],
    ]);
    expect(again).toEqual([['A', 'B'], [], [], ['B']]);
  });
});
