// The stand-in's money and mind: exact accounts, quotes in calm, a defence when the price runs.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Account, type Fill } from './account.ts';
import { MarketMaker, STYLES } from './market-maker.ts';

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

const at = (ms: number, mid: number) => ({ ts_run_ns: ms * 1e6, bid: mid - 50, ask: mid + 50 });

describe('MarketMaker', () => {
  it('joins the touch, without the side that would grow its inventory too far', () => {
    const maker = new MarketMaker();
    const size = 50;
    expect(maker.decide(at(1, 1_000_000), 0)).toMatchObject({ bid: 999_950, ask: 1_000_050, size });
    expect(maker.decide(at(2, 1_000_000), 100)).toMatchObject({ bid: null, ask: 1_000_050 });
    expect(maker.decide(at(3, 1_000_000), -100)).toMatchObject({ bid: 999_950, ask: null });
  });

  it('quotes one share at least', () => {
    const maker = new MarketMaker({ ...STYLES.careless, quote_usd: 5 });
    expect(maker.decide(at(1, 1_000_000), 0)).toMatchObject({ size: 1 });
  });

  it('pulls and gets out when the price runs, and quotes again after the rest', () => {
    const maker = new MarketMaker(STYLES.careful);
    maker.decide(at(0, 1_000_000), 0);
    const away = { bid: null, ask: null, size: 0, state: 'pulled' };
    expect(maker.decide(at(500, 998_000), 100)).toEqual({ ...away, flatten: true });
    expect(maker.decide(at(2000, 998_000), 0)).toEqual({ ...away, flatten: false });
    expect(maker.decide(at(3600, 998_000), 0)).toMatchObject({ state: 'quoting' });
  });

  it('stays, when it is careless', () => {
    const maker = new MarketMaker(STYLES.careless);
    maker.decide(at(0, 1_000_000), 0);
    expect(maker.decide(at(500, 900_000), 100)).toMatchObject({ state: 'quoting' });
  });

  it('forgets what it learnt when time goes back', () => {
    const maker = new MarketMaker(STYLES.careful);
    maker.decide(at(5000, 1_000_000), 0);
    expect(maker.decide(at(1, 500_000), 0)).toMatchObject({ state: 'quoting' });
  });
});
