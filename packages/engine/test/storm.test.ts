import { StormCause, StormPhase, type TickFrame } from '@wavetank/abi';
import { expect, test } from 'vitest';
import { engine, probe } from './harness.ts';
import type { WireProbe } from './wire-probe.ts';

const SECOND_NS = 1_000_000_000;
const crash = { kind: 'FlashCrash', severity: 0.8, duration_ms: 5000, seed: '7' };

/** Three seconds of calm, then the crash. */
async function stormed(speed: number | 'max'): Promise<WireProbe> {
  const started = await engine({ speed });
  const client = await probe(started);
  await client.must('replay.step', { unit: 'second', count: 3 });
  const answer = await client.must('storm.start', { ...crash, who: 'test' });
  expect(answer).toMatchObject({ mode: 'storm', id: 1, seed: '7', kind: 'FlashCrash' });
  expect(answer.expires_at_ms - answer.started_at_ms).toBe(5000);
  await client.must('replay.play');
  await client.until((p) => p.storms.find((s) => s.phase === StormPhase.Closed));
  await client.reaches((answer.started_at_ms + 15_000) * 1e6);
  await client.must('replay.pause');
  return client;
}

const key = (t: TickFrame) => [t.ts_run_ns, t.seq, t.run_digest] as const;

test('a crash moves the market, ends by itself, and leaves the source behind', async () => {
  const client = await stormed('max');
  const lowest = Math.min(...client.ticks.map((t) => t.mid_x2 - t.twin_mid_x2));
  expect(lowest).toBeLessThan(-10_000);
  const phases = client.storms.map((s) => s.phase);
  expect(phases[0]).toBe(StormPhase.Running);
  expect(phases).toContain(StormPhase.Returning);
  const last = client.storms.at(-1);
  expect([last?.phase, last?.cause]).toEqual([StormPhase.Closed, StormCause.Expired]);
  expect(last?.end_seq).toBeGreaterThan(last?.start_seq ?? 0);
  const status = await client.must('status');
  expect(status.market_digest).toBe(status.twin_digest);
  expect(await client.must('storm.status')).toEqual({ mode: 'idle', storms: [] });
  const ended = await client.notice('storm_ended');
  expect(ended).toMatchObject({ id: 1, cause: 'expired', end_seq: last?.end_seq });
});

test('the same storm at another speed gives the same ticks', async () => {
  const fast = await stormed('max');
  const paced = await stormed(40);
  const until = Math.min(fast.record.at(-1)?.ts_run_ns ?? 0, paced.record.at(-1)?.ts_run_ns ?? 0);
  const rows = (p: WireProbe) => p.record.filter((t) => t.ts_run_ns <= until).map(key);
  expect(rows(paced)).toEqual(rows(fast));
});

test('stopping all while time stands ends them at once', async () => {
  const client = await probe(await engine());
  await client.must('replay.step', { unit: 'second', count: 3 });
  await client.must('storm.start', crash);
  await client.must('replay.step', { unit: 'second', count: 2 });
  const before = await client.must('status');
  const { stopped, mode } = await client.must('storm.stop');
  expect(stopped).toMatchObject([{ id: 1, cause: 'stopped', phase: 'returning' }]);
  expect(mode).toBe('returning');
  expect((await client.must('status')).ts_run_ns).toBe(before.ts_run_ns);
  const after = await client.must('replay.step', { unit: 'second', count: 20 });
  expect(after.ts_run_ns).toBe(before.ts_run_ns + 20 * SECOND_NS);
  const status = await client.must('status');
  expect([status.storms, status.market_digest]).toEqual([[], status.twin_digest]);
});

test('severity 0 is the identity', async () => {
  const digest = async (severity: number | undefined) => {
    const client = await probe(await engine());
    await client.must('replay.step', { unit: 'second', count: 2 });
    if (severity !== undefined) await client.must('storm.start', { ...crash, severity });
    await client.must('replay.step', { unit: 'second', count: 8 });
    return (await client.must('status')).run_digest;
  };
  expect(await digest(0)).toBe(await digest(undefined));
  expect(await digest(0.5)).not.toBe(await digest(undefined));
});
