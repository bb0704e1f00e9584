// A stand-in bot for demonstrations and tests, and the example to copy: a small market maker on the
// stormed market of /feed. In: the l2 dialect of a bridge. Out: the two routes that any target has,
// /api/health and /api/state. It trades on paper: a quote that the risk gate allows fills when the
// market prints through it.
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { firstSymbol } from './first-symbol.ts';
import { L2Feed } from './l2-feed.ts';
import type { MakerParams, Style } from './market-maker.ts';
import { RiskClient } from './risk-client.ts';
import { StandIn } from './stand-in.ts';

export interface DemoTargetOptions {
  /** Base URL of the bridge, `http://127.0.0.1:8080`. */
  bridge: string;
  host?: string;
  /** 0 = a free port. */
  port?: number;
  /** Default: the first symbol that the desk watches. */
  symbol?: string;
  token?: string;
  name?: string;
  /** Risk gate that judges its orders; default: the bridge's only target. */
  gate?: string;
  start_cash?: number;
  /** Default careless. */
  style?: Style;
  /** What differs from the style. */
  maker?: Partial<MakerParams>;
  /** Why there is no feed, each time that it changes. */
  onRefused?: (why: string) => void;
}

export interface DemoTarget {
  url: string;
  state(): DemoState;
  close(): Promise<void>;
}

export type DemoState = ReturnType<StandIn['state']>;

export async function startDemoTarget(options: DemoTargetOptions): Promise<DemoTarget> {
  const gate = new RiskClient(options.bridge, options.token);
  const bot = new StandIn({ ...options, gate, gateName: options.gate });
  const server = createServer((request, response) => {
    request.resume();
    if (request.method !== 'GET') return reply(response, 405, { error: 'GET only' });
    if (request.url === '/api/health') return reply(response, 200, { ok: true, stand_in: true });
    if (request.url === '/api/state') return reply(response, 200, bot.state());
    return reply(response, 404, { error: 'routes: /api/health, /api/state' });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 3001, options.host ?? '127.0.0.1', resolve);
  });
  const closing = new AbortController();
  void trade(bot, options, closing.signal);
  const { address, port } = server.address() as AddressInfo;
  return {
    url: `http://${address}:${port}`,
    state: () => bot.state(),
    close: async () => {
      closing.abort();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** From the moment the bridge can be asked, until it is closed. */
async function trade(bot: StandIn, options: DemoTargetOptions, closing: AbortSignal) {
  const { bridge, token } = options;
  if (bot.symbol === '') bot.symbol = await firstSymbol(bridge, token, closing);
  if (closing.aborted) return;
  let last = '';
  const feed = new L2Feed({
    bridge,
    symbol: bot.symbol,
    token,
    onUpdate: (prints, touch) => bot.update(prints, touch),
    onState: (connected) => {
      bot.connected = connected;
      if (connected) last = '';
    },
    onRefused: (why) => {
      if (why !== last) options.onRefused?.(why);
      last = why;
    },
  });
  closing.addEventListener('abort', () => feed.close());
}

function reply(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}
