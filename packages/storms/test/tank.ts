// A tank for tests, in virtual time: a small seeded source on one instrument, the law of
// docs/storms.md in its plainest form, and one storm. In: a storm and its parameters. Out: what the
// market looked like at each quantum end. The product's law is the Rust crate `resolve`.
import {
  encodeIntentAnswer,
  encodeViewHeader,
  encodeViewLevel,
  encodeViewOwnOrder,
  INTENT_ANSWER_SIZE,
  IntentOp,
  IntentResult,
  VIEW_HEADER_SIZE,
  VIEW_LEVEL_SIZE,
  VIEW_OWN_ORDER_SIZE,
} from '@wavetank/abi';
import type { Intent } from '../src/intent.ts';
import { between, words } from '../src/philox.ts';
import type { AnyStorm } from '../src/registry.ts';
import { StormView } from '../src/view.ts';

export interface Order {
  id: number;
  side: 0 | 1;
  price: number;
  /** Shares standing in the market. */
  qty: number;
  /** Shares the storm displaced. */
  displaced: number;
  own: boolean;
}

export interface TankOptions {
  price: number;
  tick: number;
  /** Shares of a typical order. */
  size: number;
  seed: number;
}

export interface Snapshot {
  ms: number;
  bid: number;
  ask: number;
  twinBid: number;
  twinAsk: number;
  /** Shares of the best ten levels: bids and asks, of the market and of the source. */
  depth: [number, number];
  twinDepth: [number, number];
  intents: readonly Intent[];
  state: unknown;
}

/** A coarse quantum keeps the tests quick; a storm only sees the time in its view. */
export const QUANTUM_MS = 5;
const LEVELS = 40;
/** Median ten-level depth of a side, in typical orders. */
export const BASE_DEPTH = 50;
const SOURCE = { low: 99, high: 0 };

export class Tank {
  orders: Order[] = [];
  trades = 0;
  ms = 0;
  private readonly options: TankOptions;
  private center: number;
  private nextId = 1;
  private draws = 0;
  private credit: [number, number] = [0, 0];
  private returning = false;
  private filled = new Map<number, number>();
  private answers: Uint8Array = new Uint8Array(0);
  private readonly view = new StormView();

  constructor(options: TankOptions) {
    this.options = options;
    this.center = Math.round(options.price / options.tick);
    for (let i = 0; i < LEVELS * 6; i++) this.quote();
  }

  private draw(from: number, to: number): number {
    const word = words({ ...SOURCE, high: this.options.seed }, 0, 0, this.draws++)[0];
    return between(word, from, to);
  }

  /** The source quotes on its own book: it never crosses itself and never sees the storm. */
  private quote(): void {
    const side = this.draw(0, 1) as 0 | 1;
    const off = Math.min(this.draw(1, LEVELS), this.draw(1, LEVELS));
    const level = side === 0 ? this.center - off : this.center + off;
    const price = Math.max(1, level) * this.options.tick;
    const qty = this.draw(1, 2 * this.options.size);
    this.yieldTo(side, price, qty);
    this.orders.push({ id: this.nextId++, side, price, qty, displaced: 0, own: false });
  }

  private yieldTo(side: 0 | 1, price: number, qty: number): void {
    const meets = (o: Order) => o.own && o.side !== side && this.reaches(side, price, o.price);
    if (!this.orders.some(meets)) return;
    let left = qty;
    for (const order of this.best(side === 0 ? 1 : 0)) {
      if (!order.own || (side === 0 ? order.price > price : order.price < price)) continue;
      const traded = Math.min(left, order.qty);
      left -= traded;
      if (traded > 0) this.fill(order.id, traded);
      order.qty = 0;
    }
    this.sweepEmpty();
  }

  private fill(handle: number, qty: number): void {
    this.trades++;
    this.filled.set(handle, (this.filled.get(handle) ?? 0) + qty);
  }

  private sweepEmpty(): void {
    this.orders = this.orders.filter((order) => order.qty + order.displaced > 0);
  }

  /** Standing orders of a side in price-time priority. */
  best(side: 0 | 1): Order[] {
    const sign = side === 0 ? -1 : 1;
    const standing = this.orders.filter((order) => order.side === side && order.qty > 0);
    return standing.sort((a, b) => sign * (a.price - b.price));
  }

  private source(): void {
    for (let i = 0; i < 3; i++) {
      if (this.draw(0, 1) === 0) this.quote();
      const live = this.orders.filter((order) => !order.own);
      const gone = live[this.draw(0, live.length - 1)];
      if (live.length > LEVELS * 6 && gone !== undefined) {
        gone.qty = 0;
        gone.displaced = 0;
      }
    }
    this.sweepEmpty();
  }

  private returns(half_life_ms: number): void {
    if (!this.returning) return;
    for (const side of [0, 1] as const) {
      const owed = this.orders.filter((o) => o.side === side && o.displaced > 0);
      owed.sort((a, b) => (side === 0 ? b.price - a.price : a.price - b.price) || a.id - b.id);
      const total = owed.reduce((sum, order) => sum + order.displaced, 0);
      this.credit[side] += Math.ceil((total * 693147 * QUANTUM_MS) / (half_life_ms * 1e6));
      for (const order of owed) {
        if (order.displaced > this.credit[side]) break;
        this.credit[side] -= order.displaced;
        this.yieldTo(side, order.price, order.displaced);
        order.qty += order.displaced;
        order.displaced = 0;
      }
      if (!this.orders.some((o) => o.side === side && o.displaced > 0)) this.credit[side] = 0;
    }
  }

  /** Levels of a side, best first: price, shares, injected shares. */
  levels(side: 0 | 1, twin = false): [number, number, number][] {
    const sums = new Map<number, [number, number]>();
    for (const order of this.orders) {
      if (order.side !== side || (twin && order.own)) continue;
      const qty = twin ? order.qty + order.displaced : order.qty;
      const sum = sums.get(order.price) ?? [0, 0];
      if (qty > 0) sums.set(order.price, [sum[0] + qty, sum[1] + (order.own ? qty : 0)]);
    }
    const sign = side === 0 ? -1 : 1;
    const rows = [...sums].map(([price, [qty, own]]): [number, number, number] => [
      price,
      qty,
      own,
    ]);
    return rows.sort((a, b) => sign * (a[0] - b[0]));
  }

  private encodeView(): Uint8Array {
    const sides = [this.levels(0).slice(0, 256), this.levels(1).slice(0, 256)] as const;
    const own = this.orders.filter((order) => order.own);
    const rows = sides[0].length + sides[1].length;
    const bytes = new Uint8Array(
      VIEW_HEADER_SIZE + rows * VIEW_LEVEL_SIZE + own.length * VIEW_OWN_ORDER_SIZE,
    );
    const data = new DataView(bytes.buffer);
    encodeViewHeader(data, 0, {
      ts_ns: this.ms * 1e6,
      instrument_id: 1,
      tick_size: this.options.tick,
      trading_state: 0x54,
      bid_count: sides[0].length,
      ask_count: sides[1].length,
      own_count: own.length,
      trade_count: 0,
      trades_omitted: 0,
      baseline_rate_milli: 3_000_000,
      baseline_bid_depth: this.options.size * BASE_DEPTH,
      baseline_ask_depth: this.options.size * BASE_DEPTH,
      baseline_spread: 2 * this.options.tick,
      displaced_bid: 0,
      displaced_ask: 0,
    });
    let at = VIEW_HEADER_SIZE;
    for (const [price, qty, injected_qty] of sides.flat()) {
      encodeViewLevel(data, at, { price, qty, injected_qty, orders: 1, reserved: 0 });
      at += VIEW_LEVEL_SIZE;
    }
    for (const order of own) {
      const filled_qty = this.filled.get(order.id) ?? 0;
      encodeViewOwnOrder(data, at, { ...order, filled_qty, handle: order.id });
      at += VIEW_OWN_ORDER_SIZE;
    }
    this.filled.clear();
    return bytes;
  }

  private reaches(side: number, price: number, other: number): boolean {
    return side === 0 ? price >= other : price <= other;
  }

  /** Whether an order of `side` would lock or cross anything that stands. */
  private meets(side: 0 | 1, price: number): boolean {
    return this.orders.some(
      (o) => o.side !== side && o.qty > 0 && this.reaches(side, price, o.price),
    );
  }

  private resolve(intent: Intent): number {
    const side = intent.side === 0 ? 0 : 1;
    const { price, qty, handle } = intent;
    if (intent.op === IntentOp.Release) this.returning = true;
    if (intent.op === IntentOp.AddOwn) {
      const taken = this.orders.some((order) => order.own && order.id === handle);
      if (taken || qty === 0 || this.meets(side, price)) return 0;
      this.orders.push({ id: handle, side, price, qty, displaced: 0, own: true });
      return qty;
    }
    if (intent.op === IntentOp.CancelOwn) {
      this.orders = this.orders.filter((order) => !(order.own && order.id === handle));
      return 0;
    }
    return this.displace(intent, side, price, qty);
  }

  private displace(intent: Intent, side: 0 | 1, price: number, qty: number): number {
    const takes = intent.op === IntentOp.Take;
    const queue = this.best(takes ? (side === 0 ? 1 : 0) : side).filter((order) => !order.own);
    const aims = takes
      ? queue.filter((order) => this.reaches(side, price, order.price))
      : queue.filter((order) => order.price === price).reverse();
    let done = 0;
    for (const order of aims) {
      const n = Math.min(qty - done, order.qty);
      order.qty -= n;
      order.displaced += n;
      done += n;
      if (takes && n > 0) this.trades++;
    }
    return done;
  }

  /** Runs a storm over its duration, then `after_ms` more; a snapshot for every quantum. */
  run(
    storm: AnyStorm,
    severity_ppm: number,
    duration_ms: number,
    after_ms: number,
    ramp_ms = 0,
  ): Snapshot[] {
    const half_life_ms = 200;
    const own = { recovery_half_life_ms: half_life_ms, ramp_ms };
    const params = { severity_ppm, duration_ms, params: own };
    let state = storm.init(params, BigInt(this.options.seed));
    const shots: Snapshot[] = [];
    for (let ms = 0; ms <= duration_ms + after_ms; ms += QUANTUM_MS) {
      this.ms += QUANTUM_MS;
      this.source();
      this.returns(half_life_ms);
      let intents: Intent[] = [];
      if (ms < duration_ms) {
        ({ state, intents } = storm.step(state, this.view.load(this.encodeView(), this.answers)));
        this.answers = this.answer(intents);
      } else if (ms === duration_ms) {
        this.orders = this.orders.filter((order) => !order.own);
        this.returning = true;
      }
      shots.push(this.shot(ms, intents, state));
    }
    return shots;
  }

  private answer(intents: readonly Intent[]): Uint8Array {
    const bytes = new Uint8Array(intents.length * INTENT_ANSWER_SIZE);
    intents.forEach((intent, index) => {
      const done_qty = this.resolve(intent);
      const result =
        done_qty === 0
          ? IntentResult.None
          : done_qty < intent.qty
            ? IntentResult.Partial
            : IntentResult.Done;
      encodeIntentAnswer(new DataView(bytes.buffer), index * INTENT_ANSWER_SIZE, {
        done_qty,
        index,
        result,
      });
    });
    return bytes;
  }

  private shot(ms: number, intents: readonly Intent[], state: unknown): Snapshot {
    const sides = ([0, 1] as const).map((side) => [this.levels(side), this.levels(side, true)]);
    const price = (side: number, twin: number) => sides[side]?.[twin]?.[0]?.[0] ?? 0;
    const depth = (side: number, twin: number) =>
      (sides[side]?.[twin] ?? []).slice(0, 10).reduce((sum, level) => sum + level[1], 0);
    return {
      ms,
      bid: price(0, 0),
      ask: price(1, 0),
      twinBid: price(0, 1),
      twinAsk: price(1, 1),
      depth: [depth(0, 0), depth(1, 0)],
      twinDepth: [depth(0, 1), depth(1, 1)],
      intents,
      state,
    };
  }
}
