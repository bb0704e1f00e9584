// In: Events and Snapshot frames of one instrument. Out: its book, and updates by quantum in a chain
// without a hole. A hole in what arrives is told, and everything until the next snapshot left out.
import {
  decodeEventsFrame,
  decodeRecord,
  EVENTS_FRAME_SIZE,
  type EventsFrame,
  FrameKind,
  QUANTUM_NS,
  RECORD,
  RECORD_SIZE,
  readU64,
  Side,
} from '@wavetank/abi';
import type { Frame } from '../lib/frame.ts';
import { messagesOf } from './coinbase-messages.ts';
import type { MarketUpdate, Told } from './market-update.ts';
import { type Effect, type Level, RestingBook } from './resting-book.ts';
import { TradeTape } from './trade-tape.ts';

/** Records that are kept for who comes back with a sequence number; up to an eighth more. */
const KEPT_RECORDS = 32_768;

export interface FeedListener {
  /** The book begins anew. */
  snapshot(feed: InstrumentFeed): void;
  update(feed: InstrumentFeed, update: MarketUpdate): void;
  /** Something was lost on the way here: ask for a snapshot. */
  hole(feed: InstrumentFeed): void;
}

export class InstrumentFeed {
  readonly symbol: string;
  readonly book = new RestingBook();
  readonly tape = new TradeTape();
  readonly #listener: FeedListener;
  #kept: MarketUpdate[] = [];
  #keptRecords = 0;
  #complete = false;
  /** Records of a snapshot in several frames that are still to come. */
  #awaited = 0;
  #holes = 0;
  /** Messages of the Coinbase dialect, and prints, since the feed began. */
  messages = 0;
  prints = 0;
  instrument = 0;
  seq = 0;
  ts_run_ns = 0;
  ts_event_ns = 0;

  constructor(symbol: string, listener: FeedListener) {
    this.symbol = symbol;
    this.#listener = listener;
  }

  /** The book is whole: a snapshot has come, and everything since. */
  get complete(): boolean {
    return this.#complete;
  }

  /** Times that something was lost before it came here. */
  get holes(): number {
    return this.#holes;
  }

  /** Yields after each update. */
  *take(frame: Frame): Generator<void> {
    const head = decodeEventsFrame(frame.payload);
    if (frame.kind === FrameKind.Snapshot) this.#snapshot(head, frame.payload);
    else yield* this.#events(head, frame.payload);
  }

  #snapshot(head: EventsFrame, payload: DataView): void {
    const goesOn = head.seq === this.seq && head.record_count + head.remaining === this.#awaited;
    if (!goesOn) this.#begin();
    this.#stand(head);
    for (let i = 0; i < head.record_count; i++) this.book.apply(recordAt(payload, i));
    this.#awaited = head.remaining;
    if (head.remaining > 0) return;
    this.#complete = true;
    this.#listener.snapshot(this);
  }

  #begin(): void {
    this.#complete = false;
    this.#kept = [];
    this.#keptRecords = 0;
    this.book.clear();
  }

  *#events(head: EventsFrame, payload: DataView): Generator<void> {
    if (!this.#complete) return;
    if (head.prev_seq !== this.seq) {
      this.#complete = false;
      this.#holes++;
      this.#listener.hole(this);
      return;
    }
    let at = 0;
    while (at < head.record_count) {
      const end = quantumEnd(payload, at, head.record_count);
      this.#update(payload, at, end);
      at = end;
      yield;
    }
    this.#stand(head);
  }

  #stand(head: EventsFrame): void {
    this.instrument = head.instrument_id;
    this.seq = head.seq;
    this.ts_run_ns = Math.max(this.ts_run_ns, head.ts_run_ns);
    this.ts_event_ns = head.ts_event_ns;
  }

  #update(payload: DataView, from: number, to: number): void {
    const told: Told[] = [];
    const changed: [Map<number, Level>, Map<number, Level>] = [new Map(), new Map()];
    for (let i = from; i < to; i++) {
      const record = recordAt(payload, i);
      const effects = this.book.apply(record);
      told.push({ record, effects });
      for (const effect of effects) touch(changed, effect);
    }
    const last = told.at(-1)?.record;
    if (last === undefined) return;
    const levels = (side: 0 | 1): Level[] =>
      [...changed[side].keys()].map((price) => this.book.level(side, price));
    const update: MarketUpdate = {
      symbol: this.symbol,
      instrument: last.instrument_id,
      prev_seq: this.seq,
      seq: last.seq,
      ts_run_ns: Math.max(this.ts_run_ns, Math.ceil(last.ts_ns / QUANTUM_NS) * QUANTUM_NS),
      ts_event_ns: last.ts_ns,
      told,
      messages_before: this.messages,
      prints_before: this.prints,
      bids: levels(Side.Bid),
      asks: levels(Side.Ask),
      bytes: unlabelled(payload, from, to),
    };
    this.seq = update.seq;
    this.ts_run_ns = update.ts_run_ns;
    this.ts_event_ns = update.ts_event_ns;
    for (const one of told) this.#count(one);
    this.#keep(update);
    this.#listener.update(this, update);
  }

  #count({ effects, record }: Told): void {
    for (const effect of effects) {
      this.messages += messagesOf(effect);
      if (effect.did !== 'printed') continue;
      const { side, price, qty } = effect;
      this.tape.add({ trade_id: ++this.prints, side, price, qty, ts_ns: record.ts_ns });
    }
  }

  #keep(update: MarketUpdate): void {
    this.#kept.push(update);
    this.#keptRecords += update.told.length;
    if (this.#keptRecords <= (9 / 8) * KEPT_RECORDS) return;
    let gone = 0;
    while (this.#keptRecords > KEPT_RECORDS) {
      this.#keptRecords -= this.#kept[gone++]?.told.length ?? 0;
    }
    this.#kept = this.#kept.slice(gone);
  }

  /** The updates after `seq`; undefined when they are not all kept. */
  since(seq: number): MarketUpdate[] | undefined {
    if (!this.#complete) return undefined;
    if (seq === this.seq) return [];
    const at = this.#kept.findIndex((update) => update.prev_seq === seq);
    return at < 0 ? undefined : this.#kept.slice(at);
  }
}

const recordAt = (payload: DataView, at: number) =>
  decodeRecord(payload, EVENTS_FRAME_SIZE + at * RECORD_SIZE);

const timeAt = (payload: DataView, at: number): number =>
  Math.ceil(readU64(payload, EVENTS_FRAME_SIZE + at * RECORD_SIZE + RECORD.ts_ns) / QUANTUM_NS);

/** Index behind the last record of the quantum that record `from` falls in. */
function quantumEnd(payload: DataView, from: number, count: number): number {
  const quantum = timeAt(payload, from);
  let at = from + 1;
  while (at < count && timeAt(payload, at) <= quantum) at++;
  return at;
}

function touch(changed: [Map<number, Level>, Map<number, Level>], effect: Effect): void {
  const { order } = effect;
  if (order === undefined) return;
  changed[order.side === Side.Bid ? 0 : 1].set(order.price, [order.price, 0, 0]);
}

/** Which storm inserted a record, and why, is the judge's to know. */
function unlabelled(payload: DataView, from: number, to: number): Uint8Array {
  const start = payload.byteOffset + EVENTS_FRAME_SIZE + from * RECORD_SIZE;
  const bytes = Buffer.from(new Uint8Array(payload.buffer, start, (to - from) * RECORD_SIZE));
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  for (let at = 0; at < bytes.length; at += RECORD_SIZE) {
    view.setUint32(at + RECORD.storm_id, 0, true);
    view.setUint32(at + RECORD.role, 0, true);
  }
  return bytes;
}
