// Runs through the bridge: every way a run can start and end leaves a folder that says what happened.
import { spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as abi from '@wavetank/abi';
import { checkRun, createRunFolder, type RunFile, readRunFile } from '@wavetank/recorder';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Refusal } from './fake-engine.ts';
import { injected, listen, listening, type Rig, ready, runAnswers, until } from './rig.ts';

const RECORD = abi.FrameFlags.RECORD;
const START_NS = 34_200_000_000_000;

const post = (rig: Rig, url: string, payload: object = {}) =>
  rig.app.inject({ method: 'POST', url, payload });

async function folder(rig: Rig): Promise<string> {
  const [name, ...others] = await readdir(rig.runsDir);
  expect(others).toEqual([]);
  return join(rig.runsDir, name ?? 'none');
}

async function types(dir: string): Promise<unknown[]> {
  const text = await readFile(join(dir, 'events.jsonl'), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line).type);
}

const closed = async (rig: Rig): Promise<RunFile> => {
  await until(() => rig.parts.recording.state === 'idle');
  const dir = await folder(rig);
  expect(await checkRun(dir)).toEqual([]);
  return (await readRunFile(dir)) as RunFile;
};

/** A bot whose equity a test sets; undefined is away. */
async function bot(equity: number | undefined) {
  const shown = { equity, asked: 0, silent: false };
  const server = createServer((request, response) => {
    if (shown.equity === undefined) return response.destroy();
    if (request.url === '/api/state') shown.asked++;
    if (shown.silent) return;
    const state = {
      name: 'bot',
      currency: 'USD',
      equity: shown.equity,
      total_trades: 2,
      wins: 1,
      losses: 1,
    };
    response.end(JSON.stringify(state));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { shown, url };
}

describe('a run without a target', () => {
  it('records ticks of its symbols and the engine’s ending, and seals', async () => {
    const rig = await injected();
    const started = await post(rig, '/run/start', { note: 'n', who: 'ada' });
    expect(started.json()).toMatchObject({
      status: 'recording',
      class: 'D0',
      start_seq: 100,
      started_at_ms: 34_200_000,
      note: 'n',
      who: 'ada',
    });
    const tick = { frame_flags: RECORD, seq: 200, ts_run_ns: START_NS + 1e9 };
    rig.engine.tick({ ...tick, seq: 99, ts_run_ns: START_NS });
    rig.engine.tick(tick);
    rig.engine.tick({ ...tick, frame_flags: 0 });
    rig.engine.tick({ ...tick, symbol: 'MSFT', instrument_id: 2 });
    await until(() => (rig.parts.delivered.get(abi.FrameKind.Tick) ?? 0) === 4);
    expect((await rig.app.inject('/run/status')).json()).toMatchObject({ state: 'recording' });
    const stopped = (await post(rig, '/run/stop')).json();
    expect(stopped).toMatchObject({
      status: 'complete',
      stop_cause: 'stop',
      verdict: 'TARGET_UNKNOWN',
      verdict_reasons: ['no_target'],
      end_seq: 900,
      duration_s: 60,
      tick_samples: 1,
      run_digest: 'aa'.repeat(8),
    });
    const run = await closed(rig);
    expect(run.inputs).toMatchObject([{ kind: 'synthetic', seed: '7' }]);
    const methods = rig.engine.requests.map(({ method }) => method);
    expect(methods).toEqual(['run.start', 'run.stop', 'run.seal']);
    expect(rig.engine.requests[0]?.params).toMatchObject({
      run_id: run.run_id,
      dir: await folder(rig),
      class: 'D0',
    });
    const { digests } = rig.engine.requests.at(-1)?.params ?? { digests: {} };
    expect(Object.keys(digests as object)).toEqual(['run.yaml', 'events.jsonl', 'ticks.jsonl']);
    const list = (await rig.app.inject('/run/list')).json();
    expect(list).toMatchObject({
      total: 1,
      runs: [{ run_id: run.run_id, verdict: 'TARGET_UNKNOWN' }],
    });
    for (const which of ['yaml', 'events', 'ticks']) {
      const file = await rig.app.inject(`/run/${run.run_id}/${which}`);
      expect(file.statusCode).toBe(200);
      expect(file.body.length).toBeGreaterThan(10);
    }
  });

  it('shows a storm only when its record is on disk', async () => {
    const rig = await listening();
    const viewer = await listen(rig.url, '/stream');
    await post(rig, '/run/start');
    const dir = await folder(rig);
    const seen: string[] = [];
    viewer.socket.on('message', (data) => {
      if (JSON.parse(String(data)).type !== 'storm') return;
      // Read in the same turn as the frame came: what is missing now was not written first.
      const cat = spawnSync('cat', [join(dir, 'events.jsonl')], { encoding: 'utf8' });
      seen.push(cat.stdout);
    });
    rig.engine.storm({ seq: 150, start_seq: 150, ts_run_ns: START_NS + 1e9 });
    await until(() => seen.length === 1);
    expect(seen[0]).toContain('"type":"storm_start","seq":150');
  });

  it('has one storm_start and one storm_stop however a storm ends, with its note', async () => {
    const rig = await injected();
    rig.engine.answers['storm.start'] = () => {
      rig.engine.storm({ seq: 150, start_seq: 150, ts_run_ns: START_NS + 1e9 });
      return { id: 1 };
    };
    await post(rig, '/run/start');
    const storm = { kind: 'FlashCrash', severity: 0.8, duration_ms: 10_000, note: 'mine' };
    await post(rig, '/storm/start', storm);
    const over = {
      seq: 400,
      end_seq: 390,
      cause: abi.StormCause.Expired,
      ts_run_ns: START_NS + 2e9,
    };
    rig.engine.storm({ ...over, start_seq: 150, phase: abi.StormPhase.Returning });
    rig.engine.storm({ ...over, start_seq: 150, phase: abi.StormPhase.Closed });
    await until(() => (rig.parts.delivered.get(abi.FrameKind.Storm) ?? 0) === 3);
    await post(rig, '/run/stop');
    const run = await closed(rig);
    expect(await types(await folder(rig))).toEqual([
      'run_start',
      'storm_start',
      'storm_stop',
      'run_stop',
    ]);
    expect(run.storms_fired).toMatchObject([
      {
        id: 1,
        note: 'mine',
        cause: 'expired',
        start_seq: 150,
        end_seq: 390,
        target_pnl_delta: null,
      },
    ]);
  });

  it('is one at a time, and one stop answers all who ask', async () => {
    const rig = await injected();
    const [first, second] = await Promise.all([post(rig, '/run/start'), post(rig, '/run/start')]);
    expect([first.statusCode, second.statusCode].sort()).toEqual([200, 409]);
    expect((await post(rig, '/run/start')).json().code).toBe('RUN_ACTIVE');
    expect((await post(rig, '/replay/open', { path: 'x' })).json().code).toBe('RUN_ACTIVE');
    const ends = await Promise.all([post(rig, '/run/stop'), post(rig, '/run/stop')]);
    expect(ends.map((end) => end.json().status)).toEqual(['complete', 'complete']);
    expect((await post(rig, '/run/stop')).json().code).toBe('RUN_NONE');
    await closed(rig);
  });

  it('leaves nothing behind when the engine refuses it', async () => {
    const rig = await injected();
    rig.engine.answers['run.start'] = () => {
      throw new Refusal(400, 'SYMBOL_UNKNOWN');
    };
    const refused = await post(rig, '/run/start', { symbols: ['NOPE'] });
    expect(refused.json()).toMatchObject({ status: 400, code: 'SYMBOL_UNKNOWN' });
    expect(await readdir(rig.runsDir)).toEqual([]);
    rig.engine.answers['run.start'] = () => ({ no: 'sequence' });
    expect((await post(rig, '/run/start')).json().code).toBe('ENGINE_ANSWER');
    expect(await readdir(rig.runsDir)).toEqual([]);
    await until(() => rig.engine.requests.at(-1)?.method === 'run.seal');
    Object.assign(rig.engine.answers, runAnswers);
    expect((await post(rig, '/run/start')).statusCode).toBe(200);
  });
});

it('a run that its folder cannot tell of is no run', async () => {
  const rig = await injected();
  rig.engine.answers['run.start'] = async (params) => {
    await mkdir(join(String(params.dir), 'run.yaml.next'));
    return runAnswers['run.start'](params);
  };
  expect((await post(rig, '/run/start')).json()).toMatchObject({
    status: 507,
    code: 'RUN_STORAGE',
  });
  expect([rig.parts.recording.state, rig.parts.recording.run]).toEqual(['idle', undefined]);
  expect(await readdir(rig.runsDir)).toEqual([]);
  expect(rig.engine.requests.map(({ method }) => method)).toEqual([
    'run.start',
    'run.stop',
    'run.seal',
  ]);
  Object.assign(rig.engine.answers, runAnswers);
  expect((await post(rig, '/run/start')).statusCode).toBe(200);
});

describe('the end of a run', () => {
  it('by the end of the source', async () => {
    const rig = await injected();
    await post(rig, '/run/start');
    rig.engine.notice({ notice: 'run_closed', cause: 'source_end', ...runAnswers['run.stop']() });
    await until(() => rig.engine.requests.at(-1)?.method === 'run.seal');
    const run = await closed(rig);
    expect(run).toMatchObject({ status: 'complete', stop_cause: 'source_end', end_seq: 900 });
    expect(rig.engine.requests.map(({ method }) => method)).not.toContain('run.stop');
  });

  it('by the engine’s death', async () => {
    const rig = await injected();
    await post(rig, '/run/start');
    rig.engine.storm({ seq: 150, ts_run_ns: START_NS + 1e9 });
    await until(() => (rig.parts.delivered.get(abi.FrameKind.Storm) ?? 0) === 1);
    rig.engine.drop();
    await until(() => rig.parts.recording.last !== undefined);
    const run = await closed(rig);
    expect(run).toMatchObject({ status: 'aborted', stop_cause: 'engine_death', end_seq: 150 });
    expect(await types(await folder(rig))).toEqual([
      'run_start',
      'storm_start',
      'engine_down',
      'storm_stop',
      'run_stop',
    ]);
    await ready(rig);
    expect((await post(rig, '/run/start')).statusCode).toBe(200);
  });

  it('by the engine’s death while it is asked to stop', async () => {
    const rig = await injected();
    await post(rig, '/run/start');
    rig.engine.answers['run.stop'] = () => rig.engine.drop();
    expect((await post(rig, '/run/stop')).json()).toMatchObject({
      status: 'aborted',
      stop_cause: 'engine_death',
    });
    await closed(rig);
  });

  it.each([
    ['LOG_FAILED', 'disk_failed'],
    ['STORM_STATE_LARGE', 'engine_failed'],
  ])('by an engine that failed at %s, and lives', async (code, stop_cause) => {
    const rig = await injected();
    await post(rig, '/run/start');
    rig.engine.notice({ notice: 'engine_failed', error: { status: 500, code } });
    const run = await closed(rig);
    expect(run).toMatchObject({ status: 'aborted', stop_cause });
    expect(await types(await folder(rig))).toEqual(['run_start', 'run_stop']);
  });

  it.each([
    [409, 'RUN_NONE', 'engine_death'],
    [500, 'LOG_FAILED', 'disk_failed'],
  ])('by an engine that cannot end it: %s %s', async (status, code, stop_cause) => {
    const rig = await injected();
    await post(rig, '/run/start');
    rig.engine.answers['run.stop'] = () => {
      throw new Refusal(status, code);
    };
    expect((await post(rig, '/run/stop')).json()).toMatchObject({ status: 'aborted', stop_cause });
    await closed(rig);
  });

  it('by the bridge being told to end', async () => {
    const rig = await injected();
    await post(rig, '/run/start');
    await rig.app.close();
    const run = await closed(rig);
    expect(run).toMatchObject({ status: 'complete', stop_cause: 'shutdown' });
    expect(rig.engine.requests.map(({ method }) => method)).toEqual([
      'run.start',
      'run.stop',
      'run.seal',
    ]);
  });

  it('by the bridge being told to end while its target is asked a last time', async () => {
    const { shown, url } = await bot(1000);
    const rig = await injected({ target: url });
    await post(rig, '/run/start');
    shown.silent = true;
    rig.engine.notice({ notice: 'run_closed', cause: 'source_end', ...runAnswers['run.stop']() });
    await until(() => rig.parts.recording.state === 'stopping');
    await rig.app.close();
    expect(await readRunFile(await folder(rig))).toMatchObject({
      status: 'complete',
      stop_cause: 'source_end',
    });
    expect(rig.engine.requests.at(-1)?.method).toBe('run.seal');
  });

  it('by the end of the source while it is asked to stop', async () => {
    const rig = await injected();
    await post(rig, '/run/start');
    rig.engine.answers['run.stop'] = () => {
      const end = runAnswers['run.stop']();
      rig.engine.notice({ notice: 'run_closed', cause: 'source_end', ...end });
      throw new Refusal(409, 'RUN_NONE');
    };
    expect((await post(rig, '/run/stop')).json()).toMatchObject({
      status: 'complete',
      stop_cause: 'source_end',
    });
    expect(rig.engine.requests.at(-1)?.method).toBe('run.seal');
  });

  it('by a disk that lost it: the engine is let go, and another run can begin', async () => {
    const rig = await injected();
    await post(rig, '/run/start');
    await rm(await folder(rig), { recursive: true });
    expect((await post(rig, '/run/stop')).json()).toMatchObject({
      status: 507,
      code: 'RUN_STORAGE',
    });
    expect(rig.engine.requests.at(-1)).toEqual({ method: 'run.seal', params: { digests: {} } });
    expect(rig.parts.recording.run).toBe(undefined);
    expect((await post(rig, '/run/start')).statusCode).toBe(200);
  });

  it('by the death of bridge and engine together: the next bridge closes it', async () => {
    const rig = await injected();
    await post(rig, '/run/start');
    const mine = await folder(rig);
    const dead = spawnSync(process.execPath, ['-e', '']).pid;
    const copies = await mkdtemp(join(tmpdir(), 'wavetank-left-'));
    const left = async (pid: number, wallMs: number): Promise<string> => {
      const { dir } = await createRunFolder(copies, wallMs);
      await cp(mine, dir, { recursive: true });
      const yaml = await readFile(join(mine, 'run.yaml'), 'utf8');
      await writeFile(join(dir, 'run.yaml'), yaml.replace(/_pid: \d+/g, `_pid: ${pid}`));
      return dir;
    };
    const orphan = await left(dead, Date.UTC(2026, 0, 1));
    const others = await left(process.ppid, Date.UTC(2026, 0, 2));
    await injected({ runsDir: copies });
    expect(await readRunFile(orphan)).toMatchObject({
      status: 'aborted',
      stop_cause: 'process_death',
    });
    expect(await checkRun(orphan)).toEqual([]);
    expect(await readRunFile(others)).toMatchObject({ status: 'recording' });
  });
});

describe('a run with a target', () => {
  it('judges its equity, polled fresh at every turn', async () => {
    const { shown, url } = await bot(1000);
    const rig = await injected({ target: url });
    expect((await post(rig, '/run/start')).json()).toMatchObject({
      class: 'D1',
      target: { bot: 'bot', start_equity: 1000 },
    });
    const asked = shown.asked;
    rig.engine.storm({ seq: 150, ts_run_ns: START_NS + 1e9 });
    await until(() => shown.asked > asked);
    await until(() => rig.parts.recording.settled);
    shown.equity = 940;
    const over = { seq: 300, end_seq: 290, phase: abi.StormPhase.Returning };
    rig.engine.storm({ ...over, ts_run_ns: START_NS + 2e9, cause: abi.StormCause.Stopped });
    await until(() => (rig.parts.delivered.get(abi.FrameKind.Storm) ?? 0) === 2);
    await until(() => rig.parts.recording.settled);
    shown.equity = 950;
    await post(rig, '/run/stop');
    const run = await closed(rig);
    expect(run).toMatchObject({
      verdict: 'TARGET_DAMAGED',
      target: { end_equity: 950, delta: -50, win_rate: 0.5, currency: 'USD' },
      storms_fired: [{ target_pnl_delta: -60 }],
    });
  });

  it('is of unknown fate when it was away at either end', async () => {
    const { shown, url } = await bot(undefined);
    const rig = await injected({ target: url });
    expect((await post(rig, '/run/start')).json().target).toMatchObject({ start_equity: null });
    shown.equity = 10;
    await post(rig, '/run/stop');
    const run = await closed(rig);
    expect(run).toMatchObject({
      verdict: 'TARGET_UNKNOWN',
      verdict_reasons: ['start_equity_unknown'],
    });
  });

  it('needs real time', async () => {
    const { url } = await bot(1000);
    const rig = await injected({ target: url });
    rig.engine.beat({ speed_milli: 2000 });
    await until(() => rig.parts.latest.heartbeat?.speed_milli === 2000);
    const storm = { kind: 'FlashCrash', severity: 0.8, duration_ms: 10_000 };
    for (const [path, body] of [
      ['/run/start', {}],
      ['/storm/start', storm],
    ] as const) {
      expect((await post(rig, path, body)).json()).toMatchObject({
        status: 409,
        code: 'TARGET_NEEDS_REAL_TIME',
      });
    }
    expect(rig.engine.requests).toEqual([]);
    expect(await readdir(rig.runsDir)).toEqual([]);
  });

  it.each<[string, Partial<abi.HeartbeatFrame>, string]>([
    ['its speed changed', { speed_milli: 2000 }, 'speed_changed'],
    ['it stood still', { transport: abi.TransportState.Paused }, 'clock_paused'],
    ['it lagged', { lag_ns: 51e6 }, 'bench_lagged'],
  ])('is inconclusive when %s', async (_what, beat, reason) => {
    const { url } = await bot(1000);
    const rig = await injected({ target: url });
    await post(rig, '/run/start');
    rig.engine.beat({ seq: 150, ...beat });
    rig.engine.tick({ frame_flags: RECORD, seq: 160, ts_run_ns: START_NS + 1e9 });
    await until(() => rig.parts.recording.run?.tick_samples === 1);
    await post(rig, '/run/stop');
    const run = await closed(rig);
    expect(run.verdict).toBe('INCONCLUSIVE');
    expect(run.verdict_reasons).toContain(reason);
  });

  it('is passed through while it is there, and honestly absent when it is not', async () => {
    const { shown, url } = await bot(5);
    const rig = await injected({ target: url });
    expect((await rig.app.inject('/bot/state')).json()).toMatchObject({ name: 'bot', equity: 5 });
    expect((await rig.app.inject('/bot/health')).json()).toMatchObject({ name: 'bot' });
    shown.equity = undefined;
    for (const path of ['/bot/state', '/bot/health']) {
      expect((await rig.app.inject(path)).json()).toMatchObject({
        online: false,
        code: 'TARGET_UNREACHABLE',
        url: `${url}/`,
      });
    }
  });

  it('has its goings and comings recorded', async () => {
    const { shown, url } = await bot(5);
    const rig = await injected({ target: url, poll_ms: 5 });
    await post(rig, '/run/start');
    shown.equity = undefined;
    await until(() => rig.parts.poller.last?.online === false);
    shown.equity = 5;
    await until(() => rig.parts.poller.last?.online === true);
    await post(rig, '/run/stop');
    const { verdict, verdict_reasons, target } = await closed(rig);
    expect(await types(await folder(rig))).toEqual([
      'run_start',
      'bot_unreachable',
      'bot_back',
      'run_stop',
    ]);
    expect({ verdict, verdict_reasons, outages: target.outages }).toEqual({
      verdict: 'TARGET_DEGRADED',
      verdict_reasons: ['unreachable'],
      outages: 1,
    });
  });
});
