// In: frames of the feed class, and who wants which symbols. Out: one InstrumentFeed a symbol while
// somebody wants it, and every update to those who do. Tells the engine what it must send.
import type { Frame } from '../lib/frame.ts';
import { InTurn } from '../lib/in-turn.ts';
import { Wanted } from '../lib/wanted.ts';
import { FeedQueue } from './feed-queue.ts';
import { InstrumentFeed } from './instrument-feed.ts';
import type { MarketUpdate } from './market-update.ts';

/** A connection that takes instruments. Nothing it does may throw. */
export interface FeedTaker {
  readonly symbols: ReadonlySet<string>;
  /** The book of a symbol begins: at first, or again after a loss. */
  snapshot(feed: InstrumentFeed): void;
  update(feed: InstrumentFeed, update: MarketUpdate): void;
  /** Time passed, events or not. */
  beat(ts_run_ns: number): void;
  close(code: number, reason: string): void;
}

export interface FeedEngine {
  /** Symbols to send from now on, and those of them whose book it shall send again. */
  subscribe(symbols: string[], again: string[]): Promise<unknown>;
  /** Whether it shall keep the feed for now. */
  hold(held: boolean): Promise<unknown>;
}

export class FeedHub {
  readonly #engine: FeedEngine;
  readonly #queue: FeedQueue;
  readonly #feeds = new Map<string, InstrumentFeed>();
  readonly #takers = new Set<FeedTaker>();
  readonly #wanted = new Wanted();
  /** The engine refuses a list whole: nobody's symbols are in another one's. */
  readonly #turn = new InTurn();

  constructor(engine: FeedEngine) {
    this.#engine = engine;
    this.#queue = new FeedQueue((held) => {
      engine.hold(held).catch(() => {});
    });
  }

  /** Bytes of frames that have come and wait for their turn. */
  get waiting(): number {
    return this.#queue.bytes;
  }

  get takers(): number {
    return this.#takers.size;
  }

  get symbols(): string[] {
    return this.#wanted.symbols;
  }

  feed(symbol: string): InstrumentFeed | undefined {
    return this.#feeds.get(symbol);
  }

  add(taker: FeedTaker): void {
    this.#takers.add(taker);
  }

  /** Its symbols are released by `release`. */
  remove(taker: FeedTaker): void {
    this.#takers.delete(taker);
  }

  /** Wants symbols; on a refusal of the engine nothing has changed. */
  want(symbols: readonly string[]): Promise<void> {
    return this.#turn.run(async () => {
      // The engine may send one of them still, to a book that was let go.
      const fresh = symbols.filter((symbol) => !this.#feeds.has(symbol));
      for (const symbol of fresh) this.#feeds.set(symbol, this.#open(symbol));
      this.#wanted.add(symbols);
      if (symbols.every((symbol) => this.#feeds.get(symbol)?.complete)) return;
      try {
        await this.#engine.subscribe(this.symbols, fresh);
      } catch (cause) {
        this.#drop(symbols);
        throw cause;
      }
    });
  }

  /** Wants them no more. */
  release(symbols: readonly string[]): void {
    if (this.#drop(symbols).length > 0) this.#subscribe([]);
  }

  /** What is refused now is asked for again by whoever wants it next. */
  #subscribe(again: string[]): void {
    this.#turn.run(() => this.#engine.subscribe(this.symbols, again)).catch(() => {});
  }

  #drop(symbols: readonly string[]): string[] {
    const gone = this.#wanted.remove(symbols);
    for (const symbol of gone) this.#feeds.delete(symbol);
    return gone;
  }

  #open(symbol: string): InstrumentFeed {
    const each = (feed: InstrumentFeed, tell: (taker: FeedTaker) => void): void => {
      for (const taker of this.#takers) if (taker.symbols.has(feed.symbol)) tell(taker);
    };
    return new InstrumentFeed(symbol, {
      snapshot: (feed) => each(feed, (taker) => taker.snapshot(feed)),
      update: (feed, update) => each(feed, (taker) => taker.update(feed, update)),
      hole: (feed) => this.#subscribe([feed.symbol]),
    });
  }

  take(frame: Frame): void {
    this.#queue.push(this.#read(frame), frame.payload.byteLength);
  }

  *#read(frame: Frame): Generator<void> {
    yield* this.#feeds.get(frame.symbol)?.take(frame) ?? [];
  }

  /** Behind the frames that came before it. */
  beat(ts_run_ns: number): void {
    this.#queue.push(this.#beats(ts_run_ns), 0);
  }

  *#beats(ts_run_ns: number): Generator<void> {
    for (const taker of this.#takers) {
      taker.beat(ts_run_ns);
      yield;
    }
  }

  /** Another market begins, or the engine went: whoever was connected comes again. */
  restart(reason: string): void {
    this.#queue.clear();
    for (const taker of this.#takers) taker.close(1012, reason);
    for (const symbol of this.#feeds.keys()) this.#feeds.set(symbol, this.#open(symbol));
  }
}
