// Out: the streams the gate runs: the reference stream, seeded adversarial ones, golden files.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gateProfiles, gateStream, referenceBytes, type WalkSource } from '@wavetank/native';

export interface GateStream {
  name: string;
  source: WalkSource;
  framing: 'auto' | 'binaryfile' | 'raw';
  /** Symbol whose L2 hash is compared beside the market digest; default: the only instrument. */
  symbol?: string | undefined;
  /** L2 hash at the end that every implementation must give. */
  expect?: string | undefined;
}

const VECTORS = fileURLToPath(new URL('../../../../data/vectors/', import.meta.url));
/** Messages of the reference stream and the L2 hash it must end in (docs/l2-hash.md). */
const REFERENCE: [messages: number, hash: string][] = [
  [5_000, '2e7654dc78481371'],
  [50_000, 'f54ce1b763823e87'],
];

export function referenceStreams(): GateStream[] {
  return REFERENCE.flatMap(([messages, expect]) =>
    [true, false].map((framed) => ({
      name: `reference ${messages} ${framed ? 'framed' : 'raw'}`,
      source: { bytes: referenceBytes(messages, framed) },
      framing: framed ? ('binaryfile' as const) : ('raw' as const),
      expect,
    })),
  );
}

/** `seeds` streams of each profile. */
export function seededStreams(firstSeed: number, seeds: number, messages: number): GateStream[] {
  return Array.from({ length: seeds }, (_, i) => firstSeed + i).flatMap((seed) =>
    gateProfiles().map((profile) => ({
      name: `${profile} seed ${seed}`,
      source: { bytes: gateStream(seed, messages, profile) },
      framing: 'binaryfile' as const,
    })),
  );
}

/** Every ITCH file under data/vectors. */
export function goldenStreams(): GateStream[] {
  return readdirSync(VECTORS)
    .filter((name) => name.endsWith('.itch50'))
    .sort()
    .map((name) => ({
      name: `data/vectors/${name}`,
      source: { bytes: readFileSync(VECTORS + name) },
      framing: 'auto' as const,
    }));
}
