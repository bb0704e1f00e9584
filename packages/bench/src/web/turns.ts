// What is broadcast: one turn of the link is one book of 976 bytes, or the ticks of four instruments, 928
// bytes, as a viewer of four symbols gets them 50 times a second. Real frames of the schema, filled.
import * as abi from '@wavetank/abi';

const LEVELS = 29;
const INSTRUMENTS = 4;
const NS_PER_S = 1_000_000_000;
const TICK_NS = 20_000_000;

export interface Turn {
  name: string;
  /** Frames in it. */
  frames: number;
  /** Its bytes on the link; each frame carries `seq`. */
  make(seq: number): Uint8Array;
}

const stamp = (seq: number) => {
  const ts_run_ns = 34_200 * NS_PER_S + seq * TICK_NS;
  return { seq, ts_run_ns, ts_event_ns: ts_run_ns - 1234, frame_flags: 0 };
};

function book(seq: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(abi.BOOK_FRAME_SIZE + LEVELS * abi.VIEW_LEVEL_SIZE));
  const bid_count = (LEVELS + 1) / 2;
  abi.encodeBookFrame(view, 0, {
    ...abi.decodeBookFrame(view),
    ...stamp(seq),
    frame_kind: abi.FrameKind.Book,
    symbol: 'SYN001',
    instrument_id: 1,
    bid_count,
    ask_count: LEVELS - bid_count,
  });
  for (let i = 0; i < LEVELS; i++) {
    const away = i < bid_count ? -i : i - bid_count + 1;
    const level = { price: 1_002_500 + away * 100, qty: 400 + 37 * i, orders: 3 + (i % 5) };
    const at = abi.BOOK_FRAME_SIZE + i * abi.VIEW_LEVEL_SIZE;
    abi.encodeViewLevel(view, at, { ...level, injected_qty: 0, reserved: 0 });
  }
  return abi.wireFrame(new Uint8Array(view.buffer));
}

function tick(seq: number, instrument_id: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(abi.TICK_FRAME_SIZE));
  // Nothing is zero: each field is as long in JSON as it is in a running market.
  for (let at = 0; at + 4 <= view.byteLength; at += 4) view.setUint32(at, 12_345 + at, true);
  abi.encodeTickFrame(view, 0, {
    ...abi.decodeTickFrame(view),
    ...stamp(seq),
    frame_kind: abi.FrameKind.Tick,
    symbol: `SYN00${instrument_id}`,
    instrument_id,
  });
  return abi.wireFrame(new Uint8Array(view.buffer));
}

export const TURNS: readonly Turn[] = [
  { name: 'a frame of 976 bytes', frames: 1, make: book },
  {
    name: 'ticks of four instruments, 928 bytes',
    frames: INSTRUMENTS,
    make: (seq) => Buffer.concat([1, 2, 3, 4].map((instrument) => tick(seq, instrument))),
  },
];
