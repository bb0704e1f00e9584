// The gauges as a side of the bench. G6: `ws`, each viewer sent `JSON.stringify` of each frame of the link
// (`--link PORT`), which is decoded once. G7: `node:http`, a small JSON answer to whatever is asked.
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { parseArgs } from 'node:util';
import { FrameKind, FrameSplitter, frameJson, payloadKind } from '@wavetank/abi';
import { WebSocketServer } from 'ws';
import { answerParent } from './side.ts';

const ANSWER = { state: 'idle', run: null, last: null };

const { values } = parseArgs({ options: { link: { type: 'string' } } });
const server = createServer((_request, response) => {
  const body = JSON.stringify(ANSWER);
  response.writeHead(200, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
});
const viewers = new WebSocketServer({ server, perMessageDeflate: false });

function broadcast(payload: DataView): void {
  const kind = payloadKind(payload);
  if (kind !== FrameKind.Book && kind !== FrameKind.Tick) return;
  const frame = frameJson(payload);
  for (const viewer of viewers.clients) viewer.send(JSON.stringify(frame));
}

if (values.link !== undefined) {
  const splitter = new FrameSplitter();
  const link = connect(Number(values.link), '127.0.0.1');
  link.on('data', (chunk: Buffer) => splitter.push(chunk, broadcast));
  link.on('error', () => process.exit(1));
}
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  answerParent(`http://127.0.0.1:${port}`, () => process.exit());
});
