// Targets by file: several in a run, changed while the bridge runs, in their own clock.
import { mkdtemp, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as abi from '@wavetank/abi';
import { readRunFile } from '@wavetank/recorder';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Refusal } from './fake-engine.ts';
import { injected, type Rig, until } from './rig.ts';

const START_NS = 34_200e9;

async function bot(state: { [key: string]: unknown }): Promise<string> {
  const server = createServer((_request, response) => response.end(JSON.stringify(state)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function fileOf(text: string): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), 'wavetank-target-')), 'target.yaml');
  await writeFile(path, text);
  return path;
}

const post = (rig: Rig, url: string, payload: object = {}) =>
  rig.app.inject({ method: 'POST', url, payload });

async function stopped(rig: Rig) {
  await post(rig, '/run/stop');
  const run_id = rig.parts.recording.last?.run_id ?? '';
  const run = await readRunFile(join(rig.runsDir, run_id));
  if (run === undefined) throw new Error('no run.yaml');
  return run;
}

describe('several targets', () => {
  it('are scored each by its own file; the worst is the verdict', async () => {
    const calm = { name: 'bot a', equity: 100 };
    const poor = { name: 'bot b', equity: 100 };
    const file = await fileOf(
      `targets:\n  - {name: a, url: "${await bot(calm)}"}\n` +
        `  - {name: b, url: "${await bot(poor)}", thresholds: {damaged: 2, killed: 5}}\n`,
    );
    const rig = await injected({ target: file });
    await post(rig, '/run/start');
    rig.engine.storm({ seq: 150, ts_run_ns: START_NS + 1e9, started_ts_ns: START_NS + 1e9 });
    await until(() => (rig.parts.delivered.get(abi.FrameKind.Storm) ?? 0) === 1);
    await until(() => rig.parts.recording.settled);
    poor.equity = 97;
    const scores = async () =>
      (await rig.app.inject('/bot/list'))
        .json()
        .targets.map(({ score }: { score: object }) => score);
    expect(await scores()).toMatchObject([{ storms: [{ storm_id: 1 }] }, { slo_breaches: [] }]);
    const run = await stopped(rig);
    expect(await scores()).toEqual(run.targets.map(({ score }) => score));
    expect(run).toMatchObject({
      verdict: 'TARGET_DAMAGED',
      target: { bot: 'a', verdict: 'TARGET_INTACT', delta: 0 },
      targets: [
        { bot: 'a', verdict: 'TARGET_INTACT' },
        { bot: 'b', verdict: 'TARGET_DAMAGED', delta: -3, score: { storms: [{ pnl_delta: -3 }] } },
      ],
    });
    expect((await rig.app.inject('/bot/state?target=b')).json()).toMatchObject({ equity: 97 });
    expect((await rig.app.inject('/bot/state?target=c')).json()).toMatchObject({
      code: 'TARGET_UNKNOWN',
    });
  });
});

describe('a target file', () => {
  it('that is wrong starts nothing, and says where', async () => {
    const file = await fileOf('name: a\nurl: http://h:1\nlatency_class: hft\n');
    await expect(injected({ target: file })).rejects.toThrow(
      `${file}:1:1: HFT_NEEDS_NUMA_PINNING: needs_numa_pinning: an hft target must declare it true`,
    );
  });

  it('is read again when it changes, and kept as it was when the change is refused', async () => {
    const url = await bot({ equity: 1 });
    const file = await fileOf(`name: before\nurl: ${url}\n`);
    const rig = await injected({ target: file });
    const listed = async () => (await rig.app.inject('/bot/list')).json();
    const names = async () => (await listed()).targets.map(({ name }: { name: string }) => name);
    await writeFile(file, 'name: [broken\n');
    await until(() => rig.parts.targets.faults.length === 1);
    expect(await names()).toEqual(['before']);
    expect((await listed()).refused).toMatchObject([{ file, faults: [{ rule: 'TARGET_YAML' }] }]);
    await writeFile(file, `name: after\nurl: ${url}\n`);
    await until(() => rig.parts.targets.faults.length === 0);
    expect(await names()).toEqual(['after']);
  });

  it('that changes while a run is recorded waits for its end', async () => {
    const url = await bot({ equity: 1 });
    const file = await fileOf(`name: before\nurl: ${url}\n`);
    const rig = await injected({ target: file });
    await post(rig, '/run/start');
    await writeFile(file, `name: after, at last\nurl: ${url}\n`.replace(',', ''));
    const events = async () => {
      const { run_id = '' } = rig.parts.recording.run ?? rig.parts.recording.last ?? {};
      return (await rig.app.inject(`/run/${run_id}/events`)).body;
    };
    await expect.poll(events, { timeout: 20_000 }).toContain('target_reloaded');
    expect(rig.parts.targets.first.spec.name).toBe('before');
    expect(await stopped(rig)).toMatchObject({ targets: [{ bot: 'before' }] });
    expect(rig.parts.targets.first.spec.name).toBe('after at last');
  });
});

it('a target file that changes while a start is refused is read at once', async () => {
  const url = await bot({ equity: 1 });
  const file = await fileOf(`name: before\nurl: ${url}\n`);
  const rig = await injected({ target: file });
  let refuse: (() => void) | undefined;
  rig.engine.answers['run.start'] = () =>
    new Promise((_, reject) => {
      refuse = () => reject(new Refusal(400, 'SYMBOL_UNKNOWN'));
    });
  const told: string[] = [];
  rig.parts.viewers.notice = ({ type }) => told.push(type);
  const started = post(rig, '/run/start');
  await until(() => refuse !== undefined);
  await writeFile(file, `name: after it\nurl: ${url}\n`);
  await until(() => told.includes('target_reloaded'));
  expect(rig.parts.targets.first.spec.name).toBe('before');
  refuse?.();
  expect((await started).json().code).toBe('SYMBOL_UNKNOWN');
  expect(rig.parts.targets.first.spec.name).toBe('after it');
});

describe('a target that lives by the feed', () => {
  it('takes part at any speed', async () => {
    const url = await bot({ equity: 1 });
    const rig = await injected({ target: await fileOf(`name: a\nurl: ${url}\nclock: feed\n`) });
    rig.engine.beat({ speed_milli: 5000, lag_ns: 90e6 });
    await until(() => rig.parts.latest.heartbeat?.speed_milli === 5000);
    expect((await post(rig, '/run/start')).statusCode).toBe(200);
    expect(await stopped(rig)).toMatchObject({ verdict: 'TARGET_INTACT', class: 'D1' });
  });
});

describe('a storm that never reached the market', () => {
  it('makes a run inconclusive', async () => {
    const rig = await injected({ target: await bot({ equity: 1 }) });
    await post(rig, '/run/start');
    const nothing = { events: 0, started_ts_ns: START_NS };
    rig.engine.storm({ ...nothing, seq: 150, ts_run_ns: START_NS });
    rig.engine.storm({
      ...nothing,
      seq: 200,
      ts_run_ns: START_NS + 10e9,
      phase: abi.StormPhase.Closed,
      cause: abi.StormCause.Expired,
    });
    await until(() => (rig.parts.delivered.get(abi.FrameKind.Storm) ?? 0) === 2);
    expect(await stopped(rig)).toMatchObject({
      verdict: 'INCONCLUSIVE',
      verdict_reasons: ['storm_not_delivered'],
    });
  });
});
