import { expect, it } from 'vitest';
import { recordedRows } from './recorded-rows.ts';
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
