import { parquetReadObjects } from 'hyparquet';
import { expect, it } from 'vitest';
import { csvOf, parquetOf } from './downloads.ts';
import { recordedRun } from './recorded-run.ts';

const run = recordedRun(
  'r',
  [
    { ts_run_ns: 34_200e9, symbol: 'AAPL', mid: 5_853_450, vpin: null, bid_depth: 1200 },
    { ts_run_ns: 34_201e9, symbol: 'AAPL', mid: null, vpin: 0.25, bid_depth: 0 },
  ],
  [],
);

it('writes one row a tick as CSV, empty where nothing was measured', () => {
  const [head, first, second] = csvOf(run).split('\n');
  expect(head?.startsWith('t_s,mid,twin_mid,')).toBe(true);
  expect(first?.startsWith('34200,585.345,,')).toBe(true);
  expect(second?.startsWith('34201,,,')).toBe(true);
});

it('writes the same rows as Parquet, read back by another library', async () => {
  const rows = await parquetReadObjects({ file: await parquetOf(run) });
  expect(rows).toHaveLength(2);
  expect(rows[0]).toMatchObject({ t_s: 34_200, bid_depth: 1200 });
  expect(rows[0]?.mid).toBeCloseTo(585.345, 9);
  expect(rows[1]).toMatchObject({ t_s: 34_201, vpin: 0.25 });
  expect(rows[1]?.mid ?? null).toBeNull();
});
