// One face over the four books walking a source: three native ones, and the TypeScript witness that
// is fed the parser's events. Knows nothing of what is printed.
import { ApplyStatus, Channel, decodeEvent, EVENT_SIZE, type Event, hashHex } from '@wavetank/abi';
import { type Outcome, PlainBook, runDigest, type Sequenced, steps } from '@wavetank/book';
import {
  NativeError,
  openWalk,
  type Parser,
  type WalkSource,
  type WalkSummary,
} from '@wavetank/native';

export const IMPLEMENTATIONS = ['rust', 'reference', 'cpp', 'ts'] as const;
export type Implementation = (typeof IMPLEMENTATIONS)[number];

export interface Level {
  price: number;
  qty: number;
  orders: number;
}

/** A book that goes forward through a source. Message numbers count from 1. */
export interface Walker {
  readonly messages: number;
  readonly ended: boolean;
  readonly lastTsNs: number;
  /** Bytes read and bytes in all. */
  readonly position: [at: number, length: number];
  /** Reads up to `messages` more; false at the end. */
  advance(messages: number): boolean;
  toMessage(n: number): void;
  toTime(tsNs: number): void;
  levels(instrument: number, side: 0 | 1, depth: number): Level[];
  l2Hash(instrument: number): string | Promise<string>;
  marketDigest(): string | Promise<string>;
  /** The run digest over everything read: statuses and resolved events. */
  chain(): string | Promise<string>;
  symbols(): Map<string, number>;
  /** Locates that events have named so far, ascending. */
  instruments(): number[];
  /** Totals of what was read; of a file that is not at its end, its digest is made for it. */
  summary(): WalkSummary;
}

export interface WalkerOptions {
  source: WalkSource;
  framing: 'auto' | 'binaryfile' | 'raw';
  parser: Parser;
  implementation: Implementation;
  /** The chain will be asked for: a witness that computes it late keeps what it needs. */
  chained?: boolean;
}

export function openWalker(options: WalkerOptions): Walker {
  return options.implementation === 'ts'
    ? new PlainWalker(options, new PlainBook())
    : openWalk({ ...options, implementation: options.implementation });
}

/** An event with its own bytes: a field out of range is wider than a number is exact. */
type Read = Event & { bytes: Uint8Array };

/** The TypeScript book behind the same face; the native side only parses. */
export class PlainWalker implements Walker {
  readonly #events: ReturnType<typeof openWalk>;
  readonly #book: PlainBook;
  /** A message read past the time asked for, and not applied yet. */
  #held: Read[] = [];
  readonly #chained: boolean;
  /** Applied, and not yet in the chain. */
  #unchained: Sequenced[] = [];
  #chain = 0n;
  #seq = 0;

  constructor(options: WalkerOptions, book: PlainBook) {
    this.#events = openWalk({ ...options, implementation: undefined });
    this.#book = book;
    this.#chained = options.chained ?? false;
  }

  get messages(): number {
    return this.#events.messages - (this.#held.length > 0 ? 1 : 0);
  }

  get ended(): boolean {
    return this.#events.ended && this.#held.length === 0;
  }

  get lastTsNs(): number {
    return this.#events.lastTsNs;
  }

  get position(): [number, number] {
    return this.#events.position;
  }

  advance(messages: number): boolean {
    const goal = this.messages + messages;
    this.#releaseHeld();
    while (this.messages < goal && !this.#events.ended) {
      this.#apply(this.#read(Math.min(4096, goal - this.messages)));
    }
    return !this.ended;
  }

  toMessage(n: number): void {
    if (n < this.messages) {
      throw new NativeError(
        'CONTROL_INVALID',
        `message ${n} is behind message ${this.messages}: ask in order`,
      );
    }
    this.advance(n - this.messages);
    if (this.messages < n) {
      throw new NativeError('SOURCE_ENDED', `message ${n}: the source ends after ${this.messages}`);
    }
  }

  toTime(tsNs: number): void {
    const first = this.#held[0];
    if (first !== undefined && first.ts_ns > tsNs) return;
    this.#releaseHeld();
    while (!this.#events.ended) {
      const events = this.#read(1);
      if ((events[0]?.ts_ns ?? 0) > tsNs) {
        this.#held = events;
        return;
      }
      this.#apply(events);
    }
  }

  levels(instrument: number, side: 0 | 1, depth: number): Level[] {
    return this.#book.levels(instrument, side).slice(0, depth);
  }

  async l2Hash(instrument: number): Promise<string> {
    return hashHex(await this.#book.l2Hash(instrument));
  }

  async marketDigest(): Promise<string> {
    return (await this.#book.marketDigest()).toString(16).padStart(32, '0');
  }

  async chain(): Promise<string> {
    for (const next of this.#unchained) this.#chain = await runDigest(this.#chain, next);
    this.#unchained = [];
    return hashHex(this.#chain);
  }

  symbols(): Map<string, number> {
    return this.#events.symbols();
  }

  instruments(): number[] {
    return this.#events.instruments();
  }

  summary(): WalkSummary {
    return this.#events.summary();
  }

  #read(messages: number): Read[] {
    const bytes = this.#events.events(messages);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return Array.from({ length: bytes.length / EVENT_SIZE }, (_, i) => ({
      ...decodeEvent(view, i * EVENT_SIZE),
      bytes: bytes.subarray(i * EVENT_SIZE, (i + 1) * EVENT_SIZE),
    }));
  }

  #releaseHeld(): void {
    const held = this.#held;
    this.#held = [];
    this.#apply(held);
  }

  #apply(events: Read[]): void {
    for (const step of steps(events)) {
      const [first, second] = step;
      if (second === undefined) {
        this.#note(first, this.#book.apply(first));
      } else {
        const [left, right] = this.#book.replace(first, second);
        this.#note(first, left);
        this.#note(second, right);
      }
    }
  }

  #note(read: Read, { status, event }: Outcome): void {
    if (!this.#chained) return;
    const bytes = status === ApplyStatus.OutOfRange ? read.bytes : undefined;
    this.#unchained.push({ seq: ++this.#seq, channel: Channel.Source, status, event, bytes });
  }
}
