// L2 as JSON: a snapshot of all levels, then the levels that changed, each message with the sequence
// before it and its own, the virtual time and the wall time at which it was sent.
import { Side } from '@wavetank/abi';
import { type Dialect, type DialectHost, HEARS_NOTHING } from './dialect.ts';
import type { InstrumentFeed } from './instrument-feed.ts';
import type { MarketUpdate } from './market-update.ts';

export class L2Dialect implements Dialect {
  readonly #host: DialectHost;

  constructor(host: DialectHost) {
    this.#host = host;
  }

  snapshot(feed: InstrumentFeed, lost: number): void {
    const { symbol, seq, ts_run_ns, ts_event_ns, book } = feed;
    const bids = book.levels(Side.Bid);
    const asks = book.levels(Side.Ask);
    this.#say(ts_run_ns, { type: 'snapshot', symbol, seq, lost, ts_event_ns, bids, asks });
  }

  update(_feed: InstrumentFeed, update: MarketUpdate): void {
    const { symbol, prev_seq, seq, ts_run_ns, ts_event_ns, bids, asks } = update;
    const trades = prints(update);
    const place = { type: 'update', symbol, prev_seq, seq, ts_event_ns };
    this.#say(ts_run_ns, { ...place, bids, asks, trades });
  }

  beat(ts_run_ns: number): void {
    this.#say(ts_run_ns, { type: 'heartbeat' });
  }

  hear(): void {
    this.#host.close(1008, HEARS_NOTHING);
  }

  #say(ts_run_ns: number, body: object): void {
    this.#host.push({
      tsRunNs: ts_run_ns,
      make: (sent) =>
        JSON.stringify({ ...body, ts_run_ns, sent_wall_ms: Number(sent / 1000n) / 1000 }),
    });
  }
}

/** [price, quantity, side of the aggressor or null] */
function prints(update: MarketUpdate): [number, number, 'buy' | 'sell' | null][] {
  const found: [number, number, 'buy' | 'sell' | null][] = [];
  for (const { effects } of update.told) {
    for (const effect of effects) {
      if (effect.did !== 'printed') continue;
      const resting = effect.order === undefined ? null : effect.side;
      const aggressor = resting === null ? null : resting === Side.Bid ? 'sell' : 'buy';
      found.push([effect.price, effect.qty, aggressor]);
    }
  }
  return found;
}
