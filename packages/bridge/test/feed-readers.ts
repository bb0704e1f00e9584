// Readers of /feed for tests, one a dialect: each keeps the book that a bot would have, and says how
// it stood at each sequence it passed.
import { decodeEventsFrame, decodeRecord, FrameKind, Side } from '@wavetank/abi';
import { levelDigest, PlainBook, steps } from '@wavetank/book';
import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';

export type Levels = [price: number, qty: number][];
export type Sides = [bids: Levels, asks: Levels];

const HEAD = 8 + 6;
const FRAME = 56;
const RECORD = 64;

/** A socket and what it said, in order; `take` is called with each message. */
export async function feedSocket(url: string, take: (data: Buffer) => void): Promise<WebSocket> {
  const socket = new WebSocket(url.replace(/^http/, 'ws'));
  onTestFinished(() => socket.terminate());
  socket.on('message', (data) => take(data as Buffer));
  await new Promise((resolve, reject) => {
    socket.on('open', resolve);
    socket.on('error', reject);
  });
  return socket;
}

const TICK_NS = 20_000_000;

/** How a book stood, by sequence, at the ends of ticks. */
export class Stands {
  readonly at = new Map<number, Sides>();
  readonly #capture: () => Sides;
  snapshots = 0;
  updates = 0;
  seq = 0;
  holes = 0;
  late = 0;
  lastRunNs = 0;

  constructor(capture: () => Sides) {
    this.#capture = capture;
  }

  /** The chain: what comes next begins where this ended. Called before the book changes. */
  step(prev: number, seq: number, tsRunNs: number): void {
    if (prev !== this.seq) this.holes++;
    const passed = Math.ceil(tsRunNs / TICK_NS) > Math.ceil(this.lastRunNs / TICK_NS);
    if (passed) this.at.set(this.seq, this.#capture());
    this.begin(seq, tsRunNs);
    this.updates++;
  }

  begin(seq: number, tsRunNs: number): void {
    if (tsRunNs < this.lastRunNs) this.late++;
    this.lastRunNs = tsRunNs;
    this.seq = seq;
  }
}

export async function readEvents(bridge: string, symbol: string): Promise<Stands> {
  let book = new PlainBook();
  let instrument = 0;
  const side = (which: number): Levels =>
    book.levels(instrument, which).map(({ price, qty }) => [price, qty]);
  const stands = new Stands(() => [side(Side.Bid), side(Side.Ask)]);
  await feedSocket(`${bridge}/feed?dialect=events&symbol=${symbol}`, (data) => {
    const view = new DataView(data.buffer, data.byteOffset + HEAD, data.byteLength - HEAD);
    const { frame_kind, instrument_id, record_count, ...head } = decodeEventsFrame(view);
    if (instrument_id === 0) return;
    instrument = instrument_id;
    if (frame_kind === FrameKind.Snapshot) {
      book = new PlainBook();
      stands.snapshots++;
      stands.begin(head.seq, head.ts_run_ns);
    } else stands.step(head.prev_seq, head.seq, head.ts_run_ns);
    const records = Array.from({ length: record_count }, (_, i) =>
      decodeRecord(view, FRAME + i * RECORD),
    );
    for (const step of steps(records)) {
      if (step.length === 1) book.apply(step[0]);
      else book.replace(...step);
    }
  });
  return stands;
}

export async function readL2(bridge: string, symbol: string): Promise<Stands> {
  const ladders: [Map<number, number>, Map<number, number>] = [new Map(), new Map()];
  const stands = new Stands(() => [sorted(ladders[0], -1), sorted(ladders[1], 1)]);
  await feedSocket(`${bridge}/feed?dialect=l2&symbol=${symbol}`, (data) => {
    const message = JSON.parse(String(data));
    if (message.type === 'heartbeat') return;
    if (message.type === 'snapshot') {
      for (const ladder of ladders) ladder.clear();
      stands.snapshots++;
      stands.begin(message.seq, message.ts_run_ns);
    } else stands.step(message.prev_seq, message.seq, message.ts_run_ns);
    store(ladders[0], message.bids);
    store(ladders[1], message.asks);
  });
  return stands;
}

export function store(ladder: Map<number, number>, levels: readonly number[][]): void {
  for (const [price = 0, qty = 0] of levels) {
    if (qty === 0) ladder.delete(price);
    else ladder.set(price, qty);
  }
}

export const sorted = (ladder: Map<number, number>, sign: 1 | -1): Levels =>
  [...ladder].sort(([a], [b]) => sign * (a - b));

/** What these levels add to the market digest. */
export async function digestOf(instrument: number, sides: Sides): Promise<string> {
  let sum = 0n;
  for (const side of [Side.Bid, Side.Ask]) {
    for (const [price, qty] of sides[side] ?? []) {
      sum += await levelDigest(instrument, side, { price, qty });
    }
  }
  return BigInt.asUintN(128, sum).toString(16).padStart(32, '0');
}
