import { decodeTickFrame, FrameKind, FrameSplitter, payloadKind } from '@wavetank/abi';
import { expect, test } from 'vitest';
import { engine, fixture, probe } from './harness.ts';

const SECOND_NS = 1_000_000_000;
const crash = { kind: 'FlashCrash', severity: 0.8, duration_ms: 5000, seed: '7' };

/** Two dated storms while time runs at some speed, ten seconds from the source's start. */
async function played(speed: number | 'max', pausing: boolean) {
  const { engine: tank } = await engine({ speed });
  const start = tank.timeline?.session.nowNs() ?? 0;
  const at_ms = Math.ceil(start / 1e6) + 2345;
  const storms = [
    tank.request('storm.start', { ...crash, at_ms }),
    tank.request('storm.start', { ...crash, kind: 'PhantomLiquidity', at_ms: at_ms + 7 }),
  ];
  if (pausing) {
    await tank.loop.playTo(start + 2 * SECOND_NS);
    await tank.loop.runTo(start + 3 * SECOND_NS);
  }
  await tank.loop.playTo(start + 10 * SECOND_NS);
  expect(tank.timeline?.session.nowNs()).toBe(start + 10 * SECOND_NS);
  const started = await Promise.all(storms);
  expect(started).toMatchObject([
    { id: 1, started_at_ms: at_ms },
    { id: 2, started_at_ms: at_ms + 7 },
  ]);
  return { started, digest: tank.timeline?.status().run_digest };
}

test('a dated storm begins at its millisecond, whatever the speed', async () => {
  const expected = await played('max', false);
  expect(await played('max', true)).toEqual(expected);
  expect(await played(20, false)).toEqual(expected);
});

test('a date that has passed, or never comes, is refused', async () => {
  const path = fixture('aapl-2012-06-21/feed.itch50');
  if (path === undefined) return;
  const started = await engine({ source: { kind: 'itch', path } });
  const client = await probe(started);
  const now = await client.must('status');
  const start = (at_ms: number) => client.ask('storm.start', { ...crash, at_ms });
  expect((await start(now.ts_run_ms)).error?.code).toBe('PARAM_INVALID');
  const late = start(170_000_000);
  await client.must('replay.play');
  expect((await late).error?.code).toBe('SOURCE_ENDED');
});

test('an onlooker sees every tick, storms or not, at the speed of the machine', async () => {
  const { engine: tank } = await engine({ speed: 'max' });
  const instants: number[] = [];
  const splitter = new FrameSplitter();
  tank.loop.onlook((bytes) =>
    splitter.push(bytes, (payload) => {
      if (payloadKind(payload) === FrameKind.Tick)
        instants.push(decodeTickFrame(payload).ts_run_ns);
    }),
  );
  const start = tank.timeline?.session.nowNs() ?? 0;
  const at_ms = Math.ceil(start / 1e6) + 2000;
  const started = tank.request('storm.start', { ...crash, at_ms });
  await tank.loop.playTo(Math.ceil(start / SECOND_NS) * SECOND_NS + 3 * SECOND_NS);
  await started;
  const seen = [...new Set(instants)].filter((ns) => ns > start).slice(-150);
  expect(seen.at(-1)).toBe(tank.timeline?.session.nowNs());
  expect(seen.map((ns) => ns - (seen[0] ?? 0))).toEqual(seen.map((_, i) => i * 20_000_000));
});
