// The WebSocket of the Coinbase Exchange feed: subscriptions come in as its clients send them, and
// the channels level2, matches, full, ticker and heartbeat go out as it sends them. Each message also has
// `sent_at`, the wall time at which it left; `time` is the venue's.
import { Side } from '@wavetank/abi';
import {
  type CoinbaseMessage,
  fullMessages,
  levelChanges,
  levelTexts,
  matchMessages,
  productOf,
  symbolOf,
} from './coinbase-messages.ts';
import { tickerMessage } from './coinbase-ticker.ts';
import { readSubscription, type Wish } from './coinbase-wish.ts';
import type { Dialect, DialectHost } from './dialect.ts';
import type { InstrumentFeed } from './instrument-feed.ts';
import type { MarketUpdate } from './market-update.ts';

const SECOND_NS = 1_000_000_000;

export class CoinbaseDialect implements Dialect {
  readonly #host: DialectHost;
  /** Channel to products. */
  readonly #channels = new Map<string, Set<string>>();
  #beatSecond = -1;
  /** Requests are served one after the other: their answers come in the same order. */
  #serving: Promise<void> = Promise.resolve();

  constructor(host: DialectHost) {
    this.#host = host;
  }

  hear(text: string): void {
    this.#serving = this.#serving
      .then(() => this.#serve(text))
      .catch((cause: Error) => {
        this.#say({ type: 'error', message: 'Failed to subscribe', reason: cause.message });
      });
  }

  async #serve(text: string): Promise<void> {
    const wish = readSubscription(text);
    if (wish.subscribe) await this.#subscribe(wish);
    else this.#unsubscribe(wish);
  }

  async #subscribe({ channels }: Wish): Promise<void> {
    const before = this.#products();
    const products = new Set(channels.flatMap(({ product_ids }) => product_ids));
    await this.#host.follow([...products].filter((id) => !before.has(id)).map(symbolText));
    const fresh: [channel: string, product: string][] = [];
    for (const { name, product_ids } of channels) {
      const have = this.#channels.get(name) ?? new Set();
      for (const id of product_ids) if (!have.has(id)) fresh.push([name, id]);
      this.#channels.set(name, new Set([...have, ...product_ids]));
    }
    this.#sayChannels();
    for (const [name, id] of fresh) {
      const feed = this.#host.hub.feed(symbolText(id));
      if (!feed?.complete) continue;
      if (name === 'level2') this.snapshot(feed);
      if (name === 'ticker') this.#ticker(feed);
    }
  }

  #unsubscribe({ channels }: Wish): void {
    const before = this.#products();
    for (const { name, product_ids } of channels) {
      const have = this.#channels.get(name);
      for (const id of product_ids) have?.delete(id);
      if (product_ids.length === 0 || have?.size === 0) this.#channels.delete(name);
    }
    const after = this.#products();
    this.#host.unfollow([...before].filter((id) => !after.has(id)).map(symbolText));
    this.#sayChannels();
  }

  #products(): Set<string> {
    return new Set([...this.#channels.values()].flatMap((products) => [...products]));
  }

  #sayChannels(): void {
    const channels = [...this.#channels].map(([name, ids]) => ({ name, product_ids: [...ids] }));
    this.#say({ type: 'subscriptions', channels });
  }

  #takes(channel: string, product: string): boolean {
    return this.#channels.get(channel)?.has(product) ?? false;
  }

  snapshot(feed: InstrumentFeed): void {
    const product_id = productOf(feed.symbol);
    if (!this.#takes('level2', product_id)) return;
    const bids = levelTexts(feed.book.levels(Side.Bid));
    const asks = levelTexts(feed.book.levels(Side.Ask));
    const time = this.#host.venue.iso(feed.ts_run_ns);
    this.#say({ type: 'snapshot', product_id, bids, asks, time }, feed.ts_run_ns);
  }

  update(feed: InstrumentFeed, update: MarketUpdate): void {
    const product_id = productOf(update.symbol);
    const { venue } = this.#host;
    const at = update.ts_run_ns;
    if (this.#takes('full', product_id)) {
      for (const message of fullMessages(update, venue)) this.#say(message, at);
    } else if (this.#takes('matches', product_id)) {
      for (const message of matchMessages(update, venue)) this.#say(message, at);
    }
    if (feed.prints > update.prints_before) this.#ticker(feed);
    const changes = this.#takes('level2', product_id) ? levelChanges(update) : [];
    if (changes.length > 0) {
      this.#say({ type: 'l2update', product_id, changes, time: venue.iso(update.ts_event_ns) }, at);
    }
  }

  /** The last trade and the touch, once for all trades of a moment. */
  #ticker(feed: InstrumentFeed): void {
    if (!this.#takes('ticker', productOf(feed.symbol))) return;
    const message = tickerMessage(feed, this.#host.venue);
    if (message !== undefined) this.#say(message, feed.ts_run_ns);
  }

  /** Once a second of virtual time, for each product. */
  beat(ts_run_ns: number): void {
    const second = Math.floor(ts_run_ns / SECOND_NS);
    if (second === this.#beatSecond) return;
    this.#beatSecond = second;
    const time = this.#host.venue.iso(ts_run_ns);
    for (const product_id of this.#channels.get('heartbeat') ?? []) {
      const feed = this.#host.hub.feed(symbolText(product_id));
      const sequence = feed?.messages ?? 0;
      const last_trade_id = feed?.prints ?? 0;
      this.#say({ type: 'heartbeat', product_id, sequence, last_trade_id, time }, ts_run_ns);
    }
  }

  #say(message: CoinbaseMessage, tsRunNs = 0): void {
    const make = (sent: bigint): string =>
      JSON.stringify({ ...message, sent_at: new Date(Number(sent / 1_000_000n)).toISOString() });
    this.#host.push({ tsRunNs, make });
  }
}

/** Products that are none were refused before. */
const symbolText = (product: string): string => symbolOf(product) ?? product;
