// The gate agrees on small streams, and turns red when a defect is planted in one witness.
import { PlainBook } from '@wavetank/book';
import { gateStream } from '@wavetank/native';
import { describe, expect, it } from 'vitest';
import { PlainWalker } from '../walker.ts';
import { compare, type Witness } from './compare.ts';
import { DEFECTS, type Defect } from './defects.ts';
import { type GateStream, goldenStreams, referenceStreams, seededStreams } from './streams.ts';
import { WITNESSES } from './witnesses.ts';

const [reference] = WITNESSES as [Witness];

/** The TypeScript book fed by the Zig parser, with a defect. */
function planted(defect: Defect): Witness {
  return {
    name: 'planted',
    open: (stream) => {
      const book = new PlainBook();
      defect.book?.(book);
      const bytes = bytesOf(stream);
      const source = { bytes: defect.bytes?.(bytes) ?? bytes };
      const options = { source, framing: stream.framing, parser: 'zig' as const };
      return new PlainWalker({ ...options, implementation: 'ts', chained: true }, book);
    },
  };
}

function bytesOf({ source }: GateStream): Uint8Array {
  if ('bytes' in source) return source.bytes;
  throw new Error('the streams of the gate are bytes');
}

function streamFor(defect: Defect): GateStream {
  const bytes = gateStream(5, defect.messages ?? 2500, defect.profile ?? 'mixed');
  const source = { bytes: defect.stream?.(bytes) ?? bytes };
  return { name: 'planted', source, framing: 'binaryfile' };
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
    const defect = DEFECTS[name] ?? {};
    const stream = streamFor(defect);
    const sound = { ...defect, book: () => {}, bytes: (bytes: Uint8Array) => bytes };
    expect(await compare(stream, [reference, planted(sound)])).toHaveProperty('agreement');
    const verdict = await compare(stream, [reference, planted(defect)]);
    expect(verdict).toHaveProperty('divergence');
    if ('divergence' in verdict) expect(verdict.divergence.lines.length).toBeGreaterThan(0);
  });
});
