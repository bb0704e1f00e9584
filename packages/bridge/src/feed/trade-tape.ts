// In: the prints of one instrument in order. Out: the last of them, newest first, and what a ticker says:
// open, high, low and volume since the feed began. Bounded.
/** Prints that are kept for who asks; up to twice as many. */
const KEPT = 1000;

export interface Print {
  trade_id: number;
  /** Of the order that rested. */
  side: number;
  price: number;
  qty: number;
  ts_ns: number;
}

export class TradeTape {
  #prints: Print[] = [];
  open = 0;
  high = 0;
  low = 0;
  volume = 0;

  add(print: Print): void {
    const { price, qty } = print;
    if (this.volume === 0) [this.open, this.high, this.low] = [price, price, price];
    this.high = Math.max(this.high, price);
    this.low = Math.min(this.low, price);
    this.volume += qty;
    this.#prints.push(print);
    if (this.#prints.length > 2 * KEPT) this.#prints = this.#prints.slice(-KEPT);
  }

  get last(): Print | undefined {
    return this.#prints.at(-1);
  }

  /** Newest first, those older than trade `than`. */
  newest(limit: number, than = Number.POSITIVE_INFINITY): Print[] {
    return this.#prints
      .filter(({ trade_id }) => trade_id < than)
      .slice(-limit)
      .reverse();
  }
}
