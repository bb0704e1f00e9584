// A stand-in bot for demonstrations and tests, and the example to copy: a small market maker on the
// stormed market of /feed. In: the l2 dialect of a bridge. Out: the two routes that any target has,
// /api/health and /api/state. It trades on paper: a quote that the risk gate allows fills when the
// market prints through it.
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Account } from './account.ts';
import { firstSymbol } from './first-symbol.ts';
import { L2Feed, type Print } from './l2-feed.ts';
import {
  DEFAULT_MAKER,
  type MakerParams,
  MarketMaker,
  type Quotes,
  type Touch,
} from './market-maker.ts';
import { type PaperDesk, PaperQuote } from './paper-quote.ts';
import { RiskClient } from './risk-client.ts';

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
  maker?: Partial<MakerParams>;
}

export interface DemoTarget {
  url: string;
  state(): DemoState;
  close(): Promise<void>;
}

export type DemoState = ReturnType<StandIn['state']>;

const SIGNALS_KEPT = 20;
/** Virtual time between two changes of its quotes: a gate counts orders. */
const REQUOTE_NS = 100_000_000;

class StandIn implements PaperDesk {
  readonly account: Account;
  readonly gate: RiskClient;
  readonly gateName: string | undefined;
  readonly #name: string;
  /** Empty until the bridge has told one. */
  symbol: string;
  readonly #maker: MarketMaker;
  readonly #bid: PaperQuote;
  readonly #ask: PaperQuote;
  readonly #signals: { ts_run_ns: number; signal: string }[] = [];
  #updates = 0;
  #asOfNs = 0;
  #quotedNs = 0;
  #refused = 0;
  #lastRefusal: string | null = null;
  #state: Quotes['state'] = 'pulled';
  connected = false;

  constructor(options: DemoTargetOptions) {
    this.#name = options.name ?? 'demo-target (stand-in)';
    this.symbol = options.symbol ?? '';
    this.gateName = options.gate;
    this.account = new Account(options.start_cash ?? 1_000_000);
    this.gate = new RiskClient(options.bridge, options.token);
    this.#maker = new MarketMaker({ ...DEFAULT_MAKER, ...options.maker });
    this.#bid = new PaperQuote(this, 'buy');
    this.#ask = new PaperQuote(this, 'sell');
  }

  update(prints: readonly Print[], touch: Touch | undefined): void {
    for (const print of prints) {
      this.#bid.print(print);
      this.#ask.print(print);
    }
    this.#updates++;
    if (touch === undefined) return;
    this.#asOfNs = touch.ts_run_ns;
    this.account.mark((touch.bid + touch.ask) / 2);
    this.#quote(touch, this.#maker.decide(touch, this.account.position));
  }

  #quote(touch: Touch, { bid, ask, flatten, state }: Quotes): void {
    const changed = state !== this.#state;
    const back = touch.ts_run_ns < this.#quotedNs;
    if (!changed && !back && touch.ts_run_ns < this.#quotedNs + REQUOTE_NS) return;
    this.#quotedNs = touch.ts_run_ns;
    const { size } = this.#maker.params;
    const { position } = this.account;
    if (changed) this.#signal(touch.ts_run_ns, state);
    if (flatten && position > 0) void this.#ask.take(touch.bid, position);
    else void this.#ask.stand(ask, size, touch.ask_qty);
    if (flatten && position < 0) void this.#bid.take(touch.ask, -position);
    else void this.#bid.stand(bid, size, touch.bid_qty);
  }

  refused(reason: string): void {
    this.#refused++;
    this.#lastRefusal = reason;
  }

  #signal(ts_run_ns: number, state: Quotes['state']): void {
    this.#state = state;
    this.#signals.push({ ts_run_ns, signal: state });
    if (this.#signals.length > SIGNALS_KEPT) this.#signals.shift();
  }

  state() {
    return {
      name: this.#name,
      stand_in: true,
      strategy: 'paper market maker that pulls its quotes',
      currency: 'USD',
      symbol: this.symbol === '' ? null : this.symbol,
      connected: this.connected,
      ...this.account.summary(),
      quoting: this.#state === 'quoting',
      open_orders: Number(this.#bid.working) + Number(this.#ask.working),
      as_of_ts_run_ns: this.#asOfNs,
      updates: this.#updates,
      orders_refused: this.#refused,
      last_refusal: this.#lastRefusal,
      signals: [...this.#signals],
    };
  }
}

export async function startDemoTarget(options: DemoTargetOptions): Promise<DemoTarget> {
  const bot = new StandIn(options);
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
  const feed = new L2Feed({
    bridge,
    symbol: bot.symbol,
    token,
    onUpdate: (prints, touch) => bot.update(prints, touch),
    onState: (connected) => {
      bot.connected = connected;
    },
  });
  closing.addEventListener('abort', () => feed.close());
}

function reply(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}
