// In: the records of one instrument as the engine resolved them, a snapshot first. Out: its resting
// orders, its levels, and what each record did. It judges nothing: a record that did not apply says
// so itself.
import { ApplyStatus, EventFlags, EventType, type Record, Side } from '@wavetank/abi';

export interface RestingOrder {
  readonly id: bigint;
  readonly side: number;
  price: number;
  qty: number;
}

/** What a record did to an order, or that it printed without one. Orders are as they were then. */
export type Effect =
  | { did: 'opened'; order: RestingOrder }
  | { did: 'closed'; order: RestingOrder; qty: number }
  | { did: 'changed'; order: RestingOrder; old_qty: number }
  | { did: 'printed'; order: RestingOrder | undefined; side: number; price: number; qty: number };

export type Level = [price: number, qty: number, orders: number];

interface Queue {
  qty: number;
  orders: Map<bigint, RestingOrder>;
}

type Ladder = Map<number, Queue>;

const OFF_BOOK = EventFlags.NON_DISPLAYED | EventFlags.CROSS;

export class RestingBook {
  readonly #orders = new Map<bigint, RestingOrder>();
  readonly #ladders: [Ladder, Ladder] = [new Map(), new Map()];

  clear(): void {
    this.#orders.clear();
    for (const ladder of this.#ladders) ladder.clear();
  }

  apply(record: Record): Effect[] {
    const off = (record.flags & OFF_BOOK) !== 0;
    if (record.status === ApplyStatus.Tape && record.type === EventType.Trade && off) {
      const { side, price, qty } = record;
      return [{ did: 'printed', order: undefined, side, price, qty }];
    }
    if (record.status !== ApplyStatus.Applied) return [];
    if (record.type === EventType.Add) return [this.#open(record)];
    if (record.type === EventType.Clear) return this.#closeAll();
    const order = this.#orders.get(record.order_id);
    if (order === undefined) return [];
    if (record.type === EventType.Cancel) return this.#cancel(order, record);
    if (record.type === EventType.Trade) return this.#trade(order, record);
    return record.type === EventType.Modify ? this.#modify(order, record) : [];
  }

  #open({ order_id: id, side, price, qty }: Record): Effect {
    const order: RestingOrder = { id, side, price, qty };
    this.#orders.set(id, order);
    this.#enter(order);
    return { did: 'opened', order: { ...order } };
  }

  #cancel(order: RestingOrder, record: Record): Effect[] {
    const all = record.qty === 0 || (record.flags & EventFlags.REPLACE) !== 0;
    const qty = all ? order.qty : Math.min(record.qty, order.qty);
    if (qty === order.qty) return [this.#close(order)];
    const old_qty = order.qty;
    this.#shrink(order, qty);
    return [{ did: 'changed', order: { ...order }, old_qty }];
  }

  #trade(order: RestingOrder, record: Record): Effect[] {
    const qty = Math.min(record.qty, order.qty);
    const price = record.price === 0 ? order.price : record.price;
    const printed: Effect = { did: 'printed', order: { ...order }, side: order.side, price, qty };
    this.#shrink(order, qty);
    return order.qty > 0 ? [printed] : [printed, this.#close(order)];
  }

  /** At the same price with less quantity it keeps its place; otherwise it goes to the back. */
  #modify(order: RestingOrder, record: Record): Effect[] {
    const old_qty = order.qty;
    if (record.price === order.price && record.qty < order.qty) {
      this.#shrink(order, order.qty - record.qty);
      return [{ did: 'changed', order: { ...order }, old_qty }];
    }
    return [this.#close(order), this.#open({ ...record, side: order.side })];
  }

  #closeAll(): Effect[] {
    return [...this.#orders.values()].map((order) => this.#close(order));
  }

  #close(order: RestingOrder): Effect {
    const ladder = this.#ladder(order.side);
    const queue = ladder.get(order.price);
    this.#orders.delete(order.id);
    if (queue !== undefined) {
      queue.qty -= order.qty;
      queue.orders.delete(order.id);
      if (queue.orders.size === 0) ladder.delete(order.price);
    }
    return { did: 'closed', order: { ...order }, qty: order.qty };
  }

  #shrink(order: RestingOrder, qty: number): void {
    order.qty -= qty;
    const queue = this.#ladder(order.side).get(order.price);
    if (queue !== undefined) queue.qty -= qty;
  }

  #enter(order: RestingOrder): void {
    const ladder = this.#ladder(order.side);
    const queue = ladder.get(order.price) ?? { qty: 0, orders: new Map() };
    queue.qty += order.qty;
    queue.orders.set(order.id, order);
    ladder.set(order.price, queue);
  }

  #ladder(side: number): Ladder {
    return side === Side.Bid ? this.#ladders[0] : this.#ladders[1];
  }

  /** The level as it is now: quantity and orders are 0 where there is none. */
  level(side: number, price: number): Level {
    const queue = this.#ladder(side).get(price);
    return [price, queue?.qty ?? 0, queue?.orders.size ?? 0];
  }

  /** Undefined where the side is empty. */
  best(side: number): Level | undefined {
    const prices = this.#ladder(side).keys();
    let best: number | undefined;
    for (const price of prices) {
      if (best === undefined || (side === Side.Bid ? price > best : price < best)) best = price;
    }
    return best === undefined ? undefined : this.level(side, best);
  }

  /** Best first. */
  levels(side: number): Level[] {
    return this.#prices(side).map((price) => this.level(side, price));
  }

  /** Best level first, first in the queue first. */
  *orders(side: number): Generator<RestingOrder> {
    for (const price of this.#prices(side)) {
      yield* this.#ladder(side).get(price)?.orders.values() ?? [];
    }
  }

  #prices(side: number): number[] {
    const sign = side === Side.Bid ? -1 : 1;
    return [...this.#ladder(side).keys()].sort((a, b) => sign * (a - b));
  }
}
