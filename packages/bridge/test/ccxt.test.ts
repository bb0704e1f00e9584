// An unmodified ccxt client on the Coinbase dialect: it connects, reads the book and its changes, and
// trades, through a storm. Only addresses are given to it, and credentials that nobody looks at.
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pro } from 'ccxt';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type RunningBridge, startBridge } from '../src/index.ts';
import { feedSocket, type Levels, sorted, store } from './feed-readers.ts';
import { until } from './rig.ts';

const ENTRY = fileURLToPath(new URL('../../engine/src/main.ts', import.meta.url));
const MARKET = 'SYN001/USD';

async function desk(): Promise<RunningBridge> {
  const args = ['--wire-port', '0', '--seed', '7', '--speed', '2', '--log-level', 'warn'];
  const bridge = await startBridge({
    engine: { entry: ENTRY, args, port: 0 },
    runsDir: await mkdtemp(join(tmpdir(), 'wavetank-ccxt-')),
    port: 0,
    log_level: 'silent',
    default_target: 'http://127.0.0.1:1',
  });
  onTestFinished(() => bridge.close());
  await until(() => bridge.parts.engine.ready);
  return bridge;
}

function client({ url }: RunningBridge) {
  const exchange = new pro.coinbaseexchange({
    apiKey: 'any',
    secret: 'YW55',
    password: 'any',
    enableRateLimit: false,
  });
  const ws = `${url.replace('http', 'ws')}/feed?dialect=coinbase`;
  Object.assign(exchange.urls, { api: { public: `${url}/coinbase`, ws } });
  onTestFinished(() => exchange.close());
  return exchange;
}

async function post(bridge: RunningBridge, url: string, payload: object = {}): Promise<void> {
  const answer = await bridge.app.inject({ method: 'POST', url, payload });
  expect([answer.statusCode, answer.body]).toEqual([200, answer.body]);
}

describe('ccxt', () => {
  it('reads snapshot, updates and trades through a storm', async () => {
    const bridge = await desk();
    const exchange = client(bridge);
    // Its own condition for ws:// without TLS.
    await exchange.loadHttpProxyAgent();
    await exchange.loadMarkets();
    expect(Object.keys(exchange.markets ?? {})).toEqual([MARKET]);
    expect(await exchange.fetchTime()).toBeGreaterThan(0);
    const rest = await exchange.fetchOrderBook(MARKET);
    expect(rest.bids.length).toBeGreaterThan(0);
    const first = await exchange.watchOrderBook(MARKET);
    const calm = Number(first.bids[0]?.[0]);
    const trades: number[] = [];
    let trading = true;
    const tape = (async () => {
      while (trading)
        for (const { price } of await exchange.watchTrades(MARKET)) trades.push(Number(price));
    })().catch(() => {});
    await until(() => (bridge.parts.latest.heartbeat?.ts_run_ns ?? 0) > 34_205e9);
    const storm = { kind: 'FlashCrash', severity: 1, duration_ms: 5000, seed: '3' };
    await post(bridge, '/storm/start', storm);
    let low = calm;
    for (let i = 0; low > calm * 0.996 && i < 20_000; i++) {
      const { bids } = await exchange.watchOrderBook(MARKET);
      low = Math.min(low, Number(bids[0]?.[0] ?? low));
    }
    expect(low).toBeLessThanOrEqual(calm * 0.996);
    await until(() => trades.length > 10);
    trading = false;
    await post(bridge, '/replay/pause');
    const { book, ts_run_ns } = bridge.parts.feed.feed('SYN001') ?? {};
    expect(ts_run_ns).toBeGreaterThan(0);
    await until(() => {
      const mine = exchange.orderbooks[MARKET]?.bids.map(([price]) => Number(price) * 1e4);
      const its = book?.levels(0).map(([price]) => price);
      return JSON.stringify(mine?.map(Math.round)) === JSON.stringify(its);
    });
    await exchange.close();
    await tape;
  });

  it('has the last trade and those before, asked for and as they happen', async () => {
    const bridge = await desk();
    const exchange = client(bridge);
    await exchange.loadHttpProxyAgent();
    await exchange.loadMarkets();
    const before = await exchange.fetchTrades(MARKET);
    const seen = [];
    while (seen.length < 5) seen.push(await exchange.watchTicker(MARKET));
    for (const { bid, ask, last, high, low } of seen) {
      expect(Number(bid)).toBeLessThan(Number(ask));
      expect(Number(last)).toBeGreaterThanOrEqual(Number(low));
      expect(Number(last)).toBeLessThanOrEqual(Number(high));
    }
    await post(bridge, '/replay/pause');
    const feed = bridge.parts.feed.feed('SYN001');
    const trades = await exchange.fetchTrades(MARKET, undefined, 1000);
    // It sorts by time, and within a moment by the text of the id.
    trades.sort((a, b) => Number(a.id) - Number(b.id));
    // What was asked for first is followed on: no trade since then is missing.
    expect(trades.map(({ id }) => Number(id))).toEqual(trades.map((_, i) => i + 1));
    expect(trades).toHaveLength(feed?.prints ?? 0);
    expect(trades.length).toBeGreaterThan(before.length);
    const { last, bid, ask, baseVolume } = await exchange.fetchTicker(MARKET);
    expect(last).toBe(trades.at(-1)?.price);
    expect(baseVolume).toBe(trades.reduce((sum, { amount }) => sum + Number(amount), 0));
    const { bids, asks } = await exchange.fetchOrderBook(MARKET);
    expect([bid, ask]).toEqual([bids[0]?.[0], asks[0]?.[0]]);
    const newest = await exchange.fetchTrades(MARKET, undefined, 3);
    expect(new Set(newest)).toEqual(new Set(trades.slice(-3)));
  });

  it('can follow every order: level 3 and the full channel make the market’s book', async () => {
    const bridge = await desk();
    const orders: Resting = new Map();
    const heard: Full[] = [];
    const socket = await feedSocket(`${bridge.url}/feed?dialect=coinbase`, (data) => {
      const message = JSON.parse(String(data));
      if (typeof message.sequence === 'number') heard.push(message);
    });
    const channels = ['full', 'heartbeat'];
    socket.send(JSON.stringify({ type: 'subscribe', product_ids: ['SYN001-USD'], channels }));
    await until(() => heard.length > 0);
    const { sequence, bids, asks } = await level3(bridge);
    for (const [price, size, id] of bids)
      orders.set(id, { side: 'buy', price: units(price), qty: Number(size) });
    for (const [price, size, id] of asks)
      orders.set(id, { side: 'sell', price: units(price), qty: Number(size) });
    const storm = { kind: 'MomentumIgnition', severity: 1, duration_ms: 5000, seed: '3' };
    await until(() => (bridge.parts.latest.heartbeat?.ts_run_ns ?? 0) > 34_205e9);
    await post(bridge, '/storm/start', storm);
    await until(() => (bridge.parts.latest.heartbeat?.ts_run_ns ?? 0) > 34_212e9);
    await post(bridge, '/replay/pause');
    const feed = bridge.parts.feed.feed('SYN001');
    await until(() => heard.at(-1)?.sequence === feed?.messages);
    const full = heard.filter(({ type }) => type !== 'heartbeat');
    for (let i = 1; i < full.length; i++) {
      expect(full[i]?.sequence).toBe((full[i - 1]?.sequence ?? 0) + 1);
    }
    for (const message of full) if (message.sequence > sequence) apply(orders, message);
    const side = (name: string): Levels => {
      const ladder = new Map<number, number>();
      for (const { side, price, qty } of orders.values()) {
        if (side === name) store(ladder, [[price, (ladder.get(price) ?? 0) + qty]]);
      }
      return sorted(ladder, name === 'buy' ? -1 : 1);
    };
    const levels = (which: number) => feed?.book.levels(which).map(([price, qty]) => [price, qty]);
    expect([side('buy'), side('sell')]).toEqual([levels(0), levels(1)]);
  });

  it('is told in words what it asked wrongly', async () => {
    const bridge = await desk();
    const heard: { type: string; reason: string }[] = [];
    const socket = await feedSocket(`${bridge.url}/feed?dialect=coinbase`, (data) => {
      heard.push(JSON.parse(String(data)));
    });
    for (const [text, reason] of WRONG) {
      socket.send(text);
      await until(() => heard.length > 0);
      expect(heard.pop()).toMatchObject({
        type: 'error',
        reason: expect.stringContaining(reason),
      });
    }
  });
});

const WRONG = [
  ['{', 'the message is not JSON'],
  ['{"type":"order"}', 'type is not subscribe or unsubscribe'],
  ['{"type":"subscribe","channels":[]}', 'no channels provided'],
  ['{"type":"subscribe","channels":["level2"]}', 'no product_ids for level2'],
  ['{"type":"subscribe","product_ids":["X"],"channels":["level2"]}', '"X" is not a valid product'],
  ['{"type":"subscribe","product_ids":["NO-USD"],"channels":["user"]}', '"user" is not a channel'],
  ['{"type":"subscribe","product_ids":["NO-USD"],"channels":["level2"]}', 'has no symbol "NO"'],
] as const;

interface Full {
  type: string;
  sequence: number;
  order_id: string;
  maker_order_id: string;
  side: string;
  price: string;
  size: string;
  remaining_size: string;
  new_size: string;
}

type Resting = Map<string, { side: string; price: number; qty: number }>;

const units = (text: string): number => Math.round(Number(text) * 1e4);

async function level3(bridge: RunningBridge) {
  const answer = await bridge.app.inject('/coinbase/products/SYN001-USD/book?level=3');
  return answer.json<{
    sequence: number;
    bids: [string, string, string][];
    asks: [string, string, string][];
  }>();
}

function apply(orders: Resting, message: Full): void {
  const { type, order_id, side, price } = message;
  if (type === 'open') {
    orders.set(order_id, { side, price: units(price), qty: Number(message.remaining_size) });
  }
  if (type === 'done') orders.delete(order_id);
  const changed = orders.get(type === 'match' ? message.maker_order_id : order_id);
  if (changed === undefined) return;
  if (type === 'change') changed.qty = Number(message.new_size);
  if (type === 'match') changed.qty -= Number(message.size);
}
