import { describe, expect, it } from 'vitest';
import type { BookRows } from '../stream/frames.ts';
import { type Cell, HEAT_COLUMNS, Heat, HeatRing } from './heat.ts';

const book = (t_s: number, qty = 100, injected = 0): BookRows => ({
  bids: 1,
  asks: 1,
  tick_size: 100,
  ts_run_ns: t_s * 1e9,
  symbol: 'AAPL',
  levels: Float64Array.from([9900, qty, injected, 1, 10_000, qty * 2, 0, 3]),
});

const cell: Cell = { price: 0, qty: 0, injected_qty: 0, orders: 0, isBid: false };
const column = (ring: HeatRing, number: number): Cell[] =>
  Array.from({ length: ring.count(number) }, (_, at) => ({ ...ring.read(number, at, cell) }));

describe('resting size over time and price', () => {
  it('keeps price, size, side and the injected part of each level', () => {
    const ring = new HeatRing(1);
    ring.push(book(5, 100, 40), false);
    expect(column(ring, 5)).toEqual([
      { price: 9900, qty: 100, injected_qty: 40, orders: 1, isBid: true },
      { price: 10_000, qty: 200, injected_qty: 0, orders: 3, isBid: false },
    ]);
    expect(ring.most).toBe(200);
  });

  it('keeps the newest book of a column', () => {
    const ring = new HeatRing(1);
    ring.push(book(5.1, 100), false);
    ring.push(book(5.9, 300), false);
    expect(column(ring, 5)[0]?.qty).toBe(300);
  });

  it('lets a book stand until the next one, unless nothing was seen between', () => {
    const ring = new HeatRing(1);
    ring.push(book(5, 100), false);
    ring.push(book(8, 300), false);
    expect([6, 7, 8].map((n) => column(ring, n)[0]?.qty)).toEqual([100, 100, 300]);
    ring.push(book(11), true);
    expect([9, 10].map((n) => ring.count(n))).toEqual([0, 0]);
    ring.push(book(200), false);
    expect(ring.count(150)).toBe(0);
  });

  it('forgets what is older than its columns, and never grows', () => {
    const ring = new HeatRing(1);
    for (let t = 0; t < 3 * HEAT_COLUMNS; t++) ring.push(book(t), false);
    const last = 3 * HEAT_COLUMNS - 1;
    expect(ring.count(last - HEAT_COLUMNS)).toBe(0);
    expect(ring.count(last - HEAT_COLUMNS + 1)).toBe(2);
  });

  it('finds what rests at a price and an instant', () => {
    const ring = new HeatRing(1);
    ring.push(book(5, 100, 40), false);
    expect(ring.find(5.4, 9930, 100, cell)).toBe(true);
    expect([cell.price, cell.qty]).toEqual([9900, 100]);
    expect(ring.find(5.4, 9700, 100, cell)).toBe(false);
    expect(ring.find(7, 9900, 100, cell)).toBe(false);
  });

  it('gives the book of an instant back as it came', () => {
    const heat = new Heat();
    const pushed = book(36_000, 300, 20);
    heat.push(pushed);
    heat.push(book(36_001));
    const found = heat.bookAt(60, 36_000, book(36_001));
    expect(found?.levels).toEqual(pushed.levels);
    expect([found?.bids, found?.asks]).toEqual([1, 1]);
    expect(heat.bookAt(60, 35_000, pushed)).toBeNull();
  });

  it('covers each window of the charts', () => {
    const heat = new Heat();
    heat.push(book(36_000));
    for (const window of [60, 300, 1800, 7200] as const) {
      const ring = heat.ring(window);
      expect(ring.step_s * HEAT_COLUMNS).toBeGreaterThan(window);
      expect(ring.count(ring.newest)).toBe(2);
    }
  });
});
