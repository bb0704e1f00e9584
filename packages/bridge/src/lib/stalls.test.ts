// Stalls of the delivery: which message is held until when, and a link that keeps the order.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Frame } from './frame.ts';
import { StalledLink } from './stalled-link.ts';
import { Stalls } from './stalls.ts';

const ms = (value: number): number => value * 1_000_000;
const frame = (at_ms: number): Frame => ({ tsRunNs: ms(at_ms) }) as Frame;
const told = (id: number, symbol: string, ...stalls: [number, number][]) => ({
  id,
  symbol,
  stalls_ns: stalls.map(([from, to]) => [ms(from), ms(to)]),
});

describe('stalls', () => {
  const none = new Set<string>();

  it('hold what falls into them, for who follows the symbol', () => {
    const stalls = new Stalls();
    stalls.begin(told(1, 'AAPL', [100, 140], [500, 520]));
    expect(stalls.until(ms(99), none)).toBe(ms(99));
    expect(stalls.until(ms(100), none)).toBe(ms(140));
    expect(stalls.until(ms(139), new Set(['AAPL']))).toBe(ms(140));
    expect(stalls.until(ms(140), none)).toBe(ms(140));
    expect(stalls.until(ms(510), none)).toBe(ms(520));
    expect(stalls.until(ms(110), new Set(['MSFT']))).toBe(ms(110));
  });

  it('end with their storm, and with the timeline', () => {
    const stalls = new Stalls();
    stalls.begin(told(1, 'AAPL', [100, 140]));
    stalls.begin(told(2, 'MSFT', [100, 160]));
    expect(stalls.until(ms(110), none)).toBe(ms(160));
    stalls.end({ id: 2 });
    expect(stalls.until(ms(110), none)).toBe(ms(140));
    stalls.forget();
    expect(stalls.until(ms(110), none)).toBe(ms(110));
  });

  it.each([
    [{}],
    [{ id: 1, symbol: 'AAPL', stalls_ns: [] }],
    [{ id: 1, symbol: 'AAPL', stalls_ns: [['a', 'b'], [1], [1, 2, 3], null] }],
    [{ id: '1', symbol: 'AAPL', stalls_ns: [[0, 9]] }],
  ])('are not taken from %j', (body) => {
    const stalls = new Stalls();
    stalls.begin(body);
    expect(stalls.until(1, none)).toBe(1);
  });
});

describe('a stalled link', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function link(speed: number, stall: [number, number]) {
    const arrived: number[] = [];
    const until = (ts: number) => (ts >= ms(stall[0]) && ts < ms(stall[1]) ? ms(stall[1]) : ts);
    const deliver = (one: Frame) => void arrived.push(one.tsRunNs / 1e6);
    return { arrived, link: new StalledLink({ until, speed: () => speed, deliver }) };
  }

  it('delivers a stall whole, at its end and in order', () => {
    const { arrived, link: wire } = link(1, [100, 140]);
    for (const at of [90, 100, 120]) wire.push(frame(at));
    expect(arrived).toEqual([90]);
    vi.advanceTimersByTime(39);
    expect(arrived).toEqual([90]);
    vi.advanceTimersByTime(1);
    expect(arrived).toEqual([90, 100, 120]);
    wire.push(frame(140));
    expect(arrived).toEqual([90, 100, 120, 140]);
    expect(wire.stalled).toBe(2);
  });

  it('lets nothing overtake what it holds', () => {
    const { arrived, link: wire } = link(1, [100, 140]);
    wire.push(frame(139));
    wire.push(frame(141));
    expect(arrived).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(arrived).toEqual([139, 141]);
  });

  it('waits in virtual time', () => {
    const { arrived, link: wire } = link(2, [100, 140]);
    wire.push(frame(100));
    vi.advanceTimersByTime(20);
    expect(arrived).toEqual([100]);
  });

  it('holds no more than its bound', () => {
    const { arrived, link: wire } = link(1, [0, 1000]);
    for (let at = 0; at < 4097; at++) wire.push(frame(at / 10));
    expect(arrived.length).toBe(4097);
    expect(wire.cut).toBe(1);
  });

  it('delivers nothing once it is closed', () => {
    const { arrived, link: wire } = link(1, [100, 140]);
    wire.push(frame(100));
    wire.close();
    vi.advanceTimersByTime(100);
    expect(arrived).toEqual([]);
  });
});
