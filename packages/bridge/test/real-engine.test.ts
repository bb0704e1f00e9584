// The bridge with the real engine on the synthetic market: a run around a storm, and the promise that
// neither speed nor viewers change a recorded tick.
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { TransportState } from '@wavetank/abi';
import { checkRun, type RunFile, readRunFile } from '@wavetank/recorder';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type RunningBridge, startBridge } from '../src/index.ts';
import { listen, until } from './rig.ts';

const ENTRY = fileURLToPath(new URL('../../engine/src/main.ts', import.meta.url));

async function desk(
  speed: string,
  ...more: string[]
): Promise<RunningBridge & { runsDir: string }> {
  const args = ['--wire-port', '0', '--seed', '7', '--paused', '--speed', speed, ...more];
  const runsDir = await mkdtemp(join(tmpdir(), 'wavetank-real-'));
  const bridge = await startBridge({
    engine: { entry: ENTRY, args: [...args, '--log-level', 'warn'], port: 0 },
    runsDir,
    port: 0,
    log_level: 'silent',
    default_target: 'http://127.0.0.1:1',
  });
  onTestFinished(() => bridge.close());
  await until(() => bridge.parts.engine.ready);
  return { ...bridge, runsDir };
}

async function post<T>(bridge: RunningBridge, url: string, payload: object = {}): Promise<T> {
  const answer = await bridge.app.inject({ method: 'POST', url, payload });
  expect([answer.statusCode, answer.body]).toEqual([200, answer.body]);
  return answer.json();
}

/** Plays until so many ticks are recorded; the run stays open. */
async function playUntil(bridge: RunningBridge, ticks: number): Promise<void> {
  await post(bridge, '/replay/play');
  await until(() => (bridge.parts.recording.run?.tick_samples ?? 0) >= ticks);
  await post(bridge, '/replay/pause');
}

describe('a run on the real engine', () => {
  it('holds a storm from start to end, and the book comes back', async () => {
    const bridge = await desk('20');
    const { run_id } = await post<RunFile>(bridge, '/run/start', { note: 'n' });
    await playUntil(bridge, 2);
    const storm = { kind: 'FlashCrash', severity: 0.8, duration_ms: 5000, seed: '7' };
    const { id, start_seq } = await post<{ id: number; start_seq: number }>(
      bridge,
      '/storm/start',
      { ...storm, note: 'bang' },
    );
    await playUntil(bridge, 20);
    await post(bridge, '/run/stop');
    const dir = join(bridge.runsDir, run_id);
    expect(await checkRun(dir)).toEqual([]);
    const run = await readRunFile(dir);
    expect(run?.storms_fired).toMatchObject([
      { ...storm, id, start_seq, cause: 'expired', note: 'bang' },
    ]);
    const ticks = await ticksOf(dir);
    const stormed = ticks.filter((tick) => tick.storm_active === true);
    expect(
      Math.max(...stormed.map((tick) => Number(tick.twin_mid) - Number(tick.mid))),
    ).toBeGreaterThan(2000);
    const last = ticks.at(-1);
    expect(last).toMatchObject({ storm_active: false, mid: last?.twin_mid, displaced_qty: 0 });
  });

  it('records the same ticks at any speed, with any number of viewers', async () => {
    const recorded = async (speed: string, viewers: number): Promise<unknown[]> => {
      const bridge = await desk(speed);
      for (let i = 0; i < viewers; i++) {
        await listen(bridge.url, i % 2 === 0 ? '/stream' : '/stream?format=binary&symbol=SYN001');
      }
      const { run_id } = await post<RunFile>(bridge, '/run/start');
      await playUntil(bridge, 5);
      await post(bridge, '/run/stop');
      return (await ticksOf(join(bridge.runsDir, run_id))).slice(0, 5);
    };
    const first = await recorded('20', 0);
    expect(first.length).toBe(5);
    expect(await recorded('max', 1)).toEqual(first);
    expect(await recorded('5', 5)).toEqual(first);
  });
});

it('a viewer’s symbol is watched on when time goes back', async () => {
  const bridge = await desk('max', '--instruments', '2', '--symbol', 'SYN001');
  await post(bridge, '/replay/step', { unit: 'second', count: 3 });
  const viewer = await listen(bridge.url, '/stream?symbol=SYN002');
  const ticks = () => viewer.of('tick').filter(({ symbol }) => symbol === 'SYN002');
  await post(bridge, '/replay/step', { unit: 'second', count: 1 });
  await until(() => ticks().length > 0);
  await post(bridge, '/replay/step', { unit: 'second', count: -2 });
  const before = ticks().length;
  await post(bridge, '/replay/step', { unit: 'second', count: 1 });
  await until(() => ticks().length > before);
});

it('a run that is stopped while its engine is away holds the next engine back in nothing', async () => {
  const bridge = await desk('20');
  const { run_id } = await post<RunFile>(bridge, '/run/start');
  await playUntil(bridge, 2);
  const { pid } = bridge.parts.engine.status;
  process.kill(pid ?? 0, 'SIGKILL');
  await until(() => bridge.parts.recording.lost.told === run_id);
  const { status, stop_cause } = await post<RunFile>(bridge, '/run/stop');
  expect([status, stop_cause]).toEqual(['aborted', 'engine_death']);
  await until(() => bridge.parts.engine.ready && bridge.parts.engine.status.pid !== pid);
  await until(() => bridge.parts.recording.lost.told === undefined);
  await expect
    .poll(async () => (await bridge.app.inject('/status')).json().session?.run)
    .toBe(null);
  await post<RunFile>(bridge, '/run/start');
});

describe('a recorded run on the real engine', () => {
  it('is played again to the bit, and once more by the engine that follows a dead one', async () => {
    const bridge = await desk('max');
    const { run_id } = await post<RunFile>(bridge, '/run/start');
    await playUntil(bridge, 2);
    const storm = { kind: 'FlashCrash', severity: 0.8, duration_ms: 5000, seed: '7' };
    await post(bridge, '/storm/start', storm);
    await playUntil(bridge, 12);
    const { end_seq, run_digest } = await post<RunFile>(bridge, '/run/stop');
    const played = async () => {
      await until(() => bridge.parts.latest.heartbeat?.transport === TransportState.Ended);
      const { seq, run } = (await bridge.app.inject('/replay/status')).json();
      expect({ seq, run }).toMatchObject({
        seq: end_seq,
        run: { run_id, outcome: { same: true } },
      });
      const { session } = (await bridge.app.inject('/status')).json();
      expect(session).toMatchObject({ class: 'D2', run_digest });
    };
    await post(bridge, '/replay/open', { run: run_id });
    await played();
    const refused = await bridge.app.inject({
      method: 'POST',
      url: '/storm/start',
      payload: storm,
    });
    expect([refused.statusCode, refused.json().code]).toEqual([409, 'RUN_PLAYBACK']);
    const { pid } = bridge.parts.engine.status;
    process.kill(pid ?? 0, 'SIGKILL');
    await until(() => bridge.parts.engine.ready && bridge.parts.engine.status.pid !== pid);
    await played();
  });
});

/** Lines of ticks.jsonl without what depends on the wall clock. */
async function ticksOf(dir: string): Promise<{ [key: string]: unknown }[]> {
  const text = await readFile(join(dir, 'ticks.jsonl'), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => {
      const { wall, ...tick } = JSON.parse(line);
      return tick;
    });
}
