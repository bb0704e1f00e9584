// Many WebSocket clients on bare sockets, in the process of the load. In: an address. Out: how many frames
// of turns all of them got, and how late each was. They read little: what they do must not be measured.
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { FRAME_PREFIX, FrameKind, WIRE_HEAD_SIZE } from '@wavetank/abi';

export const BINARY = 0x82;
/** Beside frames there are notices and heartbeats in a text stream; these are longer than a link notice. */
const TEXT_HEADS = ['{"type":"tick"', '{"type":"book"'];

/** Cuts the bytes of a server into messages; its frames are whole and not masked. */
export class MessageReader {
  #held: Buffer = Buffer.alloc(0);
  readonly #take: (first: number, payload: Buffer) => void;

  constructor(take: (first: number, payload: Buffer) => void) {
    this.#take = take;
  }

  push(chunk: Buffer): void {
    const bytes = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
    let at = 0;
    while (bytes.length - at >= 2) {
      const short = (bytes[at + 1] ?? 0) & 0x7f;
      const head = short < 126 ? 2 : short === 126 ? 4 : 10;
      if (bytes.length - at < head) break;
      const length =
        head === 2 ? short : head === 4 ? bytes.readUInt16BE(at + 2) : bytes.readUInt32BE(at + 6);
      if (bytes.length - at < head + length) break;
      this.#take(bytes[at] ?? 0, bytes.subarray(at + head, at + head + length));
      at += head + length;
    }
    this.#held = bytes.subarray(at);
  }
}

/** A WebSocket that is open; what came behind the handshake is not lost. */
export async function openSocket(url: string, take: (chunk: Buffer) => void): Promise<Socket> {
  const { hostname, port, pathname, search } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  socket.on('error', () => {});
  socket.write(
    `GET ${pathname}${search} HTTP/1.1\r\nhost: ${hostname}:${port}\r\nupgrade: websocket\r\n` +
      'connection: upgrade\r\nsec-websocket-version: 13\r\n' +
      'sec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
  );
  let head: Buffer = Buffer.alloc(0);
  while (!head.includes('\r\n\r\n')) head = Buffer.concat([head, (await once(socket, 'data'))[0]]);
  if (!head.includes(' 101 ')) throw new Error(`refused: ${head}`);
  const rest = head.subarray(head.indexOf('\r\n\r\n') + 4);
  socket.on('data', take);
  if (rest.length > 0) take(rest);
  return socket;
}

export class Viewers {
  readonly #sockets: Socket[] = [];
  /** Frames of turns that came, all viewers together. */
  frames = 0;
  /** Called with the sequence of each frame, in the binary form. */
  seen: ((seq: number) => void) | undefined;

  async open(url: string, count: number): Promise<void> {
    const opened = Array.from({ length: count }, () => {
      const reader = new MessageReader((first, payload) => this.#take(first, payload));
      return openSocket(url, (chunk) => reader.push(chunk));
    });
    this.#sockets.push(...(await Promise.all(opened)));
  }

  #take(first: number, payload: Buffer): void {
    if (first !== BINARY) {
      const head = payload.toString('latin1', 0, 14);
      if (TEXT_HEADS.includes(head)) this.frames++;
      return;
    }
    const kind = payload.readUInt16LE(WIRE_HEAD_SIZE);
    if (kind !== FrameKind.Book && kind !== FrameKind.Tick) return;
    this.frames++;
    this.seen?.(payload.readUInt32LE(WIRE_HEAD_SIZE + FRAME_PREFIX.seq));
  }

  /** They take nothing any more. */
  stall(): void {
    for (const socket of this.#sockets) socket.pause();
  }

  close(): void {
    for (const socket of this.#sockets) socket.destroy();
  }
}
