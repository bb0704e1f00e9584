// Real processes and SIGKILL in a storm: the engine's run goes on and verifies; a second death soon
// after, or the bridge's, leaves a folder that says so.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type RunningBridge, startBridge } from '@wavetank/bridge';
import { ENGINE_ENTRY, verifyRun } from '@wavetank/engine';
import { checkRun, readRunFile } from '@wavetank/recorder';
import { expect, it, onTestFinished } from 'vitest';
import { until } from './until.ts';

const DESK = fileURLToPath(new URL('./desk-process.ts', import.meta.url));
const STORM = { kind: 'FlashCrash', severity: 0.8, duration_ms: 8000, seed: '7', symbol: 'SYN001' };

async function desk(): Promise<RunningBridge & { runsDir: string }> {
  const runsDir = mkdtempSync(join(tmpdir(), 'wavetank-deaths-'));
  const words = ['--wire-port', '0', '--seed', '7', '--instruments', '2', '--speed', '20'];
  const bridge = await startBridge({
    engine: { entry: ENGINE_ENTRY, args: [...words, '--log-level', 'silent'], port: 0 },
    runsDir,
    port: 0,
    log_level: 'silent',
    backoff_ms: [10],
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

const samples = (bridge: RunningBridge) => bridge.parts.recording.run?.tick_samples ?? 0;

/** A run that a storm of some seconds blows in. */
async function stormed(bridge: RunningBridge): Promise<string> {
  const { run_id } = await post<{ run_id: string }>(bridge, '/run/start', {
    symbols: ['SYN001', 'SYN002'],
  });
  await until(() => samples(bridge) >= 24);
  await post(bridge, '/storm/start', STORM);
  const before = samples(bridge);
  await until(() => samples(bridge) >= before + 6);
  return run_id;
}

function kill(bridge: RunningBridge): void {
  process.kill(bridge.parts.engine.status.pid ?? 0, 'SIGKILL');
}

const events = (dir: string): { type: string; [key: string]: unknown }[] =>
  readFileSync(join(dir, 'events.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

it('goes on with the run of an engine that was killed in a storm', async () => {
  const bridge = await desk();
  const run_id = await stormed(bridge);
  const died = samples(bridge);
  const { epoch } = bridge.parts.latest.header ?? {};
  const begun = () => bridge.parts.history.symbols().map(({ from_ms }) => from_ms);
  const kept = begun();
  const order = { symbol: 'SYN001', side: 'buy', price: 1_000_000, qty: 10, order_id: '1' };
  await post(bridge, '/risk/check', order);
  await post(bridge, '/risk/kill', { target: 'bot' });
  kill(bridge);
  await until(() => bridge.parts.engine.status.restarts === 1 && bridge.parts.engine.ready);
  await until(() => samples(bridge) >= died + 40);
  expect(bridge.parts.latest.header?.epoch).toBe(epoch);
  expect(begun()).toEqual(kept);
  const gate = async (target: string) =>
    (await bridge.app.inject(`/risk/status?target=${target}`)).json();
  expect(await gate('bot')).toMatchObject({ state: 'killed' });
  expect(await gate('default')).toMatchObject({ working_buy: 10, gaps: 1 });
  await post(bridge, '/run/stop');
  const dir = join(bridge.runsDir, run_id);
  expect(await readRunFile(dir)).toMatchObject({ status: 'complete', stop_cause: 'stop' });
  expect(await checkRun(dir)).toEqual([]);
  const told = events(dir).map(({ type }) => type);
  for (const once of ['run_start', 'storm_start', 'engine_down', 'storm_stop', 'run_stop']) {
    expect(told.filter((type) => type === once)).toEqual([once]);
  }
  const ticks = readFileSync(join(dir, 'ticks.jsonl'), 'utf8').trimEnd().split('\n');
  const seconds = ticks.map((line) => JSON.parse(line).ts_run_ns / 1e9);
  const first = seconds[0] ?? 0;
  expect(seconds).toEqual(seconds.map((_, at) => first + Math.floor(at / 2)));
  const report = await verifyRun(dir);
  const parts = [report.integrity, report.replay, report.regenerate];
  expect(parts.map(({ state, faults }) => [state, faults])).toEqual(parts.map(() => ['ok', []]));
});

/** A request to a bridge of another process. */
async function ask(url: string, path: string, body: object): Promise<{ run_id: string }> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${url}${path}`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
  return (await answer.json()) as { run_id: string };
}

it('leaves a closed folder behind when the bridge is killed in a storm', async () => {
  const runsDir = mkdtempSync(join(tmpdir(), 'wavetank-deaths-'));
  const child = spawn(process.execPath, [DESK, runsDir], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const { url, engine } = JSON.parse(line.toString()) as { url: string; engine: number };
  const { run_id } = await ask(url, '/run/start', { symbols: ['SYN001'] });
  const dir = join(runsDir, run_id);
  const ticked = () => readFileSync(join(dir, 'ticks.jsonl'), 'utf8').split('\n').length;
  await until(() => ticked() > 6);
  await ask(url, '/storm/start', STORM);
  const before = ticked();
  await until(() => ticked() > before + 2);
  child.kill('SIGKILL');
  await until(() => !lives(engine));
  expect(await readRunFile(dir)).toMatchObject({ status: 'aborted', stop_cause: 'bridge_death' });
  const report = await verifyRun(dir);
  expect(report.status).toBe('aborted');
  const parts = [report.integrity, report.replay, report.regenerate];
  expect(parts.map(({ state, faults }) => [state, faults])).toEqual(parts.map(() => ['ok', []]));
});

function lives(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

it('closes the run as aborted when the engine dies again at once', async () => {
  const bridge = await desk();
  const run_id = await stormed(bridge);
  kill(bridge);
  await until(() => bridge.parts.engine.status.restarts === 1 && bridge.parts.engine.ready);
  await until(() => bridge.parts.recording.lost.waits === undefined);
  kill(bridge);
  await until(() => bridge.parts.recording.state === 'idle');
  const dir = join(bridge.runsDir, run_id);
  expect(await readRunFile(dir)).toMatchObject({ status: 'aborted', stop_cause: 'engine_death' });
  const { integrity } = await verifyRun(dir);
  expect(integrity.state).toBe('failed');
});
