// Three hundred clients, a third of them stalled, while strangers throw what they have: the healthy
// are served, the stalled are closed and counted, /health answers, and the bridge stays small. Time goes
// slowly: what is tested is that nobody is hurt, not how much three hundred sockets of one process take.
import { spawn } from 'node:child_process';
import { connect, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { until } from './rig.ts';

const RSS_MAX_BYTES = 256 * 1024 * 1024;
const HEALTHY = 200;
const STALLED = 100;

async function bridge(): Promise<string> {
  const script = fileURLToPath(new URL('./child-bridge.ts', import.meta.url));
  const child = spawn(process.execPath, [script], { stdio: ['pipe', 'pipe', 'inherit'] });
  onTestFinished(async () => {
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.stdin.end();
    await gone;
  });
  for await (const line of createInterface({ input: child.stdout })) return line;
  throw new Error('the bridge did not start');
}

/** A bare socket that is destroyed with the test. */
function raw(url: string, bytes = ''): Socket {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  socket.on('error', () => {});
  socket.write(bytes);
  return socket;
}

interface Client {
  socket: WebSocket;
  frames: number;
  code: number | undefined;
}

async function client(url: string, path: string, stalls: boolean): Promise<Client> {
  const socket = new WebSocket(url.replace('http', 'ws') + path);
  const seen: Client = { socket, frames: 0, code: undefined };
  onTestFinished(() => socket.terminate());
  socket.on('message', () => seen.frames++);
  socket.on('close', (code) => {
    seen.code = code;
  });
  socket.on('error', () => {});
  await new Promise((resolve, reject) => {
    socket.on('open', resolve);
    socket.on('error', reject);
  });
  if (stalls) socket.pause();
  return seen;
}

const upgrade = (path: string): string =>
  `GET ${path} HTTP/1.1\r\nhost: localhost\r\nupgrade: websocket\r\nconnection: upgrade\r\n` +
  `sec-websocket-version: 13\r\nsec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n`;

/** A masked frame whose head says what it likes. */
function frame(first: number, length: number, payload: Buffer): Buffer {
  const head = Buffer.alloc(14);
  head[0] = first;
  head[1] = 0x80 | 127;
  head.writeBigUInt64BE(BigInt(length), 2);
  return Buffer.concat([head, payload]);
}

/** What strangers send as a WebSocket, and the code they are told. */
const FRAMES: [what: string, bytes: Buffer, code: number][] = [
  ['100 MiB announced', frame(0x82, 100 * 1024 * 1024, Buffer.alloc(1024)), 1009],
  [
    'fragments without end',
    Buffer.concat([
      frame(0x01, 1024, Buffer.alloc(1024, 97)),
      ...Array.from({ length: 64 }, () => frame(0x00, 1024, Buffer.alloc(1024, 97))),
    ]),
    1009,
  ],
  ['text that is no UTF-8', frame(0x81, 4, Buffer.from([0xff, 0xfe, 0xc0, 0x80])), 1007],
  ['reserved bits', frame(0xf1, 1, Buffer.from('a')), 1002],
  ['an unknown opcode', frame(0x83, 1, Buffer.from('a')), 1002],
  ['a control frame in pieces', frame(0x09, 1, Buffer.from('a')), 1002],
];

/** The close code in what a server sent behind its handshake. */
async function toldCode(url: string, path: string, bytes: Buffer): Promise<number | undefined> {
  const socket = raw(url, upgrade(path));
  const parts: Buffer[] = [];
  socket.on('data', (part: Buffer) => parts.push(part));
  await until(() => Buffer.concat(parts).includes('\r\n\r\n'));
  socket.write(bytes);
  await new Promise((resolve) => socket.once('close', resolve));
  const all = Buffer.concat(parts);
  const at = all.lastIndexOf(0x88);
  return at < 0 || at + 4 > all.length ? undefined : all.readUInt16BE(at + 2);
}

const gauge = (text: string, name: string): number =>
  Number(new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)$`, 'm').exec(text)?.[1] ?? Number.NaN);

it('serves the healthy, closes the stalled, and stays small', async () => {
  const url = await bridge();
  await expect
    .poll(async () => (await fetch(`${url}/ready`)).status, { timeout: 50_000 })
    .toBe(200);
  const path = (i: number): string => (i % 2 === 0 ? '/stream' : '/stream?format=binary');
  const healthy = await Promise.all(
    Array.from({ length: HEALTHY }, (_, i) => client(url, path(i), false)),
  );
  await Promise.all(Array.from({ length: STALLED }, (_, i) => client(url, path(i), true)));
  // Slow heads and bodies, each a byte at a time; they hold a socket and nothing else.
  const slow = Array.from({ length: 50 }, (_, i) =>
    raw(url, i % 2 === 0 ? 'GET /health HTTP/1.1\r\nx: ' : `${POST}content-length: 9000\r\n\r\n`),
  );
  const drip = setInterval(() => {
    for (const socket of slow) if (socket.writable) socket.write('a');
  }, 20);
  onTestFinished(() => clearInterval(drip));
  for (const [what, bytes, code] of FRAMES) {
    expect([what, await toldCode(url, '/stream?symbol=SYN001', bytes)]).toEqual([what, code]);
    expect([what, await toldCode(url, '/feed?symbol=SYN001', bytes)]).toEqual([what, code]);
  }
  const metrics = async (): Promise<string> => (await fetch(`${url}/metrics`)).text();
  await expect
    .poll(async () => gauge(await metrics(), 'wavetank_viewers'), { timeout: 50_000 })
    .toBe(HEALTHY);
  const text = await metrics();
  expect(text).toContain(`wavetank_viewers_closed_total{reason="no answer to a ping"} ${STALLED}`);
  const before = healthy.map(({ frames }) => frames);
  await until(() => healthy.every(({ frames }, i) => frames > (before[i] ?? 0) + 20));
  expect(healthy.every(({ code }) => code === undefined)).toBe(true);
  expect(gauge(text, 'wavetank_bridge_process_resident_memory_bytes')).toBeLessThan(RSS_MAX_BYTES);
  expect((await fetch(`${url}/health`)).status).toBe(200);
  expect(await (await fetch(`${url}/status`)).json()).toMatchObject({
    heartbeat: { transport: 'playing' },
    engine: { state: 'ready', restarts: 0 },
  });
});

const POST = 'POST /storm/start HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n';
