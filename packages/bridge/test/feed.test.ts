// /feed on the real engine, through storms: each dialect's book is the market's, at every tick.
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type RunningBridge, startBridge } from '../src/index.ts';
import {
  digestOf,
  feedSocket,
  type Levels,
  readEvents,
  readL2,
  type Stands,
} from './feed-readers.ts';
import { listen, until } from './rig.ts';

const ENTRY = fileURLToPath(new URL('../../engine/src/main.ts', import.meta.url));

async function desk(...args: string[]): Promise<RunningBridge> {
  const words = ['--wire-port', '0', '--seed', '7', '--paused', '--log-level', 'warn', ...args];
  const bridge = await startBridge({
    engine: { entry: ENTRY, args: words, port: 0 },
    runsDir: await mkdtemp(join(tmpdir(), 'wavetank-feed-')),
    port: 0,
    log_level: 'silent',
    default_target: 'http://127.0.0.1:1',
  });
  onTestFinished(() => bridge.close());
  await until(() => bridge.parts.engine.ready);
  return bridge;
}

async function post<T>(bridge: RunningBridge, url: string, payload: object = {}): Promise<T> {
  const answer = await bridge.app.inject({ method: 'POST', url, payload });
  expect([answer.statusCode, answer.body]).toEqual([200, answer.body]);
  return answer.json();
}

const SECOND_NS = 1e9;

/** Virtual seconds, each begun when the readers have read the one before: they share this process. */
async function play(bridge: RunningBridge, seconds: number, readers: Stands[]): Promise<void> {
  for (let i = 0; i < seconds; i++) {
    await post(bridge, '/replay/step', { unit: 'second', count: 1 });
    await until(() => {
      const { seq } = bridge.parts.feed.feed('SYN001') ?? { seq: 0 };
      return bridge.parts.feed.waiting === 0 && readers.every((reader) => reader.seq >= seq);
    });
  }
}

/** Three seconds of calm, then storms one after the other, then calm. */
async function blow(bridge: RunningBridge, kinds: string[], readers: Stands[]): Promise<void> {
  await play(bridge, 3, readers);
  for (const kind of kinds) {
    await post(bridge, '/storm/start', { kind, severity: 1, duration_ms: 5000, seed: '3' });
    await play(bridge, 6, readers);
  }
  await play(bridge, 5, readers);
}

interface Tick {
  seq: number;
  ts_run_ns: number;
  market_digest: string;
}

interface Book {
  seq: number;
  bids: [number, number, number, number][];
  asks: [number, number, number, number][];
}

const top = (levels: Book['bids']): Levels => levels.map(([price, qty]) => [price, qty]);

/** Every tick and book of the stream whose sequence a reader passed agrees with it. */
async function agree(stands: Stands, ticks: Tick[], books: Book[]): Promise<[number, number]> {
  let [digests, tops] = [0, 0];
  for (const { seq, market_digest } of ticks) {
    const sides = stands.at.get(seq);
    if (sides === undefined) continue;
    expect([seq, await digestOf(1, sides)]).toEqual([seq, market_digest]);
    digests++;
  }
  for (const { seq, bids, asks } of books) {
    const sides = stands.at.get(seq);
    if (sides === undefined) continue;
    expect([sides[0].slice(0, 20), sides[1].slice(0, 20)]).toEqual([top(bids), top(asks)]);
    tops++;
  }
  return [digests, tops];
}

describe('the book of a bot', () => {
  it('is the market’s in both own dialects, through all five storms', async () => {
    const bridge = await desk();
    const stream = await listen(bridge.url, '/stream?symbol=SYN001');
    const events = await readEvents(bridge.url, 'SYN001');
    const l2 = await readL2(bridge.url, 'SYN001');
    const kinds = ['PhantomLiquidity', 'CancellationStorm', 'MomentumIgnition', 'FlashCrash'];
    await blow(bridge, [...kinds, 'LatencyArbProxy'], [events, l2]);
    const { seq } = bridge.parts.feed.feed('SYN001') ?? { seq: -1 };
    await until(() => events.seq >= seq && l2.seq >= seq);
    const ticks = stream.of('tick') as unknown as Tick[];
    const books = stream.of('book') as unknown as Book[];
    for (const stands of [events, l2]) {
      expect([stands.holes, stands.late, stands.snapshots]).toEqual([0, 0, 1]);
      const [digests, tops] = await agree(stands, ticks, books);
      expect(Math.min(digests, tops)).toBeGreaterThan(20);
    }
    // The fifth storm held messages back; they came in order all the same.
    for (const { stalled } of bridge.parts.feedClients.list()) expect(stalled).toBeGreaterThan(0);
    const last = ticks.at(-1);
    expect(last?.ts_run_ns).toBeGreaterThan(30 * SECOND_NS);
  });

  it('goes on from a sequence number without a snapshot', async () => {
    const bridge = await desk();
    const first = await readL2(bridge.url, 'SYN001');
    await until(() => first.snapshots === 1);
    await post(bridge, '/replay/step', { unit: 'second', count: 3 });
    await until(() => first.updates > 10);
    const from = [...first.at.keys()].at(-1);
    const heard: { type: string; prev_seq: number; seq: number }[] = [];
    await feedSocket(`${bridge.url}/feed?symbol=SYN001&from=${from}`, (data) => {
      heard.push(JSON.parse(String(data)));
    });
    await until(() => heard.some(({ seq }) => seq >= first.seq));
    expect(heard[0]).toMatchObject({ type: 'update', prev_seq: from });
    const chain = heard.filter(({ type }) => type === 'update');
    for (let i = 1; i < chain.length; i++) expect(chain[i]?.prev_seq).toBe(chain[i - 1]?.seq);
  });

  it('breaks off where the bridge cannot follow, and whoever asks it something is answered', async () => {
    const bridge = await desk('--speed', 'max');
    const bot = await readL2(bridge.url, 'SYN001');
    await post(bridge, '/replay/play');
    // The engine's ring was full, and its book came again.
    await until(() => bot.snapshots > 1);
    for (const path of ['/health', '/status', '/metrics']) {
      expect((await fetch(bridge.url + path)).status).toBe(200);
    }
    await post(bridge, '/replay/pause');
    await until(() => bridge.parts.feed.waiting === 0);
    await until(() => bot.seq >= (bridge.parts.feed.feed('SYN001')?.seq ?? 0));
    expect([bot.holes, bot.late]).toEqual([0, 0]);
  });

  it('begins anew when another market is opened', async () => {
    const bridge = await desk();
    const closed = new Promise<[number, string]>((resolve) => {
      void feedSocket(`${bridge.url}/feed?symbol=SYN001`, () => {}).then((socket) =>
        socket.on('close', (code, reason) => resolve([code, String(reason)])),
      );
    });
    await until(() => bridge.parts.feedClients.count === 1);
    await post(bridge, '/replay/open', { synthetic: { seed: '9', instruments: 1 } });
    expect(await closed).toEqual([1012, 'another market begins']);
    const again = await readL2(bridge.url, 'SYN001');
    await until(() => again.snapshots === 1);
  });

  it('is refused where the request is wrong', async () => {
    const bridge = await desk();
    for (const [path, problem] of [
      ['/feed?dialect=l2', '400 QUERY_INVALID'],
      ['/feed?dialect=coinbase&symbol=SYN001', '400 QUERY_INVALID'],
      ['/feed?dialect=fix&symbol=SYN001', '400 QUERY_INVALID'],
      ['/feed?symbol=SYN001&from=x', '400 QUERY_INVALID'],
      ['/feed?symbol=NOPE', '400 SYMBOL_UNKNOWN'],
      ['/feeds', '404 ROUTE_UNKNOWN'],
    ] as const) {
      await expect(listen(bridge.url, path)).rejects.toThrow(problem);
    }
  });
});
