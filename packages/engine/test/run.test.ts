import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NativeError } from '@wavetank/native';
import { createRunFolder, RunWriter, readRunFile } from '@wavetank/recorder';
import { expect, test } from 'vitest';
import { type RunningEngine, verifyRun } from '../src/index.ts';
import { engine, fixture, probe } from './harness.ts';
import { opening } from './run-opening.ts';

const folder = () => mkdtempSync(join(tmpdir(), 'wavetank-run-'));

test('a run is recorded around a storm, stopped and sealed', async () => {
  const client = await probe(await engine());
  await client.must('replay.step', { unit: 'second', count: 2 });
  const dir = folder();
  const begun = await client.must('run.start', { run_id: 'r1', dir });
  expect(begun).toMatchObject({ run_id: 'r1', symbols: ['SYN001'], class: 'D0' });
  expect((await client.ask('run.start', { run_id: 'r2', dir: folder() })).error?.code).toBe(
    'RUN_ACTIVE',
  );
  const refused = await client.ask('replay.open', { synthetic: { seed: '1' } });
  expect(refused.error?.code).toBe('RUN_ACTIVE');
  await client.must('storm.start', { kind: 'FlashCrash', severity: 0.6, duration_ms: 5000 });
  await client.must('replay.step', { unit: 'second', count: 6 });
  const end = await client.must('run.stop', { cause: 'request' });
  expect(end.end_seq).toBeGreaterThan(begun.start_seq);
  expect(end.storms).toMatchObject([{ id: 1, kind: 'FlashCrash', cause: 'expired' }]);
  expect(end.storm_code.FlashCrash).toMatch(/^[0-9a-f]{16}$/);
  expect(end.run_digest).toBe((await client.must('status')).run_digest);
  expect(await client.must('run.seal', { digests: {} })).toEqual({ run_id: 'r1', sealed: true });
  expect(readdirSync(join(dir, 'log')).some((f) => f.includes('.wlog'))).toBe(true);
});

test('recording changes nothing', async () => {
  const digest = async (record: boolean) => {
    const client = await probe(await engine());
    await client.must('replay.step', { unit: 'second', count: 2 });
    if (record) await client.must('run.start', { run_id: 'r', dir: folder(), log_source: true });
    await client.must('replay.step', { unit: 'second', count: 3 });
    return (await client.must('status')).run_digest;
  };
  expect(await digest(true)).toBe(await digest(false));
});

test('a run whose owner leaves is closed as aborted, and sealed', async () => {
  const started = await engine();
  const owner = await probe(started);
  const other = await probe(started);
  await owner.must('replay.step', { unit: 'second', count: 2 });
  const { run_id, dir } = await createRunFolder(folder(), Date.now());
  const lines = await RunWriter.prepare(dir);
  const begun = await owner.must('run.start', { run_id, dir });
  const writer = RunWriter.start(dir, lines, opening(begun), Date.now);
  await writer.announce();
  await writer.flush();
  for (const line of lines) await line.close();
  await owner.must('replay.step', { unit: 'second', count: 3 });
  await owner.close();
  await expect.poll(async () => (await other.must('status')).run).toBe(null);
  const run = await readRunFile(dir);
  expect(run).toMatchObject({ status: 'aborted', stop_cause: 'bridge_death', duration_s: 3 });
  expect(run?.run_digest).toBe((await other.must('status')).run_digest);
  expect(started.engine.recording.open).toBe(false);
  const report = await verifyRun(dir);
  expect([report.status, report.verified]).toEqual(['aborted', true]);
});

test('the end of the source ends the run', async () => {
  const path = fixture('aapl-2012-06-21/feed.itch50');
  if (path === undefined) return;
  const client = await probe(await engine({ source: { kind: 'itch', path } }));
  await client.must('run.start', { run_id: 'r1', dir: folder() });
  await client.must('replay.play');
  const closed = await client.notice('run_closed');
  expect(closed).toMatchObject({ run_id: 'r1', cause: 'source_end' });
  expect(await client.must('run.seal', { digests: {} })).toMatchObject({ sealed: true });
});

/** From now on one native control of this engine fails; the returned function ends that. */
function failing(started: RunningEngine, name: string): () => void {
  const { session } = started.engine.need();
  const control = session.control.bind(session);
  session.control = <Answer>(method: string, params?: object): Answer => {
    if (method === name) throw new NativeError('LOG_FAILED', 'the disk is full');
    return control<Answer>(method, params);
  };
  return () => {
    session.control = control;
  };
}

test('a run whose first checkpoint cannot be written is taken back whole', async () => {
  const started = await engine();
  const client = await probe(started);
  await client.must('replay.step', { unit: 'second', count: 2 });
  const mend = failing(started, 'run.checkpoint');
  const refused = await client.ask('run.start', { run_id: 'r1', dir: folder() });
  expect(refused.error?.code).toBe('LOG_FAILED');
  mend();
  expect((await client.must('status')).run).toBe(null);
  await client.must('run.start', { run_id: 'r2', dir: folder() });
});

test('a checkpoint that cannot be written ends the run, and neither engine nor market', async () => {
  const started = await engine();
  const client = await probe(started);
  await client.must('replay.step', { unit: 'second', count: 2 });
  await client.must('run.start', { run_id: 'r1', dir: folder() });
  failing(started, 'run.checkpoint');
  // Wall time decides when the next one is due.
  while (!client.notices.some(({ notice }) => notice === 'engine_failed')) {
    await client.must('replay.step', { unit: 'second', count: 10 });
  }
  const failed = await client.notice('engine_failed');
  expect(failed.error).toMatchObject({ code: 'LOG_FAILED' });
  await expect.poll(async () => (await client.must('status')).run).toBe(null);
  const { ts_run_ns } = await client.must('status');
  const after = await client.must('replay.step', { unit: 'second', count: 1 });
  expect(after.ts_run_ns).toBeGreaterThan(ts_run_ns);
  await client.must('replay.open', { synthetic: { seed: '1' } });
});

test('a run whose log cannot be written holds no other source back', async () => {
  const started = await engine();
  const client = await probe(started);
  await client.must('replay.step', { unit: 'second', count: 2 });
  await client.must('run.start', { run_id: 'r1', dir: folder() });
  await client.must('storm.start', { kind: 'FlashCrash', severity: 0.6, duration_ms: 5000 });
  failing(started, 'run.note');
  failing(started, 'run.stop');
  expect((await client.ask('run.stop')).error?.code).toBe('LOG_FAILED');
  await client.must('replay.open', { synthetic: { seed: '1' } });
  await client.must('run.start', { run_id: 'r2', dir: folder() });
});
