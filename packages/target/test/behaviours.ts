// What a target may do instead of answering: how each looks on the wire, and what a poll says of it.
import type { Socket } from 'node:net';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { flood, json, raw, trickle } from './hostile.ts';

export type Behaviour = [what: string, behave: (socket: Socket) => void, outcome: string];

export const endless = Buffer.from(`400\r\n${'x'.repeat(1024)}\r\n`);
export const chunked = 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n';
const deep = '['.repeat(100_000);
const gzip = json('x'.repeat(40), 'content-encoding: gzip\r\n');

const bomb = gzipSync(Buffer.alloc(8 * 1024 * 1024));
const packed = (kind: string, bytes: Buffer): Buffer => {
  const head = `HTTP/1.1 200 OK\r\ncontent-encoding: ${kind}\r\ncontent-length: ${bytes.length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), bytes]);
};
const status = (line: string): string => `HTTP/1.1 ${line}\r\ncontent-length: 0\r\n\r\n`;
const OK = 'HTTP/1.1 200 OK\r\n';
/** The parser may stop before or after the head was handed over. */
const BROKEN = 'TARGET_UNREACHABLE TARGET_TRUNCATED';
const fine = '{"equity":1}';

export const BEHAVIOURS: Behaviour[] = [
  ['says nothing', () => {}, 'TARGET_TIMEOUT'],
  ['trickles', trickle, 'TARGET_TIMEOUT'],
  ['stops inside its headers', (s) => s.write('HTTP/1.1 200 OK\r\nx-a: '), 'TARGET_TIMEOUT'],
  ['sends endless chunks', flood(chunked, endless), 'TARGET_TOO_LARGE'],
  [
    'announces 10 GB',
    flood(json('').replace('length: 0', 'length: 10000000000'), endless),
    'TARGET_TOO_LARGE',
  ],
  [
    'sends huge headers',
    flood('HTTP/1.1 200 OK\r\nx-a: ', Buffer.alloc(1024, 97)),
    'TARGET_UNREACHABLE',
  ],
  ['resets', (s) => s.resetAndDestroy(), 'TARGET_UNREACHABLE'],
  ['closes at once', (s) => s.end(), 'TARGET_UNREACHABLE'],
  ['speaks no HTTP', raw('220 smtp ready\r\n'), 'TARGET_UNREACHABLE'],
  [
    'cuts its body short',
    raw(json('{"equity":1}').replace('length: 12', 'length: 50')),
    'TARGET_TRUNCATED',
  ],
  [
    'redirects',
    raw('HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n'),
    'TARGET_STATUS',
  ],
  ['fails', raw('HTTP/1.1 500 No\r\ncontent-length: 0\r\n\r\n'), 'TARGET_STATUS'],
  ['compresses', raw(gzip), 'TARGET_ENCODED'],
  ['sends no JSON', raw(json('<html>')), 'TARGET_JSON'],
  ['sends NaN', raw(json('{"equity":NaN}')), 'TARGET_JSON'],
  ['sends nothing', raw(json('')), 'TARGET_JSON'],
  ['nests deep', raw(json('['.repeat(33) + ']'.repeat(33))), 'TARGET_JSON_DEPTH'],
  ['nests deeper than fits', raw(json(deep)), 'TARGET_TOO_LARGE'],
  ['sends a list', raw(json('[1]')), 'TARGET_SHAPE'],
  ['sends null', raw(json('null')), 'TARGET_SHAPE'],
  [
    'sends bad UTF-8',
    raw(Buffer.concat([Buffer.from(json('1')).subarray(0, -1), Buffer.from([255])])),
    'TARGET_TEXT',
  ],
  ['takes the connection and reads nothing', (s) => s.pause(), 'TARGET_TIMEOUT'],
  ['sends one header byte at a time', dripping(`${OK}x-a: `), 'TARGET_TIMEOUT'],
  ['answers when it is too late', late, 'TARGET_TIMEOUT'],
  [
    'announces more answers without end',
    flood('', Buffer.from('HTTP/1.1 100 Continue\r\n\r\n')),
    'TARGET_TIMEOUT',
  ],
  [
    'changes to another protocol',
    raw('HTTP/1.1 101 Switching\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'),
    'TARGET_UNREACHABLE',
  ],
  ['is a gzip bomb', raw(packed('gzip', bomb)), 'TARGET_ENCODED'],
  ['compresses otherwise', raw(packed('br', brotliCompressSync(fine))), 'TARGET_ENCODED'],
  [
    'redirects to itself',
    raw(status('307 Again').replace('\r\n\r\n', '\r\nlocation: /api/state\r\n\r\n')),
    'TARGET_STATUS',
  ],
  [
    'redirects to a file',
    raw(status('301 There').replace('\r\n\r\n', '\r\nlocation: file:///etc/passwd\r\n\r\n')),
    'TARGET_STATUS',
  ],
  ['has nothing to say', raw('HTTP/1.1 204 No Content\r\n\r\n'), 'TARGET_STATUS'],
  ['wants a password', raw(status('401 Who')), 'TARGET_STATUS'],
  ['is tired of us', raw(status('429 Later')), 'TARGET_STATUS'],
  ['has a status of its own', raw(status('999 Odd')), 'TARGET_STATUS'],
  ['has a negative length', raw(`${OK}content-length: -1\r\n\r\n${fine}`), 'TARGET_UNREACHABLE'],
  [
    'has a length and chunks',
    raw(`${OK}content-length: 12\r\ntransfer-encoding: chunked\r\n\r\n`),
    'TARGET_UNREACHABLE',
  ],
  ['has a chunk larger than numbers go', raw(`${chunked}FFFFFFFFFFFFFFFFF\r\n`), BROKEN],
  ['has a chunk of no size', raw(`${chunked}zz\r\n`), BROKEN],
  ['has a chunk extension without end', flood(`${chunked}1;x=`, Buffer.alloc(1024, 97)), BROKEN],
  [
    'has trailers without end',
    flood(`${chunked}0\r\n`, Buffer.from(`x-a: ${'a'.repeat(500)}\r\n`)),
    BROKEN,
  ],
  ['has a zero byte in a header', raw(`${OK}x-a: \0\r\n\r\n`), 'TARGET_UNREACHABLE'],
  ['answers twice', raw(json(fine) + json('{"equity":2}')), 'ONLINE'],
  [
    'keeps the connection',
    (s) => s.once('data', () => s.write(json(fine, 'connection: keep-alive\r\n'))),
    'ONLINE',
  ],
  ['lives in 1970', raw(json(fine, 'date: Thu, 01 Jan 1970 00:00:00 GMT\r\n')), 'ONLINE'],
  ['sets a hundred cookies', raw(json(fine, 'set-cookie: a=b\r\n'.repeat(100))), 'ONLINE'],
  ['marks the order of its bytes', raw(json(`\ufeff${fine}`)), 'ONLINE'],
  [
    'names itself with commands for a terminal',
    raw(json('{"name":"\\u001b[2J\\n\\u0000"}')),
    'ONLINE',
  ],
  ['has half a character', raw(json('{"name":"\\ud800","signals":["\\udfff"]}')), 'ONLINE'],
  ['says everything twice', raw(json('{"equity":1,"equity":2}')), 'ONLINE'],
  [
    'has more keys than fields',
    raw(json(`{${Array.from({ length: 300 }, (_, i) => `"${i}":0`)}}`)),
    'ONLINE',
  ],
];

/** The head, then a byte at each turn, never a line's end. */
function dripping(head: string): (socket: Socket) => void {
  return (socket) => {
    socket.write(head);
    const drip = (): void => {
      if (!socket.destroyed) socket.write('a', () => setTimeout(drip, 5));
    };
    drip();
  };
}

function late(socket: Socket): void {
  socket.once('data', () => setTimeout(() => socket.end(json(fine)), 40_000).unref());
}
