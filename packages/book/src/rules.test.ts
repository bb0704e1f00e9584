// The rule table that every book runs, by the plain one.
import { readFileSync } from 'node:fs';
import { ApplyStatus, type Event, EventFlags, EventType, enumName, Side } from '@wavetank/abi';
import { describe, expect, it } from 'vitest';
import { type Outcome, PlainBook } from './book.ts';
import { steps } from './step.ts';

interface RuleEvent {
  type: string | number;
  id?: string;
  instrument?: number;
  side?: number;
  price?: number;
  qty?: number;
  flags?: number | string[];
  expect: string;
  done?: number;
  resolved?: [number, number];
}

type Queues = [number, [string, number][]][];

interface Rule {
  name: string;
  events: RuleEvent[];
  books: Record<string, { bids: Queues; asks: Queues }>;
}

const file = new URL('../../../data/vectors/book-rules.json', import.meta.url);
const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { cases: Rule[] };

function lookUp(names: Record<string, number>, name: string): number {
  const value = names[name];
  if (value === undefined) throw new Error(`no ${name} in the schema`);
  return value;
}

function eventOf(from: RuleEvent): Event {
  const flags = from.flags ?? 0;
  return {
    ts_ns: 0,
    price: from.price ?? 0,
    qty: from.qty ?? 0,
    order_id: BigInt(from.id ?? 0),
    instrument_id: from.instrument ?? 1,
    type: typeof from.type === 'number' ? from.type : lookUp(EventType, from.type),
    side: from.side ?? Side.Inherit,
    flags:
      typeof flags === 'number'
        ? flags
        : flags.reduce((all, name) => all | lookUp(EventFlags, name), 0),
  };
}

function run(book: PlainBook, rule: Rule): Outcome[] {
  const outcomes: Outcome[] = [];
  for (const [first, second] of steps(rule.events.map(eventOf))) {
    if (second === undefined) outcomes.push(book.apply(first));
    else outcomes.push(...book.replace(first, second));
  }
  return outcomes;
}

function queues(book: PlainBook, instrument: number, side: number): Queues {
  return book.levels(instrument, side).map(({ price, qty, orders }) => {
    const queue = book.queue(instrument, side, price);
    expect([orders, qty]).toEqual([queue.length, queue.reduce((sum, [, n]) => sum + n, 0)]);
    return [price, queue.map(([id, n]) => [String(id), n])];
  });
}

describe('the plain book follows the rules', () => {
  it.each(cases)('$name', (rule) => {
    const book = new PlainBook();
    const outcomes = run(book, rule);
    rule.events.forEach((expected, n) => {
      const outcome = outcomes[n];
      const place = `event ${n}`;
      expect(enumName(ApplyStatus, outcome?.status ?? -1), place).toBe(expected.expect);
      if (expected.done !== undefined) expect(outcome?.doneQty, place).toBe(expected.done);
      const resolved = [outcome?.event.side, outcome?.event.price];
      if (expected.resolved !== undefined) expect(resolved, place).toEqual(expected.resolved);
    });
    expect(book.instruments()).toEqual(Object.keys(rule.books).map(Number));
    for (const instrument of [1, 2, 3, 70_000]) {
      const sides = rule.books[instrument] ?? { bids: [], asks: [] };
      expect(queues(book, instrument, Side.Bid)).toEqual(sides.bids);
      expect(queues(book, instrument, Side.Ask)).toEqual(sides.asks);
    }
  });
});
