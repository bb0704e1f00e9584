// What no server in Node goes below: each viewer's bare socket gets one write a turn, of bytes that are
// made once. In: `--link PORT`. It answers the handshake and knows nothing else of WebSockets.
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { parseArgs } from 'node:util';
import { FrameKind, FrameSplitter, payloadKind, wireFrame } from '@wavetank/abi';
import { answerParent } from './side.ts';

const { values } = parseArgs({ options: { link: { type: 'string', default: '' } } });
const viewers: Duplex[] = [];
const server = createServer();
server.on('upgrade', (_request, socket) => {
  socket.on('error', () => {});
  socket.write(
    'HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n',
  );
  viewers.push(socket);
});

function message(payload: DataView): Buffer {
  const wire = wireFrame(new Uint8Array(payload.buffer, payload.byteOffset, payload.byteLength));
  const head =
    wire.length < 126 ? [0x82, wire.length] : [0x82, 126, wire.length >> 8, wire.length & 255];
  return Buffer.concat([Buffer.from(head), wire]);
}

const splitter = new FrameSplitter();
connect(Number(values.link), '127.0.0.1').on('data', (chunk: Buffer) => {
  const turn: Buffer[] = [];
  splitter.push(chunk, (payload) => {
    const kind = payloadKind(payload);
    if (kind === FrameKind.Book || kind === FrameKind.Tick) turn.push(message(payload));
  });
  const bytes = Buffer.concat(turn);
  if (bytes.length > 0) for (const viewer of viewers) viewer.write(bytes);
});
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  answerParent(`http://127.0.0.1:${port}`, () => process.exit());
});
