// Whole-number arithmetic that storms share. In and out: integers a double holds exactly.

/** floor(a·b / c) for a·b below 2^53. */
export const mulDiv = (a: number, b: number, c: number): number => Math.floor((a * b) / c);

/** `price` on the tick at or below it, at least one tick. */
export const onTick = (price: number, tick: number): number =>
  Math.max(tick, Math.floor(price / tick) * tick);

export const clamp = (value: number, low: number, high: number): number =>
  Math.min(Math.max(value, low), high);
