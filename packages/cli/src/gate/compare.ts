// In: one stream and the witnesses. Out: agreement, or the first message after which they differ.
// A witness is a book fed by a parser; all must show the same digests every `every` messages.
import type { Level, Walker } from '../walker.ts';
import type { GateStream } from './streams.ts';

export interface Witness {
  name: string;
  open: (stream: GateStream) => Walker;
}

export interface Agreement {
  messages: number;
  /** L2 hash of the symbol asked for, or of the only instrument. */
  l2Hash?: string;
  marketDigest: string;
  chain: string;
  /** Places that the parser could not read. */
  unreadable: number;
}

export interface Divergence {
  /** First message after which the two differ. */
  message: number;
  left: string;
  right: string;
  /** What differs: digests, and level by level. */
  lines: string[];
}

export type Verdict = { agreement: Agreement } | { divergence: Divergence };

interface Sight {
  digests: [name: string, value: string][];
  key: string;
}

async function look(walker: Walker, stream: GateStream): Promise<Sight> {
  const digests: [string, string][] = [
    ['messages', String(walker.messages)],
    ['market', await walker.marketDigest()],
    ['chain', await walker.chain()],
  ];
  const [only, ...others] = walker.instruments();
  const single = others.length === 0 ? only : undefined;
  const locate = stream.symbol === undefined ? single : walker.symbols().get(stream.symbol);
  if (locate !== undefined) digests.push(['l2', await walker.l2Hash(locate)]);
  return { digests, key: digests.map(([, value]) => value).join(' ') };
}

/** Runs every witness over the stream, side by side. */
export async function compare(
  stream: GateStream,
  witnesses: Witness[],
  every = 1000,
): Promise<Verdict> {
  const walkers = witnesses.map((w) => w.open(stream));
  let agreed = 0;
  for (;;) {
    const more = walkers.map((walker) => walker.advance(every));
    const sights = await Promise.all(walkers.map((walker) => look(walker, stream)));
    const odd = sights.findIndex((sight) => sight.key !== sights[0]?.key);
    if (odd > 0) {
      const pair = [witnesses[0], witnesses[odd]] as [Witness, Witness];
      return { divergence: await bisect(stream, pair, agreed, agreed + every) };
    }
    agreed = walkers[0]?.messages ?? 0;
    if (!more.includes(true)) {
      const unreadable = walkers[0]?.summary().parse_errors ?? 0;
      return { agreement: { ...agreementOf(sights[0], agreed), unreadable } };
    }
  }
}

function agreementOf(sight: Sight | undefined, messages: number): Omit<Agreement, 'unreadable'> {
  const value = Object.fromEntries(sight?.digests ?? []);
  const base = { messages, marketDigest: value.market ?? '', chain: value.chain ?? '' };
  return value.l2 === undefined ? base : { ...base, l2Hash: value.l2 };
}

/** Halves (good, bad] until one message is left; each probe walks afresh. */
async function bisect(
  stream: GateStream,
  pair: [Witness, Witness],
  good: number,
  bad: number,
): Promise<Divergence> {
  let [low, high] = [good, bad];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (await differs(stream, pair, middle)) high = middle;
    else low = middle;
  }
  return describe(stream, pair, high);
}

function at(stream: GateStream, witness: Witness, messages: number): Walker {
  const walker = witness.open(stream);
  walker.advance(messages);
  return walker;
}

async function differs(
  stream: GateStream,
  [a, b]: [Witness, Witness],
  messages: number,
): Promise<boolean> {
  const left = await look(at(stream, a, messages), stream);
  return left.key !== (await look(at(stream, b, messages), stream)).key;
}

async function describe(
  stream: GateStream,
  [a, b]: [Witness, Witness],
  message: number,
): Promise<Divergence> {
  const [left, right] = [at(stream, a, message), at(stream, b, message)];
  const lines: string[] = [];
  const [l, r] = [await look(left, stream), await look(right, stream)];
  l.digests.forEach(([name, value], i) => {
    const other = r.digests[i]?.[1];
    if (value !== other) lines.push(`${name}: ${value} against ${other}`);
  });
  for (const locate of left.instruments()) {
    for (const side of [0, 1] as const) {
      const all = Number.MAX_SAFE_INTEGER;
      const difference = levelDifference(
        left.levels(locate, side, all),
        right.levels(locate, side, all),
      );
      lines.push(
        ...difference.map((line) => `instrument ${locate} ${side === 0 ? 'bid' : 'ask'} ${line}`),
      );
    }
  }
  return { message, left: a.name, right: b.name, lines };
}

function levelDifference(left: Level[], right: Level[]): string[] {
  const show = (level: Level | undefined): string =>
    level === undefined ? 'nothing' : `${level.qty} in ${level.orders}`;
  const byPrice = (levels: Level[]): Map<number, Level> => new Map(levels.map((l) => [l.price, l]));
  const [a, b] = [byPrice(left), byPrice(right)];
  const prices = [...new Set([...a.keys(), ...b.keys()])].sort((x, y) => x - y);
  return prices
    .filter((price) => show(a.get(price)) !== show(b.get(price)))
    .map((price) => `${price}: ${show(a.get(price))} against ${show(b.get(price))}`);
}
