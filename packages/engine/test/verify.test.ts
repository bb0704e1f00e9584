// What verify says of folders that are damaged, foreign, cut or beyond repeating.
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readLog } from '@wavetank/native';
import { describe, expect, it } from 'vitest';
import { type VerifyReport, verifyRun } from '../src/index.ts';
import { checkIntegrity } from '../src/verify/integrity.ts';
import { recordedRun } from './recorded-run.ts';

const SAMPLE = fileURLToPath(new URL('../../../data/samples/synthetic-4.itch50', import.meta.url));
const source = { kind: 'synthetic', seed: '5', instruments: 1 } as const;
const states = (report: VerifyReport) =>
  [report.integrity, report.replay, report.regenerate].map((part) => part.state);

function copyOf(dir: string): string {
  const copy = join(mkdtempSync(join(tmpdir(), 'wavetank-copy-')), 'run');
  cpSync(dir, copy, { recursive: true });
  return copy;
}

/** Files that integrity names after one byte was changed. */
async function named(dir: string, file: string, at: number): Promise<string[]> {
  const path = join(dir, file);
  const bytes = readFileSync(path);
  const changed = Buffer.from(bytes);
  changed[at] = (changed[at] ?? 0) ^ 0x10;
  writeFileSync(path, changed);
  const part = await checkIntegrity(dir, readLog(join(dir, 'log')));
  writeFileSync(path, bytes);
  expect(part.faults.every((fault) => fault.differs)).toBe(true);
  return part.faults.map((fault) => fault.where);
}

describe('one byte changed', async () => {
  const dir = copyOf(await recordedRun({ source, before_s: 2, run_s: 3 }));
  for (const file of ['run.yaml', 'events.jsonl', 'ticks.jsonl', 'log/00000000.wlog']) {
    it(`names ${file}, wherever the byte is`, async () => {
      const { length } = readFileSync(join(dir, file));
      const step = Math.max(1, Math.floor(length / 97));
      for (let at = length - 1; at >= 0; at -= step) {
        const where = await named(dir, file, at);
        if (where[0] !== file) throw new Error(`byte ${at} of ${length}: ${where.join(', ')}`);
      }
    });
  }

  it('tells a damaged seal from a log that a death left open', async () => {
    const log = join(dir, 'log');
    const { length } = readFileSync(join(log, '00000000.wlog'));
    const damaged = copyOf(dir);
    truncateSync(join(damaged, 'log/00000000.wlog'), length - 1);
    const report = await verifyRun(damaged);
    expect(report.integrity.faults[0]).toMatchObject({ where: 'log/00000000.wlog', differs: true });
    expect(report.integrity.faults[0]?.what).toContain('the seal is damaged: torn at byte');
    expect([report.verified, report.differs]).toEqual([false, true]);
    const open = copyOf(dir);
    truncateSync(join(open, 'log/00000000.wlog'), readLog(join(damaged, 'log')).offset ?? 0);
    const left = await verifyRun(open);
    expect(left.integrity.faults[0]).toMatchObject({ where: 'log', differs: false });
    expect([states(left), left.verified]).toEqual([['failed', 'ok', 'ok'], false]);
  });
});

describe('runs that cannot be judged whole', () => {
  it('skips execution where the log ends before the run does', async () => {
    const dir = copyOf(await recordedRun({ source, before_s: 2, run_s: 2 }));
    const segment = join(dir, 'log/00000000.wlog');
    const stop = readFileSync(segment).indexOf('"method":"run.stop"');
    truncateSync(segment, stop);
    const report = await verifyRun(dir);
    expect(states(report)).toEqual(['failed', 'skipped', 'skipped']);
    expect(report.integrity.faults[0]).toMatchObject({
      where: 'log/00000000.wlog',
      differs: false,
    });
    expect(report.replay.note).toBe('the log does not tell where the run ends');
  });

  it('says that a log has no checkpoint', async () => {
    const dir = await recordedRun({ source, before_s: 2, run_s: 2, without_checkpoint: true });
    const report = await verifyRun(dir);
    expect(states(report)).toEqual(['ok', 'skipped', 'skipped']);
    expect(report.replay.note).toContain('no checkpoint');
    expect(report.verified).toBe(false);
  });
});

describe('a source', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'wavetank-source-')), 'day.itch50');
  cpSync(SAMPLE, path);
  const dir = await recordedRun({ source: { kind: 'itch', path }, before_s: 1, run_s: 3 });
  const moved = `${path}.moved`;
  renameSync(path, moved);

  it('that is not where it was is named, and then does', async () => {
    await expect(verifyRun(dir)).rejects.toThrow('name it with --source');
    await expect(verifyRun(dir, { source: '/no/such/file' })).rejects.toThrow('is not there');
    expect(states(await verifyRun(dir, { source: moved }))).toEqual(['ok', 'ok', 'ok']);
  });

  it('that is another is refused by its digest', async () => {
    const other = `${path}.other`;
    const bytes = readFileSync(moved);
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    writeFileSync(other, bytes);
    await expect(verifyRun(dir, { source: other })).rejects.toThrow("another file than the run's");
    await expect(verifyRun(dir, { source: join(dir, 'run.yaml') })).rejects.toThrow('another file');
  });
});

describe('a log of several segments', async () => {
  const busy = { ...source, events_per_s: 20_000 };
  const dir = await recordedRun({ source: busy, before_s: 1, run_s: 110, log_source: true });
  const segments = readdirSync(join(dir, 'log')).sort();
  const faultOf = async (change: (log: string) => void) => {
    const copy = copyOf(dir);
    change(join(copy, 'log'));
    const part = await checkIntegrity(copy, readLog(join(copy, 'log')));
    rmSync(copy, { recursive: true });
    return part.faults[0];
  };

  it('verifies', async () => {
    expect(segments).toEqual(['00000000.wlog', '00000001.wlog', '00000002.wlog']);
    expect(states(await verifyRun(dir))).toEqual(['ok', 'ok', 'ok']);
  });

  it('names the segment that is changed, missing or in another place', async () => {
    for (const segment of segments) {
      const changed = await faultOf((log) => {
        const bytes = readFileSync(join(log, segment));
        bytes[5000] = (bytes[5000] ?? 0) ^ 1;
        writeFileSync(join(log, segment), bytes);
      });
      expect(changed).toMatchObject({ where: `log/${segment}`, differs: true });
    }
    const missing = await faultOf((log) => rmSync(join(log, '00000001.wlog')));
    expect(missing).toMatchObject({ where: 'log/00000001.wlog', differs: true });
    const swapped = await faultOf((log) => {
      renameSync(join(log, '00000000.wlog'), join(log, 'held'));
      renameSync(join(log, '00000001.wlog'), join(log, '00000000.wlog'));
      renameSync(join(log, 'held'), join(log, '00000001.wlog'));
    });
    expect(swapped).toMatchObject({ where: 'log/00000000.wlog', differs: true });
  });
});
