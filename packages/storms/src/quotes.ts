// In: the own orders a storm wants to have resting. Out: the cancels and adds that lead there.
// Knows no storm: several kinds quote.
import { addOwn, cancelOwn, type Intent } from './intent.ts';
import type { OwnRows } from './view.ts';

/** An own order as it should rest. */
export interface Quote {
  handle: number;
  side: 0 | 1;
  price: number;
  qty: number;
}

/** Cancels first, so that an add never meets the storm's own stale quote. */
export interface QuoteChange {
  cancels: Intent[];
  adds: Intent[];
}

/** Keeps an order that rests at its price with at least half its size; replaces any other. */
export function requote(own: OwnRows, wanted: readonly Quote[]): QuoteChange {
  const keep = new Set<number>();
  const cancels: Intent[] = [];
  const byHandle = new Map(wanted.map((quote) => [quote.handle, quote]));
  for (let i = 0; i < own.count; i++) {
    if (own.qty(i) === 0) continue;
    const quote = byHandle.get(own.handle(i));
    const stays =
      quote !== undefined &&
      quote.side === own.side(i) &&
      quote.price === own.price(i) &&
      own.qty(i) * 2 >= quote.qty;
    if (stays) keep.add(quote.handle);
    else cancels.push(cancelOwn(own.handle(i)));
  }
  const missing = wanted.filter((quote) => !keep.has(quote.handle));
  return { cancels, adds: missing.map((q) => addOwn(q.side, q.price, q.qty, q.handle)) };
}
