import { expect, it } from 'vitest';
import { recordedRows, recordedStorms } from './recorded-rows.ts';
import { COLUMN, WIDTH } from './series.ts';

it('turns recorded ticks of a symbol into rows', () => {
  const line = { ts_run_ns: 34_203e9, symbol: 'AAPL', mid: 999_950, spread: 300, vpin: null };
  const lines = [
    { ...line, regime: 'crisis' },
    { ...line, symbol: 'MSFT' },
  ];
  const rows = recordedRows(lines, 'AAPL', 100);
  expect(rows.length).toBe(WIDTH);
  expect(rows[COLUMN.t_s]).toBe(34_203);
  expect(rows[COLUMN.mid]).toBe(99.995);
  expect(rows[COLUMN.spread_ticks]).toBe(3);
  expect(rows[COLUMN.regime]).toBe(4);
  expect(rows[COLUMN.vpin]).toBeNaN();
  expect(rows[COLUMN.twin_spread_ticks]).toBeNaN();
});

it('knows the storms that were over', () => {
  const start = { type: 'storm_start', kind: 'FlashCrash', symbol: 'AAPL', severity: 0.8 };
  const stop = { type: 'storm_stop', cause: 'expired', taken_qty: 5 };
  const events = [
    { ...start, storm_id: 1, started_at_ms: 10_000, expires_at_ms: 15_000 },
    { ...stop, storm_id: 1, ts_run_ns: 18e9 },
    { ...start, storm_id: 2, started_at_ms: 30_000, expires_at_ms: 35_000 },
    { ...stop, storm_id: 2, ts_run_ns: 38e9 },
    { ...start, storm_id: 3, started_at_ms: 31_000, expires_at_ms: 60_000 },
  ];
  expect(recordedStorms(events, 37)).toMatchObject([
    { id: 1, started_s: 10, returning_s: 15, ended_s: 18, taken_qty: 5, cause: 'expired' },
  ]);
  expect(recordedStorms(events, 90).map(({ id }) => id)).toEqual([1, 2]);
});
