// In: a symbol that perhaps nobody follows. Out: what is read from its book once it is whole; then the
// symbol is let go again.
import { ApiError } from '../lib/problem.ts';
import type { FeedHub, FeedTaker } from './feed-hub.ts';
import type { InstrumentFeed } from './instrument-feed.ts';

const WITHIN_MS = 5000;

export async function wholeFeed<T>(
  hub: FeedHub,
  symbol: string,
  read: (feed: InstrumentFeed) => T,
): Promise<T> {
  await hub.want([symbol]);
  try {
    return read(await complete(hub, symbol));
  } finally {
    hub.release([symbol]);
  }
}

function complete(hub: FeedHub, symbol: string): Promise<InstrumentFeed> {
  const feed = hub.feed(symbol);
  if (feed?.complete) return Promise.resolve(feed);
  return new Promise((resolve, reject) => {
    const end = (): void => {
      clearTimeout(timer);
      hub.remove(taker);
    };
    const fail = (): void => {
      end();
      reject(new ApiError('ENGINE_TIMEOUT', `no book of ${symbol} came`));
    };
    const taker: FeedTaker = {
      symbols: new Set([symbol]),
      snapshot: (whole) => {
        end();
        resolve(whole);
      },
      update: () => {},
      beat: () => {},
      close: fail,
    };
    const timer = setTimeout(fail, WITHIN_MS);
    hub.add(taker);
  });
}
