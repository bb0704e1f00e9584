// Two runs of one market are the same up to the storm that one of them has more, to the sequence; and
// what a run holds comes back from the tables it is exported to.
import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compareRuns } from '@wavetank/engine';
import { readRunFile } from '@wavetank/recorder';
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import { recorded } from '../../test/recorded.ts';
import { exportRun, missingIn } from '../export/export-run.ts';
import { comparisonLines } from './diff.ts';

const text = async (a: string, b: string) => comparisonLines(await compareRuns(a, b)).join('\n');

describe('wavetank diff', async () => {
  const one = await recorded({ speed: 'max', viewers: 0 });

  it('finds two recordings of one market the same, at any speed', async () => {
    const other = await recorded({ speed: '50', viewers: 1 });
    const comparison = await compareRuns(one, other);
    expect(comparison).toMatchObject({ same: true, divergence: null, ticks: { first: null } });
    expect(comparison.config).toEqual([{ key: 'speed', a: 'max', b: 50 }]);
    expect(comparison.outcome).toEqual([]);
  });

  it('names the first event in which a stronger storm is another', async () => {
    const other = await recorded({ speed: 'max', viewers: 0, severity: 0.5 });
    const comparison = await compareRuns(one, other);
    expect([comparison.same, comparison.same_source]).toEqual([false, true]);
    expect(comparison.config).toContainEqual({ key: 'storm.1.severity', a: 0.8, b: 0.5 });
    const { divergence, note } = comparison;
    const words = /^(source|storm 1 \(\w+\): \w+ \w+ \d+ at \d+, order \d+ of instrument 1)$/;
    expect([divergence?.a, divergence?.b]).toEqual([
      expect.stringMatching(words),
      expect.stringMatching(words),
    ]);
    expect(note).toBe(`the same up to ${(divergence?.seq ?? 0) - 1}`);
    expect(await text(one, other)).toContain(`market     parts at seq ${divergence?.seq}`);
  });

  it('says that a storm before the runs has parted them', async () => {
    const other = await recorded({ speed: 'max', viewers: 0, before: true });
    const comparison = await compareRuns(one, other);
    expect(comparison.same).toBe(false);
    expect(comparison.note).toContain('before sequence');
  });

  it('does not take a damaged log for the whole run', async () => {
    const torn = join(mkdtempSync(join(tmpdir(), 'wavetank-torn-')), 'run');
    cpSync(one, torn, { recursive: true });
    const log = join(torn, 'log', '00000000.wlog');
    truncateSync(log, statSync(log).size >> 1);
    const comparison = await compareRuns(one, torn);
    expect(comparison).toMatchObject({ same: false, divergence: null, logs: { a: null } });
    expect(await text(one, torn)).toMatch(/^log {8}of .*: torn at byte \d+ of 00000000.wlog$/m);
    expect(missingIn(one)).toEqual([]);
    expect(missingIn(torn)).toEqual([expect.stringMatching(/^log: torn at .* up to sequence \d+/)]);
    rmSync(join(torn, 'log'), { recursive: true });
    expect(missingIn(torn)).toEqual(['log: not in the folder']);
    expect((await compareRuns(one, torn)).logs.b).toBe('the folder holds no log');
  });

  it('says so of two sources', async () => {
    const other = await recorded({ speed: 'max', viewers: 0, seed: '8' });
    const comparison = await compareRuns(one, other);
    expect([comparison.same, comparison.divergence]).toEqual([false, null]);
    expect(comparison.config.map(({ key }) => key)).toContain('source.digest');
    expect(comparison.note).toContain('two sources');
  });
});

describe('wavetank run export', async () => {
  const dir = await recorded({ speed: 'max', viewers: 0 });
  const out = mkdtempSync(join(tmpdir(), 'wavetank-export-'));
  const run = await readRunFile(dir);
  const lines = (file: string) =>
    readFileSync(join(dir, file), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  const read = async (name: string) =>
    parquetReadObjects({ file: await asyncBufferFromFile(join(out, `${name}.parquet`)) });

  it('writes Parquet that another reader reads back', async () => {
    const rows = (await exportRun(dir, out, 'parquet')).map((each) => each.rows);
    const [events, ticks, flags, storms] = await Promise.all(
      ['events', 'ticks', 'flags', 'storms'].map(read),
    );
    expect([events, ticks, flags, storms].map((table) => table?.length)).toEqual(rows);
    expect(ticks?.map((row) => [Number(row.seq), row.mid, row.regime])).toEqual(
      lines('ticks.jsonl').map((line) => [line.seq, line.mid, line.regime]),
    );
    expect(storms?.map((row) => [row.kind, row.seed, Number(row.end_seq)])).toEqual(
      run?.storms_fired.map((storm) => [storm.kind, storm.seed, storm.end_seq]),
    );
    expect(flags?.length).toBe(lines('events.jsonl').filter((l) => l.type === 'chaos_flag').length);
    const own = events?.find((row) => row.role === 'own');
    expect(own).toMatchObject({ channel: 'storm', type: 'add', status: 'applied' });
    expect((own?.order_id as bigint) >> 63n).toBe(1n);
    const file = await asyncBufferFromFile(join(out, 'ticks.parquet'));
    const { key_value_metadata } = await parquetMetadataAsync(file);
    const units = key_value_metadata?.find(({ key }) => key === 'wavetank.units')?.value ?? '{}';
    expect(JSON.parse(units)).toMatchObject({ mid: '1/10000 dollar' });
  });

  it('writes the same rows as CSV', async () => {
    const files = await exportRun(dir, out, 'csv');
    for (const { file, rows } of files) {
      expect(readFileSync(file, 'utf8').trimEnd().split('\r\n').length).toBe(rows + 1);
    }
  });
});
