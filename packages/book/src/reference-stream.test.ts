// The reference stream, whose hash every implementation must give.
import { readFileSync } from 'node:fs';
import { type Event, EventFlags, EventType, Side } from '@wavetank/abi';
import { expect, it } from 'vitest';
import { PlainBook } from './book.ts';

const file = new URL('../../../data/vectors/digests.json', import.meta.url);
const vectors = JSON.parse(readFileSync(file, 'utf8')) as {
  reference_stream: { messages: number; hash: string }[];
};

const mask = (1n << 64n) - 1n;

function* xorshift64(seed: bigint): Generator<bigint, never> {
  for (let state = seed; ; ) {
    state ^= (state << 13n) & mask;
    state ^= state >> 7n;
    state ^= (state << 17n) & mask;
    yield state;
  }
}

function* referenceStream(messages: number): Generator<Event> {
  const random = xorshift64(0xc0ffeen);
  const below = (n: number) => Number(random.next().value % BigInt(n));
  const live: bigint[] = [];
  let id = 1n;
  for (let i = 0; i < messages; i++) {
    const kind = below(100);
    const base = { ts_ns: 1000 * i, instrument_id: 0, order_id: id, flags: 0 };
    if (kind < 60 || live.length === 0) {
      const price = 1_000_000 + 100 * (below(50) - 25);
      const qty = below(1000) + 1;
      yield { ...base, type: EventType.Add, price, qty, side: below(2) };
      live.push(id++);
    } else if (kind < 85) {
      const at = below(live.length);
      const order_id = live[at] ?? 0n;
      live[at] = live.at(-1) ?? 0n;
      live.pop();
      yield { ...base, type: EventType.Cancel, order_id, price: 0, qty: 0, side: Side.Inherit };
    } else {
      const [qty, side] = [below(200) + 1, below(2)];
      const flags = EventFlags.NON_DISPLAYED;
      yield { ...base, type: EventType.Trade, price: 1_000_000, qty, side, flags };
    }
  }
}

it.each(vectors.reference_stream)('$messages messages', async ({ messages, hash }) => {
  const book = new PlainBook();
  for (const event of referenceStream(messages)) book.apply(event);
  expect((await book.l2Hash(0)).toString(16).padStart(16, '0')).toBe(hash);
});

it('holds any number of levels, best first', () => {
  const book = new PlainBook();
  for (let i = 0; i < 300; i++) {
    const place = { price: 1_000_000 + 100 * i, qty: i + 1, side: Side.Bid };
    book.apply({
      ts_ns: 0,
      order_id: BigInt(i + 1),
      instrument_id: 1,
      type: EventType.Add,
      flags: 0,
      ...place,
    });
  }
  const levels = book.levels(1, Side.Bid);
  expect(levels.length).toBe(300);
  expect(levels[0]).toEqual({ price: 1_029_900, qty: 300, orders: 1 });
});
