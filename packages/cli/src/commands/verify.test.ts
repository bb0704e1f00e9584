// A run recorded by the real bridge and engine is verified, whatever the speed, the viewers and the
// storm before it; one changed byte anywhere in its folder is named.
import { cpSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { startBridge } from '@wavetank/bridge';
import { runAt, type VerifyReport, verifyRun } from '@wavetank/engine';
import { readRunFile } from '@wavetank/recorder';
import { describe, expect, it } from 'vitest';
import { recorded } from '../../test/recorded.ts';
import { JUDGE_ENTRY } from '../paths.ts';
import { reportLines, verifyExit } from './verify.ts';

const states = (report: VerifyReport) =>
  [report.integrity, report.replay, report.regenerate].map((part) => part.state);

const digests = (dir: string) =>
  [...readFileSync(join(dir, 'ticks.jsonl'), 'utf8').matchAll(/"run_digest":"(\w+)"/g)].map(
    ([, digest]) => digest,
  );

/** A copy of the run with one byte of a file changed. */
function flipped(dir: string, file: string, at: (bytes: Buffer) => number): string {
  const copy = join(mkdtempSync(join(tmpdir(), 'wavetank-flip-')), 'run');
  cpSync(dir, copy, { recursive: true });
  const bytes = readFileSync(join(copy, file));
  const place = at(bytes);
  bytes[place] = (bytes[place] ?? 0) ^ 1;
  writeFileSync(join(copy, file), bytes);
  return copy;
}

/** The last digit of the n-th number under a key. */
const digitOf = (key: string, nth: number) => (bytes: Buffer) => {
  const text = bytes.toString('latin1');
  const found = [...text.matchAll(new RegExp(`"${key}":\\d+`, 'g'))][nth];
  if (found === undefined) throw new Error(`no ${key}`);
  return found.index + found[0].length - 1;
};

const where = (report: VerifyReport): string[] =>
  [report.integrity, report.replay, report.regenerate].flatMap((part) =>
    part.faults.map((fault) => fault.where),
  );

describe('wavetank verify', async () => {
  const fast = await recorded({ speed: 'max', viewers: 0 });

  it('verifies a run with two storms', async () => {
    const report = await verifyRun(fast);
    expect(reportLines(report).at(-1)).toContain('verified (run complete, class D0)');
    expect([states(report), verifyExit(report)]).toEqual([['ok', 'ok', 'ok'], 0]);
  });

  it('gives the same digests at another speed with viewers', async () => {
    const slow = await recorded({ speed: '50', viewers: 2 });
    expect(digests(slow)).toEqual(digests(fast));
    expect(states(await verifyRun(slow))).toEqual(['ok', 'ok', 'ok']);
  });

  it('verifies a run that starts while a storm blows', async () => {
    const report = await verifyRun(await recorded({ speed: 'max', viewers: 0, before: true }));
    expect(reportLines(report).join('\n')).toContain('2 storms run again');
    expect(states(report)).toEqual(['ok', 'ok', 'ok']);
  });

  it('stands at each recorded tick where it stood, by sequence and by time', async () => {
    const text = readFileSync(join(fast, 'ticks.jsonl'), 'utf8').trimEnd();
    for (const tick of text.split('\n').map((line) => JSON.parse(line))) {
      const { seq, ts_run_ns, run_digest, market_digest } = tick;
      const expected = { seq, run_digest, market_digest };
      expect(await runAt(fast, { seq })).toMatchObject(expected);
      expect(await runAt(fast, { at_ns: ts_run_ns })).toMatchObject(expected);
    }
    await expect(runAt(fast, { seq: 1 })).rejects.toThrow('the run goes from');
  });

  it('verifies a run that starts where a seek landed', async () => {
    const dir = await recorded({ speed: 'max', viewers: 1, seek: 34_260_500 });
    const report = await verifyRun(dir);
    expect(states(report)).toEqual(['ok', 'ok', 'ok']);
    expect((await readRunFile(dir))?.started_ts_ns).toBe(34_260_500_000_000);
  });

  it('verifies a run that was steered while time ran', async () => {
    const report = await verifyRun(await recorded({ speed: '20', viewers: 1, live: true }));
    expect([states(report), reportLines(report).at(-1)]).toEqual([
      ['ok', 'ok', 'ok'],
      expect.stringContaining('verified'),
    ]);
  });

  it('names the line whose number was changed', async () => {
    const ticks = await verifyRun(flipped(fast, 'ticks.jsonl', digitOf('bid_depth', 3)));
    expect([states(ticks), verifyExit(ticks)]).toEqual([['failed', 'failed', 'failed'], 6]);
    expect(where(ticks)).toEqual(['ticks.jsonl', 'ticks.jsonl:4', 'ticks.jsonl:4']);
    expect(ticks.replay.faults[0]).toMatchObject({ what: 'bid_depth', differs: true });
    const events = await verifyRun(flipped(fast, 'events.jsonl', digitOf('duration_ms', 0)));
    expect(states(events)).toEqual(['failed', 'ok', 'failed']);
    expect(where(events)).toEqual(['events.jsonl', 'events.jsonl:2']);
    const wall = (bytes: Buffer) => bytes.lastIndexOf('Z"}}') - 1;
    const walls = await verifyRun(flipped(fast, 'events.jsonl', wall));
    expect([states(walls), where(walls)]).toEqual([['failed', 'ok', 'ok'], ['events.jsonl']]);
  });

  it('names run.yaml and the digest in it', async () => {
    const digest = (bytes: Buffer) => bytes.indexOf('market_digest: ') + 20;
    const report = await verifyRun(flipped(fast, 'run.yaml', digest));
    expect([...new Set(where(report))]).toEqual(['run.yaml']);
    expect(report.replay.faults[0]?.what).toBe('market_digest at the end');
    const key = await verifyRun(flipped(fast, 'run.yaml', () => 0));
    expect([where(key), verifyExit(key)]).toEqual([['run.yaml'], 6]);
  });

  it('names the segment and the place in the log', async () => {
    const [segment] = readdirSync(join(fast, 'log'));
    const file = join('log', segment ?? '');
    const length = readFileSync(join(fast, file)).length;
    for (const at of [3, 70, Math.floor(length / 2), length - 9]) {
      const report = await verifyRun(flipped(fast, file, () => at));
      expect(report.integrity.faults[0]).toMatchObject({ where: 'log/00000000.wlog' });
      expect(report.integrity.faults[0]?.what).toContain('00000000.wlog');
      expect(report.verified).toBe(false);
    }
  });

  it('is judged by a bridge in a process of its own', async () => {
    const bridge = await startBridge({
      engine: { join: { host: '127.0.0.1', port: 1 } },
      judge: JUDGE_ENTRY,
      runsDir: dirname(fast),
      port: 0,
      log_level: 'silent',
      default_target: 'http://127.0.0.1:1',
    });
    const url = `/run/${basename(fast)}/verify`;
    const begun = await bridge.app.inject({ method: 'POST', url });
    expect(begun.json()).toMatchObject({ state: 'running', report: null });
    const now = async () => (await bridge.app.inject(url)).json();
    await expect.poll(async () => (await now()).state, { timeout: 60_000 }).toBe('done');
    expect(states((await now()).report)).toEqual(['ok', 'ok', 'ok']);
    await bridge.close();
  });

  it('says so when it is asked for no run', async () => {
    await expect(verifyRun(join(tmpdir(), 'no-such-run'))).rejects.toThrow('no such folder');
  });
});
