// A stand-in bot for demonstrations and tests. In: the stormed stream of a bridge. Out: the two
// routes that any target has, /api/health and /api/state. It trades on paper: an order that the
// risk gate allows fills at the touch it was decided on, so it never moves the market.
import { randomBytes } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Account } from './account.ts';
import { MarketFeed } from './market-feed.ts';
import { RiskClient, type RiskOrder } from './risk-client.ts';
import { DEFAULT_STRATEGY, MeanReverter, type Quote, type StrategyParams } from './strategy.ts';

export interface DemoTargetOptions {
  /** Base URL of the bridge, `http://127.0.0.1:8080`. */
  bridge: string;
  host?: string;
  /** 0 = a free port. */
  port?: number;
  symbol?: string;
  token?: string;
  name?: string;
  /** Risk gate that judges its orders; default: the bridge's only target. */
  gate?: string;
  start_cash?: number;
  strategy?: Partial<StrategyParams>;
}

export interface DemoTarget {
  url: string;
  state(): DemoState;
  close(): Promise<void>;
}

export type DemoState = ReturnType<StandIn['state']>;

const SIGNALS_KEPT = 20;

class StandIn {
  readonly #name: string;
  readonly #gateName: string | undefined;
  readonly #account: Account;
  readonly #strategy: MeanReverter;
  readonly #gate: RiskClient;
  readonly #signals: { ts_run_ns: number; signal: string }[] = [];
  // Order ids of one process never meet those of another that uses the same gate.
  readonly #idBase = BigInt(`0x${randomBytes(4).toString('hex')}`) << 24n;
  #orders = 0n;
  #quotes = 0;
  #refused = 0;
  #lastRefusal: string | null = null;
  #asking = false;
  #symbol: string | null = null;
  connected = false;

  constructor(options: DemoTargetOptions) {
    this.#name = options.name ?? 'demo-target (stand-in)';
    this.#gateName = options.gate;
    this.#account = new Account(options.start_cash ?? 1_000_000);
    this.#strategy = new MeanReverter({ ...DEFAULT_STRATEGY, ...options.strategy });
    this.#gate = new RiskClient(options.bridge, options.token);
  }

  async quote(symbol: string, quote: Quote): Promise<void> {
    this.#symbol = symbol;
    this.#quotes++;
    this.#account.mark((quote.bid + quote.ask) / 2);
    if (this.#asking) return;
    const { position, unrealized } = this.#account;
    const wanted = this.#strategy.decide(quote, position, -unrealized);
    if (wanted === undefined) return;
    const { side, price, qty, why } = wanted;
    this.#asking = true;
    const order_id = (this.#idBase + ++this.#orders).toString();
    const target = this.#gateName === undefined ? {} : { target: this.#gateName };
    await this.#trade({ ...target, symbol, side, price, qty, order_id });
    this.#asking = false;
    this.#signal(quote.ts_run_ns, why);
  }

  async #trade(order: RiskOrder): Promise<void> {
    const decision = await this.#gate.check(order);
    if (!decision.allowed) {
      this.#refused++;
      this.#lastRefusal = decision.reason;
      return;
    }
    this.#account.fill(order);
    await this.#gate.fill(order);
  }

  #signal(ts_run_ns: number, signal: string): void {
    if (this.#signals.at(-1)?.signal === signal) return;
    this.#signals.push({ ts_run_ns, signal });
    if (this.#signals.length > SIGNALS_KEPT) this.#signals.shift();
  }

  state() {
    return {
      name: this.#name,
      stand_in: true,
      strategy: 'paper mean reverter with a stop',
      currency: 'USD',
      symbol: this.#symbol,
      connected: this.connected,
      ...this.#account.summary(),
      quotes: this.#quotes,
      asking: this.#asking,
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
  const feed = new MarketFeed({
    bridge: options.bridge,
    symbol: options.symbol,
    token: options.token,
    onQuote: (symbol, quote) => void bot.quote(symbol, quote),
    onState: (connected) => {
      bot.connected = connected;
    },
  });
  const { address, port } = server.address() as AddressInfo;
  return {
    url: `http://${address}:${port}`,
    state: () => bot.state(),
    close: async () => {
      feed.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function reply(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}
