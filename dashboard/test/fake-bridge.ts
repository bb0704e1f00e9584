// In: a fake market and the built desk. Out: a server with the routes of the bridge that the desk uses.
// Ticks in wall time; a test can freeze its heartbeat, drop its sockets, or refuse a request.
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { ABI_HASH, STORM_KINDS, TransportState } from '@wavetank/abi';
import { type WebSocket, WebSocketServer } from 'ws';
import { FakeHistory } from './fake-history.ts';
import { FakeMarket } from './fake-market.ts';
import { fakePreview } from './fake-preview.ts';
import { FakeRuns } from './fake-runs.ts';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
};
const STEP_MS = 20;
const HEARTBEAT_MS = 200;

export interface Posted {
  path: string;
  body: Record<string, unknown>;
}

interface Answer {
  status?: number;
  body: unknown;
}

export class FakeBridge {
  market = new FakeMarket('AAPL', 5_853_400);
  /** Requests that changed something, in order. */
  readonly posted: Posted[] = [];
  /** True: routes answer, no viewer gets in. */
  isShut = false;
  /** True: the bridge answers, its engine is gone: no frames, not ready. */
  engineDown = false;
  /** The next POST is refused with this code. */
  refuse: string | null = null;
  /** What an answer to a preview waits for. */
  previewing: Promise<void> = Promise.resolve();
  isTargetOnline = true;
  liveRun: { run_id: string; storms_fired: unknown[] } | null = null;
  /** True: as if the engine had been built from another schema. */
  isForeign = false;
  private readonly desk: string;
  private readonly history = new FakeHistory();
  private readonly runs = new FakeRuns();
  private readonly server: Server = createServer(
    (request, reply) => void this.serve(request, reply),
  );
  private readonly sockets = new WebSocketServer({ noServer: true });
  private readonly timers: ReturnType<typeof setInterval>[] = [];

  /** `desk`: folder of the built page. */
  constructor(desk: string) {
    this.desk = desk;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async listen(port = 0): Promise<void> {
    this.server.on('upgrade', (request, socket, head) => {
      const symbol = new URL(request.url ?? '/', this.url).searchParams.get('symbol');
      const isOther = symbol !== null && symbol !== this.market.symbol;
      if (this.isShut || isOther) return void socket.destroy();
      this.sockets.handleUpgrade(request, socket, head, (client) => this.greet(client));
    });
    await new Promise<void>((resolve) => this.server.listen(port, '127.0.0.1', resolve));
    this.timers.push(setInterval(() => this.tick(), STEP_MS));
    this.timers.push(setInterval(() => this.beat(), HEARTBEAT_MS));
  }

  /** Runs the market ahead, so that a page finds a history to show. */
  warm(ticks: number): void {
    for (let i = 0; i < ticks; i++) this.advance();
  }

  dropViewers(): void {
    for (const client of this.sockets.clients) client.terminate();
  }

  async close(): Promise<void> {
    for (const timer of this.timers) clearInterval(timer);
    this.dropViewers();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private tick(): void {
    if (this.engineDown || this.market.transport !== TransportState.Playing) return;
    this.advance();
  }

  private advance(): void {
    const frames = this.market.step();
    this.history.take(frames);
    this.send(frames);
  }

  private beat(): void {
    if (this.engineDown) return;
    this.send([this.market.heartbeat(), this.market.latency(), this.market.risk()]);
  }

  private greet(client: WebSocket): void {
    client.send(this.market.header(this.isForeign ? 1n : ABI_HASH));
    if (!this.engineDown) client.send(this.market.heartbeat());
  }

  private send(frames: Uint8Array[]): void {
    for (const client of this.sockets.clients) for (const frame of frames) client.send(frame);
  }

  private async serve(request: IncomingMessage, reply: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.url);
    if (request.method === 'POST') {
      const { status = 200, body } = this.act(url.pathname, await bodyOf(request));
      if (url.pathname === '/storm/preview') await this.previewing;
      return json(reply, { status, body });
    }
    const recorded = this.runs.answer(url.pathname);
    if (typeof recorded === 'string') return void reply.end(recorded);
    const answer = recorded === undefined ? this.answer(url) : { body: recorded };
    if (answer === undefined)
      await file(join(this.desk, url.pathname === '/' ? 'index.html' : url.pathname), reply);
    else json(reply, answer);
  }

  private answer(url: URL): Answer | undefined {
    switch (url.pathname) {
      case '/ready':
        return { status: this.engineDown ? 503 : 200, body: { ready: !this.engineDown } };
      case '/symbols':
        return { body: { symbols: matching(url.searchParams.get('query') ?? ''), total: 8 } };
      case '/storm/kinds':
        return { body: { kinds: STORM_KINDS } };
      case '/run/list':
        return { body: { runs: this.liveRun === null ? RUNS : [LIVE_ENTRY, ...RUNS] } };
      case '/run/status':
        return { body: { state: 'idle', run: this.liveRun, last: null } };
      case '/bot/list':
        return { body: { targets: [this.target()], refused: [] } };
      case '/history':
        return { body: this.history.answer(this.market.symbol, url.searchParams) };
      default:
        return undefined;
    }
  }

  private target(): object {
    const moved = Math.sin(this.market.now_ns / 9e9) * 40;
    const state = {
      bot: 'demo-target',
      equity: 100_000 + moved,
      currency: 'USD',
      total_trades: 214,
      wins: 121,
      losses: 93,
      realized_pnl: moved * 0.7,
      unrealized_pnl: moved * 0.3,
    };
    const online = this.isTargetOnline;
    return { ...TARGET, online, reason: online ? null : 'refused', state: online ? state : null };
  }

  private act(path: string, body: Record<string, unknown>): Answer {
    this.posted.push({ path, body });
    if (this.refuse !== null) {
      const code = this.refuse;
      this.refuse = null;
      const detail = 'FlashCrash runs on AAPL already';
      return { status: 409, body: { title: 'Storms conflict', detail, code, status: 409 } };
    }
    const verified = /^\/run\/(.+)\/verify$/.exec(path)?.[1];
    if (verified !== undefined) return { status: 202, body: this.runs.begin(verified) };
    if (path === '/run/start') this.liveRun = { run_id: LIVE_ENTRY.run_id, storms_fired: [] };
    if (path === '/run/stop') this.liveRun = null;
    if (path === '/storm/start') this.liveRun?.storms_fired.push(body.kind);
    if (path === '/storm/start') return { body: this.fire(body) };
    if (path === '/storm/preview') return { body: fakePreview(body, this.market) };
    if (path === '/storm/stop') this.market.stop(body.id as number | undefined);
    if (path === '/replay/open') return { body: { symbols: [this.market.symbol] } };
    if (path === '/replay/pause') this.market.transport = TransportState.Paused;
    if (path === '/replay/play') this.market.transport = TransportState.Playing;
    if (path === '/run/start') this.market.run_active = 1;
    if (path === '/run/stop') this.market.run_active = 0;
    return { body: {} };
  }

  private fire(body: Record<string, unknown>): object {
    const storm = this.market.fire({
      kind: String(body.kind),
      severity: Number(body.severity),
      seed: BigInt(String(body.seed ?? '7')),
      duration_ms: Number(body.duration_ms),
    });
    const { id, seed, started_ns } = storm;
    const started_at_ms = started_ns / 1e6;
    return { mode: 'storm', id, seed: seed.toString(), start_seq: 12, started_at_ms };
  }
}

const SYMBOLS = ['AAPL', 'AMD', 'AMZN', 'GOOG', 'INTC', 'MSFT', 'NVDA', 'TSLA'];
const matching = (query: string): string[] => SYMBOLS.filter((name) => name.startsWith(query));

const RUNS = [
  ['2026-11-21T09-12-44-108Z', 'complete', 'TARGET_DAMAGED', -42.18, ['FlashCrash']],
  ['2026-11-21T08-55-02-731Z', 'complete', 'TARGET_INTACT', -1.2, ['FlashCrash', 'FlashCrash']],
  ['2026-11-20T17-20-10-004Z', 'aborted', 'INCONCLUSIVE', null, []],
  ['2026-11-20T16-02-51-950Z', 'complete', 'TARGET_UNKNOWN', null, ['FlashCrash']],
].map(([run_id, status, verdict, delta, storms]) => ({
  run_id,
  status,
  verdict,
  verdict_reasons: verdict === 'INCONCLUSIVE' ? ['bench_lagged'] : [],
  delta,
  storms,
  duration_s: 61.5,
  symbols: ['AAPL'],
  class: 'D1',
}));

/** Its file does not know its storms before it is closed. */
const LIVE_ENTRY = {
  run_id: '2026-11-21T09-20-00-000Z',
  status: 'recording',
  verdict: null,
  verdict_reasons: [],
  delta: null,
  storms: [],
  duration_s: null,
  symbols: ['AAPL'],
  class: 'D0',
};

const TARGET = {
  name: 'demo-target',
  url: 'http://127.0.0.1:3001/',
  latency_class: 'mid',
  clock: 'wall',
  slo: {
    offline_ms: 0,
    answer_ms_p99: 250,
    reaction_ms: 1000,
    recovery_ms: 10_000,
    staleness_ms: null,
    tick_to_trade_us_p99: null,
  },
  score: {
    max_drawdown: 42.5,
    answer_ms_p50: 2.1,
    answer_ms_p99: 310,
    outages: 0,
    offline_ms_max: 0,
    staleness_ms_max: null,
    tick_to_trade_us_p99: null,
    storms: [
      { storm_id: 1, pnl_delta: -41.2, reaction_ms: 620, reaction: 'orders', recovery_ms: 8000 },
    ],
    slo_breaches: [{ slo: 'answer_ms_p99', limit: 250, measured: 310, storm_id: null }],
  },
};

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return JSON.parse(Buffer.concat(parts).toString() || '{}') as Record<string, unknown>;
}

function json(reply: ServerResponse, { status = 200, body }: Answer): void {
  const type = status < 400 ? 'application/json' : 'application/problem+json';
  reply.writeHead(status, { 'content-type': type });
  reply.end(JSON.stringify(body));
}

async function file(path: string, reply: ServerResponse): Promise<void> {
  try {
    const bytes = await readFile(path);
    reply.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream' });
    reply.end(bytes);
  } catch {
    json(reply, { status: 404, body: { title: 'No such route', code: 'ROUTE_UNKNOWN' } });
  }
}
