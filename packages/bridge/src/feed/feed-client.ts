// One bot on /feed: a socket, a dialect, and the symbols it follows. In: what the hub tells. Out:
// messages of the dialect. It leaves nothing behind in the hub.
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { Dialect, DialectHost, VenueClock } from './dialect.ts';
import type { FeedHub, FeedTaker } from './feed-hub.ts';
import { FeedSocket, type Message } from './feed-socket.ts';
import type { InstrumentFeed } from './instrument-feed.ts';
import type { MarketUpdate } from './market-update.ts';

export interface FeedClientOptions {
  hub: FeedHub;
  venue: VenueClock;
  dialect: (host: DialectHost) => Dialect;
  /** Already wanted of the hub for this client. */
  symbols: readonly string[];
  /** Last sequence that it has, when it comes back. */
  from: number | undefined;
  until: (ts_ns: number, symbols: ReadonlySet<string>) => number;
  speed: () => number;
  gone: (client: FeedClient, reason: string) => void;
}

export class FeedClient implements FeedTaker, DialectHost {
  readonly hub: FeedHub;
  readonly venue: VenueClock;
  readonly symbols: Set<string>;
  readonly #socket: FeedSocket;
  readonly #dialect: Dialect;
  readonly #options: FeedClientOptions;
  #gone = false;

  constructor(ws: WebSocket, socket: Duplex, options: FeedClientOptions) {
    this.#options = options;
    this.hub = options.hub;
    this.venue = options.venue;
    this.symbols = new Set(options.symbols);
    this.#socket = new FeedSocket(ws, socket, {
      until: (ts_ns) => options.until(ts_ns, this.symbols),
      speed: options.speed,
      recovered: (lost) => this.#again(lost),
      gone: (reason) => this.#leave(reason),
      message: (text) => this.#dialect.hear(text),
    });
    this.#dialect = options.dialect(this);
    this.hub.add(this);
    for (const symbol of this.symbols) this.#begin(symbol);
  }

  get lost(): number {
    return this.#socket.lost;
  }

  get stalled(): number {
    return this.#socket.stalled;
  }

  get sent(): number {
    return this.#socket.sent;
  }

  /** What is there already; what is not comes when the engine has sent it. */
  #begin(symbol: string): void {
    const feed = this.hub.feed(symbol);
    if (feed === undefined || !feed.complete) return;
    const { from } = this.#options;
    const missed = from === undefined ? undefined : feed.since(from);
    if (missed === undefined) this.#dialect.snapshot(feed, 0);
    else for (const update of missed) this.#dialect.update(feed, update);
  }

  #again(lost: number): void {
    for (const symbol of this.symbols) {
      const feed = this.hub.feed(symbol);
      if (feed?.complete) this.#dialect.snapshot(feed, lost);
    }
  }

  snapshot(feed: InstrumentFeed): void {
    this.#dialect.snapshot(feed, this.lost);
  }

  update(feed: InstrumentFeed, update: MarketUpdate): void {
    this.#dialect.update(feed, update);
  }

  beat(ts_run_ns: number): void {
    this.#dialect.beat(ts_run_ns);
  }

  push(message: Message): void {
    this.#socket.push(message);
  }

  async follow(symbols: readonly string[]): Promise<void> {
    await this.hub.want(symbols);
    if (this.#gone) this.hub.release(symbols);
    else for (const symbol of symbols) this.symbols.add(symbol);
  }

  unfollow(symbols: readonly string[]): void {
    for (const symbol of symbols) this.symbols.delete(symbol);
    this.hub.release(symbols);
  }

  ping(): void {
    this.#socket.ping();
  }

  close(code: number, reason: string): void {
    this.#socket.close(code, reason);
  }

  #leave(reason: string): void {
    this.#gone = true;
    this.hub.remove(this);
    this.hub.release([...this.symbols]);
    this.#options.gone(this, reason);
  }
}
