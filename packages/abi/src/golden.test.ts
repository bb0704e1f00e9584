// Golden bytes of data/vectors/abi.txt, decoded and encoded again, field for field.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { goldenValues } from '../codegen/golden.ts';
import { loadSchema } from '../codegen/schema.ts';
import * as abi from './generated.ts';

const schema = loadSchema(new URL('../schema/abi.json', import.meta.url));
const vectors = readFileSync(new URL('../../../data/vectors/abi.txt', import.meta.url), 'utf8');
type Codec = Record<string, (...args: unknown[]) => unknown>;

describe('golden bytes', () => {
  it.each(schema.structs.map((s) => [s.name, s] as const))('%s', (name, struct) => {
    const hex = vectors
      .split('\n')
      .find((line) => line.startsWith(`${name} `))
      ?.split(' ')[1];
    const bytes = Uint8Array.from(Buffer.from(hex ?? '', 'hex'));
    expect(bytes.length).toBe(struct.size);
    const codec = abi as unknown as Codec;
    const value = codec[`decode${name}`]?.(new DataView(bytes.buffer), 0) as Record<
      string,
      unknown
    >;
    struct.fields.forEach((field, index) => {
      const golden = goldenValues(struct, index);
      const got = value[field.name];
      if (typeof got === 'string') expect(got).toBe(String.fromCharCode(...golden.map(Number)));
      else if (got instanceof Uint8Array) expect([...got]).toEqual(golden.map(Number));
      else expect(BigInt(got as number)).toBe(golden[0]);
    });
    const again = new Uint8Array(struct.size);
    codec[`encode${name}`]?.(new DataView(again.buffer), 0, value);
    expect(again).toEqual(bytes);
  });
});
