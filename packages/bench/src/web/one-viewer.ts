// What one viewer of a running desk gets: bytes a second, the time to its first price, and whether every
// print of its symbol came. In: seconds. The truth about prints is the `events` dialect of /feed, which
// loses nothing; the viewer's are compared over the sequences that both saw.
import {
  ApplyStatus,
  decodeEventsFrame,
  decodeRecord,
  EVENTS_FRAME_SIZE,
  EventType,
  FRAME_PREFIX,
  FrameKind,
  RECORD_SIZE,
  readU64,
  WIRE_HEAD_SIZE,
} from '@wavetank/abi';
import type { Result } from '../report.ts';
import { startSide } from './side.ts';
import { BINARY, MessageReader, openSocket } from './viewers.ts';

const SYMBOL = 'SYN001';
/** Behind the wall clock at which a message of /feed was sent. */
const FEED_HEAD = 8 + WIRE_HEAD_SIZE;
const WARM_MS = 2000;

const viewOf = (bytes: Buffer, from: number): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset + from, bytes.length - from);

const sleep = (ms: number): Promise<void> => new Promise((resume) => setTimeout(resume, ms));

/** Sequences of prints that a feed tells. */
async function printsOfFeed(url: string): Promise<number[]> {
  const prints: number[] = [];
  const reader = new MessageReader((first, bytes) => {
    if (first !== BINARY) return;
    const view = viewOf(bytes, FEED_HEAD);
    const { frame_kind, record_count } = decodeEventsFrame(view);
    if (frame_kind !== FrameKind.Events) return;
    for (let i = 0; i < record_count; i++) {
      const { type, status, seq } = decodeRecord(view, EVENTS_FRAME_SIZE + i * RECORD_SIZE);
      const printed = status === ApplyStatus.Applied || status === ApplyStatus.Tape;
      if (type === EventType.Trade && printed) prints.push(seq);
    }
  });
  await openSocket(`${url}/feed?dialect=events&symbol=${SYMBOL}`, (chunk) => reader.push(chunk));
  return prints;
}

class OneViewer {
  bytes = 0;
  dropped = 0;
  firstPriceMs = Number.NaN;
  readonly prints: number[] = [];

  async open(url: string): Promise<void> {
    const began = performance.now();
    const reader = new MessageReader((first, message) => {
      if (first !== BINARY) return;
      const view = viewOf(message, WIRE_HEAD_SIZE);
      const kind = view.getUint16(0, true);
      if (kind === FrameKind.Answer) this.#notice(message);
      if (kind === FrameKind.Trade) this.prints.push(readU64(view, FRAME_PREFIX.seq));
      if (kind === FrameKind.Tick && Number.isNaN(this.firstPriceMs))
        this.firstPriceMs = performance.now() - began;
    });
    await openSocket(`${url}/stream?format=binary&symbol=${SYMBOL}`, (chunk) => {
      this.bytes += chunk.length;
      reader.push(chunk);
    });
  }

  #notice(message: Buffer): void {
    const { notice, dropped } = JSON.parse(message.toString('utf8', WIRE_HEAD_SIZE + 8));
    if (notice === 'dropped') this.dropped = dropped;
  }
}

/** Prints of the feed, within what the viewer saw, that it did not get. */
function missing(feed: number[], viewer: number[]): [missing: number, of: number] {
  const [first = 0, last = 0] = [viewer[0], viewer.at(-1)];
  const seen = new Set(viewer);
  const all = feed.filter((seq) => seq >= first && seq <= last);
  return [all.filter((seq) => !seen.has(seq)).length, all.length];
}

function row(workload: string, unit: string, value: number, most: number): Result {
  const figure = { value, unit, against: null, ratio: null, min: null, max: null, digest: null };
  return { id: 'viewer', workload, ...figure, goal: `≤${most}`, met: value <= most };
}

export async function viewerRows({ seconds }: { seconds: number }): Promise<Result[]> {
  const bridge = await startSide('bridge-side.ts');
  try {
    const feed = await printsOfFeed(bridge.url);
    await sleep(WARM_MS);
    const viewer = new OneViewer();
    await viewer.open(bridge.url);
    await sleep(WARM_MS);
    const [bytes, began] = [viewer.bytes, performance.now()];
    await sleep(seconds * 1000);
    const mbPerS = (viewer.bytes - bytes) / 1000 / (performance.now() - began);
    const [lost, all] = missing(feed, viewer.prints);
    return [
      row(`${SYMBOL} on a running desk, binary`, 'MB/s', mbPerS, 0.2),
      row('first price after the socket is asked for', 'ms', viewer.firstPriceMs, 500),
      row(`of ${all} prints neither delivered nor counted`, 'prints', lost - viewer.dropped, 0),
    ];
  } finally {
    await bridge.close();
  }
}
