// Philox4x32-10 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC11).
// In: seed, kind, purpose and an index. Out: 32-bit words. Knows no state: the same place in the
// same stream is the same word for ever.

const MULTIPLIER_0 = 0xd2511f53;
const MULTIPLIER_1 = 0xcd9e8d57;
const WEYL_0 = 0x9e3779b9;
const WEYL_1 = 0xbb67ae85;
const ROUNDS = 10;

/** High 32 bits of the product of two unsigned 32-bit numbers. */
export function highProduct(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16);
  const carry = aLow * bHigh + (middle & 0xffff);
  return (aHigh * bHigh + Math.floor(middle / 65536) + Math.floor(carry / 65536)) >>> 0;
}

export type Words = readonly [number, number, number, number];

/** One block: four words from a counter of four words and a key of two. */
export function philox4x32(counter: Words, key: readonly [number, number]): Words {
  let [c0, c1, c2, c3] = counter;
  let [k0, k1] = key;
  for (let round = 0; round < ROUNDS; round++) {
    const high0 = highProduct(MULTIPLIER_0, c0);
    const low0 = Math.imul(MULTIPLIER_0, c0) >>> 0;
    const high1 = highProduct(MULTIPLIER_1, c2);
    const low1 = Math.imul(MULTIPLIER_1, c2) >>> 0;
    c0 = (high1 ^ c1 ^ k0) >>> 0;
    c1 = low1;
    c2 = (high0 ^ c3 ^ k1) >>> 0;
    c3 = low0;
    k0 = (k0 + WEYL_0) >>> 0;
    k1 = (k1 + WEYL_1) >>> 0;
  }
  return [c0, c1, c2, c3];
}

/** A storm's seed as plain integers, fit for its state. */
export interface SeedWords {
  low: number;
  high: number;
}

export const seedWords = (seed: bigint): SeedWords => ({
  low: Number(seed & 0xffffffffn),
  high: Number((seed >> 32n) & 0xffffffffn),
});

/** Four words at `index` of the stream that belongs to (seed, kind, purpose). */
export function words(seed: SeedWords, kind: number, purpose: number, index: number): Words {
  const low = index % 4294967296;
  const high = Math.floor(index / 4294967296);
  return philox4x32([low, high, purpose >>> 0, kind >>> 0], [seed.low, seed.high]);
}

/** A whole number from `from` up to and including `to`, drawn with one word. */
export const between = (word: number, from: number, to: number): number =>
  from + highProduct(word, to - from + 1);
