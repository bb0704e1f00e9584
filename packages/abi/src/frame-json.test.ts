// JSON form of every kind of frame: null values, names, digests; and the framing around them.
import { describe, expect, it } from 'vitest';
import { frameJson } from './frame-json.ts';
import * as abi from './generated.ts';
import {
  answerFrame,
  controlFrame,
  decodeMessage,
  FrameSplitter,
  payloadKind,
  wireFrame,
} from './wire.ts';

const prefix = (frame_kind: number): abi.FramePrefix => ({
  frame_kind,
  frame_flags: abi.FrameFlags.RECORD,
  instrument_id: 3,
  seq: 2 ** 40 + 1,
  ts_run_ns: 34_200_000_000_000,
  ts_event_ns: 0,
  symbol: 'AAPL',
});

const zeroed = (size: number): DataView => new DataView(new ArrayBuffer(size));

describe('frameJson', () => {
  it('names the null values of a tick', () => {
    const view = zeroed(abi.TICK_FRAME_SIZE);
    const empty = abi.decodeTickFrame(view);
    abi.encodeTickFrame(view, 0, {
      ...empty,
      ...prefix(abi.FrameKind.Tick),
      spread: 0xffffffff,
      imbalance_ppm: -0x80000000,
      vpin_ppm: 0xffffffff,
      mid_x2: 2_000_001,
      regime: abi.Regime.Calm,
      market_digest: Uint8Array.from({ length: 16 }, (_, i) => i),
      run_digest: 0xabn,
      trading_state: 84,
    });
    expect(frameJson(view)).toMatchObject({
      type: 'tick',
      symbol: 'AAPL',
      seq: 1099511627777,
      ts_event_ns: null,
      frame_flags: ['record'],
      mid: 1_000_000.5,
      twin_mid: null,
      spread: null,
      imbalance_ppm: null,
      vpin_ppm: null,
      regime: 'calm',
      trading_state: 'T',
      run_digest: '00000000000000ab',
      market_digest: '0f0e0d0c0b0a09080706050403020100',
    });
  });

  it('lists the levels of a book, best first', () => {
    const view = zeroed(abi.BOOK_FRAME_SIZE + 2 * abi.VIEW_LEVEL_SIZE);
    const head = { bid_count: 1, ask_count: 1, tick_size: 100 };
    abi.encodeBookFrame(view, 0, { ...prefix(abi.FrameKind.Book), ...head });
    const level = { price: 100, qty: 10, injected_qty: 4, orders: 2, reserved: 0 };
    abi.encodeViewLevel(view, abi.BOOK_FRAME_SIZE, level);
    abi.encodeViewLevel(view, abi.BOOK_FRAME_SIZE + abi.VIEW_LEVEL_SIZE, { ...level, price: 101 });
    expect(frameJson(view)).toMatchObject({
      type: 'book',
      bids: [[100, 10, 2, 4]],
      asks: [[101, 10, 2, 4]],
    });
  });

  it('keeps seeds exact and the names of storm kinds', () => {
    const view = zeroed(abi.STORM_FRAME_SIZE);
    abi.encodeStormFrame(view, 0, {
      ...abi.decodeStormFrame(view),
      ...prefix(abi.FrameKind.Storm),
      seed: 2n ** 64n - 1n,
      kind: abi.StormKind.FlashCrash,
      kind_name: 'FlashCrash',
      phase: abi.StormPhase.Running,
    });
    expect(frameJson(view)).toMatchObject({
      type: 'storm',
      kind: 'FlashCrash',
      phase: 'running',
      cause: null,
      end_seq: null,
      seed: '18446744073709551615',
    });
  });

  it('tells the aggressor of a trade and nothing of a hidden one', () => {
    const view = zeroed(abi.TRADE_FRAME_SIZE);
    const trade = { ...abi.decodeTradeFrame(view), ...prefix(abi.FrameKind.Trade) };
    abi.encodeTradeFrame(view, 0, { ...trade, side: abi.Side.Bid });
    expect(frameJson(view)).toMatchObject({ side: 'bid', aggressor: 'sell', storm_id: null });
    abi.encodeTradeFrame(view, 0, { ...trade, side: abi.Side.Inherit });
    expect(frameJson(view)).toMatchObject({ side: 'inherit', aggressor: null });
  });

  it('has no form for control frames', () => {
    const view = zeroed(8);
    view.setUint16(0, abi.FrameKind.Answer, true);
    expect(frameJson(view)).toBeUndefined();
  });
});

describe('FrameSplitter', () => {
  const stream = Buffer.concat([
    controlFrame(7, { method: 'status' }),
    answerFrame(7, { ok: true }),
    wireFrame(new Uint8Array([9, 0, 0, 0, 1])),
  ]);

  it('finds the same frames wherever the bytes are cut', () => {
    for (let cut = 0; cut <= stream.length; cut++) {
      const kinds: number[] = [];
      const splitter = new FrameSplitter();
      splitter.push(stream.subarray(0, cut), (payload) => kinds.push(payloadKind(payload)));
      splitter.push(stream.subarray(cut), (payload) => kinds.push(payloadKind(payload)));
      expect(kinds).toEqual([abi.FrameKind.Control, abi.FrameKind.Answer, 9]);
    }
  });

  it('reads messages back', () => {
    const bodies: unknown[] = [];
    new FrameSplitter().push(stream.subarray(0, stream.length - 11), (payload) =>
      bodies.push(decodeMessage(payload)),
    );
    expect(bodies).toEqual([
      { id: 7, body: { method: 'status' } },
      { id: 7, body: { ok: true } },
    ]);
  });

  it.each([
    ['length 0', [0, 0, 0, 0, 1, 0], 'WIRE_LENGTH'],
    ['length beyond the bound', [255, 255, 255, 255, 1, 0], 'WIRE_LENGTH'],
    ['another version', [6, 0, 0, 0, 9, 9, 0, 0, 0, 0], 'WIRE_VERSION'],
  ])('refuses %s', (_what, bytes, code) => {
    const push = () => new FrameSplitter().push(Uint8Array.from(bytes), () => {});
    expect(push).toThrow(expect.objectContaining({ code }));
  });
});
