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
  /** Shares of each. */
  size: number;
  /** Get out of the position now, at the touch. */
  flatten: boolean;
  state: 'quoting' | 'pulled';
}

export interface MakerParams {
  /** Dollars of each quote: as many shares as they buy at the touch, one at least. */
  quote_usd: number;
  /** Dollars of inventory, long or short, at which it leaves out the side that would add to it. */
  position_usd: number;
  /** It looks at the market this often; between two looks its quotes stand where they are. */
  every_ns: number;
  /** Move of the mid within `look_ns` at which it pulls its quotes, basis points; null: never. */
  pull_bps: number | null;
  look_ns: number;
  /** Calm after which it quotes again. */
  rest_ns: number;
}

const SIZES = { quote_usd: 5000, position_usd: 10_000 };
const GUARD = { look_ns: 1_000_000_000, rest_ns: 3_000_000_000 };

/** Ready-made ways to make a market. */
export const STYLES = {
  /** Looks twice a second and has no guard but its limits. */
  careless: { ...SIZES, ...GUARD, every_ns: 500_000_000, pull_bps: null },
  /** Looks ten times a second, pulls and gets out when the price runs. */
  careful: { ...SIZES, ...GUARD, every_ns: 100_000_000, pull_bps: 6 },
} satisfies Record<string, MakerParams>;
export type Style = keyof typeof STYLES;

const BPS = 10_000;
const DOLLAR = 10_000;

export class MarketMaker {
  readonly params: MakerParams;
  /** Mids of the last `look_ns`, oldest first. */
  #mids: { ts_run_ns: number; mid: number }[] = [];
  #restUntilNs = 0;

  constructor(params: MakerParams = STYLES.careless) {
    this.params = params;
  }

  decide({ ts_run_ns, bid, ask }: Omit<Touch, 'bid_qty' | 'ask_qty'>, position: number): Quotes {
    const { position_usd, pull_bps, quote_usd, rest_ns } = this.params;
    const mid = (bid + ask) / 2;
    const ran = this.#ranBps(ts_run_ns, mid) > (pull_bps ?? Number.POSITIVE_INFINITY);
    if (ran) this.#restUntilNs = ts_run_ns + rest_ns;
    if (ran || ts_run_ns < this.#restUntilNs) {
      return { bid: null, ask: null, size: 0, flatten: position !== 0, state: 'pulled' };
    }
    const held = (position * mid) / DOLLAR;
    return {
      bid: held < position_usd ? bid : null,
      ask: held > -position_usd ? ask : null,
      size: Math.max(1, Math.floor((quote_usd * DOLLAR) / mid)),
      flatten: false,
      state: 'quoting',
    };
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
