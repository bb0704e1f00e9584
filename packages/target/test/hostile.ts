// TCP servers that behave badly, one behaviour each, on free ports.

import type { AddressInfo } from 'node:net';
import { createServer, type Server, type Socket } from 'node:net';

export interface Hostile {
  url: string;
  /** Connections that are open now. */
  open(): number;
  close(): Promise<void>;
}

export async function hostile(behave: (socket: Socket) => void): Promise<Hostile> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    behave(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    open: () => sockets.size,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Answers the first request of a connection with these raw bytes. */
export const raw =
  (text: string | Buffer) =>
  (socket: Socket): void => {
    socket.once('data', () => socket.end(text));
  };

export const json = (body: string, headers = ''): string =>
  `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n${headers}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;

/** Writes a piece again and again as long as the other side takes it. */
export const flood =
  (head: string, piece: Buffer) =>
  (socket: Socket): void => {
    socket.write(head);
    const more = (): void => {
      if (socket.destroyed) return;
      while (socket.write(piece));
    };
    socket.on('drain', more);
    more();
  };

/** One byte at each turn of the event loop. */
export const trickle = (socket: Socket): void => {
  socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n');
  const drip = (): void => {
    if (!socket.destroyed) socket.write(' ', () => setTimeout(drip, 5));
  };
  drip();
};
