// In: a URL of a target that may do anything. Out: status and body text of one GET, or the reason
// why there is none. One deadline over connect, headers and body; the body is cut off at a limit;
// redirects are answers, not followed; compressed bodies are refused, so nothing can inflate.
import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';

export interface GetLimits {
  deadline_ms: number;
  body_bytes: number;
}

export const DEFAULT_GET_LIMITS: GetLimits = { deadline_ms: 1000, body_bytes: 256 * 1024 };

export type GetFailure =
  | 'TARGET_UNREACHABLE'
  | 'TARGET_TIMEOUT'
  | 'TARGET_TOO_LARGE'
  | 'TARGET_ENCODED'
  | 'TARGET_TRUNCATED'
  | 'TARGET_TEXT';

export class GetError extends Error {
  readonly code: GetFailure;
  constructor(code: GetFailure, message: string) {
    super(message);
    this.name = 'GetError';
    this.code = code;
  }
}

export interface GetAnswer {
  status: number;
  body: string;
}

export function boundedGet(url: URL, limits: GetLimits): Promise<GetAnswer> {
  return new Promise((resolve, reject) => {
    const request = open(url);
    const timer = setTimeout(
      () => end(new GetError('TARGET_TIMEOUT', `no answer within ${limits.deadline_ms} ms`)),
      limits.deadline_ms,
    );
    const end = (outcome: GetAnswer | GetError): void => {
      clearTimeout(timer);
      request.destroy();
      if (outcome instanceof GetError) reject(outcome);
      else resolve(outcome);
    };
    request.on('error', (cause) => end(new GetError('TARGET_UNREACHABLE', said(cause))));
    request.on('upgrade', (_response, socket) => {
      socket.destroy();
      end(new GetError('TARGET_UNREACHABLE', 'it changed to another protocol'));
    });
    request.on('response', (response) => readBody(response, limits.body_bytes, end));
    request.end();
  });
}

function open(url: URL): ClientRequest {
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return send(url, {
    agent: false,
    maxHeaderSize: 8 * 1024,
    headers: { accept: 'application/json', 'accept-encoding': 'identity', connection: 'close' },
  });
}

const said = (cause: NodeJS.ErrnoException): string => cause.code ?? cause.message;

function readBody(
  response: IncomingMessage,
  bytesMax: number,
  end: (outcome: GetAnswer | GetError) => void,
): void {
  const encoding = response.headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity') {
    end(new GetError('TARGET_ENCODED', `content-encoding ${encoding} was not asked for`));
    return;
  }
  const chunks: Buffer[] = [];
  let bytes = 0;
  response.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > bytesMax) {
      end(new GetError('TARGET_TOO_LARGE', `body larger than ${bytesMax} bytes`));
    } else chunks.push(chunk);
  });
  response.on('error', (cause) => end(new GetError('TARGET_TRUNCATED', said(cause))));
  response.on('end', () => end(text(response.statusCode ?? 0, Buffer.concat(chunks))));
}

function text(status: number, bytes: Buffer): GetAnswer | GetError {
  try {
    return { status, body: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return new GetError('TARGET_TEXT', 'body is not UTF-8');
  }
}
