// A dialect turns snapshots and updates into messages of one connection. In: books and updates. Out:
// messages by `push`. What the bot says comes in by `hear`.
import type { FeedHub } from './feed-hub.ts';
import type { Message } from './feed-socket.ts';
import type { InstrumentFeed } from './instrument-feed.ts';
import type { MarketUpdate } from './market-update.ts';

export interface DialectHost {
  readonly hub: FeedHub;
  push(message: Message): void;
  /** Follows these symbols from now on beside those it follows; throws what the engine refuses. */
  follow(symbols: readonly string[]): Promise<void>;
  unfollow(symbols: readonly string[]): void;
  close(code: number, reason: string): void;
  readonly venue: VenueClock;
}

/** Turns virtual time into the ISO time of a calendar day. */
export interface VenueClock {
  iso(ts_ns: number): string;
  epochS(ts_ns: number): number;
}

export interface Dialect {
  /** `lost`: messages left out before it. */
  snapshot(feed: InstrumentFeed, lost: number): void;
  update(feed: InstrumentFeed, update: MarketUpdate): void;
  beat(ts_run_ns: number): void;
  hear(text: string): void;
}

/** A dialect that only listens says so. */
export const HEARS_NOTHING = 'this dialect takes no messages';
