// In: a market in virtual time and a storm. Out: what a bot hears on /feed in the l2 dialect, from so
// many virtual milliseconds before the storm on. The same words, the same messages.
import { type Market, type StormRequest, Tank } from '@wavetank/engine/tank';
import type { L2Message } from '@wavetank/target';
import { onTestFinished } from 'vitest';
import type { DialectHost } from '../src/feed/dialect.ts';
import { L2Dialect } from '../src/feed/dialect-l2.ts';
import { InstrumentFeed } from '../src/feed/instrument-feed.ts';
import { Frame } from '../src/lib/frame.ts';

const STEP_MS = 100;

export interface Around {
  before_ms: number;
  after_ms: number;
}

export async function stormedFeed(
  { source, symbol, warm_ms }: Market,
  storm: StormRequest | null,
  { before_ms, after_ms }: Around,
): Promise<L2Message[]> {
  const tank = await Tank.open({ source, symbols: [symbol] });
  onTestFinished(() => tank.close());
  tank.forward(warm_ms);
  const said: L2Message[] = [];
  const push: DialectHost['push'] = ({ make }) => void said.push(JSON.parse(String(make(0n))));
  const dialect = new L2Dialect({ push } as DialectHost);
  const feed = new InstrumentFeed(symbol, {
    snapshot: () => dialect.snapshot(feed, 0),
    update: (_feed, update) => dialect.update(feed, update),
    hole: () => {
      throw new Error('a hole in the feed');
    },
  });
  tank.follow((payload) => void [...feed.take(new Frame(payload))]);
  forward(tank, before_ms);
  if (storm !== null) tank.start({ symbol, ...storm });
  forward(tank, after_ms);
  return said;
}

/** In pieces that its ring holds. */
function forward(tank: Tank, ms: number): void {
  for (let done = 0; done < ms; done += STEP_MS) {
    tank.forward(STEP_MS);
    tank.forget();
  }
}
