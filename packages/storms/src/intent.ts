// In: what a storm asks for. Out: 40-byte records in the layout of an Event. Knows no storm.
import { EVENT, EVENT_SIZE, IntentOp, Side } from '@wavetank/abi';

type Value<T> = T[keyof T];

/** One request of a storm; `resolve` turns it into legal events, or into nothing. */
export interface Intent {
  op: Value<typeof IntentOp>;
  side: Value<typeof Side>;
  /** Limit, 1/10000 dollar. */
  price: number;
  /** Shares. */
  qty: number;
  /** Chosen by the storm for its own order, u32. */
  handle: number;
}

/** A post-only order of the storm: nothing happens if it would lock or cross. */
export const addOwn = (side: 0 | 1, price: number, qty: number, handle: number): Intent => ({
  op: IntentOp.AddOwn,
  side,
  price,
  qty,
  handle,
});

export const cancelOwn = (handle: number): Intent => ({
  op: IntentOp.CancelOwn,
  side: Side.Inherit,
  price: 0,
  qty: 0,
  handle,
});

/** Buys (side 0) or sells (side 1) up to `qty` down the other side to the limit `price`. */
export const take = (side: 0 | 1, price: number, qty: number): Intent => ({
  op: IntentOp.Take,
  side,
  price,
  qty,
  handle: 0,
});

/** Source orders at this side and price leave, youngest first. */
export const withdraw = (side: 0 | 1, price: number, qty: number): Intent => ({
  op: IntentOp.Withdraw,
  side,
  price,
  qty,
  handle: 0,
});

/** What this storm displaced starts to return. */
export const release = (): Intent => ({
  op: IntentOp.Release,
  side: Side.Inherit,
  price: 0,
  qty: 0,
  handle: 0,
});

const WORD = Uint32Array.BYTES_PER_ELEMENT;
const TWO_32 = 4294967296;
const TS_NS = EVENT.ts_ns / WORD;
const PRICE = EVENT.price / WORD;
const QTY = EVENT.qty / WORD;
const ORDER_ID = EVENT.order_id / WORD;
const INSTRUMENT_ID = EVENT.instrument_id / WORD;
/** Type, side and flags share a word; flags are none. */
const KIND = EVENT.type / WORD;
const SIDE_BITS = 8 * (EVENT.side - EVENT.type);

const highWord = (value: number): number => (value < TWO_32 ? 0 : Math.floor(value / TWO_32));

/**
 * Writes intents one behind the other into `target`, which begins on a word; returns the bytes written.
 * What a word takes is taken modulo 2^32.
 */
export function encodeIntents(
  intents: readonly Intent[],
  instrumentId: number,
  tsNs: number,
  target: Uint8Array,
): number {
  const bytes = intents.length * EVENT_SIZE;
  if (bytes > target.byteLength) {
    throw new RangeError(`${intents.length} intents need ${bytes} bytes, got ${target.byteLength}`);
  }
  const words = new Uint32Array(target.buffer, target.byteOffset, bytes / WORD);
  const tsHigh = highWord(tsNs);
  let at = 0;
  for (const { op, side, price, qty, handle } of intents) {
    words[at + TS_NS] = tsNs;
    words[at + TS_NS + 1] = tsHigh;
    words[at + PRICE] = price;
    words[at + PRICE + 1] = highWord(price);
    words[at + QTY] = qty;
    words[at + QTY + 1] = highWord(qty);
    words[at + ORDER_ID] = handle;
    words[at + ORDER_ID + 1] = 0;
    words[at + INSTRUMENT_ID] = instrumentId;
    words[at + KIND] = op | (side << SIDE_BITS);
    at += EVENT_SIZE / WORD;
  }
  return bytes;
}
