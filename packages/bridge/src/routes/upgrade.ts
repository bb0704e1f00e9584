// In: upgrade requests. Out: each handed to the WebSocket server of its path; any other is a problem. And
// what both servers share: their sockets, the symbols of a query, the answer to a plain GET.
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type TObject, Type } from 'typebox';
import { WebSocketServer } from 'ws';
import type { App } from '../app.ts';
import { ApiError, endWithProblem, toApiError } from '../lib/problem.ts';
import { problem } from './fields.ts';

export interface SocketServer {
  /** Judges and accepts; throws what the client is told instead. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, url: URL): Promise<void>;
}

const PAYLOAD_MAX = 4 * 1024;

/** What clients send is small, and nothing is compressed: a frame costs one write. */
export const sockets = (): WebSocketServer =>
  new WebSocketServer({
    noServer: true,
    maxPayload: PAYLOAD_MAX,
    perMessageDeflate: false,
    clientTracking: false,
  });

export const symbolsQuery = (description: string) =>
  Type.Optional(Type.String({ pattern: '^[!-+\\--~]{1,8}(,[!-+\\--~]{1,8}){0,15}$', description }));

export const symbolsOf = (query: string | undefined): string[] =>
  query === undefined ? [] : [...new Set(query.split(','))];

/** A plain GET is told what the route speaks, and /openapi.json what it takes. */
export function speaksWebSocket(
  app: App,
  path: string,
  about: { tags: string[]; summary: string; querystring: TObject },
): void {
  app.get(path, { schema: { ...about, response: { 426: problem } } }, async (_request, reply) => {
    reply.header('upgrade', 'websocket');
    throw new ApiError('UPGRADE_REQUIRED', 'connect with a WebSocket client');
  });
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
