import * as abi from '@wavetank/abi';
import { describe, expect, it } from 'vitest';
import { COLUMN, WIDTH } from '../model/series.ts';
import { TRADE_WIDTH } from '../model/tape.ts';
import { BatchWriter } from './frames.ts';

const blank = (size: number): DataView => new DataView(new ArrayBuffer(size));
const wire = (view: DataView): Uint8Array => abi.wireFrame(new Uint8Array(view.buffer));
const prefix = { frame_flags: 0, instrument_id: 1, seq: 9, ts_event_ns: 0, symbol: 'AAPL' };

function tick(ts_run_ns: number, change: Partial<abi.TickFrame> = {}): Uint8Array {
  const view = blank(abi.TICK_FRAME_SIZE);
  const empty = abi.decodeTickFrame(view);
  const frame_kind = abi.FrameKind.Tick;
  abi.encodeTickFrame(view, 0, { ...empty, ...prefix, frame_kind, ts_run_ns, ...change });
  return wire(view);
}

function trade(trade_no: number): Uint8Array {
  const view = blank(abi.TRADE_FRAME_SIZE);
  const empty = abi.decodeTradeFrame(view);
  const frame_kind = abi.FrameKind.Trade;
  abi.encodeTradeFrame(view, 0, { ...empty, ...prefix, frame_kind, trade_no, price: 100, qty: 5 });
  return wire(view);
}

function book(): Uint8Array {
  const view = blank(abi.BOOK_FRAME_SIZE + 3 * abi.VIEW_LEVEL_SIZE);
  const head = { ...prefix, frame_kind: abi.FrameKind.Book, ts_run_ns: 5, tick_size: 100 };
  abi.encodeBookFrame(view, 0, { ...head, bid_count: 1, ask_count: 2 });
  for (let i = 0; i < 3; i++) {
    const level = { price: 1000 + i, qty: 10 * i, injected_qty: i, orders: 2, reserved: 0 };
    abi.encodeViewLevel(view, abi.BOOK_FRAME_SIZE + i * abi.VIEW_LEVEL_SIZE, level);
  }
  return wire(view);
}

const joined = (...parts: Uint8Array[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((p) => [...p]));

describe('a batch', () => {
  it('keeps one symbol: the asked one, or that of the first tick', () => {
    const other = { symbol: 'MSFT', instrument_id: 2 };
    for (const asked of ['AAPL', '']) {
      const writer = new BatchWriter(asked);
      writer.push(joined(trade(1), tick(1e9), tick(2e9, other), trade(2), book()));
      const batch = writer.take();
      const trades = asked === '' ? 1 : 2;
      expect([writer.symbol, batch.tick_count, batch.trade_count]).toEqual(['AAPL', 1, trades]);
      expect(batch.book?.symbol).toBe('AAPL');
    }
  });

  it('gathers many frames of one or several messages', () => {
    const writer = new BatchWriter('AAPL');
    for (let i = 1; i <= 40; i++) writer.push(joined(tick(i * 2e7), trade(i)));
    writer.push(book());
    const batch = writer.take();
    expect([batch.frames, batch.tick_count, batch.trade_count]).toEqual([81, 40, 40]);
    expect(batch.tick_rows[39 * WIDTH + COLUMN.t_s]).toBeCloseTo(0.8);
    expect(batch.trade_rows[39 * TRADE_WIDTH + 3]).toBe(40);
    expect(batch.book).toMatchObject({ bids: 1, asks: 2, tick_size: 100, symbol: 'AAPL' });
    expect(Array.from(batch.book?.levels ?? [])).toEqual([
      1000, 0, 0, 2, 1001, 10, 1, 2, 1002, 20, 2, 2,
    ]);
    expect(writer.isEmpty).toBe(true);
  });

  it('turns nulls of the schema into holes and units into display units', () => {
    const writer = new BatchWriter('AAPL');
    writer.push(
      tick(1e9, { mid_x2: 2_000_100, spread: 200, tick_size: 100, imbalance_ppm: -250_000 }),
    );
    writer.push(
      tick(2e9, { spread: 0xffffffff, vpin_ppm: 0xffffffff, imbalance_ppm: -0x80000000 }),
    );
    const rows = writer.take().tick_rows;
    const at = (row: number, name: keyof typeof COLUMN) => rows[row * WIDTH + COLUMN[name]];
    expect(at(0, 'mid')).toBeCloseTo(100.005);
    expect(at(0, 'spread_ticks')).toBe(2);
    expect(at(0, 'imbalance')).toBe(-0.25);
    for (const name of ['mid', 'spread_ticks', 'vpin', 'imbalance'] as const) {
      expect(at(1, name)).toBeNaN();
    }
  });

  const header = (abi_hash: bigint): Uint8Array => {
    const view = blank(abi.HEADER_FRAME_SIZE);
    const empty = abi.decodeHeaderFrame(view);
    const frame_kind = abi.FrameKind.Header;
    abi.encodeHeaderFrame(view, 0, { ...empty, ...prefix, frame_kind, abi_hash });
    return wire(view);
  };
  const version2 = tick(1);
  version2[4] = 2;
  const unknown = wire(blank(abi.FRAME_PREFIX_SIZE));
  const cut = abi.wireFrame(new Uint8Array(tick(1).subarray(6, 100)));
  const wrong: [string, Uint8Array, string][] = [
    ['another schema', header(1n), 'FRAME_ABI'],
    ['another wire version', version2, 'WIRE_VERSION'],
    ['an unknown kind', unknown, 'FRAME_KIND'],
    ['a frame cut off inside', cut, 'FRAME_TORN'],
  ];
  it.each(wrong)('refuses %s', (_what, bytes, code) => {
    const attempt = () => new BatchWriter('AAPL').push(bytes);
    expect(attempt).toThrow(expect.objectContaining({ code }));
  });

  it('accepts the header of its own schema', () => {
    const writer = new BatchWriter('AAPL');
    writer.push(header(abi.ABI_HASH));
    expect(writer.take().header?.symbol).toBe('AAPL');
  });
});
