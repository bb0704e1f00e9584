// The stand-in's hands: in, what the l2 feed told; out, quotes on paper behind the risk gate, and what
// it tells of itself. Time is that of the feed: the same messages and answers give the same trades.
import { Account } from './account.ts';
import type { Print } from './l2-book.ts';
import {
  type MakerParams,
  MarketMaker,
  type Quotes,
  STYLES,
  type Style,
  type Touch,
} from './market-maker.ts';
import { type PaperDesk, PaperQuote } from './paper-quote.ts';
import type { Gate } from './risk-client.ts';

export interface StandInOptions {
  gate: Gate;
  symbol?: string | undefined;
  name?: string | undefined;
  /** Risk gate that judges its orders; default: the bridge's only target. */
  gateName?: string | undefined;
  /** Dollars. */
  start_cash?: number | undefined;
  /** Default careless. */
  style?: Style | undefined;
  /** What differs from the style. */
  maker?: Partial<MakerParams> | undefined;
}

const SIGNALS_KEPT = 20;

export class StandIn implements PaperDesk {
  readonly account: Account;
  readonly gate: Gate;
  readonly gateName: string | undefined;
  readonly #name: string;
  /** Empty until the bridge has told one. */
  symbol: string;
  readonly #style: Style;
  readonly #maker: MarketMaker;
  readonly #bid: PaperQuote;
  readonly #ask: PaperQuote;
  readonly #signals: { ts_run_ns: number; signal: string }[] = [];
  #updates = 0;
  #asOfNs = 0;
  #lookedNs = Number.NEGATIVE_INFINITY;
  #refused = 0;
  #lastRefusal: string | null = null;
  #state: Quotes['state'] = 'pulled';
  connected = false;

  constructor(options: StandInOptions) {
    this.#name = options.name ?? 'demo-target (stand-in)';
    this.symbol = options.symbol ?? '';
    this.gate = options.gate;
    this.gateName = options.gateName;
    this.account = new Account(options.start_cash ?? 1_000_000);
    this.#style = options.style ?? 'careless';
    this.#maker = new MarketMaker({ ...STYLES[this.#style], ...options.maker });
    this.#bid = new PaperQuote(this, 'buy');
    this.#ask = new PaperQuote(this, 'sell');
  }

  update(prints: readonly Print[], touch: Touch | undefined): void {
    for (const print of prints) {
      this.#bid.print(print);
      this.#ask.print(print);
    }
    this.#updates++;
    if (touch === undefined) return;
    this.#asOfNs = touch.ts_run_ns;
    this.account.mark((touch.bid + touch.ask) / 2);
    if (!this.#due(touch.ts_run_ns)) return;
    this.#quote(touch, this.#maker.decide(touch, this.account.position));
  }

  /** Time that went back is another market: it looks at once. */
  #due(now_ns: number): boolean {
    const since = now_ns - this.#lookedNs;
    if (since >= 0 && since < this.#maker.params.every_ns) return false;
    this.#lookedNs = now_ns;
    return true;
  }

  #quote(touch: Touch, { bid, ask, size, flatten, state }: Quotes): void {
    if (state !== this.#state) this.#signal(touch.ts_run_ns, state);
    const { position } = this.account;
    if (flatten && position > 0) void this.#ask.take(touch.bid, position);
    else void this.#ask.stand(ask, size, touch.ask_qty);
    if (flatten && position < 0) void this.#bid.take(touch.ask, -position);
    else void this.#bid.stand(bid, size, touch.bid_qty);
  }

  refused(reason: string): void {
    this.#refused++;
    this.#lastRefusal = reason;
  }

  #signal(ts_run_ns: number, state: Quotes['state']): void {
    this.#state = state;
    this.#signals.push({ ts_run_ns, signal: state });
    if (this.#signals.length > SIGNALS_KEPT) this.#signals.shift();
  }

  state() {
    return {
      name: this.#name,
      stand_in: true,
      strategy: `paper market maker, ${this.#style}`,
      currency: 'USD',
      symbol: this.symbol === '' ? null : this.symbol,
      connected: this.connected,
      ...this.account.summary(),
      quoting: this.#state === 'quoting',
      open_orders: Number(this.#bid.working) + Number(this.#ask.working),
      as_of_ts_run_ns: this.#asOfNs,
      updates: this.#updates,
      orders_refused: this.#refused,
      last_refusal: this.#lastRefusal,
      signals: [...this.#signals],
    };
  }
}
