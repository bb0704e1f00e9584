// In: levels and sequenced events. Out: their digests, by XXH3 in WebAssembly. Knows no book.
import { EVENT_SIZE, type Event, encodeEvent } from '@wavetank/abi';
import { xxhash3, xxhash128 } from 'hash-wasm';

interface Priced {
  readonly price: number;
  readonly qty: number;
}

const scheme = new TextEncoder().encode('FLOWLAB-L2-v1');
const bar = new TextEncoder().encode('|');

async function hash64(bytes: Uint8Array, seed = 0n): Promise<bigint> {
  return BigInt(`0x${await xxhash3(bytes, Number(seed & 0xffff_ffffn), Number(seed >> 32n))}`);
}

async function sideHash(start: bigint, levels: Iterable<Priced>): Promise<bigint> {
  const bytes = new Uint8Array(16);
  const view = new DataView(bytes.buffer);
  let hash = start;
  for (const { price, qty } of levels) {
    view.setBigUint64(0, BigInt(price), true);
    view.setBigUint64(8, BigInt(qty), true);
    hash ^= await hash64(bytes, hash);
  }
  return hash;
}

/** FLOWLAB-L2-v1 over the levels of one instrument, best first on both sides. */
export async function l2HashOf(bids: Iterable<Priced>, asks: Iterable<Priced>): Promise<bigint> {
  const bidSide = await sideHash(await hash64(scheme), bids);
  return sideHash(await hash64(bar, bidSide), asks);
}

/** XXH3-128 of a level: what it adds to the market digest. */
export async function levelDigest(
  instrument: number,
  side: number,
  { price, qty }: Priced,
): Promise<bigint> {
  const bytes = new Uint8Array(21);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, instrument, true);
  view.setUint8(4, side);
  view.setBigUint64(5, BigInt(price), true);
  view.setBigUint64(13, BigInt(qty), true);
  return BigInt(`0x${await xxhash128(bytes)}`);
}

/** Where and how an event was applied. */
export interface Sequenced {
  readonly seq: number;
  readonly channel: number;
  readonly status: number;
  readonly event: Event;
  /** The event's own 40 bytes, where its fields are wider than a number is exact. */
  readonly bytes?: Uint8Array | undefined;
}

/** The next link of the run digest; the first follows 0. */
export async function runDigest(before: bigint, next: Sequenced): Promise<bigint> {
  const bytes = new Uint8Array(24 + EVENT_SIZE);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, before, true);
  view.setBigUint64(8, BigInt(next.seq), true);
  view.setUint32(16, next.channel, true);
  view.setUint32(20, next.status, true);
  if (next.bytes === undefined) encodeEvent(view, 24, next.event);
  else bytes.set(next.bytes, 24);
  return hash64(bytes);
}
