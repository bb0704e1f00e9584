// An assertion: `<measure>[@SYMBOL] <op> <number or word>`. In: its text. Out: a typed form, or what is
// wrong with it; and its outcome for a value. A value that is not known decides nothing by itself.
import { type MeasureInfo, measureOf, nearest, nearestMeasure } from './measures.ts';

export const OPERATORS = ['<', '<=', '>', '>=', '==', '!='] as const;
export type Operator = (typeof OPERATORS)[number];

export interface Assertion {
  text: string;
  measure: MeasureInfo;
  /** Only where the text names one. */
  symbol: string | undefined;
  op: Operator;
  /** A word is its place in the order of the measure's words. */
  bound: number;
}

/** What is known of a measure. */
export type Value =
  | { state: 'known'; value: number }
  /** The truth is this or more: time ran out. */
  | { state: 'at_least'; value: number; why: string }
  | { state: 'unknown'; why: string };

export type Outcome = 'holds' | 'fails' | 'unknown';

export class AssertionError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'AssertionError';
  }
}

const FORM = /^\s*([A-Za-z_][\w.]*)(?:@(\S+?))?\s*(<=|>=|==|!=|<|>)\s*(\S+)\s*$/;

/** Throws `AssertionError`. */
export function parseAssertion(text: string): Assertion {
  const [, name, symbol, op, right] = FORM.exec(text) ?? [];
  if (name === undefined || op === undefined || right === undefined) {
    const form = '<measure>[@SYMBOL] <op> <number>';
    throw new AssertionError(`expected ${form}, op one of ${OPERATORS.join(' ')}`);
  }
  const measure = measureOf(name);
  if (measure === undefined) {
    throw new AssertionError(`no measure ${name}; the nearest is ${nearestMeasure(name)}`);
  }
  if (symbol !== undefined && measure.scope !== 'symbol') {
    throw new AssertionError(`${name} is of the ${measure.scope}, it takes no @${symbol}`);
  }
  return { text: text.trim(), measure, symbol, op: op as Operator, bound: bound(measure, right) };
}

function bound({ name, words, unit }: MeasureInfo, right: string): number {
  if (words === undefined) {
    const value = Number(right);
    if (Number.isFinite(value)) return value;
    throw new AssertionError(`${right} is no number; ${name} is in ${unit}`);
  }
  const place = words.indexOf(right);
  if (place >= 0) return place;
  const known = `one of ${words.join(', ')}`;
  throw new AssertionError(
    `no ${unit} ${right}; ${known}; the nearest is ${nearest(right, words)}`,
  );
}

export function compare(value: number, op: Operator, bound: number): boolean {
  switch (op) {
    case '<':
      return value < bound;
    case '<=':
      return value <= bound;
    case '>':
      return value > bound;
    case '>=':
      return value >= bound;
    case '==':
      return value === bound;
    case '!=':
      return value !== bound;
  }
}

export function judgeAssertion({ op, bound }: Assertion, value: Value): Outcome {
  if (value.state === 'known') return compare(value.value, op, bound) ? 'holds' : 'fails';
  if (value.state === 'unknown') return 'unknown';
  const holds = compare(value.value, op, bound);
  // More of the same only helps `>` and only hurts `<`; equality needs the truth, unless it is passed.
  if (op === '>' || op === '>=') return holds ? 'holds' : 'unknown';
  if (op === '<' || op === '<=') return holds ? 'unknown' : 'fails';
  if (value.value <= bound) return 'unknown';
  return op === '==' ? 'fails' : 'holds';
}

/** A value in the words of its measure. */
export function valueText({ words }: MeasureInfo, value: Value): string {
  if (value.state === 'unknown') return 'unknown';
  const text = words?.[value.value] ?? number(value.value);
  return value.state === 'at_least' ? `≥ ${text}` : text;
}

/** At most three decimals. */
export const number = (value: number): string => String(Math.round(value * 1000) / 1000);
