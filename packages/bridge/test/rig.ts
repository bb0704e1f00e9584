// A bridge joined to a fake engine, with a throw-away runs folder; everything is closed after a test.
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { type RawData, WebSocket } from 'ws';
import { type Bridge, type BridgeOptions, buildBridge, startBridge } from '../src/index.ts';
import { FakeEngine } from './fake-engine.ts';

// Nothing listens on port 1: without a named target there is none.
const NO_TARGET = {
  log_level: 'silent',
  backoff_ms: [10],
  default_target: 'http://127.0.0.1:1',
};

export const runAnswers = {
  'run.start': ({ symbols, class: named }: { [key: string]: unknown }) => ({
    start_seq: 100,
    started_ts_ns: 34_200_000_000_000,
    symbols: symbols ?? ['AAPL'],
    class: named,
    source: { kind: 'synthetic', seed: '7', digest: 'ab'.repeat(8) },
  }),
  'run.stop': () => ({
    end_seq: 900,
    ended_ts_ns: 34_260_000_000_000,
    run_digest: 'aa'.repeat(8),
    market_digest: 'bb'.repeat(16),
    storms: [],
  }),
  'run.seal': () => ({ sealed: true }),
};

export interface Rig extends Bridge {
  engine: FakeEngine;
  runsDir: string;
}

async function prepare(options: Partial<BridgeOptions>) {
  const engine = await FakeEngine.start({ ...runAnswers });
  const runsDir = await mkdtemp(join(tmpdir(), 'wavetank-bridge-'));
  const join_ = { engine: { join: { host: '127.0.0.1', port: engine.port } }, runsDir };
  return { engine, runsDir, settled: { ...NO_TARGET, ...join_, ...options } };
}

/** For inject: nothing listens. The engine is greeted and its heart has beaten. */
export async function injected(options: Partial<BridgeOptions> = {}): Promise<Rig> {
  const { engine, runsDir, settled } = await prepare(options);
  const bridge = await buildBridge(settled);
  onTestFinished(async () => {
    await bridge.app.close();
    await engine.close();
  });
  await bridge.app.ready();
  await ready({ ...bridge, engine });
  return { ...bridge, engine, runsDir };
}

export interface LiveRig extends Rig {
  url: string;
}

/** On a free port of the loopback interface. */
export async function listening(options: Partial<BridgeOptions> = {}): Promise<LiveRig> {
  const { engine, runsDir, settled } = await prepare(options);
  const bridge = await startBridge({ ...settled, port: 0 });
  onTestFinished(async () => {
    await bridge.close();
    await engine.close();
  });
  await ready({ ...bridge, engine });
  return { ...bridge, engine, runsDir };
}

export async function ready({ parts, engine }: Bridge & { engine: FakeEngine }): Promise<void> {
  await until(() => parts.engine.status.state === 'connected');
  engine.beat();
  await until(() => parts.engine.ready);
}

/** Waits for a condition, however long the machine takes. */
export async function until(condition: () => boolean): Promise<void> {
  await expect.poll(condition, { timeout: 50_000, interval: 5 }).toBe(true);
}

export interface Listener {
  socket: WebSocket;
  frames: { [key: string]: unknown; type: string }[];
  raw: Buffer[];
  closed: { code: number; reason: string } | undefined;
  of(type: string): { [key: string]: unknown }[];
}

export interface ListenOptions {
  headers?: { [name: string]: string };
}

/** A viewer that keeps what it gets. Rejects with the status and code of a refused upgrade. */
export function listen(url: string, path: string, options: ListenOptions = {}): Promise<Listener> {
  const socket = new WebSocket(url.replace(/^http/, 'ws') + path, options);
  const listener: Listener = {
    socket,
    frames: [],
    raw: [],
    closed: undefined,
    of: (type) => listener.frames.filter((frame) => frame.type === type),
  };
  socket.on('message', (data: RawData, binary: boolean) => {
    if (binary) listener.raw.push(data as Buffer);
    else listener.frames.push(JSON.parse(String(data)));
  });
  socket.on('close', (code, reason) => {
    listener.closed = { code, reason: String(reason) };
  });
  onTestFinished(() => socket.terminate());
  return new Promise((resolve, reject) => {
    socket.on('open', () => resolve(listener));
    socket.on('error', reject);
    socket.on('unexpected-response', (_request, response) => {
      let body = '';
      response.on('data', (chunk) => {
        body += chunk;
      });
      response.on('end', () =>
        reject(new Error(`${response.statusCode} ${JSON.parse(body).code}`)),
      );
    });
  });
}
