// In: anything thrown while a request is served. Out: problem+json (RFC 9457) with a stable code.
// The one table of the bridge's own codes; the engine's codes pass through as the engine tells them.

import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';

export const CODES = {
  BODY_INVALID: [400, 'The request body is not valid'],
  BODY_NOT_JSON: [400, 'The request body is not JSON'],
  BODY_TOO_LARGE: [413, 'The request body is too large'],
  MEDIA_TYPE: [415, 'The media type is not supported'],
  QUERY_INVALID: [400, 'The query is not valid'],
  PARAMS_INVALID: [400, 'The path is not valid'],
  REQUEST_INVALID: [400, 'The request is not valid'],
  HEADERS_TOO_LARGE: [431, 'The request headers are too large'],
  REQUEST_TIMEOUT: [408, 'The request took too long'],
  ROUTE_UNKNOWN: [404, 'No such route'],
  METHOD_NOT_ALLOWED: [405, 'The route has no such method'],
  DESK_NOT_BUILT: [404, 'The desk is not built'],
  UPGRADE_REQUIRED: [426, 'This route speaks WebSocket'],
  HOST_REFUSED: [403, 'The Host header is not allowed'],
  ORIGIN_REFUSED: [403, 'The Origin is not allowed'],
  TOKEN_REQUIRED: [401, 'A token is required'],
  VIEWERS_FULL: [503, 'Too many viewers'],
  ENGINE_DOWN: [503, 'The engine does not answer'],
  ENGINE_TIMEOUT: [504, 'The engine did not answer in time'],
  ENGINE_ANSWER: [502, 'The engine gave an answer that cannot be read'],
  STORM_UNKNOWN_KIND: [400, 'No such kind of storm'],
  STORM_BAD_SEVERITY: [400, 'The severity is out of range'],
  STORM_BAD_DURATION: [400, 'The duration is out of range'],
  STORM_BAD_SEED: [400, 'The seed is not valid'],
  SPEED_INVALID: [400, 'The speed is out of range'],
  STEP_INVALID: [400, 'The step is not valid'],
  TARGET_UNKNOWN: [404, 'No such target'],
  TARGET_NEEDS_REAL_TIME: [409, 'A live target needs speed 1'],
  RUN_ACTIVE: [409, 'A run is being recorded'],
  RUN_PLAYBACK: [409, 'A recorded run is being played'],
  RUN_NONE: [409, 'No run is being recorded'],
  RUN_UNKNOWN: [404, 'No such run'],
  RUN_UNJUDGED: [409, 'The runs cannot be judged'],
  VERIFY_ACTIVE: [409, 'A run is being judged'],
  RUN_STORAGE: [507, 'The run cannot be written'],
  HISTORY_NONE: [404, 'No history of this symbol'],
  PATH_REFUSED: [403, 'The path is outside the folders that may be opened'],
  PATH_UNKNOWN: [404, 'No such file'],
  INTERNAL: [500, 'The bridge failed'],
} as const satisfies { [code: string]: readonly [status: number, title: string] };

export type Code = keyof typeof CODES;

export interface Problem {
  type: string;
  title: string;
  status: number;
  code: string;
  detail: string;
  errors?: { where: string; expected: string }[];
}

/** A request that is refused; nothing of it happened. */
export class ApiError extends Error {
  readonly statusCode: number;
  readonly code: string;
  readonly title: string;
  readonly errors: { where: string; expected: string }[] | undefined;

  constructor(
    code: string,
    detail: string,
    more: { status?: number; title?: string; errors?: { where: string; expected: string }[] } = {},
  ) {
    super(detail);
    this.name = 'ApiError';
    const [status, title] = CODES[code as Code] ?? CODES.INTERNAL;
    this.code = code;
    this.statusCode = more.status ?? status;
    this.title = more.title ?? title;
    this.errors = more.errors;
  }
}

export function problemOf(error: ApiError): Problem {
  return {
    type: `urn:wavetank:problem:${error.code.toLowerCase().replaceAll('_', '-')}`,
    title: error.title,
    status: error.statusCode,
    code: error.code,
    detail: error.message,
    ...(error.errors === undefined ? {} : { errors: error.errors }),
  };
}

const FASTIFY_CODES: { [code: string]: Code } = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'BODY_TOO_LARGE',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'MEDIA_TYPE',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'BODY_INVALID',
  FST_ERR_CTP_INVALID_JSON_BODY: 'BODY_NOT_JSON',
  FST_ERR_BAD_URL: 'PARAMS_INVALID',
  FST_ERR_MAX_PARAM_LENGTH: 'PARAMS_INVALID',
};

/** What a thrown value means to the one who asked. Unknown failures keep their text to the log. */
export function toApiError(thrown: unknown): ApiError {
  if (thrown instanceof ApiError) return thrown;
  const { code, statusCode, message } = thrown as Partial<FastifyError>;
  const known = code === undefined ? undefined : FASTIFY_CODES[code];
  if (known !== undefined) return new ApiError(known, message ?? known);
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return new ApiError('REQUEST_INVALID', message ?? 'refused', { status: statusCode });
  }
  return new ApiError('INTERNAL', 'an error that the log of the bridge names');
}

export function sendProblem(reply: FastifyReply, error: ApiError): FastifyReply {
  return reply
    .code(error.statusCode)
    .type('application/problem+json; charset=utf-8')
    .send(JSON.stringify(problemOf(error)));
}

export function handleError(thrown: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const error = toApiError(thrown);
  if (error.code === 'INTERNAL') {
    const { method, routeOptions } = request;
    request.log.error({ err: thrown, method, route: routeOptions.url }, 'request failed');
  }
  sendProblem(reply, error);
}

/** A problem on a socket that no route ever saw: a refused upgrade, bytes that are no HTTP. */
export function endWithProblem(socket: Duplex, error: ApiError): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const body = JSON.stringify(problemOf(error));
  socket.end(
    `HTTP/1.1 ${error.statusCode} ${STATUS_CODES[error.statusCode] ?? ''}\r\n` +
      'content-type: application/problem+json; charset=utf-8\r\n' +
      `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}

const CLIENT_ERRORS: { [code: string]: Code } = {
  HPE_HEADER_OVERFLOW: 'HEADERS_TOO_LARGE',
  ERR_HTTP_REQUEST_TIMEOUT: 'REQUEST_TIMEOUT',
};

export function refuseGarbage(cause: { code?: string }, socket: Duplex): void {
  const code = CLIENT_ERRORS[cause.code ?? ''] ?? 'REQUEST_INVALID';
  endWithProblem(socket, new ApiError(code, cause.code ?? 'not HTTP'));
}
