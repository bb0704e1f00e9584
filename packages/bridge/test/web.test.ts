// The edges of the web: other sites, rebound names, tokens, garbage, floods; and the desk's files.
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildBridge, startBridge } from '../src/index.ts';
import { injected, type LiveRig, listen, listening } from './rig.ts';

const storm = { kind: 'FlashCrash', severity: 0.8, duration_ms: 10_000 };

describe('sites', () => {
  it.each([
    [{ host: 'localhost:8080' }, 200],
    [{ host: '127.0.0.1' }, 200],
    [{ host: '[::1]:8080' }, 200],
    [{ host: 'LOCALHOST:1' }, 200],
    [{ host: 'desk.lan:8080' }, 200],
    [{ host: 'localhost:8080', origin: 'http://localhost:8080' }, 200],
    [{ host: 'localhost:8080', origin: 'http://ui.lan' }, 200],
    [{ host: 'evil.example' }, 'HOST_REFUSED'],
    [{ host: 'evil.example:8080' }, 'HOST_REFUSED'],
    [{ host: 'localhost.evil.example' }, 'HOST_REFUSED'],
    [{ host: '127.0.0.1.evil.example' }, 'HOST_REFUSED'],
    [{ host: '10.0.0.1:8080' }, 'HOST_REFUSED'],
    [{ host: 'localhost:8080', origin: 'http://localhost:9999' }, 'ORIGIN_REFUSED'],
    [{ host: 'localhost:8080', origin: 'http://evil.example' }, 'ORIGIN_REFUSED'],
    [{ host: 'localhost:8080', origin: 'null' }, 'ORIGIN_REFUSED'],
    [{ host: 'localhost:8080', origin: 'http://localhost:8080.evil.example' }, 'ORIGIN_REFUSED'],
    [{ host: 'localhost:8080', 'sec-fetch-site': 'same-origin' }, 200],
    [{ host: 'localhost:8080', 'sec-fetch-site': 'none', 'sec-fetch-dest': 'document' }, 200],
    [{ host: 'localhost:8080', 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'document' }, 200],
    [{ host: 'localhost:8080', origin: 'http://ui.lan', 'sec-fetch-site': 'cross-site' }, 200],
    [{ host: 'localhost:8080', 'sec-fetch-site': 'cross-site' }, 'ORIGIN_REFUSED'],
    [{ host: 'localhost:8080', 'sec-fetch-site': 'same-site' }, 'ORIGIN_REFUSED'],
    [
      { host: 'localhost:8080', 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'iframe' },
      'ORIGIN_REFUSED',
    ],
  ])('%j gives %s', async (headers, expected) => {
    const rig = await injected({ hosts: ['desk.lan'], origins: ['http://ui.lan'] });
    for (const url of ['/health', '/storm/status', '/', '/docs/', '/openapi.json']) {
      const answer = await rig.app.inject({ url, headers });
      if (expected === 200) expect(answer.statusCode).not.toBe(403);
      else expect(answer.json()).toMatchObject({ status: 403, code: expected });
    }
  });

  it('of a page elsewhere cannot fire a storm', async () => {
    const rig = await injected();
    const headers = { origin: 'http://evil.example' };
    await rig.app.inject({ method: 'POST', url: '/storm/start', headers, payload: storm });
    expect(rig.engine.requests).toEqual([]);
  });

  it('hear what a page may do', async () => {
    const rig = await injected();
    const { headers } = await rig.app.inject('/health');
    expect(headers['content-security-policy']).toBe("default-src 'none'; frame-ancestors 'none'");
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['access-control-allow-origin']).toBeUndefined();
  });
});

describe('beyond this machine', () => {
  const engine = { join: { host: '127.0.0.1', port: 1 } };
  it.each(['0.0.0.0', '192.168.1.5', 'desk.lan', '::'])('%s needs a token', async (host) => {
    const built = buildBridge({ engine, runsDir: tmpdir(), host });
    await expect(built).rejects.toMatchObject({ code: 'TOKEN_REQUIRED' });
    const empty = buildBridge({ engine, runsDir: tmpdir(), host, token: '' });
    await expect(empty).rejects.toMatchObject({ code: 'TOKEN_REQUIRED' });
  });

  it('asks for it everywhere but where a supervisor or a page begins', async () => {
    const rig = await injected({ host: '0.0.0.0', token: 'secret' });
    rig.engine.answers['storm.status'] = () => ({ mode: 'idle' });
    const get = (url: string, authorization?: string) =>
      rig.app.inject({ url, headers: authorization === undefined ? {} : { authorization } });
    for (const url of ['/health', '/ready', '/openapi.json', '/docs/']) {
      expect((await get(url)).statusCode).toBe(200);
    }
    for (const url of ['/status', '/metrics', '/storm/status', '/run/list', '/bot/state']) {
      expect((await get(url)).json()).toMatchObject({ status: 401, code: 'TOKEN_REQUIRED' });
      expect((await get(url, 'Bearer wrong')).statusCode).toBe(401);
      expect((await get(url, 'Basic secret')).statusCode).toBe(401);
      expect((await get(url, 'Bearer secret')).statusCode).toBe(200);
    }
    const address = await rig.app.inject({ url: '/health', headers: { host: '10.1.2.3:8080' } });
    expect(address.statusCode).toBe(200);
  });

  it('asks viewers too', async () => {
    const rig = await listening({ token: 'secret' });
    await expect(listen(rig.url, '/stream')).rejects.toThrow('401 TOKEN_REQUIRED');
    await expect(listen(rig.url, '/stream?token=no')).rejects.toThrow('401 TOKEN_REQUIRED');
    await listen(rig.url, '/stream?token=secret');
    await listen(rig.url, '/stream', { headers: { authorization: 'Bearer secret' } });
  });
});

describe('bytes that are no request', () => {
  /** Everything the bridge answers to raw bytes until it closes. */
  const raw = (rig: LiveRig, bytes: string | Buffer, drip?: string): Promise<string> =>
    new Promise((resolve) => {
      const socket = connect(Number(new URL(rig.url).port), '127.0.0.1');
      let answer = '';
      socket.on('data', (chunk) => {
        answer += chunk;
      });
      socket.on('error', () => {});
      const drops = setInterval(() => drip !== undefined && socket.write(drip), 10);
      socket.on('close', () => {
        clearInterval(drops);
        resolve(answer);
      });
      socket.write(bytes);
    });
  const head =
    'POST /storm/start HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n';

  it.each([
    ['noise', 'hello there\r\n\r\n', '400', 'REQUEST_INVALID'],
    [
      'huge headers',
      `GET / HTTP/1.1\r\nhost: localhost\r\nx: ${'a'.repeat(20_000)}\r\n\r\n`,
      '431',
      'HEADERS_TOO_LARGE',
    ],
    ['no host', 'GET /health HTTP/1.1\r\nconnection: close\r\n\r\n', '400', ''],
    [
      'two lengths',
      `${head}content-length: 1\r\ncontent-length: 2\r\n\r\n{}`,
      '400',
      'REQUEST_INVALID',
    ],
    [
      'length and chunks',
      `${head}content-length: 2\r\ntransfer-encoding: chunked\r\n\r\n{}`,
      '400',
      'REQUEST_INVALID',
    ],
    [
      'a length of 100 MiB',
      `${head}connection: close\r\ncontent-length: 104857600\r\n\r\n{}`,
      '413',
      'BODY_TOO_LARGE',
    ],
  ])('%s', async (_what, bytes, status, code) => {
    const rig = await listening();
    const answer = await raw(rig, bytes);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    if (code !== '') expect(answer).toContain(`"code":"${code}"`);
    expect(rig.engine.requests).toEqual([]);
    expect((await fetch(`${rig.url}/health`)).status).toBe(200);
  });

  it.each([
    ['a head', 'GET /health HTTP/1.1\r\nhost: localhost\r\nx: '],
    ['a body', `${head}content-length: 9000\r\n\r\n`],
  ])('%s, a byte at a time, has its time', async (_what, bytes) => {
    const rig = await listening({ request_ms: 100 });
    const answer = raw(rig, bytes, 'a');
    expect(await answer).toContain('"code":"REQUEST_TIMEOUT"');
    expect(rig.engine.requests).toEqual([]);
  });

  it('endless chunks are cut off at the limit', async () => {
    const rig = await listening();
    const status = await new Promise<number | undefined>((resolve) => {
      const url = `${rig.url}/storm/start`;
      const headers = { 'content-type': 'application/json' };
      const call = httpRequest(url, { method: 'POST', headers }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
        call.destroy();
      });
      call.on('error', () => resolve(undefined));
      const more = (): void => {
        while (!call.destroyed && call.write('x'.repeat(4096)));
      };
      call.on('drain', more);
      more();
    });
    // The answer may be lost to the reset that follows it; the request never reached the engine.
    expect([413, undefined]).toContain(status);
    expect(rig.engine.requests).toEqual([]);
  });

  it('a WebSocket frame of 100 MiB closes its viewer before it is read', async () => {
    const rig = await listening();
    const viewer = await listen(rig.url, '/stream');
    const socket = (viewer.socket as unknown as { _socket: { write(b: Buffer): void } })._socket;
    const length = Buffer.alloc(14);
    length.set([0x82, 0xff]);
    length.writeBigUInt64BE(104_857_600n, 2);
    socket.write(length);
    await expect.poll(() => viewer.closed?.code, { timeout: 50_000 }).toBe(1009);
  });
});

describe('the desk', () => {
  async function built(): Promise<string> {
    const dir = await mkdtemp(join(tmpdir(), 'wavetank-desk-'));
    await mkdir(join(dir, 'assets'));
    await writeFile(join(dir, 'index.html'), '<title>desk</title>');
    await writeFile(join(dir, 'assets', 'app-1234.js'), 'export {};');
    return dir;
  }
  const page = { accept: 'text/html,*/*' };
  /** A worker may do what its script's own policy allows. */
  const MAY_CONNECT = /connect-src 'self' ws:\/\/localhost\S* .*frame-ancestors 'none'/;

  it('comes from the same origin, with its page for every address a browser opens', async () => {
    const rig = await injected({ deskDir: await built() });
    for (const url of ['/', '/index.html', '/runs/2026?x=1']) {
      const answer = await rig.app.inject({ url, headers: page });
      expect([answer.statusCode, answer.body]).toEqual([200, '<title>desk</title>']);
      expect(answer.headers['cache-control']).toBe('no-cache');
      expect(answer.headers['content-security-policy']).toMatch(MAY_CONNECT);
    }
    const script = await rig.app.inject('/assets/app-1234.js');
    expect(script.headers['content-security-policy']).toMatch(MAY_CONNECT);
    expect(script.headers['content-type']).toMatch(/javascript/);
    expect(script.headers['cache-control']).toContain('immutable');
    expect((await rig.app.inject('/health')).json().status).toBe('ok');
    expect((await rig.app.inject('/nowhere')).json().code).toBe('ROUTE_UNKNOWN');
    expect((await rig.app.inject('/assets/none.js')).statusCode).toBe(404);
    expect((await rig.app.inject('/%2e%2e/%2e%2e/etc/passwd')).statusCode).toBe(404);
  });

  it('says so when it is not built', async () => {
    const rig = await injected();
    const answer = await rig.app.inject({ url: '/', headers: page });
    expect(answer.json()).toMatchObject({ status: 404, code: 'DESK_NOT_BUILT' });
  });
});

describe('startBridge', () => {
  it('says that its port is in use, and leaves nothing running', async () => {
    const rig = await listening();
    const port = Number(new URL(rig.url).port);
    const engine = { join: { host: '127.0.0.1', port: rig.engine.port } };
    const second = startBridge({ engine, runsDir: rig.runsDir, port, log_level: 'silent' });
    await expect(second).rejects.toMatchObject({
      code: 'PORT_IN_USE',
      message: `port ${port} is in use: stop what uses it, or choose another port`,
    });
    await expect.poll(() => rig.engine.connections, { timeout: 50_000 }).toBe(1);
  });

  const ipv6 = Object.values(networkInterfaces()).some((all) =>
    all?.some(({ address }) => address === '::1'),
  );
  it.skipIf(!ipv6)('listens on ::1, without a token, when told to', async () => {
    const rig = await listening({ host: '::1' });
    expect(rig.url).toMatch(/^http:\/\/\[::1\]:\d+$/);
    expect(
      (await fetch(`${rig.url}/storm/kinds`, { headers: { origin: rig.url } })).status,
    ).not.toBe(403);
    const viewer = await listen(rig.url, '/stream', { headers: { origin: rig.url } });
    viewer.socket.close();
    expect((await fetch(`${rig.url}/health`)).status).toBe(200);
  });

  it.each(['nope', 'ftp://x'])('refuses the target %j before anything starts', async (target) => {
    const engine = { join: { host: '127.0.0.1', port: 1 } };
    const started = startBridge({ engine, runsDir: tmpdir(), target });
    await expect(started).rejects.toMatchObject({ code: 'TARGET_INVALID' });
  });
});
