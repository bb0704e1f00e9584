// WS /feed: the stormed market as a bot takes it, in the dialect that it asks for. The same guards as
// every route; what it follows is wanted of the engine before the socket opens.
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { Type } from 'typebox';
import type { App } from '../app.ts';
import type { Dialect, DialectHost } from '../feed/dialect.ts';
import { CoinbaseDialect } from '../feed/dialect-coinbase.ts';
import { EventsDialect } from '../feed/dialect-events.ts';
import { L2Dialect } from '../feed/dialect-l2.ts';
import type { FeedWish } from '../feed/feed-clients.ts';
import { ApiError } from '../lib/problem.ts';
import { checked } from '../lib/validation.ts';
import type { Parts } from '../parts.ts';
import { strict } from './fields.ts';
import { type SocketServer, sockets, speaksWebSocket, symbolsOf, symbolsQuery } from './upgrade.ts';

const DIALECTS: Readonly<{ [name: string]: (host: DialectHost) => Dialect }> = {
  events: (host) => new EventsDialect(host),
  l2: (host) => new L2Dialect(host),
  coinbase: (host) => new CoinbaseDialect(host),
};

const feedQuery = strict({
  dialect: Type.Optional(
    Type.Union([Type.Literal('events'), Type.Literal('l2'), Type.Literal('coinbase')], {
      description: 'default l2',
    }),
  ),
  symbol: symbolsQuery('up to 16, comma between; coinbase subscribes by messages instead'),
  from: Type.Optional(
    Type.String({ pattern: '^\\d{1,16}$', description: 'last sequence seen: go on behind it' }),
  ),
  token: Type.Optional(Type.String({ maxLength: 256 })),
});

export async function feedRoutes(app: App): Promise<void> {
  speaksWebSocket(app, '/feed', {
    tags: ['target'],
    summary: 'WebSocket: the stormed market for a bot',
    querystring: feedQuery,
  });
}

export class FeedServer implements SocketServer {
  readonly #parts: Parts;
  readonly #sockets = sockets();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, url: URL): Promise<void> {
    const { feed, feedClients } = this.#parts;
    const wish = this.#judge(request, url);
    await feed.want(wish.symbols);
    let opened = false;
    const leave = (): void => {
      if (!opened) feed.release(wish.symbols);
    };
    if (socket.destroyed) return leave();
    socket.once('close', leave);
    this.#sockets.handleUpgrade(request, socket, head, (ws) => {
      opened = true;
      feedClients.add(ws, socket, wish);
    });
  }

  #judge(request: IncomingMessage, url: URL): FeedWish {
    this.#parts.guard.checkSite(request.headers);
    const query = Object.fromEntries(url.searchParams);
    checked(feedQuery, 'querystring', query);
    this.#parts.guard.checkToken(request.headers, query.token);
    if (this.#parts.feedClients.full) {
      throw new ApiError('VIEWERS_FULL', 'too many bots are connected');
    }
    const name = query.dialect ?? 'l2';
    const symbols = symbolsOf(query.symbol);
    const dialect = DIALECTS[name];
    if (dialect === undefined || (symbols.length === 0) !== (name === 'coinbase')) {
      const hint = name === 'coinbase' ? 'not here: subscribe by messages' : 'must be given';
      throw new ApiError('QUERY_INVALID', `symbol: ${hint}`);
    }
    return { symbols, dialect, from: query.from === undefined ? undefined : Number(query.from) };
  }
}
