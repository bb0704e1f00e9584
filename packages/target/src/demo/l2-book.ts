// In: messages of the l2 dialect. Out: the prints of each and the touch that it left. A hole in the
// sequence is said: the book is then no longer the market's.
import type { Touch } from './market-maker.ts';

export interface Print {
  price: number;
  qty: number;
  /** Who took; null when it was hidden or a cross. */
  aggressor: 'buy' | 'sell' | null;
}

export interface L2Message {
  type: 'snapshot' | 'update' | 'heartbeat';
  seq: number;
  prev_seq: number;
  ts_run_ns: number;
  bids: [price: number, qty: number, orders: number][];
  asks: [price: number, qty: number, orders: number][];
  trades?: [price: number, qty: number, aggressor: 'buy' | 'sell' | null][];
}

/** No touch while a side is empty. */
export type Take = (prints: readonly Print[], touch: Touch | undefined) => void;

export class L2Book {
  readonly #bids = new Map<number, number>();
  readonly #asks = new Map<number, number>();
  #seq = 0;

  /** False: something is missing before this message, and nothing was told. */
  take(message: L2Message, told: Take): boolean {
    if (message.type === 'heartbeat') return true;
    if (message.type === 'snapshot') {
      this.#bids.clear();
      this.#asks.clear();
    } else if (message.prev_seq !== this.#seq) return false;
    this.#seq = message.seq;
    store(this.#bids, message.bids);
    store(this.#asks, message.asks);
    const trades = message.trades ?? [];
    const prints = trades.map(([price, qty, aggressor]) => ({ price, qty, aggressor }));
    told(prints, this.#touch(message.ts_run_ns));
    return true;
  }

  #touch(ts_run_ns: number): Touch | undefined {
    const bid = best(this.#bids, Math.max);
    const ask = best(this.#asks, Math.min);
    if (bid === undefined || ask === undefined || bid >= ask) return undefined;
    const bid_qty = this.#bids.get(bid) ?? 0;
    const ask_qty = this.#asks.get(ask) ?? 0;
    return { ts_run_ns, bid, ask, bid_qty, ask_qty };
  }
}

function store(side: Map<number, number>, levels: L2Message['bids']): void {
  for (const [price, qty] of levels) {
    if (qty === 0) side.delete(price);
    else side.set(price, qty);
  }
}

function best(side: Map<number, number>, better: (a: number, b: number) => number) {
  let found: number | undefined;
  for (const price of side.keys()) found = found === undefined ? price : better(found, price);
  return found;
}
