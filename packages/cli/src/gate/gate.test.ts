// The gate agrees on small streams, and turns red when a defect is planted in one witness.
import { ApplyStatus, type Event, EventType } from '@wavetank/abi';
import { PlainBook } from '@wavetank/book';
import { describe, expect, it } from 'vitest';
import { PlainWalker } from '../walker.ts';
import { compare, type Witness } from './compare.ts';
import { goldenStreams, referenceStreams, seededStreams } from './streams.ts';
import { WITNESSES } from './witnesses.ts';

type Apply = PlainBook['apply'];
type Replace = PlainBook['replace'];

/** Defects seen in real systems, planted in the TypeScript book. */
const DEFECTS: Record<string, (book: PlainBook) => void> = {
  'replace parsed but never applied': (book) => {
    const refuse = (event: Event) => ({ status: ApplyStatus.UnknownOrder, doneQty: 0, event });
    book.replace = ((cancel, add) => [refuse(cancel), refuse(add)]) as Replace;
  },
  'non-displayed trades remove displayed size': (book) => {
    const apply = book.apply.bind(book) as Apply;
    book.apply = ((event) =>
      apply(event.type === EventType.Trade ? { ...event, flags: 0 } : event)) as Apply;
  },
  'cancel of part treated as cancel of all': (book) => {
    const apply = book.apply.bind(book) as Apply;
    book.apply = ((event) =>
      apply(event.type === EventType.Cancel ? { ...event, qty: 0 } : event)) as Apply;
  },
};

const [reference] = WITNESSES as [Witness];

function planted(plant: (book: PlainBook) => void): Witness {
  return {
    name: 'planted',
    open: (stream) => {
      const book = new PlainBook();
      plant(book);
      const options = { source: stream.source, framing: stream.framing, parser: 'zig' as const };
      return new PlainWalker({ ...options, implementation: 'ts', chained: true }, book);
    },
  };
}

describe('gate', () => {
  it.each(referenceStreams())('$name', async (stream) => {
    const verdict = await compare(stream, WITNESSES);
    expect(verdict).toMatchObject({ agreement: { l2Hash: stream.expect } });
  });

  it.each([...goldenStreams(), ...seededStreams(11, 1, 4000)])('$name', async (stream) => {
    expect(await compare(stream, WITNESSES)).toHaveProperty('agreement');
  });

  it.each(Object.keys(DEFECTS))('sees: %s', async (name) => {
    const streams = seededStreams(5, 1, 3000);
    const verdicts = await Promise.all(
      streams.map((s) => compare(s, [reference, planted(DEFECTS[name] ?? (() => {}))])),
    );
    const red = verdicts.flatMap((v) => ('divergence' in v ? [v.divergence] : []));
    expect(red.length).toBeGreaterThan(0);
    // The first divergent message is named exactly: one message earlier both agree.
    for (const divergence of red) expect(divergence.lines.length).toBeGreaterThan(0);
  });
});
