// A run whose targets do everything that a target should not: it stays valid, every tick is sampled,
// and the bridge does not grow.
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import * as abi from '@wavetank/abi';
import { checkRun, readRunFile } from '@wavetank/recorder';
import { expect, it, onTestFinished } from 'vitest';
import { BEHAVIOURS } from '../../target/test/behaviours.ts';
import { hostile } from '../../target/test/hostile.ts';
import { injected, until } from './rig.ts';

const TARGETS = 8;
const GROWTH_BYTES = 16 * 1024 * 1024;
const START_NS = 34_200e9;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** What is held, not what waits to be collected. */
function heldBytes(): number {
  for (let i = 0; i < 3; i++) collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

it('stays valid through more than forty behaviours, each met by a poll', async () => {
  const met = new Set<string>();
  const lines: string[] = [];
  for (let t = 0; t < TARGETS; t++) {
    let turn = 0;
    const mine = BEHAVIOURS.filter((_, i) => i % TARGETS === t);
    const server = await hostile((socket) => {
      const next = mine[turn++ % mine.length];
      if (next === undefined) return;
      met.add(next[0]);
      next[1](socket);
    });
    onTestFinished(() => server.close());
    lines.push(`  - {name: t${t}, url: "${server.url}", poll_ms: 50, latency_class: eod}`);
  }
  const file = join(await mkdtemp(join(tmpdir(), 'wavetank-hostile-')), 'target.yaml');
  await writeFile(file, `targets:\n${lines.join('\n')}\n`);
  const rig = await injected({ target: file });
  const { run_id } = (
    await rig.app.inject({ method: 'POST', url: '/run/start', payload: {} })
  ).json();
  const before = heldBytes();
  let ticks = 0;
  await until(() => {
    ticks++;
    rig.engine.tick({
      frame_flags: abi.FrameFlags.RECORD,
      seq: 100 + ticks,
      ts_run_ns: START_NS + ticks * 1e9,
    });
    return met.size === BEHAVIOURS.length;
  });
  await until(() => rig.parts.recording.run?.tick_samples === ticks);
  expect(heldBytes() - before).toBeLessThan(GROWTH_BYTES);
  expect((await rig.app.inject('/health')).statusCode).toBe(200);
  await rig.app.inject({ method: 'POST', url: '/run/stop', payload: {} });
  const dir = join(rig.runsDir, run_id);
  expect(await checkRun(dir)).toEqual([]);
  const run = await readRunFile(dir);
  expect(run).toMatchObject({ status: 'complete', tick_samples: ticks });
  expect(run?.targets.map(({ bot }) => bot)).toEqual(
    Array.from({ length: TARGETS }, (_, t) => `t${t}`),
  );
  for (const { score } of run?.targets ?? []) expect(score?.polls).toBeGreaterThan(0);
});
