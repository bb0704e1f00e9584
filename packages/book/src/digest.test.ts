// The pinned digests that every language gives.
import { readFileSync } from 'node:fs';
import { EventType } from '@wavetank/abi';
import { expect, it } from 'vitest';
import { PlainBook } from './book.ts';
import { l2HashOf, levelDigest, runDigest } from './digest.ts';

type Row = [number, number];
type LevelKey = [instrument: number, side: number, price: number, qty: number];

interface RunVector {
  seq: number;
  channel: number;
  status: number;
  ts_ns: number;
  price: number;
  qty: number;
  order_id: string;
  instrument_id: number;
  type: number;
  side: number;
  flags: number;
  digest: string;
}

interface Digests {
  l2: { name: string; bids: Row[]; asks: Row[]; hash: string }[];
  level: { level: LevelKey; digest: string }[];
  market: { levels: LevelKey[]; digest: string }[];
  run: RunVector[];
}

const file = new URL('../../../data/vectors/digests.json', import.meta.url);
const vectors = JSON.parse(readFileSync(file, 'utf8')) as Digests;

const hex = (value: bigint, digits: number) => value.toString(16).padStart(digits, '0');
const levels = (rows: Row[]) => rows.map(([price, qty]) => ({ price, qty }));

it.each(vectors.l2)('L2 hash: $name', async ({ bids, asks, hash }) => {
  expect(hex(await l2HashOf(levels(bids), levels(asks)), 16)).toBe(hash);
});

it('level digests', async () => {
  for (const { level, digest } of vectors.level) {
    const [instrument, side, price, qty] = level;
    expect(hex(await levelDigest(instrument, side, { price, qty }), 32)).toBe(digest);
  }
});

function fill(book: PlainBook, rows: LevelKey[]): void {
  let id = 0n;
  for (const [instrument, side, price, total] of rows) {
    for (let left = total; left > 0; ) {
      const qty = Math.min(left, 0xffff_ffff);
      id += 1n;
      left -= qty;
      const place = { instrument_id: instrument, side, price, qty };
      book.apply({ ts_ns: 0, order_id: id, type: EventType.Add, flags: 0, ...place });
    }
  }
}

it('market digests', async () => {
  for (const { levels: rows, digest } of vectors.market) {
    const book = new PlainBook();
    fill(book, rows);
    expect(hex(await book.marketDigest(), 32)).toBe(digest);
  }
});

it('run digests', async () => {
  let chain = 0n;
  for (const { seq, channel, status, digest, order_id, ...rest } of vectors.run) {
    const event = { ...rest, order_id: BigInt(order_id) };
    chain = await runDigest(chain, { seq, channel, status, event });
    expect(hex(chain, 16)).toBe(digest);
  }
});
