// The stand-in market maker on the real engine: it quotes what /feed shows, asks the gate first, and a
// crash costs it and makes it pull.
import { spawn } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startDemoTarget } from '@wavetank/target';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type RunningBridge, startBridge } from '../src/index.ts';
import { until } from './rig.ts';

const SCRIPT = fileURLToPath(new URL('../../target/demo/market_maker.py', import.meta.url));
const ENTRY = fileURLToPath(new URL('../../engine/src/main.ts', import.meta.url));

async function market() {
  const args = ['--wire-port', '0', '--seed', '7', '--speed', '4', '--log-level', 'warn'];
  const bridge = await startBridge({
    engine: { entry: ENTRY, args, port: 0 },
    runsDir: await mkdtemp(join(tmpdir(), 'wavetank-demo-')),
    port: 0,
    log_level: 'silent',
    default_target: 'http://127.0.0.1:1',
  });
  onTestFinished(() => bridge.close());
  await until(() => bridge.parts.engine.ready);
  return { bridge };
}

async function traded() {
  const { bridge } = await market();
  const target = await startDemoTarget({ bridge: bridge.url, port: 0, style: 'careful' });
  onTestFinished(() => target.close());
  return { bridge, target };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const post = (bridge: RunningBridge, url: string, payload: object = {}) =>
  bridge.app.inject({ method: 'POST', url, payload });

describe('demo-target', () => {
  it('makes a market behind the gate, and a crash makes it pull', async () => {
    const { bridge, target } = await traded();
    await until(() => target.state().total_trades > 0);
    await until(() => target.state().as_of_ts_run_ns > 34_203e9);
    expect(target.state()).toMatchObject({ stand_in: true, symbol: 'SYN001', connected: true });
    const storm = { kind: 'FlashCrash', severity: 1, duration_ms: 5000, seed: '3' };
    expect((await post(bridge, '/storm/start', storm)).statusCode).toBe(200);
    await until(() => target.state().signals.at(-1)?.signal === 'pulled');
    await until(() => target.state().position === 0);
    const { total_trades } = target.state();
    const gate = (await bridge.app.inject('/risk/status')).json();
    expect(gate).toMatchObject({ state: 'armed' });
    const state = await (await fetch(`${target.url}/api/state`)).json();
    expect(state).toMatchObject({ currency: 'USD', open_orders: 0, quoting: false });
    expect(total_trades).toBeGreaterThan(0);
    expect((await fetch(`${target.url}/api/health`)).status).toBe(200);
    expect((await fetch(`${target.url}/x`)).status).toBe(404);
  });

  it('does not trade when the gate refuses', async () => {
    const { bridge, target } = await traded();
    await until(() => target.state().connected);
    await post(bridge, '/risk/kill');
    // A quote that stood before the gate closed may still be filled, until it is moved.
    await until(() => target.state().orders_refused > 2 && target.state().open_orders === 0);
    const { total_trades, orders_refused } = target.state();
    await until(() => target.state().orders_refused > orders_refused + 3);
    expect(target.state()).toMatchObject({ total_trades, open_orders: 0 });
  });

  it('says once why it has no feed', async () => {
    const { bridge } = await market();
    const told: string[] = [];
    const onRefused = (why: string) => told.push(why);
    const of = (url: string, symbol: string) =>
      startDemoTarget({ bridge: url, port: 0, symbol, onRefused });
    const wrong = await of(bridge.url, 'NOPE');
    await until(() => told.length > 0);
    await wrong.close();
    const away = await of('http://127.0.0.1:1', 'SYN001');
    await until(() => told.length > 1);
    await away.close();
    expect(told).toEqual([
      'SYMBOL_UNKNOWN: the source has no symbol "NOPE"',
      expect.stringContaining('http://127.0.0.1:1: '),
    ]);
  });

  it('is the same in Python', async () => {
    const { bridge } = await market();
    const port = await freePort();
    const words = [
      '--bridge',
      bridge.url,
      '--symbol',
      'SYN001',
      '--port',
      String(port),
      '--style',
      'careful',
    ];
    const python = spawn('python3', [SCRIPT, ...words], { stdio: 'inherit' });
    onTestFinished(() => void python.kill());
    let state: { [key: string]: unknown } = {};
    const look = async () => {
      const answer = await fetch(`http://127.0.0.1:${port}/api/state`).catch(() => undefined);
      state = ((await answer?.json()) ?? {}) as typeof state;
      return state;
    };
    const wait = { timeout: 50_000, interval: 50 };
    await expect.poll(look, wait).toMatchObject({ quoting: true });
    await expect.poll(async () => Number((await look()).total_trades), wait).toBeGreaterThan(0);
    const storm = { kind: 'FlashCrash', severity: 1, duration_ms: 5000, seed: '3' };
    await post(bridge, '/storm/start', storm);
    await expect.poll(look, wait).toMatchObject({ quoting: false, position: 0 });
  });
});
