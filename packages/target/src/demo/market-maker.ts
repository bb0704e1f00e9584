// In: the touch of one instrument in virtual time, and the position held. Out: where to quote. A plain
// market maker: it joins both sides of the touch, leaves out the side that would grow its inventory
// too far, and when the price runs away it pulls both quotes and sells out: that is its defence, and
// what a storm tests. Knows no clock, no socket and no risk gate.

export interface Touch {
  ts_run_ns: number;
  bid: number;
  ask: number;
  /** Shares that stand there. */
  bid_qty: number;
  ask_qty: number;
}

export interface Quotes {
  /** Prices to quote at; null: no quote on that side. */
  bid: number | null;
  ask: number | null;
  /** Get out of the position now, at the touch. */
  flatten: boolean;
  state: 'quoting' | 'pulled';
}

export interface MakerParams {
  /** Shares of each quote. */
  size: number;
  /** Shares held at most, long or short. */
  inventory: number;
  /** Move of the mid within `look_ns` at which it pulls its quotes, basis points. */
  run_bps: number;
  look_ns: number;
  /** Calm after which it quotes again. */
  rest_ns: number;
}

export const DEFAULT_MAKER: MakerParams = {
  size: 100,
  inventory: 400,
  run_bps: 15,
  look_ns: 1_000_000_000,
  rest_ns: 3_000_000_000,
};

const BPS = 10_000;

export class MarketMaker {
  readonly params: MakerParams;
  /** Mids of the last `look_ns`, oldest first. */
  #mids: { ts_run_ns: number; mid: number }[] = [];
  #restUntilNs = 0;

  constructor(params: MakerParams = DEFAULT_MAKER) {
    this.params = params;
  }

  decide({ ts_run_ns, bid, ask }: Omit<Touch, 'bid_qty' | 'ask_qty'>, position: number): Quotes {
    const { inventory, rest_ns, run_bps } = this.params;
    const ran = this.#ranBps(ts_run_ns, (bid + ask) / 2) > run_bps;
    if (ran) this.#restUntilNs = ts_run_ns + rest_ns;
    if (ran || ts_run_ns < this.#restUntilNs) {
      return { bid: null, ask: null, flatten: position !== 0, state: 'pulled' };
    }
    const quotes = {
      bid: position < inventory ? bid : null,
      ask: position > -inventory ? ask : null,
    };
    return { ...quotes, flatten: false, state: 'quoting' };
  }

  #ranBps(ts_run_ns: number, mid: number): number {
    const last = this.#mids.at(-1);
    // Time that went back is another market: what was learnt is of the old one.
    if (last !== undefined && ts_run_ns < last.ts_run_ns) this.#forget();
    this.#mids.push({ ts_run_ns, mid });
    const since = ts_run_ns - this.params.look_ns;
    const kept = this.#mids.findIndex((one) => one.ts_run_ns >= since);
    if (kept > 0) this.#mids.splice(0, kept);
    const first = this.#mids[0]?.mid ?? mid;
    return (Math.abs(mid - first) / first) * BPS;
  }

  #forget(): void {
    this.#mids = [];
    this.#restUntilNs = 0;
  }
}
