// The stand-in's money and mind: exact accounts, and a crash that costs it.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Account, type Fill } from './account.ts';
import { MeanReverter, type Quote } from './strategy.ts';

const fill = fc.record<Fill>({
  side: fc.constantFrom('buy', 'sell'),
  price: fc.integer({ min: 900_000, max: 1_100_000 }),
  qty: fc.integer({ min: 1, max: 500 }),
});

describe('Account', () => {
  it('keeps equity = start + realised + unrealised through any fills', () => {
    fc.assert(
      fc.property(fc.array(fill, { maxLength: 50 }), fc.integer({ min: 1 }), (fills, mark) => {
        const account = new Account(1_000_000);
        for (const one of fills) account.fill(one);
        account.mark(mark);
        const { equity, realized_pnl, unrealized_pnl, wins, losses } = account.summary();
        expect(equity).toBeCloseTo(1_000_000 + realized_pnl + unrealized_pnl, 1);
        expect(wins + losses).toBeLessThanOrEqual(fills.length);
      }),
    );
  });

  it('turns from long to short with one fill', () => {
    const account = new Account(0);
    account.fill({ side: 'buy', price: 1_000_000, qty: 10 });
    account.fill({ side: 'sell', price: 1_010_000, qty: 15 });
    account.mark(1_000_000);
    expect(account.summary()).toMatchObject({
      position: -5,
      realized_pnl: 10,
      unrealized_pnl: 5,
      wins: 1,
      equity: 15,
    });
  });
});

const quote = (second: number, mid: number): Quote => ({
  ts_run_ns: second * 1e9,
  bid: mid - 50,
  ask: mid + 50,
  bid_qty: 10_000,
  ask_qty: 10_000,
});

function trade(mids: readonly number[]): { equity: number; whys: string[] } {
  const account = new Account(1_000_000);
  const bot = new MeanReverter();
  const whys: string[] = [];
  mids.forEach((mid, second) => {
    account.mark(mid);
    const wanted = bot.decide(quote(second, mid), account.position, -account.unrealized);
    if (wanted === undefined) return;
    account.fill(wanted);
    whys.push(wanted.why);
  });
  return { equity: account.equity, whys };
}

describe('MeanReverter', () => {
  const calm = Array.from({ length: 30 }, () => 1_000_000);
  const crash = Array.from({ length: 10 }, (_, i) => 1_000_000 - 800 * (i + 1));

  it('holds its inventory while nothing happens', () => {
    const { equity, whys } = trade(calm);
    expect(whys).toEqual(['inventory']);
    expect(equity).toBe(999_995);
  });

  it('is hurt by a crash that comes back, because it stops out inside', () => {
    const { equity, whys } = trade([...calm, ...crash, ...calm]);
    expect(whys).toContain('fell');
    expect(whys).toContain('stop_out');
    expect(equity).toBeLessThan(999_900);
  });

  it('begins anew on another timeline', () => {
    const bot = new MeanReverter();
    bot.decide(quote(100, 1_000_000), 0, 0);
    bot.decide(quote(1, 500_000), 0, 0);
    expect(bot.average).toBe(500_000);
  });
});
