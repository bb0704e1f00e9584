// Every route through inject: what it passes on, what it answers, and what it refuses.
import { mkdir, mkdtemp, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SourceKind } from '@wavetank/abi';
import { describe, expect, it } from 'vitest';
import { Refusal } from './fake-engine.ts';
import { injected, type Rig, until } from './rig.ts';

const storm = { kind: 'FlashCrash', severity: 0.8, duration_ms: 10_000 };
const order = { symbol: 'AAPL', side: 'buy', price: 1_000_000, qty: 10, order_id: '1' };

// Who asks without saying so is known by address.
const by = { who: '127.0.0.1' };

const post = (rig: Rig, url: string, payload?: unknown) =>
  rig.app.inject({
    method: 'POST',
    url,
    ...(payload === undefined ? {} : { payload: payload as object }),
  });

describe('health', () => {
  it('is ready once the engine was greeted and its heart has beaten, and no longer when it went', async () => {
    const rig = await injected();
    expect((await rig.app.inject('/health')).json()).toMatchObject({ status: 'ok' });
    expect((await rig.app.inject('/ready')).statusCode).toBe(200);
    await rig.engine.close();
    await until(() => !rig.parts.engine.ready);
    const away = await rig.app.inject('/ready');
    expect(away.statusCode).toBe(503);
    expect(away.json()).toMatchObject({ ready: false, engine: { state: 'down' } });
    expect((await rig.app.inject('/health')).statusCode).toBe(200);
    const status = (await rig.app.inject('/status')).json();
    expect(status).toMatchObject({ engine: { state: 'down' }, heartbeat: null, session: null });
  });

  it('shows what runs', async () => {
    const rig = await injected();
    rig.engine.answers.status = () => ({ seq: 5 });
    const status = (await rig.app.inject('/status')).json();
    expect(status).toMatchObject({
      engine: { state: 'ready', pid: 4242, owned: false },
      header: { type: 'header', source_kind: 'synthetic', seed: '7' },
      heartbeat: { type: 'heartbeat', speed: 1, transport: 'playing' },
      session: { seq: 5 },
      run: { state: 'idle', run_id: null },
    });
    const metrics = (await rig.app.inject('/metrics')).body;
    expect(metrics).toContain('wavetank_engine_up 1');
    expect(metrics).toContain('wavetank_frames_total{kind="heartbeat"} 1');
    expect(metrics).not.toMatch(/^wavetank_checkpoint/m);
  });

  it('counts what checkpoints cost, while a run is recorded', async () => {
    const rig = await injected();
    const checkpoints = { written: 3, bytes: 4096, last_ms: 12.5, total_ms: 40 };
    rig.engine.answers.status = () => ({ checkpoints });
    const metrics = (await rig.app.inject('/metrics')).body;
    expect(metrics).toContain('wavetank_checkpoints_total 3');
    expect(metrics).toContain('wavetank_checkpoint_bytes_total 4096');
    expect(metrics).toContain('wavetank_checkpoint_seconds_total 0.04');
    expect(metrics).toContain('wavetank_checkpoint_last_seconds 0.0125');
    rig.engine.answers.status = () => ({ checkpoints: null });
    expect((await rig.app.inject('/metrics')).body).not.toMatch(/^wavetank_checkpoint/m);
  });

  it('lists every route in the API description', async () => {
    const rig = await injected({ judge: 'judge.ts' });
    const { paths } = (await rig.app.inject('/openapi.json')).json();
    expect(Object.keys(paths).sort()).toEqual(
      [
        '/bot/health',
        '/bot/list',
        '/bot/schema',
        '/bot/state',
        '/coinbase/currencies',
        '/coinbase/products',
        '/coinbase/products/{id}/book',
        '/coinbase/products/{id}/ticker',
        '/coinbase/products/{id}/trades',
        '/coinbase/time',
        '/feed',
        '/health',
        '/history',
        '/metrics',
        '/ready',
        '/replay/open',
        '/replay/pause',
        '/replay/play',
        '/replay/seek',
        '/replay/speed',
        '/replay/status',
        '/replay/step',
        '/reset',
        '/risk/check',
        '/risk/fill',
        '/risk/kill',
        '/risk/start-of-day',
        '/risk/status',
        '/run/list',
        '/run/start',
        '/run/status',
        '/run/stop',
        '/run/{id}/diff',
        '/run/{id}/events',
        '/run/{id}/ticks',
        '/run/{id}/verify',
        '/run/{id}/yaml',
        '/status',
        '/storm/kinds',
        '/storm/preview',
        '/storm/start',
        '/storm/status',
        '/storm/stop',
        '/stream',
        '/symbols',
      ].sort(),
    );
    expect((await rig.app.inject('/docs/')).statusCode).toBe(200);
  });
});

describe('what reaches the engine', () => {
  it.each([
    [
      '/storm/start',
      { ...storm, seed: '7', note: 'n', who: 'me' },
      'storm.start',
      { ...storm, seed: '7', note: 'n', who: 'me' },
    ],
    ['/storm/stop', undefined, 'storm.stop', by],
    ['/storm/stop', { id: 3 }, 'storm.stop', { id: 3, ...by }],
    ['/replay/play', undefined, 'replay.play', by],
    ['/replay/pause', { who: 'ada' }, 'replay.pause', { who: 'ada' }],
    [
      '/replay/step',
      { unit: 'event', count: 2 },
      'replay.step',
      { unit: 'event', count: 2, ...by },
    ],
    [
      '/replay/step',
      { unit: 'tick', count: -3 },
      'replay.step',
      { unit: 'tick', count: -3, ...by },
    ],
    ['/replay/seek', { to_ms: 34_200_000 }, 'replay.seek', { to_ms: 34_200_000, ...by }],
    ['/replay/seek', { seq: 12 }, 'replay.seek', { seq: 12, ...by }],
    ['/replay/speed', { speed: 'max' }, 'replay.speed', { speed: 'max', ...by }],
    ['/replay/speed', { speed: 2.5 }, 'replay.speed', { speed: 2.5, ...by }],
    [
      '/replay/open',
      { synthetic: { seed: '1', instruments: 2 } },
      'replay.open',
      { synthetic: { seed: '1', instruments: 2 }, ...by },
    ],
    ['/risk/check', order, 'risk.check', order],
    ['/risk/fill', { ...order, qty: 0, done: true }, 'risk.fill', { ...order, qty: 0, done: true }],
    ['/risk/kill', undefined, 'risk.kill', {}],
    ['/risk/start-of-day', {}, 'risk.start-of-day', {}],
    ['/reset', { target: 'bot' }, 'risk.reset', { target: 'bot' }],
  ])('POST %s %j', async (url, payload, method, params) => {
    const rig = await injected();
    rig.engine.answers[method] = () => ({ done: true });
    const answer = await post(rig, url, payload);
    expect(answer.json()).toEqual({ done: true });
    expect(answer.statusCode).toBe(200);
    expect(rig.engine.requests).toEqual([{ method, params }]);
  });

  it.each([
    ['/storm/status', 'storm.status', {}],
    ['/storm/kinds', 'storm.kinds', {}],
    ['/risk/status?target=bot', 'risk.status', { target: 'bot' }],
    ['/symbols?query=AA', 'symbols', { query: 'AA', limit: 20 }],
    ['/symbols?limit=5', 'symbols', { limit: 5 }],
  ])('GET %s', async (url, method, params) => {
    const rig = await injected();
    rig.engine.answers[method] = () => ({ done: true });
    expect((await rig.app.inject(url)).json()).toEqual({ done: true });
    expect(rig.engine.requests).toEqual([{ method, params }]);
  });

  it('shows the last control to all', async () => {
    const rig = await injected();
    rig.engine.notice({ notice: 'control', method: 'replay.pause', params: { who: 'ada' } });
    await until(() => rig.parts.control !== undefined);
    expect((await rig.app.inject('/status')).json()).toMatchObject({
      last_control: { method: 'replay.pause', params: { who: 'ada' } },
    });
  });
});

describe('refusals', () => {
  const long = 'x'.repeat(17 * 1024);
  it.each<[string, string, unknown, number, string]>([
    ['no body', '/storm/start', undefined, 400, 'BODY_INVALID'],
    ['no severity', '/storm/start', { kind: 'FlashCrash', duration_ms: 5000 }, 400, 'BODY_INVALID'],
    ['severity as text', '/storm/start', { ...storm, severity: '0.8' }, 400, 'STORM_BAD_SEVERITY'],
    ['severity above 1', '/storm/start', { ...storm, severity: 1.01 }, 400, 'STORM_BAD_SEVERITY'],
    ['severity below 0', '/storm/start', { ...storm, severity: -0.1 }, 400, 'STORM_BAD_SEVERITY'],
    ['severity null', '/storm/start', { ...storm, severity: null }, 400, 'STORM_BAD_SEVERITY'],
    ['too short', '/storm/start', { ...storm, duration_ms: 4999 }, 400, 'STORM_BAD_DURATION'],
    ['too long', '/storm/start', { ...storm, duration_ms: 120_001 }, 400, 'STORM_BAD_DURATION'],
    ['half a ms', '/storm/start', { ...storm, duration_ms: 5000.5 }, 400, 'STORM_BAD_DURATION'],
    ['seed as number', '/storm/start', { ...storm, seed: 7 }, 400, 'STORM_BAD_SEED'],
    [
      'seed of 65 bits',
      '/storm/start',
      { ...storm, seed: '18446744073709551616' },
      400,
      'STORM_BAD_SEED',
    ],
    ['kind as number', '/storm/start', { ...storm, kind: 4 }, 400, 'STORM_UNKNOWN_KIND'],
    ['kind with a path', '/storm/start', { ...storm, kind: '../x' }, 400, 'STORM_UNKNOWN_KIND'],
    ['an unknown key', '/storm/start', { ...storm, strength: 1 }, 400, 'BODY_INVALID'],
    ['a long symbol', '/storm/start', { ...storm, symbol: 'ABCDEFGHI' }, 400, 'BODY_INVALID'],
    ['a long note', '/storm/start', { ...storm, note: 'x'.repeat(501) }, 400, 'BODY_INVALID'],
    ['an array', '/storm/start', [], 400, 'BODY_INVALID'],
    ['a huge body', '/storm/start', { ...storm, note: long }, 413, 'BODY_TOO_LARGE'],
    ['id as text', '/storm/stop', { id: '1' }, 400, 'BODY_INVALID'],
    ['id 0', '/storm/stop', { id: 0 }, 400, 'BODY_INVALID'],
    ['step too far', '/replay/step', { unit: 'tick', count: -100_001 }, 400, 'STEP_INVALID'],
    ['seek nowhere', '/replay/seek', {}, 400, 'BODY_INVALID'],
    ['seek two places', '/replay/seek', { to_ms: 1, seq: 1 }, 400, 'BODY_INVALID'],
    ['seek beyond the day', '/replay/seek', { to_ms: 86_400_001 }, 400, 'BODY_INVALID'],
    ['step by years', '/replay/step', { unit: 'year', count: 1 }, 400, 'STEP_INVALID'],
    ['speed 0', '/replay/speed', { speed: 0 }, 400, 'SPEED_INVALID'],
    ['speed as text', '/replay/speed', { speed: '1' }, 400, 'SPEED_INVALID'],
    ['open nothing', '/replay/open', {}, 400, 'BODY_INVALID'],
    ['open a file anywhere', '/replay/open', { path: '/etc/passwd' }, 403, 'PATH_REFUSED'],
    ['side', '/risk/check', { ...order, side: 'bid' }, 400, 'BODY_INVALID'],
    ['price beyond 32 bits', '/risk/check', { ...order, price: 2 ** 32 }, 400, 'BODY_INVALID'],
    ['id as number', '/risk/check', { ...order, order_id: 1 }, 400, 'BODY_INVALID'],
    ['half a share', '/risk/fill', { ...order, qty: 0.5 }, 400, 'BODY_INVALID'],
    ['no symbols', '/run/start', { symbols: [] }, 400, 'BODY_INVALID'],
    ['a symbol twice', '/run/start', { symbols: ['A', 'A'] }, 400, 'BODY_INVALID'],
    ['no run', '/run/stop', {}, 409, 'RUN_NONE'],
    ['a key where none is', '/run/stop', { cause: 'x' }, 400, 'BODY_INVALID'],
  ])('%s', async (_what, url, payload, status, code) => {
    const rig = await injected();
    const answer = await post(rig, url, payload);
    expect(answer.json()).toMatchObject({ status, code });
    expect(answer.statusCode).toBe(status);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(rig.engine.requests).toEqual([]);
    expect(rig.parts.control).toBeUndefined();
    expect(rig.parts.recording.state).toBe('idle');
  });

  it.each([
    ['/replay/step', { unit: 'year', count: 1 }, 'must be "tick" or "event" or "second"'],
    ['/replay/speed', { speed: 0 }, 'must be >= 0.1 or "max"'],
    ['/replay/speed', { speed: 'fast' }, 'must be number or "max"'],
  ])('%s: a choice is told as one', async (url, payload, expected) => {
    const { errors } = (await post(await injected(), url, payload)).json();
    expect(errors).toEqual([{ where: Object.keys(payload)[0], expected }]);
  });

  it.each([
    ['not JSON', 'application/json', '{"kind":', 400, 'BODY_NOT_JSON'],
    ['a poisoned prototype', 'application/json', '{"__proto__":{"a":1}}', 400, 'BODY_NOT_JSON'],
    [
      'a poisoned constructor',
      'application/json',
      '{"constructor":{"prototype":{}}}',
      400,
      'BODY_NOT_JSON',
    ],
    ['NaN', 'application/json', '{"severity":NaN}', 400, 'BODY_NOT_JSON'],
    ['no UTF-8', 'application/json', Buffer.from('{"who":"\xff"}', 'latin1'), 400, 'BODY_NOT_JSON'],
    ['a deep nest', 'application/json', `{"who":${'['.repeat(8000)}`, 400, 'BODY_NOT_JSON'],
    ['no type at all', '', '{}', 415, 'MEDIA_TYPE'],
    ['text', 'text/plain', 'kind=FlashCrash', 415, 'MEDIA_TYPE'],
    ['a form', 'application/x-www-form-urlencoded', 'kind=FlashCrash', 415, 'MEDIA_TYPE'],
  ])('%s', async (_what, type, payload, status, code) => {
    const rig = await injected();
    const headers = { 'content-type': type };
    const answer = await rig.app.inject({ method: 'POST', url: '/storm/start', headers, payload });
    expect(answer.json()).toMatchObject({ status, code });
    expect(rig.engine.requests).toEqual([]);
  });

  it.each([
    ['GET', '/nowhere', 404, 'ROUTE_UNKNOWN'],
    ['GET', '/storm/start', 405, 'METHOD_NOT_ALLOWED'],
    ['POST', '/health', 405, 'METHOD_NOT_ALLOWED'],
    ['POST', '/replay/rewind', 404, 'ROUTE_UNKNOWN'],
    ['GET', '/stream', 426, 'UPGRADE_REQUIRED'],
    ['GET', '/history', 400, 'QUERY_INVALID'],
    ['GET', '/history?symbol=NONE', 404, 'HISTORY_NONE'],
    ['GET', '/history?symbol=AAPL&points=0', 400, 'QUERY_INVALID'],
    ['GET', '/history?symbol=AAPL&from=-1', 400, 'QUERY_INVALID'],
    ['GET', '/history?symbol=AAPL&measures=mood', 400, 'QUERY_INVALID'],
    ['GET', '/history?symbol=AAPL&symbol=B', 400, 'QUERY_INVALID'],
    ['GET', '/symbols?limit=ten', 400, 'QUERY_INVALID'],
    ['GET', '/symbols?x=1', 400, 'QUERY_INVALID'],
    ['GET', '/run/..%2F..%2Fetc/yaml', 404, 'RUN_UNKNOWN'],
    ['GET', '/run/2026-05-04T09-30-00-123Z/yaml', 404, 'RUN_UNKNOWN'],
    ['GET', '/%ff', 400, 'PARAMS_INVALID'],
    ['GET', '/', 404, 'ROUTE_UNKNOWN'],
  ] as const)('%s %s', async (method, url, status, code) => {
    const rig = await injected();
    const answer = await rig.app.inject({ method, url });
    expect(answer.json()).toMatchObject({ status, code });
    expect(answer.statusCode).toBe(status);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
  });

  it('passes the engine’s refusals on, code and all', async () => {
    const rig = await injected();
    rig.engine.answers['storm.start'] = () => {
      throw new Refusal(409, 'STORM_CONFLICT', 'one runs');
    };
    const answer = await post(rig, '/storm/start', storm);
    expect(answer.statusCode).toBe(409);
    expect(answer.json()).toEqual({
      type: 'urn:wavetank:problem:storm-conflict',
      title: 'STORM_CONFLICT',
      status: 409,
      code: 'STORM_CONFLICT',
      detail: 'one runs',
    });
    expect(rig.parts.control).toBeUndefined();
  });

  it('says so when there is no engine', async () => {
    const rig = await injected();
    await rig.engine.close();
    await until(() => !rig.parts.engine.ready);
    for (const [url, payload] of [
      ['/storm/start', storm],
      ['/run/start', {}],
      ['/risk/check', order],
    ] as const) {
      expect((await post(rig, url, payload)).json()).toMatchObject({
        status: 503,
        code: 'ENGINE_DOWN',
      });
    }
  });
});

describe('/replay/open', () => {
  it('opens files inside the allowed folders only, however they are named', async () => {
    const root = await mkdtemp(join(tmpdir(), 'wavetank-root-'));
    const outside = await mkdtemp(join(tmpdir(), 'wavetank-outside-'));
    await mkdir(join(root, 'day'));
    await writeFile(join(root, 'day', 'feed.itch50'), 'x');
    await writeFile(join(outside, 'secret'), 'x');
    await symlink(join(outside, 'secret'), join(root, 'link'));
    const before = await mkdtemp(join(tmpdir(), 'wavetank-before-'));
    const rig = await injected({ sourceRoots: [before, root] });
    rig.engine.answers['replay.open'] = (params) => params;
    const codes = [];
    for (const path of ['day/feed.itch50', join(root, 'day/feed.itch50')]) {
      const answer = await post(rig, '/replay/open', { path });
      expect(answer.json().path).toMatch(/day\/feed\.itch50$/);
    }
    for (const path of ['day/none', 'link', '../x', join(outside, 'secret'), '.', `${root}x/y`]) {
      codes.push((await post(rig, '/replay/open', { path })).json().code);
    }
    expect(codes).toEqual(['PATH_UNKNOWN', ...Array(5).fill('PATH_REFUSED')]);
    expect(rig.engine.requests.length).toBe(2);
  });

  it('plays runs of the runs folder only, and records none meanwhile', async () => {
    const rig = await injected();
    const run = '2026-11-21T09-12-44-108Z';
    await mkdir(join(rig.runsDir, run));
    await mkdir(join(rig.runsDir, 'other'));
    rig.engine.answers['replay.open'] = (params) => params;
    expect((await post(rig, '/replay/open', { run })).json().run).toBe(join(rig.runsDir, run));
    const open = async (body: object) => (await post(rig, '/replay/open', body)).json().code;
    for (const id of ['other', '..', `../${run}`, `${run}/log`, '2026-11-21T09-12-44-109Z']) {
      expect(await open({ run: id }), id).toBe('RUN_UNKNOWN');
    }
    const synthetic = { seed: '1', instruments: 1 };
    for (const more of [{ path: 'x' }, { synthetic }, { symbol: 'AAPL' }]) {
      expect(await open({ run, ...more })).toBe('BODY_INVALID');
    }
    rig.engine.header = { source_kind: SourceKind.Run };
    rig.engine.send(rig.engine.headerBytes());
    await until(() => rig.parts.latest.header?.source_kind === SourceKind.Run);
    expect((await post(rig, '/run/start', {})).json().code).toBe('RUN_PLAYBACK');
    expect(rig.engine.requests.length).toBe(1);
  });
});
