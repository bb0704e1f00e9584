// In: sockets of bots with what they asked for. Out: clients that live and go; counts for /status.
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { Dialect, DialectHost, VenueClock } from './dialect.ts';
import { FeedClient } from './feed-client.ts';
import type { FeedHub } from './feed-hub.ts';

export interface FeedClientsOptions {
  hub: FeedHub;
  venue: VenueClock;
  max: number;
  /** Until when storms hold back what is delivered at a virtual time. */
  until: (ts_ns: number, symbols: ReadonlySet<string>) => number;
  speed: () => number;
}

export interface FeedWish {
  symbols: readonly string[];
  from: number | undefined;
  dialect: (host: DialectHost) => Dialect;
}

export class FeedClients {
  readonly venue: VenueClock;
  readonly #options: FeedClientsOptions;
  readonly #all = new Set<FeedClient>();
  readonly #closed = new Map<string, number>();
  #lostBefore = 0;

  constructor(options: FeedClientsOptions) {
    this.#options = options;
    this.venue = options.venue;
  }

  get count(): number {
    return this.#all.size;
  }

  get full(): boolean {
    return this.#all.size >= this.#options.max;
  }

  /** Messages that slow bots missed. */
  get lost(): number {
    let lost = this.#lostBefore;
    for (const client of this.#all) lost += client.lost;
    return lost;
  }

  get closed(): ReadonlyMap<string, number> {
    return this.#closed;
  }

  /** What each bot has got, for /status. */
  list(): { symbols: string[]; sent: number; lost: number; stalled: number }[] {
    return [...this.#all].map(({ symbols, sent, lost, stalled }) => ({
      symbols: [...symbols],
      sent,
      lost,
      stalled,
    }));
  }

  add(ws: WebSocket, socket: Duplex, wish: FeedWish): void {
    const { hub, venue, until, speed } = this.#options;
    const gone = (client: FeedClient, reason: string): void => this.#remove(client, reason);
    this.#all.add(new FeedClient(ws, socket, { hub, venue, until, speed, gone, ...wish }));
  }

  #remove(client: FeedClient, reason: string): void {
    this.#all.delete(client);
    this.#lostBefore += client.lost;
    this.#closed.set(reason, (this.#closed.get(reason) ?? 0) + 1);
  }

  ping(): void {
    for (const client of this.#all) client.ping();
  }

  closeAll(code: number, reason: string): void {
    for (const client of this.#all) client.close(code, reason);
  }
}
