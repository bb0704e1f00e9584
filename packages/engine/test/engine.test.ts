import { FrameKind, MANIFEST, Side, TransportState } from '@wavetank/abi';
import { expect, test } from 'vitest';
import { engine, fixture, probe } from './harness.ts';

const SECOND_NS = 1_000_000_000;

test('a connection begins with a header and brings ticks, books, heartbeats', async () => {
  const started = await engine({ paused: false, speed: 20 });
  const client = await probe(started);
  expect(client.kinds[0]).toBe(FrameKind.Header);
  expect(MANIFEST).toContain('HeaderFrame=88');
  const tick = await client.until((p) => p.ticks.find((t) => t.best_bid > 0 && t.best_ask > 0));
  expect(tick.symbol).toBe('SYN001');
  expect(tick.mid_x2).toBe(tick.best_bid + tick.best_ask);
  expect(tick.twin_mid_x2).toBe(tick.mid_x2);
  await client.until((p) => p.kinds.includes(FrameKind.Book) && p.kinds.includes(FrameKind.Trade));
  const beat = await client.until((p) => p.heartbeats.find((h) => h.events > 0));
  expect(beat.transport).toBe(TransportState.Playing);
  expect(beat.speed_milli).toBe(20_000);
  expect(Side.Bid).toBe(0);
});

const wrong: Array<[string, object, string, number]> = [
  ['nothing.at_all', {}, 'METHOD_UNKNOWN', 404],
  ['toString', {}, 'METHOD_UNKNOWN', 404],
  ['storm.start', { severity: 0.5, duration_ms: 5000 }, 'PARAM_INVALID', 400],
  ['storm.start', { kind: 'Rain', severity: 0.5, duration_ms: 5000 }, 'STORM_UNKNOWN_KIND', 400],
  [
    'storm.start',
    { kind: 'FlashCrash', severity: 1.5, duration_ms: 5000 },
    'STORM_BAD_SEVERITY',
    400,
  ],
  [
    'storm.start',
    { kind: 'FlashCrash', severity: '1', duration_ms: 5000 },
    'STORM_BAD_SEVERITY',
    400,
  ],
  [
    'storm.start',
    { kind: 'FlashCrash', severity: 0.5, duration_ms: 4999 },
    'STORM_BAD_DURATION',
    400,
  ],
  [
    'storm.start',
    { kind: 'FlashCrash', severity: 0.5, duration_ms: 5000, seed: '-1' },
    'STORM_BAD_SEED',
    400,
  ],
  [
    'storm.start',
    { kind: 'FlashCrash', severity: 0.5, duration_ms: 5000, params: { depth: 1 } },
    'STORM_BAD_PARAM',
    400,
  ],
  [
    'storm.start',
    { kind: 'FlashCrash', severity: 0.5, duration_ms: 5000, symbol: 'NONE' },
    'SYMBOL_UNKNOWN',
    400,
  ],
  [
    'storm.start',
    { kind: 'FlashCrash', severity: 0.5, duration_ms: 5000 },
    'STORM_NO_BASELINE',
    409,
  ],
  ['storm.stop', { id: 3 }, 'STORM_UNKNOWN', 404],
  ['replay.speed', { speed: 0 }, 'SPEED_INVALID', 400],
  ['replay.speed', { speed: 'fast' }, 'SPEED_INVALID', 400],
  ['replay.step', { unit: 'hour', count: 1 }, 'STEP_INVALID', 400],
  ['replay.step', { unit: 'tick', count: 0 }, 'STEP_INVALID', 400],
  ['replay.seek', {}, 'PARAM_INVALID', 400],
  ['replay.open', {}, 'PARAM_INVALID', 400],
  ['replay.open', { path: '/no/such/file' }, 'FEED_NOT_FOUND', 400],
  ['run.stop', {}, 'RUN_NONE', 409],
  ['run.seal', {}, 'RUN_NONE', 409],
  ['watch', { symbols: ['NONE'] }, 'SYMBOL_UNKNOWN', 400],
  ['risk.check', { side: 'buy' }, 'RISK_INVALID', 400],
];

test('what is wrong is answered with its code, and nothing changes', async () => {
  const client = await probe(await engine());
  const before = await client.must('status');
  for (const [method, params, code, status] of wrong) {
    const { ok, error } = await client.ask(method, params);
    expect({ method, params, ok, code: error?.code, status: error?.status }).toEqual({
      method,
      params,
      ok: false,
      code,
      status,
    });
  }
  const after = await client.must('status');
  expect([after.seq, after.ts_run_ns, after.storms]).toEqual([before.seq, before.ts_run_ns, []]);
});

test('bytes that are no frame close the connection and nothing else', async () => {
  const started = await engine();
  const good = await probe(started);
  const bad = await probe(started);
  const gone = new Promise<void>((resolve) => bad.socket.once('close', () => resolve()));
  bad.socket.write(Buffer.from('GET / HTTP/1.1\r\n\r\n'));
  await gone;
  expect((await good.must('status')).transport).toBe('paused');
});

test('steps land on their grid and leave time standing', async () => {
  const client = await probe(await engine());
  const tick = await client.must('replay.step', { unit: 'tick', count: 3, who: 'test' });
  expect(tick.ts_run_ns % 20_000_000).toBe(0);
  expect(tick.transport).toBe('paused');
  expect(tick.last_actor.who).toBe('test');
  const second = await client.must('replay.step', { unit: 'second', count: 2 });
  expect(second.ts_run_ns % SECOND_NS).toBe(0);
  const event = await client.must('replay.step', { unit: 'event', count: 1 });
  expect(event.seq).toBeGreaterThan(second.seq);
  expect(event.ts_run_ns % 1_000_000).toBe(0);
});

test('another source is another epoch, and its own header says so', async () => {
  const client = await probe(await engine({ symbols: ['SYN001'] }));
  await client.must('replay.step', { unit: 'second', count: 1 });
  const opened = await client.must('replay.open', { synthetic: { seed: '9', instruments: 3 } });
  expect(opened.source).toMatchObject({ kind: 'synthetic', seed: '9', instruments: 3 });
  const header = await client.until((p) => p.headers.find((h) => h.epoch === 2));
  expect([header.seed, header.instruments]).toEqual([9n, 3]);
  const { symbols, total } = await client.must('symbols', { query: 'SYN', limit: 2 });
  expect([symbols, total]).toEqual([['SYN001', 'SYN002'], 3]);
});

test('a gate that was killed stays killed on another source', async () => {
  const client = await probe(await engine());
  const order = { symbol: 'SYN001', side: 'buy', price: 1_000_000, qty: 10, order_id: '1' };
  await client.must('replay.step', { unit: 'second', count: 2 });
  expect(await client.must('risk.check', order)).toMatchObject({ allowed: true, state: 'armed' });
  expect(await client.must('risk.kill')).toMatchObject({ state: 'killed', guard: 'kill' });
  await client.must('replay.open', { synthetic: { seed: '9' }, paused: true });
  await client.must('replay.step', { unit: 'second', count: 2 });
  const refused = await client.must('risk.check', { ...order, order_id: '2' });
  expect(refused).toMatchObject({ allowed: false, refused_by: 'kill' });
  await client.must('risk.reset');
  const allowed = await client.must('risk.check', { ...order, order_id: '3' });
  expect(allowed).toMatchObject({ allowed: true });
});

test('a client that takes nothing holds virtual time, and lets it go', async () => {
  const started = await engine({ paused: false });
  const client = await probe(started);
  await client.until((p) => p.ticks.length > 0);
  client.socket.pause();
  const filler = Buffer.alloc(1 << 20);
  // No frame: the connection is torn afterwards, after the stall was seen.
  for (let i = 0; i < 64 && !started.engine.wire.backedUp; i++) started.engine.wire.record(filler);
  await expect.poll(() => started.engine.transport).toBe(TransportState.Stalled);
  const held = started.engine.timeline?.session.nowNs();
  await new Promise((resolve) => setImmediate(resolve));
  expect(started.engine.timeline?.session.nowNs()).toBe(held);
  client.socket.destroy();
  await expect.poll(() => started.engine.transport).toBe(TransportState.Playing);
  expect(started.engine.loop.stalls).toBe(1);
});

test('a client that holds the feed gets none, then all of it; time and answers go on', async () => {
  const client = await probe(await engine());
  await client.must('feed.subscribe', { symbols: ['SYN001'] });
  await client.until((p) => p.kinds.includes(FrameKind.Snapshot));
  await client.must('feed.hold', { held: true });
  await client.must('replay.step', { unit: 'second', count: 1 });
  expect(client.kinds).not.toContain(FrameKind.Events);
  await client.must('feed.hold', { held: false });
  await client.until((p) => p.kinds.includes(FrameKind.Events));
  expect(client.kinds.filter((kind) => kind === FrameKind.Snapshot)).toHaveLength(1);
});

test('a recorded hour plays to its end and stays there', async () => {
  const path = fixture('aapl-2012-06-21/feed.itch50');
  if (path === undefined) return;
  const client = await probe(await engine({ source: { kind: 'itch', path }, paused: true }));
  await client.must('replay.play');
  const ended = await client.notice('source_ended');
  expect(ended.market_digest).toBe('780f9e2f6a2702d68dc7f2c1257a7729');
  const status = await client.must('status');
  expect([status.transport, status.symbols, status.rejected]).toEqual(['ended', ['AAPL'], 0]);
  const late = { kind: 'FlashCrash', severity: 0.5, duration_ms: 5000 };
  expect((await client.ask('storm.start', late)).error?.code).toBe('SOURCE_ENDED');
  expect((await client.ask('replay.play')).error?.code).toBe('SOURCE_ENDED');
});

test('a step that is overtaken by a play to an instant is answered', async () => {
  const client = await probe(await engine());
  const stepped = client.must('replay.step', { unit: 'second', count: 3600 });
  const played = await client.must('replay.play', { until_ms: 1 });
  expect(played.last_actor.what).toBe('play');
  expect((await stepped).last_actor.what).toBe('step');
});
