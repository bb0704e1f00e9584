// The plain book: in events, out outcomes, levels, queues, digests. Slow on purpose, and simple:
// a Map keeps insertion order, so a level is a Map from id to order and its order is the queue.
import { ApplyStatus, type Event, EventType, Side } from '@wavetank/abi';
import { l2HashOf, levelDigest } from './digest.ts';
import { fault, isOffBook, pairFault } from './rules.ts';

/** A live order. */
export interface Order {
  readonly id: bigint;
  readonly instrument: number;
  readonly side: number;
  readonly price: number;
  qty: number;
}

/** A price level; quantity and orders are never 0. */
export interface Level {
  readonly price: number;
  readonly qty: number;
  readonly orders: number;
}

/** How one event applied; `event` has side and price resolved where the book knows them. */
export interface Outcome {
  readonly status: number;
  readonly doneQty: number;
  readonly event: Event;
}

type Queue = Map<bigint, Order>;
type Ladder = Map<number, Queue>;

const refused = (event: Event, status: number): Outcome => ({ status, doneQty: 0, event });

const applied = (event: Event, doneQty: number, side: number, price: number): Outcome => ({
  status: ApplyStatus.Applied,
  doneQty,
  event: { ...event, side, price },
});

/** All instruments in one book, by the rules of `data/vectors/book-rules.json`. */
export class PlainBook {
  readonly #orders = new Map<bigint, Order>();
  readonly #ladders = new Map<number, [Ladder, Ladder]>();

  /** Judges and applies one event; half a replace alone is torn. */
  apply(event: Event): Outcome {
    const status = fault(event) ?? this.#refusal(event);
    if (status !== ApplyStatus.Applied) return refused(event, status);
    if (event.type === EventType.Clear) {
      this.#clear(event.instrument_id);
      return refused(event, status);
    }
    if (event.type === EventType.Add) {
      this.#enter(event, event.side);
      return applied(event, event.qty, event.side, event.price);
    }
    const order = this.#orders.get(event.order_id);
    if (order === undefined) return refused(event, ApplyStatus.UnknownOrder);
    return event.type === EventType.Modify ? this.#modify(event, order) : this.#take(event, order);
  }

  /** Judges and applies both halves of a replace; they carry one status. */
  replace(cancel: Event, add: Event): [Outcome, Outcome] {
    const status = pairFault(cancel, add) ?? this.#pairRefusal(cancel, add);
    const old = this.#orders.get(cancel.order_id);
    if (status !== ApplyStatus.Applied || old === undefined) {
      return [refused(cancel, status), refused(add, status)];
    }
    this.#leave(old);
    this.#enter(add, old.side);
    return [
      applied(cancel, old.qty, old.side, old.price),
      applied(add, add.qty, old.side, add.price),
    ];
  }

  /** The live order of this id. */
  order(id: bigint): Readonly<Order> | undefined {
    return this.#orders.get(id);
  }

  /** All levels of a side, best first. */
  levels(instrument: number, side: number): Level[] {
    const ladder = this.#ladders.get(instrument)?.[side] ?? new Map<number, Queue>();
    const better = side === Side.Bid ? -1 : 1;
    const prices = [...ladder.keys()].sort((a, b) => better * (a - b));
    return prices.map((price) => {
      const orders = [...(ladder.get(price)?.values() ?? [])];
      return { price, qty: orders.reduce((sum, o) => sum + o.qty, 0), orders: orders.length };
    });
  }

  /** The orders of a level as [id, quantity], first in the queue first. */
  queue(instrument: number, side: number, price: number): [bigint, number][] {
    const queue = this.#ladders.get(instrument)?.[side]?.get(price);
    return [...(queue?.values() ?? [])].map((order) => [order.id, order.qty]);
  }

  /** Instruments with a live order, ascending. */
  instruments(): number[] {
    return [...this.#ladders.keys()].sort((a, b) => a - b);
  }

  /** Live orders of all instruments. */
  liveOrders(): number {
    return this.#orders.size;
  }

  /** FLOWLAB-L2-v1 of one instrument. */
  l2Hash(instrument: number): Promise<bigint> {
    return l2HashOf(this.levels(instrument, Side.Bid), this.levels(instrument, Side.Ask));
  }

  /** Sum mod 2^128 of the digests of all levels, from scratch. */
  async marketDigest(): Promise<bigint> {
    let sum = 0n;
    for (const instrument of this.#ladders.keys()) {
      for (const side of [Side.Bid, Side.Ask]) {
        for (const level of this.levels(instrument, side)) {
          sum += await levelDigest(instrument, side, level);
        }
      }
    }
    return BigInt.asUintN(128, sum);
  }

  #refusal(event: Event): number {
    if (event.type === EventType.Status || isOffBook(event)) return ApplyStatus.Tape;
    if (event.type === EventType.Clear) return ApplyStatus.Applied;
    const order = this.#orders.get(event.order_id);
    if (event.type === EventType.Add) {
      return order === undefined ? ApplyStatus.Applied : ApplyStatus.DuplicateId;
    }
    if (order === undefined) return ApplyStatus.UnknownOrder;
    const same = order.instrument === event.instrument_id;
    return same ? ApplyStatus.Applied : ApplyStatus.WrongInstrument;
  }

  #pairRefusal(cancel: Event, add: Event): number {
    const old = this.#orders.get(cancel.order_id);
    if (old === undefined) return ApplyStatus.UnknownOrder;
    if (old.instrument !== cancel.instrument_id) return ApplyStatus.WrongInstrument;
    const taken = add.order_id !== old.id && this.#orders.has(add.order_id);
    if (taken) return ApplyStatus.DuplicateId;
    return add.qty === 0 ? ApplyStatus.ZeroQty : ApplyStatus.Applied;
  }

  #enter(event: Event, side: number): void {
    const { order_id: id, instrument_id: instrument, price, qty } = event;
    const order: Order = { id, instrument, side, price, qty };
    const ladders = this.#ladders.get(instrument) ?? [new Map(), new Map()];
    this.#ladders.set(instrument, ladders);
    const ladder = side === Side.Bid ? ladders[0] : ladders[1];
    const queue = ladder.get(price) ?? new Map<bigint, Order>();
    ladder.set(price, queue.set(id, order));
    this.#orders.set(id, order);
  }

  /** Empty levels and instruments leave with their last order. */
  #leave(order: Order): void {
    this.#orders.delete(order.id);
    const ladders = this.#ladders.get(order.instrument);
    const ladder = ladders?.[order.side];
    const queue = ladder?.get(order.price);
    queue?.delete(order.id);
    if (queue?.size === 0) ladder?.delete(order.price);
    if (ladders?.every((side) => side.size === 0)) this.#ladders.delete(order.instrument);
  }

  #take(event: Event, order: Order): Outcome {
    const all = event.type === EventType.Cancel && event.qty === 0;
    const done = all ? order.qty : Math.min(event.qty, order.qty);
    if (done === order.qty) this.#leave(order);
    order.qty -= done;
    const own = event.type === EventType.Trade && event.price !== 0;
    return applied(event, done, order.side, own ? event.price : order.price);
  }

  #modify(event: Event, order: Order): Outcome {
    if (event.price === order.price && event.qty < order.qty) {
      order.qty = event.qty;
    } else {
      this.#leave(order);
      this.#enter(event, order.side);
    }
    return applied(event, event.qty, order.side, event.price);
  }

  #clear(instrument: number): void {
    for (const ladder of this.#ladders.get(instrument) ?? []) {
      for (const queue of ladder.values()) for (const id of queue.keys()) this.#orders.delete(id);
    }
    this.#ladders.delete(instrument);
  }
}
