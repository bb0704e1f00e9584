// WS /stream: from upgrade to viewer. The same guards as every route, before the socket opens; a
// refusal is problem+json. A viewer follows symbols from the moment the engine watches them.
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { Type } from 'typebox';
import type { App } from '../app.ts';
import type { StreamFormat } from '../lib/frame.ts';
import { ApiError } from '../lib/problem.ts';
import { checked } from '../lib/validation.ts';
import { Viewer } from '../lib/viewer.ts';
import type { Parts } from '../parts.ts';
import { strict } from './fields.ts';
import { type SocketServer, sockets, speaksWebSocket, symbolsOf, symbolsQuery } from './upgrade.ts';

const streamQuery = strict({
  symbol: symbolsQuery('up to 16 symbols, comma between; without it everything watched'),
  format: Type.Optional(Type.Union([Type.Literal('json'), Type.Literal('binary')])),
  role: Type.Optional(
    Type.Literal('target', { description: 'delivery storms apply to this connection' }),
  ),
  token: Type.Optional(
    Type.String({ maxLength: 256, description: 'where no Authorization header can be set' }),
  ),
});

interface Wanted {
  format: StreamFormat;
  symbols: string[];
  isTarget: boolean;
}

export async function streamRoutes(app: App): Promise<void> {
  speaksWebSocket(app, '/stream', {
    tags: ['market'],
    summary: 'WebSocket: telemetry as it happens',
    querystring: streamQuery,
  });
}

export class StreamServer implements SocketServer {
  readonly #parts: Parts;
  readonly #sockets = sockets();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, url: URL): Promise<void> {
    const wanted = this.#judge(request, url);
    await this.#parts.watch.add(wanted.symbols);
    if (socket.destroyed) this.#leave(wanted.symbols);
    else this.#accept(request, socket, head, wanted);
  }

  #judge(request: IncomingMessage, url: URL): Wanted {
    this.#parts.guard.checkSite(request.headers);
    const query = Object.fromEntries(url.searchParams);
    checked(streamQuery, 'querystring', query);
    this.#parts.guard.checkToken(request.headers, query.token);
    if (this.#parts.viewers.full) {
      throw new ApiError('VIEWERS_FULL', `${this.#parts.viewers.max} viewers are connected`);
    }
    const symbols = symbolsOf(query.symbol);
    const format = query.format === 'binary' ? 'binary' : 'json';
    return { format, symbols, isTarget: query.role === 'target' };
  }

  #accept(request: IncomingMessage, socket: Duplex, head: Buffer, wanted: Wanted): void {
    const { viewers, stalls, latest } = this.#parts;
    const link = {
      until: stalls.until.bind(stalls),
      speed: () => latest.speed,
    };
    let opened = false;
    socket.once('close', () => {
      if (!opened) this.#leave(wanted.symbols);
    });
    this.#sockets.handleUpgrade(request, socket, head, (ws) => {
      opened = true;
      const viewer = new Viewer(ws, socket, {
        format: wanted.format,
        symbols: wanted.symbols,
        ...(wanted.isTarget ? { link } : {}),
        onGone: (gone, reason) => {
          viewers.remove(gone, reason);
          this.#leave(wanted.symbols);
        },
      });
      viewers.add(viewer, this.#parts.welcome());
    });
  }

  #leave(symbols: readonly string[]): void {
    const { watch, log } = this.#parts;
    watch.remove(symbols).catch((cause) => log.debug(cause, 'the engine keeps watching'));
  }
}
