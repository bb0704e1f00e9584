// Canonical events, binary: `u64 LE wall ns at which it was sent · one frame of the telemetry link`,
// the frame a Snapshot or an Events frame of docs/abi.md, whose records follow in order.
import {
  ApplyStatus,
  Channel,
  EVENTS_FRAME_SIZE,
  EventType,
  encodeEventsFrame,
  encodeRecord,
  FrameFlags,
  FrameKind,
  RECORD_SIZE,
  Side,
  WIRE_HEAD_SIZE,
  WIRE_VERSION,
} from '@wavetank/abi';
import { type Dialect, type DialectHost, HEARS_NOTHING } from './dialect.ts';
import type { InstrumentFeed } from './instrument-feed.ts';
import type { MarketUpdate } from './market-update.ts';

const SENT_SIZE = 8;

export class EventsDialect implements Dialect {
  readonly #host: DialectHost;

  constructor(host: DialectHost) {
    this.#host = host;
  }

  snapshot(feed: InstrumentFeed, lost: number): void {
    const flags = lost > 0 ? FrameFlags.GAP : 0;
    this.#say({ ...feed, prev_seq: 0 }, FrameKind.Snapshot, flags, resting(feed));
  }

  update(_feed: InstrumentFeed, update: MarketUpdate): void {
    this.#say(update, FrameKind.Events, 0, update.bytes);
  }

  /** Virtual time passed: an Events frame of no instrument, without records. */
  beat(ts_run_ns: number): void {
    const nothing = { symbol: '', instrument: 0, seq: 0, prev_seq: 0, ts_event_ns: 0 };
    this.#say({ ...nothing, ts_run_ns }, FrameKind.Events, 0, new Uint8Array(0));
  }

  hear(): void {
    this.#host.close(1008, HEARS_NOTHING);
  }

  #say(
    place: Pick<
      MarketUpdate,
      'symbol' | 'instrument' | 'seq' | 'prev_seq' | 'ts_run_ns' | 'ts_event_ns'
    >,
    frame_kind: number,
    frame_flags: number,
    records: Uint8Array,
  ): void {
    const head = SENT_SIZE + WIRE_HEAD_SIZE;
    const bytes = new Uint8Array(head + EVENTS_FRAME_SIZE + records.length);
    const view = new DataView(bytes.buffer);
    view.setUint32(SENT_SIZE, bytes.length - SENT_SIZE - 4, true);
    view.setUint16(SENT_SIZE + 4, WIRE_VERSION, true);
    const { symbol, instrument, seq, prev_seq, ts_run_ns, ts_event_ns } = place;
    encodeEventsFrame(view, head, {
      frame_kind,
      frame_flags,
      instrument_id: instrument,
      seq,
      ts_run_ns,
      ts_event_ns,
      symbol,
      prev_seq,
      record_count: records.length / RECORD_SIZE,
      remaining: 0,
    });
    bytes.set(records, head + EVENTS_FRAME_SIZE);
    this.#host.push({
      tsRunNs: ts_run_ns,
      make: (sent) => {
        view.setBigUint64(0, sent, true);
        return bytes;
      },
    });
  }
}

/** The Adds that make the book as it is now. */
function resting(feed: InstrumentFeed): Uint8Array {
  const orders = [...feed.book.orders(Side.Bid), ...feed.book.orders(Side.Ask)];
  const bytes = new Uint8Array(orders.length * RECORD_SIZE);
  const view = new DataView(bytes.buffer);
  orders.forEach(({ id, side, price, qty }, i) => {
    encodeRecord(view, i * RECORD_SIZE, {
      seq: feed.seq,
      ts_ns: feed.ts_event_ns,
      price,
      qty,
      order_id: id,
      instrument_id: feed.instrument,
      type: EventType.Add,
      side,
      flags: 0,
      channel: Channel.Source,
      status: ApplyStatus.Applied,
      storm_id: 0,
      role: 0,
    });
  });
  return bytes;
}
