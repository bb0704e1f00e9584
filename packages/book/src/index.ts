// The fourth witness: a plain book and plain digests. Judges the native ones, serves no product path.
export { type Level, type Order, type Outcome, PlainBook } from './book.ts';
export { l2HashOf, levelDigest, runDigest, type Sequenced } from './digest.ts';
export { isReplacePair, steps } from './step.ts';
