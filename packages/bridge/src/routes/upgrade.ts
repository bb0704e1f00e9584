// In: upgrade requests. Out: each handed to the WebSocket server of its path; any other is a problem.
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { ApiError, endWithProblem, toApiError } from '../lib/problem.ts';

export interface SocketServer {
  /** Judges and accepts; throws what the client is told instead. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, url: URL): Promise<void>;
}

export function upgradeTo(
  servers: Readonly<{ [path: string]: SocketServer }>,
): (request: IncomingMessage, socket: Duplex, head: Buffer) => void {
  return (request, socket, head) => {
    socket.on('error', () => {});
    const serve = async (): Promise<void> => {
      const url = pathOf(request);
      const server = Object.hasOwn(servers, url.pathname) ? servers[url.pathname] : undefined;
      if (server === undefined) {
        throw new ApiError('ROUTE_UNKNOWN', `no WebSocket at ${url.pathname}`);
      }
      await server.upgrade(request, socket, head, url);
    };
    serve().catch((thrown) => endWithProblem(socket, toApiError(thrown)));
  };
}

function pathOf({ url }: IncomingMessage): URL {
  const text = `http://bridge${url?.startsWith('/') ? url : '/'}`;
  if (!URL.canParse(text)) throw new ApiError('REQUEST_INVALID', 'the path is no path');
  return new URL(text);
}
