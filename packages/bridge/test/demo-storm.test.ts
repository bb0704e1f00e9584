// The stand-in market maker in virtual time: a flash crash damages the careless one by its own fills,
// a calm market does not, on the synthetic market and on a recorded hour; and its twin in Python,
// given the same messages, makes the same trades.
import { spawnSync } from 'node:child_process';
import { setImmediate as settled } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { fixture } from '@wavetank/engine/fixture';
import { type Market, syntheticMarket } from '@wavetank/engine/tank';
import { L2Book, type L2Message, StandIn, type Style } from '@wavetank/target';
import { describe, expect, it } from 'vitest';
import { stormedFeed } from './stormed-feed.ts';

const PYTHON = fileURLToPath(new URL('../../target/demo', import.meta.url));
const CRASH = { kind: 'FlashCrash', severity: 0.8, duration_ms: 10_000, seed: '7' };
const AROUND = { before_ms: 10_000, after_ms: 20_000 };
/** Loss beyond which a target at an address is damaged. */
const DAMAGED = -10;

const open = {
  check: async () => ({ allowed: true, reason: 'accepted' }),
  fill: async () => true,
};

/** One who has heard all of it. */
async function trade(said: readonly L2Message[], style: Style): Promise<StandIn> {
  const bot = new StandIn({ gate: open, symbol: 'ANY', style });
  const book = new L2Book();
  for (const message of said) {
    expect(book.take(message, (prints, touch) => bot.update(prints, touch))).toBe(true);
    await settled();
  }
  return bot;
}

const earned = async (said: readonly L2Message[], style: Style): Promise<number> => {
  const { equity, start_equity } = (await trade(said, style)).state();
  return equity - start_equity;
};

const TWIN = `
import json, sys
import market_maker as demo

class Open:
    check = staticmethod(lambda order: True)
    fill = staticmethod(lambda order, qty, done: None)

class Said:
    messages = staticmethod(lambda: map(json.loads, sys.stdin))

bot = demo.Bot("twin", "ANY", Open, demo.MarketMaker(**demo.STYLES[sys.argv[1]]))
demo.follow(Said, bot)
print(json.dumps(bot.state()))
`;

function tradeInPython(said: readonly L2Message[], style: Style): { equity: number } {
  const input = said.map((message) => JSON.stringify(message)).join('\n');
  const { stdout, stderr } = spawnSync('python3', ['-c', TWIN, style], {
    input,
    encoding: 'utf8',
    env: { ...process.env, PYTHONPATH: PYTHON, PYTHONDONTWRITEBYTECODE: '1' },
  });
  expect(stderr).toBe('');
  return JSON.parse(stdout);
}

const path = fixture('aapl-2012-06-21/feed.itch50');
const hour = (minutes: number): Market[] =>
  path === undefined
    ? []
    : [
        {
          name: `AAPL, ${minutes} minutes after the open`,
          source: { kind: 'itch', path },
          symbol: 'AAPL',
          warm_ms: minutes * 60_000,
        },
      ];
const seeded = (seed: string): Market => ({
  ...syntheticMarket(1_000_000, seed),
  name: `synthetic ${seed}`,
});
const MARKETS = [seeded('5'), seeded('7'), ...hour(5), ...hour(20), ...hour(40)];

describe.for(MARKETS)('the stand-in on $name', (market) => {
  it('is hurt by a crash that it does not look at, less by one that it flees', async () => {
    const said = await stormedFeed(market, CRASH, AROUND);
    const careless = await earned(said, 'careless');
    expect(careless).toBeLessThan(DAMAGED);
    const careful = await earned(said, 'careful');
    console.log(`${market.name}: careless ${careless.toFixed(2)}, careful ${careful.toFixed(2)}`);
    expect(careful).toBeGreaterThan(careless);
  });

  it('is intact where nothing happens', async () => {
    const said = await stormedFeed(market, null, AROUND);
    for (const style of ['careless', 'careful'] as const)
      expect(await earned(said, style)).toBeGreaterThanOrEqual(DAMAGED);
  });
});

describe('the stand-in in Python', () => {
  it.for(['careless', 'careful'] as const)('%s, makes the same trades', async (style) => {
    const said = await stormedFeed(seeded('5'), CRASH, AROUND);
    const { equity, total_trades, position, open_orders, signals } = (
      await trade(said, style)
    ).state();
    const twin = { total_trades, position, open_orders, signals };
    const python = tradeInPython(said, style);
    expect(python).toMatchObject(twin);
    // Half a cent is rounded up by the one, to even by the other.
    expect(Math.abs(python.equity - equity)).toBeLessThan(0.011);
    expect(total_trades).toBeGreaterThan(0);
  });
});
