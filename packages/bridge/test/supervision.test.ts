// The engine as a process: started, found on the port it got, restarted after its death, ended with
// the bridge; and a link that is honest about what it cannot use.
import { mkdtemp } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readRunFile } from '@wavetank/recorder';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Bridge, buildBridge } from '../src/index.ts';
import { FakeEngine } from './fake-engine.ts';
import { injected, until } from './rig.ts';

const CHILD = fileURLToPath(new URL('./child-engine.ts', import.meta.url));

async function supervised(args: string[] = []): Promise<Bridge & { runsDir: string }> {
  const runsDir = await mkdtemp(join(tmpdir(), 'wavetank-sup-'));
  const bridge = await buildBridge({
    engine: { entry: CHILD, args, port: 1 },
    runsDir,
    log_level: 'silent',
    backoff_ms: [10],
    default_target: 'http://127.0.0.1:1',
  });
  onTestFinished(() => bridge.app.close());
  await bridge.app.ready();
  return { ...bridge, runsDir };
}

const lives = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('an engine of our own', () => {
  it('is found on the port it got, and ends with the bridge', async () => {
    const { app, parts } = await supervised();
    await until(() => parts.engine.ready);
    const { pid, owned } = parts.engine.status;
    expect(owned).toBe(true);
    expect(lives(pid ?? 0)).toBe(true);
    await app.close();
    expect(lives(pid ?? 0)).toBe(false);
  });

  it('is started again when it dies at once', async () => {
    const marker = join(await mkdtemp(join(tmpdir(), 'wavetank-die-')), 'died');
    const { parts } = await supervised(['--die-first', marker]);
    await until(() => parts.engine.ready);
    expect(parts.engine.status.restarts).toBe(1);
  });

  it('is started again when it dies later, and its run is closed as aborted', async () => {
    const { app, parts, runsDir } = await supervised();
    await until(() => parts.engine.ready);
    const run = (await app.inject({ method: 'POST', url: '/run/start', payload: {} })).json();
    const before = parts.engine.status.pid;
    const killed = await app.inject('/storm/kinds');
    expect(killed.json().code).toBe('ENGINE_DOWN');
    await until(() => parts.engine.ready && parts.engine.status.pid !== before);
    await until(() => parts.recording.state === 'idle');
    expect(await readRunFile(join(runsDir, run.run_id))).toMatchObject({
      status: 'aborted',
      stop_cause: 'engine_death',
    });
    expect(parts.engine.status.restarts).toBe(1);
  });

  it('that hangs is silent, not ready, and still ends with the bridge', async () => {
    const { app, parts } = await supervised();
    await until(() => parts.engine.ready);
    const { pid } = parts.engine.status;
    const asked = app.inject('/storm/status');
    await until(() => parts.engine.status.state === 'silent');
    expect((await app.inject('/ready')).json()).toMatchObject({
      ready: false,
      engine: { state: 'silent', reason: 'no heartbeat' },
    });
    process.kill(pid ?? 0, 'SIGCONT');
    await until(() => parts.engine.ready);
    await app.close();
    await asked;
  });

  it('that ends at once is down, with the reason', async () => {
    const bridge = await buildBridge({
      engine: { entry: '/dev/null', args: [], port: 1 },
      runsDir: await mkdtemp(join(tmpdir(), 'wavetank-sup-')),
      log_level: 'silent',
      backoff_ms: [10],
      default_target: 'http://127.0.0.1:1',
    });
    onTestFinished(() => bridge.app.close());
    await bridge.app.ready();
    const told = 'the engine process ended: exit code 0';
    await until(() => bridge.parts.engine.status.reason === told);
    await until(() => bridge.parts.engine.status.restarts > 1);
  });
});

describe('an engine elsewhere', () => {
  it('is joined again after it went, on the same address', async () => {
    const rig = await injected();
    const { port } = rig.engine;
    await rig.engine.close();
    await until(() => rig.parts.engine.status.state === 'down');
    const next = new FakeEngine();
    next.port = port;
    await next.listen();
    onTestFinished(() => next.close());
    await until(() => rig.parts.engine.status.state === 'connected');
    next.beat();
    await until(() => rig.parts.engine.ready);
  });

  it('is not alive by a beat that waited for the disk while it went', async () => {
    const rig = await injected();
    const { recording, latest, engine } = rig.parts;
    let written = () => {};
    const disk = new Promise<void>((resolve) => {
      written = resolve;
    });
    Object.defineProperty(recording, 'idle', { value: false, writable: true });
    recording.durable = () => disk;
    rig.engine.beat({ ts_run_ns: 5e9 });
    await until(() => rig.parts.waiting === 1);
    rig.engine.drop();
    await until(() => engine.status.state === 'down');
    written();
    await until(() => rig.parts.waiting === 0);
    expect(latest.heartbeat).toBe(undefined);
    await until(() => engine.status.state === 'connected');
    rig.engine.beat({ ts_run_ns: 6e9 });
    await until(() => latest.heartbeat?.ts_run_ns === 6e9);
  });

  it('of another schema is refused, and said to be', async () => {
    const rig = await injected();
    rig.engine.header = { abi_hash: 1n };
    rig.engine.drop();
    await until(() => /ABI 0000000000000001/.test(rig.parts.engine.status.reason ?? ''));
    expect(rig.parts.engine.ready).toBe(false);
  });

  it.each([
    ['another wire version', [20, 0, 0, 0, 9, 9], /wire version 2313/],
    ['a length beyond all bounds', [255, 255, 255, 255, 1, 0], /frame length 4294967295/],
    ['HTTP', [...Buffer.from('HTTP/1.1 400 Bad Request\r\n')], /frame length/],
  ])('that speaks %s is refused, and said to', async (_what, bytes, reason) => {
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.write(Buffer.from(bytes));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      for (const socket of sockets) socket.destroy();
      server.close();
    });
    const bridge = await buildBridge({
      engine: { join: { host: '127.0.0.1', port: (server.address() as AddressInfo).port } },
      runsDir: tmpdir(),
      log_level: 'silent',
      backoff_ms: [10],
      default_target: 'http://127.0.0.1:1',
    });
    onTestFinished(() => bridge.app.close());
    await bridge.app.ready();
    await until(() => reason.test(bridge.parts.engine.status.reason ?? ''));
    expect(bridge.parts.engine.status.state).toBe('down');
  });
});
