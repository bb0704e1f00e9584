// One side's quote on paper. In: where it should stand, prints of the market, and the risk gate. Out:
// fills. A quote works only when the gate allowed it. A print at its price fills the share that its size
// has of the level, one beyond it all of it. It never moves the market.
import { randomBytes } from 'node:crypto';
import type { Account } from './account.ts';
import type { Print } from './l2-book.ts';
import type { Gate, RiskOrder } from './risk-client.ts';

export interface PaperDesk {
  readonly gate: Gate;
  readonly account: Account;
  readonly symbol: string;
  /** Name of the gate; without one the bridge's only target. */
  readonly gateName: string | undefined;
  refused(reason: string): void;
}

// Order ids of one process never meet those of another that uses the same gate.
const ID_BASE = BigInt(`0x${randomBytes(4).toString('hex')}`) << 24n;
let orders = 0n;

export class PaperQuote {
  readonly #desk: PaperDesk;
  readonly #side: 'buy' | 'sell';
  #working: RiskOrder | undefined;
  #asking = false;
  #beside = 0;
  /** Where the gate said no: it is not asked again for the same. */
  #refusedPrice: number | undefined;

  constructor(desk: PaperDesk, side: 'buy' | 'sell') {
    this.#desk = desk;
    this.#side = side;
  }

  get working(): boolean {
    return this.#working !== undefined;
  }

  /** An order that waits for the gate's answer. */
  get asking(): boolean {
    return this.#asking;
  }

  /** Fills what a print went through. */
  print({ price, qty, aggressor }: Print): void {
    const order = this.#working;
    if (order === undefined || aggressor === this.#side || aggressor === null) return;
    const beyond = this.#side === 'buy' ? order.price - price : price - order.price;
    if (beyond < 0) return;
    const share = order.qty / (order.qty + this.#beside);
    const filled = Math.min(order.qty, beyond > 0 ? qty : Math.floor(qty * share));
    if (filled > 0) void this.#fill(order, filled);
  }

  /** Stands at this price from now on, beside so many shares, or nowhere. One order at a time waits for the gate. */
  async stand(price: number | null, qty: number, beside: number): Promise<void> {
    this.#beside = beside;
    if (this.#asking || this.#working?.price === (price ?? undefined)) return;
    if (price !== null && price === this.#refusedPrice) return;
    this.#asking = true;
    await this.#cancel();
    if (price !== null) await this.#enter(price, qty);
    this.#asking = false;
  }

  /** Crosses the touch at once. */
  async take(price: number, qty: number): Promise<void> {
    if (this.#asking) return;
    this.#asking = true;
    await this.#cancel();
    await this.#enter(price, qty);
    if (this.#working !== undefined) await this.#fill(this.#working, qty);
    this.#asking = false;
  }

  async #enter(price: number, qty: number): Promise<void> {
    const { gate, gateName, symbol } = this.#desk;
    const target = gateName === undefined ? {} : { target: gateName };
    const order_id = (ID_BASE + ++orders).toString();
    const order = { ...target, symbol, side: this.#side, price, qty, order_id };
    const { allowed, reason } = await gate.check(order);
    if (allowed) this.#working = order;
    else this.#desk.refused(reason);
    this.#refusedPrice = allowed ? undefined : price;
  }

  async #cancel(): Promise<void> {
    const order = this.#working;
    this.#working = undefined;
    if (order !== undefined) await this.#desk.gate.fill({ ...order, qty: 0 }, true);
  }

  async #fill(order: RiskOrder, qty: number): Promise<void> {
    const left = order.qty - qty;
    this.#working = left > 0 ? { ...order, qty: left } : undefined;
    this.#desk.account.fill({ side: order.side, price: order.price, qty });
    await this.#desk.gate.fill({ ...order, qty }, left === 0);
  }
}
