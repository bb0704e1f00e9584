// In: one instrument's ticks in virtual time, and the position held. Out: at most one order wanted
// per tick. A plain mean reverter: it holds a base inventory, buys what fell below its moving
// average, sells what rose, and stops out when its open loss passes a limit; that is what a storm
// hurts. Knows no clock, no socket and no risk gate.

export interface Quote {
  ts_run_ns: number;
  bid: number;
  ask: number;
  bid_qty: number;
  ask_qty: number;
}

export interface Wanted {
  side: 'buy' | 'sell';
  price: number;
  qty: number;
  why: 'inventory' | 'fell' | 'rose' | 'stop_out';
}

export interface StrategyParams {
  /** Dollars of inventory it holds when nothing happens. */
  base_dollars: number;
  /** Largest inventory in dollars. */
  cap_dollars: number;
  /** Distance from the average, in basis points, at which it leans by one base. */
  lean_bps: number;
  /** Open loss, in basis points of the inventory, at which it gets out. */
  stop_bps: number;
  /** Virtual time between two orders. */
  pause_ns: number;
  /** Virtual time it stays out after a stop. */
  rest_ns: number;
  /** Time constant of the moving average. */
  average_ns: number;
}

export const DEFAULT_STRATEGY: StrategyParams = {
  base_dollars: 100_000,
  cap_dollars: 300_000,
  lean_bps: 10,
  stop_bps: 25,
  pause_ns: 200_000_000,
  rest_ns: 10_000_000_000,
  average_ns: 20_000_000_000,
};

const DOLLAR = 10_000;
const BPS = 10_000;

export class MeanReverter {
  readonly #params: StrategyParams;
  #average = 0;
  #seenNs = 0;
  #nextNs = 0;

  constructor(params: StrategyParams = DEFAULT_STRATEGY) {
    this.#params = params;
  }

  get average(): number {
    return this.#average;
  }

  /** `openLoss` in dollars, positive when the position loses. */
  decide(quote: Quote, position: number, openLoss: number): Wanted | undefined {
    const mid = (quote.bid + quote.ask) / 2;
    this.#follow(quote.ts_run_ns, mid);
    if (quote.ts_run_ns < this.#nextNs) return undefined;
    const value = Math.abs(position * mid) / DOLLAR;
    if (openLoss > (value * this.#params.stop_bps) / BPS && position !== 0) {
      this.#nextNs = quote.ts_run_ns + this.#params.rest_ns;
      return this.#order(quote, -position, 'stop_out');
    }
    const wanted = this.#lean(quote, mid, position);
    if (wanted !== undefined) this.#nextNs = quote.ts_run_ns + this.#params.pause_ns;
    return wanted;
  }

  #follow(ts_run_ns: number, mid: number): void {
    // Time that went back is a new timeline: everything learnt is of another market.
    if (this.#average === 0 || ts_run_ns < this.#seenNs) {
      this.#average = mid;
      this.#nextNs = 0;
    } else {
      const weight = Math.min(1, (ts_run_ns - this.#seenNs) / this.#params.average_ns);
      this.#average += (mid - this.#average) * weight;
    }
    this.#seenNs = ts_run_ns;
  }

  #lean(quote: Quote, mid: number, position: number): Wanted | undefined {
    const { base_dollars, cap_dollars, lean_bps } = this.#params;
    const away = ((this.#average - mid) / this.#average) * BPS;
    const bases = 1 + away / lean_bps;
    const dollars = Math.max(-cap_dollars, Math.min(cap_dollars, base_dollars * bases));
    const missing = Math.trunc((dollars * DOLLAR) / mid) - position;
    // A quarter of the base is not worth an order.
    if (Math.abs((missing * mid) / DOLLAR) < base_dollars / 4) return undefined;
    if (position === 0) return this.#order(quote, missing, 'inventory');
    return this.#order(quote, missing, missing > 0 ? 'fell' : 'rose');
  }

  /** Crosses the spread for what the touch shows, at most. */
  #order(quote: Quote, signed: number, why: Wanted['why']): Wanted | undefined {
    const buying = signed > 0;
    const qty = Math.min(Math.abs(signed), buying ? quote.ask_qty : quote.bid_qty);
    if (qty <= 0) return undefined;
    return { side: buying ? 'buy' : 'sell', price: buying ? quote.ask : quote.bid, qty, why };
  }
}
