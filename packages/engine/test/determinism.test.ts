import type { TickFrame } from '@wavetank/abi';
import { expect, test } from 'vitest';
import type { Speed } from '../src/pacer.ts';
import { engine, probe } from './harness.ts';

const SECONDS = 6;
const SECOND_NS = 1_000_000_000;

type Row = [number, number, bigint, string];
const row = (t: TickFrame): Row => [
  t.ts_run_ns,
  t.seq,
  t.run_digest,
  Buffer.from(t.market_digest).toString('hex'),
];

/** Record ticks of a run at a speed with some clients, the last of them late where there is none. */
async function rows(speed: Speed, clients: number): Promise<Row[]> {
  const started = await engine({ speed, source: { kind: 'synthetic', seed: '5', instruments: 2 } });
  const first = started.engine.timeline?.session.nowNs() ?? 0;
  const until = first + SECONDS * SECOND_NS;
  const probes = [];
  for (let i = 0; i < clients; i++) probes.push(await probe(started));
  started.engine.loop.play(true);
  if (clients === 0) {
    await expect
      .poll(() => started.engine.timeline?.session.nowNs(), { timeout: 30_000, interval: 5 })
      .toBeGreaterThan(first + SECOND_NS);
    probes.push(await probe(started));
  }
  for (const each of probes) await each.reaches(until);
  const seen = probes.map((p) => p.record.filter((t) => t.ts_run_ns <= until).map(row));
  for (const each of seen) expect(each).toEqual(seen[0]);
  started.engine.loop.play(false);
  return seen[0] ?? [];
}

test('the same seed gives the same ticks at any speed, with any number of clients', async () => {
  const expected = await rows('max', 1);
  expect(expected.length).toBe(2 * SECONDS);
  expect(await rows('max', 5)).toEqual(expected);
  expect(await rows(20, 1)).toEqual(expected);
  expect(await rows(20, 5)).toEqual(expected);
});

test('nobody listening changes nothing', async () => {
  const expected = await rows(20, 1);
  const late = await rows(20, 0);
  expect(late.length).toBeGreaterThan(0);
  expect(expected.slice(-late.length)).toEqual(late);
});
