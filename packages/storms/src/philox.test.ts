import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { between, highProduct, philox4x32, seedWords, type Words } from './philox.ts';

interface KnownAnswer {
  ctr: string[];
  key: string[];
  out: string[];
}

const vectors = new URL('../../../data/vectors/philox.json', import.meta.url);
const answers = JSON.parse(readFileSync(vectors, 'utf8')) as KnownAnswer[];
const numbers = (hex: string[]): number[] => hex.map((word) => Number.parseInt(word, 16));

it.each(answers)('known answer for counter $ctr.0', ({ ctr, key, out }) => {
  const counter = numbers(ctr) as unknown as Words;
  expect(philox4x32(counter, numbers(key) as [number, number])).toEqual(numbers(out));
});

it('multiplies like BigInt', () => {
  const word = fc.integer({ min: 0, max: 0xffffffff });
  fc.assert(
    fc.property(word, word, (a, b) => {
      expect(BigInt(highProduct(a, b))).toBe((BigInt(a) * BigInt(b)) >> 32n);
    }),
  );
});

it('draws within its bounds, both ends included', () => {
  expect(between(0, 3, 9)).toBe(3);
  expect(between(0xffffffff, 3, 9)).toBe(9);
});

it('splits a 64-bit seed', () => {
  expect(seedWords(0x123456789abcdef0n)).toEqual({ low: 0x9abcdef0, high: 0x12345678 });
});
