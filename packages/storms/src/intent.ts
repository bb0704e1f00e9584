// In: what a storm asks for. Out: 40-byte records in the layout of an Event. Knows no storm.
import { EVENT, EVENT_SIZE, IntentOp, Side, writeU64 } from '@wavetank/abi';

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

/** Writes intents one behind the other into `target`; returns the bytes written. */
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
  const data = new DataView(target.buffer, target.byteOffset, target.byteLength);
  let at = 0;
  for (const intent of intents) {
    writeU64(data, at + EVENT.ts_ns, tsNs);
    writeU64(data, at + EVENT.price, intent.price);
    writeU64(data, at + EVENT.qty, intent.qty);
    writeU64(data, at + EVENT.order_id, intent.handle);
    data.setUint32(at + EVENT.instrument_id, instrumentId, true);
    data.setUint8(at + EVENT.type, intent.op);
    data.setUint8(at + EVENT.side, intent.side);
    data.setUint16(at + EVENT.flags, 0, true);
    at += EVENT_SIZE;
  }
  return bytes;
}
