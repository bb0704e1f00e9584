// The public REST routes of the Coinbase Exchange dialect, below /coinbase: what its clients ask for
// before they connect to /feed?dialect=coinbase. Answers are in its form; so are the errors.
import { Side } from '@wavetank/abi';
import { Type } from 'typebox';
import type { App } from '../app.ts';
import {
  levelTexts,
  orderUuid,
  priceText,
  productOf,
  QUOTE,
  sizeText,
  symbolOf,
} from '../feed/coinbase-messages.ts';
import { tickerBody, tradeBodies } from '../feed/coinbase-ticker.ts';
import type { InstrumentFeed } from '../feed/instrument-feed.ts';
import { Lingering } from '../feed/lingering.ts';
import { wholeFeed } from '../feed/whole-feed.ts';
import { ApiError } from '../lib/problem.ts';
import type { Parts } from '../parts.ts';
import { refused, strict } from './fields.ts';

const product = Type.Object({
  id: Type.String(),
  base_currency: Type.String(),
  quote_currency: Type.String(),
  base_increment: Type.String(),
  quote_increment: Type.String(),
  status: Type.String(),
});
const currency = Type.Object({ id: Type.String(), name: Type.String(), status: Type.String() });
const time = Type.Object({ iso: Type.String(), epoch: Type.Number() });
const levels = Type.Array(Type.Array(Type.Union([Type.String(), Type.Integer()])));
const book = Type.Object({
  sequence: Type.Integer(),
  time: Type.String(),
  bids: levels,
  asks: levels,
});
const productParams = strict({ id: Type.String({ maxLength: 16, description: 'AAPL-USD' }) });
const bookQuery = strict({
  level: Type.Optional(
    Type.Union([Type.Literal('1'), Type.Literal('2'), Type.Literal('3')], {
      description: 'best, levels, orders; default 1',
    }),
  ),
});

const text = Type.Union([Type.String(), Type.Null()]);
const ticker = Type.Object({
  trade_id: Type.Union([Type.Integer(), Type.Null()]),
  price: text,
  size: text,
  time: Type.String(),
  bid: text,
  ask: text,
  volume: Type.String(),
});
const trade = Type.Object({
  trade_id: Type.Integer(),
  side: Type.Union([Type.Literal('buy'), Type.Literal('sell')], { description: 'of the maker' }),
  size: Type.String(),
  price: Type.String(),
  time: Type.String(),
});
const number = (description: string) =>
  Type.Optional(Type.String({ pattern: '^[1-9]\\d{0,15}$', description }));
const tradesQuery = strict({
  limit: number('at most, default 100, no more than 1000'),
  after: number('only trades older than this trade_id'),
});
const TRADES = 100;
const TRADES_MAX = 1000;

export async function coinbaseRoutes(app: App, parts: Parts): Promise<void> {
  const tags = ['coinbase'];
  const { venue } = parts.feedClients;
  const now = (): number => parts.latest.heartbeat?.ts_run_ns ?? 0;

  const symbols = async (): Promise<string[]> =>
    (await parts.engine.request<{ symbols: string[] }>('symbols', { limit: 100_000 })).symbols;

  app.get(
    '/coinbase/time',
    { schema: { tags, summary: 'Virtual time', response: { 200: time, ...refused } } },
    async () => ({ iso: venue.iso(now()), epoch: venue.epochS(now()) }),
  );

  app.get(
    '/coinbase/products',
    {
      schema: { tags, summary: 'Symbols', response: { 200: Type.Array(product), ...refused } },
    },
    async () => (await symbols()).map(productBody),
  );

  app.get(
    '/coinbase/currencies',
    {
      schema: { tags, summary: 'Symbols', response: { 200: Type.Array(currency), ...refused } },
    },
    async () => [QUOTE, ...(await symbols())].map((id) => ({ id, name: id, status: 'online' })),
  );

  app.get(
    '/coinbase/products/:id/book',
    {
      schema: {
        tags,
        summary: 'The book as it is now',
        params: productParams,
        querystring: bookQuery,
        response: { 200: book, ...refused },
      },
    },
    async ({ params, query }) =>
      wholeFeed(parts.feed, symbolIn(params.id), (feed) => ({
        sequence: feed.messages,
        time: venue.iso(feed.ts_run_ns),
        bids: side(feed, Side.Bid, query.level ?? '1'),
        asks: side(feed, Side.Ask, query.level ?? '1'),
      })),
  );

  const lingering = new Lingering(parts.feed);
  app.addHook('onClose', async () => lingering.close());
  /** Followed on, so that the next question finds what was printed meanwhile. */
  const followed = async <T>(id: string, read: (feed: InstrumentFeed) => T): Promise<T> => {
    const symbol = symbolIn(id);
    await lingering.keep(symbol);
    return wholeFeed(parts.feed, symbol, read);
  };

  app.get(
    '/coinbase/products/:id/ticker',
    {
      schema: {
        tags,
        summary: 'The last trade and the touch; volume since the feed of the product began',
        params: productParams,
        response: { 200: ticker, ...refused },
      },
    },
    async ({ params }) => followed(params.id, (feed) => tickerBody(feed, venue)),
  );

  app.get(
    '/coinbase/products/:id/trades',
    {
      schema: {
        tags,
        summary: 'Trades since the feed of the product began, newest first',
        params: productParams,
        querystring: tradesQuery,
        response: { 200: Type.Array(trade), ...refused },
      },
    },
    async ({ params, query }) => {
      const limit = Math.min(Number(query.limit ?? TRADES), TRADES_MAX);
      const after = query.after === undefined ? undefined : Number(query.after);
      return followed(params.id, (feed) => tradeBodies(feed, venue, { limit, after }));
    },
  );
}

function symbolIn(product: string): string {
  const symbol = symbolOf(product);
  if (symbol !== undefined && symbol !== '') return symbol;
  throw new ApiError('PARAMS_INVALID', `${product}: expected SYMBOL-${QUOTE}`);
}

const productBody = (symbol: string) => ({
  id: productOf(symbol),
  base_currency: symbol,
  quote_currency: QUOTE,
  base_increment: '1',
  quote_increment: '0.0001',
  base_min_size: '1',
  display_name: `${symbol}/${QUOTE}`,
  min_market_funds: '0',
  margin_enabled: false,
  post_only: false,
  limit_only: false,
  cancel_only: false,
  trading_disabled: false,
  status: 'online',
  status_message: '',
  auction_mode: false,
});

function side(feed: InstrumentFeed, side: number, level: string): (string | number)[][] {
  if (level === '3') {
    const orders = [...feed.book.orders(side)];
    return orders.map(({ id, price, qty }) => [priceText(price), sizeText(qty), orderUuid(id)]);
  }
  const all = feed.book.levels(side);
  const shown = level === '1' ? all.slice(0, 1) : all;
  const texts = levelTexts(shown);
  return texts.map(([price, size], i) => [price, size, shown[i]?.[2] ?? 0]);
}
